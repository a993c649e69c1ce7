"""What is said to be proven: this plan less what nothing is better than is the difference, and no more is claimed than is proven."""

import copy
import math
import random
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import pytest

import optplan
from optplan.decision_model import CRITERIA, noise
from optplan.figures.criteria import measure_of, target_weight
from optplan.figures.figures import Figures
from optplan.figures.proven import proven_at, proven_of, standing
from optplan.figures.shortfalls import gaps, shortfalls
from optplan.language import speaking
from optplan.office.timeline import Moment, Timeline
from optplan.result import Result

SAMPLE = optplan.read_result(Path(__file__).parents[2] / "reports" / "sample" / "shuozhou-attain.json")


@pytest.mark.parametrize("criterion", CRITERIA)
def test_the_three_figures_subtract_and_claim_no_more_than_is_proven(criterion):
    chance = random.Random(criterion)
    for _ in range(200):
        value = chance.choice([0.0, 10 ** chance.uniform(-6, 5)])
        near = value * (1 - 10 ** chance.uniform(-9, -2))
        bound = chance.choice([-math.inf, 0.0, value, value * chance.random(), near])
        measure = measure_of(criterion, "万元", 7)
        level = proven_at(measure, value, bound)
        assert level.plan - level.bound == level.difference >= 0
        claimed = Fraction(level.bound) * measure.per
        least = Fraction(max(bound, 0.0))
        assert claimed <= least or value - least <= noise(criterion, Fraction(value))
        assert level.met == (value == 0)
        assert not any("-" in said for said in level.figures), "the name of a message in place of its words"
        if value >= 1e-5:
            assert level.plan > 0  # what is not nothing does not read as nothing


def test_a_result_reads_the_same_in_words():
    document = copy.deepcopy(SAMPLE.document)
    entry = next(each for each in document["criteria"] if each["name"] == "readiness_gap")
    entry.update(in_plan=0.03192035644568563, value=0.03092213700470162, bound=0.03012541886980921)
    with speaking("zh"):
        readiness = proven_of(document, SAMPLE.tables())[1]
    assert [str(each) for each in (readiness.plan, readiness.bound, readiness.difference)] == ["3.19", "3.01", "0.18"]
    assert readiness.sentence == "与标准的差距：本方案 3.19%，已证任何方案都不可能好于 3.01%，相差 0.18 个百分点"


def test_a_shortfall_is_shown_as_the_average_over_the_targets():
    weight = target_weight(SAMPLE.tables())
    measure = measure_of("target_shortfall", "万元", weight)
    with speaking("zh"):
        assert measure.figure(float(weight)) == "100.00%"
        assert measure.figure(float(weight) / 4) == "25.00%"


def test_only_what_is_met_is_said_to_be_in_order():
    document = copy.deepcopy(SAMPLE.document)
    assert standing(document)[1] is True
    document["targets"][0]["shortfall"] = 3
    assert standing(document)[1] is None
    document["status"] = "infeasible"
    assert standing(document)[1] is False


def test_a_search_never_looks_worse_than_a_moment_ago():
    line, chance = Timeline(), random.Random(1)
    best, bound = 9.0, 0.0
    for second in range(300):
        line.add(Moment(float(second), 0, 2, "readiness_gap", chance.uniform(0.1, 0.4), chance.uniform(0.0, 0.1)))
        assert line.last.value <= best
        assert line.last.bound >= bound
        best, bound = line.last.value, line.last.bound
    line.add(Moment(301.0, 1, 2, "cost", 50_000.0, 1.0))
    assert line.last.value == 50_000.0


def test_a_reason_suffices_and_names_its_county():
    with speaking("zh"):
        figures = Figures(SAMPLE)
        reasons = {(each.county, each.name): each.reason for each in gaps(figures, figures.last, "队站人员")}
    of_huairen = next(reason for (county, name), reason in reasons.items() if county == "huairen" and "执勤" in name)
    assert of_huairen == "新增消防车辆规划总数 109 已全部分配"  # not money, of which other years have enough


def test_what_one_county_may_not_have_is_no_reason_for_what_all_lack():
    """The city level may have no vehicles at all; that says nothing of the seven counties that may."""
    document = copy.deepcopy(SAMPLE.document)
    vehicles = {row["item"] for row in SAMPLE.tables()["items"] if row["category"] == "vehicle"}
    document["schedule"] = [each for each in document["schedule"] if each["item"] not in vehicles or each["year"] != 2025]
    bought = sum(each["quantity"] for each in document["schedule"] if each["item"] in vehicles)
    target = next(each for each in document["targets"] if each["target"] == "vehicles_109")
    target.update(delivered=bought, shortfall=109 - bought)
    with speaking("zh"):
        (missed,) = shortfalls(Figures(Result(document)))
    assert "市本级" not in missed.reason
    assert "上限" not in missed.reason


def test_money_that_later_years_spend_is_not_left():
    """As much more may be spent in a year as can be taken from the following ones, year by year, without one of them falling short."""
    chance = random.Random(5)
    for _ in range(100):
        years = list(range(2021, 2021 + chance.randint(1, 4)))
        accounts = {y: {"carried_out": chance.randrange(9), "lapsed": chance.randrange(9)} for y in years}
        shown = SimpleNamespace(open_years=years, last=years[-1], balance=lambda f, h, y, part, a=accounts: Decimal(a[y][part]))

        def still_paid(first, more, years=years, accounts=accounts):
            for year in years[first:]:
                lacking = max(more - accounts[year]["lapsed"], 0)
                if lacking > accounts[year]["carried_out"] or (lacking == 0):
                    return lacking == 0
                more = lacking
            return True  # what is carried out of the last year nobody spends

        for first, year in enumerate(years):
            most = max(more for more in range(60) if still_paid(first, more))
            assert Figures.spendable(shown, "fund", "", year) == most


@pytest.mark.parametrize(
    ("language", "words"), [("zh", r"最优|下界|上界|可行解"), ("en", r"\boptimal\b|\boptimum\b|\blower bound\b")]
)
def test_no_sentence_speaks_of_proof_in_other_words(language, words):
    """One vocabulary: this plan, nothing better than, difference; proven, good enough, a plan, no plan."""
    catalogues = sorted((Path(optplan.__file__).parent / "locale" / language).glob("*.ftl"))
    assert catalogues
    said = [value for file in catalogues for line in file.read_text("utf-8").splitlines() for value in line.split(" = ")[1:]]
    assert [value for value in said if re.search(words, value, re.IGNORECASE)] == []
