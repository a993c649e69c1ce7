"""Projects from start to opening."""

from __future__ import annotations

from functools import partial

import streamlit as st

from optplan.charts.stations import ROW, stations_by_year
from optplan.figures import origins
from optplan.figures.figures import ZERO, Figures
from optplan.figures.projects import projects
from optplan.language import year_name
from optplan.web.asking.subject import About
from optplan.web.desk import Desk
from optplan.web.schedule.cell_panel import show_figure
from optplan.web.schedule.cells import project
from optplan.web.widgets import grid
from optplan.web.widgets.chart import show_chart
from optplan.web.widgets.origin import show_origins
from optplan.web.words import words_of

say = words_of("web_schedule")
AROUND = 110  # points of height for the title and the axis


def show(figures: Figures, about: About, desk: Desk) -> None:
    """Draw the section."""
    every = projects(figures)
    if not every:
        st.info(say("no-projects"))
        return
    built = [each for each in every if each.start is not None]
    if built:
        height = ROW * len(built) + AROUND
        show_chart(stations_by_year(built, figures.years, figures.currency), height)
        st.caption(say("stations-note"))
    paid_in = sorted({year for each in built for year, amount in each.paid if amount})
    heads = [say(f"column-{name}") for name in ("project", "county", "start", "opens")]
    heads += [*(say("paid-in", year=year) for year in paid_in), say("column-capital")]
    rows: list[list[grid.Cell]] = []
    for each in every:
        amounts = dict(each.paid)
        opens = (
            "–"
            if each.opens is None
            else say("opens-later", year=each.opens)
            if each.opens > figures.last
            else year_name(each.opens)
        )
        begins = say("not-built").words if each.start is None else year_name(each.start)
        when: list[grid.Cell] = [begins, grid.Askable(opens, each.project)]
        total = sum(amounts.values(), ZERO)
        rows.append([each.name, each.county, *when, *(grid.money(amounts.get(year)) for year in paid_in), grid.money(total)])
    caption = say("caption-projects", currency=figures.currency)
    at = grid.show_grid(heads, rows, words=(0, 1), caption=caption, asked="schedule-project")
    show_figure(desk, about, figures, {each.project: partial(project, figures, about.plan, each) for each in every}, at)
    show_origins(figures, origins.rows_of(figures, "projects", "project_needs"), "origin-projects")
