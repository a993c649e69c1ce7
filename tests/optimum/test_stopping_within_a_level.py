"""A stop, or the end of the time, is seen in the middle of a level."""

from plans.random_plans import Size, random_tables

from optplan.decision_model import DecisionModel
from optplan.plan import Plan
from optplan.search.bounds.relaxations import Relaxations
from optplan.search.lexicographic import search
from optplan.search.run import Orders

CRITERIA = [{"name": "target_shortfall", "tolerance": "0.001"}, {"name": "cost", "relative_tolerance": "0.001"}]
MODEL = DecisionModel.model_validate({"name": "x", "title": "x", "criteria": CRITERIA})


def test_a_stop_is_seen_while_a_second_relaxation_is_solved(monkeypatch):
    monkeypatch.setattr("optplan.search.lexicographic.WORTHWHILE", 0)
    run, stopped, said = Relaxations.run, [], []

    def run_and_stop(self, step, objective, tolerance, watch, start=None):
        if step in {"counts", "coupled"}:
            stopped.append(step)
            said.append(watch(float("-inf")))
        return run(self, step, objective, tolerance, watch, start)

    monkeypatch.setattr(Relaxations, "run", run_and_stop)
    plan = Plan(random_tables(1, Size(3, 4, 3, 3, 1, money=0.85)))
    search(plan, MODEL, Orders(stop=lambda: bool(stopped)))
    assert said
    assert said[0]
