"""What an answer carries (model.md §5), as data: its sections, its tables, its seal (interface.md, "A result file")."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from optplan.audit import Audit
from optplan.document.file import tables_within
from optplan.document.schema import SECTIONS
from optplan.document.seal import number_of
from optplan.schedule import Schedule, from_yuan, in_yuan
from optplan.tables.content import Tables
from optplan.tables.values import written

if TYPE_CHECKING:
    import pandas as pd

FORMAT = 1


class ResultDocument:
    """An answer as data: its status, what is proven of it, its schedule. ``document`` is the JSON content.

    The tables (``schedule``, ``payments``, …) are pandas DataFrames with the columns of the result file; amounts of money
    are :class:`~decimal.Decimal` in the plan's currency unit.
    """

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self._read: tuple[Any, Tables] | None = None  # the inputs and what was read of them

    def __getstate__(self) -> dict[str, Any]:
        """Without the tables: whoever receives the result reads what has arrived."""
        return {**self.__dict__, "_read": None}

    @property
    def status(self) -> str:
        """``optimal``, ``feasible``, ``infeasible`` or ``unknown``."""
        return str(self.document["status"])

    @property
    def has_schedule(self) -> bool:
        """Whether there is a sealed schedule; without one there is nothing to show."""
        return self.document["seal"] is not None

    @property
    def plan_sha256(self) -> str:
        """The hash of the plan that was solved."""
        return str(self.document["plan"]["sha256"])

    def _frame(self, section: str) -> pd.DataFrame:
        import pandas as pd

        names, amounts = SECTIONS[section].names, SECTIONS[section].amounts
        rows = [{c: Decimal(entry[c]) if c in amounts else entry[c] for c in names} for entry in self.document.get(section, ())]
        return pd.DataFrame(rows, columns=list(names))

    @property
    def criteria(self) -> pd.DataFrame:
        """Each criterion in its order: value reached, proven bound, gap, seconds, tolerance, value in the plan."""
        return self._frame("criteria")

    @property
    def schedule(self) -> pd.DataFrame:
        """Units by item, county and year."""
        return self._frame("schedule")

    @property
    def teams(self) -> pd.DataFrame:
        """Hires, staff and whether the standard is met, by team and year."""
        return self._frame("teams")

    @property
    def projects(self) -> pd.DataFrame:
        """Start and opening of each project."""
        return self._frame("projects")

    @property
    def payments(self) -> pd.DataFrame:
        """Amounts by fund, county, year and class."""
        return self._frame("payments")

    @property
    def requests(self) -> pd.DataFrame:
        """Amounts asked beyond the funds, by county, year and class."""
        return self._frame("requests")

    @property
    def targets(self) -> pd.DataFrame:
        """Delivered, total and shortfall of each target."""
        return self._frame("targets")

    @property
    def gaps(self) -> pd.DataFrame:
        """What each county lacks of each standard, by year."""
        return self._frame("gaps")

    @property
    def costs(self) -> pd.DataFrame:
        """Capital and recurrent cost by county and year."""
        return self._frame("costs")

    @property
    def purposes(self) -> pd.DataFrame:
        """Where money is told apart by purpose, what each fund (blank: a request) pays for each."""
        return self._frame("purposes")

    @property
    def loans(self) -> pd.DataFrame:
        """What each county borrows in a year, what each of the years after costs it, and what remains after the plan."""
        return self._frame("loans")

    @property
    def commitments(self) -> pd.DataFrame:
        """What falls due after the plan's last year."""
        return self._frame("commitments")

    @property
    def balances(self) -> pd.DataFrame:
        """Amount, carry-over, spending and lapse of each fund, by county (blank: a pool) and year."""
        return self._frame("balances")

    def to_schedule(self) -> Schedule:
        """The schedule as plain data."""
        return schedule_within(self.document)

    def text(self) -> str:
        """The result file's text, the same for the same result."""
        return json.dumps(self.document, ensure_ascii=False, indent=1, default=number_of) + "\n"

    def tables(self) -> Tables:
        """The plan's tables as they were solved, read once."""
        inputs, known = self.document["inputs"], self._read
        if known is None or known[0] is not inputs:
            self._read = known = (inputs, tables_within(self.document))
        return known[1]


def quantity_of(value: Fraction | Decimal) -> int | float:
    """A quantity as a JSON number."""
    exact = Fraction(value)
    return exact.numerator if exact.denominator == 1 else float(exact)


def _entries(section: str, rows: Iterable[Sequence[Any]]) -> list[dict[str, Any]]:
    """Rows of a section, each in the order of its columns, with money in yuan."""
    names, amounts = SECTIONS[section].names, SECTIONS[section].amounts
    return [
        {name: str(from_yuan(int(value))) if name in amounts else value for name, value in zip(names, row, strict=True)}
        for row in rows
    ]


def _decided(decided: Mapping[Any, Any]) -> list[Sequence[Any]]:
    """Decisions as rows; those of nothing are none."""
    return [(*key, value) for key, value in sorted(decided.items()) if value]


def _told(section: str, rows: Iterable[Mapping[str, Any]]) -> list[Sequence[Any]]:
    return [[row[name] for name in SECTIONS[section].names] for row in rows]


def sections_of(schedule: Schedule, checked: Audit) -> dict[str, Any]:
    """The schedule and everything that follows from it."""
    deliveries = {key: quantity_of(quantity) for key, quantity in schedule.deliveries.items()}
    seldom = {"purposes": _decided(schedule.purposes), "loans": _told("loans", checked.loans)}
    rows: dict[str, Iterable[Sequence[Any]]] = {
        **{section: found for section, found in seldom.items() if found},
        "schedule": _decided(deliveries),
        "teams": ((*key, *found) for key, found in sorted(checked.teams.items())),
        "projects": ((project, *found) for project, found in sorted(checked.projects.items())),
        "payments": _decided(schedule.payments),
        "requests": _decided(schedule.requests),
        "targets": ((target, *map(quantity_of, found)) for target, found in sorted(checked.targets.items())),
        "gaps": ((*key, *map(quantity_of, found[:3])) for key, found in sorted(checked.gaps.items()) if found[2]),
        "costs": ((*key, *found) for key, found in sorted(checked.costs.items())),
        "balances": _told("balances", checked.balances),
        "commitments": _told("commitments", checked.commitments),
    }
    return {section: _entries(section, found) for section, found in rows.items()}


def inputs_of(tables: Tables) -> dict[str, Any]:
    """The tables as they go into a result file, so that it can be shown and compared without the plan."""
    return {
        name: {
            "columns": [column.name for column in rows[0].table.columns],
            "rows": [[written(row.values.get(column.name)) for column in row.table.columns] for row in rows],
        }
        for name in tables
        if (rows := tables[name])
    }


def schedule_within(document: Mapping[str, Any]) -> Schedule:
    """The decisions of a result document."""

    def decided(section: str, figure: str) -> Iterator[tuple[Any, Any]]:
        keys = SECTIONS[section].keys
        return ((tuple(entry[key] for key in keys), entry[figure]) for entry in document.get(section, ()))

    def paid(section: str) -> dict[Any, int]:
        return {key: in_yuan(Decimal(amount)) for key, amount in decided(section, "amount")}

    return Schedule(
        {key: Decimal(str(quantity)) for key, quantity in decided("schedule", "quantity")},
        {key: hires for key, hires in decided("teams", "hires") if hires},
        {project: start for (project,), start in decided("projects", "start")},
        paid("payments"),
        paid("requests"),
        paid("purposes"),
    )
