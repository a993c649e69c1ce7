"""What will be asked: the plan, the changes, the decision model; and what stops it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from optplan.decision_model import DecisionModel, read_model, shipped_models
from optplan.editing import sentences
from optplan.office import NotAllowed, Question, Role, adopted_for, require, server_queue
from optplan.plan import Plan
from optplan.solving.effort import Effort
from optplan.store import RunRecord
from optplan.tables.findings import InputError
from optplan.tables.names import title_of
from optplan.web.base_plan import base_for, seconds_of_last
from optplan.web.desk import Desk, store
from optplan.web.solving.watched_solve import watch
from optplan.web.widgets.choice import choose, kept
from optplan.web.widgets.guard import MOST_SHOWN, show_findings
from optplan.web.widgets.words import clock, local_time, model_account, model_order, model_title, name_of
from optplan.web.words import plain, sentence, words_of

say = words_of("web_solving")
EFFORTS = ("good", "proven")
FIRST = "attain"  # the model that stands first and is chosen at first
LIMITS = {"300": 300.0, "1800": 1800.0, "3600": 3600.0, "14400": 14400.0, "none": None}  # seconds
USUAL = "1800"


def show_asking(desk: Desk) -> None:
    """Draw the question and the button that asks it."""
    plan = desk.plan
    if plan is None:
        st.info(sentence("web", "no-plan"))
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.subheader(say("which-model"))
        model = _model()
    with right:
        st.subheader(say("what-is-asked"))
        st.markdown(f"**{plain(title_of(plan.tables))}**")
        fits = _changes(desk, plan)
        reference = _reference(plan) if model.needs_reference else None
        quick = _effort(desk, model) == "good"
        now = str(kept("solving.limit") or USUAL)
        with st.expander(say("time-limit-more", limit=say(f"limit-{now}")), icon=":material/timer:", key="solving.limit-more"):
            limit = choose(
                say("time-limit"), list(LIMITS), lambda name: say(f"limit-{name}"), "solving.limit",
                first=list(LIMITS).index(USUAL), help=say("time-limit-help"),
            )  # fmt: skip
        if _start(desk, ready=fits and (reference is not None or not model.needs_reference)):
            _ask(desk, Question(plan, model, effort=Effort(quick=quick, time_limit=LIMITS[limit])), reference)
            st.rerun()


def choose_full() -> None:
    """What the page "Solve" asks next: how much money all targets and standards take, from whom, and what money cannot do."""
    st.session_state["solving.model"] = "full"
    st.session_state["solving.effort"] = "good"


def try_draft(desk: Desk) -> None:
    """Ask at once what the draft comes to, under the model that stands first and as near as tells answers apart, and watch it."""
    if desk.plan is not None:
        _ask(desk, Question(desk.plan, read_model(FIRST), effort=Effort(quick=True, time_limit=LIMITS[USUAL])), None)


def _effort(desk: Desk, model: DecisionModel) -> str:
    """How far it is to be proven: near enough to tell answers apart, or within the tolerance; and how long that took last."""
    st.session_state.setdefault("solving.effort", "good" if desk.changes else "proven")
    chosen = st.segmented_control(
        say("effort"), EFFORTS, format_func=lambda name: say(f"effort-{name}"),
        key="solving.effort", required=True, wrap=True, persist_state="session",
    )  # fmt: skip
    st.caption(say(f"effort-{chosen}-help"))
    seconds = seconds_of_last(desk, model.name)
    if seconds is not None:
        st.caption(say("took-last", elapsed=clock(seconds)))
    return str(chosen)


def _model() -> DecisionModel:
    models = {name: read_model(name) for name in sorted(shipped_models(), key=lambda name: (name != FIRST, name))}
    chosen = st.radio(
        say("which-model"), list(models), format_func=lambda name: plain(model_title(models[name])),
        captions=[f"{plain(model_account(each))}  \n{say('order', criteria=model_order(each))}" for each in models.values()],
        label_visibility="collapsed", key="solving.model", persist_state="session",
    )  # fmt: skip
    return models[chosen]


def _changes(desk: Desk, plan: Plan) -> bool:
    """The changes in words and what is wrong with them; whether the plan can be solved with them."""
    if not desk.changes:
        st.write(say("no-changes"))
    else:
        st.write(say("changes", name=desk.draft_title, number=len(desk.changes)))
        said = [f"{plain(number)}. {plain(each)}" for number, each in enumerate(sentences(plan.tables, desk.changes), start=1)]
        with st.container(height=240 if len(said) > 8 else "content", border=True):
            st.markdown("\n".join(said))
        st.text_input(
            say("reason"), max_chars=2_000, placeholder=say("reason-example"), key="solving.reason", persist_state="session"
        )
    try:
        asked = desk.asked_plan
    except InputError as problem:
        st.markdown(f"**{say('stopped-by', number=sum(each.severity == 'error' for each in problem.findings))}**")
        show_findings(problem)
        st.page_link(desk.pages["inputs"], label=say("to-inputs"), icon=":material/edit_note:")
        return False
    findings = asked.findings if asked else []
    if findings:
        with st.expander(say("warnings", number=len(findings))):
            st.markdown("\n".join(f"- {plain(each.message())}" for each in findings[:MOST_SHOWN]))
            if len(findings) > MOST_SHOWN:
                st.caption(sentence("web", "more-findings", number=len(findings) - MOST_SHOWN))
    return True


def _reference(plan: Plan) -> RunRecord | None:
    """The adopted plan, which changes are measured against."""
    record = adopted_for(store(), plan)
    if record is None:
        st.warning(say("no-reference"))
    else:
        st.write(say("reference", run=record.short, who=name_of(record.who), when=local_time(record.when)))
    return record


def _start(desk: Desk, *, ready: bool) -> bool:
    try:
        require(desk.author, Role.EDITOR)
    except NotAllowed as problem:
        st.info("\n\n".join(plain(finding.message()) for finding in problem.findings))
        ready = False
    return st.button(say("start"), type="primary", disabled=not ready, icon=":material/play_arrow:", width="stretch")


def _ask(desk: Desk, question: Question, reference: RunRecord | None) -> None:
    scenario = desk.scenario
    if scenario is not None:
        reason = str(st.session_state.get("solving.reason") or "").strip()
        question = replace(question, scenarios=(scenario.model_copy(update={"reason": reason}),))
        base = base_for(desk, question.model.name) if reference is None else None
        if base is not None:
            question = replace(question, reference=base.result, reference_run=base.run)
    if reference is not None:
        question = replace(question, reference=store().open(reference.id), reference_run=reference.id)
    watch(server_queue().ask(desk.author, question))
