"""The main job: the plan of Shuozhou, solved to proven optimality, meeting its four totals exactly."""

import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import optplan
from optplan.scenarios import apply_scenarios

ROOT = Path(__file__).resolve().parents[2]
TOTALS = {"recruits_701": 701, "vehicles_109": 109, "hydrants_1116": 1116, "cranes_137": 137, "stations_5": 5}


def test_the_main_job(tmp_path):
    out = tmp_path / "result.json"
    done = subprocess.run(
        [sys.executable, "-m", "optplan.cli", "solve", "inputs/shuozhou", "--out", str(out)], cwd=ROOT, capture_output=True, text=True, check=False, timeout=1500
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    document = json.loads(out.read_text(encoding="utf-8"))
    assert document["status"] == "optimal"
    targets = {entry["target"]: entry for entry in document["targets"]}
    assert {name: targets[name]["delivered"] for name in TOTALS} == TOTALS
    plan, result = optplan.read_plan(ROOT / "inputs" / "shuozhou"), optplan.read_result(out)
    assert optplan.verify(plan, result).ok
    sample = optplan.read_result(ROOT / "reports" / "sample" / "shuozhou-attain.json")
    assert optplan.verify(plan, sample).ok
    for section in ("schedule", "teams", "projects", "payments"):
        assert document[section] == sample.document[section], "the committed sample is not what `make sample` gives"


@pytest.mark.slow
@pytest.mark.parametrize("model", ["price", "fair", "thrift", "full"])
def test_every_decision_model_finds_a_plan(model):
    plan = optplan.read_plan(ROOT / "inputs" / "shuozhou")
    result = optplan.solve(plan, model=model, time_limit=600)
    assert result.has_schedule
    assert optplan.verify(plan, result).ok


@pytest.mark.slow
def test_the_plan_with_closed_years_is_solved_too():
    plan = optplan.read_plan(ROOT / "inputs" / "shuozhou-2023")
    result = optplan.solve(plan, model="attain", time_limit=600)
    assert result.has_schedule
    assert optplan.verify(plan, result).ok


def test_where_money_is_short_a_plan_is_there_at_once_and_stopping_then_keeps_it():
    scenario = ROOT / "inputs" / "scenarios" / "shuozhou" / "own-funds-all-down-20.toml"
    plan = apply_scenarios(optplan.read_plan(ROOT / "inputs" / "shuozhou"), [scenario])
    stop = threading.Event()
    first = []

    def found(result):
        first.append(result)
        stop.set()

    result = optplan.solve(plan, model="attain", plan_found=found, cancel=stop)
    assert first[0].check().ok
    assert not first[0].document["criteria"][0]["proven"]
    assert result.status == "feasible"
    assert optplan.verify(plan, result).ok


@pytest.mark.slow
def test_with_a_tenth_less_money_two_minutes_are_enough_for_every_level():
    """The shortfall and the readiness gap are proven, and the plan is not one that only the first level has looked at."""
    scenario = ROOT / "inputs" / "scenarios" / "shuozhou" / "own-funds-all-down-10.toml"
    plan = apply_scenarios(optplan.read_plan(ROOT / "inputs" / "shuozhou"), [scenario])
    result = optplan.solve(plan, model="attain", time_limit=120)
    assert optplan.verify(plan, result).ok
    shortfall, readiness, cost = result.document["criteria"]
    assert shortfall["proven"]
    assert float(readiness["value"]) <= 0.06
    assert float(cost["bound"]) >= 0.95 * float(cost["value"])
