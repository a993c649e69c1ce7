"""CBC as PuLP carries and calls it: a process of its own that reads a file, and whose log says how it gets on."""

from __future__ import annotations

import re
import tempfile
import threading
import time
from collections.abc import Sequence
from math import inf, isinf
from pathlib import Path
from typing import Any

import pulp

from benchmarks.program import Affine, Program
from benchmarks.rivals.rival import Answer, Told

POLL = 0.1  # seconds between looks at the log
_NUMBER = r"(-?[\d.]+(?:e[+-]?\d+)?)"
_FOUND = re.compile(
    rf"(?:Integer solution of|MIPStart provided solution with cost|found solution of) {_NUMBER}|best solution {_NUMBER}"
)
_BOUND = re.compile(rf"best possible {_NUMBER}|Continuous objective value is {_NUMBER}|^Lower bound:\s+{_NUMBER}", re.MULTILINE)
_CLOCK = re.compile(r"[(-] ?([\d.]+) seconds")


class Cbc:
    """A program, told to PuLP anew for each objective."""

    def __init__(self, program: Program) -> None:
        self._columns = [
            pulp.LpVariable(
                f"x{number}",
                column.lower,
                None if isinf(column.upper) else column.upper,
                "Integer" if column.whole else "Continuous",
            )
            for number, column in enumerate(program.columns)
        ]
        self._rows: list[Any] = []
        for row in program.rows:
            if row.lower == row.upper:
                self._rows.append(self._body(row.entries) == row.lower)
                continue
            if not isinf(row.lower):
                self._rows.append(self._body(row.entries) >= row.lower)
            if not isinf(row.upper):
                self._rows.append(self._body(row.entries) <= row.upper)

    def _body(self, entries: dict[int, float], scale: float = 1.0) -> Any:
        return pulp.LpAffineExpression([(self._columns[column], value * scale) for column, value in entries.items()])

    def hold(self, objective: Affine, most: float) -> None:
        """A row."""
        self._rows.append(self._body(objective.entries, objective.scale) <= (most - objective.constant) * objective.scale)

    def minimise(
        self, objective: Affine, *, absolute: float, relative: float, start: Sequence[float] | None, seconds: float, told: Told
    ) -> Answer:
        """Branch and cut from ``start``."""
        scale, constant = objective.scale, objective.constant
        problem = pulp.LpProblem("plan", pulp.LpMinimize)
        problem.setObjective(self._body(objective.entries, scale))
        for number, row in enumerate(self._rows):
            problem.addConstraint(row, f"r{number}")
        if start is not None:
            for column, value in zip(self._columns, start, strict=True):
                column.setInitialValue(value, check=False)
        with tempfile.TemporaryDirectory() as folder:
            log = Path(folder) / "cbc.log"
            watch = _Watch(log, told, scale, constant)
            command = pulp.PULP_CBC_CMD(
                msg=False, timeLimit=max(seconds, 1.0), gapAbs=absolute * scale, gapRel=relative,
                warmStart=start is not None, logPath=str(log),
            )  # fmt: skip
            command.tmpDir = folder
            with watch:
                problem.solve(command)
            bound = watch.bound
        if problem.status == pulp.LpStatusInfeasible:
            return Answer("infeasible")
        if problem.sol_status not in {pulp.LpSolutionOptimal, pulp.LpSolutionIntegerFeasible}:
            return Answer("stopped", None, bound)
        point = [column.value() or 0.0 for column in self._columns]
        proven = problem.sol_status == pulp.LpSolutionOptimal
        if proven:  # CBC's log does not name the bound of a search that it ended within the gap
            value = objective.at(point)
            bound = max(bound, value - max(absolute, relative * abs(value)))
        return Answer("optimal" if proven else "stopped", point, bound)


class _Watch:
    """Reads the log as it grows. CBC writes it in large pieces, so the times that stand in it are what counts."""

    def __init__(self, log: Path, told: Told, scale: float, constant: float) -> None:
        self.log, self.told, self.scale, self.constant = log, told, scale, constant
        self.value, self.bound = inf, -inf
        self._read, self._rest, self._began, self._clock = 0, "", time.monotonic(), 0.0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._follow, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _follow(self) -> None:
        while not self.log.exists() and not self._done.wait(POLL / 10):
            self._began = time.monotonic()
        while not self._done.wait(POLL):
            self._look()
        self._look()

    def _look(self) -> None:
        if not self.log.exists():
            return
        with self.log.open(encoding="utf-8", errors="replace") as stream:
            stream.seek(self._read)
            *lines, self._rest = (self._rest + stream.read()).split("\n")
            self._read = stream.tell()
        for line in lines:
            self._line(line)

    def _line(self, line: str) -> None:
        before = self.value, self.bound
        if seconds := _CLOCK.search(line):
            self._clock = float(seconds[1])
        for found in _FOUND.finditer(line):
            self.value = min(self.value, self._number(found))
        for found in _BOUND.finditer(line):
            self.bound = max(self.bound, self._number(found))
        if (self.value, self.bound) != before:
            self.told(self.value, self.bound, max(0.0, time.monotonic() - self._began - self._clock))

    def _number(self, found: re.Match[str]) -> float:
        value = float(next(group for group in found.groups() if group))
        return inf if value > 1e49 else value / self.scale + self.constant


def make(program: Program) -> Cbc:
    """CBC with ``program`` to solve."""
    return Cbc(program)
