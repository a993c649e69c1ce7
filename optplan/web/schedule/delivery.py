"""County by year for each programme, and down to the kind of item or the team."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

import streamlit as st

from optplan.figures import origins, programmes
from optplan.figures.figures import ZERO, Figures
from optplan.figures.programmes import Line, Programme
from optplan.language import year_name
from optplan.web.asking.subject import About
from optplan.web.desk import Desk
from optplan.web.schedule.cell_panel import show_figure
from optplan.web.schedule.cells import Figure, delivery
from optplan.web.schedule.choosers import EVERY, choose_county
from optplan.web.schedule.firmness import Firmness, Mark, firmness_of
from optplan.web.widgets import grid
from optplan.web.widgets.choice import choose
from optplan.web.widgets.origin import show_origins
from optplan.web.words import plain, words_of

say = words_of("web_schedule")


def show(figures: Figures, about: About, desk: Desk) -> None:
    """Draw the section."""
    shown = {each.name: each for each in programmes.programmes(figures)}
    with st.container(horizontal=True, gap="large"):
        name = st.segmented_control(
            say("choose-programme"),
            list(shown),
            default=next(iter(shown)),
            format_func=lambda each: plain(shown[each].title),
            key="schedule-programme",
            required=True,
            wrap=True,
            persist_state="session",
        )
        programme = shown[name]
        breakdowns = ["county", "item", *(["team"] if programmes.by_team(figures, programme.items) else [])]
        by = st.segmented_control(
            say("choose-breakdown"),
            breakdowns,
            default="county",
            format_func=lambda each: say(f"by-{each}"),
            key=f"schedule-by-{programme.name}",
            required=True,
            wrap=True,
            persist_state="session",
        )
    county, item = _narrowed(figures, programme)
    items = programme.items if item == EVERY else (item,)
    counties = figures.counties if county == EVERY else (county,)
    lines = _BREAKDOWNS[by](figures, items, counties)
    lines = [line for line in lines if line.total or by == "county"]
    known = {} if by == "team" else _figures(figures, about, by, lines, items, "" if county == EVERY else county)
    marks = _marks(firmness_of(desk, about), by, lines, items, counties, figures.years) if known else {}
    at = _breakdown(figures, programme, by, lines, known, marks)
    if marks:
        st.caption(say("firmness-legend"))
    show_figure(desk, about, figures, known, at)
    show_origins(figures, origins.rows_behind_items(figures, items, None if county == EVERY else counties), "origin-delivery")


_BREAKDOWNS: dict[str, Callable[..., list[Line]]] = {
    "county": programmes.by_county,
    "item": programmes.by_item,
    "team": programmes.by_team,
}


def _narrowed(figures: Figures, programme: Programme) -> tuple[str, str]:
    """For which county, and for which kind of item."""
    with st.container(horizontal=True):
        county = choose_county(figures, [EVERY, *figures.counties], "schedule-county")
        item = choose(
            say("choose-item"),
            [EVERY, *programme.items],
            lambda each: figures.item_names.get(each, say("every-item")),
            f"schedule-item-{programme.name}",
            width=260,
        )
    return county, item


def _figures(
    figures: Figures, about: About, by: str, lines: list[Line], items: Collection[str], county: str
) -> dict[str, Callable[[], Figure]]:
    """The figures of a breakdown that can be asked about, by line and year."""

    def of(line: Line, year: int) -> Callable[[], Figure]:
        where, what = (line.key, items) if by == "county" else (county, [line.key])
        return lambda: delivery(figures, about.plan, what, where, year)

    return {f"{line.key}/{year}": of(line, year) for line in lines for year in figures.years}


def _breakdown(
    figures: Figures,
    programme: Programme,
    by: str,
    lines: list[Line],
    known: Mapping[str, Callable[[], Figure]],
    marks: Mapping[str, Mark],
) -> str:
    """Draw it; which of its figures was pressed."""
    if not lines:
        st.info(say("nothing-here"))
        return ""
    heads: list[grid.Cell] = [say(f"column-{by}"), *map(year_name, figures.years), say("column-sum")]
    rows: list[list[grid.Cell]] = [[line.name, *_years(figures, line, known, marks), grid.number(line.total)] for line in lines]
    totals = [sum((line.by_year[at] for line in lines), ZERO) for at in range(len(figures.years))]
    rows.append([say("column-sum"), *map(grid.number, totals), grid.number(sum(totals, ZERO))])
    return grid.show_grid(heads, rows, strong=(-1,), caption=programme.with_unit, asked="schedule-figure" if known else "")


def _marks(
    firmness: Firmness, by: str, lines: list[Line], items: Collection[str], counties: Collection[str], years: Collection[int]
) -> dict[str, Mark]:
    """How firm each figure is, by line and year, as far as somebody has asked."""
    found: dict[str, Mark | None] = {}
    for line in lines if firmness else ():
        where, what = ([line.key], items) if by == "county" else (counties, [line.key])
        found |= {f"{line.key}/{year}": firmness.of(what, where, year) for year in years}
    return {at: mark for at, mark in found.items() if mark is not None}


def _years(figures: Figures, line: Line, known: Mapping[str, Callable[[], Figure]], marks: Mapping[str, Mark]) -> list[grid.Cell]:
    """A line's figures, those as buttons that can be asked about."""
    cells: list[grid.Cell] = []
    for year, words in zip(figures.years, map(grid.number, line.by_year), strict=True):
        at = f"{line.key}/{year}"
        mark = marks.get(at)
        tone, note = (mark.tone, mark.note) if mark else ("", "")
        cells.append(grid.Askable(words, at, tone, note) if at in known else words)
    return cells
