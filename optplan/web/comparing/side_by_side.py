"""Results side by side: what they are, their totals, criteria and money, where they differ on the map, and in which rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import islice

import altair as alt
import streamlit as st

from optplan.charts.picture import scalable_picture
from optplan.comparison import Comparison, differences
from optplan.comparison.causes import causes
from optplan.comparison.charts import criteria_side_by_side, deliveries_side_by_side, money_side_by_side
from optplan.comparison.differences import Compared
from optplan.comparison.effects import Effect, effects, proven_targets
from optplan.figures.counties import Tile, place_of
from optplan.figures.figures import Figures
from optplan.figures.palette import LESS, MORE
from optplan.figures.proven import outcome
from optplan.figures.shades import difference_shades
from optplan.tables.content import Row
from optplan.tables.names import title_of
from optplan.tables.units import currency_name
from optplan.web.cache.results import figures_of
from optplan.web.cache.scenario_titles import model_title
from optplan.web.comparing.attribution import show_attribution
from optplan.web.desk import Desk
from optplan.web.widgets import grid
from optplan.web.widgets.map import show_map
from optplan.web.widgets.shown_result import scenario_names
from optplan.web.widgets.takeaway import show_comparison_takeaway
from optplan.web.words import plain, sentence, words_of

say = words_of("web_comparing")
MOST_ROWS = 200
CHART = 800  # points of width, where there is room
FEW_ROWS = 20  # more changed cells are folded away: what follows from them matters more
DETAILS = ("targets", "deliveries", "funds", "counties", "schedule", "hires", "projects", "gaps")


def show_comparison(desk: Desk, comparison: Comparison, untitled: Comparison) -> None:
    """Draw it. ``untitled``: the same results as they were solved, which what is worked out begins from."""
    sides = [figures_of(side.result) if side.result.has_schedule else None for side in comparison.sides]
    currency = currency_name(comparison.sides[0].tables)
    first, *others = comparison.sides
    found = [effects(first.result, side.result) for side in others]
    _accounts(comparison)
    left, right = st.columns(2, gap="medium")
    with left:
        st.subheader(say("totals", currency=currency))
        pairs = zip(others, found, strict=True)
        proven = {at: proven_targets(first.result, side.result, each) for at, (side, each) in enumerate(pairs, start=1)}
        totals = differences.totals(sides, proven)
        _compared(comparison, say("column-figure"), totals)
        if any(line.noise and line.differs for line in totals):
            st.caption(sentence("proven", "note-noise"))
    with right:
        st.subheader(say("money", currency=currency))
        _compared(comparison, say("column-year"), differences.money_by_year(sides))
    st.subheader(say("criteria"))
    _effects(comparison, found)
    st.caption(say("criteria-note"))
    st.subheader(say("causes"))
    _causes(comparison, sides)
    show_attribution(desk, untitled)
    st.subheader(say("map"))
    _map(comparison, sides, currency)
    st.subheader(say("inputs"))
    _inputs(comparison)
    st.subheader(say("details"))
    _details(comparison)
    st.subheader(say("chart"))
    chart = _chart(comparison)
    st.subheader(say("take-away"))
    show_comparison_takeaway(comparison, chart)


def _accounts(comparison: Comparison) -> None:
    rows = [
        [
            side.label,
            title_of(side.tables),
            scenario_names(side.result),
            model_title(side.result),
            outcome(side.result.status),
        ]
        for side in comparison.sides
    ]
    heads = [say(f"column-{name}") for name in ("label", "plan", "scenario", "model", "status")]
    grid.show_grid(heads, rows, words=range(len(heads)))
    st.caption(say("first-is-base"))


def _compared(comparison: Comparison, head: str, lines: Sequence[Compared]) -> None:
    first, *others = comparison.labels
    heads = [head, *comparison.labels, *(f"{label} − {first}" for label in others)]
    grid.show_grid(heads, [[line.name, *line.cells()] for line in lines])


def _effects(comparison: Comparison, of_others: Sequence[Sequence[Effect]]) -> None:
    """The criteria of each answer beside the first, with what is proven of the difference."""
    first, *others = comparison.sides
    for side, found in zip(others, of_others, strict=True):
        heads = [say("column-criterion"), first.label, side.label, f"{side.label} − {first.label}", say("column-effect")]
        if found:
            grid.show_grid(heads, [[each.now.name, *each.cells()] for each in found], words=(0, 4))
            if not any(each.certain for each in found):
                st.info(say("no-effect", label=side.label, first=first.label))


def _causes(comparison: Comparison, sides: Sequence[Figures | None]) -> None:
    for at in range(1, len(sides)):
        if len(sides) > 2:
            st.markdown(f"**{say('of-result', label=comparison.labels[at])}**")
        found = causes(comparison, (sides[0], sides[at]), at)
        st.markdown("\n".join(f"- {plain(each)}" for each in found))
    st.caption(say("causes-note"))


def _map(comparison: Comparison, sides: Sequence[Figures | None], currency: str) -> None:
    first, *others = comparison.labels
    with st.container(horizontal=True):
        measure = st.segmented_control(
            say("choose-measure"),
            differences.MEASURES,
            default=differences.MEASURES[0],
            format_func=lambda name: say(f"measure-{name}"),
            key="comparing-measure",
            required=True,
            wrap=True,
        )
        other = st.segmented_control(
            say("choose-other"),
            others,
            default=others[0],
            format_func=lambda label: plain(f"{label} − {first}"),
            key=f"comparing-other-{len(others)}",
            required=True,
            wrap=True,
        )
    at = comparison.labels.index(other)
    found = differences.by_county(sides, measure)
    if not any(_difference(line, at) is not None for _, line in found):
        st.info(say("no-map"))
        return
    title = say(f"map-{measure}", other=other, first=first, currency=currency)
    shades = difference_shades(comparison.sides[0].tables, measure)
    show_map([_tile(row, line, at) for row, line in found], MORE, shades, title, LESS)
    st.caption(say("map-note", other=other, first=first))


def _tile(row: Row, line: Compared, at: int) -> Tile:
    difference = _difference(line, at)
    label = "–" if difference is None else line.cells()[len(line.values) + at - 1]
    return Tile(line.name, place_of(row), float(difference or 0), label)


def _difference(line: Compared, at: int) -> Decimal | None:
    first, other = line.values[0], line.values[at]
    return None if first is None or other is None else other - first


def _inputs(comparison: Comparison) -> None:
    found = list(islice(differences.changed_rows(comparison), MOST_ROWS + 1))
    if not found:
        st.write(say("same-inputs"))
        return
    names = ("label", "table", "row", "change", "cell", "before", "after")
    rows = [
        [each.label, each.table, each.row, each.change, each.column, each.before or "–", each.after or "–"]
        for each in found[:MOST_ROWS]
    ]
    with st.expander(say("changed-cells", number=len(rows)), expanded=len(rows) <= FEW_ROWS):
        grid.show_grid([say(f"column-{name}") for name in names], rows, words=range(len(names)), long=(2,))
        if len(found) > MOST_ROWS:
            st.caption(say("more-rows", number=MOST_ROWS))


def _details(comparison: Comparison) -> None:
    """Everything else that differs, a section at a time."""
    differing = [name for name in DETAILS if any(line.differs for line in comparison.differences(name))]
    if not differing:
        st.write(say("same-results"))
        return
    section = st.segmented_control(
        say("details"),
        differing,
        default=differing[0],
        format_func=lambda name: say(f"section-{name}"),
        key=f"comparing-section-{'-'.join(differing)}",
        label_visibility="collapsed",
        required=True,
        wrap=True,
    )
    table = next(each for name, each in zip(_ORDER, comparison.tables(), strict=True) if name == section)
    keys = len(table.headers) - 2 * len(comparison.labels) + 1
    grid.show_grid(table.headers, [list(row) for row in table.rows], words=range(keys), caption=table.title)


def _chart(comparison: Comparison) -> bytes:
    """A chart, which comes back as an SVG."""
    name = st.segmented_control(
        say("chart"),
        list(_CHARTS),
        default=next(iter(_CHARTS)),
        format_func=lambda each: say(f"chart-{each}"),
        key="comparing-chart",
        label_visibility="collapsed",
        required=True,
        wrap=True,
    )
    drawn = scalable_picture(_CHARTS[name](comparison))
    st.image(drawn.decode("utf-8"), width=CHART, alt=say(f"chart-{name}").words)
    return drawn


_CHARTS: dict[str, Callable[[Comparison], alt.TopLevelMixin]] = {
    "deliveries": deliveries_side_by_side,
    "money": money_side_by_side,
    "criteria": criteria_side_by_side,
}
_ORDER = ("results", "inputs", "criteria", *DETAILS)
