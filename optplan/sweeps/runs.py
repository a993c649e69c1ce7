"""What a sweep ends with: its runs, and the table of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from optplan.decision_model import SETTLED
from optplan.figures.proven import outcome
from optplan.language import current_language, text
from optplan.sweeps.design import SweepDesign, number_of, shown
from optplan.sweeps.points import Point
from optplan.sweeps.table import columns_of
from optplan.tables.units import currency_name

if TYPE_CHECKING:
    import pandas as pd

    from optplan.decision_model import DecisionModel
    from optplan.result import Result
    from optplan.tables.content import Tables

FAILED, WAITING = "failed", "waiting"


@dataclass(frozen=True)
class SweepRun:
    """A point with what came of it.

    ``status`` is that of the result, or ``failed`` (for good), or ``waiting`` (the sweep was stopped before). ``figures`` are
    the cells of its row that speak of the result, ``proven`` the criteria that were proven. ``run`` is the id in the store,
    empty without one; ``reused``: it was there.
    """

    point: Point
    status: str
    plan_sha256: str
    figures: Mapping[str, Any] = field(default_factory=dict, repr=False)
    proven: frozenset[str] = frozenset()
    failure: str = ""
    detail: str = ""
    run: str = ""
    reused: bool = False
    _document: Mapping[str, Any] | None = field(default=None, repr=False)

    @property
    def result(self) -> Result | None:
        """The result, if there is one at hand; runs that are in a store are opened from there (``store.open(run.run)``)."""
        from optplan.result import Result

        return None if self._document is None else Result(dict(self._document))

    def status_words(self, language: str | None = None) -> str:
        """How the point ended, in words."""
        return outcome(self.status, language)

    def note(self, language: str | None = None) -> str:
        """Why there is no result, or not the one that was asked for; empty if all is well."""
        if self.failure:
            return text("sweep", self.failure, language, detail=self.detail)
        return "" if self.status in SETTLED else text("sweep", f"note-{self.status}", language)


@dataclass(frozen=True)
class Runs:
    """A sweep with a run for each point, in the order of the file."""

    design: SweepDesign
    tables: Tables
    model: DecisionModel
    runs: tuple[SweepRun, ...]

    @property
    def plan_title(self) -> str:
        """The title of the plan that was swept."""
        return str(self.tables.setting("title") or "")

    @property
    def plan_sha256(self) -> str:
        """The hash of the plan before any scenario."""
        return self.tables.sha256

    @property
    def currency(self) -> str:
        """The plan's currency unit."""
        return currency_name(self.tables)

    @property
    def complete(self) -> bool:
        """Whether every point was solved, as far as it could be."""
        return not any(run.status == WAITING for run in self.runs)

    @property
    def table(self) -> pd.DataFrame:
        """A row a point: its number, the values of the axes (or the scenario), status, figures, a note, the run's id.

        ``<criterion>`` is its value in the plan, ``<criterion>_bound`` what it certainly cannot fall below; ``total_cost``
        (of all years, not discounted), ``spent_<fund>`` and ``requested`` are Decimal in the plan's currency unit;
        ``delivered_<target>`` and ``shortfall_<target>`` are in the target's unit. Cells are blank where there is no plan.
        Nothing in it but the run's id depends on when, in which order or on how many cores the points were solved.
        """
        import pandas as pd

        rows = [self._row(run) for run in self.runs]
        names = [axis.name for axis in self.design.axis] or ["scenario"]
        figures = [run.figures for run in self.runs]
        columns = columns_of(figures, ["point", *names, "status"], ["note", "run"])
        cells = {column: [row.get(column) for row in rows] for column in columns}
        return pd.DataFrame({column: pd.Series(values, dtype=_type(column, values)) for column, values in cells.items()})

    def _row(self, run: SweepRun) -> dict[str, Any]:
        language = current_language()
        row: dict[str, Any] = {"point": run.point.number}
        for axis in self.design.axis:
            value = run.point.values[axis.name]
            row[axis.name] = _float(value) if axis.numeric else shown(value)
        if not self.design.axis:
            row["scenario"] = run.point.called(language)
        return {**row, "status": run.status, **run.figures, "note": run.note(language), "run": run.run}


def _float(value: Any) -> float:
    number = number_of(value)
    assert number is not None
    return float(number)


def _type(column: str, values: list[Any]) -> str:
    """Numbers as numbers, money and text as they are."""
    if column == "point":
        return "int64"
    given = [value for value in values if value is not None]
    return "float64" if given and all(isinstance(value, (int, float)) for value in given) else "object"
