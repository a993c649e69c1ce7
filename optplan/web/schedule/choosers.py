"""Which county and which year a section of the schedule speaks of; both stay as they were chosen while the visit lasts."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from optplan.figures.figures import Figures
from optplan.web.widgets.choice import choose
from optplan.web.words import words_of

say = words_of("web_schedule")
EVERY = ""


def choose_county(figures: Figures, counties: Sequence[str], key: str) -> str:
    """One of ``counties``; :data:`EVERY` among them stands for all."""
    return choose(
        say("choose-county"), counties, lambda each: figures.county_names.get(each, say("every-county")), key, width=220
    )


def choose_year(figures: Figures, key: str) -> int:
    """A year of the plan, the last at first."""
    return st.segmented_control(
        say("choose-year"),
        figures.years,
        default=figures.last,
        key=key,
        format_func=str,
        required=True,
        wrap=True,
        persist_state="session",
    )
