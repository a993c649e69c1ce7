"""Putting plans, scenarios, decision models and runs into the store, each with its entry in the audit log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, select

from optplan.decision_model import DecisionModel
from optplan.document.sealed import SealBroken, sealed
from optplan.plan import Plan
from optplan.result import Result
from optplan.scenarios import Scenario, apply_scenarios
from optplan.schedule import Schedule
from optplan.store import encoding, events, runs, scenario_encoding
from optplan.store.contents import Packed, get, pack, plain, sha_of
from optplan.store.events import Author
from optplan.store.findings import refusal
from optplan.store.schema import models, plans, scenarios
from optplan.tables.content import Tables
from optplan.tables.findings import InputError


@dataclass(frozen=True)
class Kept:
    """A content with the row that speaks of it, ready to be put into ``table``; worked out before the turn to write."""

    table: Table
    kind: str
    content: Packed
    row: Mapping[str, Any]

    def put(self, connection: Connection, author: Author) -> str:
        """Keep it, unless it is kept already; its sha256."""
        key, sha = self.table.c.sha256, self.content.sha256
        if connection.execute(select(key).where(key == sha)).first() is None:
            row = {"sha256": self.content.put(connection), **self.row}
            record = events.record_hash(row)
            connection.execute(self.table.insert().values(**row))
            events.append(connection, author, events.SAVE, self.kind, sha, record=record)
        return sha


def kept_plan(tables: Tables) -> Kept:
    """A plan, ready to be kept."""
    row = {"title": tables.setting("title") or "", "columns": encoding.plan_columns(tables)}
    return Kept(plans, "plan", pack(encoding.plan_bytes(tables)), row)


def kept_scenarios(scenario: Scenario) -> list[Kept]:
    """A scenario after its parents, ready to be kept."""
    found: list[Kept] = []
    for member in scenario.lineage:
        parent = found[-1].content.sha256 if found else None
        row = {name: getattr(member, name) for name in ("name", "title", "author", "reason")}
        content = pack(scenario_encoding.scenario_bytes(member, parent))
        found.append(Kept(scenarios, "scenario", content, {**row, "parent": parent}))
    return found


def kept_model(model: DecisionModel) -> Kept:
    """A decision model, ready to be kept."""
    return Kept(models, "model", pack(encoding.model_bytes(model)), {"name": model.name, "title": model.title})


@dataclass(frozen=True)
class KeptRun:
    """A run with everything it rests on, ready to be kept."""

    plan: Kept
    scenarios: tuple[tuple[Kept, ...], ...]
    model: Kept
    reference: Packed | None
    result: Packed
    schedule: str | None
    row: Mapping[str, Any]

    def put(self, connection: Connection, author: Author, reference_run: str | None) -> str:
        """Keep it all; the run's id."""
        plan, model = self.plan.put(connection, author), self.model.put(connection, author)
        shas = [[member.put(connection, author) for member in lineage][-1] for lineage in self.scenarios]
        row = {
            **self.row,
            "saved_at": events.now(),
            "saved_by": author.who,
            "plan": plan,
            "scenarios": plain(shas),
            "model": model,
            "reference": self.reference and self.reference.put(connection),
            "reference_run": reference_run,
            "schedule": self.schedule,
            "result": self.result.put(connection),
        }
        run = runs.add(connection, row)
        events.append(connection, author, events.SAVE, "run", run, record=run)
        return run


def kept_run(
    result: Result,
    plan: Plan | None,
    patches: Sequence[Scenario],
    reference: Schedule | None,
    options: str,
    stopped: str,
) -> KeptRun:
    """A run, ready to be kept. Raises :class:`StoreError` if it could not be asked again from what would be kept."""
    model = DecisionModel.model_validate(result.document["model_content"])
    if model.needs_reference and reference is None:
        raise refusal("store-needs-reference")
    base = kept_plan(result.tables() if plan is None else plan.tables)
    lineages = tuple(tuple(kept_scenarios(patch)) for patch in patches)
    asked = asked_again(
        base.content.content, str(base.row["columns"]), [[member.content.content for member in line] for line in lineages]
    )
    if asked is None or asked.sha256 != result.plan_sha256:
        raise refusal("store-run-of-another-plan")
    try:
        sealed(result, reference=reference)
    except SealBroken as problem:
        raise refusal("store-seal-broken", reason=problem.verdict.violations[0].message()) from problem
    return KeptRun(
        plan=base,
        scenarios=lineages,
        model=kept_model(model),
        reference=None if reference is None else pack(encoding.schedule_bytes(reference)),
        result=pack(runs.result_bytes(result)),
        schedule=sha_of(encoding.schedule_bytes(result.to_schedule())) if result.has_schedule else None,
        row={**runs.described(result), "options": options, "stopped": stopped},
    )


def asked_again(plan: bytes, columns: str, lineages: Sequence[Sequence[bytes]]) -> Plan | None:
    """The plan that was solved, made again from what is kept of it; ``None`` if the scenarios do not fit it."""
    made = encoding.plan_from(plan, columns)
    try:
        return apply_scenarios(made, [scenario_of(lineage) for lineage in lineages]) if lineages else made
    except InputError:
        return None


def scenario_of(lineage: Sequence[bytes]) -> Scenario:
    """The scenario with these contents, its parents' first."""
    found: Scenario | None = None
    for content in lineage:
        found = scenario_encoding.scenario_from(content, sha_of(content), found)
    assert found is not None
    return found


def lineage_of(connection: Connection, sha: str | None) -> list[bytes]:
    """The contents of a scenario and its parents, the eldest first."""
    found: list[bytes] = []
    while sha is not None:
        found.insert(0, get(connection, sha))
        sha = connection.execute(select(scenarios.c.parent).where(scenarios.c.sha256 == sha)).scalar_one()
    return found
