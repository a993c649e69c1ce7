"""A county's money: what its schedule costs, who pays it, and the accounts of its own funds (model.md §3.7)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from optplan.figures.figures import ZERO
from optplan.language.lists import in_brackets
from optplan.schedule import from_yuan
from optplan.tables.declarations import SPENDING_CLASSES
from optplan.workbook.book import Formula, letter, say
from optplan.workbook.schedule.county import FIRST_YEAR, CountySheet, entry_check
from optplan.workbook.schedule.frame import row_sum, warn_if
from optplan.workbook.styles import AMOUNT, TEXT, TOTAL

ACCOUNT = ("carried_in", "amount", "spent", "left", "cap", "carried_out", "lapsed")
SUMMED = ("amount", "spent", "lapsed")  # parts of an account whose total over the years means something


def repaid(place: CountySheet, year: int) -> list[str]:
    """What a county pays back in a year of what it spent of each loan in the years before, as formulas."""
    figures, found = place.figures, []
    for fund, past, factor in figures.repayments(place.county, year):
        cells = "+".join(place.cell("payment", f"{fund['fund']}|{kind}", past) for kind in figures.pays(fund))
        found.append(f"ROUND({factor}*({cells}),4)")
    return found


class CountyMoney:
    """Writes the sections on money of a county's sheet."""

    def __init__(self, place: CountySheet) -> None:
        self.place, self.figures, self.county = place, place.figures, place.county
        self.items = [item["item"] for item in self.figures.items]

    def write(self) -> None:
        """Costs, sources, what is not covered, then an account for each fund of the county."""
        self._costs()
        self._sources()
        self._accounts()

    def _line(
        self, kind: str, key: str, formulas: list[Any], *, name: str, note: str = "", strong: bool = False, total: bool = True
    ) -> int:
        place = self.place
        row = place.row + 1
        values = [each.value if isinstance(each, Formula) else each or ZERO for each in formulas]
        summed = row_sum(row, FIRST_YEAR, place.last_year_column, values) if total else ""
        look = AMOUNT.but(**TOTAL) if strong else AMOUNT
        place.line(
            formulas,
            look,
            name=name,
            unit=self.figures.currency,
            total=summed,
            note=note,
            name_look=TEXT.but(**TOTAL) if strong else TEXT,
        )
        place.ids(row, kind, key)
        return row

    def _costs(self) -> None:
        place, figures, c = self.place, self.figures, self.county
        place.section("section-money")
        capital, recurrent = [], []
        works = [project["project"] for project in place.projects]
        at = place.row + 4  # below the costs: what is paid back refers to what was spent of the loans
        for key in (f"{fund['fund']}|{kind}" for fund in figures.funds_of[c] for kind in figures.pays(fund)):
            place.rows["payment", key] = at
            at += 1
        for year in figures.years:
            paid, run = self._of_items(year)
            if works:
                paid += f"+SUM({place.span('capital', works, year)})"
                run += f"+SUM({place.span('running', works, year)})"
            run += "".join(f"+{owed}" for owed in repaid(place, year))
            capital.append(Formula(paid, figures.costs[c, year, "capital"]))
            recurrent.append(Formula(run, figures.costs[c, year, "recurrent"]))
        self._line("cost", "capital", capital, name=say("row-cost-capital"))
        self._line("cost", "recurrent", recurrent, name=say("row-cost-recurrent"))
        both = []
        for step, year in enumerate(figures.years):
            value = Decimal(capital[step].value) + Decimal(recurrent[step].value)
            both.append(Formula(f"{place.here('cost', 'capital', year)}+{place.here('cost', 'recurrent', year)}", value))
        self._line("cost", "", both, name=say("row-cost-total"), strong=True)

    def _of_items(self, year: int) -> tuple[str, str]:
        """What items cost in a year, as formulas: capital, and recurrent of those delivered now and before."""
        place, c = self.place, self.county
        if not self.items:
            return "0", "0"
        x = place.span("item", self.items, year)
        run = f"SUMPRODUCT({place.prices.cells('first_year', c, year)},{x})"
        if year > self.figures.first:
            before = place.span("item", self.items, self.figures.first, year - 1)
            run += f"+SUMPRODUCT({place.prices.cells('annual', c, year)}*({before}))"
        run += "".join(f"-{annual}*({'+'.join(cells)})" for annual, cells in self._retired(year))
        paid = f"SUMPRODUCT({place.prices.cells('unit', c, year)},{x})"
        paid += "".join(f"+{factor}*{cell}" for factor, cell in self._ordered(year))
        return f"ROUND({paid},4)", f"ROUND({run},4)"

    def _retired(self, year: int) -> list[tuple[Decimal, list[str]]]:
        """What a year of running costs, and the deliveries that no longer stand, of each item that does not stand for good."""
        figures, found = self.figures, []
        for item in figures.service_life:
            annual = from_yuan(figures.prices.of(item, self.county, year).annual)
            gone = [past for past in figures.years if past <= year and past not in figures.still_standing(item, year)]
            if gone and annual:
                found.append((annual, [self.place.here("item", item, past) for past in gone]))
        return found

    def _ordered(self, year: int) -> list[tuple[Decimal, str]]:
        """What falls due in a year for a unit of goods with a lead time, beyond its price on delivery, and the deliveries."""
        figures, found = self.figures, []
        for item in (row for row in figures.items if row["spend"]):
            for later in (at for at in figures.years if year <= at <= year + item["lead_years"]):
                due = sum(due for at, due in figures.prices.order(item["item"], self.county, later) if at == year)
                due -= figures.prices.of(item["item"], self.county, year).unit if later == year else 0
                if due:
                    found.append((from_yuan(due), self.place.here("item", item["item"], later)))
        return found

    def _sources(self) -> None:
        place, figures, c = self.place, self.figures, self.county
        check = entry_check("decimal", "0")
        lines: dict[str, list[tuple[str, str]]] = {kind: [] for kind in SPENDING_CLASSES}
        for fund in figures.funds_of[c]:
            for kind in figures.pays(fund):
                key = f"{fund['fund']}|{kind}"
                values = [
                    figures.paid(fund["fund"], c, year, kind) if year in figures.open_years else None for year in figures.years
                ]
                row = self._line("payment", key, values, name=in_brackets(figures.fund_names[fund["fund"]], say(f"class-{kind}")))
                place.decisions(row, values, AMOUNT, check)
                lines[kind].append(("payment", key))
        if figures.requests_allowed:
            for kind in SPENDING_CLASSES:
                values = [figures.requested(c, year, kind) if year in figures.open_years else None for year in figures.years]
                row = self._line("request", kind, values, name=say("row-request", kind=say(f"class-{kind}")))
                place.decisions(row, values, AMOUNT, check)
                lines[kind].append(("request", kind))
        if check.sqref:
            place.sheet.worksheet.add_data_validation(check)
        sources = [line for kind in SPENDING_CLASSES for line in lines[kind]]
        paid = {year: figures.costs[c, year, "capital"] + figures.costs[c, year, "recurrent"] for year in figures.open_years}
        self._line(
            "source",
            "",
            self._open(lambda year: Formula(self._added(sources, year), paid[year])),
            name=say("row-sources"),
            strong=True,
        )
        for kind in SPENDING_CLASSES:
            formulas = self._open(
                lambda year, kind=kind: Formula(
                    f"ROUND({place.here('cost', kind, year)}-({self._added(lines[kind], year)}),4)", ZERO
                )
            )
            row = self._line(
                "unfunded", kind, formulas, name=say("row-unfunded", kind=say(f"class-{kind}")), note=say("note-must-be-zero")
            )
            place.warn(row)

    def _added(self, lines: list[tuple[str, str]], year: int) -> str:
        return "+".join(self.place.here(kind, key, year) for kind, key in lines) or "0"

    def _open(self, formula: Any) -> list[Any]:
        """A formula for each open year; closed years have no money rules."""
        return [formula(year) if year in self.figures.open_years else None for year in self.figures.years]

    def _accounts(self) -> None:
        place, figures, c = self.place, self.figures, self.county
        funds = figures.own_funds(c)
        if not funds:
            return
        place.section("section-accounts")
        for fund in funds:
            name = fund["fund"]
            top = place.row + 1
            for offset, part in enumerate(ACCOUNT):
                place.rows["account", f"{name}|{part}"] = top + offset
            for part in ACCOUNT:
                formulas = self._open(lambda year, fund=fund, part=part: self._account(fund, part, year))
                strong = part == "left"
                row = self._line(
                    "account",
                    f"{name}|{part}",
                    formulas,
                    name=say(f"account-{part.replace('_', '-')}", fund=figures.fund_names[fund["fund"]]),
                    strong=strong,
                    total=part in SUMMED,
                )
                if strong:
                    self._never_negative(row)
            place.sheet.joined.discard(top)
        left = {year: sum((figures.left(fund["fund"], c, year) for fund in funds), ZERO) for year in figures.open_years}
        formulas = self._open(
            lambda year: Formula(
                "+".join(place.here("account", f"{fund['fund']}|left", year) for fund in funds)
                + "".join(f"-{place.here('unfunded', kind, year)}" for kind in SPENDING_CLASSES),
                left[year],
            )
        )
        row = self._line("left", "", formulas, name=say("row-left"), note=say("note-left"), strong=True, total=False)
        self._never_negative(row)

    def _account(self, fund: Any, part: str, year: int) -> Formula | Decimal:
        place, figures, c, name = self.place, self.figures, self.county, fund["fund"]

        def at(which: str, when: int = year) -> str:
            return place.here("account", f"{name}|{which}", when)

        match part:
            case "amount":
                return figures.balance(name, c, year, "amount")
            case "cap":
                if fund["carry_years"] == "all":
                    kept = f"ROUNDDOWN({fund['carry_share']}*{at('amount')}+{at('carried_in')},4)"
                    return Formula(kept, figures.carry_cap(fund, c, year))
                return figures.carry_cap(fund, c, year)
            case "carried_in":
                before = at("carried_out", year - 1) if year > figures.open_years[0] else "0"
                text = before
            case "spent":
                text = self._added([("payment", f"{name}|{kind}") for kind in figures.pays(fund)], year)
            case "left":
                return Formula(f"ROUND({at('carried_in')}+{at('amount')}-{at('spent')},4)", figures.left(name, c, year))
            case "carried_out":
                text = f"MAX(0,MIN({at('left')},{at('cap')}))"
            case _:
                text = f"ROUND(MAX(0,{at('left')}-{at('carried_out')}),4)"
        return Formula(text, figures.balance(name, c, year, part))

    def _never_negative(self, row: int) -> None:
        first = f"{letter(FIRST_YEAR)}{row}"
        warn_if(self.place.sheet, f"{first}:{letter(self.place.last_year_column)}{row}", f"{first}<0")
