"""Why two answers differ, worked out on the page: the change of each figure, divided over what was changed."""

from __future__ import annotations

import threading
from pathlib import Path

import streamlit as st
from platformdirs import user_cache_path

from optplan.attribution import Attribution, Solved, Stopped, attribute
from optplan.attribution.waterfall import waterfall
from optplan.attribution.words import figure_names
from optplan.comparison.comparison import Comparison
from optplan.decision_model import DecisionModel
from optplan.language import current_language
from optplan.office import copy_of_run
from optplan.plan import Plan
from optplan.result import Result
from optplan.scenarios import Scenario
from optplan.web.cache.checked_results import holds
from optplan.web.desk import Desk, store
from optplan.web.widgets import grid
from optplan.web.widgets.chart import show_chart
from optplan.web.widgets.choice import choose
from optplan.web.words import plain, words_of

say = words_of("web_comparing")
MARK = "comparing.why."
SECONDS = 60.0  # of each search
KEPT = 8  # attributions that are remembered


def show_attribution(desk: Desk, comparison: Comparison) -> None:
    """Draw the offer, and what came out; only of two answers under one decision model whose inputs differ."""
    if len(comparison.sides) != len("AB"):
        return
    one, other = (side.result for side in comparison.sides)
    if one.document["model_content"] != other.document["model_content"] or one.plan_sha256 == other.plan_sha256:
        return
    if DecisionModel.model_validate(one.document["model_content"]).needs_reference:
        return
    kept: dict[tuple[str, ...], Attribution] = st.session_state.setdefault(f"{MARK}kept", {})
    key = (one.plan_sha256, other.plan_sha256, one.document["model"], current_language())
    if key not in kept:
        in_other_words = any(each[:-1] == key[:-1] for each in kept)  # groups are named when they are made; answers are kept
        if not in_other_words:
            st.caption(say("why-about"))
            if not st.button(say("why-now"), icon=":material/account_tree:", key=f"{MARK}now"):
                return
        found = _worked_out(desk, Result(dict(one.document)), Result(dict(other.document)))
        if found is None:
            return
        st.session_state[f"{MARK}kept"] = kept = dict([*kept.items(), (key, found)][-KEPT:])
    _show(kept[key])


def _worked_out(desk: Desk, one: Result, other: Result) -> Attribution | None:
    """The attribution; every answer of it is told on the way, and leaving the page ends it."""
    bar = st.progress(0.0, text=say("why-going", done=0, total="?"))
    cancel = threading.Event()

    def told(news: Solved) -> None:
        bar.progress(news.done / news.total, text=say("why-going", done=news.done, total=news.total))

    base = Plan(one.tables())
    model = DecisionModel.model_validate(one.document["model_content"])
    try:
        return attribute(
            base, _changed(desk, base, other), model, time_limit=SECONDS, cache=Path(user_cache_path("optplan")) / "why",
            workers=1, progress=told, cancel=cancel,
            known=[each for each in (one, other) if holds(each)],
        )  # fmt: skip
    except Stopped:
        return None
    finally:
        cancel.set()
        bar.empty()


def _changed(desk: Desk, base: Plan, other: Result) -> Plan | list[Scenario]:
    """The changes one by one where the open answer is a run whose changes are known; else the other plan, table by table."""
    if desk.run_id is not None and desk.result is not None and desk.result.document == other.document:
        copied = copy_of_run(store(), desk.author, desk.run_id)
        if copied.scenarios and copied.plan.sha256 == base.sha256:
            return list(copied.scenarios)
    return Plan(other.tables())


def _show(attribution: Attribution) -> None:
    st.markdown("\n".join(f"- {plain(each)}" for each in attribution.sentences()))
    if not attribution.divisible:
        return
    names = figure_names(attribution, current_language())
    moved = [figure for figure in attribution.figures if attribution.change(figure)]
    if moved:
        figure = choose(say("why-figure"), moved, lambda each: names[each], f"{MARK}figure")
        show_chart(waterfall(attribution, figure))
    for table in attribution.tables():
        with st.expander(plain(table.title)):
            grid.show_grid(table.headers, [list(map(str, row)) for row in table.rows])
