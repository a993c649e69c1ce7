"""What is wrong with a scenario: in which file, in which of its changes, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from optplan.language import find, text
from optplan.scenarios.scenario import Change, Scenario
from optplan.tables.findings import Finding, Place


@dataclass(frozen=True)
class ScenarioFinding(Finding):
    """A finding about a scenario file. ``change`` counts its changes from 1; ``None``: the file as a whole.

    ``cause`` is the finding about the plan's own row ``cause.place`` that the change brought about, if that is the fault.
    """

    change: int | None = None
    cause: Finding | None = None

    def message(self, language: str | None = None) -> str:
        """The finding in words, from the catalogue ``scenarios.ftl`` or, if it is about a cell or a rule, ``findings.ftl``."""
        if self.cause is not None:
            said = text("scenarios", "once-applied", language, place=self.cause.place, problem=self.cause.message(language))
        else:
            said = find("scenarios", self.code, language, **self.values) or super().message(language)
        return said if self.change is None else text("scenarios", "in-change", language, number=self.change, problem=said)


@dataclass(frozen=True)
class Step:
    """A change with its place: number ``number`` (from 1) of ``scenario``."""

    scenario: Scenario
    number: int
    change: Change

    @property
    def mark(self) -> str:
        """What a changed row says of where its figures are from; the same in every language, for it is part of the plan."""
        return f"{self.scenario.title} [{self.scenario.name}:{self.number}]"

    def place(self, column: str | None = None) -> Place:
        """The line of the scenario file on which the change begins."""
        lines = self.scenario.lines
        line = lines[self.number - 1] if self.number <= len(lines) else None
        return Place(self.scenario.file or self.scenario.name, self.change.table, line, column)

    def error(self, code: str, at: str | None = None, /, **values: Any) -> ScenarioFinding:
        """Something wrong with this change, in its column ``at``."""
        return ScenarioFinding("error", code, self.place(at), {"column": at, **values}, self.number)

    def brought(self, finding: Finding, *, own_row: bool) -> ScenarioFinding:
        """A finding of the patched plan that this change brought about, in a row that it wrote or (not ``own_row``) elsewhere."""
        column, cause = (finding.place.column, None) if own_row else (None, finding)
        return ScenarioFinding(finding.severity, finding.code, self.place(column), finding.values, self.number, cause)


def steps_of(scenario: Scenario) -> list[Step]:
    """The changes of one scenario, without its parents'."""
    return [Step(scenario, number, change) for number, change in enumerate(scenario.changes, start=1)]
