"""Why two answers differ, as one function."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from optplan.attribution.answers import Answers, Solved
from optplan.attribution.attribution import Attribution
from optplan.attribution.cells import cell_changes, with_cells
from optplan.attribution.chosen_groups import Grouping, chosen_groups, problem
from optplan.attribution.groups import Group
from optplan.decision_model import DecisionModel, read_model
from optplan.plan import Plan, read_plan
from optplan.scenarios import Scenario, apply_scenarios, names_of, read_scenario
from optplan.solving.effort import Effort
from optplan.solving.terms import Terms
from optplan.tables.findings import InputError, Place, error

if TYPE_CHECKING:
    from optplan.result import Result
    from optplan.schedule import Schedule

Changed = Plan | Scenario | str | Path | Sequence[Scenario | str | Path]


def attribute(
    plan: Plan,
    changed: Changed,
    model: str | Path | DecisionModel = "attain",
    *,
    groups: Grouping = None,
    reference: Result | Schedule | None = None,
    gap: float = 0.0,
    time_limit: float | None = None,
    cache: str | Path | None = None,
    workers: int | None = None,
    progress: Callable[[Solved], None] | None = None,
    cancel: threading.Event | None = None,
    known: Sequence[Result] = (),
) -> Attribution:
    """Why the answer to ``changed`` differs from that to ``plan``: each figure's change, divided over groups of changes.

    ``changed``: another plan, or its path; a scenario, its file (``.toml``), or several. ``groups``: ``"tables"``,
    ``"changes"`` or ``"scenarios"``; or a mapping of names to parts (a table, a scenario's name, or ``name:2`` for its second
    change); or :class:`Group` objects. At most six, for every set of groups is a plan of its own: 2ⁿ searches. By default
    each scenario of several, each change of one, each table of a changed plan; put together where there are more than six.

    ``model``, ``reference``, ``gap`` and ``time_limit`` (seconds, of each search) as in :func:`optplan.solve`. ``workers``
    searches run at a time, by default one a core. ``cache``: a folder in which every answer is kept as a result file, so that
    the same question, stopped or asked again with other groups, does not solve a plan twice. ``progress`` is told of every
    answer; once ``cancel`` is set, :class:`optplan.attribution.Stopped` is raised. ``known``: results of these plans that
    stand already, which are not searched for again.

    Raises :class:`InputError` if the plans do not differ, or a scenario, a model or the groups cannot be used. Plans that
    have no solution are no error: see :attr:`Attribution.divisible` and :attr:`Attribution.unanswered`.

    >>> import optplan
    >>> plan = optplan.read_plan("inputs/shuozhou")  # doctest: +SKIP
    >>> why = optplan.attribute(plan, "inputs/scenarios/shuozhou/prices-up-8.toml", model="thrift")  # doctest: +SKIP
    >>> why.shares  # doctest: +SKIP
    """
    decision = model if isinstance(model, DecisionModel) else read_model(model)
    if decision.needs_reference and reference is None:
        raise InputError([error("model-needs-reference", Place(str(model)), model=decision.name)])
    other, scenarios = _changed(plan, changed)
    changes = tuple(cell_changes(plan.tables, other.tables))
    if not changes:
        raise problem("plans-do-not-differ")
    found = tuple(chosen_groups(plan, other, scenarios, groups))
    measured = reference if reference is None or not hasattr(reference, "to_schedule") else reference.to_schedule()
    answers = Answers(
        Terms(decision, measured, Effort(gap, time_limit=time_limit)), Path(cache) if cache is not None else None, workers, known
    )
    makers = [partial(_with_groups, plan, other, found, subset) for subset in range(1 << len(found))]
    answered = answers.of(makers, (0, len(makers) - 1), progress or (lambda _: None), cancel)
    return Attribution(plan, other, decision, gap, found, answered, changes, names_of(scenarios))


def _changed(plan: Plan, changed: Changed) -> tuple[Plan, list[Scenario]]:
    if isinstance(changed, Plan):
        return changed, []
    if isinstance(changed, (str, Path)) and Path(changed).suffix.lower() != ".toml":
        return read_plan(changed), []
    listed = [changed] if isinstance(changed, (str, Path, Scenario)) else list(changed)
    scenarios = [each if isinstance(each, Scenario) else read_scenario(each) for each in listed]
    return apply_scenarios(plan, scenarios), scenarios


def _with_groups(plan: Plan, changed: Plan, groups: Sequence[Group], subset: int) -> Plan:
    """The plan with the changes of some groups. Remarks alone are no change, so that the ends are the plans themselves."""
    cells = {cell for position, group in enumerate(groups) if subset >> position & 1 for cell in group.cells}
    if not cells:
        return plan
    if cells >= {cell for group in groups for cell in group.cells}:
        return changed
    return with_cells(plan, changed, cells)
