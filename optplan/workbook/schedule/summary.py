"""The totals of the whole plan by year (汇总): targets, costs, sources, and how good the plan is proven to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from optplan.figures.figures import ZERO, Figures
from optplan.figures.proven import proven_of
from optplan.language import text
from optplan.language.lists import in_brackets
from optplan.language.numbers import decimal_of
from optplan.tables.declarations import SPENDING_CLASSES
from optplan.tables.scopes import counts_in
from optplan.tables.units import unit_name
from optplan.workbook.book import Formula, Sheet, letter, say
from optplan.workbook.schedule.county import EDGE, HIDDEN, CountySheet
from optplan.workbook.schedule.frame import HEADER_ROW, Table, group_look, mark, row_sum, warn_unless_zero
from optplan.workbook.schedule.money import REQUEST
from optplan.workbook.styles import AMOUNT, CENTRED, NOTE, SECTION, SHARE, TEXT, TOTAL, with_decimals

if TYPE_CHECKING:
    from optplan.tables.content import Row
    from optplan.workbook.schedule.accounts import Accounts
    from optplan.workbook.schedule.money import Costs, Sources
    from optplan.workbook.schedule.programmes import Programme

KEY, NAME, UNIT, FIRST_YEAR = 1, 2, 3, 4


class Targets:
    """Where the figures of each target stand on the summary, known before it is written."""

    def __init__(self, sheet: Sheet, figures: Figures) -> None:
        self.sheet, self.figures = sheet, figures
        self.rows = {row["target"]: HEADER_ROW + 2 + number for number, row in enumerate(figures.tables["targets"])}
        after = FIRST_YEAR + len(figures.years)
        self.columns = {"delivered": after, "total": after + 1, "shortfall": after + 2, "share": after + 3}
        self.names = {row["target"]: self._name(row) for row in figures.tables["targets"]}

    def _name(self, row: Row) -> str:
        figures = self.figures
        name = figures.group_names.get(row["group"], row["group"])
        if row["county"]:
            name = in_brackets(name, figures.county_names[row["county"]])
        return name if row["by_year"] == figures.last else say("target-by-year", target=name, year=row["by_year"])

    def cell(self, target: str, figure: str) -> str:
        """A figure of a target, as other sheets name the cell."""
        return f"{self.sheet.quoted}{letter(self.columns[figure])}{self.rows[target]}"

    def year_cell(self, target: str, year: int) -> str:
        """What is delivered for a target in a year, as other sheets name the cell."""
        return f"{self.sheet.quoted}{letter(FIRST_YEAR + year - self.figures.first)}{self.rows[target]}"

    def delivered(self, row: Row, year: int) -> Decimal:
        """X_{t,y}: what counts for the target in a year."""
        figures = self.figures
        counties = [row["county"]] if row["county"] else figures.counties
        return sum((figures.x(item, county, year) for item in figures.members[row["group"]] for county in counties), ZERO)


class Summary:
    """Writes the summary sheet. ``payer_rows``: where each fund's payments by year stand, for the chart."""

    def __init__(
        self, targets: Targets, number: int, programmes: Mapping[str, Programme], counties: Mapping[str, CountySheet]
    ) -> None:
        self.targets, self.sheet, self.figures = targets, targets.sheet, targets.figures
        self.programmes, self.counties = programmes, counties
        self.last = targets.columns["share"]
        self.payer_rows: dict[str, int] = {}
        self.cost_row = self.request_row = self.unfunded_row = self.left_row = 0
        self.weighed = self.last + 2  # a hidden column: what each target lacks as a share of it, times its weight
        self.table = Table(
            self.sheet,
            self.figures,
            number,
            say("title-summary"),
            NAME,
            self.last,
            say("unit-summary", currency=self.figures.currency),
        )
        self.row = HEADER_ROW - 1

    def write(self, costs: Costs, sources: Sources, accounts: Accounts) -> None:
        """Write the sheet."""
        self._targets()
        self._money(costs, sources, accounts)
        self._proof()

    def finish(self) -> None:
        """Widths, panes and the printed page, once all sections stand."""
        years = len(self.figures.years)
        self.sheet.widths([0, 56, 10, *[self.figures.amount_width] * years, self.figures.amount_width, 13, 12, 11, EDGE, 0])
        self.table.finish(self.row, f"{letter(FIRST_YEAR)}{HEADER_ROW}", None)

    @property
    def shortfall(self) -> tuple[str, Fraction]:
        """The criterion of targets, recalculated from this sheet: a formula, and its value."""
        rows, at = self.targets.rows.values(), letter(self.weighed)
        value = sum((self._lacking(row) for row in self.figures.tables["targets"]), Fraction(0))
        return f"SUM({at}{min(rows)}:{at}{max(rows)})" if rows else "0", value

    @property
    def uncovered(self) -> str:
        """How many years have money that is not covered, or less than nothing left, as a formula of this sheet."""
        cells = f"{letter(FIRST_YEAR)}{{0}}:{letter(FIRST_YEAR + len(self.figures.years) - 1)}{{0}}"
        signs = ((self.unfunded_row, ">0"), (self.unfunded_row, "<0"), (self.left_row, "<0"))
        return "+".join(f'COUNTIF({cells.format(row)},"{sign}")' for row, sign in signs)

    def _lacking(self, row: Row) -> Fraction:
        """What a target lacks, as a share of it times its weight."""
        short = Fraction(str(self.figures.targets[row["target"]]["shortfall"]))
        return Fraction(row["weight"]) * short / Fraction(row["total"]) if row["total"] else Fraction(0)

    def _section(self, name: str, heads: Sequence[str], after: Sequence[str]) -> None:
        self.row += 1
        self.sheet.merged(self.row, NAME, self.last, say(name), SECTION)
        self.sheet.height(self.row, 24)
        self.row += 1
        self.table.headers(self.row, [say(head) for head in heads])
        self.table.year_headers(self.row, FIRST_YEAR, self.figures.years)
        self.table.headers(self.row, [say(head) for head in after], FIRST_YEAR + len(self.figures.years))

    def _targets(self) -> None:
        self.sheet.put(1, KEY, "summary", HIDDEN)
        self._section(
            "section-targets",
            ("column-target", "column-unit"),
            ("column-delivered", "column-target-total", "column-shortfall", "column-completion"),
        )
        for row in self.figures.tables["targets"]:
            self.row += 1
            self._target(row)

    def _target(self, row: Row) -> None:
        figures, at, targets = self.figures, self.row, self.targets
        items = [item for item in figures.items if item["item"] in figures.members[row["group"]]]
        units = {unit_name(item["unit"]) for item in items}
        look = group_look(figures, row["group"], row["total"])
        self.sheet.put(at, KEY, row["target"], HIDDEN)
        self.sheet.put(at, NAME, targets.names[row["target"]], TEXT)
        self.sheet.put(at, UNIT, units.pop() if len(units) == 1 else "", CENTRED)
        for step, year in enumerate(figures.years):
            formula = Formula(
                "+".join(self._deliveries(item, row["county"], year) for item in items) or "0", targets.delivered(row, year)
            )
            self.sheet.put(at, FIRST_YEAR + step, formula, look)
        entry = figures.targets[row["target"]]
        counted = [step for step, year in enumerate(figures.years) if counts_in(row, year)] or [0]
        first, last = (letter(FIRST_YEAR + step) for step in (counted[0], counted[-1]))
        done, total, short, share = (targets.columns[name] for name in ("delivered", "total", "shortfall", "share"))
        delivered = Decimal(str(entry["delivered"]))
        self.sheet.put(at, done, Formula(f"SUM({first}{at}:{last}{at})", delivered), look.but(**TOTAL))
        self.sheet.put(at, total, row["total"], look)
        self.sheet.put(
            at, short, Formula(f"MAX(0,{letter(total)}{at}-{letter(done)}{at})", Decimal(str(entry["shortfall"]))), look
        )
        completion = delivered / row["total"] if row["total"] else Decimal(1)
        self.sheet.put(
            at, share, Formula(f"IF({letter(total)}{at}=0,1,{letter(done)}{at}/{letter(total)}{at})", completion), SHARE
        )
        mark(self.sheet, f"{letter(share)}{at}", f"{letter(short)}{at}=0", f"{letter(short)}{at}>0")
        weighed = f"IF({letter(total)}{at}=0,0,{row['weight']:f}*{letter(short)}{at}/{letter(total)}{at})"
        self.sheet.put(at, self.weighed, Formula(weighed, decimal_of(self._lacking(row))), HIDDEN)

    def _deliveries(self, item: Row, county: str | None, year: int) -> str:
        if county:
            return self.counties[county].cell("item", item["item"], year)
        programme = next(each for each in self.programmes.values() if item["item"] in each.totals)
        return programme.total(item["item"], year)

    def _money(self, costs: Costs, sources: Sources, accounts: Accounts) -> None:
        figures = self.figures
        self._section("section-money-summary", ("column-money", "column-unit"), ("column-total",))
        for kind in (*SPENDING_CLASSES, ""):
            values = [
                sum(
                    (
                        figures.costs[county, year, each]
                        for county in figures.counties
                        for each in ((kind,) if kind else SPENDING_CLASSES)
                    ),
                    ZERO,
                )
                for year in figures.years
            ]
            label = say(f"row-cost-{kind or 'total'}")
            self._line(
                label,
                [Formula(costs.total(kind, year), value) for year, value in zip(figures.years, values, strict=True)],
                strong=not kind,
            )
        for fund, name in (*figures.fund_names.items(), *self._request()):
            self.payer_rows[fund] = self.row + 1
            formulas = [
                Formula(sources.total(fund, year), self.paid(fund, year)) if year in figures.open_years else None
                for year in figures.years
            ]
            self._line(say("row-payer", payer=name), formulas)
        self.cost_row = cost_row = self.row - len(self.payer_rows)
        self.request_row = self.payer_rows.get(REQUEST, 0)
        paid = [
            Formula(sources.total("", year), self.paid(None, year)) if year in figures.open_years else None
            for year in figures.years
        ]
        self._line(say("row-sources"), paid, strong=True)
        paid_row = self.row
        at = {year: letter(FIRST_YEAR + year - figures.first) for year in figures.years}
        unfunded = [
            Formula(f"ROUND({at[year]}{cost_row}-{at[year]}{paid_row},4)", ZERO) if year in figures.open_years else None
            for year in figures.years
        ]
        self._line(say("row-unfunded-all"), unfunded)
        self.unfunded_row = self.row
        first = f"{letter(FIRST_YEAR)}{self.row}"
        warn_unless_zero(self.sheet, f"{first}:{letter(FIRST_YEAR + len(figures.years) - 1)}{self.row}", first)
        self._remaining(accounts)

    def _remaining(self, accounts: Accounts) -> None:
        """What is carried on, what lapses, and what is left once everything is paid for."""
        figures = self.figures
        for column, part in ((accounts.OUT, "carried_out"), (accounts.LAPSED, "lapsed")):
            values = {year: self._balance(part, year) for year in figures.open_years}
            formulas = [Formula(accounts.part(column, year), values[year]) if year in values else None for year in figures.years]
            self._line(say(f"row-{part.replace('_', '-')}"), formulas, total=part == "lapsed")
        left: list[Any] = []
        for step, year in enumerate(figures.years):
            if year not in figures.open_years:
                left.append(None)
                continue
            available, spent = accounts.part(accounts.AVAILABLE, year), accounts.part(accounts.SPENT, year)
            value = self._balance("carried_out", year) + self._balance("lapsed", year)
            left.append(Formula(f"ROUND({available}-{spent}-{letter(FIRST_YEAR + step)}{self.unfunded_row},4)", value))
        self._line(say("row-left-all"), left, strong=True, total=False)
        self.left_row = self.row

    def _request(self) -> list[tuple[str, str]]:
        return [(REQUEST, say("payer-request"))] if self.figures.requests_allowed else []

    def paid(self, fund: str | None, year: int) -> Decimal:
        """What a fund (``REQUEST``: the extra money asked; ``None``: everybody) pays in a year."""
        figures = self.figures
        paid = sum((amount for (f, _, y, _), amount in figures.payments.items() if y == year and fund in {None, f}), ZERO)
        asked = sum((amount for (_, y, _), amount in figures.requests.items() if y == year), ZERO)
        return paid + (asked if fund in {None, REQUEST} else ZERO)

    def _balance(self, part: str, year: int) -> Decimal:
        return sum((Decimal(entry[part]) for (_, _, when), entry in self.figures.balances.items() if when == year), ZERO)

    def _line(self, name: str, formulas: list[Any], *, strong: bool = False, total: bool = True) -> None:
        self.row += 1
        more = TOTAL if strong else {}
        self.sheet.put(self.row, NAME, name, TEXT.but(**more))
        self.sheet.put(self.row, UNIT, self.figures.currency, CENTRED.but(**more))
        self.sheet.line(self.row, FIRST_YEAR, formulas, AMOUNT.but(**more))
        after = FIRST_YEAR + len(self.figures.years)
        summed = row_sum(self.row, FIRST_YEAR, after - 1, [each.value for each in formulas if each is not None])
        self.sheet.put(self.row, after, summed if total else "", AMOUNT.but(**TOTAL))

    def _proof(self) -> None:
        """Each criterion: what was reached, what is proven to be the least possible, and what the plan has."""
        self.row += 1
        self.sheet.merged(self.row, NAME, self.last, say("section-proof"), SECTION)
        self.sheet.height(self.row, 24)
        self.row += 1
        words = [text("proven", f"column-{name}") for name in ("plan", "bound", "difference", "given-up", "state")]
        self.table.headers(self.row, [say("column-criterion"), say("column-level"), *words])
        for number, level in enumerate(proven_of(self.figures.document, self.figures.tables), start=1):
            self.row += 1
            percent = level.measure.unit == "percent"
            decimals = max(2, -int(level.plan.as_tuple().exponent))
            form = with_decimals(decimals, percent=percent)
            self.sheet.put(self.row, NAME, level.name, TEXT)
            self.sheet.put(self.row, UNIT, number, CENTRED)
            shown = (level.plan, level.bound, level.difference, level.given_up)
            for column, value in enumerate(shown, start=FIRST_YEAR):
                self.sheet.put(self.row, column, value / 100 if percent else value, AMOUNT.but(format=form))
            self.sheet.put(self.row, FIRST_YEAR + 4, level.state, CENTRED)
        self.row += 1
        self.sheet.merged(self.row, NAME, self.last, say("note-proof"), NOTE)
