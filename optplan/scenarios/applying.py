"""Applying scenarios to a plan: the changes in their order, then the whole plan read and checked again as if it were new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from optplan.scenarios.findings import ScenarioFinding, Step, steps_of
from optplan.scenarios.patch import Patch
from optplan.scenarios.reading import read_scenario
from optplan.scenarios.scenario import Scenario
from optplan.tables import tables_from
from optplan.tables.content import Tables
from optplan.tables.findings import Finding, InputError, Place, PlanError

if TYPE_CHECKING:
    from optplan.plan import Plan

MOST_TRACED = 20  # errors whose change is searched for; each search rebuilds the plan a few times


def apply_scenarios(plan: Plan, scenarios: Sequence[str | Path | Scenario]) -> Plan:
    """A new plan: ``plan`` with each scenario (a file or a :class:`Scenario`) in its order, read and checked as a plan is.

    Parents come before their children, and a parent that several share is applied once. Raises :class:`InputError` with
    findings that name the scenario's file and the number of the change; warnings are kept in the new plan's ``findings``.

    >>> import optplan
    >>> plan = optplan.read_plan("inputs/shuozhou")  # doctest: +SKIP
    >>> late = apply_scenarios(plan, ["inputs/scenarios/shuozhou/transfer-one-year-late.toml"])  # doctest: +SKIP
    """
    from optplan.plan import Plan

    read = [scenario if isinstance(scenario, Scenario) else read_scenario(scenario) for scenario in scenarios]
    named = [Path(scenario.file).resolve() for scenario in read if scenario.file]
    for position, file in enumerate(named):
        if file in named[:position]:
            raise InputError([ScenarioFinding("error", "scenario-twice", Place(str(scenarios[position])))])
    steps = steps_in_order(read)
    patch = _patch_of(plan.tables, steps)
    try:
        patched = plan.with_changes(patch.changes())
    except PlanError as problem:
        raise PlanError(_traced(problem.findings, patch, steps, lambda part: _problems(plan, part))) from problem
    return Plan(patched.tables, [_placed(finding, patch) for finding in patched.findings])


def apply_to_explain(plan: Plan, scenarios: Sequence[Scenario]) -> Plan:
    """The same, but whatever the checks find: so that it can be explained why there is no schedule then.

    Raises :class:`InputError` only if the changed tables cannot be read.
    """
    from optplan.plan import Plan

    tables, found = tables_from(_patch_of(plan.tables, steps_in_order(scenarios)).changes(), plan.tables)
    if errors := _errors(found):
        raise PlanError(errors)
    return Plan(tables, found)


def steps_in_order(scenarios: Sequence[Scenario]) -> list[Step]:
    """The changes of all scenarios in the order in which they are made, shared parents once."""
    steps, files = list[Step](), set[Path]()
    for scenario in scenarios:
        for member in scenario.lineage:
            file = Path(member.file).resolve()
            if member.file and file in files:
                continue
            files.add(file)
            steps += steps_of(member)
    return steps


def _patch_of(tables: Tables, steps: Sequence[Step]) -> Patch:
    patch = Patch(tables)
    findings: list[Finding] = [finding for step in steps for finding in patch.apply(step)]
    if findings:
        raise InputError(findings)
    return patch


def _errors(findings: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity == "error"]


def _problems(plan: Plan, steps: Sequence[Step]) -> list[Finding]:
    """What is wrong with the plan after some of the steps."""
    try:
        plan.with_changes(_patch_of(plan.tables, steps).changes())
    except PlanError as problem:
        return problem.findings
    return []


def _placed(finding: Finding, patch: Patch) -> Finding:
    """A finding of the patched plan at the change that wrote its row, or at the place where the plan itself has the row."""
    place = finding.place
    # a table that was replaced has its own name for a file, and counts its rows anew
    written = patch.written_row(place.table, place.row) if place.file == place.table and place.row is not None else None
    if written is None:
        return finding
    if written.step is not None:
        return written.step.brought(finding, own_row=True)
    assert written.origin is not None
    return replace(finding, place=written.origin.place(place.column))


def _traced(findings: Sequence[Finding], patch: Patch, steps: Sequence[Step], problems_after: Any) -> list[Finding]:
    """Each finding at the change that brought it about.

    An error in a row that no change wrote is traced by halving: the change before which the plan lacked the error and after
    which it has it.
    """
    traced, known = list[Finding](), dict[int, set[Any]]()

    def has(count: int, finding: Finding) -> bool:
        if count not in known:
            known[count] = {_identity(problem) for problem in problems_after(steps[:count])}
        return _identity(finding) in known[count]

    for finding in findings:
        placed = _placed(finding, patch)
        if isinstance(placed, ScenarioFinding) or finding.severity == "warning" or len(traced) >= MOST_TRACED:
            traced.append(placed)
            continue
        without, with_it = 0, len(steps)
        while with_it - without > 1:
            middle = (without + with_it) // 2
            without, with_it = (without, middle) if has(middle, finding) else (middle, with_it)
        traced.append(steps[with_it - 1].brought(placed, own_row=False))
    return traced


def _identity(finding: Finding) -> tuple[str, str, str | None, str]:
    """What makes a finding the same in two plans: its rows may be counted otherwise, and figures in its words may differ."""
    subject = {name: value for name, value in finding.values.items() if isinstance(value, str)}
    return finding.code, finding.place.table, finding.place.column, str(sorted(subject.items()))
