"""What each county lacks of its standards at the end of a year."""

from __future__ import annotations

import streamlit as st

from optplan.figures import origins
from optplan.figures.figures import Figures
from optplan.figures.shortfalls import gaps
from optplan.language.numbers import share
from optplan.web.schedule.choosers import EVERY, choose_county, choose_year
from optplan.web.widgets import grid
from optplan.web.widgets.origin import show_origins
from optplan.web.words import words_of

say = words_of("web_schedule")


def show(figures: Figures) -> None:
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
        rows = [
            [
                figures.county_names[each.county],
                each.name,
                *map(grid.number, (each.required, each.stock, each.gap)),
                share(each.share),
                *([each.reason] if with_reasons else []),
            ]
            for each in found
        ]
        text_columns = (0, 1, 6) if with_reasons else (0, 1)
        grid.show_grid(
            [say(f"column-{name}") for name in names],
            rows,
            words=text_columns,
            long=(6,) if with_reasons else (),
            caption=say("caption-gaps", year=year, number=len(found)),
        )
    rows_behind = [
        row for row in origins.rows_of(figures, "standards", "stock", "project_needs") if _is_in(row.values.get("county"), county)
    ]
    show_origins(figures, rows_behind, "origin-standards")


def _is_in(place: object, county: str) -> bool:
    return county == EVERY or place in {None, county}
