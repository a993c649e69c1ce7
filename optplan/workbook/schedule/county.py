"""A county's yearly implementation plan (年度实施计划): what is delivered, who is hired, what is built.

This is where decisions stand as values; money and standards follow in :mod:`.county_money` and :mod:`.county_standards`.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, cast

from optplan.figures.figures import ZERO, Figures
from optplan.tables.units import unit_name
from optplan.workbook.book import Formula, Sheet, letter, say
from optplan.workbook.schedule.frame import (
    HEADER_ROW,
    Table,
    column_sum,
    editable,
    mark,
    quantity_look,
    row_sum,
    warn_unless_zero,
)
from optplan.workbook.schedule.prices import ItemPrices, ProjectPrices
from optplan.workbook.styles import AMOUNT, CENTRED, CLOSED, HEADER, INPUT, NUMBER, SECTION, TEXT, TOTAL, YEAR, Look

if TYPE_CHECKING:
    from openpyxl.worksheet.datavalidation import DataValidation

    from optplan.tables.content import Row

KIND, KEY, EXTRA, NUMBER_COLUMN, NAME, UNIT, FIRST_YEAR = range(1, 8)  # the first three are hidden
HIDDEN = Look(border=False, colour="7F7F7F", size=8)
EDGE = 1.0  # width of a column that keeps hidden numbers from the edge of what is printed, where LibreOffice writes them as ###
NEVER = 9999  # as the opening year of a project that does not open


class CountySheet:
    """A county's sheet. ``rows`` gives the row of each line by its kind and key, for the formulas of other sheets."""

    def __init__(
        self, sheet: Sheet, figures: Figures, county: str, number: int, prices: ItemPrices, works: ProjectPrices | None
    ) -> None:
        self.sheet, self.figures, self.county = sheet, figures, county
        self.prices, self.works = prices, works
        self.years = figures.years
        self.last_year_column = FIRST_YEAR + len(self.years) - 1
        self.total_column, self.note_column = self.last_year_column + 1, self.last_year_column + 2
        self.rows: dict[tuple[str, str], int] = {}
        self.teams, self.projects = figures.teams.get(county, []), figures.projects.get(county, [])
        name = figures.county_names[county]
        title = say("title-county", county=name, first=figures.first, last=figures.last)
        unit = say("currency-unit", currency=figures.currency)
        self.table = Table(sheet, figures, number, title, NUMBER_COLUMN, self.note_column, unit)
        sheet.line(1, KIND, ("county", county, figures.document["seal"]["sha256"]), HIDDEN)
        self.sections = 0
        self.row = HEADER_ROW
        self.table.headers(self.row, [say("column-number"), say("column-item"), say("column-unit")])
        self.table.year_headers(self.row, FIRST_YEAR, self.years)
        self.table.headers(self.row, [say("column-total"), say("column-note")], self.total_column)
        self._place()

    # -- places --------------------------------------------------------------------------------------------------------

    def _place(self) -> None:
        """The rows of the three sections, known before anything is written, because their formulas refer to each other."""
        row = HEADER_ROW + 2
        for item in self.figures.items:
            self.rows["item", item["item"]] = row
            row += 1
        if self.teams:
            row += 2  # heading, and the headers of this section
            for kind in ("hires", "staff"):
                for team in self.teams:
                    self.rows[kind, team["team"]] = row
                    row += 1
                self.rows[kind, ""] = row
                row += 1
        if self.projects:
            row += 2
            for kind in ("capital", "running"):
                for project in self.projects:
                    self.rows[kind, project["project"]] = row
                    row += 1

    def column(self, year: int) -> str:
        """The letter of a year's column."""
        return letter(FIRST_YEAR + year - self.figures.first)

    def here(self, kind: str, key: str, year: int) -> str:
        """A cell of this sheet, as its own formulas name it."""
        return f"{self.column(year)}{self.rows[kind, key]}"

    def cell(self, kind: str, key: str, year: int) -> str:
        """A cell of this sheet, as the formulas of other sheets name it."""
        return self.sheet.quoted + self.here(kind, key, year)

    def total(self, kind: str, key: str) -> str:
        """The cell of a line's total, as the formulas of other sheets name it."""
        return f"{self.sheet.quoted}{letter(self.total_column)}{self.rows[kind, key]}"

    def opening(self, project: str) -> str:
        """The cell of the year in which a project opens, as the formulas of other sheets name it."""
        return f"{self.sheet.quoted}${letter(self.note_column)}${self.rows['capital', project]}"

    def span(self, kind: str, keys: list[str], first: int, last: int | None = None) -> str:
        """The cells of neighbouring lines from year ``first`` to ``last``."""
        return f"{self.column(first)}{self.rows[kind, keys[0]]}:{self.column(last or first)}{self.rows[kind, keys[-1]]}"

    # -- writing -------------------------------------------------------------------------------------------------------

    def section(self, name: str) -> None:
        """The heading of the next section."""
        self.row += 1
        self.sections += 1
        self.sheet.merged(
            self.row,
            NUMBER_COLUMN,
            self.note_column,
            say("section-line", number=say(f"numeral-{self.sections}"), title=say(name)),
            SECTION,
        )
        self.sheet.height(self.row, 24)

    def ids(self, row: int, kind: str, key: str, extra: Any = None) -> None:
        """The hidden ids of a row, by which an edited sheet is read back."""
        self.rows.setdefault((kind, key), row)
        self.sheet.line(row, KIND, (kind, key, extra), HIDDEN)

    def line(
        self,
        values: Sequence[Any],
        look: Look,
        *,
        number: Any = "",
        name: str = "",
        unit: Any = "",
        total: Any = "",
        note: Any = "",
        name_look: Look = TEXT,
    ) -> int:
        """The next row: ``values`` by year, ``total`` and ``note`` after them."""
        self.row += 1
        row, sheet = self.row, self.sheet
        sheet.joined.add(row)
        sheet.put(row, NUMBER_COLUMN, number, CENTRED.but(fill=name_look.fill, bold=name_look.bold))
        sheet.put(row, NAME, name, name_look)
        sheet.put(row, UNIT, unit, CENTRED.but(fill=name_look.fill, bold=name_look.bold))
        for step, value in enumerate(values):
            sheet.put(row, FIRST_YEAR + step, value, look)
        sheet.put(row, self.total_column, total, look.but(**TOTAL))
        sheet.put(row, self.note_column, note, TEXT.but(fill=name_look.fill, size=9, indent=1))
        return row

    def decisions(self, row: int, values: Sequence[Any], look: Look, check: DataValidation) -> None:
        """Write what a person may change in open years, with its check of entries; years that are over stay grey."""
        for step, (year, value) in enumerate(zip(self.years, values, strict=True)):
            self.sheet.put(row, FIRST_YEAR + step, value, editable(look, year <= self.figures.closed))
            if value is not None:
                self.sheet.entries.add((row, FIRST_YEAR + step))
        if self.figures.open_years:
            check.add(f"{self.column(self.figures.open_years[0])}{row}:{letter(self.last_year_column)}{row}")

    def write_deliveries(self) -> None:
        """What is delivered: quantities of goods as values, staff as the sum of hires, stations as the count of openings."""
        self.section("section-deliveries")
        whole, parts = entry_check("whole", "0"), entry_check("decimal", "0")
        for number, item in enumerate(self.figures.items, start=1):
            name = item["item"]
            values: list[Any] = [self.figures.x(name, self.county, year) for year in self.years]
            total = row_sum(self.row + 1, FIRST_YEAR, self.last_year_column, values)
            note = ""
            if item["kind"] != "goods":
                values = [Formula(self._explained(item, year), self.figures.x(name, self.county, year)) for year in self.years]
                note = say(f"note-{item['kind']}")
            look = quantity_look(item["whole"])
            row = self.line(
                values,
                look,
                number=number,
                name=self.figures.item_names[name],
                unit=unit_name(item["unit"]),
                total=total,
                note=note,
            )
            self.ids(row, "item", name)
            if item["kind"] == "goods":
                self.decisions(row, values, look, whole if item["whole"] else parts)
        self._guard(whole, parts)

    def _guard(self, *checks: DataValidation) -> None:
        for check in checks:
            if check.sqref:
                self.sheet.worksheet.add_data_validation(check)

    def _explained(self, item: Row, year: int) -> str:
        if item["kind"] == "staff":
            cells = [self.here("hires", team["team"], year) for team in self.teams if team["item"] == item["item"]]
            return f"SUM({','.join(cells)})" if cells else "0"
        openings = [self.rows["capital", project["project"]] for project in self.projects if project["item"] == item["item"]]
        note = letter(self.note_column)
        return "+".join(f"(${note}${row}={self.column(year)}${HEADER_ROW})*1" for row in openings) or "0"

    def write_teams(self) -> None:
        """Hires by team as values, year-end staff as formulas, and how many teams meet their standard."""
        if not self.teams:
            return
        figures = self.figures
        self.section("section-teams")
        self._section_headers("column-team", "column-minimum", "column-class")
        check = entry_check("whole", "0")
        first = self.row + 1
        hires = {year: [figures.hires(team["team"], year) for team in self.teams] for year in self.years}
        for number, team in enumerate(self.teams, start=1):
            values = [hires[year][number - 1] for year in self.years]
            total = row_sum(self.row + 1, FIRST_YEAR, self.last_year_column, values)
            row = self.line(
                values,
                NUMBER,
                number=number,
                name=figures.team_names[team["team"]],
                unit=team["min_staff"],
                total=total,
                note=figures.class_name(team),
            )
            self.ids(row, "hires", team["team"], team["staff"])
            self.decisions(row, values, NUMBER, check)
        self._guard(check)
        sums = [column_sum(FIRST_YEAR + step, first, self.row, hires[year]) for step, year in enumerate(self.years)]
        total, strong = row_sum(self.row + 1, FIRST_YEAR, self.last_year_column, [each.value for each in sums]), TEXT.but(**TOTAL)
        name, unit = say("row-hires-total"), say("unit-people")
        row = self.line(sums, NUMBER.but(**TOTAL), name=name, unit=unit, total=total, name_look=strong)
        self.ids(row, "hires", "")
        self._year_end_staff()

    def _year_end_staff(self) -> None:
        figures, first = self.figures, self.row + 1
        for number, team in enumerate(self.teams, start=1):
            name, hired = team["team"], self.rows["hires", team["team"]]
            values = []
            for year in self.years:
                text = f"${letter(EXTRA)}{hired}+SUM(${letter(FIRST_YEAR)}{hired}:{self.column(year)}{hired})"
                left = figures.lost(name, year)
                values.append(Formula(f"{text}-{left}" if left else text, figures.staff(name, year)))
            row = self.row + 1
            last = self.column(self.years[-1])
            good, bad = say("mark-met"), say("mark-not-met")
            met = Formula(
                f'IF(AND({last}{row}>={letter(UNIT)}{row},{letter(EXTRA)}{row}<={last}${HEADER_ROW}),"{good}","{bad}")',
                good if figures.meets(name, self.years[-1]) else bad,
            )
            self.line(
                values,
                NUMBER,
                number=number,
                name=say("row-year-end-staff", team=figures.team_names[team["team"]]),
                unit=team["min_staff"],
                note=met,
            )
            self.ids(row, "staff", name)
            self.sheet.put(row, EXTRA, self._opening(team["project"]), HIDDEN)
        cells = f"{letter(FIRST_YEAR)}{first}:{letter(self.last_year_column)}{self.row}"
        met_rule = (
            f"AND({letter(FIRST_YEAR)}{first}>=${letter(UNIT)}{first},${letter(EXTRA)}{first}<={letter(FIRST_YEAR)}${HEADER_ROW})"
        )
        mark(self.sheet, cells, met_rule, f"AND(NOT({met_rule}),${letter(EXTRA)}{first}<={letter(FIRST_YEAR)}${HEADER_ROW})")
        counts = []
        for year in self.years:
            at, least, opens_at = self.column(year), letter(UNIT), letter(EXTRA)
            text = (
                f"SUMPRODUCT(({at}{first}:{at}{self.row}>=${least}{first}:${least}{self.row})"
                f"*(${opens_at}{first}:${opens_at}{self.row}<={at}${HEADER_ROW}))"
            )
            counts.append(Formula(text, sum(figures.meets(team["team"], year) for team in self.teams)))
        row = self.line(
            list(counts),
            NUMBER.but(**TOTAL),
            name=say("row-teams-met", number=len(self.teams)),
            unit=say("unit-teams"),
            name_look=TEXT.but(**TOTAL),
        )
        self.ids(row, "staff", "", len(self.teams))

    def _opening(self, project: str | None) -> Formula | int:
        """The year from which a team counts: that of its project, or the first one for a team that stands already."""
        if project is None:
            return self.figures.first
        cell = f"${letter(self.note_column)}${self.rows['capital', project]}"
        return Formula(f"IF(ISNUMBER({cell}),{cell},{NEVER})", self.figures.openings.get(project, NEVER))

    def write_projects(self) -> None:
        """Start years as values, opening years and payments as formulas."""
        if not self.projects or self.works is None:
            return
        figures = self.figures
        self.section("section-projects")
        self._section_headers("column-project-payments", "column-start", "column-opens")
        check = entry_check("whole", str(figures.first))
        for kind in ("capital", "running"):
            for number, project in enumerate(self.projects, start=1):
                name, row = project["project"], self.row + 1
                start, starts_at = figures.starts.get(name), f"${letter(UNIT)}${self.rows['capital', name]}"
                values = [
                    Formula(
                        self.works.lookup(kind, year, f"${letter(KEY)}{row}", starts_at), self._project_cost(kind, project, year)
                    )
                    for year in self.years
                ]
                total = row_sum(row, FIRST_YEAR, self.last_year_column, [each.value for each in values])
                label = (
                    figures.project_names[project["project"]]
                    if kind == "capital"
                    else say("row-running", project=figures.project_names[project["project"]])
                )
                self.line(values, AMOUNT, number=number if kind == "capital" else "", name=label, total=total)
                self.ids(row, kind, name, project["build_years"])
                if kind == "capital":
                    done = start is not None and start <= figures.closed
                    self.sheet.put(row, UNIT, start, YEAR.but(**(CLOSED if done else INPUT)))
                    self.sheet.entries.add((row, UNIT))
                    if not done:
                        check.add(f"{letter(UNIT)}{row}")
                    opens = Formula(f'IF({starts_at}="","",{starts_at}+${letter(EXTRA)}{row})', figures.openings.get(name, ""))
                    self.sheet.put(row, self.note_column, opens, YEAR)
        self._guard(check)

    def _project_cost(self, kind: str, project: Row, year: int) -> Decimal:
        start = self.figures.starts.get(project["project"])
        if start is None:
            return ZERO
        return (
            self.figures.instalment(project["project"], start, year)
            if kind == "capital"
            else self.figures.running(project, start, year)
        )

    def _section_headers(self, name: str, unit: str, note: str) -> None:
        self.row += 1
        self.table.headers(self.row, [say("column-number"), say(name), say(unit)])
        self.table.year_headers(self.row, FIRST_YEAR, self.years)
        self.sheet.put(self.row, self.total_column, say("column-total"), HEADER)
        self.sheet.put(self.row, self.note_column, say(note), HEADER)

    def _fold(self) -> None:
        """Fold away items of which nothing is planned here; they can be opened, and edited, with the + at the left."""
        figures, page = self.figures, cast(Any, self.sheet.worksheet)
        idle = [item["item"] for item in figures.items if not any(figures.x(item["item"], self.county, y) for y in self.years)]
        for name in idle:
            at = self.rows["item", name]
            page.row_dimensions.group(at, at, hidden=True)
        page.sheet_properties.outlinePr.summaryBelow = False
        if idle:
            heading = page.cell(HEADER_ROW + 1, NUMBER_COLUMN)
            heading.value = f"{heading.value}{say('section-folded', number=len(idle))}"

    def finish(self) -> None:
        """Widths, panes and the printed page."""
        self._fold()
        amounts = self.figures.amount_width
        self.sheet.widths([0, 0, 0, 6, 50, 10, *[amounts - 1] * len(self.years), amounts, 17])
        self.table.finish(self.row, f"{letter(FIRST_YEAR)}{HEADER_ROW + 1}")

    def warn(self, row: int) -> None:
        """Red where a row that must be zero is not."""
        first = f"{letter(FIRST_YEAR)}{row}"
        warn_unless_zero(self.sheet, f"{first}:{letter(self.last_year_column)}{row}", first)


def entry_check(kind: Literal["whole", "decimal"], least: str) -> DataValidation:
    """A check of entries: numbers (``whole`` or ``decimal``) of ``least`` or more."""
    from openpyxl.worksheet.datavalidation import DataValidation

    return DataValidation(
        type=kind, operator="greaterThanOrEqual", formula1=least, allow_blank=True, showErrorMessage=True, errorStyle="stop",
        errorTitle=say("entry-wrong")[:30], error=say("entry-whole") if kind == "whole" else say("entry-least", low=least),
    )  # fmt: skip
