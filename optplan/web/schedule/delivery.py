"""County by year for each programme, and down to the kind of item or the team."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from optplan.figures import origins, programmes
from optplan.figures.figures import ZERO, Figures
from optplan.figures.programmes import Line, Programme
from optplan.language import year_name
from optplan.web.schedule.choosers import EVERY, choose_county
from optplan.web.widgets import grid
from optplan.web.widgets.origin import show_origins
from optplan.web.words import in_language, words_of

say = words_of("web_schedule")


def show(figures: Figures) -> None:
    """Draw the section."""
    shown = {each.name: each for each in programmes.programmes(figures)}
    with st.container(horizontal=True, gap="large"):
        name = st.segmented_control(
            say("choose-programme"),
            list(shown),
            default=next(iter(shown)),
            format_func=lambda each: say(f"programme-{each}"),
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
    _breakdown(figures, programme, by, [line for line in lines if line.total or by == "county"])
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
        item = st.selectbox(
            say("choose-item"),
            [EVERY, *programme.items],
            format_func=lambda each: figures.item_names.get(each, say("every-item")),
            key=in_language(f"schedule-item-{programme.name}"),
            width=260,
            persist_state="session",
        )
    return county, item


def _breakdown(figures: Figures, programme: Programme, by: str, lines: list[Line]) -> None:
    if not lines:
        st.info(say("nothing-here"))
        return
    heads = [say(f"column-{by}"), *map(year_name, figures.years), say("column-sum")]
    rows = [[line.name, *map(grid.number, line.by_year), grid.number(line.total)] for line in lines]
    totals = [sum((line.by_year[at] for line in lines), ZERO) for at in range(len(figures.years))]
    rows.append([say("column-sum"), *map(grid.number, totals), grid.number(sum(totals, ZERO))])
    caption = say(
        "caption-with-unit" if programme.unit else "caption", programme=say(f"programme-{programme.name}"), unit=programme.unit
    )
    grid.show_grid(heads, rows, strong=(-1,), caption=caption)
