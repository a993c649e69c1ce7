"""Writing a county's form: a guide, a sheet for each kind of thing, lists; protected but for what is to be filled in."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from optplan.files import write_atomically
from optplan.language import current_language, speaking
from optplan.records.findings import RecordError, wrong
from optplan.records.records import Records, first_day, last_day
from optplan.schedule import Schedule
from optplan.tables.content import Tables
from optplan.tables.findings import Finding, Place, error
from optplan.tables.names import Names
from optplan.tables.year_labels import calling_years_of
from optplan.workbook.book import Book, Sheet, letter
from optplan.workbook.page import print_page
from optplan.workbook.record_form import identity as form_identity
from optplan.workbook.record_form.identity import HIDDEN, Identity
from optplan.workbook.record_form.layout import ENTRIES, FIRST_ROW, HEADER_ROW, FormSheet, Layout, Line, form_name, say
from optplan.workbook.styles import AS_TEXT, COUNT, FRACTIONAL, HEADER, INPUT, MONEY, NOTE, SECTION, TEXT, TITLE, Look

GUIDE_ROWS = ("plan", "county", "period", "hash", "form")  # rows 3 on of the guide, in this order
GUIDE_FIRST = 3
DAY = "yyyy-mm-dd"
WIDTHS = {
    "key": 0, "subject": 26, "what": 30, "about": 10, "unit": 8, "planned": 12, "recorded": 12, "least": 10, "most": 10,
    "quantity": 12, "amount": 14, "purpose": 24, "date": 13, "source": 18, "document": 22, "note": 24, "number": 8, "when": 14,
    "document-was": 22, "was": 14,
}  # fmt: skip
SOURCES = ("acceptance", "contract", "appointment", "works", "voucher", "statement")
MONEY_COLUMNS = {"spending": {"planned", "recorded", "amount"}}


def write_forms(
    tables: Tables,
    folder: str | Path,
    year: int,
    quarter: int,
    records: Records,
    *,
    counties: Collection[str] | None = None,
    adopted: Schedule | None = None,
    language: str | None = None,
) -> list[Path]:
    """Write the form of each county for a quarter into ``folder``, in place of older ones; the files.

    Raises :class:`RecordError` for a county or year that the plan has not, and for a year that is closed.
    """
    known = {row["county"]: row["name"] for row in tables["counties"]}
    findings: list[Finding] = [
        error("reference-missing", Place(tables.origin), value=c, table="counties", near="—", hint="none")
        for c in counties or ()
        if c not in known
    ]
    first, last = tables.setting("first_year"), tables.setting("last_year")
    if not first <= year <= last:
        findings.append(error("year-outside", Place(tables.origin), year=year, first=first, last=last))
    elif year <= (tables.setting("closed_through") or 0):
        findings.append(wrong("record-year-closed", Place(tables.origin), year=year))
    if findings:
        raise RecordError(findings)
    written = []
    for county in counties or known:
        with speaking(language), calling_years_of(tables):
            path = Path(folder) / f"{form_name(known[county], year, quarter)}.xlsx"
        write_atomically(path, form_content(tables, county, year, quarter, records, adopted, language))
        written.append(path)
    return written


def form_content(
    tables: Tables,
    county: str,
    year: int,
    quarter: int,
    records: Records,
    adopted: Schedule | None = None,
    language: str | None = None,
) -> bytes:
    """The workbook of a county's form for a quarter."""
    with speaking(language), calling_years_of(tables):
        layout = Layout(tables, county, year, quarter, records, adopted)
        told = Identity(
            str(tables.setting("title") or ""),
            tables.sha256,
            county,
            Names(tables).by_table["counties"][county],
            year,
            quarter,
            current_language(),
            form_identity.new_form(),
        )
        book = Book()
        guide = book.add(say("sheet-guide"))
        sheets = [(sheet, book.add(sheet.title)) for sheet in layout.sheets]
        lists = _Lists(book)
        for sheet, page in sheets:
            _write_sheet(page, sheet, layout, lists)
        _write_guide(guide, told, layout)
        hidden = book.add(HIDDEN)
        for number, row in enumerate(form_identity.rows_of(form_identity.printed(layout, told)), start=1):
            hidden.line(number, 1, row, TEXT.but(format=AS_TEXT, wrap=False))
        for page in book.sheets:
            page.worksheet.protection.sheet = True
            page.worksheet.protection.formatColumns = page.worksheet.protection.formatRows = False
        lists.sheet.worksheet.sheet_state = "hidden"
        hidden.worksheet.sheet_state = "veryHidden"
        return book.content(say("title", county=told.county_name, year=year, quarter=quarter))


class _Lists:
    """The lists behind the drop-downs, on a hidden sheet."""

    def __init__(self, book: Book) -> None:
        self.sheet = book.add(say("sheet-lists"))
        self._column = 0
        self.sources = self.add([say(f"source-{name}") for name in SOURCES])

    def add(self, words: Collection[str]) -> str:
        """The range that offers ``words``."""
        self._column += 1
        for number, each in enumerate(words, start=1):
            self.sheet.put(number, self._column, each, TEXT.but(wrap=False))
        at = letter(self._column)
        return f"{self.sheet.quoted}${at}$1:${at}${max(1, len(words))}"


def _write_guide(page: Sheet, told: Identity, layout: Layout) -> None:
    page.widths([16, 96])
    page.merged(1, 1, 2, say("title", county=told.county_name, year=told.year, quarter=told.quarter), TITLE)
    page.height(1, 30)
    values = (
        told.title,
        told.county_name,
        say("in-quarter", year=told.year, quarter=str(told.quarter)),
        told.sha256,
        told.form,
    )
    for row, (name, value) in enumerate(zip(GUIDE_ROWS, values, strict=True), start=GUIDE_FIRST):
        page.put(row, 1, say(f"guide-{name}"), HEADER)
        page.put(row, 2, value, TEXT)
    row = GUIDE_FIRST + len(GUIDE_ROWS) + 1
    page.merged(row, 1, 2, say("guide-how"), SECTION)
    for number in range(1, 8):
        row += 1
        page.put(row, 1, str(number), TEXT.but(align="center", border=False))
        page.put(row, 2, say(f"guide-step-{number}", last=str(last_day(told.year, told.quarter))), TEXT.but(border=False))
    row += 2
    page.line(row, 1, [say("guide-sheet"), say("guide-lines")], HEADER)
    for sheet in layout.sheets:
        row += 1
        target = next(each for each in page.book.sheets if each.name == sheet.title)
        page.link(page.put(row, 1, sheet.title, TEXT.but(colour="1F4E9E")), target)
        page.put(row, 2, say(f"about-{sheet.name}", lines=len(sheet.lines)), TEXT)
    print_page(page, last_column=2, last_row=row, title_rows=None, landscape=False)


def _write_sheet(page: Sheet, sheet: FormSheet, layout: Layout, lists: _Lists) -> None:
    last = len(sheet.columns)
    period = say("in-quarter", year=layout.year, quarter=str(layout.quarter))
    county = layout.names.by_table["counties"][layout.county]
    page.put(1, 2, f"{county} · {period} · {sheet.title}", TITLE.but(align="left", size=14))
    page.height(1, 26)
    page.put(2, 2, say(f"about-{sheet.name}", lines=len(sheet.lines)), NOTE.but(wrap=False))
    page.put(3, 2, say("unit", currency=layout.names.currency), NOTE.but(wrap=False))
    page.line(HEADER_ROW, 1, [sheet.label(column) for column in sheet.columns], HEADER)
    page.height(HEADER_ROW, 32)
    page.widths([WIDTHS[column] for column in sheet.columns])
    row = FIRST_ROW
    for line in sheet.lines:
        _write_line(page, row, sheet, line)
        row += 1
    for key in sheet.spare_keys():
        _write_line(page, row, sheet, Line(key, {}, {}))
        row += 1
    if row > FIRST_ROW:
        _guard(page, sheet, row - 1, layout, lists)
    page.worksheet.freeze_panes = f"{letter(4)}{FIRST_ROW}"
    print_page(page, first_column=2, last_column=last, last_row=max(row - 1, FIRST_ROW), title_rows=(HEADER_ROW, HEADER_ROW))


def _write_line(page: Sheet, row: int, sheet: FormSheet, line: Line) -> None:
    spare = line.key.startswith("spare:")
    for at, column in enumerate(sheet.columns, start=1):
        if column == "key":
            page.put(row, at, line.key, NOTE.but(wrap=False))
        elif column in ENTRIES or (column == "purpose") or (column == "subject" and spare):
            page.put(row, at, None, _entry_look(column))
        else:
            page.put(row, at, line.printed.get(column), _locked_look(sheet, column))


def _entry_look(column: str) -> Look:
    look = TEXT.but(unlocked=True, **INPUT)
    if column == "date":
        return look.but(format=DAY, align="center", wrap=False)
    if column == "amount":
        return look.but(format=MONEY.replace('"–"', "0"), align="right", wrap=False)
    if column == "quantity":
        return look.but(format="General", align="right", wrap=False)
    return look.but(format=AS_TEXT if column == "document" else "General")


def _locked_look(sheet: FormSheet, column: str) -> Look:
    if column in MONEY_COLUMNS.get(sheet.name, ()):
        return TEXT.but(format=MONEY, align="right", wrap=False)
    if column in {"planned", "recorded", "least", "most"} and sheet.name != "projects":
        return TEXT.but(format=COUNT if sheet.name == "hires" else FRACTIONAL.replace(".00", ".##"), align="right", wrap=False)
    return TEXT.but(align="center") if column in {"about", "unit", "when", "number"} else TEXT


def _guard(page: Sheet, sheet: FormSheet, last: int, layout: Layout, lists: _Lists) -> None:
    """Drop-downs, and what Excel stops at the moment of entry."""
    from openpyxl.worksheet.datavalidation import DataValidation

    def put(column: str, first: int, wrong_words: str, **settings: Any) -> None:
        at = letter(1 + sheet.position(column))
        told: dict[str, Any] = {"errorTitle": say("entry-wrong"), "error": wrong_words, "promptTitle": sheet.label(column)[:30]}
        check = DataValidation(allow_blank=True, showErrorMessage=bool(wrong_words), errorStyle="stop", **told, **settings)
        check.add(f"{at}{first}:{at}{last}")
        page.worksheet.add_data_validation(check)

    start, end = first_day(layout.year, layout.quarter), last_day(layout.year, layout.quarter)
    if sheet.name != "corrections":
        days = f"DATE({start.year},{start.month},{start.day})", f"DATE({end.year},{end.month},{end.day})"
        words = say("entry-date", first=str(start), last=str(end))
        put("date", FIRST_ROW, words, type="date", operator="between", formula1=days[0], formula2=days[1])
    put("source", FIRST_ROW, "", type="list", formula1=lists.sources)
    size = "amount" if "amount" in sheet.columns else "quantity"
    whole = sheet.name in {"hires", "projects"}
    bounds = {"operator": "greaterThanOrEqual", "formula1": "0"}
    if sheet.name == "projects":
        put(size, FIRST_ROW, say("entry-one"), type="list", formula1='"1"')
    else:
        put(size, FIRST_ROW, say("entry-whole" if whole else "entry-number"), type="whole" if whole else "decimal", **bounds)
    if sheet.spare:
        put("subject", FIRST_ROW + len(sheet.lines), say("entry-list"), type="list", formula1=lists.add(list(sheet.subjects)))
    if sheet.purposes:
        put("purpose", FIRST_ROW, say("entry-list"), type="list", formula1=lists.add(list(sheet.purposes)))
