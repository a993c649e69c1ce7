"""The accounts of the funds, and what remains to be paid when the plan is over (model.md §3.7)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from optplan.figures import lapses, loans
from optplan.figures.figures import ZERO, Figures
from optplan.schedule import from_yuan
from optplan.workbook.book import Formula, Sheet, letter, say
from optplan.workbook.schedule.county import HIDDEN, KEY, UNIT, CountySheet
from optplan.workbook.schedule.county_money import repaid
from optplan.workbook.schedule.frame import HEADER_ROW, Table
from optplan.workbook.schedule.money import Sources
from optplan.workbook.styles import AMOUNT, CENTRED, TEXT, TOTAL

MOST_LAPSES = 10
Counties = Mapping[str, CountySheet]


class Accounts:
    """The accounts of the funds: carried in, appropriated, spent, carried out, lapsed, for each year and holder."""

    HEADS = ("fund", "holder", "year", "carried-in", "amount", "available", "spent", "carried-out", "lapsed")
    FUND, HOLDER, YEAR_COLUMN, IN, AMOUNT, AVAILABLE, SPENT, OUT, LAPSED = range(2, 11)
    CAP = 1  # hidden: the most a pool may carry out of the year
    KEY = LAPSED + 1  # hidden: the fund and the year of a line of a pool

    def __init__(self, sheet: Sheet, figures: Figures, number: int, counties: Counties, sources: Sources) -> None:
        self.sheet, self.figures, self.counties, self.sources = sheet, figures, counties, sources
        self.by_year: dict[int, int] = {}
        table = Table(
            sheet, figures, number, say("title-accounts"), self.FUND, self.LAPSED, say("currency-unit", currency=figures.currency)
        )
        table.headers(HEADER_ROW, [say(f"column-{head}") for head in self.HEADS])
        self.row = HEADER_ROW
        first = self.row + 1
        for fund in figures.funds:
            holders = [""] if fund["level"] == "pool" else [c for c in figures.counties if fund in figures.own_funds(c)]
            for holder in holders:
                for year in figures.open_years:
                    self.row += 1
                    self._line(fund, holder, year)
        bottom = self.row
        for year in figures.open_years:
            self.row += 1
            self.by_year[year] = self.row
            self._year_total(year, first, bottom)
        for line in (*loans.sentences(figures), *lapses.sentences(figures, MOST_LAPSES)):
            self.row += 1
            sheet.merged(self.row, self.FUND, self.LAPSED, line, TEXT.but(border=False, size=9, colour="595959"))
        sheet.widths([0, 36, 18, 10, *[figures.amount_width] * 6, 0, 0])
        sheet.put(1, self.KEY, "accounts", HIDDEN)
        sheet.worksheet.auto_filter.ref = f"{letter(self.FUND)}{HEADER_ROW}:{letter(self.LAPSED)}{max(bottom, HEADER_ROW)}"
        table.finish(self.row, f"{letter(self.IN)}{HEADER_ROW + 1}")

    def part(self, column: int, year: int) -> str:
        """The plan-wide sum of a column in a year, as other sheets name the cell."""
        return f"{self.sheet.quoted}{letter(column)}{self.by_year[year]}"

    def _line(self, fund: Any, holder: str, year: int) -> None:
        figures, row, name = self.figures, self.row, fund["fund"]
        self.sheet.line(
            row, self.FUND, (figures.fund_names[name], figures.county_names[holder] if holder else say("holder-pool")), TEXT
        )
        self.sheet.put(row, self.YEAR_COLUMN, year, CENTRED.but(format=say("format-year"), year=True))
        parts = {
            part: figures.balance(name, holder, year, part) for part in ("carried_in", "amount", "spent", "carried_out", "lapsed")
        }
        at = {column: f"{letter(column)}{row}" for column in range(self.CAP, self.LAPSED + 1)}
        if holder:
            place = self.counties[holder]
            cells = {part: place.cell("account", f"{name}|{part}", year) for part in parts}
        else:
            cap = figures.carry_cap(fund, "", year)
            kept = Formula(f"ROUNDDOWN({fund['carry_share']}*{at[self.AMOUNT]}+{at[self.IN]},4)", cap)
            self.sheet.put(row, self.CAP, kept if fund["carry_years"] == "all" else cap, HIDDEN)
            self.sheet.line(row, self.KEY, ("pool", f"{name}|{year}"), HIDDEN)
            left = f"ROUND({at[self.AVAILABLE]}-{at[self.SPENT]},4)"
            cells = {
                "carried_in": f"{letter(self.OUT)}{row - 1}" if year > figures.open_years[0] else "0",
                "amount": "",
                "spent": self.sources.total(name, year),
                "carried_out": f"MAX(0,MIN({left},{at[self.CAP]}))",
                "lapsed": f"ROUND(MAX(0,{left}-{at[self.OUT]}),4)",
            }
        for column, part in (
            (self.IN, "carried_in"),
            (self.AMOUNT, "amount"),
            (self.SPENT, "spent"),
            (self.OUT, "carried_out"),
            (self.LAPSED, "lapsed"),
        ):
            self.sheet.put(row, column, Formula(cells[part], parts[part]) if cells[part] else parts[part], AMOUNT)
        available = Formula(f"{at[self.IN]}+{at[self.AMOUNT]}", parts["carried_in"] + parts["amount"])
        self.sheet.put(row, self.AVAILABLE, available, AMOUNT)

    def _year_total(self, year: int, first: int, bottom: int) -> None:
        figures, row = self.figures, self.row
        own = [entry for (_, _, when), entry in figures.balances.items() if when == year]
        sums = {
            part: sum((Decimal(entry[part]) for entry in own), ZERO)
            for part in ("carried_in", "amount", "spent", "carried_out", "lapsed")
        }
        sums["available"] = sums["carried_in"] + sums["amount"]
        self.sheet.line(row, self.FUND, (say("row-total"), ""), TEXT.but(**TOTAL))
        self.sheet.put(row, self.YEAR_COLUMN, year, CENTRED.but(format=say("format-year"), year=True, **TOTAL))
        years = f"${letter(self.YEAR_COLUMN)}${first}:${letter(self.YEAR_COLUMN)}${bottom}"
        for column, part in enumerate(("carried_in", "amount", "available", "spent", "carried_out", "lapsed"), start=self.IN):
            at = letter(column)
            formula = Formula(f"SUMIFS({at}${first}:{at}${bottom},{years},{year})" if bottom >= first else "0", sums[part])
            self.sheet.put(row, column, formula, AMOUNT.but(**TOTAL))


class Commitments:
    """What the plan leaves to be paid after its last year: instalments of projects, and the running costs of what it adds."""

    FIRST_AMOUNT = 3

    def __init__(self, sheet: Sheet, figures: Figures, number: int, counties: Counties) -> None:
        self.sheet, self.figures, self.counties = sheet, figures, counties
        self.last = self.FIRST_AMOUNT + len(figures.later_years)
        table = Table(
            sheet,
            figures,
            number,
            say("title-commitments", year=figures.last),
            1,
            self.last,
            say("currency-unit", currency=figures.currency),
        )
        table.headers(HEADER_ROW, [say("column-county"), say("column-commitment")])
        table.year_headers(HEADER_ROW, self.FIRST_AMOUNT, figures.later_years)
        table.headers(HEADER_ROW, [say("column-each-later-year")], self.last)
        self.row = HEADER_ROW
        first = self.row + 1
        sums: dict[int, Decimal] = dict.fromkeys(range(self.FIRST_AMOUNT, self.last + 1), ZERO)
        for county in figures.counties:
            for formulas, label in (*self._instalments(county), *self._loans(county), self._running(county)):
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
            sheet.put(
                self.row, column, Formula(f"SUM({letter(column)}{first}:{letter(column)}{bottom})", value), AMOUNT.but(**TOTAL)
            )
        self.row += 1
        sheet.merged(
            self.row, 1, self.last, say("note-commitments", year=figures.last), TEXT.but(border=False, size=9, colour="595959")
        )
        sheet.widths([20, 44, *[max(16, figures.amount_width)] * (len(figures.later_years) + 1)])
        table.finish(self.row, f"A{HEADER_ROW + 1}")

    def _instalments(self, county: str) -> list[tuple[dict[int, Formula], str]]:
        figures, place, found = self.figures, self.counties[county], []
        for project in place.projects if place.works else ():
            if figures.last + 1 > figures.last + len(project["spend"]) - 1:
                continue
            at = place.rows["capital", project["project"]]
            key, start = (f"{place.sheet.quoted}${letter(column)}${at}" for column in (KEY, UNIT))
            formulas = {}
            for step, year in enumerate(figures.later_years):
                value = figures.commitments.get(("project", county, project["project"], year), ZERO)
                formulas[self.FIRST_AMOUNT + step] = Formula(place.works.lookup("capital", year, key, start), value)  # type: ignore[union-attr]
            found.append((formulas, say("row-later-instalments", project=figures.project_names[project["project"]])))
        return found

    def _loans(self, county: str) -> list[tuple[dict[int, Formula], str]]:
        """What the county still pays back of its loans, if there are any."""
        figures, formulas = self.figures, {}
        for step, year in enumerate(figures.later_years):
            if owed := repaid(self.counties[county], year):
                value = figures.commitments.get(("loan", county, None, year), ZERO)
                formulas[self.FIRST_AMOUNT + step] = Formula("+".join(owed), value)
        return [(formulas, say("row-later-loans"))] if formulas else []

    def _running(self, county: str) -> tuple[dict[int, Formula], str]:
        figures, place = self.figures, self.counties[county]
        items = [item["item"] for item in figures.items]
        text = "0"
        if items:
            delivered = place.sheet.quoted + place.span("item", items, figures.first, figures.last)
            text = f"SUMPRODUCT({place.prices.cells('annual', county, figures.last)}*({delivered}))"
            for item in figures.service_life:
                stand, annual = (
                    figures.still_standing(item, figures.last + 1),
                    figures.prices.of(item, county, figures.last).annual,
                )
                gone = [place.cell("item", item, year) for year in figures.years if year not in stand]
                text += f"-{from_yuan(annual)}*({'+'.join(gone)})" if gone and annual else ""
            text = f"ROUND({text},4)"
        for project in place.projects if place.works else ():
            at = place.rows["capital", project["project"]]
            key, start = (f"{place.sheet.quoted}${letter(column)}${at}" for column in (KEY, UNIT))
            text += f"+{place.works.lookup('running', figures.last + 1, key, start)}"  # type: ignore[union-attr]
        value = figures.commitments.get(("running", county, None, figures.last + 1), ZERO)
        return {self.last: Formula(text, value)}, say("row-later-running")
