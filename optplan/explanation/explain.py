"""Why no plan exists, and what would do, as one function."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from optplan.decision_model import DecisionModel, read_model
from optplan.explanation.asking import Asking, Limits
from optplan.explanation.conflict import Conflict, Conflicts
from optplan.explanation.elastic_program import giving_program
from optplan.explanation.explanation import Explanation, explanation_of
from optplan.explanation.repairs import Repair, Repairs, repaired
from optplan.explanation.ruling import Rulings, rank
from optplan.plan import Plan
from optplan.schedule import Schedule
from optplan.search.process import SearchFailed
from optplan.solving.solve import question, solve
from optplan.tables.content import Tables
from optplan.tables.findings import InputError

if TYPE_CHECKING:
    from optplan.result import Result

TIME = 10.0  # seconds
FOR_CONFLICTS, FOR_REPAIRS = 0.5, 0.7  # of the time, at the most, until the conflicts, and until the repairs are there
LEAST_SECONDS = 1.0  # for what a repaired plan is worth
AT_ONCE = 2  # repaired plans that are solved side by side

Stage = Literal["least", "conflict", "repairs", "displaced", "worth"]


@dataclass(frozen=True)
class Progress:
    """How far an explanation has come: what is looked for, and how many there are so far.

    ``so_far``: why no plan exists, as soon as that is known; what would do, and what that is worth, may be missing.
    """

    stage: Stage
    found: int
    so_far: Explanation | None = None


def explain(
    plan: Plan,
    model: str | Path | DecisionModel = "attain",
    *,
    scenario: Sequence[str] = (),
    reference: Result | Schedule | None = None,
    time_limit: float | None = TIME,
    repairs: bool = True,
    worth: bool = True,
    progress: Callable[[Progress], None] | None = None,
    cancel: threading.Event | None = None,
) -> Explanation:
    """Why ``plan`` has no schedule under ``model``: the fewest cells that cannot hold together, and the least changes that do.

    ``scenario``: the names of the patches already applied to ``plan``, for the record. ``reference`` as for
    :func:`optplan.solve`. ``time_limit``: seconds, ``None`` for as long as it takes; what is then not settled is said to be so.
    ``repairs``: also look for what would do; ``worth``: also solve each repaired plan, quickly, for its criteria. ``progress``
    is told of each stage; ``cancel``, once set, ends the search. The document has the ``status`` ``infeasible`` (with a
    conflict), ``feasible`` (a plan exists) or ``unknown``.

    >>> import optplan
    >>> optplan.explain(plan).sentences()  # doctest: +SKIP
    """
    decision = model if isinstance(model, DecisionModel) else read_model(model)
    if reference is None:  # whether a plan exists does not depend on what it is compared with
        kept = tuple(criterion for criterion in decision.criteria if criterion.name != "change")
        decision = decision.model_copy(update={"criteria": kept}) if kept else decision
    decision, schedule = question(decision, reference)
    tell = progress or (lambda _: None)
    began = time.monotonic()
    seconds = float("inf") if time_limit is None else time_limit
    limits = Limits(began + seconds * FOR_CONFLICTS, cancel.is_set if cancel is not None else lambda: False)
    rulings = Rulings(plan)
    program = giving_program(plan, decision, schedule)
    asking = Asking(program, lambda cell: rulings.of(cell).size, limits)
    answer = asking.least(program.cells, [])
    conflicts: list[Conflict] = []
    menu: list[Repair] = []
    results: Mapping[int, Any] = {}
    complete = False
    status = {"impossible": "infeasible", "possible": "feasible", "unknown": "unknown"}[answer.status]

    def so_far() -> Explanation:
        return explanation_of(
            plan, decision, scenario, status, rulings, conflicts, complete, menu, results, asking.asked, time.monotonic() - began
        )

    if answer.status == "impossible":
        tell(Progress("conflict", 0))
        looking = Conflicts(asking, rank)
        conflicts = sorted(looking.find(), key=lambda conflict: len(conflict.cells))
        complete = looking.complete
    if conflicts and repairs:
        tell(Progress("repairs", len(conflicts), so_far()))
        limits.deadline = began + seconds * FOR_REPAIRS
        menu = Repairs(asking, rulings, decision, schedule).find(conflicts)
    if menu and worth:
        tell(Progress("worth", len(menu), so_far()))
        left = max(began + seconds - time.monotonic(), LEAST_SECONDS)
        results = _worth(plan, menu, decision, schedule, left, cancel)
    return so_far()


def explained_apart(
    tables: Tables, model: DecisionModel, time_limit: float, *, told: Callable[[Any], None], cancel: threading.Event
) -> dict[str, Any]:
    """The document of :func:`explain` of the plan in ``tables``, as another process can be asked for it.

    It tells the stage, how many were found, and the document so far where there is one.
    """

    def moved(news: Progress) -> None:
        told((news.stage, news.found, None if news.so_far is None else news.so_far.document))

    return explain(Plan(tables), model, time_limit=time_limit, progress=moved, cancel=cancel).document


def _worth(
    plan: Plan,
    repairs: Sequence[Repair],
    model: DecisionModel,
    reference: Schedule | None,
    seconds: float,
    cancel: threading.Event | None,
) -> Mapping[int, Any]:
    """What each repaired plan is worth, by the number of the repair: its result, found in a share of the time.

    Only its criteria are told, so that nothing among equals is polished.
    """
    each = max(LEAST_SECONDS, seconds / ceil(len(repairs) / AT_ONCE))
    model = model.unpolished()

    def solved(repair: Repair) -> Result | None:
        if cancel is not None and cancel.is_set():
            return None
        try:
            changed = repaired(plan, repair.changes)
            return solve(changed, model, reference=reference, quick=True, time_limit=each, cancel=cancel)
        except (InputError, SearchFailed):
            return None

    with ThreadPoolExecutor(AT_ONCE) as together:
        return dict(enumerate(together.map(solved, repairs)))
