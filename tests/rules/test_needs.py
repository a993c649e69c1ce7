"""Every rule says which rules it builds on, and reads nothing of any other."""

import pytest
from plans.random_plans import Size, random_tables
from pyomo.core import ConcreteModel

from optplan.plan import Plan
from optplan.rules import criteria, deliveries, limits, money, projects, staffing, standards, targets
from optplan.schedule import Schedule

RULES = {
    projects.add_projects: (),
    staffing.add_staffing: (),
    deliveries.add_deliveries: (),
    targets.add_targets: (),
    standards.add_standards: (),
    limits.add_limits: (),
    money.add_money: (True,),
    **{criterion: (Schedule({}, {}, {}, {}),) if name == "change" else () for name, criterion in criteria.EXPRESSIONS.items()},
}


class Watched(ConcreteModel):
    """A model that notes what is read of it."""

    def __getattribute__(self, name):
        if not name.startswith("_"):
            super().__getattribute__("__dict__").setdefault("_read", set()).add(name)
        return super().__getattribute__(name)


def test_every_rule_that_declares_what_it_needs_is_tried_here():
    families = (projects, staffing, deliveries, targets, standards, limits, money, criteria)
    assert {rule for family in families for rule in vars(family).values() if hasattr(rule, "needs")} == set(RULES)


def everything_under(rule):
    """The rules that a rule builds on, and those that these build on."""
    return {rule}.union(*(everything_under(other) for other in rule.needs))


def test_a_rule_reads_only_what_the_rules_it_names_have_added():
    plan = Plan(random_tables(0, Size(counties=2, years=3, goods=3, teams=2, projects=2, closed=1)))
    m, made_by, undeclared = Watched(), {}, []
    for rule, arguments in RULES.items():
        before = set(vars(m))
        vars(m)["_read"] = set()
        rule(m, plan, *arguments)
        undeclared += [
            (rule.__name__, name)
            for name in sorted(vars(m)["_read"] & set(made_by))
            if made_by[name] not in everything_under(rule)
        ]
        made_by |= {name: rule for name in set(vars(m)) - before if not name.startswith("_") and name != "rules_added"}
    assert undeclared == []
    assert {made_by[name].__name__ for name in ("opened", "squads", "hired_so_far", "goods_so_far", "spent")} == {
        "add_projects", "add_staffing", "add_deliveries", "add_money",
    }  # fmt: skip


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.needs], ids=lambda rule: rule.__name__)
def test_a_rule_added_too_early_says_what_it_builds_on(rule):
    plan = Plan(random_tables(0, Size(counties=1, years=2, goods=1, teams=1, projects=0)))
    with pytest.raises(LookupError, match=rule.needs[0].__name__):
        rule(ConcreteModel(), plan, *RULES[rule])
