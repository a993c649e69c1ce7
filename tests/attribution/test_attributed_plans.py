"""Real plans, really solved: what each group of changes did, to the last fraction."""

from __future__ import annotations

import json
import threading
from fractions import Fraction
from itertools import permutations

import pytest
from attribution.conftest import CUT, DEARER, pumps, scale, scenario
from plans.random_plans import Size, random_tables
from slow_set import mostly_slow

import optplan
from optplan.attribution import Attribution, FigureKey, Group, Stopped, attribute, cell_changes
from optplan.attribution.cells import with_cells
from optplan.plan import Plan
from optplan.result import Result
from optplan.tables.findings import InputError

SHORTFALL = FigureKey("criterion", "target_shortfall")


@pytest.fixture(scope="module", params=mostly_slow([5, 12], 1))
def cache(request, tmp_path_factory):
    return request.param, tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def question(cache):
    """A random plan, three changes that matter and one that does not."""
    seed, folder = cache
    plan = Plan(random_tables(seed, Size(counties=2, years=2, goods=2, teams=1, projects=1, money=0.6)))
    changed = scenario(
        scale("budgets", "amount", "0.8", fund="own"),
        scale("costs", "unit_cost", "1.2"),
        scale("budgets", "amount", "0.5", fund="pool"),
        {"table": "items", "action": "set", "where": {"item": "g0"}, "set": {"name_en": "Good number nought"}},
    )
    return plan, changed, folder


@pytest.fixture(scope="module")
def divided(question) -> Attribution:
    plan, changed, folder = question
    return attribute(plan, changed, "attain", gap=0.05, cache=folder)


def test_parts_add_up_to_the_change_exactly(divided):
    assert divided.figures
    assert {key.kind for key in divided.figures} == {"criterion", "target", "cost", "fund"}
    for key in divided.figures:
        assert sum(part.part for part in divided.parts[key]) == divided.change(key)
        assert divided.together(key) == divided.change(key) - sum(part.alone for part in divided.parts[key])
    document = json.loads(json.dumps(divided.as_dict()))
    for figure in document["figures"]:
        assert sum(Fraction(part["part_exact"]) for part in figure["parts"]) == Fraction(figure["change_exact"])


def test_both_ends_are_the_plans_themselves(divided, question):
    plan, changed, _ = question
    both = (plan.sha256, optplan.scenarios.apply_scenarios(plan, [changed]).sha256)
    assert (divided.answers[0].plan_sha256, divided.answers[divided.full].plan_sha256) == both
    for subset, end in ((0, divided.base), (divided.full, divided.changed)):
        result = divided.answers[subset].result
        assert isinstance(result, Result)
        assert result.check().ok
        assert result.plan_sha256 == end.sha256


def test_parts_are_the_averages_over_all_orders(divided):
    for key in divided.figures:
        values, due = divided.values[key], [Fraction(0)] * 4
        for order in permutations(range(4)):
            made = 0
            for group in order:
                due[group] += values[made | 1 << group] - values[made]
                made |= 1 << group
        assert [part.part for part in divided.parts[key]] == [each / 24 for each in due]


def test_a_name_changes_nothing(divided):
    for key in divided.figures:
        idle = divided.parts[key][3]
        assert (idle.part, idle.alone, idle.last) == (0, 0, 0)


def test_the_same_question_again_is_answered_from_the_cache(question, divided):
    plan, changed, folder = question
    again = attribute(plan, changed, "attain", gap=0.05, cache=folder)
    assert all(answer.cached for answer in again.answers.values())
    assert again.parts == divided.parts
    grouped = attribute(plan, changed, "attain", gap=0.05, cache=folder, groups={"money": ["budgets"]})
    assert all(answer.cached for answer in grouped.answers.values())
    assert grouped.groups[0].name == "money"
    assert grouped.change(SHORTFALL) == divided.change(SHORTFALL)
    dearer = divided.groups[1]
    assert with_cells(plan, divided.changed, dearer.cells).sha256 == divided.answers[2].plan_sha256


def test_a_damaged_cache_is_not_believed(plan, tmp_path):
    first = attribute(plan, scenario(CUT), "thrift", cache=tmp_path)
    files = sorted(tmp_path.iterdir())
    assert len(files) == 2
    documents = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    documents[0]["targets"][0]["delivered"] += 1
    files[0].write_text(json.dumps(documents[0]), encoding="utf-8")
    files[1].write_text("{", encoding="utf-8")
    again = attribute(plan, scenario(CUT), "thrift", cache=tmp_path)
    assert not any(answer.cached for answer in again.answers.values())
    assert again.values == first.values


def test_two_groups_that_only_hurt_together_share_the_blame(plan):
    """A tenth less money buys ten pumps, and so does the old money at prices a fifth up; both together buy nine."""
    why = attribute(plan, scenario(CUT, DEARER), "thrift")
    assert why.change(SHORTFALL) == Fraction(1, 10)
    for part in why.parts[SHORTFALL]:
        assert (part.part, part.alone, part.last) == (Fraction(1, 20), 0, Fraction(1, 10))
        assert part.settled
    assert why.together(SHORTFALL) == Fraction(1, 10)
    delivered = why.parts[FigureKey("target", "pumps")]
    assert sum(part.part for part in delivered) == -1
    said = "".join(why.sentences("en"))
    assert "Shortfall of targets (average) rises from 0 to 10.00% (+10.00 percentage points)" in said
    assert "which the groups bring about together" in said


def test_groups_that_can_be_exchanged_share_alike(plan):
    """Half of the money of either year is as good as half of the other's, for money may be carried over."""
    cuts = [scale("budgets", "amount", "0.2", year=2021), scale("budgets", "amount", "0.2", year=2022)]
    why = attribute(plan, scenario(*cuts), "thrift")
    one, other = why.parts[SHORTFALL]
    assert one == other
    assert one.part > 0


def test_a_set_without_a_plan_is_said_in_words_and_gone_around(plan):
    """Eight pumps in 2021 are only possible once there is money for them: the order in which they come first is left out."""
    pin = {
        "table": "limits", "action": "add",
        "rows": [{"limit": "early", "group": "pump", "year": 2021, "min": 8, "kind": "pin"}],
    }  # fmt: skip
    why = attribute(plan, scenario(pin, scale("budgets", "amount", "2", year=2021)), "thrift")
    assert why.divisible
    assert why.orders.total == 1
    assert why.unanswered == (0b01,)
    early, money = why.parts[FigureKey("cost", "")]
    assert early.alone is None
    assert money.last is None
    assert early.part + money.part == why.change(FigureKey("cost", ""))
    for language, words in (("zh", "不存在任何方案"), ("en", "no plan exists with just these changes")):
        said = "\n".join(why.sentences(language))
        assert words in said
        assert why.groups[0].name in said
    assert why.headlines["together"].isna().all()


def test_changes_that_need_each_other_are_named(plan):
    """A new item, its price and its target make no plan one without the other."""
    new = scenario(
        {"table": "items", "action": "add", "rows": [{"item": "hose", "name": "水带"}]},
        {"table": "costs", "action": "add", "rows": [{"item": "hose", "unit_cost": 1}]},
        {"table": "targets", "action": "add", "rows": [{"target": "hoses", "group": "hose", "by_year": 2022, "total": 4}]},
    )
    why = attribute(plan, new, "thrift", groups="tables")
    assert {answer.status for answer in why.answers.values()} == {"optimal", "invalid"}
    assert why.divisible
    assert why.orders.total < 6
    assert sum(part.part for part in why.parts[FigureKey("target", "hoses")]) == 4
    assert "水带" not in "".join(why.sentences("en"))
    assert "does not hold together" in "".join(why.sentences("en"))


@pytest.mark.slow
def test_no_answer_at_an_end_is_no_error(plan):
    pin = {
        "table": "limits", "action": "add",
        "rows": [{"limit": "early", "group": "pump", "year": 2021, "min": 6, "kind": "pin"}],
    }  # fmt: skip
    why = attribute(plan, scenario(scale("budgets", "amount", "0.9", year=2022), DEARER, pin), "thrift")
    assert not why.divisible
    assert why.unanswered == (0b110,)
    assert why.figures == ()
    assert why.shares.empty
    for language in ("zh", "en"):
        said = why.sentences(language)
        assert any(why.groups[1].name in each and why.groups[2].name in each for each in said)
        assert [table.rows for table in why.tables(language)][-1]
    assert json.dumps(why.as_dict())


def test_more_than_six_changes_are_put_together_and_nothing_is_lost(plan):
    changes = [scale("budgets", "amount", "0.99", year=2021), scale("budgets", "amount", "0.98", year=2022), DEARER]
    changes += [
        {"table": "limits", "action": "add", "rows": [{"limit": f"l{n}", "group": "pump", "year": 2021, "max": 10 + n}]}
        for n in range(5)
    ]
    changed = optplan.scenarios.apply_scenarios(plan, [scenario(*changes)])
    groups = optplan.attribution.groups_of_changes(plan, changed, [scenario(*changes)])
    assert len(groups) == 6
    cells = [cell for group in groups for cell in group.cells]
    assert sorted(cells, key=str) == sorted((change.cell for change in cell_changes(plan.tables, changed.tables)), key=str)
    assert len(set(cells)) == len(cells)
    assert len(optplan.attribution.groups_of_changes(plan, changed, [scenario(*changes)], most=2)) == 2


def test_changes_of_the_same_cell_cannot_be_told_apart(plan):
    both = [scale("budgets", "amount", "0.9"), scale("budgets", "amount", "0.5", year=2022), DEARER]
    changed = optplan.scenarios.apply_scenarios(plan, [scenario(*both)])
    one, other = optplan.attribution.groups_of_changes(plan, changed, [scenario(*both)])
    assert (len(one.cells), len(other.cells)) == (2, 1)


@pytest.mark.parametrize(
    ("groups", "code"),
    [
        ("rows", "groups-unknown"),
        ({"a": ["budget"]}, "group-part-unknown"),
        ({"a": ["budgets"], "b": ["s:1"]}, "groups-overlap"),
        ([Group("a", frozenset()), Group("a", frozenset())], "groups-same-name"),
        ([Group(str(n), frozenset()) for n in range(7)], "groups-too-many"),
    ],
)
def test_groups_that_cannot_be_are_refused_in_words(plan, groups, code):
    with pytest.raises(InputError) as refusal:
        attribute(plan, scenario(CUT, DEARER), "thrift", groups=groups)
    (finding,) = refusal.value.findings
    assert finding.code == code
    for language in ("zh", "en"):
        assert code not in finding.message(language)
        assert "{" not in finding.message(language)


def test_the_same_figures_are_refused_even_if_their_sources_differ(plan):
    noted = {"table": "costs", "action": "set", "set": {"source": "报价单"}}
    with pytest.raises(InputError) as refusal:
        attribute(plan, scenario(noted), "thrift")
    assert refusal.value.findings[0].code == "plans-do-not-differ"


def test_remarks_follow_their_figures(plan):
    other = pumps(costs=[{"item": "pump", "unit_cost": 12, "source": "报价单", "basis": "market"}])
    (change,) = cell_changes(plan.tables, other.tables)
    assert (change.cell.column, change.before, change.after) == ("unit_cost", "10", "12")
    assert with_cells(plan, other, [change.cell]).sha256 == other.sha256


def test_a_stop_is_heard(plan):
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(Stopped):
        attribute(plan, scenario(CUT, DEARER), "thrift", cancel=cancel)


def test_progress_counts_every_set_once(plan):
    news = []
    why = attribute(plan, scenario(CUT, DEARER), "thrift", progress=news.append)
    assert [each.done for each in news] == [1, 2, 3, 4]
    assert {each.subset for each in news} == set(why.answers) == {0, 1, 2, 3}


def test_a_part_within_the_gap_is_said_to_be_so(plan):
    """The bounds are widened by hand: what was certain is no longer."""
    from dataclasses import replace

    why = attribute(plan, scenario(CUT, DEARER), "thrift")

    def opened(answer):
        bounds = {key: bound - Fraction(1, 5) for key, bound in answer.headline.bounds.items()}
        return replace(answer, headline=replace(answer.headline, bounds=bounds))

    vague = replace(why, answers={subset: opened(answer) for subset, answer in why.answers.items()})
    for part in vague.parts[SHORTFALL]:
        assert part.low < 0 < part.high
        assert part.settled is False
    assert "smaller than what the bounds leave open" in "".join(vague.sentences("en"))


def test_answers_that_are_known_are_not_searched_for_again(question, divided):
    plan, changed, _ = question
    ends = [divided.answers[subset].result for subset in (0, divided.full)]
    again = attribute(plan, changed, "attain", gap=0.05, known=ends)
    assert [again.answers[subset].cached for subset in sorted(again.answers)] == [
        subset in {0, again.full} for subset in sorted(again.answers)
    ]
    for key in divided.figures:
        assert again.change(key) == divided.change(key)
        assert sum(part.part for part in again.parts[key]) == again.change(key)
    unlike = attribute(plan, changed, "thrift", gap=0.05, known=ends)
    assert not any(answer.cached for answer in unlike.answers.values())
