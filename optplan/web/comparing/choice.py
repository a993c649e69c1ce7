"""Which results are compared: the open one, runs of the store, and files that the visitor brings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import streamlit as st

from optplan.decision_model import read_model
from optplan.editing.uploads import LARGEST_RESULT, uploaded_result
from optplan.language import current_language
from optplan.language.lists import listed
from optplan.office import adopted_for
from optplan.result import Result
from optplan.separate_process import done_apart
from optplan.store import RunRecord, StoreError
from optplan.web.cache.checked_results import refuse_broken
from optplan.web.cache.plans import shipped_result
from optplan.web.cache.scenario_titles import model_title, scenario_title
from optplan.web.desk import Desk, opened_run, store
from optplan.web.widgets.choice import choose_several
from optplan.web.widgets.file_field import files_field
from optplan.web.widgets.guard import guarded, show_findings
from optplan.web.widgets.shown_result import scenario_names
from optplan.web.words import words_of

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

say = words_of("web_comparing")
FEWEST, MOST = 2, 4
MOST_RUNS = 100
LARGEST = LARGEST_RESULT // 2**20  # megabytes
OPEN, SHIPPED = "open", "shipped"


@dataclass(frozen=True)
class Choice:
    """A result that can be chosen: what people call it, and what opens it."""

    label: str
    open: Callable[[], Result]


def chosen_results(desk: Desk) -> list[Result]:
    """The results that the visitor chose, in their order; fewer than two: it was said what to do."""
    files = files_field(say("upload", megabytes=LARGEST), ["json"], LARGEST, "comparing-files")
    choices = {**_shipped(desk), **_open(desk), **_uploads(files), **_runs(desk)}
    picked = choose_several(
        say("choose", most=MOST),
        list(choices),
        lambda key: choices[key].label,
        f"comparing-{len(files)}",
        default=[*_base(desk, choices), *(key for key in choices if key == OPEN or key.startswith("file:"))][:MOST],
        max_selections=MOST,
        placeholder=say("choose-placeholder"),
    )
    results = []
    for key in picked:
        with guarded():
            results.append(choices[key].open())
    if len(picked) < FEWEST:
        st.info(say("choose-more") if len(choices) >= FEWEST else say("nothing-to-choose"))
    return results


def _base(desk: Desk, choices: Mapping[str, Choice]) -> list[str]:
    """What the open result is measured against at first, unless it is that itself: the adopted plan, else what ships."""
    plan, result = desk.plan, desk.result
    if plan is None or result is None or result.document["plan"]["title"] != plan.title:
        return []
    with guarded():
        adopted = adopted_for(store(), plan)
        if adopted is not None:
            return [f"run:{adopted.id}"] if f"run:{adopted.id}" in choices else []
    return [SHIPPED] if SHIPPED in choices else []


def _shipped(desk: Desk) -> dict[str, Choice]:
    """The result that ships with the plan at the desk, but for the open one."""
    result = None if desk.plan is None else shipped_result(desk.plan)
    if result is None or (desk.result is not None and desk.result.document == result.document):
        return {}
    label = say("shipped-result", model=model_title(result), scenario=scenario_names(result)).words
    return {SHIPPED: Choice(label, lambda: result)}


def _open(desk: Desk) -> dict[str, Choice]:
    result = desk.result
    if result is None:
        return {}
    label = say("open-result", model=model_title(result), scenario=scenario_names(result)).words
    return {OPEN: Choice(label, lambda: result)}


def _uploads(files: list[UploadedFile]) -> dict[str, Choice]:
    def opening(file: UploadedFile) -> Callable[[], Result]:
        return lambda: _read(file.getvalue())

    return {f"file:{number}": Choice(say("file", name=file.name).words, opening(file)) for number, file in enumerate(files)}


@st.cache_resource(show_spinner=False, max_entries=16)
def _read(content: bytes) -> Result:
    result, broken = done_apart(uploaded_result, content)
    refuse_broken(broken)
    return result


def _runs(desk: Desk) -> dict[str, Choice]:
    """The runs of the store but for the open one; if the store cannot be reached, that is said and the rest goes on."""
    try:
        records = store().runs(limit=MOST_RUNS)
    except StoreError as problem:
        show_findings(problem)
        return {}

    own_plan = desk.plan.title if desk.plan else ""

    def opening(run: str) -> Callable[[], Result]:
        return lambda: opened_run(run)

    return {
        f"run:{record.id}": Choice(_label(record, own_plan), opening(record.id)) for record in records if record.id != desk.run_id
    }


def _label(record: RunRecord, own_plan: str) -> str:
    """What a run is called; its plan is named only if it is not the one at the desk."""
    when = datetime.fromisoformat(record.when).astimezone().strftime("%Y-%m-%d %H:%M")
    values: dict[str, Any] = {
        "model": _model(record.model),
        "scenario": listed(map(scenario_title, record.scenarios)) or say("base-case"),
        "when": when,
        "who": record.who,
    }
    label = say("run-adopted" if record.approved else "run", **values).words
    return label if record.plan_title == own_plan else say("with-plan", plan=record.plan_title, label=label).words


@st.cache_resource(show_spinner=False)
def _models() -> dict[str, tuple[str, str]]:
    from optplan.decision_model import shipped_models

    models = [read_model(name) for name in shipped_models()]
    return {model.name: (model.title, model.title_en) for model in models}


def _model(name: str) -> str:
    titles = _models().get(name)
    return name if titles is None else titles[0] if current_language() == "zh" else titles[1] or titles[0]
