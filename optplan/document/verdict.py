"""The verdict on a result, ours or one that a person edited: does every rule hold, and does every figure follow?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from optplan.audit import Audit, Violation, audit
from optplan.decision_model import DecisionModel
from optplan.document.claims import unfounded
from optplan.document.document import ResultDocument, quantity_of, schedule_within, sections_of
from optplan.document.file import tables_within
from optplan.document.schema import ANSWER, CRITERIA, SECTIONS, Section
from optplan.document.seal import CHECKED_BY, changed_since_sealed, sealing_hash_1, version_of
from optplan.language import text
from optplan.language.printable import printable
from optplan.schedule import Schedule
from optplan.tables.content import Tables
from optplan.tables.findings import InputError


@dataclass(frozen=True)
class Note:
    """What a reader of a verdict must know to judge how far it goes. ``name`` is that of the message in ``verify.ftl``."""

    name: str
    values: dict[str, Any] = field(default_factory=dict)

    def message(self, language: str | None = None) -> str:
        """The note in words."""
        return text("verify", self.name, language, **self.values)

    def as_dict(self) -> dict[str, Any]:
        """The note as ``--json`` prints it."""
        return {"note": self.name, "values": self.values, "message": self.message()}


@dataclass(frozen=True)
class Verdict:
    """What the exact check says of a result: the rules it breaks, and the figures in it that do not follow from it.

    ``notes``: what was not, or could not be, recomputed.
    """

    violations: tuple[Violation, ...]
    audit: Audit
    notes: tuple[Note, ...] = field(default=(), kw_only=True)

    @property
    def ok(self) -> bool:
        """Whether every rule holds and every figure agrees."""
        return not self.violations

    def as_dict(self) -> dict[str, Any]:
        """The verdict as ``--json`` prints it."""
        return {
            "ok": self.ok,
            "violations": [violation.as_dict() for violation in self.violations],
            "notes": [note.as_dict() for note in self.notes],
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
    differences = _differences(document, model, tables, schedule, checked)
    violations = (*checked.violations, *_each_place_once(differences))
    return Verdict(violations, checked, notes=_notes(document, model, checked))


def _each_place_once(violations: Iterable[Violation]) -> Iterator[Violation]:
    """Without what was changed after the sealing where it is named already by what is wrong with it."""
    named = set[str]()
    for violation in violations:
        where = violation.values.get("where")
        if violation.rule == "part-changed" and where in named:
            continue
        if violation.rule == "claim-differs":
            named.add(str(where))
        yield violation


def _differences(
    document: Mapping[str, Any], model: DecisionModel, tables: Tables, schedule: Schedule, checked: Audit
) -> Iterable[Violation]:
    """What the document says that does not follow from its schedule, or was not there when it was sealed."""
    sha256 = document["plan"]["sha256"]
    if sha256 != tables.sha256:
        yield Violation("other-plan", {"result": sha256[:12], "plan": tables.sha256[:12]})
    stamp = document["seal"]
    if stamp is None:
        yield Violation("no-seal", {})
        return
    version = version_of(stamp)
    due = sections_of(schedule, checked)
    for name, section in SECTIONS.items():
        if section is not CRITERIA and (name in due or name in document):
            yield from _unlike(section, document.get(name, ()), due.get(name, ()))
    yield from unfounded(document, model, checked, version)
    try:
        inside = tables_within(document)
    except InputError as problem:
        yield from (Violation("part-changed", {"where": finding.place.column or "inputs"}) for finding in problem.findings)
    else:
        if inside.sha256 != sha256:
            yield Violation("claim-differs", {"where": "inputs", "told": inside.sha256[:12], "due": sha256[:12]})
        if document["plan"]["title"] != inside.setting("title"):
            told, title = document["plan"]["title"][:80], str(inside.setting("title"))[:80]
            yield Violation("claim-differs", {"where": "plan.title", "told": told, "due": title})
    if version > 1:
        if stamp.get("checked_by") == CHECKED_BY and stamp.get("rules") != dict(checked.rules_checked):
            yield Violation("part-changed", {"where": "seal.rules"})
        yield from (Violation("part-changed", {"where": where}) for where in changed_since_sealed(document, stamp))
    else:
        criteria = {name: str(value) for name, value in checked.criteria.items()}
        complete = {**stamp["criteria"], **criteria}  # a change can only be measured against the reference
        if complete != stamp["criteria"] or sealing_hash_1(document, complete) != stamp["sha256"]:
            yield Violation("seal-differs", {"where": "seal"})


def _unlike(section: Section, told: Iterable[Mapping[str, Any]], due: Iterable[Mapping[str, Any]]) -> Iterable[Violation]:
    """The figures of a table that are not what follows from the schedule."""
    rows_due = {tuple(entry[name] for name in section.keys): entry for entry in due}
    rows_told: dict[tuple[Any, ...], Mapping[str, Any]] = {}
    for entry in told:
        key = tuple(entry[name] for name in section.keys)
        if key in rows_told:
            yield _figure(section, key, "")
        rows_told[key] = entry
    for key in sorted({*rows_told, *rows_due}, key=str):
        if _same(section, rows_told.get(key), rows_due.get(key)):
            continue
        one, other = (_plain(section, rows.get(key)) for rows in (rows_told, rows_due))
        if one and other:
            yield from (_figure(section, key, f".{name}") for name in section.figures if one.get(name) != other.get(name))
        elif one != other:
            yield _figure(section, key, "")


def _figure(section: Section, key: tuple[Any, ...], column: str) -> Violation:
    where = " ".join(str(part) for part in key if part is not None)
    return Violation("figure-differs", {"section": f"{section.name}{column}", "where": where})


def _same(section: Section, one: Mapping[str, Any] | None, other: Mapping[str, Any] | None) -> bool:
    """Whether two entries have the same figures, written alike: nearly all of them, in a fraction of the time of the rest."""
    if one is None or other is None:
        return False
    return all(type(one[name]) is type(other[name]) and one[name] == other[name] for name in section.figures)


def _plain(section: Section, entry: Mapping[str, Any] | None) -> dict[str, str]:
    """An entry's figures with numbers written alike; nothing where it says no more than its absence."""
    if entry is None:
        return {}
    figures = {name: _alike(entry[name]) for name in section.figures}
    last = section.figures[-1]
    return {} if section.omits_zeros and Decimal(figures[last]) == 0 else figures


def _alike(value: Any) -> str:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return str(quantity_of(Decimal(str(value)))) if is_number else str(value)


def _notes(document: Mapping[str, Any], model: DecisionModel, checked: Audit) -> tuple[Note, ...]:
    if document["seal"] is None:
        return ()
    notes = [Note("bounds-are-the-solvers")]
    if version_of(document["seal"]) == 1:
        notes.append(Note("seal-of-version-1"))
    if beside := [printable(str(name))[:40] for name in document if name not in {*ANSWER, "seal", "signature"}]:
        notes.append(Note("beside-the-answer", {"fields": " ".join(sorted(beside)[:10])}))
    if len(checked.criteria) < len(model.criteria):
        missing = [criterion.name for criterion in model.criteria if criterion.name not in checked.criteria]
        notes.append(Note("not-measured", {"criteria": " ".join(missing)}))
    return tuple(notes)
