"""Planned against done, by county and year: the schedule's figures beside the sums of what was recorded, both live.

What is planned follows the sheets of the counties, what is done the list of records, which stands on a sheet of its own: an entry
corrected there is counted anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from optplan.figures.figures import ZERO, Figures
from optplan.language import sentences_of
from optplan.records.declaration import DELIVERY, HIRE, OPENING, SPENDING
from optplan.records.record import Record
from optplan.records.records import Records
from optplan.records.words import kind_in_words, what_in_words
from optplan.tables.declarations import SPENDING_CLASSES
from optplan.tables.names import Names
from optplan.tables.units import unit_name
from optplan.workbook.book import Book, Formula, Sheet, letter
from optplan.workbook.book import say as words
from optplan.workbook.page import print_page, table_head
from optplan.workbook.schedule.county import HIDDEN, CountySheet
from optplan.workbook.schedule.frame import HEADER_ROW, quantity_look, warn_if
from optplan.workbook.styles import AMOUNT, CENTRED, HEADER, INPUT, NOTE, NUMBER, SECTION, TEXT, YEAR, Look

say = sentences_of("record_form")
COUNTY, KEY, NAME, UNIT, FIRST = range(1, 6)  # columns; the first two are hidden
AS_OF_ROW = 3
COUNTED = (DELIVERY, HIRE, OPENING)
LIST = (
    "number",
    "kind",
    "county",
    "year",
    "quarter",
    "date",
    "what",
    "size",
    "source",
    "document",
    "who",
    "county-id",
    "counted-as",
)
LIST_WIDTHS = (7, 8, 16, 7, 6, 12, 40, 13, 26, 26, 20, 0, 0)
RATE = NUMBER.but(format='0%;-0%;"–"')


def write_done(book: Book, figures: Figures, counties: Mapping[str, CountySheet], records: Records) -> None:
    """Add both sheets at the end of the workbook."""
    sheet = book.add(say("sheet-done"))
    listed = _List(book.add(say("sheet-records")), figures, records)
    _Done(sheet, figures, counties, records, listed).write()


class _List:
    """The records that stand, one a line, with what they count as in hidden columns."""

    def __init__(self, sheet: Sheet, figures: Figures, records: Records) -> None:
        self.sheet, names = sheet, Names(figures.tables)
        table_head(sheet, None, say("sheet-records"), say("records-note"), figures.title, 1, len(LIST) - 2)
        sheet.line(HEADER_ROW, 1, [say(f"list-{name}") for name in LIST], HEADER)
        row = HEADER_ROW
        for record in records.standing:
            row += 1
            county = names.by_table["counties"].get(record.county, record.county)
            sheet.put(row, 1, record.number, CENTRED)
            sheet.line(row, 2, [kind_in_words(record.kind), county], TEXT)
            sheet.line(row, 4, [record.year, record.quarter], YEAR)
            sheet.put(row, 6, str(record.date or ""), CENTRED)
            sheet.put(row, 7, what_in_words(record, names), TEXT)
            money = record.kind == SPENDING
            sheet.put(row, 8, record.size, (AMOUNT if money else quantity_look(False)).but(**INPUT))
            sheet.line(row, 9, [record.source, record.document, record.who], TEXT)
            sheet.line(row, 12, [record.county, _counted_as(record)], HIDDEN)
        self.last = max(row, HEADER_ROW + 1)
        sheet.widths(LIST_WIDTHS)
        sheet.worksheet.freeze_panes = f"A{HEADER_ROW + 1}"
        print_page(sheet, last_column=len(LIST) - 2, last_row=self.last, title_rows=(HEADER_ROW, HEADER_ROW))

    def cells(self, column: str) -> str:
        """All cells of a column, as formulas of other sheets name them."""
        at = letter(1 + LIST.index(column))
        return f"{self.sheet.quoted}${at}${HEADER_ROW + 1}:${at}${self.last}"


def _counted_as(record: Record) -> str:
    if record.kind == SPENDING:
        return f"class:{record.spending_class}"
    return f"item:{record.item}" if record.kind in COUNTED else ""


@dataclass(frozen=True)
class _Line:
    """A line: what it counts, its name and unit, and by year what is planned (a formula's text and value) and what is done."""

    key: str
    name: str
    unit: str
    look: Look
    planned: Mapping[int, tuple[str, Decimal]]
    done: Mapping[int, Decimal]


class _Done:
    def __init__(
        self, sheet: Sheet, figures: Figures, counties: Mapping[str, CountySheet], records: Records, listed: _List
    ) -> None:
        self.sheet, self.figures, self.counties, self.listed = sheet, figures, counties, listed
        self.years = list(figures.years)
        self.sums = FIRST + 2 * len(self.years)
        self.last = self.sums + 3
        self.done: dict[tuple[str, str, int], Decimal] = {}
        for record in records.standing:
            key = record.county, _counted_as(record), record.year
            self.done[key] = self.done.get(key, ZERO) + record.size
        recorded = [record.year for record in records.standing]
        self.as_of = max(recorded, default=self.years[0])
        self.row = HEADER_ROW + 1

    def write(self) -> None:
        """Write the sheet."""
        title = say("done-title")
        table_head(self.sheet, None, title, say("done-note"), "", NAME, self.last)
        self.sheet.put(AS_OF_ROW, self.sums + 2, say("done-as-of"), NOTE.but(align="right", wrap=False))
        self.sheet.put(AS_OF_ROW, self.last, self.as_of, YEAR.but(**INPUT))
        for row, labels in ((HEADER_ROW, ("", "")), (HEADER_ROW + 1, (words("column-item"), words("column-unit")))):
            self.sheet.line(row, NAME, labels, HEADER)
        for step, year in enumerate(self.years):
            self.sheet.line(HEADER_ROW, FIRST + 2 * step, [year, year], HEADER.but(format="0", year=True))
            self.sheet.line(HEADER_ROW + 1, FIRST + 2 * step, [say("done-planned"), say("done-done")], HEADER)
        heads = [say("done-planned"), say("done-done"), say("done-difference"), say("done-rate")]
        self.sheet.line(HEADER_ROW, self.sums, [say("done-to-date")] * len(heads), HEADER)
        self.sheet.line(HEADER_ROW + 1, self.sums, heads, HEADER)
        for county in self.figures.counties:
            lines = list(self._lines(county))
            if lines:
                self.row += 1
                self.sheet.merged(self.row, NAME, self.last, self.figures.county_names[county], SECTION)
            for line in lines:
                self._line(county, line)
        self.sheet.widths([0, 0, 34, 9, *[11] * (2 * len(self.years)), 12, 12, 12, 9])
        self.sheet.worksheet.freeze_panes = f"{letter(FIRST)}{HEADER_ROW + 2}"
        at = letter(self.sums + 2)
        warn_if(self.sheet, f"{at}{HEADER_ROW + 2}:{at}{self.row}", f"AND(ISNUMBER({at}{HEADER_ROW + 2}),{at}{HEADER_ROW + 2}<0)")
        print_page(
            self.sheet,
            first_column=NAME,
            last_column=self.last,
            last_row=self.row,
            title_rows=(HEADER_ROW, HEADER_ROW + 1),
            running_head=self.figures.title,
        )

    def _lines(self, county: str) -> Iterator[_Line]:
        """The lines of a county of which something is planned or done."""
        figures, place = self.figures, self.counties[county]
        for item in figures.items:
            name = item["item"]
            planned = {year: (place.cell("item", name, year), figures.x(name, county, year)) for year in self.years}
            yield from self._some(
                county,
                f"item:{name}",
                figures.item_names[name],
                unit_name(item["unit"]),
                quantity_look(item["whole"]),
                planned,
            )
        for kind in SPENDING_CLASSES:
            name, money = say(f"done-{kind}"), self._money(county, kind)
            yield from self._some(county, f"class:{kind}", name, figures.currency, AMOUNT, money)

    def _some(
        self, county: str, key: str, name: str, unit: str, look: Look, planned: Mapping[int, tuple[str, Decimal]]
    ) -> Iterator[_Line]:
        done = {year: self.done.get((county, key, year), ZERO) for year in self.years}
        if any(value for _, value in planned.values()) or any(done.values()):
            yield _Line(key, name, unit, look, planned, done)

    def _money(self, county: str, kind: str) -> dict[int, tuple[str, Decimal]]:
        """What all funds pay in a county, by year; in closed years the schedule pays nothing."""
        figures, place = self.figures, self.counties[county]
        funds = [fund["fund"] for fund in figures.funds_of[county] if kind in figures.pays(fund)]
        found: dict[int, tuple[str, Decimal]] = {}
        for year in self.years:
            open_year = year > figures.closed
            cells = [place.cell("payment", f"{fund}|{kind}", year) for fund in funds] if open_year else []
            value = sum((figures.paid(fund, county, year, kind) for fund in funds), ZERO) if open_year else ZERO
            found[year] = ("+".join(cells) or "0", value)
        return found

    def _line(self, county: str, line: _Line) -> None:
        self.row += 1
        row, sheet, listed = self.row, self.sheet, self.listed
        sheet.line(row, COUNTY, (county, line.key), HIDDEN)
        sheet.put(row, NAME, line.name, TEXT.but(indent=1))
        sheet.put(row, UNIT, line.unit, CENTRED)
        for step, year in enumerate(self.years):
            at = FIRST + 2 * step
            text, value = line.planned[year]
            sheet.put(row, at, Formula(text, value), line.look)
            head = f"{letter(at)}${HEADER_ROW}"
            sums = (
                f"SUMIFS({listed.cells('size')},{listed.cells('county-id')},$A{row},{listed.cells('counted-as')},$B{row},"
                f"{listed.cells('year')},{head})"
            )
            sheet.put(row, at + 1, Formula(sums, line.done[year]), line.look)
        planned, done = self._to_date(row, [line.planned[year][1] for year in self.years], line.done.values(), line.look)
        p, d = letter(self.sums), letter(self.sums + 1)
        sheet.put(row, self.sums + 2, Formula(f"{d}{row}-{p}{row}", done - planned), line.look)
        rate = done / planned if planned else ""
        sheet.put(row, self.last, Formula(f'IF({p}{row}=0,"",{d}{row}/{p}{row})', rate), RATE)

    def _to_date(self, row: int, planned: Sequence[Decimal], done: Iterable[Decimal], look: Look) -> tuple[Decimal, Decimal]:
        """What is planned and done up to the year that is chosen above."""
        first, last, as_of = letter(FIRST), letter(self.sums - 1), f"${letter(self.last)}${AS_OF_ROW}"
        years = f"${first}${HEADER_ROW}:${last}${HEADER_ROW}"
        labels = f"${first}${HEADER_ROW + 1}:${last}${HEADER_ROW + 1}"
        found = []
        for step, (label, values) in enumerate((("done-planned", planned), ("done-done", list(done)))):
            text = f'SUMIFS({first}{row}:{last}{row},{years},"<="&{as_of},{labels},"{say(label)}")'
            value = sum((each for year, each in zip(self.years, values, strict=True) if year <= self.as_of), ZERO)
            self.sheet.put(row, self.sums + step, Formula(text, value), look)
            found.append(value)
        return found[0], found[1]
