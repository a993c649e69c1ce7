"""Where no plan exists the page says which rules exclude each other, where they stand, and makes a repair a scenario."""

from __future__ import annotations

import random

import pytest
from explanation.planted import base, exact_target
from page.test_any_plan import shown
from page.test_impossible import over
from plans.random_plans import tables_of
from slow_set import mostly_slow

from optplan import separate_process
from optplan.decision_model import read_model
from optplan.explanation import explain
from optplan.language import text
from optplan.office.inquiries import server_inquiries
from optplan.plan import Plan
from optplan.result import empty_result
from optplan.store import open_store
from optplan.web.desk import store


@pytest.fixture
def impossible(monkeypatch, tmp_path):
    monkeypatch.setenv("OPTPLAN_STORE", f"sqlite:///{tmp_path / 'store.db'}")
    store.clear()  # a server opens its store once
    server_inquiries.cache_clear()  # and knows what others asked
    rows = base(0)
    exact_target(rows, random.Random(0))
    yield Plan(tables_of(rows))
    store.clear()


@pytest.mark.parametrize("language", mostly_slow(["zh", "en"], 1))
def test_a_clerk_is_told_why_and_takes_a_repair_in_two_clicks(impossible, language):
    result = empty_result(impossible.tables, read_model("attain"), status="infeasible", made_with={"optplan": "0"})
    app = shown(result, "overview", language, **{"desk.plan": impossible})
    ask = next(button for button in app.button if button.label == text("explanation", "page-ask", language))
    app = over(ask.click().run(timeout=120))
    assert not app.exception
    told = " ".join(each.value for each in [*app.markdown, *app.caption]).replace("\\", "")
    assert not [each for each in app.button if each.key == "conflict.longer"]  # nothing is left to be found
    explanation = explain(impossible, worth=False)
    assert len(explanation.conflicts) == 1
    for repair in explanation.repairs:
        assert repair["messages"][language].split("“")[0] in told
    app = next(button for button in app.button if button.key == "conflict.apply-1").click().run(timeout=60)
    assert not app.exception
    assert app.session_state["desk.changes"] == explanation.scenario(1).changes
    assert [entry for entry in open_store().audit_log() if entry.kind == "scenario"]


def test_what_was_not_settled_in_time_is_looked_for_longer_and_no_maker_of_files_waits_for_it(impossible, monkeypatch):
    given, files = [], separate_process._free

    def work(_, __, seconds, *, told, cancel):
        given.append(seconds)
        assert files.acquire(blocking=False)
        files.release()
        found = explain(impossible, worth=False).document
        told(("repairs", 1, found))
        return found if len(given) == 2 else found | {"repairs": []}

    monkeypatch.setattr("optplan.web.widgets.conflict.explained_apart", work)
    monkeypatch.setattr(
        "optplan.web.asking.subject.watched_apart", lambda work, *given, told, cancel, **_: work(*given, told=told, cancel=cancel)
    )
    result = empty_result(impossible.tables, read_model("attain"), status="infeasible", made_with={"optplan": "0"})
    app = shown(result, "overview", "zh", **{"desk.plan": impossible})
    app = over(next(button for button in app.button if button.label == text("explanation", "page-ask", "zh")).click().run())
    app = over(app.button(key="conflict.longer").click().run())
    assert given == [10.0, 60.0]
    assert app.button(key="conflict.apply-1")
    assert not [each for each in app.button if each.key == "conflict.longer"]
