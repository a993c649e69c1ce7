"""What a person has changed so far: changes that can be made, and what was typed that is no value yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from optplan.scenarios import Add, Change, Set
from optplan.scenarios.findings import ScenarioFinding, Step
from optplan.scenarios.patch import Patch
from optplan.scenarios.scenario import Scenario
from optplan.tables.content import Tables
from optplan.tables.declarations import TABLES
from optplan.tables.values import written

Key = tuple[Any, ...]


@dataclass(frozen=True)
class Unread:
    """Cells of a row of ``table`` that hold what cannot be read, as they were typed.

    ``key`` identifies the row; ``None``: a row that is still being written, with all of its cells.
    """

    table: str
    key: Key | None
    cells: Mapping[str, str] = field(default_factory=dict)

    @property
    def change(self) -> Change | None:
        """The entry as a change that no plan accepts, so that nothing is solved around it; ``None`` for an empty row."""
        if self.key is None:
            typed = {column: cell for column, cell in self.cells.items() if cell}
            return Add(table=self.table, rows=(typed,)) if typed else None
        names = TABLES[self.table].key
        where = {column: written(value) for column, value in zip(names, self.key, strict=True)}
        return Set(table=self.table, where=where, set=dict(self.cells))


@dataclass(frozen=True)
class Draft:
    """A scenario in the making. ``changes`` are made in their order, ``unread`` waits for its writer."""

    changes: tuple[Change, ...] = ()
    unread: tuple[Unread, ...] = ()

    @property
    def asked(self) -> tuple[Change, ...]:
        """Everything that was typed, as changes; with unread entries among them it cannot be applied, and findings say why."""
        return (*self.changes, *(change for entry in self.unread if (change := entry.change) is not None))


def steps(changes: Sequence[Change], title: str = "draft") -> list[Step]:
    """The changes as steps of a scenario called ``title``, which marks the rows that it changes."""
    if not changes:
        return []
    scenario = Scenario(name=title[:100], title=title[:200], changes=tuple(changes))
    return [Step(scenario, number, change) for number, change in enumerate(scenario.changes, start=1)]


def applied(tables: Tables, changes: Sequence[Change], title: str = "draft") -> tuple[Patch, list[ScenarioFinding]]:
    """The tables with ``changes`` written into them, and what is wrong with those that cannot be made, which are passed over."""
    patch = Patch(tables)
    findings = [finding for step in steps(changes, title) for finding in patch.apply(step)]
    return patch, findings
