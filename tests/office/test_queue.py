"""The queue of solves: order, places, stopping, crashes, saving, and what becomes of it all when the server stops."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from holding import holding
from office.conftest import LI, LONG, QIAN, WANG, ZHAO, ask, over, wait

from optplan.office import NotAllowed, OfficeError, State
from optplan.office.queue import solves_at_once
from optplan.scenarios import Scale, Scenario
from optplan.search import standby
from optplan.search.standby import ready
from optplan.solving.effort import Effort

ROOT = Path(__file__).resolve().parents[2]


def children():
    """The search processes of this process."""
    listed = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(os.getpid())], capture_output=True, text=True, check=True)
    return [int(line.split()[0]) for line in listed.stdout.splitlines() if "optplan.search.worker" in line]


def test_half_the_cores_search_unless_the_office_says_otherwise(monkeypatch):
    monkeypatch.delenv("OPTPLAN_SOLVES", raising=False)
    assert solves_at_once() == max(1, os.cpu_count() // 2)
    monkeypatch.setenv("OPTPLAN_SOLVES", "3")
    assert solves_at_once() == 3
    monkeypatch.setenv("OPTPLAN_SOLVES", "many")
    assert solves_at_once() == max(1, os.cpu_count() // 2)


def test_a_finished_solve_is_saved_with_who_scenario_and_model(queues, store, quick):
    queue = queues()
    cheaper = Scenario(
        name="cheap", title="降价", reason="招标结果", changes=(Scale(table="costs", column="unit_cost", factor="0.9"),)
    )
    done = wait(queue, ask(queue, LI, quick, scenarios=(cheaper,)), over)
    assert (done.state, done.status, done.result, done.findings) == (State.DONE, "optimal", None, ())
    record = store.record(done.run)
    assert (record.who, record.scenarios, record.model) == ("李编制 <li@example.gov.cn>", ("cheap",), "thrift")
    assert store.scenario(record.scenario_shas[0]).reason == "招标结果"
    assert store.plan(record.plan).sha256 == quick.sha256
    assert done.moments
    assert [moment.seconds for moment in done.moments] == sorted(moment.seconds for moment in done.moments)


def test_a_quick_solve_says_when_it_is_good_and_is_kept_as_one(queues, store, quick):
    queue = queues()
    done = wait(queue, ask(queue, LI, quick, effort=Effort(quick=True)), over)
    assert done.effort.quick
    assert 0 < done.good_after <= done.seconds
    assert [(each.criterion, each.good) for each in done.near] == [("target_shortfall", True), ("cost", True)]
    assert store.record(done.run).options["quick"]
    assert store.replay(done.run).same


def test_the_others_wait_in_their_order_and_see_their_place(queues, store, quick, long):
    queue = queues()
    first = ask(queue, LI, long, "attain")
    second, third, fourth = ask(queue, ZHAO, quick), ask(queue, WANG, quick), ask(queue, LI, quick)
    look = [queue.look(QIAN, solve) for solve in (first, second, third, fourth)]
    assert [(each.state.value, each.place) for each in look] == [
        ("running", None),
        ("waiting", 1),
        ("waiting", 2),
        ("waiting", 3),
    ]
    assert [each.id for each in queue.all(QIAN)] == [first, second, third, fourth]
    queue.stop(WANG, third)
    assert queue.look(WANG, third).state is State.WITHDRAWN
    assert queue.look(WANG, fourth).place == 2
    queue.stop(LI, first)
    ended = [wait(queue, solve, over) for solve in (second, fourth)]
    assert all(each.state is State.DONE for each in ended)
    runs = [queue.look(WANG, first).run, *(each.run for each in ended)]
    assert [record.id for record in reversed(store.runs())] == runs


def test_what_is_soon_good_enough_does_not_wait_for_a_proof_which_leaves_the_cores_to_it(queues, quick, long, monkeypatch):
    monkeypatch.setattr(standby, "_niceness", [0, 0])
    standby.work_behind(1, 3)
    queue = queues()
    proof, proof_too = ask(queue, LI, long, "attain"), ask(queue, ZHAO, long, "thrift")
    what_if, what_if_too = (ask(queue, who, quick, effort=Effort(quick=True)) for who in (ZHAO, WANG))
    assert queue.look(QIAN, what_if).state is State.RUNNING
    assert [queue.look(QIAN, each).place for each in (proof_too, what_if_too)] == [1, 1]  # each behind those of its own kind
    assert all(wait(queue, each, over).state is State.DONE for each in (what_if, what_if_too))
    assert [queue.look(QIAN, each).state for each in (proof, proof_too)] == [State.RUNNING, State.WAITING]
    wait(queue, proof, lambda snapshot: snapshot.best is not None)
    (process,) = children()
    assert os.getpriority(os.PRIO_PROCESS, process) - os.getpriority(os.PRIO_PROCESS, 0) == 3
    queue.stop(ZHAO, proof_too)
    queue.stop(LI, proof)
    wait(queue, proof, over)


def test_a_search_process_stands_by_while_nothing_is_searched(queues, quick):
    queue = queues(ahead=True)
    (first,) = children()
    solve = ask(queue, LI, quick)
    assert wait(queue, solve, over).status == "optimal"
    deadline = time.monotonic() + 10
    while children() in ([], [first]) and time.monotonic() < deadline:
        time.sleep(0.05)
    (second,) = children()
    assert second != first
    standing = ready()
    assert standing.pid == second
    standing.kill()
    standing.wait()


def test_who_waits_for_news_has_it_at_once(queues, long):
    queue = queues()
    solve = ask(queue, LI, long, "attain")
    asked = queue.look(QIAN, solve)
    assert (asked.state, asked.best) == (State.RUNNING, None)
    assert queue.look_again(QIAN, asked, 0.0).best is None
    began = time.monotonic()
    first = queue.look_again(QIAN, asked, 60.0)
    assert (first.state, first.best is not None) == (State.RUNNING, True)
    queue.stop(LI, solve)
    seen = queue.look_again(QIAN, first, 60.0)
    while not seen.state.is_over:
        seen = queue.look_again(QIAN, seen, 60.0)
    assert seen.run is not None
    assert time.monotonic() - began < 60


def test_stopping_keeps_the_best_plan_so_far(queues, store, long):
    queue = queues()
    solve = ask(queue, LI, long, "attain")
    seen = wait(queue, solve, lambda snapshot: snapshot.best is not None)
    assert seen.best.check().ok
    assert seen.moments[-1].gap is not None
    assert seen.state is State.RUNNING
    queue.stop(LI, solve)
    done = wait(queue, solve, over)
    assert (done.state, done.status, done.has_schedule) == (State.DONE, "feasible", True)
    record = store.record(done.run)
    assert record.stopped == "user"
    assert store.open(done.run).check().ok


def test_a_search_that_crashes_keeps_its_best_and_leaves_the_others_alone(queues, store, quick, long):
    queue = queues(at_once=2)
    crashing = ask(queue, LI, long, "attain")
    wait(queue, crashing, lambda snapshot: snapshot.best is not None)
    (process,) = children()
    other = ask(queue, ZHAO, long, "attain", effort=Effort(time_limit=100.0))
    waiting = ask(queue, WANG, quick)
    os.kill(process, signal.SIGKILL)
    done = wait(queue, crashing, over)
    assert (done.state, done.status) == (State.DONE, "feasible")
    assert store.record(done.run).stopped == "fault"
    assert wait(queue, waiting, over).status == "optimal"
    assert queue.look(ZHAO, other).state is State.RUNNING


def test_a_search_that_crashes_without_a_plan_says_what_to_do(queues, quick, long, monkeypatch):
    for name, setting in holding(LONG.counties, before="the first plan").items():
        monkeypatch.setenv(name, setting)
    queue = queues()
    solve = ask(queue, LI, long, "attain")
    wait(queue, solve, lambda _: children())
    os.kill(children()[0], signal.SIGKILL)
    failed = wait(queue, solve, over)
    assert failed.state is State.FAILED
    assert "内存不足" in failed.findings[0].message("zh")
    assert wait(queue, ask(queue, LI, quick), over).state is State.DONE


def test_a_result_that_cannot_be_saved_is_still_there(queues, store, quick):
    broken = []

    def opener():
        if broken:
            import optplan

            return optplan.open_store("postgresql://nobody@127.0.0.1:1/none?connect_timeout=1")
        return store

    queue = queues(opener=opener)
    broken.append(True)
    done = wait(queue, ask(queue, LI, quick), over)
    assert (done.state, done.run, done.result.status) == (State.DONE, None, "optimal")
    assert [finding.code for finding in done.findings] == ["not-saved", "store-unreachable"]
    assert "下载" in done.findings[0].message("zh")


def test_asking_twice_by_mistake_is_one_solve_and_nobody_fills_the_queue(queues, quick, long):
    queue = queues()
    first = ask(queue, LI, long, "attain")
    assert ask(queue, LI, long, "attain") == first
    assert ask(queue, ZHAO, long, "attain") != first
    for limit in range(5):
        ask(queue, LI, quick, effort=Effort(time_limit=100.0 + limit))
    with pytest.raises(OfficeError) as refused:
        ask(queue, LI, quick)
    assert "排队" in refused.value.findings[0].message("zh")
    ask(queue, ZHAO, quick)


def test_what_cannot_be_asked_is_said_before_it_waits(queues, quick):
    queue = queues()
    with pytest.raises(OfficeError) as refused:
        ask(queue, WANG, quick, "replan")
    assert "审定" in refused.value.findings[0].message("zh")
    assert queue.all(WANG) == []


def test_viewers_look_and_editors_stop_only_their_own(queues, quick, long):
    queue = queues()
    with pytest.raises(NotAllowed) as refused:
        ask(queue, QIAN, quick)
    assert "编制" in refused.value.findings[0].message("zh")
    solve = ask(queue, LI, long, "attain")
    for person in (QIAN, ZHAO):
        with pytest.raises(NotAllowed):
            queue.stop(person, solve)
    assert queue.look(QIAN, solve).state is State.RUNNING
    queue.stop(WANG, solve)
    assert queue.look(QIAN, solve).state is State.STOPPING


def test_a_server_that_stops_saves_what_was_found_and_the_next_one_knows(queues, store, quick, long):
    queue = queues()
    running, waiting = ask(queue, LI, long, "attain"), ask(queue, ZHAO, quick)
    wait(queue, running, lambda snapshot: snapshot.best is not None)
    queue.close()
    saved = queue.look(LI, running)
    assert (saved.state, store.open(saved.run).has_schedule) == (State.DONE, True)
    assert queue.look(LI, waiting).state is State.LOST
    with pytest.raises(OfficeError):
        ask(queue, LI, quick)
    after = queues()
    found = after.look(LI, running)  # at once, while what was left behind is still being read
    assert (found.state, found.run, found.interrupted) == (State.DONE, saved.run, True)
    lost = wait(after, waiting, lambda snapshot: snapshot is not None)
    assert (lost.state, lost.person) == (State.LOST, ZHAO)
    assert "重新求解" in lost.findings[0].message("zh")


KILLED_ANYWHERE = """
import sys, time
from pathlib import Path
from office.conftest import LI, LONG, ask
from plans.random_plans import random_tables
import optplan
from optplan.office import SolveQueue
from optplan.plan import Plan
folder = Path(sys.argv[1])
store = optplan.open_store(folder / "store.sqlite3")
queue = SolveQueue(lambda: store, 1, folder / "solves")
print(ask(queue, LI, Plan(random_tables(1, LONG)), "attain"), flush=True)
time.sleep(600)
"""


@pytest.mark.parametrize("rounds", [1, pytest.param(200, marks=pytest.mark.slow)])
def test_a_server_that_is_killed_at_any_moment_leaves_nothing_and_the_next_one_says_what_became_of_it(
    queues, store, tmp_path, rounds
):
    environment = {**os.environ, **holding(LONG.counties)}
    environment["PYTHONPATH"] = os.pathsep.join([environment["PYTHONPATH"], str(ROOT), str(ROOT / "tests")])
    dice, states = random.Random(5), []
    for _ in range(rounds):
        server = subprocess.Popen(
            [sys.executable, "-c", KILLED_ANYWHERE, str(tmp_path)], stdout=subprocess.PIPE, text=True, env=environment
        )
        solve = server.stdout.readline().strip()
        time.sleep(dice.random() * (1 if rounds < 20 else 8))
        server.kill()
        server.wait()
        server.stdout.close()
        queue = queues()
        found = wait(queue, solve, lambda snapshot: snapshot is not None)
        states.append(found.state)
        assert found.state in {State.DONE, State.LOST}
        if found.state is State.DONE:
            assert store.open(found.run).check().ok
        else:
            assert found.findings
        queue.close()
        time.sleep(0.1)
        assert list((tmp_path / "solves").iterdir()) == []
    assert store.check() == []
    assert set(states) == {State.DONE, State.LOST} or rounds < 20
    print(f"{rounds} rounds: {Counter(state.name for state in states)}")


KILLED = """
import sys, time
from pathlib import Path
from office.conftest import LI, LONG, ask
from plans.random_plans import random_tables
import optplan
from optplan.office import SolveQueue
from optplan.plan import Plan
folder = Path(sys.argv[1])
store = optplan.open_store(folder / "store.sqlite3")
queue = SolveQueue(lambda: store, 1, folder / "solves")
solve = ask(queue, LI, Plan(random_tables(1, LONG)), "attain")
while queue.look(LI, solve).best is None:
    time.sleep(0.05)
while not list(folder.glob("solves/**/best.json")):
    time.sleep(0.05)
print(solve, flush=True)
time.sleep(600)
"""


def test_a_server_that_is_killed_loses_nothing_that_was_found(queues, store, tmp_path):
    environment = {**os.environ, **holding(LONG.counties)}
    environment["PYTHONPATH"] = os.pathsep.join([environment["PYTHONPATH"], str(ROOT), str(ROOT / "tests")])
    server = subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE, text=True, env=environment)
    solve = server.stdout.readline().strip()
    server.kill()
    server.wait()
    server.stdout.close()
    queue = queues()
    found = wait(queue, solve, lambda snapshot: snapshot is not None)
    assert (found.state, found.person, found.interrupted) == (State.DONE, LI, True)
    assert store.record(found.run).stopped == "fault"
    assert store.open(found.run).check().ok
    queue.close()
    time.sleep(0.1)
    assert list((tmp_path / "solves").iterdir()) == []
