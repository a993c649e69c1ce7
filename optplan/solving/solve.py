"""The main job as one function: a plan and a decision model in, a proven and sealed result out."""

from __future__ import annotations

import platform
import threading
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from optplan.decision_model import DecisionModel, read_model
from optplan.plan import Plan
from optplan.schedule import Schedule
from optplan.tables.findings import InputError, Place, error

if TYPE_CHECKING:
    from optplan.decision_model import Level
    from optplan.result import Result
    from optplan.search.known_plan import KnownPlan, RicherPlan
    from optplan.search.messages import Progress, Search
    from optplan.search.parts import Parts
    from optplan.search.warm_start import WarmStart


def solve(
    plan: Plan,
    model: str | Path | DecisionModel = "attain",
    *,
    scenario: Sequence[str] = (),
    reference: Result | Schedule | None = None,
    gap: float = 0.0,
    quick: bool = False,
    time_limit: float | None = None,
    progress: Callable[[Progress], None] | None = None,
    plan_found: Callable[[Result], None] | None = None,
    cancel: threading.Event | None = None,
    warm_start: WarmStart | None = None,
    parts: Parts | None = None,
    known: KnownPlan | RicherPlan | None = None,
) -> Result:
    """The best schedule of ``plan`` under ``model``, proven, checked and sealed. Blocks until it is there.

    ``scenario``: the names of the patches already applied to ``plan``, for the record. ``model``: a name under
    ``models/``, a path to a ``.toml``, or a :class:`DecisionModel`. ``reference``: the adopted result, or any schedule,
    that the criterion ``change`` is measured against. ``gap``: a level may also stop when value − bound ≤ gap·value.
    ``quick``: a level stops once it is good enough, as the decision model's ``good`` and ``relative_good`` say.
    ``time_limit``: seconds, after which the best plan so far is kept. ``progress`` is told how value and bound move, and from
    when on the best sealed plan is ``good`` enough in every criterion. ``plan_found`` gets each better plan, already sealed;
    ``cancel``, once set, stops the search and keeps the best.
    ``warm_start``: of a question much like this one, from which the search goes on; it then holds what this one leaves.
    ``known``: a plan that keeps every rule of this one, from which the search begins, or one of a plan that allows more, which
    is mended; what is proven is then not certified.
    ``parts`` of the search are used, if not all, to measure what the others are worth.

    The search runs in a process of its own. ``result.status`` is ``optimal``, ``feasible`` (stopped with a plan, or good
    enough: gap stated), ``infeasible`` or ``unknown``; only the first two carry a schedule. Raises :class:`InputError` for a
    model that cannot be used, and :class:`optplan.search.process.SearchFailed` if the search process died with nothing to show.

    >>> import optplan
    >>> result = optplan.solve(optplan.read_plan("inputs/shuozhou"), model="attain")  # doctest: +SKIP
    """
    from optplan.search.messages import Found, Job
    from optplan.search.parts import EVERY
    from optplan.search.process import run_search
    from optplan.solving.good_enough import GoodEnough

    decision, schedule = question(model, reference)
    made_with = versions()
    seconds = float("inf") if time_limit is None else time_limit
    watch = GoodEnough(decision, progress or (lambda _: None))

    def found(news: Found) -> None:
        watch.found(news)
        if plan_found is not None:
            plan_found(result_of(plan, decision, news.schedule, news.levels, scenario, schedule, made_with))

    outcome = run_search(
        Job(
            plan.tables,
            decision,
            schedule,
            gap,
            seconds,
            warm_start,
            parts or EVERY,
            certify=not quick and known is None,
            quick=quick,
            known=known,
            another=known is not None,  # steps from one plan come by the dozen
        ),
        progress=watch.moved,
        plan_found=found,
        stop=cancel.is_set if cancel is not None else lambda: False,
    )
    if warm_start is not None and outcome.warm_start is not None:
        warm_start.take(outcome.warm_start)
    if outcome.fault:
        made_with["fault"] = outcome.fault
    return answer_of(plan, decision, outcome, scenario, schedule, made_with)


def question(model: str | Path | DecisionModel, reference: Result | Schedule | None) -> tuple[DecisionModel, Schedule | None]:
    """The decision model and the reference schedule that are meant. Raises :class:`InputError` if they do not fit."""
    decision = model if isinstance(model, DecisionModel) else read_model(model)
    if decision.needs_reference and reference is None:
        raise InputError([error("model-needs-reference", Place(str(model)), model=decision.name)])
    return decision, reference if isinstance(reference, Schedule) or reference is None else reference.to_schedule()


def answer_of(
    plan: Plan,
    decision: DecisionModel,
    outcome: Search,
    scenario: Sequence[str],
    reference: Schedule | None,
    made_with: dict[str, str],
) -> Result:
    """The sealed result of a search that ended: ``optimal`` if all that ``decision`` asks is proven, however the search ended."""
    from optplan.result import empty_result

    if outcome.schedule is None:
        return empty_result(
            plan.tables,
            decision,
            status=outcome.status,
            scenario=scenario,
            made_with=made_with,
            broken_rule=outcome.broken_rule,
        )
    return result_of(plan, decision, outcome.schedule, outcome.levels, scenario, reference, made_with, outcome.proof)


def result_of(
    plan: Plan,
    decision: DecisionModel,
    schedule: Schedule,
    levels: Sequence[Level],
    scenario: Sequence[str],
    reference: Schedule | None,
    made_with: dict[str, str],
    proof: Sequence[Mapping[str, Any]] = (),
) -> Result:
    """A schedule checked and sealed."""
    from optplan.result import build_result

    return build_result(
        plan.tables, decision, schedule, levels,
        scenario=scenario, reference=reference, made_with=made_with, proof=proof,
    )  # fmt: skip


def versions() -> dict[str, str]:
    """What a result was made with."""
    return dict(_VERSIONS)


# Looked up once: packages are found along the import path, which a served page changes from other threads while it is read.
_VERSIONS = {
    "optplan": version("optplan"),
    "highspy": version("highspy"),
    "pyomo": version("pyomo"),
    "python": platform.python_version(),
    "system": f"{platform.system()} {platform.machine()}",
}
