"""Why something is missing in an answer: what holds it, which of that would have to give, and what one unit more displaces."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from math import ceil
from typing import TYPE_CHECKING, Any

from optplan.decision_model import MONEY_CRITERIA, DecisionModel
from optplan.explanation.asking import Answer, Asking, Limits
from optplan.explanation.conflict import Conflict, Conflicts
from optplan.explanation.elastic_program import GivingProgram, giving_program
from optplan.explanation.explain import Progress
from optplan.explanation.explanation import Explanation, explanation_of
from optplan.explanation.missing import KEPT, STILL, missing_in, wish_more
from optplan.explanation.repairs import Repair, Repairs
from optplan.explanation.ruling import Rulings, rank
from optplan.explanation.words import Words
from optplan.language import LANGUAGES
from optplan.plan import Plan
from optplan.rules.cells import Cell

if TYPE_CHECKING:
    from optplan.result import Result

TIME = 20.0  # seconds
# of the time, at the most: for how little can be missing; until the conflicts, the repairs, the kinds and the criteria are there
FOR_LEAST, FOR_CONFLICTS, FOR_REPAIRS, FOR_FAMILIES, FOR_CRITERIA = 0.2, 0.5, 0.65, 0.75, 0.85
FOR_ONE = 2.0  # seconds for one question about all cells of a kind, or one criterion
FAMILIES = {
    "money": ("budgets", "funds", "fund_uses", "growth"),
    "targets": ("targets",),
    "limits": ("limits", "mix"),
    "teams": ("teams", "losses"),
    "projects": ("projects", "project_links", "project_needs"),
}
UNIT_GIVEN = 1e-4


def explain_missing(
    plan: Plan,
    result: Result,
    missing: str,
    *,
    time_limit: float | None = TIME,
    progress: Callable[[Progress], None] | None = None,
    cancel: threading.Event | None = None,
) -> Explanation:
    """Why ``missing`` (``target:TARGET`` or ``standard:STANDARD:COUNTY:YEAR``) is missing in ``result``, an answer to ``plan``.

    First it is worked out how little can be missing with nothing else worse than in the answer (``missing_at_least``, bound and
    value); then one unit more is wished for. The document is that of :func:`explain`; ``asked`` says what was wished; ``kinds``
    whether giving up all rules of one kind would do; ``displaced`` what gets worse where no rule gives way, with the proven
    ``[bound, value]`` of the units in all; ``before`` and ``after`` the criteria, where only the wish is held. ``status`` is
    ``feasible`` where nothing need be missing.

    Raises :class:`InputError` if nothing is missing there.
    """
    wanted = missing_in(result, missing)
    model = DecisionModel.model_validate(result.document["model_content"])
    tell = progress or (lambda _: None)
    began = time.monotonic()
    seconds = float("inf") if time_limit is None else time_limit
    limits = Limits(began + seconds * FOR_CONFLICTS, cancel.is_set if cancel is not None else lambda: False)
    rulings = Rulings(plan)

    tell(Progress("least", 0))
    open_program = giving_program(plan, model, more=lambda m, wide: wish_more(m, wide, result, wanted))
    first = Asking(open_program, lambda _: 1.0, limits)
    least = first.least([cell for cell in open_program.cells if cell != STILL], [STILL], seconds=seconds * FOR_LEAST)
    still = min(float(wanted.lacking), least.value)  # which is missing where nothing else is worse
    asked, wished = first.asked, still
    program, asking, answer = open_program, first, least
    while still > UNIT_GIVEN:
        wished = max(0.0, ceil(still - UNIT_GIVEN) - 1.0)
        program = open_program.settling(STILL, wished)
        asking = Asking(program, lambda cell: rulings.of(cell).size, limits)
        answer = asking.least(program.cells, [])
        if answer.status != "possible":
            break
        still, asked = wished, asked + asking.asked
    words = {language: Words(plan.tables, language) for language in LANGUAGES}
    conflicts: list[Conflict] = []
    repairs: list[Repair] = []
    more: dict[str, Any] = {
        "asked": {"missing": missing, "lacking": str(wanted.lacking), "wished": wished},
        "what": {language: said.promise(wanted.kind, wanted.key) for language, said in words.items()},
        "missing_at_least": [min(least.bound, still), still],
    }
    if answer.status == "impossible":
        tell(Progress("conflict", 0))
        looking = Conflicts(asking, rank)
        conflicts = sorted(looking.find(overlapping=False), key=lambda conflict: len(conflict.cells))
        tell(Progress("repairs", len(conflicts)))
        limits.deadline = began + seconds * FOR_REPAIRS
        repairs = Repairs(asking, rulings, model, None).find(conflicts)
        limits.deadline = began + seconds * FOR_FAMILIES
        more["kinds"] = _kinds(asking, program, conflicts, looking.plans)
    limits.deadline = began + seconds * FOR_CRITERIA
    names: list[str] = [criterion.name for criterion in model.criteria if criterion.name not in MONEY_CRITERIA]
    names = [name for name in names if name in program.matrix.criteria]
    worth = asking.worth([cell for cell in program.cells if cell != KEPT], names, FOR_ONE)
    more |= _worth(result, names, worth)
    if answer.status == "impossible":  # last: it may take all the time that is left
        limits.deadline = began + seconds
        tell(Progress("displaced", len(repairs)))
        more["displaced"] = _displaced(asking, program, words)
    status = {"impossible": "infeasible", "possible": "feasible", "unknown": "unknown"}[answer.status]
    explanation = explanation_of(
        plan, model, list(result.document["scenario"]), status, rulings, conflicts, False, repairs, {},
        asked + (0 if asking is first else asking.asked), time.monotonic() - began,
    )  # fmt: skip
    return Explanation(explanation.document | more)


def _kinds(
    asking: Asking, program: GivingProgram, conflicts: Sequence[Conflict], plans: Collection[frozenset[Cell]]
) -> list[dict[str, Any]]:
    """Whether one unit more can be had with nothing else worse, if all rules of one kind said nothing.

    A conflict without any of them says no, a plan in which nothing else gives way says yes; only else it is asked.
    """
    found = []
    for kind, tables in FAMILIES.items():
        cells = {cell for cell in program.cells if cell.table in tables}
        if not cells:
            continue
        if any(not cells & set(conflict.cells) for conflict in conflicts):
            status = "impossible"
        elif any(plan <= cells for plan in plans):
            status = "possible"
        else:
            status = asking.least([cell for cell in program.cells if cell not in cells], [], seconds=FOR_ONE).status
        found.append({"kind": kind, "status": status})
    return found


def _displaced(asking: Asking, program: GivingProgram, words: Mapping[str, Words]) -> dict[str, Any]:
    """What gets worse, in units and as few as can be, if one unit more is had under the rules as they are."""
    answer = asking.least([cell for cell in program.cells if cell != KEPT], [KEPT])
    if answer.columns is None:
        return {"status": answer.status, "units": None, "what": []}
    return {"status": answer.status, "units": [answer.bound, answer.value], "what": _given_up(answer, program, words)}


def _given_up(answer: Answer, program: GivingProgram, words: Mapping[str, Words]) -> list[dict[str, Any]]:
    found = []
    assert answer.columns is not None
    for column in program.columns.get(KEPT, ()):
        index = program.matrix.names[column][1]
        units = float(answer.columns[column])
        if units > UNIT_GIVEN and not isinstance(index, Cell):
            kind, *key = index[1] if isinstance(index[1], tuple) else index[1:]
            messages = {language: said.promise(kind, key) for language, said in words.items()}
            found.append({"kind": kind, "key": list(key), "units": round(units, 4), "messages": messages})
    return found


def _worth(result: Result, names: list[str], worth: dict[str, tuple[float, float]]) -> dict[str, Any]:
    levels = {level["name"]: level for level in result.document["criteria"]}
    return {
        "before": [
            {"name": name, "interval": [min(levels[name]["bound"], levels[name]["in_plan"]), levels[name]["in_plan"]]}
            for name in names
        ],
        "after": [{"name": name, "interval": list(sides)} for name, sides in worth.items()],
    }
