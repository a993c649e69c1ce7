"""The whole check of a schedule against a plan's tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from optplan.audit.criteria import Criteria
from optplan.audit.delivery import Deliveries
from optplan.audit.facts import facts_of
from optplan.audit.money import Money
from optplan.audit.violations import Violation
from optplan.schedule import Schedule
from optplan.tables.content import Tables


@dataclass(frozen=True)
class Audit:
    """Everything that follows from a schedule, exactly, and every rule that it breaks.

    ``costs``: (capital, recurrent) yuan by (county, year). ``teams``: (hires, staff, meets) by (team, year).
    ``projects``: (start, opening) by project. ``targets``: (delivered, total, shortfall) by target. ``gaps``: (asked, stock,
    gap, weight) by (standard, county, year), weight ``None`` where the gap enters no criterion. ``balances``, ``commitments`` and
    ``loans``: as in the result file, amounts in yuan. ``criteria``: exact values. ``rules_checked``: how many instances
    of each family of rules were looked at.
    """

    violations: tuple[Violation, ...]
    rules_checked: Mapping[str, int]
    costs: Mapping[tuple[str, int], tuple[int, int]]
    teams: Mapping[tuple[str, int], tuple[int, int, bool]]
    projects: Mapping[str, tuple[int, int]]
    targets: Mapping[str, tuple[Fraction, Fraction, Fraction]]
    gaps: Mapping[tuple[str, str, int], tuple[Fraction, Fraction, Fraction, Fraction | None]]
    balances: Sequence[Mapping[str, object]]
    commitments: Sequence[Mapping[str, object]]
    loans: Sequence[Mapping[str, object]]
    criteria: Mapping[str, Fraction]

    @property
    def ok(self) -> bool:
        """Whether every rule holds."""
        return not self.violations


def audit(
    tables: Tables,
    schedule: Schedule,
    *,
    requests: bool,
    criteria: Sequence[str] = (),
    reference: Schedule | None = None,
) -> Audit:
    """Recompute everything about ``schedule`` from the tables, in exact arithmetic.

    ``requests``: whether the decision model allows money beyond the funds. ``criteria``: those to value; ``change`` needs
    the ``reference`` schedule. Nothing is raised for a schedule that breaks rules: see ``violations``.
    """
    values = criteria_of(tables, schedule, requests=requests, reference=reference)
    facts, deliveries, money = values.facts, values.deliveries, values.money
    deliveries.check()
    money.check()
    return Audit(
        tuple(deliveries.violations),
        dict(deliveries.checked),
        money.costs,
        {
            (k, y): (schedule.hires.get((k, y), 0), deliveries.staff(k, y), deliveries.meets(k, y))
            for k in facts.teams
            for y in facts.years
        },
        {p: (schedule.starts[p], opening) for p, opening in sorted(deliveries.opening.items())},
        deliveries.targets,
        deliveries.gaps,
        money.balances,
        money.commitments,
        money.borrowed,
        {name: values.value(name) for name in criteria if name != "change" or reference is not None},
    )


def criteria_of(tables: Tables, schedule: Schedule, *, requests: bool, reference: Schedule | None = None) -> Criteria:
    """The criteria of ``schedule``, and its costs, in exact arithmetic as :func:`audit` has them; no rule is looked at.

    For those who look at many schedules and have the last one audited.
    """
    facts = facts_of(tables)
    deliveries = Deliveries(facts, schedule)
    return Criteria(facts, schedule, deliveries, Money(facts, schedule, deliveries, requests), reference)
