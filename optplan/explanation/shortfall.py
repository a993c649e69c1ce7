"""Why something is missing in an answer: what holds it, which of that would have to give, and what one unit more displaces."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from math import ceil
from threading import Event
from typing import TYPE_CHECKING, Any, Self

from optplan.decision_model import MONEY_CRITERIA, DecisionModel
from optplan.explanation.asking import WHOLE_STEP, Answer, Asking, Limits
from optplan.explanation.conflict import Conflict, Conflicts
from optplan.explanation.elastic_program import GivingProgram, giving_program
from optplan.explanation.explain import Progress
from optplan.explanation.explanation import Explanation, explanation_of
from optplan.explanation.missing import KEPT, STILL, counts_in_wholes, missing_in, wish_more
from optplan.explanation.repairs import Repair, Repairs
from optplan.explanation.ruling import Rulings, rank
from optplan.explanation.standing import Standing, standing_far_from
from optplan.explanation.words import Words
from optplan.language import LANGUAGES
from optplan.plan import Plan
from optplan.rules.cells import Cell
from optplan.search.solver.matrix import Floats

if TYPE_CHECKING:
    from optplan.result import Result

TIME = 20.0  # seconds
# of the time, at the most, until a plan with fewer missing, the conflicts, the repairs, the kinds and the criteria are there
FOR_FEWER, FOR_CONFLICTS, FOR_REPAIRS, FOR_FAMILIES, FOR_CRITERIA = 0.7, 0.82, 0.88, 0.91, 0.96
FOR_ONE = 2.0  # seconds for one question about all cells of a kind, or one criterion
FOR_FEW = 4.0  # seconds for how few can soon be found to be missing
FAMILIES = {
    "money": ("budgets", "funds", "fund_uses", "growth"),
    "targets": ("targets",),
    "limits": ("limits", "mix"),
    "teams": ("teams", "losses"),
    "projects": ("projects", "project_links", "project_needs"),
}
UNIT_GIVEN = 1e-4


@dataclass(frozen=True)
class Least:
    """The least that is missing where nothing else is worse: ``bound`` and ``value``, as far as they are known.

    ``answer``: what came of asking for no more than ``wished``, the next whole step. ``wholes``: nothing can be missing in
    parts of a unit.
    """

    value: float
    wished: float
    wholes: bool
    asking: Asking
    answer: Answer
    asked_before: int

    @property
    def bound(self) -> float:
        """What is proven."""
        return 0.0 if self.answer.status != "impossible" else self.value if self.wholes else self.wished

    @property
    def asked(self) -> int:
        """How many questions were asked until now."""
        return self.asked_before + self.asking.asked


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
    limits = Limits(began + seconds * FOR_FEWER, cancel.is_set if cancel is not None else lambda: False)
    rulings = Rulings(plan)

    tell(Progress("least", 0))
    open_program = giving_program(plan, model, more=lambda m, wide: wish_more(m, wide, result, wanted))
    lacking, wholes = float(wanted.lacking), counts_in_wholes(plan)
    standing = standing_far_from(plan, open_program.matrix, result.to_schedule(), wanted.where(plan))
    with Beside(open_program, wholes, began + seconds, limits.stop, standing) as beside:
        in_parts = _in_parts(open_program, limits)
        if in_parts > UNIT_GIVEN:
            beside.begin(_next_step(in_parts))
        least = _least(open_program, lacking, wholes, limits, lambda cell: rulings.of(cell).size, standing)
        program, asking, answer = least.asking.program, least.asking, least.answer
        words = {language: Words(plan.tables, language) for language in LANGUAGES}
        conflicts: list[Conflict] = []
        repairs: list[Repair] = []
        more: dict[str, Any] = {
            "asked": {"missing": missing, "lacking": str(wanted.lacking), "wished": least.wished},
            "what": {language: said.promise(wanted.kind, wanted.key) for language, said in words.items()},
            "missing_at_least": [max(least.bound, min(in_parts, least.value)), least.value],
            "before": [],
            "after": [],
        }
        status = {"impossible": "infeasible", "possible": "feasible", "unknown": "unknown"}[answer.status]

        def so_far() -> Explanation:
            known = explanation_of(
                plan, model, list(result.document["scenario"]), status, rulings, conflicts, False, repairs, {},
                least.asked, time.monotonic() - began,
            )  # fmt: skip
            return Explanation(known.document | more)

        limits.deadline = began + seconds * FOR_CONFLICTS
        if answer.status == "impossible":
            displaced = beside.begin(least.wished)
            tell(Progress("conflict", 0, so_far()))
            looking = Conflicts(asking, rank)
            conflicts = sorted(looking.find(overlapping=False), key=lambda conflict: len(conflict.cells))
            tell(Progress("repairs", len(conflicts), so_far()))
            limits.deadline = began + seconds * FOR_REPAIRS
            repairs = Repairs(asking, rulings, model, None).find(conflicts)
            limits.deadline = began + seconds * FOR_FAMILIES
            more["kinds"] = _kinds(asking, program, conflicts, looking.plans)
        limits.deadline = began + seconds * FOR_CRITERIA
        more |= _worth(result, program, asking, [each.name for each in model.criteria])
        if answer.status == "impossible":
            tell(Progress("displaced", len(repairs), so_far()))
            more["displaced"] = displaced.tell(wholes, words)
    return so_far()


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


def _in_parts(program: GivingProgram, limits: Limits) -> float:
    """Less than that is not missing in any plan where nothing else is worse, as the program in parts proves at once."""
    held = [cell for cell in program.cells if cell != STILL]
    return Asking(program, lambda _: 1.0, limits).least_in_parts(held, [STILL])


def _next_step(value: float) -> float:
    """The next whole number below."""
    return max(0.0, ceil(value - UNIT_GIVEN) - 1.0)


def _least(
    program: GivingProgram,
    lacking: float,
    wholes: bool,
    limits: Limits,
    scale: Callable[[Cell], float],
    standing: Sequence[Standing],
) -> Least:
    """As few as are soon found, then one unit fewer, and from each plan that has fewer, fewer still, until there is none."""
    value, asked = _fewer_still(program, lacking, wholes, limits, standing), 1
    while True:
        wished = _next_step(value)
        asking = Asking(program.settling(STILL, wished), scale, limits, standing)
        answer = asking.least(asking.program.cells, [])
        if answer.columns is None or not wished:
            return Least(0.0 if answer.columns is not None else value, wished, wholes, asking, answer, asked)
        value, asked = _fewer_still(program, wished, wholes, limits, standing, answer.columns), asked + asking.asked + 1
        limits = Limits(limits.deadline + FOR_ONE, limits.stop)  # that there are no fewer is most often proven in a moment


def _fewer_still(
    program: GivingProgram,
    before: float,
    wholes: bool,
    limits: Limits,
    standing: Sequence[Standing],
    columns: Floats | None = None,
) -> float:
    """How few can be missing where nothing else is worse, as far as it is soon found; ``before`` can, as in ``columns``."""
    asking, own = Asking(program, lambda _: 1.0, limits, standing), program.own[STILL]
    held = [cell for cell in program.cells if cell != STILL]
    answer = asking.least(held, [STILL], within=WHOLE_STEP if wholes else 0.0, start=columns, seconds=FOR_FEW)
    found = [float(each[own].max()) for each in (columns, answer.columns) if each is not None]
    value = min(before, *found) if found else before
    if wholes:  # the column may be more than what is missing
        return before - ceil(before - value - UNIT_GIVEN)
    return value


@dataclass(frozen=True)
class Displaced:
    """What gets worse, in units and as few as can be, if no more than ``wished`` is to be missing: sought beside all else."""

    wished: float
    asking: Asking
    given_up: Event
    found: Future[Answer]

    def tell(self, wholes: bool, words: Mapping[str, Words]) -> dict[str, Any]:
        """It, as the document has it."""
        answer = self.found.result()
        if answer.columns is None:
            return {"status": answer.status, "units": None, "what": []}
        bound, value = answer.bound, answer.value
        if wholes:
            bound, value = float(ceil(bound - UNIT_GIVEN)), float(round(value))
        units = [min(bound, value), value]
        return {"status": answer.status, "units": units, "what": _given_up(answer, self.asking.program, words)}


class Beside:
    """Looks for what is displaced while the rest is asked: of the step that is the next one if all goes as it does in parts."""

    def __init__(
        self, program: GivingProgram, wholes: bool, deadline: float, stop: Callable[[], bool], standing: Sequence[Standing]
    ) -> None:
        self._program, self._wholes, self._deadline, self._stop = program, wholes, deadline, stop
        self._standing = standing
        self._pool = ThreadPoolExecutor(1)
        self._begun: Displaced | None = None

    def begin(self, wished: float) -> Displaced:
        """What is being looked for with so much missing at the most; what was looked for with another is given up."""
        if self._begun is None or self._begun.wished != wished:
            self.give_up()
            given_up = Event()
            program = self._program.settling(STILL, wished)
            limits = Limits(self._deadline, lambda: given_up.is_set() or self._stop())
            asking = Asking(program, lambda _: 1.0, limits, self._standing)
            held = [cell for cell in program.cells if cell != KEPT]
            within = WHOLE_STEP if self._wholes else 0.0
            self._begun = Displaced(wished, asking, given_up, self._pool.submit(asking.least, held, [KEPT], within=within))
        return self._begun

    def give_up(self) -> None:
        """Look for it no longer."""
        if self._begun is not None:
            self._begun.given_up.set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.give_up()
        self._pool.shutdown()


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


def _worth(result: Result, program: GivingProgram, asking: Asking, names: Sequence[str]) -> dict[str, Any]:
    """The criteria in the answer, and where only the wish is held, but for those of money."""
    names = [name for name in names if name not in MONEY_CRITERIA and name in program.matrix.criteria]
    worth = asking.worth([cell for cell in program.cells if cell != KEPT], names, FOR_ONE)
    levels = {level["name"]: level for level in result.document["criteria"]}
    return {
        "before": [
            {"name": name, "interval": [min(levels[name]["bound"], levels[name]["in_plan"]), levels[name]["in_plan"]]}
            for name in names
        ],
        "after": [{"name": name, "interval": list(sides)} for name, sides in worth.items()],
    }
