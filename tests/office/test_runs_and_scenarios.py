"""The history: newest first, in pages, found by any word, and quick with thousands of runs."""

import time
from types import SimpleNamespace

import pytest
from office.conftest import LI, QIAN, WANG, ZHAO

import optplan
from optplan.office import approve, list_runs, list_scenarios, retire
from optplan.office.history import PAGE, Filter
from optplan.scenarios import Scale, Scenario, apply_scenarios
from optplan.web import base_plan

MANY = 2_000


def scenario(number):
    change = Scale(table="budgets", column="amount", factor="1.5")
    return Scenario(
        name=f"more-{number}", title=f"第{number}种增资", reason=f"第{number}次会议纪要", author="李", changes=(change,)
    )


@pytest.fixture(scope="module")
def results(quick):
    richer = apply_scenarios(quick, [scenario(0)])
    return optplan.solve(quick, "thrift"), optplan.solve(quick, "attain"), optplan.solve(richer, "thrift", scenario=["more-0"])


@pytest.fixture
def full(store, quick, results):
    """Three runs of three kinds by two people."""
    plain, attain, richer = results
    return [
        store.save_run(plain, plan=quick, who=LI.signature),
        store.save_run(attain, plan=quick, who=ZHAO.signature),
        store.save_run(richer, plan=quick, scenarios=[scenario(0)], who=LI.signature),
    ]


def ids(page):
    return [row.record.id for row in page.rows]


def test_runs_come_newest_first_with_who_why_and_what_was_decided(store, full):
    page = list_runs(store, QIAN)
    assert ids(page) == [run.id for run in reversed(full)]
    assert page.rows[0].why == (("第0种增资", "第0次会议纪要"),)
    assert (page.number, page.pages, page.total) == (0, 1, 3)


def test_filters_and_words_narrow_the_list(store, full):
    by_li, attain, richer = full
    assert ids(list_runs(store, QIAN, Filter(who=LI.signature))) == [richer.id, by_li.id]
    assert ids(list_runs(store, QIAN, Filter(model="attain"))) == [attain.id]
    assert ids(list_runs(store, QIAN, Filter(search="会议纪要"))) == [richer.id]
    assert ids(list_runs(store, QIAN, Filter(search="会议纪要 ZHAO@"))) == []
    assert ids(list_runs(store, QIAN, Filter(search=attain.short.upper()))) == [attain.id]
    assert ids(list_runs(store, QIAN, Filter(status="infeasible"))) == []
    approve(store, WANG, attain.id, "专题会同意")
    assert ids(list_runs(store, QIAN, Filter(approved=True))) == [attain.id]
    assert ids(list_runs(store, QIAN, Filter(search="专题会"))) == [attain.id]


def test_what_is_retired_is_out_of_sight_but_not_gone(store, full):
    retire(store, WANG, full[0].id, "算错了年份")
    assert full[0].id not in ids(list_runs(store, QIAN))
    row = list_runs(store, QIAN, Filter(retired=True)).rows[-1]
    assert (row.record.id, row.record.retired, row.decisions[-1].reason) == (full[0].id, True, "算错了年份")
    (found,) = list_scenarios(store, QIAN).rows
    assert (found.runs, found.who) == (1, LI.signature)
    retire(store, WANG, found.sha256, "作废")
    assert list_scenarios(store, QIAN).total == 0
    assert list_scenarios(store, QIAN, Filter(retired=True)).rows[0].retired


@pytest.fixture(scope="module")
def crowded(quick, results, tmp_path_factory):
    """Two thousand runs and as many scenarios, as an office has after years."""
    with optplan.open_store(tmp_path_factory.mktemp("crowded") / "store.sqlite3") as store:
        for number in range(MANY):
            store.save_scenario(scenario(number), who=LI.signature)
        fill_with_runs(store, quick, results[0])
        yield store


def fill_with_runs(store, plan, result):
    """Saving checks every result exactly, which is slow on purpose; here one checked run is written many times."""
    from optplan.store import events, kept

    ready = kept.kept_run(result, plan, (), None, "{}", "")
    with store._database.writing() as connection:
        for _ in range(MANY):
            ready.put(connection, events.Author(LI.signature, ""), None)


@pytest.mark.slow
def test_two_thousand_runs_list_quickly(crowded):
    begun = time.perf_counter()
    page = list_runs(crowded, QIAN)
    took = time.perf_counter() - begun
    assert (page.total, page.pages, len(page.rows)) == (MANY, MANY // PAGE, PAGE)
    assert took < 1
    last = list_runs(crowded, QIAN, page=10**6)
    assert (last.number, len(last.rows)) == (MANY // PAGE - 1, PAGE)
    begun = time.perf_counter()
    assert list_scenarios(crowded, QIAN, Filter(search="第1999次")).total == 1
    first = time.perf_counter() - begun
    begun = time.perf_counter()
    assert list_scenarios(crowded, QIAN, Filter(search="第1998次")).total == 1
    again = time.perf_counter() - begun
    assert first < 10
    assert again < 1


def test_a_what_if_starts_from_the_adopted_answer_else_what_ships_else_the_latest(store, quick, full, monkeypatch):
    shipped = SimpleNamespace(document={"model": "attain"})
    ships = {quick.sha256: shipped}
    monkeypatch.setattr(base_plan, "store", lambda: store)
    monkeypatch.setattr(base_plan, "opened_run", lambda run: run)
    monkeypatch.setattr(base_plan, "shipped_result", lambda plan: ships.get(plan.sha256))
    desk, changed = SimpleNamespace(plan=quick), SimpleNamespace(plan=apply_scenarios(quick, [scenario(0)]))
    assert base_plan.base_for(desk, "thrift").run == full[0].id
    assert base_plan.base_for(desk, "attain") == base_plan.Base(shipped, None)
    ships.clear()
    assert base_plan.base_for(desk, "attain").run == full[1].id
    assert base_plan.base_for(desk, "price") is None
    assert base_plan.base_for(changed, "thrift") is None
    ships[quick.sha256] = shipped
    monkeypatch.setattr(base_plan, "adopted_for", lambda store, plan: full[1])
    assert base_plan.base_for(desk, "attain").run == full[1].id
