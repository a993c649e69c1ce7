"""Reading a form that a county sends back: whose it is, whether its printed cells stand as printed, and what was filled in.

Every fault is named at its cell. A form of another plan, county or quarter is refused as a whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from optplan.language import speaking
from optplan.records.declaration import RECORDS, SPENDING
from optplan.records.findings import odd, unreadable, wrong
from optplan.records.record import Record, record_of
from optplan.records.records import Records
from optplan.tables.cells import Formatted
from optplan.tables.content import Row, Tables
from optplan.tables.findings import Finding, Place, error, warning
from optplan.tables.grid import is_blank, letter
from optplan.tables.references import near
from optplan.tables.sheet_cells import SheetCells
from optplan.tables.shown_figures import ShownFigures
from optplan.tables.title_units import without_right_units
from optplan.tables.values import BadValue, parse
from optplan.tables.workbook_archive import UNREADABLE, inspect_workbook
from optplan.tables.workbook_cells import WorkbookCells
from optplan.tables.workbook_reading import title_of
from optplan.tables.xml_values import Broken
from optplan.tables.year_labels import calling_years_of
from optplan.workbook.record_form.identity import HIDDEN, Printed, read_rows
from optplan.workbook.record_form.layout import (
    ENTRIES,
    FIRST_ROW,
    HEADER_ROW,
    FormSheet,
    FormWanted,
    Layout,
    locked_columns,
    printed_text,
    say,
)
from optplan.workbook.record_form.writing import GUIDE_FIRST, GUIDE_ROWS

MUCH = 2  # times what is planned; beyond, a figure is worth a second look
SIZE = {"spending": "amount"}
Read = tuple[list[Row], list[Finding]]


def read_form(path: str | Path, tables: Tables, records: Records, asked: FormWanted | None = None) -> Read:
    """What a county reports in the form at ``path``: rows to be entered, and everything wrong or odd, each at its cell.

    Lines that were read before and are as they were are left out. ``asked``: which county and quarter the form must be of. Errors
    beside other records (a confirmed quarter, the same thing twice) are found when the rows are entered.
    """
    path = Path(path)
    if problem := inspect_workbook(path):
        return [], [problem]
    try:
        with WorkbookCells(path) as book:
            titles = [title_of(title) for title in book.titles]
            if HIDDEN not in titles:
                return [], [wrong("form-not-a-form", Place(str(path)))]
            told = read_rows(line.cells for line in book.sheet(titles.index(HIDDEN)).lines)
            if told is None:
                return [], [wrong("form-damaged", Place(str(path), sheet=HIDDEN, cell="A1"))]
            sheets = [book.sheet(number) for number in range(len(titles))]
    except Broken as fault:
        return [], [error("workbook-damaged", Place(str(path)), reason=str(fault))]
    except UNREADABLE as fault:
        return [], [error("workbook-damaged", Place(str(path)), reason=type(fault).__name__)]
    with speaking(told.identity.language), calling_years_of(tables):
        form = _Form(path, tables, records, told, {title_of(sheet.title): sheet for sheet in sheets})
        if refused := form.refusals(asked or FormWanted()):
            return [], refused
        form.read()
    return form.rows, form.findings


class _Form:
    def __init__(self, path: Path, tables: Tables, records: Records, told: Printed, sheets: Mapping[str, SheetCells]) -> None:
        self.path, self.tables, self.records, self.told, self.sheets = path, tables, records, told, sheets
        self.rows: list[Row] = []
        self.findings: list[Finding] = []
        self.titles = {"guide": say("sheet-guide")}
        known = {row["county"] for row in tables["counties"]}
        of = told.identity
        self.layout = Layout(tables, of.county, of.year, of.quarter, records) if of.county in known else None
        self.period = say("in-quarter", year=of.year, quarter=str(of.quarter))
        if self.layout is not None:
            self.titles |= {sheet.name: sheet.title for sheet in self.layout.sheets}
        self.before = {entry.form: entry for entry in records if entry.form}

    # -- whose form ----------------------------------------------------------------------------------------------------

    def refusals(self, asked: FormWanted) -> list[Finding]:
        """Why the form is not read at all."""
        of = self.told.identity
        at = {name: self._guide(row) for row, name in enumerate(GUIDE_ROWS, start=GUIDE_FIRST)}
        found: list[Finding] = []
        if self.layout is None or of.sha256 != self.tables.sha256:
            found.append(wrong("form-other-plan", at["plan"], title=of.title))
        if asked.county not in {None, of.county}:
            found.append(wrong("form-other-county", at["county"], county=of.county_name))
        if asked.year not in {None, of.year} or asked.quarter not in {None, of.quarter}:
            found.append(wrong("form-other-quarter", at["period"], year=of.year, quarter=of.quarter))
        if of.year <= (self.tables.setting("closed_through") or 0):
            found.append(wrong("record-year-closed", at["period"], year=of.year))
        return found or list(self._guide_changed())

    def _guide(self, row: int) -> Place:
        return Place(str(self.path), RECORDS.name, row, None, self.titles["guide"], f"B{row}")

    def _guide_changed(self) -> Iterator[Finding]:
        """What is seen on the guide must be what the form is: a form is not made another county's by typing its name."""
        of = self.told.identity
        sheet = self.sheets.get(self.titles["guide"])
        if sheet is None:
            yield wrong("form-sheet-missing", Place(str(self.path)), sheet=self.titles["guide"])
            return
        lines = {line.number: line.cells for line in sheet.lines}
        due = (of.title, of.county_name, self.period, of.sha256, of.form)
        for row, wanted in enumerate(due, start=GUIDE_FIRST):
            cells = lines.get(row, ())
            if printed_text(cells[1] if len(cells) > 1 else None) != printed_text(wanted):
                yield wrong("form-guide-changed", self._guide(row), due=wanted)

    # -- what was filled in --------------------------------------------------------------------------------------------

    def read(self) -> None:
        """Read every sheet."""
        assert self.layout is not None
        for sheet in self.layout.sheets:
            cells = self.sheets.get(sheet.title)
            if cells is None:
                if any(name == sheet.name for name, _ in self.told.lines):
                    self.findings.append(wrong("form-sheet-missing", Place(str(self.path)), sheet=sheet.title))
            else:
                _SheetReading(self, sheet, cells).read()
        known = {title_of(title) for title in (*self.titles.values(), HIDDEN)}
        for title, extra in self.sheets.items():
            if title not in known and extra.lines and not extra.hidden:
                self.findings.append(odd("form-sheet-unknown", Place(str(self.path), sheet=extra.title), sheet=extra.title))


class _SheetReading:
    """One sheet of a form, line by line, each known by its hidden key."""

    def __init__(self, form: _Form, sheet: FormSheet, cells: SheetCells) -> None:
        self.form, self.sheet, self.cells = form, sheet, cells
        self.size = SIZE.get(sheet.name, "quantity")
        self.lines = {line.key: line for line in sheet.lines}
        self.printed = {key: texts for (name, key), texts in form.told.lines.items() if name == sheet.name}
        self.letters = {column: letter(at) for at, column in enumerate(sheet.columns)}
        self.letters |= {"team": self.letters.get("what", "A"), "item": self.letters.get("what", "A")}
        self.letters |= {"project": self.letters.get("what", "A"), "corrects": self.letters.get("number", "A")}
        self.letters |= {"fund": self.letters.get("what", "A"), "class": self.letters.get("about", "A")}
        self.letters["kind"] = self.letters.get("about", "A")
        self.shown = ShownFigures()

    def place(self, row: int, column: str) -> Place:
        """The cell of a column in a row."""
        cell = f"{self.letters[column]}{row}"
        return Place(str(self.form.path), RECORDS.name, row, column, self.cells.title, cell)

    def read(self) -> None:
        """Read the lines that were filled in; say what is wrong with the others."""
        at = {line.number: line for line in self.cells.lines}
        found = self.form.findings
        found += self._headers(at[HEADER_ROW].cells if HEADER_ROW in at else ())
        seen: Counter[str] = Counter()
        for number, line in sorted(at.items()):
            if number < FIRST_ROW:
                continue
            cells = self._named(line.cells)
            key = printed_text(cells["key"])
            filled = [name for name in (*ENTRIES, "subject", "purpose") if name in cells and not is_blank(cells[name])]
            if key not in self.printed:
                others = [name for name in cells if not is_blank(cells[name])]
                if others:
                    found.append(wrong("form-line-unknown", self.place(number, (filled or others)[0])))
                continue
            seen[key] += 1
            if seen[key] > 1:
                found.append(wrong("form-line-twice", self.place(number, (filled or ["key"])[0])))
                continue
            found += self._locked(number, key, cells)
            if line.hidden and filled:
                found.append(warning("rows-hidden", self.place(number, filled[0]), rows=(str(number),), count=1))
            self._line(number, key, cells, filled)
        found += without_right_units(self.shown.findings(), self.form.tables)
        for key, texts in self.printed.items():
            if key not in seen and not key.startswith("spare:"):
                name = next((text for text in texts[1:] if text), key)
                place = Place(str(self.form.path), RECORDS.name, None, None, self.cells.title, f"A{FIRST_ROW}")
                found.append(wrong("form-line-missing", place, name=name))
        for merge in self.cells.merges:
            if merge.bottom >= HEADER_ROW:
                place = Place(
                    str(self.form.path), RECORDS.name, merge.top, None, self.cells.title, f"{letter(merge.left)}{merge.top}"
                )
                found.append(wrong("form-merged", place, range=str(merge)))

    def _named(self, cells: Any) -> dict[str, Any]:
        return {column: cells[at] if at < len(cells) else None for at, column in enumerate(self.sheet.columns)}

    def _headers(self, cells: Any) -> Iterator[Finding]:
        due = self.form.told.labels[self.sheet.name]
        for column, label in zip(self.sheet.columns, due, strict=True):
            at = self.sheet.position(column)
            if printed_text(cells[at] if at < len(cells) else None) != printed_text(label):
                yield wrong("form-header", self.place(HEADER_ROW, column), due=label)
        width = len(self.sheet.columns)
        for at, cell in enumerate(cells):
            if at >= width and not is_blank(cell):
                place = Place(str(self.form.path), RECORDS.name, HEADER_ROW, None, self.cells.title, f"{letter(at)}{HEADER_ROW}")
                yield odd("form-column-unknown", place)

    def _locked(self, row: int, key: str, cells: Mapping[str, Any]) -> Iterator[Finding]:
        """Printed cells that are no longer as printed."""
        for column, due in zip(locked_columns(self.sheet), self.printed[key], strict=True):
            if printed_text(cells[column]) != due:
                yield wrong("form-locked", self.place(row, column), due=due or say("blank"))
        if "subject" in cells and not key.startswith("spare:") and not is_blank(cells["subject"]):
            yield wrong("form-locked", self.place(row, "subject"), due=say("blank"))

    def _line(self, row: int, key: str, cells: Mapping[str, Any], filled: list[str]) -> None:
        values, faults = self._values(row, key, cells, filled)
        if faults:
            self.form.findings += faults
            return
        said = any(values.get(name) for name in ("quantity", "amount"))
        nothing = {name for name in filled if name != "subject"} <= {self.size} and not said
        if not filled or (nothing and "subject" not in filled and not key.startswith("corrects:")):
            return  # blank, or a 0 in a line that nothing else is said in
        if is_blank(cells[self.size]):
            self.form.findings.append(error("cell-blank", self.place(row, self.size), column=self.size))
            return
        if key not in self.lines and not key.startswith("spare:"):
            self._gone(row, key, values)
            return
        about = self._about(row, key, cells)
        if about is None:
            return
        told = self._told(key, about, values)
        if key.startswith("corrects:") and "note" not in values:
            self.form.findings.append(error("cell-blank", self.place(row, "note"), column="note"))
        letters = {**self.letters, **dict.fromkeys(("amount", "quantity", "quarter"), self.letters[self.size])}
        if "date" not in told:
            letters["year"] = self.letters["date"]
        made = Row(RECORDS, told, row, str(self.form.path), self.cells.title, letters)
        if self._new(made, row):
            self.form.rows.append(made)
            self.form.findings += self._plausible(row, key, made)

    def _values(self, row: int, key: str, cells: Mapping[str, Any], filled: list[str]) -> tuple[dict[str, Any], list[Finding]]:
        line = self.lines.get(key)
        money = line is not None and line.cells["kind"] == SPENDING
        values: dict[str, Any] = {}
        faults: list[Finding] = []
        for name in filled:
            if name not in ENTRIES:
                continue
            column = "amount" if money and name == "quantity" else name
            try:
                value = parse(cells[name], RECORDS.column(column))
            except BadValue as problem:
                faults.append(unreadable(error(problem.code, self.place(row, name), **problem.values)))
                continue
            if value is not None:
                values[column] = value
            if type(cells[name]) is Formatted:
                self.shown.note(cells[name], RECORDS.column(column), self.place(row, name))
        return values, faults

    def _about(self, row: int, key: str, cells: Mapping[str, Any]) -> dict[str, Any] | None:
        """What the line is about: what is printed, or picked from the list on a spare line."""
        line = self.lines.get(key)
        about = dict(line.cells) if line is not None else self._picked(row, "subject", cells, self.sheet.subjects)
        if about is not None and "purpose" in cells and not is_blank(cells["purpose"]):
            purpose = self._picked(row, "purpose", cells, self.sheet.purposes)
            about = None if purpose is None else {**about, **purpose}
        return about

    def _picked(
        self, row: int, column: str, cells: Mapping[str, Any], offered: Mapping[str, Mapping[str, Any]]
    ) -> dict[str, Any] | None:
        said = printed_text(cells[column])
        if not said:
            self.form.findings.append(error("cell-blank", self.place(row, column), column=self.sheet.label(column)))
        elif said not in offered:
            self.form.findings.append(
                wrong("form-not-offered", self.place(row, column), value=said[:60], near=near(said, offered))
            )
        else:
            return dict(offered[said])
        return None

    def _gone(self, row: int, key: str, values: Mapping[str, Any]) -> None:
        """A record that stands no longer: this very line corrected it when it was read before, or somebody else did."""
        before = self.form.before.get(self._name(key))
        if before is None:
            self.form.findings.append(wrong("form-line-gone", self.place(row, self.size)))
        elif before.size != values.get("quantity", values.get("amount")):
            self.form.findings.append(wrong("form-line-changed", self.place(row, self.size), number=before.number))

    def _name(self, key: str) -> str:
        """What a record calls the form and line that it was read from."""
        return f"{self.form.told.identity.form}:{self.sheet.name}:{key}"

    def _told(self, key: str, about: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
        of = self.form.told.identity
        told: dict[str, Any] = {"county": of.county, "year": of.year, "quarter": str(of.quarter), **about, **values}
        return {**told, "form": self._name(key)}

    def _new(self, made: Row, row: int) -> bool:
        """Whether the line was not read before; one that was, and says something else now, is an error."""
        before = self.form.before.get(made.values["form"])
        if before is None:
            return True
        now = record_of({**made.values, "number": before.number, "who": before.who, "at": before.at})
        if _said(now) != _said(before):
            self.form.findings.append(wrong("form-line-changed", self.place(row, self.size), number=before.number))
        return False

    def _plausible(self, row: int, key: str, made: Row) -> Iterator[Finding]:
        """Figures that are worth a second look: far more than the plan of the year that is printed."""
        texts = dict(zip(locked_columns(self.sheet), self.printed[key], strict=True))
        planned, recorded = (_number(texts.get(name)) for name in ("planned", "recorded"))
        size = made.values.get(self.size)
        if size is None or self.sheet.name not in {"deliveries", "hires"}:
            return
        if planned and size + (recorded or 0) > MUCH * planned:
            yield odd("form-much", self.place(row, self.size), value=size, planned=planned)


def _said(record: Record) -> Record:
    """What a line says, whoever entered it."""
    return replace(record, item=None, basis="", quantity=record.size, amount=record.size)


def _number(text: str | None) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except ArithmeticError:
        return None
