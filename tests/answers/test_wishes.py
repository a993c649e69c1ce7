"""A plan with a wish written into its tables has just those schedules of the plan that grant it."""

import pytest
from answers.enumerated import candidates, plan_of, sound

from optplan.answers.wishes import read_wishes, wish_scenario
from optplan.audit.delivery import Deliveries
from optplan.audit.facts import Facts
from optplan.language import speaking
from optplan.scenarios import apply_scenarios
from optplan.tables.findings import InputError
from optplan.tables.names import Names

WISHES = {
    "engine:a:2022>=2": lambda d: d.total({"engine"}, ["a"], [2022]) >= 2,
    "e：A：2021 ≤ 1": lambda d: d.total({"engine"}, ["a"], [2021]) <= 1,
    "man:a:=3": lambda d: d.total({"man"}, ["a"], [2021, 2022]) == 3,
    "team:t:2022": lambda d: d.meets("t", 2022),
    "team:n:2022": lambda d: d.meets("n", 2022),
    "project:p:2022": lambda d: d.is_open("p", 2022),
    "project:p>2022": lambda d: not d.is_open("p", 2022),
    "target:e>=2": lambda d: d.targets["e"][0] >= 2,
    "standard:s:a:2021": lambda d: d.gaps["s", "a", 2021][2] == 0,
    "standard:s:a:2022": lambda d: d.gaps["s", "a", 2022][2] == 0,
}


RICH = {
    "budgets": [{"fund": "own", "county": "a", "year": year, "amount": 120} for year in (2021, 2022)],
    "standards": [{"standard": "s", "group": "engine", "county": "a", "from_year": 2021, "required": 2}],
}


@pytest.mark.parametrize("wish", WISHES)
def test_the_tables_hold_a_wish_and_nothing_else(wish):
    plan, schedules = plan_of(0).with_changes(RICH), candidates(0)[::23]
    wished = apply_scenarios(plan, [wish_scenario(plan, read_wishes(plan, [wish]))])
    facts = Facts(plan.tables)
    granted = [schedule for schedule, _ in sound(plan.tables, schedules) if WISHES[wish](Deliveries(facts, schedule))]
    kept = sound(wished.tables, schedules)
    assert granted
    assert [(schedule.deliveries, schedule.starts) for schedule, _ in kept] == [(s.deliveries, s.starts) for s in granted]


def test_a_wish_changes_no_criterion():
    plan, schedules = plan_of(0).with_changes(RICH), candidates(0)[::23]
    wished = apply_scenarios(plan, [wish_scenario(plan, read_wishes(plan, ["team:t:2022", "standard:s:a:2022"]))])
    before = {str(schedule): criteria for schedule, criteria in sound(plan.tables, schedules)}
    after = {str(schedule): criteria for schedule, criteria in sound(wished.tables, schedules)}
    assert 0 < len(after) < len(before)
    assert all(before[name] == criteria for name, criteria in after.items())


@pytest.mark.parametrize("wish", [*WISHES, "engine:a:2022>=2.5"])
def test_a_wish_is_written_as_it_is_read_and_said_in_both_languages(wish):
    plan = plan_of(3)
    (read,) = read_wishes(plan, [wish])
    assert read_wishes(plan, [read.written]) == (read,)
    assert len({read.words(Names(plan.tables, language)) for language in ("zh", "en")}) == 2


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ("", "wish-unreadable"), ("engine", "wish-unreadable"), ("engine:a:2022", "wish-unreadable"),
        ("project:p", "wish-unreadable"), ("target:e<=2", "wish-unreadable"), ("engine:a:22>=1", "wish-unreadable"),
        ("engin:a:2022>=1", "wish-unknown-item"), ("engine:b:2022>=1", "wish-unknown-county"),
        ("engine:a:2030>=1", "wish-year-outside"), ("team:x:2022", "wish-unknown-team"),
        ("project:x:2022", "wish-unknown-project"), ("target:x>=1", "wish-unknown-target"),
        ("standard:x:a:2022", "wish-unknown-standard"),
    ],
)  # fmt: skip
def test_what_is_no_wish_is_refused_with_what_there_is(wish, code):
    with pytest.raises(InputError) as problem:
        read_wishes(plan_of(3), ["engine:a:2022>=2", wish])
    (finding,) = problem.value.findings
    assert finding.code == code
    with speaking("en"):
        assert "wish-" not in finding.message()
        assert finding.message() != finding.message("zh")
