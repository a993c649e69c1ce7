"""The staff of each team at the end of a year, against what it needs and what it may have at most."""

from __future__ import annotations

import streamlit as st

from optplan.charts.staffing import ROW, staffing
from optplan.figures.figures import Figures
from optplan.figures.projects import TeamYears, teams
from optplan.language.numbers import count
from optplan.web.schedule.choosers import choose_county, choose_year
from optplan.web.widgets import grid
from optplan.web.widgets.chart import show_chart
from optplan.web.widgets.origin import show_origins
from optplan.web.words import Markdown, words_of

say = words_of("web_schedule")
AROUND = 150  # points of height for title, axis and legend


def show(figures: Figures) -> None:
    """Draw the section."""
    counties = [county for county in figures.counties if figures.teams.get(county)]
    if not counties:
        st.info(say("no-teams"))
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        county = choose_county(figures, counties, "staff-county")
        year = choose_year(figures, "staff-year")
    shown = teams(figures, county)
    at = figures.years.index(year)
    st.write(_in_words(shown, at, year))
    show_chart(staffing(shown, at, year), ROW * len(shown) + AROUND)
    heads = [
        say("column-team"),
        say("column-class"),
        say("column-before"),
        *(say("year-end", year=each) for each in figures.years),
    ]
    heads += [say("column-least"), say("column-most"), say("column-state")]
    rows = [
        [
            team.name,
            team.kind,
            count(team.before),
            *(count(number) for number in team.staff),
            count(team.least),
            count(team.most),
            say("state-met") if team.meets[-1] else say("state-below", short=_lacking(team)),
        ]
        for team in shown
    ]
    grid.show_grid(heads, rows, words=(0, 1), caption=say("caption-staff", county=figures.county_names[county]))
    own = {team.team for team in shown}
    show_origins(figures, [row for row in figures.tables["teams"] if row["team"] in own], "origin-staff")


def _in_words(shown: list[TeamYears], at: int, year: int) -> Markdown:
    met = sum(team.meets[at] for team in shown)
    return say("staff-line", year=year, number=len(shown), met=met, below=len(shown) - met)


def _lacking(team: TeamYears) -> str:
    """How many people a team is short of its least staff at the end of the plan; not open yet if it is not."""
    missing = team.least - team.staff[-1]
    return count(missing) if missing > 0 else say("not-open")
