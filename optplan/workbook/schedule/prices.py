"""The prices that the formulas reckon with: of each item in each county and year, and of each project by its start year."""

from __future__ import annotations

from optplan.figures.figures import Figures
from optplan.language.lists import listed
from optplan.schedule import from_yuan
from optplan.tables.units import unit_name
from optplan.workbook.book import Sheet, letter, say
from optplan.workbook.schedule.frame import Table
from optplan.workbook.styles import AMOUNT, HEADER, SCORE, TEXT, YEAR, Look

FIRST_ROW = 6
FIRST_PRICE = 6  # after two hidden id columns and county, item, unit
KINDS = ("unit", "annual", "first_year")


class ItemPrices:
    """The sheet of item prices: a block of rows for counties with the same prices, items in the order of ``figures.items``."""

    def __init__(self, sheet: Sheet, figures: Figures, number: int) -> None:
        self.sheet, self.figures = sheet, figures
        years = len(figures.years)
        table = Table(
            sheet, figures, number, say("title-prices"), 3, FIRST_PRICE + len(KINDS) * years - 1,
            say("currency-unit", currency=figures.currency),
        )  # fmt: skip
        for column, head in enumerate(("column-county", "column-item", "column-unit"), start=3):
            sheet.merged(4, column, column, say(head), HEADER, last_row=5)
        for group, kind in enumerate(KINDS):
            at = FIRST_PRICE + group * years
            sheet.merged(4, at, at + years - 1, say(f"price-{kind.replace('_', '-')}"), HEADER)
            table.year_headers(5, at, figures.years)
        price = AMOUNT.but(format=SCORE)
        row = FIRST_ROW
        self._tops: dict[str, int] = {}
        for county in dict.fromkeys(figures.price_blocks.values()):
            self._tops[county] = row
            alike = [figures.county_names[other] for other, block in figures.price_blocks.items() if block == county]
            shown = say("scope-all") if len(alike) == len(figures.counties) else listed(alike)
            for item in figures.items:
                sheet.line(row, 1, (county, item["item"]), Look(border=False))
                sheet.line(row, 3, (shown, figures.item_names[item["item"]], unit_name(item["unit"])), TEXT)
                for group, kind in enumerate(KINDS):
                    for step, year in enumerate(figures.years):
                        yuan = getattr(figures.prices.of(item["item"], county, year), kind)
                        sheet.put(row, FIRST_PRICE + group * years + step, from_yuan(yuan), price)
                row += 1
        sheet.widths([0, 0, 14, 30, 8, *[10] * (len(KINDS) * years)])
        table.finish(row - 1, f"{letter(FIRST_PRICE)}{FIRST_ROW}", (4, 5))

    def cells(self, kind: str, county: str, year: int) -> str:
        """The prices of all items in a county and year, in the order of ``figures.items``."""
        column = letter(FIRST_PRICE + KINDS.index(kind) * len(self.figures.years) + year - self.figures.first)
        top = self._tops[self.figures.price_blocks[county]]
        return f"{self.sheet.quoted}${column}${top}:${column}${top + len(self.figures.items) - 1}"


class ProjectPrices:
    """The sheet of project prices: a row for each start year that a project could have."""

    def __init__(self, sheet: Sheet, figures: Figures, number: int) -> None:
        self.sheet, self.figures = sheet, figures
        self.paid = (*figures.years, *figures.later_years)
        running_at = FIRST_PRICE + len(self.paid)
        self.columns = {("capital", year): FIRST_PRICE + step for step, year in enumerate(self.paid)}
        self.columns |= {("running", year): running_at + step for step, year in enumerate(figures.years)}
        last = running_at + len(figures.years)
        self.columns["running", figures.last + 1] = last
        table = Table(
            sheet, figures, number, say("title-project-prices"), 3, last, say("currency-unit", currency=figures.currency)
        )
        for column, head in enumerate(("column-county", "column-project", "column-start"), start=3):
            sheet.merged(4, column, column, say(head), HEADER, last_row=5)
        sheet.merged(4, FIRST_PRICE, running_at - 1, say("price-instalments"), HEADER)
        sheet.merged(4, running_at, last, say("price-running"), HEADER)
        table.year_headers(5, FIRST_PRICE, self.paid)
        table.year_headers(5, running_at, figures.years)
        sheet.put(5, last, say("column-each-later-year"), HEADER)
        row = FIRST_ROW
        for project in figures.tables["projects"]:
            name = project["project"]
            for start in figures.years:
                sheet.line(row, 1, (name, start), Look(border=False))
                sheet.line(row, 3, (figures.county_names[project["county"]], figures.project_names[project["project"]]), TEXT)
                sheet.put(row, 5, start, YEAR)
                for year in self.paid:
                    sheet.put(row, self.columns["capital", year], figures.instalment(name, start, year), AMOUNT)
                for year in figures.years:
                    sheet.put(row, self.columns["running", year], figures.running(project, start, year), AMOUNT)
                opened = start + project["build_years"] <= figures.last
                annual = from_yuan(figures.prices.running(name, figures.last).annual if opened else 0)
                sheet.put(row, last, annual, AMOUNT)
                row += 1
        self.last_row = row - 1
        sheet.widths([0, 0, 14, 26, 9, *[10] * (last - FIRST_PRICE + 1)])
        table.finish(self.last_row, f"{letter(FIRST_PRICE)}{FIRST_ROW}", (4, 5))

    def lookup(self, kind: str, year: int, project: str, start: str) -> str:
        """What the project whose id and start year stand in the cells ``project`` and ``start`` costs in ``year``.

        ``kind``: ``capital``, or ``running`` (the year after the last: each later year).
        """
        at = letter(self.columns[kind, year])
        where = f"{self.sheet.quoted}$%s${FIRST_ROW}:$%s${self.last_row}"
        return f"SUMIFS({where % (at, at)},{where % ('A', 'A')},{project},{where % ('B', 'B')},{start})"
