"""Quick levers above the tables: sliders from nothing to twice as much."""

from __future__ import annotations

from decimal import Decimal

import streamlit as st

from optplan.editing import Lever, factor_of, levers, pulled, signed
from optplan.editing.sentences import lever_label
from optplan.language.numbers import quantity
from optplan.tables.content import Tables
from optplan.tables.names import Names
from optplan.web.cache.said_of_changes import money_of
from optplan.web.inputs.workbench import MARK, Workbench
from optplan.web.widgets.choice import choose
from optplan.web.words import plain, words_of

say = words_of("web_inputs")
MOST, STEP = 200, 5  # percent
EVERY = 0  # stands for all years
BESIDE = 3  # sliders in a row


def show_levers(bench: Workbench, tables: Tables, names: Names) -> None:
    """Draw the sliders."""
    with st.container(border=True):
        st.markdown(f"**{say('levers')}**", help=say("levers-how"))
        fixed = levers(tables, bench.base)
        columns = st.columns(BESIDE)
        for number, lever in enumerate(fixed):
            with columns[number % BESIDE]:
                _slider(
                    bench, lever, lever_label(lever, names) if lever.kind != "own" else say("lever-all-own"), bench.base, names
                )
        counties = list(names.by_table["counties"])
        years = [EVERY, *sorted({row["year"] for row in tables["budgets"] if row["year"] is not None})]
        county = choose(
            say("lever-county"), counties, lambda each: names.by_table["counties"].get(each, each), MARK + "county"
        )  # fmt: skip
        year_box, slider_box = st.columns([1, 2])
        year = choose(
            say("lever-year"), years, lambda each: say("every-year") if each == EVERY else say("in-year", year=each),
            MARK + "year", year_box,
        )  # fmt: skip
        own = [lever for lever in levers(tables, bench.base, county=county, year=year or None) if lever.county is not None]
        with slider_box:
            for lever in own:
                _slider(bench, lever, lever_label(lever, names), bench.base, names)
            if not own:
                st.caption(say("no-own-funds"))


def _slider(bench: Workbench, lever: Lever, label: str, tables: Tables, names: Names) -> None:
    percent = round(factor_of(bench.draft.changes, lever) * 100)
    key = f"{MARK}lever-{lever.name}"
    st.session_state[key] = percent

    def pull() -> None:
        bench.take_in()
        bench.change(pulled(bench.draft.changes, lever, Decimal(st.session_state[key]) / 100))

    step = STEP if percent % STEP == 0 else 1
    words = plain(label[:1].upper() + label[1:])
    st.slider(words, 0, max(MOST, percent), step=step, format="%d%%", key=key, on_change=pull)
    money = money_of(tables, lever, percent)
    if money is not None:
        whole, moved = money
        said = "lever-money-moved" if moved else "lever-money"
        st.caption(say(said, whole=quantity(whole), moved=signed(moved), currency=names.currency))
