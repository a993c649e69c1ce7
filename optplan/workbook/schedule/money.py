"""Money of the whole plan: who pays what, what it costs, the accounts of the funds, and what remains to be paid afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from optplan.tables.declarations import SPENDING_CLASSES
from optplan.workbook.book import Formula, Sheet, letter, say
from optplan.workbook.schedule.county import HIDDEN, CountySheet
from optplan.workbook.schedule.figures import ZERO, Figures
from optplan.workbook.schedule.frame import HEADER_ROW, Table, column_sum, row_sum
from optplan.workbook.styles import AMOUNT, CENTRED, TEXT, TOTAL

Counties = Mapping[str, CountySheet]
REQUEST = "request"  # stands in the place of a fund's id


class Sources:
    """Who pays: a line for each county, fund and class, a subtotal a county, then totals by fund, by class and in all."""

    FUND, KIND, COUNTY, SHOWN_COUNTY, SHOWN_FUND, SHOWN_KIND, FIRST_YEAR = range(1, 8)

    def __init__(self, sheet: Sheet, figures: Figures, number: int, counties: Counties) -> None:
        self.sheet, self.figures, self.counties = sheet, figures, counties
        self.years = figures.open_years
        self.last = self.FIRST_YEAR + len(self.years)
        self.by_fund: dict[str, int] = {}
        self.table = Table(
            sheet, figures, number, say("title-sources"), self.SHOWN_COUNTY, self.last, say("currency-unit", currency=figures.currency)
        )
        self.row = HEADER_ROW
        self._write()

    def total(self, fund: str, year: int) -> str:
        """What a fund (or ``request``; blank: everything) pays in a year, as other sheets name the cell."""
        return f"{self.sheet.quoted}{self.column(year)}{self.by_fund[fund]}"

    def column(self, year: int) -> str:
        """The letter of an open year's column."""
        return letter(self.FIRST_YEAR + self.years.index(year))

    def _payers(self) -> list[tuple[str, str, str]]:
        """(fund, its name, class) of every line of a county."""
        payers = [(fund["fund"], fund["name"], kind) for fund in self.figures.funds for kind in self.figures.pays(fund)]
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
        self.sheet.widths([0, 0, 0, 16, 26, 14, *[13] * len(self.years), 14])
        table.finish(self.row, f"{letter(self.FIRST_YEAR)}{HEADER_ROW + 1}")

    def _county(self, county: str) -> None:
        figures, place, first = self.figures, self.counties[county], self.row + 1
        for fund, name, kind in self._payers():
            line = ("request", kind) if fund == REQUEST else ("payment", f"{fund}|{kind}")
            values = [self._amount(fund, county, year, kind) for year in self.years]
            formulas = [Formula(place.cell(*line, year), value) for year, value in zip(self.years, values, strict=True)]
            self._line((fund, kind, county), (figures.county_names[county], name, say(f"class-{kind}")), formulas)
        last = self.row
        sums: list[Any] = []
        for step, year in enumerate(self.years):
            values = [self._amount(fund, county, year, kind) for fund, _, kind in self._payers()]
            sums.append(column_sum(self.FIRST_YEAR + step, first, last, values))
        self._line(("", "", ""), (figures.county_names[county], say("row-subtotal"), ""), sums, strong=True)

    def _totals(self, first: int) -> None:
        figures = self.figures
        payers = self._payers()
        for fund, name in dict.fromkeys((fund, name) for fund, name, _ in payers):
            self.by_fund[fund] = self.row + 1
            self._summed(first, say("row-whole-plan"), name, "", "FUND", fund, [kind for other, _, kind in payers if other == fund])
        for kind in SPENDING_CLASSES:
            formulas = []
            for year in self.years:
                value = sum((self._amount(fund, county, year, kind) for county in figures.counties for fund, _, of in payers if of == kind), ZERO)
                formulas.append(Formula(self._sumifs(first, year, "KIND", kind), value))
            self._line(("total", kind, ""), (say("row-whole-plan"), say("row-all-sources"), say(f"class-{kind}")), formulas, strong=True)
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
        return f'SUMIFS({at}${first}:{at}${self.bottom},${keys}${first}:${keys}${self.bottom},"{key}")'

    def _line(self, ids: tuple[str, str, str], shown: tuple[str, str, str], formulas: list[Any], *, strong: bool = False) -> None:
        self.row += 1
        more = TOTAL if strong else {}
        self.sheet.line(self.row, 1, ids, HIDDEN)
        self.sheet.line(self.row, self.SHOWN_COUNTY, shown, TEXT.but(**more))
        self.sheet.line(self.row, self.FIRST_YEAR, formulas, AMOUNT.but(**more))
        total = row_sum(self.row, self.FIRST_YEAR, self.last - 1, [each.value for each in formulas])
        self.sheet.put(self.row, self.last, total, AMOUNT.but(**TOTAL))


class Accounts:
    """The accounts of the funds: carried in, appropriated, spent, carried out, lapsed, for each year and holder."""

    HEADS = ("fund", "holder", "year", "carried-in", "amount", "available", "spent", "carried-out", "lapsed")
    FUND, HOLDER, YEAR_COLUMN, IN, AMOUNT, AVAILABLE, SPENT, OUT, LAPSED = range(2, 11)
    CAP = 1  # hidden: the most a pool may carry out of the year

    def __init__(self, sheet: Sheet, figures: Figures, number: int, counties: Counties, sources: Sources) -> None:
        self.sheet, self.figures, self.counties, self.sources = sheet, figures, counties, sources
        self.by_year: dict[int, int] = {}
        self.pool_left: dict[tuple[str, int], str] = {}
        table = Table(sheet, figures, number, say("title-accounts"), self.FUND, self.LAPSED, say("currency-unit", currency=figures.currency))
        table.headers(HEADER_ROW, [say(f"column-{head}") for head in self.HEADS])
        self.row = HEADER_ROW
        first = self.row + 1
        for fund in figures.funds:
            holders = [""] if fund["level"] == "pool" else list(figures.counties)
            for holder in holders:
                for year in figures.open_years:
                    self.row += 1
                    self._line(fund, holder, year)
        bottom = self.row
        for year in figures.open_years:
            self.row += 1
            self.by_year[year] = self.row
            self._year_total(year, first, bottom)
        sheet.widths([0, 26, 18, 9, *[14] * 6])
        sheet.worksheet.auto_filter.ref = f"{letter(self.FUND)}{HEADER_ROW}:{letter(self.LAPSED)}{bottom}"
        table.finish(self.row, f"{letter(self.IN)}{HEADER_ROW + 1}")

    def part(self, column: int, year: int) -> str:
        """The plan-wide sum of a column in a year, as other sheets name the cell."""
        return f"{self.sheet.quoted}{letter(column)}{self.by_year[year]}"

    def _line(self, fund: Any, holder: str, year: int) -> None:
        figures, row, name = self.figures, self.row, fund["fund"]
        self.sheet.line(row, self.FUND, (fund["name"], figures.county_names[holder] if holder else say("holder-pool")), TEXT)
        self.sheet.put(row, self.YEAR_COLUMN, year, CENTRED.but(format=say("format-year")))
        parts = {part: figures.balance(name, holder, year, part) for part in ("carried_in", "amount", "spent", "carried_out", "lapsed")}
        at = {column: f"{letter(column)}{row}" for column in range(self.CAP, self.LAPSED + 1)}
        if holder:
            place = self.counties[holder]
            cells = {part: place.cell("account", f"{name}|{part}", year) for part in parts}
        else:
            self.sheet.put(row, self.CAP, figures.carry_cap(fund, "", year), HIDDEN)
            left = f"ROUND({at[self.AVAILABLE]}-{at[self.SPENT]},4)"
            self.pool_left[name, year] = f"({self.sheet.quoted}{at[self.AVAILABLE]}-{self.sheet.quoted}{at[self.SPENT]})"
            cells = {
                "carried_in": f"{letter(self.OUT)}{row - 1}" if year > figures.open_years[0] else "0",
                "amount": "",
                "spent": self.sources.total(name, year),
                "carried_out": f"MAX(0,MIN({left},{at[self.CAP]}))",
                "lapsed": f"ROUND(MAX(0,{left}-{at[self.OUT]}),4)",
            }
        for column, part in ((self.IN, "carried_in"), (self.AMOUNT, "amount"), (self.SPENT, "spent"), (self.OUT, "carried_out"), (self.LAPSED, "lapsed")):
            self.sheet.put(row, column, Formula(cells[part], parts[part]) if cells[part] else parts[part], AMOUNT)
        available = Formula(f"{at[self.IN]}+{at[self.AMOUNT]}", parts["carried_in"] + parts["amount"])
        self.sheet.put(row, self.AVAILABLE, available, AMOUNT)

    def _year_total(self, year: int, first: int, bottom: int) -> None:
        figures, row = self.figures, self.row
        own = [entry for (_, _, when), entry in figures.balances.items() if when == year]
        sums = {part: sum((Decimal(entry[part]) for entry in own), ZERO) for part in ("carried_in", "amount", "spent", "carried_out", "lapsed")}
        sums["available"] = sums["carried_in"] + sums["amount"]
        self.sheet.line(row, self.FUND, (say("row-total"), ""), TEXT.but(**TOTAL))
        self.sheet.put(row, self.YEAR_COLUMN, year, CENTRED.but(format=say("format-year"), **TOTAL))
        years = f"${letter(self.YEAR_COLUMN)}${first}:${letter(self.YEAR_COLUMN)}${bottom}"
        for column, part in enumerate(("carried_in", "amount", "available", "spent", "carried_out", "lapsed"), start=self.IN):
            at = letter(column)
            formula = Formula(f"SUMIFS({at}${first}:{at}${bottom},{years},{year})", sums[part])
            self.sheet.put(row, column, formula, AMOUNT.but(**TOTAL))


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
                formulas = [Formula(counties[county].cell("cost", kind, year), self._cost([county], year, kind)) for year in figures.years]
                label = say(f"class-{kind}") if kind else say("row-subtotal")
                lines[kind].append(self._line(figures.county_names[county], label, formulas, strong=not kind))
        for kind in (*SPENDING_CLASSES, ""):
            formulas = []
            for year in figures.years:
                at = letter(self.FIRST_YEAR + year - figures.first)
                formulas.append(Formula("+".join(f"{at}{row}" for row in lines[kind]), self._cost(list(figures.counties), year, kind)))
            label = say(f"class-{kind}") if kind else say("row-total")
            self.rows[kind] = self._line(say("row-whole-plan"), label, formulas, strong=True)
        sheet.widths([18, 18, *[14] * len(figures.years), 15])
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
        total = row_sum(self.row, self.FIRST_YEAR, self.last - 1, [each.value for each in formulas])  # type: ignore[misc]
        self.sheet.put(self.row, self.last, total, AMOUNT.but(**TOTAL))
        return self.row


class Commitments:
    """What the plan leaves to be paid after its last year: instalments of projects, and the running costs of what it adds."""

    FIRST_AMOUNT = 3

    def __init__(self, sheet: Sheet, figures: Figures, number: int, counties: Counties) -> None:
        self.sheet, self.figures, self.counties = sheet, figures, counties
        self.last = self.FIRST_AMOUNT + len(figures.later_years)
        table = Table(sheet, figures, number, say("title-commitments", year=figures.last), 1, self.last, say("currency-unit", currency=figures.currency))
        table.headers(HEADER_ROW, [say("column-county"), say("column-commitment")])
        table.year_headers(HEADER_ROW, self.FIRST_AMOUNT, figures.later_years)
        table.headers(HEADER_ROW, [say("column-each-later-year")], self.last)
        self.row = HEADER_ROW
        first = self.row + 1
        sums: dict[int, Decimal] = dict.fromkeys(range(self.FIRST_AMOUNT, self.last + 1), ZERO)
        for county in figures.counties:
            for formulas, label in (*self._instalments(county), self._running(county)):
                self.row += 1
                sheet.line(self.row, 1, (figures.county_names[county], label), TEXT)
                for column in range(self.FIRST_AMOUNT, self.last + 1):
                    formula = formulas.get(column)
                    sums[column] += Decimal(formula.value) if formula else ZERO
                    sheet.put(self.row, column, formula or ZERO, AMOUNT)
        bottom = self.row
        self.row += 1
        sheet.line(self.row, 1, (say("row-whole-plan"), say("row-total")), TEXT.but(**TOTAL))
        for column, value in sums.items():
            sheet.put(self.row, column, Formula(f"SUM({letter(column)}{first}:{letter(column)}{bottom})", value), AMOUNT.but(**TOTAL))
        self.row += 1
        sheet.merged(self.row, 1, self.last, say("note-commitments", year=figures.last), TEXT.but(border=False, size=9, colour="595959"))
        sheet.height(self.row, 30)
        sheet.widths([20, 40, *[16] * (len(figures.later_years) + 1)])
        table.finish(self.row, f"A{HEADER_ROW + 1}")

    def _instalments(self, county: str) -> list[tuple[dict[int, Formula], str]]:
        figures, place, found = self.figures, self.counties[county], []
        for project in place.projects if place.works else ():
            if figures.last + 1 > figures.last + len(project["spend"]) - 1:
                continue
            at = place.rows["capital", project["project"]]
            key, start = (f"{place.sheet.quoted}${letter(column)}${at}" for column in (2, 6))
            formulas = {}
            for step, year in enumerate(figures.later_years):
                value = figures.commitments.get(("project", county, project["project"], year), ZERO)
                formulas[self.FIRST_AMOUNT + step] = Formula(place.works.lookup("capital", year, key, start), value)  # type: ignore[union-attr]
            found.append((formulas, say("row-later-instalments", project=project["name"])))
        return found

    def _running(self, county: str) -> tuple[dict[int, Formula], str]:
        figures, place = self.figures, self.counties[county]
        items = [item["item"] for item in figures.items]
        delivered = place.span("item", items, figures.first, figures.last)
        text = f"ROUND(SUMPRODUCT({place.prices.cells('annual', county, figures.last)}*({_on(place, delivered)})),4)"
        for project in place.projects if place.works else ():
            at = place.rows["capital", project["project"]]
            key, start = (f"{place.sheet.quoted}${letter(column)}${at}" for column in (2, 6))
            text += f"+{place.works.lookup('running', figures.last + 1, key, start)}"  # type: ignore[union-attr]
        value = figures.commitments.get(("running", county, None, figures.last + 1), ZERO)
        return {self.last: Formula(text, value)}, say("row-later-running")


def _on(place: CountySheet, span: str) -> str:
    return place.sheet.quoted + span


