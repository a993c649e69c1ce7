"""What each county lacks of its standards at the end of a year."""

from __future__ import annotations

from functools import partial

import streamlit as st

from optplan.figures import origins
from optplan.figures.figures import Figures
from optplan.figures.shortfalls import gaps
from optplan.language.numbers import share
from optplan.web.asking.subject import About
from optplan.web.desk import Desk
from optplan.web.schedule.cell_panel import show_figure
from optplan.web.schedule.cells import gap
from optplan.web.schedule.choosers import EVERY, choose_county, choose_year
from optplan.web.schedule.impossible import show_impossible
from optplan.web.widgets import grid
from optplan.web.widgets.origin import show_origins
from optplan.web.words import words_of

say = words_of("web_schedule")


def show(figures: Figures, about: About, desk: Desk) -> None:
    """Draw the section."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        county = choose_county(figures, [EVERY, *figures.counties], "gaps-county")
        year = choose_year(figures, "gaps-year")
    found = [each for each in gaps(figures, year, say("staffing")) if county in {EVERY, each.county}]
    if not found:
        st.success(say("no-gaps", year=year))
    else:
        with_reasons = year == figures.last
        names = ("county", "standard", "required", "stock", "missing", "share", *(("reason",) if with_reasons else ()))
        known = {f"{each.standard}/{each.county}/{year}": partial(gap, figures, each) for each in found}
        rows: list[list[grid.Cell]] = [
            [
                figures.county_names[each.county],
                each.name,
                *map(grid.number, (each.required, each.stock)),
                grid.Askable(grid.number(each.gap), at),
                share(each.share),
                *([each.reason] if with_reasons else []),
            ]
            for each, at in zip(found, known, strict=True)
        ]
        text_columns = (0, 1, 6) if with_reasons else (0, 1)
        pressed = grid.show_grid(
            [say(f"column-{name}") for name in names],
            rows,
            words=text_columns,
            long=(6,) if with_reasons else (),
            caption=say("caption-gaps", year=year, number=len(found)),
            asked="schedule-gap",
        )
        show_figure(desk, about, figures, known, pressed)
        show_impossible(desk, about, figures, found)
    rows_behind = [
        row for row in origins.rows_of(figures, "standards", "stock", "project_needs") if _is_in(row.values.get("county"), county)
    ]
    show_origins(figures, rows_behind, "origin-standards")


def _is_in(place: object, county: str) -> bool:
    return county == EVERY or place in {None, county}
