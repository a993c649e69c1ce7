"""The result that is open: how good it is, whether it answers what is on the desk, or what to do if there is none."""

from __future__ import annotations

import streamlit as st

from optplan.document.document import ResultDocument
from optplan.document.good_enough import is_good_enough
from optplan.result import Result
from optplan.tables.findings import InputError
from optplan.web.cache.scenario_titles import model_title, scenario_title
from optplan.web.desk import Desk
from optplan.web.words import plain, sentence, words_of

say = words_of("web")


def readable_result(desk: Desk) -> Result | None:
    """The open result if it has a schedule; else its status is told and what can be done, and ``None`` comes back."""
    result = desk.result
    if result is None:
        st.info(say("no-result"))
        return None
    show_status(result)
    _beside_the_plan(desk, result)
    if result.has_schedule:
        return result
    if rule := result.document.get("broken_rule"):
        st.write(sentence("cli", "broken-rule", rule=sentence("cli", f"rule-{rule[0]}"), where=" ".join(map(str, rule[1:]))))
    st.write(say(f"what-now-{result.status}"))
    return None


def _beside_the_plan(desk: Desk, result: Result) -> None:
    """Say so where the result is not the answer to what is on the desk."""
    plan = desk.plan
    if plan is not None and plan.title != result.document["plan"]["title"]:
        st.info(say("other-plan", title=plain(result.document["plan"]["title"])))
    elif desk.changes and not _answers(desk, result):
        st.info(say("draft-unsolved", number=len(desk.changes)))


def _answers(desk: Desk, result: Result) -> bool:
    try:
        asked = desk.asked_plan
    except InputError:
        return False  # the inputs page tells what is wrong with the draft
    return asked is not None and asked.sha256 == result.plan_sha256


def show_status(result: Result) -> None:
    """How good the result is, and what was asked, in words."""
    good = result.status == "optimal" or is_good_enough(result.document)
    said = say(
        "status-line",
        status=sentence("cli", "status-good" if good and result.status == "feasible" else f"status-{result.status}"),
        model=model_title(result),
        scenario=scenario_names(result),
    )
    (st.success if good else st.warning if result.has_schedule else st.error)(said)


def scenario_names(result: ResultDocument) -> str:
    """The scenarios of a result, or that there is none."""
    return say("comma").join(map(scenario_title, result.document["scenario"])) or say("base-case")
