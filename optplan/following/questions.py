"""What can still be reached at the most: one target, standard or class of teams by itself, whatever becomes of the others.

Each question is the plan with other weights, so that its answer is a sealed schedule under the same rules, with a proven bound.
They are alike, and asked of one :class:`~optplan.solving.session.Session` in a process of its own.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from types import TracebackType
from typing import TYPE_CHECKING, Any

from optplan.decision_model import ARITHMETIC, Criterion, DecisionModel
from optplan.plan import Plan
from optplan.tables.content import Tables
from optplan.tables.findings import PlanError

if TYPE_CHECKING:
    from optplan.result import Result

SECONDS = 60.0  # that one question may take


@dataclass(frozen=True)
class Answer:
    """``least``: no plan has less of the criterion, proven. ``value``: the sealed ``result`` has so much.

    ``feasible`` is false where it is proven that no plan keeps to the rules.
    """

    value: Fraction | None
    least: Fraction
    feasible: bool
    result: Result | None


def model_of(criterion: str) -> DecisionModel:
    """The decision model that minimises one criterion to the solver's arithmetic."""
    return DecisionModel(name=f"only-{criterion}", title=criterion, criteria=(Criterion.model_validate({"name": criterion}),))


class Questions:
    """Questions about what ``plan`` can still reach, each of ``seconds`` at most; with 0, and once ``cancel`` is set, they are
    left open.

    Use it as a context: its process ends with it.
    """

    def __init__(self, plan: Plan, seconds: float = SECONDS, cancel: threading.Event | None = None) -> None:
        self.plan, self.seconds, self._cancel = plan, seconds, cancel
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Questions:
        return self

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None) -> None:
        self._end()

    def target(self, target: str, more: Mapping[str, Iterable[Mapping[str, Any]]] | None = None) -> Answer:
        """The least that ``target`` can fall short of its total, in its units; ``more`` rows are added to their tables."""
        rows = [{**row.values, "weight": int(row["target"] == target)} for row in self.plan.tables["targets"]]
        total = next(each.total for each in self.plan.targets if each.target == target)
        answer = self._answer({"targets": rows} | self._with_more(more), "target_shortfall")
        return Answer(
            None if answer.value is None else answer.value * total, answer.least * total, answer.feasible, answer.result
        )

    def standard(self, standard: str) -> Answer:
        """The least share that the worst county can lack of ``standard`` in the last year."""
        rows = [{**row.values, "weight": int(row["standard"] == standard)} for row in self.plan.tables["standards"]]
        return self._answer({"standards": [*rows, *self._weightless(standard)], "plan": self._staffing(0)}, "worst_county")

    def teams(self, team_class: str, *, relaxed: bool = False) -> Answer:
        """The least share of a county's teams that can be below their standard in the last year, those of ``team_class`` alone.

        Teams of other classes are taken out of the count: their standard is nobody. Those of projects still count until these
        open; ``relaxed`` lets them be without, so that the bound speaks of the class alone and the schedule of nothing.
        """
        rows = [{**row.values, "weight": 0} for row in self.plan.tables["standards"]]
        teams = [
            dict(row.values)
            if row["class"] == team_class
            else {name: value for name, value in row.values.items() if not (relaxed and name == "project")} | {"min_staff": 0}
            for row in self.plan.tables["teams"]
        ]
        changes = {"standards": [*rows, *self._weightless()], "teams": teams, "plan": self._staffing(1)}
        return self._answer({name: rows for name, rows in changes.items() if rows}, "worst_county")

    def _weightless(self, standard: str | None = None) -> list[dict[str, Any]]:
        """Rows that take the weight from standards which only projects need, but for ``standard``."""
        first, known = self.plan.first_year, {(row["standard"], row["county"]) for row in self.plan.tables["standards"]}
        group = {row["standard"]: row["group"] for row in self.plan.tables["standards"]}
        return [
            {"standard": name, "group": group[name], "county": county, "from_year": first, "required": 0, "weight": 0}
            for name, county in self.plan.project_needs
            if (name, county) not in known and name != standard
        ]

    def _staffing(self, weight: int) -> list[dict[str, Any]]:
        rows = [dict(row.values) for row in self.plan.tables["plan"] if row["key"] != "staffing_weight"]
        return [*rows, {"key": "staffing_weight", "value": str(weight)}]

    def _with_more(self, more: Mapping[str, Iterable[Mapping[str, Any]]] | None) -> dict[str, list[dict[str, Any]]]:
        replaced = {"projects": "project"}  # rows of these tables take the place of those with the same key
        found = {}
        for name, rows in (more or {}).items():
            new = [dict(row) for row in rows]
            key = replaced.get(name)
            gone = {row[key] for row in new} if key else set()
            found[name] = [dict(row.values) for row in self.plan.tables[name] if not key or row[key] not in gone] + new
        return found

    def _answer(self, changes: Mapping[str, Any], criterion: str) -> Answer:
        if not self.seconds or (self._cancel is not None and self._cancel.is_set()):
            return Answer(None, Fraction(0), True, None)
        try:
            asked = self.plan.with_changes(changes)
        except PlanError:  # what is known before solving: no plan keeps to these rules
            return Answer(None, Fraction(0), False, None)
        result = self._result(asked.tables, criterion)
        if result is None:
            return Answer(None, Fraction(0), True, None)
        if not result.has_schedule:
            return Answer(None, Fraction(0), result.status != "infeasible", None)
        entry = result.document["criteria"][0]
        least = Fraction(Decimal(str(entry["bound"]))) - ARITHMETIC
        return Answer(Fraction(Decimal(str(entry["in_plan"]))), max(Fraction(0), least), True, result)

    def _end(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.communicate()
            self._child = None

    def _result(self, tables: Tables, criterion: str) -> Result | None:
        """The answer of the process that answers, which is started with the first question; ``None``: it died of this one."""
        from optplan.result import Result

        if self._child is None:
            command = [sys.executable, "-m", "optplan.following.question_process"]
            self._child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        try:
            pickle.dump((tables, criterion, self.seconds), self._child.stdin)
            self._child.stdin.flush()
            return Result(pickle.load(self._child.stdout))
        except (EOFError, OSError, pickle.UnpicklingError):
            self._end()
            return None
