"""The nearest schedule to an edited one that keeps every rule (decision model ``replan`` with the edit as reference)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from optplan.decision_model import DecisionModel, read_model
from optplan.figures.changes import Change, changes
from optplan.repairs.verdict import EditVerdict, judge
from optplan.solving.solve import solve
from optplan.workbook.edited.reading import Edit, read_edit

if TYPE_CHECKING:
    from optplan.plan import Plan
    from optplan.result import Result
    from optplan.search.messages import Progress

NEAREST = "replan"


@dataclass(frozen=True)
class Repair:
    """``verdict``: what was wrong with the edit. ``result``: the nearest valid schedule. ``changes``: what had to change."""

    verdict: EditVerdict
    result: Result
    changes: tuple[Change, ...]


def repair(
    plan: Plan,
    edit: Edit | str | Path,
    model: str | Path | DecisionModel = NEAREST,
    *,
    time_limit: float | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancel: threading.Event | None = None,
) -> Repair:
    """Solve ``plan`` under ``model`` with the edited schedule as its reference. Who pays is worked out anew.

    Raises :class:`InputError` for an edit that cannot be read; ``result.status`` is as for :func:`optplan.solve`.
    """
    read = edit if isinstance(edit, Edit) else read_edit(edit, plan.tables)
    decision = model if isinstance(model, DecisionModel) else read_model(model)
    result = solve(plan, decision, reference=read.schedule, time_limit=time_limit, progress=progress, cancel=cancel)
    changed = changes(plan.tables, read.schedule, result.to_schedule()) if result.has_schedule else ()
    return Repair(judge(plan, read), result, tuple(changed))
