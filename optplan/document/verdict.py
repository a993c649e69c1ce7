"""The verdict on a result, ours or one that a person edited: does every rule hold, and does every figure follow?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from optplan.audit import Audit, Violation, audit
from optplan.decision_model import DecisionModel, noise
from optplan.document.document import SECTIONS, SELDOM, ResultDocument, quantity_of, schedule_within, seal, sections_of
from optplan.schedule import Schedule
from optplan.tables.content import Tables


@dataclass(frozen=True)
class Verdict:
    """What the exact check says of a result: the rules it breaks, and the figures in it that do not follow from it."""

    violations: tuple[Violation, ...]
    audit: Audit

    @property
    def ok(self) -> bool:
        """Whether every rule holds and every figure agrees."""
        return not self.violations

    def as_dict(self) -> dict[str, Any]:
        """The verdict as ``--json`` prints it."""
        return {
            "ok": self.ok,
            "violations": [violation.as_dict() for violation in self.violations],
            "rules_checked": dict(self.audit.rules_checked),
            "criteria": {name: float(value) for name, value in self.audit.criteria.items()},
        }


def verdict_on(document: Mapping[str, Any], tables: Tables, reference: ResultDocument | Schedule | None = None) -> Verdict:
    """What the exact check says of a result document, measured against ``tables``."""
    model = DecisionModel.model_validate(document["model_content"])
    schedule = schedule_within(document)
    names = [criterion.name for criterion in model.criteria]
    measured = reference.to_schedule() if isinstance(reference, ResultDocument) else reference
    checked = audit(tables, schedule, requests=model.requests, criteria=names, reference=measured)
    return Verdict((*checked.violations, *_differences(document, model, tables, schedule, checked)), checked)


def _differences(
    document: Mapping[str, Any], model: DecisionModel, tables: Tables, schedule: Schedule, checked: Audit
) -> Iterable[Violation]:
    """What the document says that does not follow from its schedule."""
    if document["plan"]["sha256"] != tables.sha256:
        yield Violation("other-plan", {"result": document["plan"]["sha256"][:12], "plan": tables.sha256[:12]})
    if document["seal"] is None:
        yield Violation("no-seal", {})
        return
    due_sections = {name: list[Any]() for name in SELDOM if name in document} | sections_of(schedule, checked)
    for section, entries in due_sections.items():
        keys = [column for column in (SECTIONS | SELDOM)[section] if column in KEYS]
        told = {tuple(entry[k] for k in keys): entry for entry in document.get(section, ())}
        due = {tuple(entry[k] for k in keys): entry for entry in entries}
        for key in sorted(set(told) | set(due), key=str):
            if _plain(told.get(key)) != _plain(due.get(key)):
                yield Violation("figure-differs", {"section": section, "where": " ".join(str(part) for part in key)})
    limits = {criterion.name: Fraction(criterion.slack) for criterion in model.criteria}
    for entry in document["criteria"]:
        name = entry["name"]
        if name not in checked.criteria:
            continue  # a change can only be measured against the reference
        exact = checked.criteria[name]
        if entry["in_plan"] != float(exact) or exact > Fraction(entry["value"]) + limits.get(name, 0) + noise(name, exact):
            yield Violation("criterion-differs", {"criterion": name, "told": entry["in_plan"], "exact": float(exact)})
    if len(checked.criteria) == len(model.criteria) and seal(document, checked)["sha256"] != document["seal"]["sha256"]:
        yield Violation("seal-differs", {})


KEYS = {"item", "county", "year", "team", "project", "fund", "class", "target", "standard", "kind", "purpose"}


def _plain(entry: Mapping[str, Any] | None) -> dict[str, str]:
    """An entry with its zeros left out, numbers written alike."""
    if entry is None:
        return {}
    written_alike = {key: _alike(value) for key, value in entry.items() if key not in KEYS}
    if set(written_alike) <= {"quantity", "amount", "gap"} and all(Decimal(value) == 0 for value in written_alike.values()):
        return {}
    return written_alike


def _alike(value: Any) -> str:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return str(quantity_of(Decimal(str(value)))) if is_number else str(value)
