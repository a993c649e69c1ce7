"""One thing that happened, as somebody entered it; and the entry that the city has confirmed a quarter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from optplan.records.declaration import CONFIRMATION, RECORDS
from optplan.records.findings import RecordError, unreadable
from optplan.tables.content import Row
from optplan.tables.findings import Place, error
from optplan.tables.schema import Kind
from optplan.tables.values import BadValue, parse, written


@dataclass(frozen=True)
class Record:
    """An entry of the ledger. It is never changed: what was wrong is put right by an entry that ``corrects`` it, and says the
    whole anew.

    ``number``: 1, 2, … in the order in which entries were kept. ``kind`` and the columns that it fills: see
    :mod:`optplan.records.declaration`. ``quantity``: units, people, or 1 for a project; 0 in a correction takes an entry back.
    ``amount``: money in the plan's currency unit. ``spending_class``: ``capital`` or ``recurrent``. ``document``: the number of
    the paper that shows it. ``form``: the form and its row that it was read from. ``who`` entered it, and when (``at``, UTC).
    """

    number: int
    kind: str
    county: str
    year: int
    quarter: int
    date: date | None = None
    item: str | None = None
    team: str | None = None
    project: str | None = None
    fund: str | None = None
    spending_class: str | None = None
    quantity: Decimal | None = None
    amount: Decimal | None = None
    source: str = ""
    document: str = ""
    basis: str = "statistics"
    corrects: int | None = None
    note: str = ""
    form: str = ""
    who: str = ""
    at: str = ""

    @property
    def period(self) -> tuple[str, int, int]:
        """County, year and quarter."""
        return self.county, self.year, self.quarter

    @property
    def is_confirmation(self) -> bool:
        """Whether it says that a quarter is confirmed, rather than what happened."""
        return self.kind == CONFIRMATION

    @property
    def what(self) -> tuple[str | None, ...]:
        """What it speaks of: item, team, project, fund and class."""
        return self.item, self.team, self.project, self.fund, self.spending_class

    @property
    def size(self) -> Decimal:
        """How much: the amount of spending, else the quantity."""
        return (self.amount if self.kind == "spending" else self.quantity) or Decimal(0)

    @property
    def told(self) -> tuple[Any, ...]:
        """What it says happened, and on what paper: two entries that tell the same are one thing entered twice."""
        return self.kind, *self.period, self.date, *self.what, self.size, self.source, self.document

    @property
    def cells(self) -> dict[str, Any]:
        """The typed cells by column of :data:`RECORDS`, blank ones left out."""
        values = {("class" if name == "spending_class" else name): value for name, value in asdict(self).items()}
        values["quarter"] = str(self.quarter)
        return {name: values[name] for name in RECORDS.by_name if values[name] not in {None, ""}}

    @property
    def texts(self) -> dict[str, str]:
        """The cells as a CSV file has them."""
        return {name: written(value) for name, value in self.cells.items()}

    def as_dict(self) -> dict[str, Any]:
        """The record as ``--json`` prints it: money and quantities as decimal strings, years and numbers as numbers."""
        numbers = {"number", "year", "quarter", "corrects"}
        return {name: int(cell) if name in numbers else cell for name, cell in self.texts.items()}


def record_of(cells: Mapping[str, Any]) -> Record:
    """The record with these typed cells, as :attr:`Record.cells` gives them."""
    given = {("spending_class" if name == "class" else name): value for name, value in cells.items() if value is not None}
    return Record(**{**given, "quarter": int(given["quarter"])})


def record_from_texts(cells: Mapping[str, Any]) -> Record:
    """The record whose cells were written as :attr:`Record.texts` gives them."""
    given = {name: text for name, text in cells.items() if text not in {None, ""}}
    words = {name for name in given if RECORDS.column(name).kind is Kind.TEXT}  # as they were kept, whatever they are
    return record_of({name: text if name in words else parse(text, RECORDS.column(name)) for name, text in given.items()})


def draft(cells: Mapping[str, Any], number: int | None = None, file: str = "") -> Row:
    """A row to be entered, from typed cells or texts. Raises :class:`~optplan.tables.values.BadValue` for what cannot be read."""
    typed = {name: parse(value, RECORDS.column(name)) if isinstance(value, str) else value for name, value in cells.items()}
    return Row(RECORDS, {name: value for name, value in typed.items() if value is not None}, number, file)


def drafted(cells: Mapping[str, str], origin: str = "") -> Row:
    """A row to be entered, from what a person typed into ``origin``. Raises :class:`RecordError`, a finding for each cell."""
    values, findings = {}, []
    for name, typed in cells.items():
        try:
            values[name] = parse(typed, RECORDS.column(name))
        except BadValue as problem:
            findings.append(unreadable(error(problem.code, Place(origin, RECORDS.name, column=name), **problem.values)))
    if findings:
        raise RecordError(findings)
    return Row(RECORDS, {name: value for name, value in values.items() if value is not None}, file=origin)
