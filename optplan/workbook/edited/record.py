"""The hidden record on the cover of a workbook: what it says of itself, and how far that may be believed.

Whoever can edit a workbook can edit its record. So nothing in it loosens a rule: a decision model that ships is taken from its
file, not from the record, and a model of somebody's own that allows requests must be given.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from fractions import Fraction
from math import isfinite
from typing import Any

from optplan.decision_model import CRITERIA, DecisionModel, Level, noise, read_model, shipped_models
from optplan.document.claims import criterion_entry
from optplan.language import LANGUAGES, text
from optplan.tables.findings import Finding, InputError, error, warning
from optplan.workbook.edited.sheets import IdSheet, word
from optplan.workbook.schedule.cover import RECORD_WIDTH

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Record:
    """``model``: the decision model to judge by; ``shown``: that whose criteria the workbook shows.

    ``proven``: for each criterion its value in the sealed plan, and its bound.
    ``reached``: what was reached at its level, and whether that is proven; nothing in workbooks of layout 1, of before there
    was such a number. ``language``: ``None`` where it is not known.
    """

    plan_sha256: str
    seal: str
    model: DecisionModel
    shown: DecisionModel
    proven: dict[str, tuple[float, float]]
    reached: dict[str, tuple[float, bool]]
    layout: int
    language: str | None

    def criteria(self) -> list[dict[str, Any]]:
        """The criteria as a result document has them, as far as the record tells."""
        found = []
        for criterion, (name, (in_plan, bound)) in zip(self.shown.criteria, self.proven.items(), strict=True):
            value, proven = self.reached.get(name, (in_plan, True))
            entry = criterion_entry(criterion, Level(name, Fraction(value), bound, 0.0), Fraction(in_plan))
            found.append({**entry, "proven": proven})
        return found


def read_record(sheet: IdSheet, given: DecisionModel | None, findings: list[Finding]) -> Record:
    """The record on the cover ``sheet``. ``given``: the decision model to judge by, if not the workbook's own.

    ``findings`` gets what in the record contradicts the decision model, or itself. Raises :class:`InputError` where the record
    is lost.
    """
    model, proven, reached, layout, language = _said(sheet)
    named = word(sheet.at(sheet.top, sheet.first + 3))
    plan, seal = (word(sheet.at(sheet.top, sheet.first + step)) for step in (1, 2))
    if not _SHA256.fullmatch(plan) or (seal and not _SHA256.fullmatch(seal)):
        findings.append(error("edit-record-false", sheet.place(sheet.top, sheet.first + 1), what=text("findings", "record-hash")))
    at = sheet.place(sheet.top + 1, sheet.first + 1)
    if named != model.name:
        findings.append(error("edit-record-model", at, model=named, other=model.name))
    if given is not None:
        believed = given
        if _asks(given) != _asks(model):
            findings.append(warning("edit-model-other", at, model=model.name, given=given.name))
    elif model.name in shipped_models():
        believed = read_model(model.name)
        if _asks(believed) != _asks(model):
            findings.append(error("edit-record-model", at, model=named, other=believed.name))
    else:
        believed = model
        code = error if model.requests else warning
        findings.append(code("edit-model-unknown" if model.requests else "edit-model-unchecked", at, model=model.name))
    shown = next((each for each in (believed, model) if [criterion.name for criterion in each.criteria] == list(proven)), None)
    if shown is None:
        raise InputError([error("edit-record-lost", sheet.place())])
    if not _consistent(proven):
        findings.append(
            error("edit-record-false", sheet.place(sheet.top + 2, sheet.first + 2), what=text("findings", "record-bound"))
        )
    return Record(plan, seal, believed, shown, proven, reached, layout, language or _spoken(sheet))


def recorded(sheet: IdSheet) -> list[tuple[str, ...]]:
    """Every line of a record, to tell one from another."""
    lines = (tuple(word(sheet.at(row, sheet.first + step)) for step in range(4)) for row in range(sheet.top, len(sheet.cells)))
    return [line for line in lines if any(line)]


def _said(
    sheet: IdSheet,
) -> tuple[DecisionModel, dict[str, tuple[float, float]], dict[str, tuple[float, bool]], int, str | None]:
    proven: dict[str, tuple[float, float]] = {}
    reached: dict[str, tuple[float, bool]] = {}
    model: DecisionModel | None = None
    layout, language = 1, None
    try:
        for row in range(sheet.top + 1, len(sheet.cells)):
            kind, *rest = (sheet.at(row, sheet.first + step) for step in range(RECORD_WIDTH))
            if kind == "model":
                model = DecisionModel.model_validate(json.loads(str(rest[0])))
            elif kind == "criterion":
                proven[str(rest[0])] = float(rest[1]), float(rest[2])
                if rest[3] is not None:
                    reached[str(rest[0])] = float(rest[3]), bool(int(rest[4]))
            elif kind == "layout":
                layout, language = int(rest[0]), str(rest[1]) if rest[1] in LANGUAGES else None
    except (ValueError, TypeError, OverflowError, RecursionError):
        model = None
    numbers = [*(number for pair in proven.values() for number in pair), *(value for value, _ in reached.values())]
    if model is None or not all(map(isfinite, numbers)) or not set(proven) <= set(CRITERIA):
        raise InputError([error("edit-record-lost", sheet.place())])
    return model, proven, reached, layout, language


def _asks(model: DecisionModel) -> Any:
    """What of a decision model bears on the answer: not its words, and not how near is good enough."""
    criteria = [criterion.model_dump(exclude={"good", "relative_good"}) for criterion in model.criteria]
    return model.requests, criteria


def _consistent(proven: dict[str, tuple[float, float]]) -> bool:
    """Whether no value beats its bound."""
    return all(Fraction(bound) <= Fraction(value) + 10 * noise(name, Fraction(value)) for name, (value, bound) in proven.items())


def _spoken(sheet: IdSheet) -> str | None:
    """The language in which the cover is written."""
    said = {word(cell) for cells in sheet.cells for cell in cells}
    return next((language for language in LANGUAGES if word(text("workbook", "cover-contents", language)) in said), None)
