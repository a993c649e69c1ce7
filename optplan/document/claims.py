"""What a result claims of its criteria, and what of it follows from the rest (model.md §4, §5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from optplan.audit import Audit, Violation
from optplan.decision_model import Criterion, DecisionModel, Level, is_proven, noise


def criterion_entry(criterion: Criterion, level: Level, in_plan: Fraction) -> dict[str, Any]:
    """What a result says of a criterion, ``in_plan`` being its exact value in the schedule: all of it follows from the figures
    as they are written, so that whoever reads them can work it out again."""
    value = float(level.value)
    bound = min(level.bound, value)
    return {
        "name": level.name,
        "value": value,
        "bound": bound,
        "gap": float(Fraction(value) - Fraction(bound)),
        "seconds": round(level.seconds, 3),
        "slack": float(criterion.slack),
        "tolerance": float(criterion.tolerance),
        "relative_tolerance": float(criterion.relative_tolerance),
        "proven": is_proven(criterion, Level(level.name, Fraction(value), bound, level.seconds)),
        "in_plan": float(in_plan),
    }


def status_of(criteria: Sequence[Mapping[str, Any]]) -> str:
    """``optimal`` if every criterion is proven, else ``feasible``."""
    return "optimal" if all(entry["proven"] for entry in criteria) else "feasible"


def unfounded(document: Mapping[str, Any], model: DecisionModel, checked: Audit, version: int) -> Iterator[Violation]:
    """The claims of a document with a schedule that do not follow. ``version``: of its seal, whose rules count.

    Before version 2 a gap was worked out before the figures were rounded, and a search that was stopped was never called optimal.
    """
    if document["model"] != model.name:
        yield _claim("model", document["model"], model.name)
    listed, due = [entry["name"] for entry in document["criteria"]], [criterion.name for criterion in model.criteria]
    if listed != due:
        yield _claim("criteria", " ".join(listed), " ".join(due))
        return
    exact_criteria = document["seal"]["criteria"]
    for number, (entry, criterion) in enumerate(zip(document["criteria"], model.criteria, strict=True)):
        name, place = entry["name"], f"criteria.{number}"
        for limit in ("slack", "tolerance", "relative_tolerance"):
            if entry[limit] != float(getattr(criterion, limit)):
                yield _claim(f"{place}.{limit}", entry[limit], float(getattr(criterion, limit)))
        value, bound = Fraction(entry["value"]), Fraction(entry["bound"])
        open_to_rounding = noise(name, value) if version < 2 else Fraction(0)
        if bound > value:
            yield _claim(f"{place}.bound", entry["bound"], f"≤ {entry['value']}")
        if abs(Fraction(entry["gap"]) - Fraction(float(value - bound))) > open_to_rounding:
            yield _claim(f"{place}.gap", entry["gap"], float(value - bound))
        proven = is_proven(criterion, Level(name, value, entry["bound"], entry["seconds"]))
        if entry["proven"] != proven:
            yield _claim(f"{place}.proven", entry["proven"], proven)
        if name in checked.criteria:
            exact = checked.criteria[name]
            if entry["in_plan"] != float(exact):
                yield Violation("criterion-differs", {"criterion": name, "told": entry["in_plan"], "exact": float(exact)})
            if exact > value + Fraction(criterion.slack) + noise(name, exact):
                told = {"criterion": name, "value": entry["value"], "in_plan": float(exact)}
                yield Violation("criterion-not-held", told)
            if version >= 2 and exact_criteria.get(name) != str(exact):
                yield _claim(f"seal.criteria.{name}", exact_criteria.get(name), str(exact))
    if version >= 2 and set(exact_criteria) != set(due):
        yield _claim("seal.criteria", " ".join(exact_criteria), " ".join(due))
    status = status_of(document["criteria"])
    if document["status"] != status and (version >= 2 or document["status"] != "feasible"):
        yield _claim("status", document["status"], status)


def _claim(where: str, told: Any, due: Any) -> Violation:
    return Violation("claim-differs", {"where": where, "told": _shown(told), "due": _shown(due)})


def _shown(value: Any) -> str:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)[:80]
