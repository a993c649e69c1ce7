"""Money of the whole plan: what it costs, and who pays what."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from optplan.figures.figures import ZERO, Figures
from optplan.tables.declarations import SPENDING_CLASSES
from optplan.workbook.book import Formula, Sheet, letter, say
from optplan.workbook.schedule.county import HIDDEN, CountySheet
from optplan.workbook.schedule.frame import HEADER_ROW, Table, column_sum, row_sum
from optplan.workbook.styles import AMOUNT, TEXT, TOTAL

Counties = Mapping[str, CountySheet]
REQUEST = "(request)"  # stands in the place of a fund's id, which has no brackets


class Sources:
    """Who pays: a line for each county, fund and class, a subtotal a county, then totals by fund, by class and in all."""

    FUND, KIND, COUNTY, SHOWN_COUNTY, SHOWN_FUND, SHOWN_KIND, FIRST_YEAR = range(1, 8)

    def __init__(self, sheet: Sheet, figures: Figures, number: int, counties: Counties) -> None:
        self.sheet, self.figures, self.counties = sheet, figures, counties
        self.years = figures.open_years
        self.last = self.FIRST_YEAR + len(self.years)
        self.by_fund: dict[str, int] = {}
        self.table = Table(
            sheet,
            figures,
            number,
            say("title-sources"),
            self.SHOWN_COUNTY,
            self.last,
            say("currency-unit", currency=figures.currency),
        )
        self.row = HEADER_ROW
        self._write()

    def total(self, fund: str, year: int) -> str:
        """What a fund (or ``request``; blank: everything) pays in a year, as other sheets name the cell."""
        return f"{self.sheet.quoted}{self.column(year)}{self.by_fund[fund]}"

    def column(self, year: int) -> str:
        """The letter of an open year's column."""
        return letter(self.FIRST_YEAR + self.years.index(year))

    def _payers(self, county: str | None = None) -> list[tuple[str, str, str]]:
        """(fund, its name, class) of every line of a county, or of all of them."""
        funds = self.figures.funds_of[county] if county else self.figures.funds
        payers = [
            (fund["fund"], self.figures.fund_names[fund["fund"]], kind) for fund in funds for kind in self.figures.pays(fund)
        ]
        if self.figures.requests_allowed:
            payers += [(REQUEST, say("payer-request"), kind) for kind in SPENDING_CLASSES]
        return payers

    def _amount(self, fund: str, county: str, year: int, kind: str) -> Decimal:
        figures = self.figures
        return figures.requested(county, year, kind) if fund == REQUEST else figures.paid(fund, county, year, kind)

    def _write(self) -> None:
        table, figures = self.table, self.figures
        table.headers(HEADER_ROW, [say("column-county"), say("column-fund"), say("column-class")])
        table.year_headers(HEADER_ROW, self.FIRST_YEAR, self.years)
        table.headers(HEADER_ROW, [say("column-total")], self.last)
        first = self.row + 1
        for county in figures.counties:
            self._county(county)
        self.bottom = self.row
        self._totals(first)
        self.sheet.widths([0, 0, 0, 17, 40, 14, *[figures.amount_width] * (len(self.years) + 1)])
        table.finish(self.row, f"{letter(self.FIRST_YEAR)}{HEADER_ROW + 1}")

    def _county(self, county: str) -> None:
        figures, place, first = self.figures, self.counties[county], self.row + 1
        if not self._payers(county):
            return
        for fund, name, kind in self._payers(county):
            line = ("request", kind) if fund == REQUEST else ("payment", f"{fund}|{kind}")
            values = [self._amount(fund, county, year, kind) for year in self.years]
            formulas = [Formula(place.cell(*line, year), value) for year, value in zip(self.years, values, strict=True)]
            self._line((fund, kind, county), (figures.county_names[county], name, say(f"class-{kind}")), formulas)
        last = self.row
        sums: list[Any] = []
        for step, year in enumerate(self.years):
            values = [self._amount(fund, county, year, kind) for fund, _, kind in self._payers(county)]
            sums.append(column_sum(self.FIRST_YEAR + step, first, last, values))
        self._line(("", "", ""), (figures.county_names[county], say("row-subtotal"), ""), sums, strong=True)

    def _totals(self, first: int) -> None:
        figures = self.figures
        payers = self._payers()
        for fund, name in dict.fromkeys((fund, name) for fund, name, _ in payers):
            self.by_fund[fund] = self.row + 1
            self._summed(
                first, say("row-whole-plan"), name, "", "FUND", fund, [kind for other, _, kind in payers if other == fund]
            )
        for kind in SPENDING_CLASSES:
            formulas = []
            for year in self.years:
                value = sum(
                    (
                        self._amount(fund, county, year, kind)
                        for county in figures.counties
                        for fund, _, of in payers
                        if of == kind
                    ),
                    ZERO,
                )
                formulas.append(Formula(self._sumifs(first, year, "KIND", kind), value))
            self._line(
                ("total", kind, ""), (say("row-whole-plan"), say("row-all-sources"), say(f"class-{kind}")), formulas, strong=True
            )
        self.by_fund[""] = self.row + 1
        both = []
        for year in self.years:
            at = self.column(year)
            value = sum((self._amount(fund, county, year, kind) for county in figures.counties for fund, _, kind in payers), ZERO)
            both.append(Formula(f"{at}{self.row - 1}+{at}{self.row}", value))
        self._line(("total", "", ""), (say("row-whole-plan"), say("row-total"), ""), both, strong=True)

    def _summed(self, first: int, county: str, name: str, kind: str, by: str, key: str, kinds: list[str]) -> None:
        formulas = []
        for year in self.years:
            value = sum((self._amount(key, each, year, of) for each in self.figures.counties for of in kinds), ZERO)
            formulas.append(Formula(self._sumifs(first, year, by, key), value))
        self._line(("total", key, ""), (county, name, kind), formulas, strong=True)

    def _sumifs(self, first: int, year: int, by: str, key: str) -> str:
        at, keys = self.column(year), letter(getattr(self, by))
        if self.bottom < first:
            return "0"
        return f'SUMIFS({at}${first}:{at}${self.bottom},${keys}${first}:${keys}${self.bottom},"{key}")'

    def _line(self, ids: tuple[str, str, str], shown: tuple[str, str, str], formulas: list[Any], *, strong: bool = False) -> None:
        self.row += 1
        more = TOTAL if strong else {}
        self.sheet.line(self.row, 1, ids, HIDDEN)
        self.sheet.line(self.row, self.SHOWN_COUNTY, shown, TEXT.but(**more))
        self.sheet.line(self.row, self.FIRST_YEAR, formulas, AMOUNT.but(**more))
        total = row_sum(self.row, self.FIRST_YEAR, self.last - 1, [each.value for each in formulas])
        self.sheet.put(self.row, self.last, total, AMOUNT.but(**TOTAL))


class Costs:
    """What the plan costs: a line for each county and class, then totals by class and in all."""

    COUNTY, KIND, FIRST_YEAR = 1, 2, 3

    def __init__(self, sheet: Sheet, figures: Figures, number: int, counties: Counties) -> None:
        self.sheet, self.figures = sheet, figures
        self.last = self.FIRST_YEAR + len(figures.years)
        self.rows: dict[str, int] = {}
        table = Table(sheet, figures, number, say("title-costs"), 1, self.last, say("currency-unit", currency=figures.currency))
        table.headers(HEADER_ROW, [say("column-county"), say("column-class")])
        table.year_headers(HEADER_ROW, self.FIRST_YEAR, figures.years)
        table.headers(HEADER_ROW, [say("column-total")], self.last)
        self.row = HEADER_ROW
        lines: dict[str, list[int]] = {kind: [] for kind in (*SPENDING_CLASSES, "")}
        for county in figures.counties:
            for kind in (*SPENDING_CLASSES, ""):
                formulas = [
                    Formula(counties[county].cell("cost", kind, year), self._cost([county], year, kind)) for year in figures.years
                ]
                label = say(f"class-{kind}") if kind else say("row-subtotal")
                lines[kind].append(self._line(figures.county_names[county], label, formulas, strong=not kind))
        for kind in (*SPENDING_CLASSES, ""):
            formulas = []
            for year in figures.years:
                at = letter(self.FIRST_YEAR + year - figures.first)
                formulas.append(
                    Formula("+".join(f"{at}{row}" for row in lines[kind]), self._cost(list(figures.counties), year, kind))
                )
            label = say(f"class-{kind}") if kind else say("row-total")
            self.rows[kind] = self._line(say("row-whole-plan"), label, formulas, strong=True)
        sheet.widths([18, 18, *[figures.amount_width] * (len(figures.years) + 1)])
        table.finish(self.row, f"{letter(self.FIRST_YEAR)}{HEADER_ROW + 1}")

    def total(self, kind: str, year: int) -> str:
        """The plan-wide cost of a class (blank: both) in a year, as other sheets name the cell."""
        return f"{self.sheet.quoted}{letter(self.FIRST_YEAR + year - self.figures.first)}{self.rows[kind]}"

    def _cost(self, counties: list[str], year: int, kind: str) -> Decimal:
        kinds = (kind,) if kind else SPENDING_CLASSES
        return sum((self.figures.costs[county, year, each] for county in counties for each in kinds), ZERO)

    def _line(self, county: str, label: str, formulas: list[Formula], *, strong: bool) -> int:
        self.row += 1
        more = TOTAL if strong else {}
        self.sheet.line(self.row, 1, (county, label), TEXT.but(**more))
        self.sheet.line(self.row, self.FIRST_YEAR, formulas, AMOUNT.but(**more))
        total = row_sum(self.row, self.FIRST_YEAR, self.last - 1, [each.value for each in formulas])
        self.sheet.put(self.row, self.last, total, AMOUNT.but(**TOTAL))
        return self.row
