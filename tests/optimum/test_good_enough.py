"""Good enough for a what-if: what it means, when a search says it, and that a quick search ends there and nowhere else."""

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from plans.random_plans import Size, random_tables, tables_of

import optplan
from optplan.decision_model import Criterion, DecisionModel, Level, is_good, read_model, shipped_models
from optplan.document.good_enough import is_good_enough, nearness
from optplan.plan import Plan
from optplan.schedule import Schedule
from optplan.search.messages import Found, Progress
from optplan.search.solver.goal import Goal
from optplan.search.solver.matrix import Objective
from optplan.solving.good_enough import GoodEnough
from optplan.tables.findings import InputError

PLAN = Plan(random_tables(2, Size(counties=3, years=3, goods=4, teams=3, projects=2, money=0.8)))
WIDE = {"target_shortfall": {"relative_good": "0.3"}, "readiness_gap": {"good": "0.1"}, "cost": {"relative_good": "0.3"}}
COARSE = DecisionModel(name="coarse", title="coarse", criteria=[{"name": name, **good} for name, good in WIDE.items()])


@pytest.mark.parametrize(
    ("value", "bound", "good"),
    [(0, 0, True), (1, "0.98", True), (1, "0.97", False), ("0.3", "0.28", True), ("0.3", "0.27", False), (5, "4.9", True)],
)
def test_good_is_the_larger_of_the_two_and_never_less_than_the_tolerance(value, bound, good):
    criterion = Criterion(name="change", good=Decimal("0.02"), relative_good=Decimal("0.02"), tolerance=Decimal("0.01"))
    assert is_good(criterion, Level("change", Fraction(value), float(bound), 0.0)) is good
    proven = Criterion(name="change", tolerance=Decimal("0.1"), good=Decimal("0.01"))
    assert is_good(proven, Level("change", Fraction("0.3"), 0.2, 0.0))
    assert not is_good(proven, Level("change", Fraction("0.3"), 0.19, 0.0))


@pytest.mark.parametrize("name", shipped_models())
def test_every_model_that_ships_says_what_is_good_and_proves_more(name):
    model = read_model(name)
    for criterion, wider in zip(model.criteria, model.quick().criteria, strict=True):
        assert criterion.good or criterion.relative_good
        assert wider.tolerance >= criterion.tolerance
        assert wider.relative_tolerance >= criterion.relative_tolerance
        assert wider.slack == criterion.slack
    assert model.title_en
    assert model.account_en
    assert re.search("[\u4e00-\u9fff]", model.title + model.account)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("good = -0.1", "model-number-too-small"),
        ("relative_good = 1", "model-number-too-large"),
        ("good = inf", "model-no-number"),
        ('good = "wide"', "model-no-number"),
        ("goods = 1", "model-key-unknown"),
    ],
)
def test_a_model_file_with_a_senseless_good_is_refused_by_its_key_in_words(tmp_path, said, code):
    file = tmp_path / "mine.toml"
    file.write_text(f'title = "t"\n[[criteria]]\nname = "cost"\n{said}\n')
    with pytest.raises(InputError) as refused:
        read_model(file)
    (finding,) = refused.value.findings
    assert (finding.code, finding.place.column) == (code, f"criteria.0.{said.split(' ')[0]}")
    assert not re.search("[A-Z][a-z]+ ", finding.message("zh").replace("criteria", ""))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('title = "t"', "model-key-missing"),
        ('title = "t"\ncriteria = []', "model-no-criteria"),
        ('title = 5\n[[criteria]]\nname = "cost"', "model-no-text"),
        ('requests = "often"\n[[criteria]]\nname = "cost"', "model-no-truth-value"),
        ('[[criteria]]\nname = "beauty"', "model-criterion-unknown"),
        ('[[criteria]]\nname = "cost"\n[[criteria]]\nname = "cost"', "model-criterion-twice"),
    ],
)
def test_a_wrong_model_file_is_said_to_be_wrong_in_words(tmp_path, text, code):
    file = tmp_path / "mine.toml"
    file.write_text(text)
    with pytest.raises(InputError) as refused:
        read_model(file)
    assert [finding.code for finding in refused.value.findings] == [code]
    assert all(finding.message(language) for finding in refused.value.findings for language in ("zh", "en"))


def test_a_run_says_that_it_is_good_once_a_sealed_plan_is_and_keeps_saying_so():
    told = []
    watch = GoodEnough(COARSE, told.append)
    schedule = Schedule({}, {}, {})

    def found(*levels):
        names = [criterion.name for criterion in COARSE.criteria]
        return Found(schedule, tuple(Level(n, Fraction(v), b, 0.0) for n, (v, b) in zip(names, levels, strict=True)))

    watch.moved(Progress(0, 3, "target_shortfall", 0.0, 0.0, 0.1))
    watch.found(found((0, 0.0), ("0.4", 0.0), (100, 0.0)))
    watch.moved(Progress(1, 3, "readiness_gap", 0.4, 0.35, 0.1))  # readiness is good now, the cost is not
    watch.moved(Progress(2, 3, "cost", 90.0, 69.0, 0.1))  # nor is it here: the sealed plan still costs 100
    assert [each.good for each in told] == [False] * 3
    watch.found(found((0, 0.0), ("0.4", 0.35), (90, 60.0)))  # the bound of 69 is not forgotten
    assert (told[-1].criterion, told[-1].value, told[-1].bound, told[-1].good) == ("cost", 90.0, 69.0, True)
    watch.moved(Progress(2, 3, "cost", 85.0, 70.0, 0.2))
    assert told[-1].good
    assert len(told) == 5


def test_a_quick_solve_is_within_good_of_the_best_and_says_no_more_than_it_proved():
    told = []
    quick, best = optplan.solve(PLAN, COARSE, quick=True, progress=told.append), optplan.solve(PLAN, COARSE)
    assert best.status == "optimal"
    assert is_good_enough(quick.document)
    assert quick.status == ("optimal" if quick.criteria.proven.all() else "feasible")
    assert not quick.criteria.proven.all()  # it stopped before
    assert told[-1].good
    first = nearness(quick.document)[0]
    assert float(best.document["criteria"][0]["value"]) >= first.bound - 1e-6
    assert first.gap <= 0.3 * first.value + 1e-6
    assert optplan.verify(PLAN, quick).ok
    told.clear()
    assert optplan.Session(COARSE).ask(PLAN, quick=True, progress=told.append).status == "feasible"
    assert told[-1].good


def test_what_is_sought_on_the_way_is_sought_as_exactly_in_a_search_that_may_end_sooner():
    exact = Goal(Objective(0.0, np.zeros(1)), tolerance=0.1, relative_tolerance=0.001)
    sooner = replace(exact, good=2.0, relative_good=0.05)
    assert sooner.tolerance_at(50.0) == exact.tolerance_at(50.0) == 0.1
    assert (exact.good_at(50.0), sooner.good_at(50.0), sooner.good_at(10.0)) == (0.1, 2.5, 2.0)
    assert sooner.suffices(50.0, 47.5)
    assert not sooner.suffices(50.0, 47.4)
    assert not exact.suffices(50.0, 47.5)


def one_county():
    """An engine costs 10 and there is no money; one is promised, three are the standard."""
    return Plan(
        tables_of(
            {
                "plan": [
                    {"key": "title", "value": "t"},
                    {"key": "first_year", "value": 2021},
                    {"key": "last_year", "value": 2021},
                ],
                "counties": [{"county": "a", "name": "A", "risk_weight": Decimal(1)}],
                "items": [{"item": "engine", "name": "e"}],
                "costs": [{"item": "engine", "unit_cost": Decimal(10)}],
                "targets": [{"target": "e", "group": "engine", "by_year": 2021, "total": Decimal(1)}],
                "standards": [
                    {"standard": "s", "group": "engine", "county": "a", "from_year": 2021, "required": Decimal(3)},
                ],
                "funds": [{"fund": "own", "name": "own", "level": "county"}],
            }
        )
    )


@pytest.mark.parametrize(
    ("model", "reached"),
    [
        ("attain", {"target_shortfall": 1, "readiness_gap": 1, "cost": 0}),
        ("price", {"target_shortfall": 0, "request": 10, "readiness_gap": 2 / 3, "cost": 10}),
        ("full", {"target_shortfall": 0, "readiness_gap": 0, "request": 30, "cost": 30}),
    ],
)
def test_full_asks_for_what_the_standards_take_and_price_for_what_the_targets_take(model, reached):
    result = optplan.solve(one_county(), model)
    assert result.status == "optimal"
    assert {level["name"]: level["in_plan"] for level in result.document["criteria"]} == pytest.approx(reached)
    assert list(reached) == [level["name"] for level in result.document["criteria"]]
    assert optplan.verify(one_county(), result).ok
