"""The result that is open, or what to do if there is none to read."""

from __future__ import annotations

import streamlit as st

from optplan.language import current_language, text
from optplan.result import Result
from optplan.web.desk import Desk
from optplan.web.scenario_titles import scenario_title
from optplan.web.words import words_of

say = words_of("web")


def readable_result(desk: Desk) -> Result | None:
    """The open result if it has a schedule; else its status is told and what can be done, and ``None`` comes back."""
    result = desk.result
    if result is None:
        st.info(say("no-result"))
        return None
    show_status(result)
    if result.has_schedule:
        return result
    if rule := result.document.get("broken_rule"):
        st.write(text("cli", "broken-rule", None, rule=text("cli", f"rule-{rule[0]}"), where=" ".join(map(str, rule[1:]))))
    st.write(say(f"what-now-{result.status}"))
    return None


def show_status(result: Result) -> None:
    """How good the result is, and what was asked, in words."""
    said = say(
        "status-line",
        status=text("cli", f"status-{result.status}"),
        model=model_title(result),
        scenario=scenario_names(result),
    )
    (st.success if result.status == "optimal" else st.warning if result.has_schedule else st.error)(said)


def model_title(result: Result) -> str:
    """What the decision model of a result is called."""
    content = result.document["model_content"]
    return str(content["title"] if current_language() == "zh" or not content.get("title_en") else content["title_en"])


def scenario_names(result: Result) -> str:
    """The scenarios of a result, or that there is none."""
    return say("comma").join(map(scenario_title, result.document["scenario"])) or say("base-case")
