"""SCIP through PySCIPOpt, with the parameters that it comes with."""

from __future__ import annotations

from collections.abc import Sequence
from math import isinf
from typing import Any

from pyscipopt import Eventhdlr, Model, quicksum
from pyscipopt.scip import PY_SCIP_EVENTTYPE as SCIP_EVENTTYPE

from benchmarks.program import Affine, Program
from benchmarks.rivals.rival import Answer, Told


class _Listener(Eventhdlr):
    """Says how value and bound move."""

    told: Told
    scale: float
    columns: list[Any]

    def eventinit(self) -> None:
        for kind in (SCIP_EVENTTYPE.BESTSOLFOUND, SCIP_EVENTTYPE.NODESOLVED):
            self.model.catchEvent(kind, self)

    def eventexit(self) -> None:
        for kind in (SCIP_EVENTTYPE.BESTSOLFOUND, SCIP_EVENTTYPE.NODESOLVED):
            self.model.dropEvent(kind, self)

    def eventexec(self, event: Any) -> None:
        model, point = self.model, None
        if event.getType() == SCIP_EVENTTYPE.BESTSOLFOUND:
            best = model.getBestSol()
            point = [model.getSolVal(best, column) for column in self.columns]
        self.told(model.getPrimalbound() / self.scale, model.getDualbound() / self.scale, point=point)


class Scip:
    """A SCIP model with a program in it."""

    def __init__(self, program: Program) -> None:
        self._model = Model()
        self._model.hideOutput()
        self._columns = [
            self._model.addVar(
                name=f"x{number}",
                lb=column.lower,
                ub=None if isinf(column.upper) else column.upper,
                vtype="I" if column.whole else "C",
            )
            for number, column in enumerate(program.columns)
        ]
        for row in program.rows:
            body = quicksum(value * self._columns[column] for column, value in row.entries.items())
            if row.lower == row.upper:
                self._model.addCons(body == row.lower)
                continue
            if not isinf(row.lower):
                self._model.addCons(body >= row.lower)
            if not isinf(row.upper):
                self._model.addCons(body <= row.upper)
        self._listener = _Listener()
        self._listener.columns = self._columns
        self._model.includeEventhdlr(self._listener, "listener", "says how value and bound move")

    def _expression(self, objective: Affine) -> Any:
        entries = objective.entries.items()
        return objective.constant * objective.scale + quicksum(
            value * objective.scale * self._columns[column] for column, value in entries
        )

    def hold(self, objective: Affine, most: float) -> None:
        """A row."""
        self._model.freeTransform()
        self._model.addCons(self._expression(objective) <= most * objective.scale)

    def minimise(
        self, objective: Affine, *, absolute: float, relative: float, start: Sequence[float] | None, seconds: float, told: Told
    ) -> Answer:
        """Branch and cut from ``start``."""
        model, scale = self._model, objective.scale
        self._listener.told, self._listener.scale = told, scale
        model.freeTransform()
        model.setObjective(self._expression(objective), "minimize")
        model.setParam("limits/absgap", absolute * scale)
        model.setParam("limits/gap", relative)
        model.setParam("limits/time", max(seconds, 0.0))
        if start is not None:
            solution = model.createSol()
            for column, value in zip(self._columns, start, strict=True):
                model.setSolVal(solution, column, value)
            model.addSol(solution)
        model.optimize()
        status = model.getStatus()
        if status in {"infeasible", "inforunbd"}:
            return Answer("infeasible")
        best = model.getBestSol() if model.getNSols() else None
        point = None if best is None else [model.getSolVal(best, column) for column in self._columns]
        proven = status in {"optimal", "gaplimit"}
        return Answer("optimal" if proven else "stopped", point, model.getDualbound() / scale)


def make(program: Program) -> Scip:
    """A SCIP with ``program`` in it."""
    return Scip(program)
