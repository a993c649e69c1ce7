"""What was asked before as a draft to begin from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from optplan.office.people import Person, require
from optplan.office.roles import Role
from optplan.plan import Plan
from optplan.scenarios import Change, Scenario, apply_scenarios
from optplan.store import Store

BETWEEN = "＋"  # titles of several scenarios that become one draft


@dataclass(frozen=True)
class Copied:
    """A plan with a draft on it. ``name`` and ``reason`` are those of the ``scenarios`` it was copied from."""

    plan: Plan
    changes: tuple[Change, ...]
    name: str
    reason: str
    scenarios: tuple[Scenario, ...]


def copy_of_run(store: Store, person: Person, run: str) -> Copied:
    """The plan that a run was asked of, and its scenarios as one draft. Raises :class:`NotAllowed`, :class:`StoreError`."""
    require(person, Role.VIEWER)
    record = store.record(run)
    return _copied(store.plan(record.plan), [store.scenario(sha) for sha in record.scenario_shas])


def copy_of_scenario(store: Store, person: Person, scenario: str, plan: Plan) -> Copied:
    """A scenario, its parents first, as a draft on ``plan``. Raises :class:`InputError` if it does not fit that plan."""
    require(person, Role.VIEWER)
    return _copied(plan, [store.scenario(scenario)])


def _copied(plan: Plan, scenarios: Sequence[Scenario]) -> Copied:
    apply_scenarios(plan, scenarios)
    members: list[Scenario] = []
    for scenario in scenarios:
        for member in scenario.lineage:
            if not member.file or member.file not in {each.file for each in members}:  # a shared parent counts once
                members.append(member)
    return Copied(
        plan,
        tuple(change for member in members for change in member.changes),
        BETWEEN.join(scenario.title for scenario in scenarios)[:100],
        "\n".join(scenario.reason for scenario in scenarios if scenario.reason)[:2_000],
        tuple(scenarios),
    )
