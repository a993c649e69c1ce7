"""The answer that users hold: an answer as data, with the exact check of it, its file and its workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from optplan.audit import Violation, audit
from optplan.decision_model import DecisionModel, Level
from optplan.document.claims import criterion_entry, status_of
from optplan.document.document import FORMAT, ResultDocument, inputs_of, sections_of
from optplan.document.file import read_document, tables_within
from optplan.document.schema import SECTIONS
from optplan.document.seal import resealed, seal
from optplan.document.sealed import sealed
from optplan.document.verdict import Verdict, verdict_on
from optplan.files import write_atomically
from optplan.plan import Plan
from optplan.schedule import Schedule
from optplan.tables.content import Tables
from optplan.workbook import export_schedule

if TYPE_CHECKING:
    from optplan.proof.checked_bounds import CheckedBound
    from optplan.records import Records


class Unsealed(Exception):
    """A schedule that the exact check does not accept; nothing is made of it. ``violations`` say why."""

    def __init__(self, violations: Sequence[Violation]) -> None:
        self.violations = tuple(violations)
        super().__init__("\n".join(violation.message() for violation in violations))


class Result(ResultDocument):
    """An answer with what can be done with it. Its tables are described at :class:`ResultDocument`."""

    def check(self) -> Verdict:
        """The exact check against the tables that the result carries: whether its seal still holds."""
        return verdict_on(self.document, tables_within(self.document))

    def with_fault(self, fault: str) -> Result:
        """The same answer, which says that its search died of ``fault``. Raises :class:`SealBroken` if its seal does not hold."""
        sealed(self)
        return Result(resealed({**self.document, "made_with": {**self.document["made_with"], "fault": fault}}))

    def to_json(self, path: str | Path) -> None:
        """Write the result file; an interrupted write leaves the old one."""
        write_atomically(Path(path), self.text().encode("utf-8"))

    def to_excel(self, path: str | Path, records: Records | None = None) -> None:
        """Write the schedule as a workbook; with ``records``, planned against done at its end.

        Raises :class:`SealBroken` if the result is not what was sealed.
        """
        export_schedule(self, Path(path), records=records)


def build_result(
    tables: Tables,
    model: DecisionModel,
    schedule: Schedule,
    levels: Sequence[Level],
    *,
    made_with: Mapping[str, str],
    scenario: Sequence[str] = (),
    reference: Schedule | None = None,
    proof: Sequence[Mapping[str, Any]] = (),
) -> Result:
    """A sealed result, ``optimal`` if every level is proven within its tolerance, else ``feasible``.

    ``proof``: what it takes to check a bound of each level without a solver (:func:`optplan.proof.multipliers.proof_of`).
    Raises :class:`Unsealed` if the exact check finds a broken rule, or a criterion that was not held.
    """
    names = [criterion.name for criterion in model.criteria]
    checked = audit(tables, schedule, requests=model.requests, criteria=names, reference=reference)
    not_held = [
        Violation(
            "criterion-not-held",
            {"criterion": level.name, "value": float(level.value), "in_plan": float(checked.criteria[level.name])},
        )
        for level, criterion in zip(levels, model.criteria, strict=True)
        if checked.criteria[level.name] > level.value + Fraction(criterion.slack)
    ]
    if checked.violations or not_held:
        raise Unsealed((*checked.violations, *not_held))
    criteria = [
        criterion_entry(criterion, level, checked.criteria[level.name])
        for criterion, level in zip(model.criteria, levels, strict=True)
    ]
    document = _head(tables, model, status_of(criteria), scenario)
    document["criteria"] = criteria
    document.update(sections_of(schedule, checked))
    document["seal"] = None  # keeps its place in the file
    if proof:
        document["proof"] = list(proof)
    document["made_with"] = dict(made_with)
    document["inputs"] = inputs_of(tables)
    document["seal"] = seal(document, checked)
    return Result(document)


def empty_result(
    tables: Tables,
    model: DecisionModel,
    *,
    status: str,
    made_with: Mapping[str, str],
    scenario: Sequence[str] = (),
    broken_rule: Sequence[str] = (),
) -> Result:
    """A result without a schedule: ``infeasible`` or ``unknown``. ``broken_rule``: a rule that cannot hold, and where."""
    document = _head(tables, model, status, scenario)
    document.update({section: [] for section in SECTIONS})
    document.update({"seal": None, "made_with": dict(made_with), "broken_rule": list(broken_rule), "inputs": inputs_of(tables)})
    return Result(document)


def _head(tables: Tables, model: DecisionModel, status: str, scenario: Sequence[str]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "plan": {"title": tables.setting("title"), "sha256": tables.sha256},
        "model": model.name,
        "model_content": model.model_dump(mode="json"),
        "scenario": list(scenario),
        "status": status,
    }


def read_result(path: str | Path) -> Result:
    """The result in a file. Raises :class:`InputError` with findings if it is not one."""
    return Result(read_document(Path(path)))


def verify(plan: Plan, result: Result | str | Path, reference: Result | Schedule | None = None) -> Verdict:
    """The exact check of a result, ours or one that a person edited, against a plan; the optimiser is not asked.

    Every rule is recomputed from the tables, then every figure in the result is compared with what follows from it.
    Raises :class:`InputError` if ``result`` is a file that cannot be read as a result.
    """
    document = (result if isinstance(result, Result) else read_result(result)).document
    return verdict_on(document, plan.tables, reference)


def check_proof(plan: Plan, result: Result | str | Path, reference: Result | Schedule | None = None) -> tuple[CheckedBound, ...]:
    """What the certificate that a result carries proves of each criterion, in exact fractions; no solver is asked.

    Raises :class:`InputError` if ``result`` is a file that cannot be read as a result.
    """
    from optplan.proof.checked_bounds import checked_bounds  # loads Pyomo

    document = (result if isinstance(result, Result) else read_result(result)).document
    return checked_bounds(plan, document, reference.to_schedule() if isinstance(reference, Result) else reference)
