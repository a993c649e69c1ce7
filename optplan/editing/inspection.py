"""What is wrong with a draft, cell by cell: the findings that ``optplan check`` has of the plan it makes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from optplan.editing.draft import Draft, applied
from optplan.editing.edited_rows import Record, records_of
from optplan.language import current_language, speaking
from optplan.plan.checks import check
from optplan.tables import tables_from
from optplan.tables.content import Tables
from optplan.tables.declarations import TABLES
from optplan.tables.findings import Finding
from optplan.tables.labels import column_label, table_label
from optplan.tables.names import Names
from optplan.tables.year_labels import calling_years_of


@dataclass(frozen=True)
class Said:
    """A finding with its place as people know it. ``at``: the position of the row in the edited table, from 0.

    ``table`` is empty for a finding about no table, ``at`` is ``None`` for one about a whole table, ``column`` empty for one
    about a whole row.
    """

    finding: Finding
    table: str
    at: int | None
    row_name: str
    column: str
    message: str

    @property
    def stops(self) -> bool:
        """Whether nothing can be solved until this is mended."""
        return self.finding.severity == "error"

    @property
    def place(self) -> str:
        """Table, row and column in words."""
        if self.table not in TABLES:
            return self.finding.place.table or ""
        table = TABLES[self.table]
        label = column_label(table, table.column(self.column)) if self.column in table.by_name else self.column
        return " · ".join(part for part in (table_label(table), self.row_name, label) if part)


@dataclass(frozen=True)
class Inspection:
    """The tables that a draft makes, as far as they can be read, and everything found in them, errors first."""

    tables: Tables
    found: tuple[Said, ...]

    @property
    def stops(self) -> bool:
        """Whether nothing can be solved."""
        return any(said.stops for said in self.found)

    def of_row(self, table: str, at: int) -> list[Said]:
        """What is said of a row."""
        return [said for said in self.found if said.table == table and said.at == at]


def inspect(base: Tables, draft: Draft, language: str | None = None, title: str = "draft") -> Inspection:
    """Check the plan that the draft makes of ``base``, unread entries included, each finding at its row and column."""
    language = language or current_language()
    names_of = sorted({change.table for change in draft.asked} | {entry.table for entry in draft.unread})
    records = {name: records_of(base, draft, name, title) for name in names_of}
    tables, findings = tables_from({name: [record.cells for record in some] for name, some in records.items()}, base)
    if not any(finding.severity == "error" for finding in findings):
        findings += check(tables)
    _, refused = applied(base, draft.changes, title)
    with speaking(language), calling_years_of(tables):
        names = Names(tables, language)
        numbered = {name: {row.number: at for at, row in enumerate(base[name])} for name in TABLES if name not in records}
        found = [_said(finding, tables, records, numbered, names) for finding in (*refused, *findings)]
    return Inspection(tables, tuple(sorted(found, key=lambda said: not said.stops)))


def _said(
    finding: Finding,
    tables: Tables,
    records: dict[str, tuple[Record, ...]],
    numbered: dict[str, dict[int | None, int]],
    names: Names,
) -> Said:
    place = finding.place
    table = place.table or (place.file if place.file in TABLES else "")
    values = names.in_words(finding.values)
    if table in TABLES and values.get("column") in TABLES[table].by_name:
        values["column"] = column_label(TABLES[table], TABLES[table].column(values["column"]))
    message = replace(finding, values=values).message(names.language)
    if table not in TABLES or place.row is None or hasattr(finding, "change"):
        return Said(finding, table, None, "", place.column or "", message)
    if table in records:
        at: int | None = place.row - 2 if 0 <= place.row - 2 < len(records[table]) else None
    else:
        at = numbered[table].get(place.row)
    return Said(finding, table, at, row_name(tables, table, place.row, names), place.column or "", message)


def row_name(tables: Tables, table: str, number: int, names: Names) -> str:
    """What people call the row of ``table`` that is counted as ``number``."""
    row = next((row for row in tables[table] if row.number == number), None)
    return "" if row is None else names.row(TABLES[table], row.values)
