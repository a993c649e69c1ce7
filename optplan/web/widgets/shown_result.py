"""The result that is open: how good it is, whether it answers what is on the desk, or what to do if there is none."""

from __future__ import annotations

from decimal import Decimal

import streamlit as st

from optplan.document.document import ResultDocument
from optplan.figures.proven import proven_of, standing
from optplan.language import text
from optplan.language.lists import clauses, listed
from optplan.language.numbers import amount, exact_percent
from optplan.result import Result
from optplan.tables.names import title_of
from optplan.tables.units import currency_name
from optplan.web.base_plan import base_of
from optplan.web.cache.scenario_titles import model_title, scenario_title
from optplan.web.desk import Desk
from optplan.web.widgets import grid
from optplan.web.widgets.conflict import show_conflict
from optplan.web.widgets.interim import show_interim
from optplan.web.words import plain, sentence, words_of

say = words_of("web")


def readable_result(desk: Desk) -> Result | None:
    """The open result if it has a schedule; else its status is told and what can be done, and ``None`` comes back."""
    interim = show_interim(desk)
    result = desk.result
    if result is None:
        st.info(say("no-result"))
        return None
    show_status(desk, result, interim=interim)
    _beside_the_plan(desk, result)
    if result.has_schedule:
        return result
    if rule := result.document.get("broken_rule"):
        st.write(sentence("cli", "broken-rule", rule=sentence("cli", f"rule-{rule[0]}"), where=" ".join(map(str, rule[1:]))))
    st.write(say(f"what-now-{result.status}"))
    show_conflict(desk, result)
    return None


def _beside_the_plan(desk: Desk, result: Result) -> None:
    """Say so where the result is not the answer to what is on the desk."""
    plan = desk.plan
    if plan is not None and plan.title != result.document["plan"]["title"]:
        st.info(say("other-plan", title=plain(title_of(result.tables()))))
    elif desk.changes and not desk.is_answered_by(result):
        st.info(say("draft-unsolved", number=len(desk.changes)))


def show_status(desk: Desk, result: Result, *, interim: bool = False) -> None:
    """How good the result is and how far that is proven, and what was asked, in words."""
    said, met = standing(result.document)
    if interim:
        said, met = text("proven", "status-interim"), None
    asked = say("status-line", status=said, model=model_title(result), scenario=scenario_names(result))
    levels = proven_of(result.document, result.tables()) if result.has_schedule else []
    lines = [asked, *([plain(clauses(level.sentence for level in levels))] if levels else [])]
    tone = st.success if met else st.info if met is None else st.warning if result.has_schedule else st.error
    tone("  \n".join(lines))
    if levels:
        _to_base(desk, result)
        show_cost_note(result)
        with st.expander(say("how-proven"), icon=":material/verified:"):
            show_levels(result)


def _to_base(desk: Desk, result: Result) -> None:
    """The plan as it stood, a click away from the answer to a what-if, and the two side by side."""
    base = base_of(desk, result)
    if base is None:
        return

    def back() -> None:
        with desk.speaking():
            desk.open_result(base)

    with st.container(horizontal=True):
        st.button(say("to-base"), icon=":material/undo:", on_click=back, key="result.to-base")
        if st.button(say("beside-base"), icon=":material/compare_arrows:", key="result.beside-base"):
            st.switch_page(desk.pages["comparing"])


def show_levels(result: Result) -> None:
    """What is proven of each criterion as a table, with what the words mean; a result without a schedule has nothing to show."""
    levels = proven_of(result.document, result.tables())
    names = ("criterion", "plan", "bound", "difference", "given-up", "state")
    rows = [
        [level.name, *level.figures, level.measure.words(level.given_up, "distance") if level.given_up else "–", level.state]
        for level in levels
    ]
    grid.show_grid([text("proven", f"column-{name}") for name in names], rows, words=(0, 5))
    given_up = [sentence("proven", "note-given-up")] if any(level.given_up for level in levels) else []
    st.caption("  \n".join([sentence("proven", "note"), *given_up]))


def show_cost_note(result: Result) -> None:
    """Why the cost that is compared is not what is paid, where both differ."""
    level = next((each for each in result.document["criteria"] if each["name"] == "cost"), None)
    tables = result.tables()
    rate = Decimal(tables.setting("discount_rate") or 0)
    if level is None or not rate:
        return
    spent = sum((Decimal(each["capital"]) + Decimal(each["recurrent"]) for each in result.document["costs"]), Decimal(0))
    values = {"cost": amount(level["in_plan"]), "spent": amount(spent), "currency": currency_name(tables)}
    st.caption(sentence("proven", "note-cost", year=tables.setting("first_year"), rate=exact_percent(rate), **values))


def scenario_names(result: ResultDocument) -> str:
    """The scenarios of a result, or that there is none."""
    return listed(map(scenario_title, result.document["scenario"])) or say("base-case")
