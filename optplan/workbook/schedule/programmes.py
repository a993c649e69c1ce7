"""One sheet per programme: each item with its counties, firefighters by team, stations by project. All figures are live."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from optplan.figures.figures import ZERO, Figures
from optplan.figures.programmes import PROGRAMMES
from optplan.language.lists import in_brackets
from optplan.tables.units import unit_name
from optplan.workbook.book import Formula, Sheet, letter, say
from optplan.workbook.schedule.county import HIDDEN, CountySheet
from optplan.workbook.schedule.frame import HEADER_ROW, Table, quantity_look, row_sum, total_of
from optplan.workbook.styles import AMOUNT, CENTRED, NUMBER, PERCENT_OR_DASH, TEXT, TOTAL, YEAR

if TYPE_CHECKING:
    from optplan.tables.content import Row

KIND, KEY, NUMBER_COLUMN, NAME, UNIT, FIRST_YEAR = range(1, 7)


class Programme:
    """The sheet of a programme. ``totals`` holds the row in which each item's plan-wide total stands."""

    def __init__(self, sheet: Sheet, figures: Figures, name: str, number: int, counties: Mapping[str, CountySheet]) -> None:
        self.sheet, self.figures, self.name, self.counties = sheet, figures, name, counties
        self.items = [item for item in figures.items if item["category"] in PROGRAMMES[name]]
        self.last_year_column = FIRST_YEAR + len(figures.years) - 1
        self.total_column = self.last_year_column + 1
        self.with_staff = name == "personnel" and any(figures.teams.values())
        self.last = self.total_column + (len(figures.years) + 2 if self.with_staff else 1)
        self.totals: dict[str, int] = {}
        self.table = Table(
            sheet,
            figures,
            number,
            say(f"title-programme-{name}"),
            NUMBER_COLUMN,
            self.last,
            say("unit-of-items"),
        )
        self.row = HEADER_ROW

    def column(self, year: int) -> str:
        """The letter of a year's column."""
        return letter(FIRST_YEAR + year - self.figures.first)

    def total(self, item: str, year: int) -> str:
        """The cell of an item's plan-wide deliveries in a year, as other sheets name it."""
        return f"{self.sheet.quoted}{self.column(year)}{self.totals[item]}"

    def write(self) -> None:
        """Write the sheet."""
        width = self.figures.amount_width - 1 if self.name == "station" else 10
        widths = [0, 0, 6, 32, 17 if self.with_staff else 9, *[width] * len(self.figures.years), width + 1]
        widths += [9, *[9] * len(self.figures.years), 10] if self.with_staff else [13]
        self._headers()
        for item in self.items:
            self._item(item)
        if self.name == "station":
            self._projects()
        self.sheet.widths(widths)
        self.sheet.line(1, KIND, ("programme", self.name), HIDDEN)
        self.table.finish(self.row, f"{letter(FIRST_YEAR)}{HEADER_ROW + 1}")

    def _headers(self) -> None:
        self.table.headers(HEADER_ROW, [say("column-number"), say("column-item-county"), say("column-unit")])
        self.table.year_headers(HEADER_ROW, FIRST_YEAR, self.figures.years)
        self.table.headers(HEADER_ROW, [say("column-total")], self.total_column)
        if self.with_staff:
            self.table.headers(HEADER_ROW, [say("column-minimum")], self.total_column + 1)
            for step, year in enumerate(self.figures.years):
                self.table.headers(HEADER_ROW, [say("column-year-end", year=year)], self.total_column + 2 + step)
            self.table.headers(HEADER_ROW, [say("column-met")], self.last)
        else:
            self.table.headers(HEADER_ROW, [say("column-share")], self.last)

    def _item(self, item: Row) -> None:
        """The item's total, then a line for each county (and each of its teams)."""
        figures, name = self.figures, item["item"]
        self.row += 1
        top = self.totals[name] = self.row
        look = quantity_look(item["whole"])
        lines: list[int] = []
        everything = sum((figures.x(name, county, year) for county in figures.counties for year in figures.years), ZERO)
        for number, county in enumerate(figures.counties, start=1):
            self.row += 1
            lines.append(self.row)
            self._county(item, county, number, top, everything)
            if self.with_staff:
                self._teams(item, county)
        sums = []
        for year in figures.years:
            values = [figures.x(name, county, year) for county in figures.counties]
            sums.append(total_of([f"{self.column(year)}{row}" for row in lines], values))
        strong = look.but(**TOTAL)
        self.sheet.joined |= {*range(top + 1, self.row + 1)} - ({*lines[1:]} if self.with_staff else set())
        self.sheet.line(top, KIND, ("item", name), HIDDEN)
        self.sheet.put(top, NUMBER_COLUMN, "", CENTRED.but(**TOTAL))
        self.sheet.put(top, NAME, figures.item_names[name], TEXT.but(**TOTAL))
        self.sheet.put(top, UNIT, unit_name(item["unit"]), CENTRED.but(**TOTAL))
        self.sheet.line(top, FIRST_YEAR, sums, strong)
        self.sheet.put(
            top, self.total_column, row_sum(top, FIRST_YEAR, self.last_year_column, [each.value for each in sums]), strong
        )
        if self.with_staff:
            self._staff_total(item, top, lines)
        else:
            self.sheet.put(top, self.last, "", CENTRED.but(**TOTAL))

    def _county(self, item: Row, county: str, number: int, top: int, everything: Decimal) -> None:
        figures, name, row, place = self.figures, item["item"], self.row, self.counties[county]
        look = quantity_look(item["whole"])
        bold = {"bold": self.with_staff and bool(self._teams_of(item, county))}
        self.sheet.line(row, KIND, ("item-county", f"{name}|{county}"), HIDDEN)
        self.sheet.put(row, NUMBER_COLUMN, number, CENTRED)
        self.sheet.put(row, NAME, figures.county_names[county], TEXT.but(indent=1, **bold))
        self.sheet.put(row, UNIT, unit_name(item["unit"]), CENTRED)
        values = [figures.x(name, county, year) for year in figures.years]
        for step, year in enumerate(figures.years):
            self.sheet.put(row, FIRST_YEAR + step, Formula(place.cell("item", name, year), values[step]), look.but(**bold))
        self.sheet.put(row, self.total_column, row_sum(row, FIRST_YEAR, self.last_year_column, values), look.but(**TOTAL))
        if self.with_staff:
            teams = self._teams_of(item, county)
            self._staff_of_county(row, teams, place)
            return
        at = letter(self.total_column)
        share = sum(values, ZERO) / everything if everything else ZERO
        text = f"IF(${at}${top}=0,0,{at}{row}/${at}${top})"
        self.sheet.put(row, self.last, Formula(text, share), NUMBER.but(format=PERCENT_OR_DASH))

    # -- firefighters --------------------------------------------------------------------------------------------------

    def _teams_of(self, item: Row, county: str) -> list[Row]:
        return [team for team in self.figures.teams.get(county, []) if team["item"] == item["item"]]

    def _teams(self, item: Row, county: str) -> None:
        figures, place = self.figures, self.counties[county]
        for team in self._teams_of(item, county):
            self.row += 1
            row, name = self.row, team["team"]
            self.sheet.line(row, KIND, ("team", name), HIDDEN)
            self.sheet.put(row, NUMBER_COLUMN, "", CENTRED)
            self.sheet.put(row, NAME, figures.team_names[name], TEXT.but(indent=3))
            self.sheet.put(row, UNIT, figures.class_name(team), CENTRED.but(wrap=True))
            hires = [figures.hires(name, year) for year in figures.years]
            for step, year in enumerate(figures.years):
                self.sheet.put(row, FIRST_YEAR + step, Formula(place.cell("hires", name, year), hires[step]), NUMBER)
                self.sheet.put(
                    row, self.total_column + 2 + step, Formula(place.cell("staff", name, year), figures.staff(name, year)), NUMBER
                )
            self.sheet.put(row, self.total_column, row_sum(row, FIRST_YEAR, self.last_year_column, hires), NUMBER.but(**TOTAL))
            self.sheet.put(row, self.total_column + 1, team["min_staff"], NUMBER)
            met = say("mark-met") if figures.meets(name, figures.last) else say("mark-not-met")
            note = f"{place.sheet.quoted}{letter(place.note_column)}{place.rows['staff', name]}"
            self.sheet.put(row, self.last, Formula(note, met), CENTRED)

    def _staff_of_county(self, row: int, teams: list[Row], place: CountySheet) -> None:
        """Least staff and year-end staff of the county's teams, and how many of them meet their standard at the end."""
        figures = self.figures
        self.sheet.put(row, self.total_column + 1, sum(team["min_staff"] for team in teams), NUMBER)
        for step, year in enumerate(figures.years):
            formula = total_of(
                [place.cell("staff", team["team"], year) for team in teams], [figures.staff(team["team"], year) for team in teams]
            )
            self.sheet.put(row, self.total_column + 2 + step, formula, NUMBER.but(bold=bool(teams)))
        good, note = say("mark-met"), letter(place.note_column)
        cells = [f'({place.sheet.quoted}{note}{place.rows["staff", team["team"]]}="{good}")*1' for team in teams]
        met = sum(figures.meets(team["team"], figures.last) for team in teams)
        formula = Formula(f'({"+".join(cells) or "0"})&"/{len(teams)}"', f"{met}/{len(teams)}")
        self.sheet.put(row, self.last, formula if teams else "", CENTRED)

    def _staff_total(self, item: Row, top: int, lines: list[int]) -> None:
        figures = self.figures
        teams = [team for county in figures.counties for team in self._teams_of(item, county)]
        values: list[list[Decimal | int]] = [[Decimal(team["min_staff"]) for team in teams]]
        values += [[figures.staff(team["team"], year) for team in teams] for year in figures.years]
        for step, each in enumerate(values):
            at = letter(self.total_column + 1 + step)
            self.sheet.put(
                top, self.total_column + 1 + step, total_of([f"{at}{row}" for row in lines], each), NUMBER.but(**TOTAL)
            )
        self.sheet.put(top, self.last, "", CENTRED.but(**TOTAL))

    # -- stations ------------------------------------------------------------------------------------------------------

    def _projects(self) -> None:
        """Where and when each project is built and opened, and what is paid for it in which year."""
        figures = self.figures
        projects = figures.tables["projects"]
        if not projects:
            return
        self.row += 2
        self.table.headers(self.row, [say("column-number"), say("column-project-county"), say("column-start")])
        self.table.year_headers(self.row, FIRST_YEAR, figures.years)
        self.sheet.height(self.row, 32)
        self.table.headers(self.row, [say("column-payments", currency=figures.currency), say("column-opens")], self.total_column)
        first = self.row + 1
        paid: dict[int, list[Decimal]] = {year: [] for year in figures.years}
        for number, project in enumerate(projects, start=1):
            self.row += 1
            row, name, place = self.row, project["project"], self.counties[project["county"]]
            start = figures.starts.get(name)
            self.sheet.line(row, KIND, ("project", name), HIDDEN)
            self.sheet.put(row, NUMBER_COLUMN, number, CENTRED)
            self.sheet.put(row, NAME, in_brackets(figures.project_names[name], figures.county_names[project["county"]]), TEXT)
            at = place.rows["capital", name]
            start_cell = f"{place.sheet.quoted}{letter(place.note_column - len(figures.years) - 2)}{at}"
            self.sheet.put(row, UNIT, _year_or_none(start_cell, start), YEAR)
            values: list[Any] = []
            for step, year in enumerate(figures.years):
                value = figures.instalment(name, start, year) if start is not None else ZERO
                values.append(value)
                paid[year].append(value)
                self.sheet.put(row, FIRST_YEAR + step, Formula(place.cell("capital", name, year), value), AMOUNT)
            self.sheet.put(row, self.total_column, row_sum(row, FIRST_YEAR, self.last_year_column, values), AMOUNT.but(**TOTAL))
            opens = f"{place.sheet.quoted}{letter(place.note_column)}{at}"
            self.sheet.put(row, self.last, _year_or_none(opens, figures.openings.get(name)), YEAR)
        self.row += 1
        self.sheet.put(self.row, NUMBER_COLUMN, "", CENTRED.but(**TOTAL))
        self.sheet.put(self.row, NAME, say("row-total"), TEXT.but(**TOTAL))
        self.sheet.put(self.row, UNIT, figures.currency, CENTRED.but(**TOTAL))
        for column in range(FIRST_YEAR, self.total_column + 1):
            of = [paid[figures.first + column - FIRST_YEAR]] if column < self.total_column else list(paid.values())
            value = sum((each for some in of for each in some), ZERO)
            self.sheet.put(
                self.row,
                column,
                Formula(f"SUM({letter(column)}{first}:{letter(column)}{self.row - 1})", value),
                AMOUNT.but(**TOTAL),
            )
        self.sheet.put(self.row, self.last, "", CENTRED.but(**TOTAL))


def _year_or_none(cell: str, year: int | None) -> Formula:
    """A year of another sheet, or a word where nothing is planned."""
    return Formula(
        f'IF(ISNUMBER({cell}),{cell},"{say("mark-not-planned")}")', year if year is not None else say("mark-not-planned")
    )
