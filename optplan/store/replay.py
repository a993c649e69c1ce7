"""Asking again what a run asked, from what the store keeps of it, and comparing the answers byte for byte."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from optplan.document.canonical import FORM, canonical_bytes
from optplan.solving.effort import Effort
from optplan.solving.terms import Terms
from optplan.store import encoding
from optplan.store.contents import get, sha_of
from optplan.store.findings import refusal
from optplan.store.kept import asked_again, lineage_of
from optplan.store.runs import program
from optplan.store.schema import plans
from optplan.store.schema import runs as run_rows

if TYPE_CHECKING:
    from optplan.plan import Plan
    from optplan.result import Result
    from optplan.store.database import Database


@dataclass(frozen=True)
class KeptQuestion:
    """Everything that a run was asked, made again from the store, and its answer.

    ``canonical``: the sha256 of the answer's reproducible content as it was saved; ``None`` if that had another form then.
    ``program``: the hash of the program that kept it.
    """

    run: str
    plan: Plan
    scenarios: tuple[str, ...]
    terms: Terms
    before: Result
    canonical: str | None
    program: str


@dataclass(frozen=True)
class Replay:
    """The answer of before and the answer of now. ``tools``: versions that are other now than then (then, now)."""

    run: str
    before: Result
    now: Result
    tools: Mapping[str, tuple[str, str]]
    canonical: str | None

    @property
    def same(self) -> bool:
        """Whether the reproducible content of both is the same, byte for byte."""
        content = canonical_bytes(self.now)
        return canonical_bytes(self.before) == content and self.canonical in {None, sha_of(content)}

    @property
    def differs_in(self) -> tuple[str, ...]:
        """The parts of the reproducible content that are not the same."""
        before, now = (json.loads(canonical_bytes(result)) for result in (self.before, self.now))
        return tuple(sorted(name for name in {*before, *now} if before.get(name) != now.get(name)))

    def as_dict(self) -> dict[str, Any]:
        """The comparison as ``--json`` prints it."""
        return {
            "run": self.run,
            "same": self.same,
            "differs_in": list(self.differs_in),
            "tools": {name: {"then": then, "now": now} for name, (then, now) in self.tools.items()},
        }


def question(database: Database, run: str) -> KeptQuestion:
    """What the run with the id ``run`` asked. Raises :class:`StoreError` if its search did not come to its own end."""
    from optplan.result import Result

    with database.reading() as connection:
        row = connection.execute(select(run_rows).where(run_rows.c.id == run)).one()
        if row.stopped:
            limit = json.loads(row.options)["time_limit"]
            raise refusal(f"replay-stopped-{row.stopped}", database.place, run=run[:10], seconds=limit)
        columns = connection.execute(select(plans.c.columns).where(plans.c.sha256 == row.plan)).scalar_one()
        lineages = [lineage_of(connection, sha) for sha in json.loads(row.scenarios)]
        plan = asked_again(get(connection, row.plan), columns, lineages)
        if plan is None or plan.sha256 != row.solved_plan:
            raise refusal("replay-other-plan", database.place, run=run[:10])
        made_with, options = json.loads(row.made_with), json.loads(row.options)
        return KeptQuestion(
            run=run,
            plan=plan,
            scenarios=tuple(json.loads(row.scenario_names)),
            terms=Terms(
                encoding.model_from(get(connection, row.model)),
                None if row.reference is None else encoding.schedule_from(get(connection, row.reference)),
                Effort(options["gap"], options.get("quick", False)),
            ),
            before=Result(json.loads(get(connection, row.result))),
            canonical=row.canonical if made_with["canonical_form"] == FORM else None,
            program=made_with["program"],
        )


def answer_again(asked: KeptQuestion, **watching: Any) -> Replay:
    """Solve ``asked`` again. ``watching``: as for :func:`optplan.solve`. A search that is stopped proves nothing."""
    now = asked.terms.solve(asked.plan, asked.scenarios, **watching)
    then = {**asked.before.document["made_with"], "program": asked.program}
    current = {**now.document["made_with"], "program": program()}
    tools = {name: (str(then.get(name)), str(current[name])) for name in current if then.get(name) != current[name]}
    return Replay(asked.run, asked.before, now, tools, asked.canonical)
