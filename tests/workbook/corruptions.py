"""Slips that make one cell of an input workbook wrong, each only where it really is wrong."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from optplan.tables.content import Tables
from optplan.tables.schema import Column, Kind, Table

from .damages import NUMBERS

AMOUNTS = NUMBERS - {Kind.YEAR}
OF_THE_PLAN = {"costs": "year", "limits": "year", "mix": "year", "budgets": "year", "growth": "year", "targets": "by_year"}
SETTINGS_OF_YEARS = {"first_year", "last_year", "price_year"}
RATES = {"rate", "capital_price_growth", "recurrent_price_growth", "discount_rate"}


@dataclass(frozen=True)
class Spot:
    """A cell of a table: its row among the table's rows, its column, and what it holds."""

    tables: Tables
    table: Table
    column: Column
    row: int
    held: Any

    @property
    def name(self) -> str:
        return self.column.name

    @property
    def values(self) -> Any:
        return self.tables[self.table.name][self.row]

    @property
    def defines(self) -> bool:
        """Whether other tables refer to the row by this cell."""
        return (
            self.name == self.table.key[0]
            and not self.column.refers_to
            and any(
                row.values.get(column.name) == self.held
                for table in self.tables
                for row in self.tables[table]
                for column in row.table.columns
                if self.table.name in column.refers_to
            )
        )

    @property
    def known(self) -> set[str]:
        """What the cell may name."""
        targets = self.column.refers_to or (self.table.name,)
        return {row[row.table.key[0]] for target in targets for row in self.tables[target]}


Corruption = Callable[[Spot, random.Random], Any]
NOT_HERE = object()


def text_for_a_number(spot: Spot, rng: random.Random) -> Any:
    return rng.choice(["约三百", "暂缺", "—", "many", "?", "12;13", "10~20"]) if spot.column.kind in NUMBERS else NOT_HERE


def below_the_least(spot: Spot, rng: random.Random) -> Any:
    if spot.column.kind is Kind.WHOLE or spot.column.minimum == 0:
        return rng.choice([-1, -250, "-12", "－3"])
    if spot.column.above is not None:
        return int(spot.column.above) - 1
    return -200 if spot.column.kind is Kind.DEGREES else NOT_HERE


def beyond_the_most(spot: Spot, rng: random.Random) -> Any:
    if spot.column.maximum is not None:
        return int(spot.column.maximum) + rng.choice([1, 30, 1000])
    return rng.choice([10**16, 9e20, "1" * 18]) if spot.column.kind in NUMBERS else NOT_HERE


def with_a_unit(spot: Spot, rng: random.Random) -> Any:
    return f"{spot.held}{rng.choice(['万元', '辆', '人', ' km', '左右'])}" if spot.column.kind in AMOUNTS else NOT_HERE


def percent_without_its_sign(spot: Spot, _: random.Random) -> Any:
    return 100 * float(spot.held) if spot.name in RATES and 0.01 <= float(spot.held) < 1 else NOT_HERE


def too_many_decimals(spot: Spot, _: random.Random) -> Any:
    if spot.column.kind in {Kind.WHOLE, Kind.YEAR}:
        return float(spot.held) + 0.5
    return float(spot.held) + 0.00005 if spot.column.kind is Kind.MONEY else NOT_HERE


def yuan_for_ten_thousand_yuan(spot: Spot, _: random.Random) -> Any:
    wrong_here = spot.table.name == "budgets" and spot.name == "amount" and spot.held
    return 10_000 * float(spot.held) if wrong_here else NOT_HERE


def unknown_reference(spot: Spot, rng: random.Random) -> Any:
    return rng.choice(["nowhere", "不存在", "item-999"]) if spot.column.refers_to else NOT_HERE


def typing_error(spot: Spot, rng: random.Random) -> Any:
    """A letter left out, doubled or exchanged in a name that other rows know."""
    if not (spot.column.refers_to or spot.defines):
        return NOT_HERE
    word = str(spot.held)
    at = rng.randrange(len(word) - 1)
    wrong = rng.choice(
        [word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:], word[:at] + word[at + 1] + word[at] + word[at + 2 :]]
    )
    return NOT_HERE if wrong in spot.known or wrong == word else wrong


def twice_the_same_key(spot: Spot, rng: random.Random) -> Any:
    """Another row's entry, where that makes two rows with the same key."""
    table = spot.table
    if spot.name not in table.key:
        return NOT_HERE
    at = table.key.index(spot.name)
    own = spot.values.key
    others = [row[spot.name] for row in spot.tables[table.name] if row.key[:at] + row.key[at + 1 :] == own[:at] + own[at + 1 :]]
    others = [other for other in others if other is not None and other != own[at]]
    return rng.choice(others) if others else NOT_HERE


def no_such_choice(spot: Spot, rng: random.Random) -> Any:
    return rng.choice(["其它类", "plam", "both?", "2"]) if spot.column.choices else NOT_HERE


def neither_yes_nor_no(spot: Spot, rng: random.Random) -> Any:
    return rng.choice(["部分", 2, "maybe"]) if spot.column.kind is Kind.FLAG else NOT_HERE


def no_year_at_all(spot: Spot, rng: random.Random) -> Any:
    return rng.choice([20211, 1021, 202, "二〇二一", "2021-2025", "十四五"]) if spot.column.kind is Kind.YEAR else NOT_HERE


def out_of_the_plan(spot: Spot, rng: random.Random) -> Any:
    if OF_THE_PLAN.get(spot.table.name) == spot.name or (spot.table.name == "plan" and spot.name in SETTINGS_OF_YEARS):
        return rng.choice([2012, 2052, 2102])
    return rng.choice([2052, 2102]) if spot.name in {"from_year", "earliest_start"} else NOT_HERE


def date_far_away(spot: Spot, rng: random.Random) -> Any:
    day = rng.choice([datetime.datetime(2099, 12, 31), datetime.datetime(1900, 3, 5), datetime.datetime(2021, 5, 1, 8, 30)])
    return NOT_HERE if spot.column.kind is Kind.TEXT else day


def emptied(spot: Spot, _: random.Random) -> Any:
    needed = spot.column.required
    if spot.table.name == "budgets" and spot.name == "county":
        needed = True  # only a pool's rows have none, and theirs are empty already
    if spot.table.name == "limits" and spot.name in {"min", "max"}:
        needed = not (spot.values.given("min") and spot.values.given("max"))
    if spot.table.name == "costs" and spot.name in {"unit_cost", "annual_cost"}:
        needed = not spot.values["annual_cost" if spot.name == "unit_cost" else "unit_cost"]
    return None if needed else NOT_HERE


def excel_error(_: Spot, rng: random.Random) -> Any:
    return rng.choice(["#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!"])


def formula(_: Spot, rng: random.Random) -> Any:
    return rng.choice(["=B7*1.05", "=SUM(A1:A3)", '="x"&"y"', "=[1]预算!A1"])


def truth_value(spot: Spot, rng: random.Random) -> Any:
    return NOT_HERE if spot.column.kind is Kind.FLAG else rng.choice([True, False])


def not_an_id(spot: Spot, rng: random.Random) -> Any:
    return rng.choice(["朔 城", "a,b", "x/y", "-"]) if spot.column.kind is Kind.ID else NOT_HERE


def shares_that_do_not_add_up(spot: Spot, rng: random.Random) -> Any:
    return rng.choice(["0.4;0.7", "0.5", "40;60", "一半;一半"]) if spot.column.kind is Kind.SHARES else NOT_HERE


def far_too_long(_: Spot, __: random.Random) -> Any:
    return "长" * 6000


CORRUPTIONS: dict[str, Corruption] = {
    corruption.__name__: corruption
    for corruption in (
        text_for_a_number,
        below_the_least,
        beyond_the_most,
        with_a_unit,
        percent_without_its_sign,
        too_many_decimals,
        yuan_for_ten_thousand_yuan,
        unknown_reference,
        typing_error,
        twice_the_same_key,
        no_such_choice,
        neither_yes_nor_no,
        no_year_at_all,
        out_of_the_plan,
        date_far_away,
        emptied,
        excel_error,
        formula,
        truth_value,
        not_an_id,
        shares_that_do_not_add_up,
        far_too_long,
    )
}
