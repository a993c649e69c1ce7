"""Where the plan stands after edits: each criterion recalculated from the cells, beside its proven bound, and an alarm.

No schedule that keeps every rule can be better than a true bound. So where the cells come to one that seems to, either a rule
that a workbook cannot check is broken, or the proof was wrong: the sheet itself says so, without optplan.

A bound holds for schedules that are no worse in the criteria before it. So the first criterion that got worse, or that cells
cannot work out, ends the comparison, as it does in ``optplan verify``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from optplan.decision_model import noise
from optplan.figures.criteria import measures_of
from optplan.figures.figures import Figures
from optplan.schedule import YUAN
from optplan.tables.declarations import SPENDING_CLASSES
from optplan.workbook.book import Formula, in_cell, letter, say
from optplan.workbook.schedule.county import HIDDEN
from optplan.workbook.schedule.frame import warn_if
from optplan.workbook.schedule.summary import FIRST_YEAR, NAME, Summary
from optplan.workbook.styles import AMOUNT, CENTRED, FINE_PERCENT, NOTE, PLAIN_AMOUNT, SECTION, TEXT

if TYPE_CHECKING:
    from optplan.workbook.schedule.compliance import Compliance
    from optplan.workbook.schedule.gaps import Gaps

SEALED, NOW, BOUND, DIFFERENCE, STATE = range(FIRST_YEAR, FIRST_YEAR + 5)
STATES = ("alarm", "worse", "better", "same", "broken", "not-judged")


@dataclass(frozen=True)
class Standing:
    """A criterion of a schedule: what it ``now`` has (``None``: cells cannot tell), what the sealed one had, and the bound.

    ``room``: what arithmetic may leave between figures that are the same. All in the criterion's own unit.
    """

    name: str
    now: Fraction | None
    had: Fraction
    bound: Fraction
    room: Fraction


class AfterEdits:
    """The last section of the summary.

    ``alarm``: the cell that says it all, as other sheets name it; ``words``: what it says; ``wrong``: the formula that holds
    where it says that something is wrong.
    """

    def __init__(self, summary: Summary, gaps: Gaps, compliance: Compliance) -> None:
        self.summary, self.sheet, self.figures = summary, summary.sheet, summary.figures
        self.texts, self.values = _recalculated(summary, gaps)
        self.mark = summary.last + 2  # a hidden column: how many rules do not hold; whether a bound can be compared
        self.broken = f"{compliance.broken}+{summary.uncovered}"
        self._write()

    def _write(self) -> None:
        summary, sheet = self.summary, self.sheet
        head, summary.row = summary.row + 1, summary.row + 1
        sheet.merged(head, NAME, summary.last, say("section-after-edits"), SECTION)
        sheet.height(head, 24)
        summary.row += 1
        names = ("sealed", "now", "bound", "difference", "state")
        summary.table.headers(
            summary.row, [say("column-criterion"), say("column-level"), *(say(f"column-after-{name}") for name in names)]
        )
        rules = f"{letter(self.mark)}{summary.row}"
        sheet.put(summary.row, self.mark, Formula(self.broken, 0), HIDDEN)
        comparable, first = True, summary.row + 1
        for number, standing in enumerate(self._standings(), start=1):
            comparable = self._line(number, standing, rules, comparable=comparable)
        self._verdict(first, rules)

    def _standings(self) -> list[Standing]:
        found = []
        for entry in self.figures.document["criteria"]:
            name, had = entry["name"], Fraction(entry["in_plan"])
            room = 2 * noise(name, had) + (_yuan_of(self.figures) if name == "cost" else 0)
            found.append(Standing(name, self.values.get(name), had, Fraction(entry["bound"]), room))
        return found

    def _line(self, number: int, standing: Standing, rules: str, *, comparable: bool) -> bool:
        """A criterion; whether the next one can be compared as well."""
        summary, sheet = self.summary, self.sheet
        summary.row += 1
        row = summary.row
        measure = measures_of(self.figures.tables)(standing.name)
        per = measure.whole
        look = AMOUNT.but(format=FINE_PERCENT if measure.unit == "percent" else PLAIN_AMOUNT)
        sheet.put(row, NAME, measure.name, TEXT)
        sheet.put(row, NAME + 1, number, CENTRED)
        at = {column: f"{letter(column)}{row}" for column in (SEALED, NOW, BOUND, DIFFERENCE, STATE, self.mark)}
        sheet.put(row, SEALED, in_cell(standing.had / per), look)
        sheet.put(row, BOUND, in_cell(standing.bound / per), look)
        before = f"{letter(self.mark)}{row - 1}" if number > 1 else "1"
        if standing.now is None:
            sheet.put(row, NOW, say("after-not-told"), CENTRED)
            sheet.put(row, DIFFERENCE, "", CENTRED)
            sheet.put(row, STATE, say("after-not-judged"), CENTRED)
            sheet.put(row, self.mark, 0, HIDDEN)
            return False
        now = standing.now / per
        sheet.put(row, NOW, Formula(f"({self.texts[standing.name]})/{_number(per)}", in_cell(now)), look)
        sheet.put(row, DIFFERENCE, Formula(f"{at[NOW]}-{at[BOUND]}", in_cell(now - standing.bound / per)), look)
        room = _number(standing.room / per)
        states = {name: say(f"after-{name}") for name in STATES}
        told = (
            f'IF({rules}>0,"{states["broken"]}",IF({before}=0,"{states["not-judged"]}",IF({at[NOW]}<{at[BOUND]}-{room},'
            f'"{states["alarm"]}",IF({at[NOW]}>{at[SEALED]}+{room},"{states["worse"]}",'
            f'IF({at[NOW]}<{at[SEALED]}-{room},"{states["better"]}","{states["same"]}")))))'
        )
        sheet.put(row, STATE, Formula(told, states[_state(standing, comparable=comparable)]), CENTRED)
        keeps = f"IF(AND({before}=1,{at[NOW]}<={at[SEALED]}+{room}),1,0)"
        follows = comparable and standing.now <= standing.had + standing.room
        sheet.put(row, self.mark, Formula(keeps, int(follows)), HIDDEN)
        return follows

    def _verdict(self, first: int, rules: str) -> None:
        """One sentence below: an alarm, a rule that does not hold, or that all is well as far as cells can tell."""
        summary, sheet, states = self.summary, self.sheet, f"{letter(STATE)}{first}:{letter(STATE)}{self.summary.row}"
        summary.row += 1
        alarm = say("after-alarm")
        raised = any(sheet.values.get(f"{letter(STATE)}{row}") == alarm for row in range(first, summary.row))
        self.words = say("after-verdict-alarm" if raised else "after-verdict-none")
        told = (
            f'IF(COUNTIF({states},"{alarm}")>0,"{say("after-verdict-alarm")}",'
            f'IF({rules}>0,"{say("after-verdict-broken")}","{say("after-verdict-none")}"))'
        )
        sheet.merged(summary.row, NAME, summary.last, Formula(told, self.words), NOTE.but(bold=True))
        sheet.height(summary.row, 30)
        self.alarm = f"{sheet.quoted}${letter(NAME)}${summary.row}"
        self.wrong = f'OR({sheet.quoted}{absolute(rules)}>0,COUNTIF({sheet.quoted}{absolute(states)},"{alarm}")>0)'
        warn_if(sheet, states, f'OR({letter(STATE)}{first}="{alarm}",{letter(STATE)}{first}="{say("after-broken")}")')
        warn_if(sheet, f"{letter(NAME)}{summary.row}", self.wrong)


def absolute(cells: str) -> str:
    """Cells as formulas of conditional formats name them, which do not move with the cell."""
    return re.sub(r"([A-Z]+)([0-9]+)", r"$\1$\2", cells)


def _state(standing: Standing, *, comparable: bool) -> str:
    assert standing.now is not None
    if not comparable:
        return "not-judged"
    if standing.now < standing.bound - standing.room:
        return "alarm"
    if standing.now > standing.had + standing.room:
        return "worse"
    return "better" if standing.now < standing.had - standing.room else "same"


def _recalculated(summary: Summary, gaps: Gaps) -> tuple[dict[str, str], dict[str, Fraction]]:
    """The criteria that cells can work out: as a formula, and their value."""
    figures = summary.figures
    texts, values = {}, {}
    texts["target_shortfall"], values["target_shortfall"] = summary.shortfall
    texts["readiness_gap"], values["readiness_gap"] = gaps.readiness
    texts["worst_county"], values["worst_county"] = gaps.worst
    rate = 1 + Fraction(figures.tables.setting("discount_rate"))
    worth = {year: rate ** (figures.first - year) for year in figures.open_years}
    column = {year: letter(FIRST_YEAR + year - figures.first) for year in figures.open_years}
    texts["cost"] = "+".join(f"{column[year]}{summary.cost_row}*{_number(worth[year])}" for year in worth) or "0"
    values["cost"] = sum(
        (
            worth[year] * Fraction(figures.costs[county, year, kind])
            for year in worth
            for county in figures.counties
            for kind in SPENDING_CLASSES
        ),
        Fraction(0),
    )
    values["request"] = Fraction(sum(figures.requests.values(), Decimal(0)))
    texts["request"] = "0"
    if summary.request_row:
        texts["request"] = "+".join(f"N({column[year]}{summary.request_row})" for year in worth) or "0"
    return texts, values


def _yuan_of(figures: Figures) -> Fraction:
    """What rounding each cost of a county and a year to a yuan may come to, in the currency unit."""
    return Fraction(YUAN) * len(SPENDING_CLASSES) * len(figures.counties) * len(figures.open_years)


def _number(value: Fraction) -> str:
    return f"{Decimal(f'{float(value):.15g}'):f}"  # without an exponent, which not every program reads in a formula
