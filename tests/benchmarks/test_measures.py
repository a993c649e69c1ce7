"""Times, ratios and verdicts, worked out by hand."""

from dataclasses import replace

from benchmarks.agreement import compared
from benchmarks.measures import Time, gap_left, near, proof, ratio, spread
from benchmarks.plans import Size
from benchmarks.records import Run
from optplan.decision_model import DecisionModel

MODEL = DecisionModel.model_validate(
    {
        "name": "x",
        "title": "x",
        "criteria": [{"name": "target_shortfall", "tolerance": "0.01"}, {"name": "cost", "tolerance": "1"}],
    }
)


def level(name, value, bound, proven=True):
    return {"done": name, "value": value, "bound": bound, "seconds": 1.0, "proven": proven}


def run(tool="optplan", **changes):
    base = Run(tool, 1, Size(), "attain", 100.0, "", "", "", "optimal", 8.0, first=1.0)
    levels = [level("target_shortfall", 2.0, 2.0), level("cost", 500.0, 499.5)]
    return replace(base, **{"levels": levels, "moments": [(1.0, 0, 2.0), (3.0, 1, 510.0), (5.0, 1, 504.0)], **changes})


def test_a_time_out_counts_as_its_limit_and_says_so():
    assert str(proof(run())) == "8"
    assert str(proof(run(status="feasible"))) == "≥ 100"
    assert str(ratio(Time(8), Time(100, True))) == "≤ 0.08"
    assert str(ratio(Time(100, True), Time(50))) == "≥ 2"
    assert spread([ratio(Time(1), Time(2)), ratio(Time(2), Time(1))]) == "**1** (0.5 – 2)"


def test_near_is_the_first_plan_within_one_per_cent():
    assert near(500.0, 1)(run()) == Time(5.0)
    assert near(480.0, 1)(run()) == Time(100.0, True)


def test_the_gap_left_is_that_of_the_first_criterion_not_proven():
    stopped = [level("target_shortfall", 2.0, 2.0), level("cost", 500.0, 0.0, proven=False)]
    heard = {"level": 1, "value": 505.0, "bound": 450.0}
    assert gap_left(run()) == 0
    assert gap_left(run(status="feasible", levels=stopped, reached=heard)) == 0.1
    assert gap_left(run(status="feasible", levels=[], reached={})) == 1


def verdicts(ours, theirs):
    return [finding.verdict for finding in compared(run(levels=ours), run("highs", levels=theirs), MODEL)]


def test_values_are_compared_in_order_of_the_criteria():
    ours = [level("target_shortfall", 2.0, 2.0), level("cost", 500.0, 499.5)]
    assert verdicts(ours, [level("target_shortfall", 2.0, 2.0), level("cost", 499.5, 499.0)]) == ["agrees", "agrees"]
    assert verdicts(ours, [level("target_shortfall", 2.0, 2.0), level("cost", 498.0, 497.5)]) == ["agrees", "worse"]
    assert verdicts(ours, [level("target_shortfall", 2.005, 2.0), level("cost", 498.0, 497.5)]) == ["agrees", "looser"]
    assert verdicts(ours, [level("target_shortfall", 2.0, 2.0), level("cost", 503.0, 502.0)]) == ["agrees", "impossible"]
    assert verdicts(ours, [level("target_shortfall", 1.98, 1.97), level("cost", 503.0, 502.0)]) == ["worse", "agrees"]
