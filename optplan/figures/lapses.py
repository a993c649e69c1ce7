"""Money that lapses: how much, of which fund, in which year, and what it could have bought of what is missing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from optplan.figures.figures import ZERO, Figures
from optplan.language import sentences_of
from optplan.language.numbers import amount, quantity
from optplan.schedule import from_yuan

say = sentences_of("views")


@dataclass(frozen=True)
class Lapse:
    """What lapses of a fund at the end of a year, all its holders together.

    ``bought``: (item, how many) of what is missing of a target that it could have bought there and then, by price alone.
    """

    fund: str
    year: int
    amount: Decimal
    bought: tuple[str, Decimal] | None


def lapses(figures: Figures) -> list[Lapse]:
    """Every fund and year of which something lapses, the largest first."""
    lost: dict[tuple[str, int], dict[str, Decimal]] = defaultdict(dict)
    loans = {fund["fund"] for fund in figures.loans}  # what nobody borrowed is not lost
    for (fund, holder, year), entry in figures.balances.items():
        if Decimal(entry["lapsed"]) > 0 and fund not in loans:
            lost[fund, year][holder] = Decimal(entry["lapsed"])
    found = [
        Lapse(fund, year, sum(holders.values(), ZERO), _bought(figures, fund, year, holders))
        for (fund, year), holders in lost.items()
    ]
    return sorted(found, key=lambda lapse: (-lapse.amount, lapse.year, lapse.fund))


def sentences(figures: Figures, most: int) -> list[str]:
    """The ``most`` largest lapses as sentences, and one for all others together."""
    found = lapses(figures)
    lines = [_sentence(figures, lapse) for lapse in found[:most]]
    if others := found[most:]:
        total = amount(sum((lapse.amount for lapse in others), ZERO))
        lines.append(say("lapse-others", number=len(others), amount=total, currency=figures.currency))
    return lines


def in_one(figures: Figures) -> list[str]:
    """All that lapses in one sentence, where something does: a single lapse as it is, of several the sum and the largest."""
    found = lapses(figures)
    if len(found) < 2:
        return [_sentence(figures, lapse) for lapse in found]
    total, first = amount(sum((lapse.amount for lapse in found), ZERO)), found[0]
    words = {"fund": figures.fund_names[first.fund], "year": first.year, "amount": amount(first.amount)}
    return [say("lapse-total", total=total, currency=figures.currency, **words)]


def _sentence(figures: Figures, lapse: Lapse) -> str:
    words = {"fund": figures.fund_names[lapse.fund], "year": lapse.year, "amount": amount(lapse.amount)}
    if lapse.bought is None:
        missing = any(target["shortfall"] for target in figures.targets.values())
        return say("lapse" if missing else "lapse-all-met", **words, currency=figures.currency)
    item, number = lapse.bought
    return say("lapse-bought", **words, currency=figures.currency, item=figures.item_names[item], number=quantity(number))


def _bought(figures: Figures, fund: str, year: int, holders: dict[str, Decimal]) -> tuple[str, Decimal] | None:
    """What is missing most of a target, of goods that the fund may buy, and how many its money would have bought."""
    row = next(each for each in figures.funds if each["fund"] == fund)
    if "capital" not in figures.pays(row):
        return None
    named = [use for use in figures.tables["fund_uses"] if use["fund"] == fund]
    may = {i for use in named if use["class"] != "recurrent" for i in figures.members.get(use["group"], ())}
    best: tuple[Decimal, str, Decimal] | None = None
    for target in figures.tables["targets"]:
        short = Decimal(str(figures.targets[target["target"]]["shortfall"]))
        for item in (each for each in figures.items if each["item"] in figures.members[target["group"]]):
            if not short or item["kind"] != "goods" or (named and item["item"] not in may):
                continue
            number = ZERO
            for holder, money in holders.items():
                places = [c for c in ([holder] if holder else figures.counties) if target["county"] in {None, c}]
                prices = [figures.prices.of(item["item"], c, year).unit for c in places]
                cheapest = min((from_yuan(price) for price in prices if price), default=ZERO)
                number += money // cheapest if cheapest else ZERO
            share = min(number, short) / target["total"]
            if number and (best is None or share > best[0]):
                best = (share, item["item"], min(number, short))
    return None if best is None else best[1:]
