"""The lines of a quarter's form that were filled in, as rows to enter, and what is wrong with them at which cell."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from optplan.language import LANGUAGES, speaking
from optplan.office.unentered import Cells
from optplan.records import Admission, RecordError, Records
from optplan.records.declaration import RECORDS, SPENDING
from optplan.records.findings import unreadable
from optplan.tables.content import Row
from optplan.tables.findings import Finding, Place, error
from optplan.tables.values import BadValue, parse
from optplan.workbook.record_form import FormSheet, Layout, Line

MOST_OFFERED = 6  # purposes that are named to who typed another


class FilledLines:
    """What stands in a sheet of a form: ``typed`` by line and column."""

    def __init__(self, layout: Layout, sheet: FormSheet, typed: Cells) -> None:
        self.layout, self.sheet, self.typed = layout, sheet, typed

    def rows(self) -> list[Row]:
        """The rows to enter. Raises :class:`RecordError` for cells that cannot be read, each by what its line is about."""
        rows, findings = self._read
        if findings:
            raise RecordError(findings)
        return rows

    def wrong(self, admission: Admission, records: Records) -> dict[str, dict[str, str]]:
        """Why which cells cannot be kept as they are, by line and column; what cannot be read is not called missing too."""
        rows, findings = self._read
        found: dict[str, dict[str, str]] = {}
        for each in (*findings, *admission.faults(rows, records, findings)):
            if each.place.row is not None:
                line = self.sheet.lines[each.place.row]
                found.setdefault(line.key, {}).setdefault(self._shown_at(each), each.message())
        return found

    def _shown_at(self, finding: Finding) -> str:
        """The column of a finding; what is wrong with what is printed shows where something was typed."""
        size = "amount" if "amount" in self.sheet.columns else "quantity"
        named = next((name for name in self.sheet.columns if self.sheet.label(name) == finding.place.column), None)
        column = named or finding.place.column or size
        return column if column in self.sheet.columns else size

    @cached_property
    def _read(self) -> tuple[list[Row], list[Finding]]:
        rows: list[Row] = []
        findings: list[Finding] = []
        for at, line in enumerate(self.sheet.lines):
            cells = {name: text for (key, name), text in self.typed.items() if key == line.key and text}
            if cells:
                values = self._values(at, line, cells, findings)
                told = {
                    "county": self.layout.county, "year": self.layout.year, "quarter": str(self.layout.quarter),
                    **line.cells, **values,
                }  # fmt: skip
                about = str(line.printed.get("what", ""))
                rows.append(Row(RECORDS, {name: value for name, value in told.items() if value is not None}, at, about))
        return rows, findings

    def _values(self, at: int, line: Line, cells: dict[str, str], findings: list[Finding]) -> dict[str, Any]:
        money = line.cells["kind"] == SPENDING
        about = str(line.printed.get("what", ""))
        size = "amount" if money else "quantity"

        def place(name: str) -> Place:
            return Place(about, RECORDS.name, at, self.sheet.label(name))

        values = dict[str, Any]()
        for name, text in cells.items():
            if name == "purpose":
                offered = self._purposes.get(text)
                if offered is None:
                    offers = (*list(self.sheet.purposes)[:MOST_OFFERED], "…")
                    findings.append(error("cell-choice", place(name), value=text, choices=offers))
                values.update(offered or {})
                continue
            column = "amount" if money and name == "quantity" else name
            try:
                values[column] = parse(text, RECORDS.column(column))
            except BadValue as problem:
                findings.append(unreadable(error(problem.code, place(name), **problem.values)))
        if size not in values and not any(each.place.row == at for each in findings):
            shown = "amount" if "amount" in self.sheet.columns else "quantity"
            findings.append(error("cell-blank", place(shown), column=self.sheet.label(shown)))
        elif line.key.startswith("corrects:") and not values.get("note"):
            findings.append(error("cell-blank", place("note"), column=self.sheet.label("note")))
        return values

    @cached_property
    def _purposes(self) -> Mapping[str, Mapping[str, Any]]:
        """What money may be for, by its name in any language: who chose one may read another by now."""
        found: dict[str, Mapping[str, Any]] = {}
        layout = self.layout
        for language in LANGUAGES:
            with speaking(language):
                own = Layout(layout.tables, layout.county, layout.year, layout.quarter, layout.records, layout.adopted)
            found |= next(each.purposes for each in own.sheets if each.name == self.sheet.name)
        return found
