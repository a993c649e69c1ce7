"""The exact verdict on an edited workbook: which rules it breaks and where, what it costs, how far it is from the best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from optplan.audit import Violation, audit, criteria_of
from optplan.decision_model import DecisionModel, noise
from optplan.document.verdict import Verdict
from optplan.language import text
from optplan.schedule import Schedule, from_yuan
from optplan.search.payments import with_purposes
from optplan.tables.declarations import SPENDING_CLASSES
from optplan.tables.findings import Finding, Place
from optplan.tables.names import called
from optplan.workbook.edited.agreement import figures_apart
from optplan.workbook.edited.places import Places
from optplan.workbook.edited.reading import Edit, read_edit

if TYPE_CHECKING:
    from optplan.plan import Plan


@dataclass(frozen=True)
class Standing:
    """How an edited schedule stands in a criterion: its exact ``value``, what the sealed plan ``had``, and the proven ``bound``.

    No plan that keeps the rules, and the criteria before this one, can have less than the bound.
    """

    name: str
    value: float
    had: float
    bound: float

    @property
    def distance(self) -> float:
        """How far the value is above the bound; below 0, the edit gives up an earlier criterion, breaks a rule, or refutes the
        bound (:attr:`EditVerdict.refuted`)."""
        return self.value - self.bound


@dataclass(frozen=True)
class EditVerdict(Verdict):
    """A verdict with the cell of each violation (``places``, in their order).

    ``cost``: what the edited schedule costs in the open years, in the currency unit, not discounted. ``standings``: one for
    each criterion of the decision model that can be valued. ``findings``: errors where the workbook shows what does not follow
    from its decisions, warnings about entries that are not read. ``refuted``: standings in which a schedule that keeps every rule
    is better than any is said to be able to be.
    """

    places: tuple[Place, ...]
    cost: Decimal
    standings: tuple[Standing, ...]
    findings: tuple[Finding, ...]
    names: dict[str, dict[str, str]]
    refuted: tuple[Standing, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether every rule holds, every figure shown agrees, and no bound is refuted."""
        return not self.violations and not self.refuted and not any(each.severity == "error" for each in self.findings)

    @property
    def problems(self) -> int:
        """How many things are wrong."""
        return len(self.violations) + len(self.refuted) + sum(each.severity == "error" for each in self.findings)

    def messages(self, language: str | None = None) -> list[str]:
        """Each violation as ``FILE!SHEET!CELL: error: text``, with names instead of ids."""
        return [
            f"{place}: error: {self._named(violation).message(language)}"
            for place, violation in zip(self.places, self.violations, strict=True)
        ]

    def _named(self, violation: Violation) -> Violation:
        return Violation(
            violation.rule, {key: self.names.get(key, {}).get(str(value), value) for key, value in violation.values.items()}
        )

    def as_dict(self) -> dict[str, Any]:
        """The verdict as ``--json`` prints it."""
        document = super().as_dict()
        for entry, place, violation in zip(document["violations"], self.places, self.violations, strict=True):
            entry["message"] = self._named(violation).message()
            entry["cell"] = f"{place.sheet}!{place.cell}" if place.sheet and place.cell else place.sheet
        return document | {
            "cost": str(self.cost),
            "standings": [{**vars(standing), "distance": standing.distance} for standing in self.standings],
            "findings": [finding.as_dict() for finding in self.findings],
            "refuted": [standing.name for standing in self.refuted],
        }


def judge(
    plan: Plan, edit: Edit | str | Path, reference: Schedule | None = None, model: DecisionModel | None = None
) -> EditVerdict:
    """What the exact check says of an edited schedule workbook, measured against ``plan``; the optimiser is not asked.

    ``model``: the decision model to judge a file by, where the one that it names does not ship with optplan.
    Raises :class:`InputError` if ``edit`` is a file that cannot be read as an exported schedule.
    """
    read = edit if isinstance(edit, Edit) else read_edit(edit, plan.tables, model)
    tables = plan.tables
    if len(plan.purposes) > 1:  # a workbook says who pays, not what for: any division that keeps the rules will do
        payable = criteria_of(tables, read.schedule, requests=read.model.requests).money.payable
        read = replace(read, schedule=with_purposes(plan, read.schedule, payable))
    names = [criterion.name for criterion in read.model.criteria]
    checked = audit(tables, read.schedule, requests=read.model.requests, criteria=names, reference=reference)
    violations = _once(checked.violations)
    record, findings = read.record, list(read.findings)
    if record.plan_sha256 == tables.sha256:
        findings += figures_apart(tables, read.schedule, record, read.sheets, keeps_rules=checked.ok)
    else:  # of which every figure may differ
        violations.insert(0, Violation("other-plan", {"result": record.plan_sha256[:12], "plan": tables.sha256[:12]}))
    places = Places(read, tables)
    spent = sum(sum(checked.costs[c, y]) for (c, y) in checked.costs if y >= places.first_open)
    standings = tuple(
        _standing(name, checked.criteria[name], *record.proven[name])
        for name in names
        if name in checked.criteria and name in record.proven
    )
    return EditVerdict(
        tuple(violations),
        checked,
        tuple(places.of(violation) for violation in violations),
        from_yuan(spent),
        standings,
        tuple(findings),
        called(tables) | {"kind": {kind: text("workbook", f"class-{kind}") for kind in SPENDING_CLASSES}},
        () if violations else refuted(names, checked.criteria, record.proven),
    )


def _once(violations: Sequence[Violation]) -> list[Violation]:
    """Without the purposes of what is not paid as a whole, which a workbook says nothing of."""
    unpaid = {_class_of(violation) for violation in violations if violation.rule == "not-paid"}
    return [each for each in violations if each.rule != "purpose-not-paid" or _class_of(each) not in unpaid]


def _class_of(violation: Violation) -> tuple[object, ...]:
    return tuple(violation.values[key] for key in ("county", "year", "kind"))


def refuted(
    names: Sequence[str], values: Mapping[str, Fraction], proven: Mapping[str, tuple[float, float]]
) -> tuple[Standing, ...]:
    """The criteria whose bound a schedule that keeps every rule beats, though it should not be able to.

    The bound of a criterion holds for every schedule that is no worse than the sealed one in the criteria before it; so the
    first criterion in which the schedule is worse ends the comparison, and one that cannot be valued does too.
    """
    found: list[Standing] = []
    for name in names:
        if name not in values or name not in proven:
            break
        value, (had, bound) = values[name], proven[name]
        room = 2 * noise(name, value)
        if value < Fraction(bound) - room:
            found.append(_standing(name, value, had, bound))
        if value > Fraction(had) + room:
            break
    return tuple(found)


def _standing(name: str, value: Fraction, had: float, bound: float) -> Standing:
    return Standing(name, float(value), had, bound)
