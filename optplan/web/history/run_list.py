"""The runs: one line each, and under the line that is open everything that is known of it and can be done with it."""

from __future__ import annotations

import streamlit as st

from optplan.decision_model import WITH_A_PLAN, read_model
from optplan.editing import sentences
from optplan.figures.proven import outcome, proven_of
from optplan.language import current_language, text
from optplan.language.lists import listed
from optplan.office import Role, RunRow, approve, copy_of_run, list_runs, retire
from optplan.result import Result
from optplan.store import RunRecord
from optplan.tables.findings import InputError
from optplan.tables.names import title_of
from optplan.web.desk import Desk, opened_run, store
from optplan.web.history.copying import put_on_desk
from optplan.web.history.decision import show_decision
from optplan.web.history.filters import chosen_filter, chosen_page, show_filter, show_pages
from optplan.web.widgets.grid import show_grid
from optplan.web.widgets.guard import guarded
from optplan.web.widgets.words import local_time, model_title, name_of
from optplan.web.words import Markdown, plain, sentence, words_of

say = words_of("web_history")
KIND = "runs"
OPEN = "history.open-run"
MOST_CHANGES = 20  # that are told of a run
COLOURS = {"feasible": "orange", "infeasible": "red", "unknown": "gray"}


def show_runs(desk: Desk) -> None:
    """Draw the list."""
    page = list_runs(store(), desk.author, chosen_filter(KIND, runs=True), chosen_page(KIND))
    titles = {name: _title(name) for name in page.models}
    show_filter(KIND, page, titles, runs=True)
    if not page.rows:
        st.info(say("no-runs") if page.authors else say("nothing-yet"))
        return
    for row in page.rows:
        with st.container(border=True, gap="small"):
            _line(row, titles)
            if st.session_state.get(OPEN) == row.record.id:
                _details(desk, row)
    show_pages(KIND, page)


def _line(row: RunRow, titles: dict[str, str]) -> None:
    record = row.record
    when, what, status, button = st.columns([2.2, 5, 2.2, 1.2], vertical_alignment="center")
    when.markdown(f"{plain(local_time(record.when))}  \n{plain(name_of(record.who))}")
    scenarios = listed(title for title, _ in row.why) or text("web", "run-unchanged")
    what.markdown(f"**{plain(titles[record.model])}** · {plain(scenarios)}  \n{plain(_plan_title(record))}")
    status.markdown("  \n".join([_status(record), *_badges(row)]))
    is_open = st.session_state.get(OPEN) == record.id

    def toggle() -> None:
        st.session_state[OPEN] = None if is_open else record.id

    button.button(say("fold") if is_open else say("details"), key=f"history.details.{record.id}", on_click=toggle)


def _plan_title(record: RunRecord) -> str:
    return record.plan_title if current_language() == "zh" else _english_title(record.plan)


@st.cache_resource(show_spinner=False, max_entries=1_000)
def _english_title(plan: str) -> str:
    """What the plan with that sha256 is called in English, if it says so; what has a sha256 never changes."""
    return title_of(store().plan(plan).tables, "en")


def _status(record: RunRecord) -> Markdown:
    """What came out; where it is as good as can be, whether all targets are met, if the decision model looks at them."""
    lacking = record.criteria.get("target_shortfall")
    if record.outcome in {"optimal", "good"} and lacking is not None:
        said = sentence("proven", f"outcome-{'short' if lacking else 'met'}", outcome=outcome(record.outcome))
        return said if lacking else Markdown(f":green[{said}]")
    said, colour = plain(outcome(record.outcome)), COLOURS.get(record.outcome)
    return Markdown(f":{colour}[{said}]") if colour else said


def _badges(row: RunRow) -> list[Markdown]:
    badges = []
    if row.adopted:
        badges.append(Markdown(f":green-badge[:material/verified: {say('adopted')}]"))
    elif row.record.approved:
        badges.append(Markdown(f":gray-badge[{say('once-approved')}]"))
    if row.record.retired:
        badges.append(Markdown(f":gray-badge[{say('retired')}]"))
    return badges


def _details(desk: Desk, row: RunRow) -> None:
    record = row.record
    for title, reason in row.why:
        st.markdown(say("scenario-why", title=plain(title), reason=plain(reason) or say("no-reason")))
    _changes(desk, row)
    for entry in row.decisions:
        said = say(
            f"decided-{entry.action}", who=plain(name_of(entry.who)), when=local_time(entry.when), reason=plain(entry.reason)
        )
        st.markdown(said)
    if record.stopped:
        st.markdown(say(f"stopped-{record.stopped}"))
    if record.reference_run:
        st.markdown(say("reference", run=record.reference_run[:10]))
    if record.status in WITH_A_PLAN:
        with guarded():
            _proven(opened_run(record.id))
    st.caption(say("number", run=record.short, plan=record.plan[:10]))
    _actions(desk, row)


def _proven(result: Result) -> None:
    """What the plan comes to, beside what is proven."""
    heads = [text("proven", f"column-{name}") for name in ("criterion", "plan", "bound", "difference")]
    show_grid(heads, [[level.name, *level.figures] for level in proven_of(result.document, result.tables())])


def _changes(desk: Desk, row: RunRow) -> None:
    """What was changed, in words."""
    if row.record.scenarios:
        copied = copy_of_run(store(), desk.author, row.record.id)
        said = [f"- {plain(each)}" for each in sentences(copied.plan.tables, copied.changes)]
        more = [f"- {say('more-changes', number=len(said) - MOST_CHANGES)}"] if len(said) > MOST_CHANGES else []
        st.markdown("\n".join([*said[:MOST_CHANGES], *more]))


def _actions(desk: Desk, row: RunRow) -> None:
    record = row.record
    with st.container(horizontal=True):
        if st.button(say("open"), type="primary", key=f"history.open.{record.id}", icon=":material/folder_open:"):
            desk.open_run(record.id)
            st.switch_page(desk.pages["overview"])
        if st.button(say("copy"), key=f"history.copy.{record.id}", icon=":material/content_copy:", help=say("copy-help")):
            put_on_desk(desk, copy_of_run(store(), desk.author, record.id))
        if not row.adopted and not record.retired and record.status in WITH_A_PLAN:
            show_decision(
                "approve", record.id, desk.author, Role.APPROVER, lambda why: approve(store(), desk.author, record.id, why)
            )
        if not row.adopted and not record.retired:
            mine = record.who == desk.author.signature
            show_decision(
                "retire", record.id, desk.author, Role.EDITOR if mine else Role.APPROVER,
                lambda why: retire(store(), desk.author, record.id, why),
            )  # fmt: skip


def _title(name: str) -> str:
    """What a model is called; a model that is not shipped here goes by its name."""
    try:
        return model_title(read_model(name))
    except InputError:
        return name
