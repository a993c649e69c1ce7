"""When a run had a plan that is good in every criterion at once, worked out by hand."""

from dataclasses import replace

from benchmarks.ablation_report import ablation_section
from benchmarks.contenders import WITHOUT
from benchmarks.goodness import best_known, plan_after, time_to_good
from benchmarks.goodness_report import goodness_section, on_the_way
from benchmarks.measures import Time
from benchmarks.plans import Size
from benchmarks.records import Run
from benchmarks.sets import SETS, longest
from benchmarks.unlike import Unlike
from optplan.decision_model import DecisionModel

MODEL = DecisionModel.model_validate(
    {
        "name": "attain",
        "title": "x",
        "criteria": [
            {"name": "target_shortfall", "tolerance": "0.001", "good": "0.002"},
            {"name": "readiness_gap", "tolerance": "0.001", "slack": "0.001", "good": "0.005"},
            {"name": "cost", "relative_tolerance": "0.001", "relative_good": "0.005"},
        ],
    }
)


def run(tool, *plans):
    return Run(tool, 1, Size(), "attain", 60.0, "", "", "", "optimal", 30.0, plans=list(plans))


OURS = run("optplan", (1.0, [0.5, 0.4, 9000.0]), (4.0, [0.1, 0.0412, 1004.0]), (20.0, [0.1, 0.0405, 1000.0]))
THEIRS = run("highs-matrix", (2.0, [0.1, 0.3, 500.0]), (9.0, [0.1005, 0.04, 1100.0]), (40.0, [0.1, 0.04, 1006.0]))


def test_the_least_cost_known_is_that_of_a_plan_as_ready_as_the_best():
    assert best_known([OURS, THEIRS], MODEL) == [0.1, 0.04, 1000.0]  # not 500, which gave up readiness
    assert best_known([run("optplan")], MODEL) == []


def test_good_is_every_criterion_at_once():
    best = best_known([OURS, THEIRS], MODEL)
    assert time_to_good(OURS, best, MODEL) == Time(4.0)
    assert time_to_good(THEIRS, best, MODEL) == Time(60.0, True)  # 1006 is 0.6 % above the best
    assert time_to_good(OURS, [], MODEL) == Time(60.0, True)


def test_the_plan_in_hand_is_the_last_one_found():
    assert plan_after(OURS, 0.5) is None
    assert plan_after(OURS, 15) == [0.1, 0.0412, 1004.0]
    assert plan_after(OURS, 60) == [0.1, 0.0405, 1000.0]


def test_the_report_puts_families_side_by_side():
    unlike = [replace(one, subject=Unlike("few-units")) for one in (OURS, THEIRS)]
    text = goodness_section([OURS, THEIRS, *unlike])
    assert text.count("| like Shuozhou |") == text.count("| unlike Shuozhou |") == 2
    assert "| like Shuozhou | HiGHS on optplan's matrix | 1 | 1 | ≥ 60 | 30 | **1** (1 – 1) |" in text
    assert goodness_section([run("optplan")]) == ""
    told = on_the_way({1: {"optplan": OURS, "highs-matrix": THEIRS}}, MODEL)
    assert "| 1 | optplan | 4 | 0.5, 0.4, 9,000 | 0.1, 0.0412, 1,004 | 0.1, 0.0412, 1,004 | 0.1, 0.0405, 1,000 |" in told


def test_a_part_that_is_missed_costs_time_proofs_and_good_plans():
    worse = replace(THEIRS, tool="optplan-without-crossover", status="feasible")
    text = ablation_section([OURS, worse, replace(THEIRS, tool="optplan-without-rounding", subject=Unlike("few-units"))])
    row = next(line for line in text.splitlines() if line.startswith("| `crossover`"))
    # good after 4 s instead of never in 60 s, proven after 30 s instead of never in 60 s
    assert row.endswith("| 1 | **≥ 15** (≥ 15 – ≥ 15) | **≥ 2** (≥ 2 – ≥ 2) | 1 | 0 | 1 | 0 |")
    assert "`rounding`" not in text  # nobody has answered that question with it
    assert ablation_section([OURS]) == ""


def test_the_sets_end_in_an_hour_and_in_a_night_and_cover_every_model_and_kind():
    assert longest(SETS["quarter"]()) < 900
    assert longest(SETS["hour"]()) < 3600
    assert longest(SETS["night"]()) < 14 * 3600
    assert longest(SETS["ablation"]()) < 12 * 3600
    assert longest(SETS["ablation-sample"]()) < 1200
    assert {tool for one in SETS["ablation"]() for tool in one.tools} == {"optplan", *WITHOUT}
    for name in ("hour", "night", "ablation"):
        series = SETS[name]
        assert {one.model for one in series()} == {"attain", "price", "fair", "replan", "thrift", "full"}
        assert len({one.subject for one in series() if isinstance(one.subject, Unlike)}) == 10
