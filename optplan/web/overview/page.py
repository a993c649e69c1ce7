"""The plan in one screen: what it delivers, what falls short, the money, the map, what is assumed, and what to take away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from decimal import Decimal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from optplan.charts import money_by_year
from optplan.comparison.effects import effects, proven_targets
from optplan.editing import signed
from optplan.figures import counties, money, origins, programmes, shortfalls
from optplan.figures.figures import Figures
from optplan.figures.programmes import Programme
from optplan.language import year_name
from optplan.language.lists import in_brackets, listed
from optplan.language.numbers import count
from optplan.tables.declarations import SPENDING_CLASSES, TABLES
from optplan.tables.labels import choice_label
from optplan.web.base_plan import base_of
from optplan.web.cache.results import figures_of, key_points_of, summary_of
from optplan.web.desk import Desk
from optplan.web.overview.questions import show_questions
from optplan.web.tracking.latest_year import show_where_we_stand
from optplan.web.widgets import grid
from optplan.web.widgets.chart import show_chart
from optplan.web.widgets.grid import Card, Cell, Noted
from optplan.web.widgets.map import show_map
from optplan.web.widgets.origin import show_origins
from optplan.web.widgets.shown_result import readable_result
from optplan.web.widgets.takeaway import show_takeaway
from optplan.web.words import plain, sentence, words_of

CHART = 500  # points of height, legend included
say = words_of("web_overview")
MOST_GAPS = 8
MOST_YEARS_BESIDE = 7  # in a table that something stands beside


def show(desk: Desk) -> None:
    """Draw the page."""
    st.title(say("title"))
    show_where_we_stand(desk)
    show_questions(desk)
    result = readable_result(desk)
    if result is None:
        return
    figures = figures_of(result)
    shown = programmes.headlines(figures)
    base = base_of(desk, result)
    before = {} if base is None else {each.name: each for each in programmes.programmes(figures_of(base))}
    found = [] if base is None else effects(base, result)
    proven = frozenset() if base is None else proven_targets(base, result, found)
    grid.show_cards([_card(figures, each, before.get(each.name), proven) for each in shown])
    if base is not None:
        if any(each.delivered != before[each.name].delivered for each in shown if each.name in before):
            st.caption(sentence("proven", "note-noise"))
        _beside(figures, figures_of(base), any(each.certain for each in found))
    left, right = _side_by_side(figures)
    with left:
        st.subheader(say("by-year"))
        _by_year(figures, shown)
        st.markdown("\n".join(f"- {plain(point)}" for point in key_points_of(result)))
    with right:
        st.subheader(say("map"))
        _map(figures)
    behind = {item for each in shown for item in each.items}
    show_origins(figures, origins.rows_behind_items(figures, behind), "overview-deliveries")
    left, right = _side_by_side(figures)
    with left:
        st.subheader(say("money", currency=figures.currency))
        _money(figures)
    with right:
        show_chart(money_by_year(summary_of(result)), CHART, legend_below=True)
    show_origins(figures, origins.rows_behind_money(figures), "overview-money")
    _asked(figures)
    st.subheader(say("short"))
    _short(figures)
    st.subheader(say("grounds"))
    _grounds(figures)
    st.subheader(say("take-away"))
    show_takeaway(result, "overview")


def _side_by_side(figures: Figures) -> Sequence[DeltaGenerator]:
    """Where a table of all years and what belongs to it stand: one below the other if the years need the width."""
    if len(figures.years) > MOST_YEARS_BESIDE:
        return st.container(), st.container()
    return st.columns([3, 2], gap="medium")


def _card(figures: Figures, programme: Programme, before: Programme | None, proven: Collection[str]) -> Card:
    """A programme's tile. ``proven``: the targets of which it is proven that they differ from the plan as it stood."""
    assert programme.target is not None
    done = not programme.shortfall
    state = say("reached", total=grid.number(programme.total)) if done else say("missed", short=grid.number(programme.shortfall))
    note = plain(origins.target_note(figures, programme.target))
    if before is not None:
        moved = programme.delivered - before.delivered
        moved_words = signed(moved) if programme.target["target"] in proven else f"± {grid.number(abs(moved))}"
        state = say("beside-base", state=state, moved=moved_words) if moved else say("as-base", state=state)
    return Card(plain(programme.title), grid.number(programme.delivered), programme.unit, state, done, note)


def _beside(figures: Figures, base: Figures, proven: bool) -> None:
    """What the money comes to beside the plan as it stood, and whether any difference is proven."""
    if not proven:
        st.info(say("nothing-proven-beside-base"))
    now, was = (money.together(money.by_year(each)) for each in (figures, base))
    if now is not None and was is not None:
        values = {
            "given": signed(now.given - was.given),
            "spent": signed(now.cost - was.cost),
            "asked": signed(now.asked - was.asked),
        }
        values = {name: value if value != "0" else "±0" for name, value in values.items()}
        st.caption(say("money-beside-base", currency=figures.currency, **values))


def _by_year(figures: Figures, shown: list[Programme]) -> None:
    heads: list[Cell] = [say("column-programme"), *map(year_name, figures.years)]
    heads += [say("column-delivered"), say("column-target"), say("column-state")]
    rows: list[list[Cell]] = []
    for each in shown:
        target = each.target
        assert target is not None
        note = plain(origins.target_note(figures, target))
        state = say("state-reached") if not each.shortfall else say("state-missed", short=grid.number(each.shortfall))
        total = Noted(grid.number(each.total), note)
        rows.append([each.with_unit, *map(grid.number, each.by_year), grid.number(each.delivered), total, state])
    grid.show_grid(heads, rows)
    others = len(figures.tables["targets"]) - len(shown)
    if others:
        short = sum(bool(figures.targets[row["target"]]["shortfall"]) for row in figures.tables["targets"])
        st.caption(say("all-targets", number=len(figures.tables["targets"]), short=short))


def _map(figures: Figures) -> None:
    measure = st.segmented_control(
        say("map"),
        list(counties.MEASURES),
        default="gap",
        format_func=lambda name: say(f"map-{name}"),
        key="overview-map",
        label_visibility="collapsed",
        required=True,
        wrap=True,
        persist_state="session",
    )
    show_map(
        counties.tiles(figures, measure),
        counties.MEASURES[measure],
        counties.shades(figures, measure),
        say(f"map-title-{measure}", year=figures.last, currency=figures.currency),
    )
    st.caption(say(f"map-note-{measure}", year=figures.last))


def _money(figures: Figures) -> None:
    years = money.by_year(figures)
    whole = money.together(years)
    if whole is None:
        st.write(say("money-closed"))
        return
    columns = [*years, whole]
    lines = [
        (say("money-asked"), [each.asked for each in columns]),
        (say("money-given"), [each.given for each in columns]),
        (say("money-carried-in"), [each.carried_in for each in columns]),
        (say("money-available"), [each.available for each in columns]),
        (say("money-capital"), [each.capital for each in columns]),
        (say("money-recurrent"), [each.recurrent for each in columns]),
        (say("money-spent"), [each.cost for each in columns]),
        (say("money-carried-out"), [each.carried_out for each in columns]),
        (say("money-lapsed"), [each.lapsed for each in columns]),
    ]
    heads = [say("column-money"), *(year_name(each.year) for each in years), say("column-sum")]
    grid.show_grid(heads, [[name, *map(grid.money, amounts)] for name, amounts in lines], strong=(3, 6))


def _asked(figures: Figures) -> None:
    """Who must find the money that is asked for beyond the funds, and when; and what lapses in the same years."""
    asked: dict[tuple[str, str, int], Decimal] = defaultdict(Decimal)
    for entry in figures.document["requests"]:
        asked[entry["county"], entry["class"], entry["year"]] += Decimal(str(entry["amount"]))
    if not any(asked.values()):
        if figures.requests_allowed:
            st.subheader(say("asked"))
            st.write(say("asked-nothing"))
        return
    st.subheader(say("asked"))
    payers = [
        (county, kind)
        for county in figures.counties
        for kind in SPENDING_CLASSES
        if any(asked[county, kind, year] for year in figures.open_years)
    ]
    rows = [
        [
            figures.county_names[county],
            _payable_by(figures, county, kind),
            *(grid.money(asked[county, kind, year]) for year in figures.open_years),
            grid.money(sum((asked[county, kind, year] for year in figures.open_years), Decimal(0))),
        ]
        for county, kind in payers
    ]
    by_year = [sum((asked[county, kind, year] for county, kind in payers), Decimal(0)) for year in figures.open_years]
    rows.append([say("column-sum"), "", *map(grid.money, by_year), grid.money(sum(by_year, Decimal(0)))])
    heads = [say("column-county"), say("column-fund"), *map(year_name, figures.open_years), say("column-sum")]
    grid.show_grid(heads, rows, words=(0, 1), strong=(-1,))
    lapsed = {each.year: each.lapsed for each in money.by_year(figures)}
    both = [year_name(year) for year, sum_of in zip(figures.open_years, by_year, strict=True) if sum_of and lapsed.get(year)]
    st.caption(say("asked-note", currency=figures.currency))
    if both:
        st.caption(say("asked-while-lapsing", years=listed(both)))


def _payable_by(figures: Figures, county: str, kind: str) -> str:
    """What money of a class is for, and the funds of the county that pay such things."""
    uses = TABLES["fund_uses"].column("class")
    funds = [figures.fund_names[fund["fund"]] for fund in figures.own_funds(county) if fund["pays"] in {kind, "both"}]
    return in_brackets(choice_label(uses, kind), listed(funds))


def _short(figures: Figures) -> None:
    missed = shortfalls.shortfalls(figures)
    if missed:
        heads = [say(f"column-{name}") for name in ("target-name", "target", "delivered", "missing", "reason")]
        rows = [[each.name, *map(grid.number, (each.total, each.delivered, each.shortfall)), each.reason] for each in missed]
        grid.show_grid(heads, rows, words=(0, 4), long=(4,))
    else:
        st.write(say("no-shortfall", number=len(figures.tables["targets"])))
    gaps = shortfalls.gaps(figures, figures.last, say("staffing"))
    if not gaps:
        if figures.standard_groups or figures.teams:
            st.write(say("no-gaps", year=figures.last))
        return
    st.write(say("gaps", year=figures.last, number=len(gaps)))
    heads = [say(f"column-{name}") for name in ("standard", "county", "required", "stock", "missing", "reason")]
    rows = [
        [each.name, figures.county_names[each.county], *map(grid.number, (each.required, each.stock, each.gap)), each.reason]
        for each in gaps[:MOST_GAPS]
    ]
    grid.show_grid(heads, rows, words=(0, 1, 5), long=(5,))
    if len(gaps) > MOST_GAPS:
        st.caption(say("more-gaps", number=len(gaps) - MOST_GAPS))


def _grounds(figures: Figures) -> None:
    counts = origins.counts_by_basis(figures)
    bases = origins.bases(counts.values())
    assumed = sum(counter["assumption"] for counter in counts.values())
    every = sum(counter.total() for counter in counts.values())
    st.write(say("grounds-line", assumed=count(assumed), every=count(every), given=count(every - assumed)))
    heads = [say("column-table"), *(say(f"basis-{basis}") for basis in bases), say("column-sum")]
    rows = [
        [table, *(count(counter[basis]) if counter[basis] else "–" for basis in bases), count(counter.total())]
        for table, counter in counts.items()
    ]
    rows.append([say("column-sum"), *(count(sum(c[basis] for c in counts.values())) for basis in bases), count(every)])
    with st.expander(say("grounds-by-table")):
        grid.show_grid(heads, rows, strong=(-1,))
