"""Money that lapses: how much, of which fund, in which year, and what it could have bought of what is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
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

    ``bought``: (item, how many) of what is missing of a target, or else of a standard, that it could have bought there and then,
    by price alone.
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
        return say(f"lapse-{_still_missing(figures, lapse.year)}", **words, currency=figures.currency)
    item, number = lapse.bought
    return say("lapse-bought", **words, currency=figures.currency, item=figures.item_names[item], number=quantity(number))


def _still_missing(figures: Figures, year: int) -> str:
    """What money of ``year`` leaves missing: ``targets``, if those are met ``standards``, or ``nothing``."""
    if any(target["shortfall"] for target in figures.targets.values()):
        return "targets"
    return "standards" if any(short and at >= year for (_, _, at), short in figures.gaps.items()) else "nothing"


@dataclass(frozen=True)
class _Want:
    """``short`` of any of ``items`` are missing of ``total``, in a county or (``None``) wherever they are."""

    items: set[str]
    county: str | None
    short: Decimal
    total: Decimal


def _of_targets(figures: Figures) -> Iterator[_Want]:
    for target in figures.tables["targets"]:
        short = Decimal(str(figures.targets[target["target"]]["shortfall"]))
        if short:
            yield _Want(figures.members[target["group"]], target["county"], short, target["total"])


def _of_standards(figures: Figures, year: int) -> Iterator[_Want]:
    """What standards lack from ``year`` on."""
    for entry in figures.document["gaps"]:
        short, required = Decimal(str(entry["gap"])), Decimal(str(entry["required"]))
        if short and entry["year"] >= year:
            yield _Want(figures.members[figures.standard_groups[entry["standard"]]], entry["county"], short, required)


def _bought(figures: Figures, fund: str, year: int, holders: dict[str, Decimal]) -> tuple[str, Decimal] | None:
    """What is missing most of a target, or else of a standard, of goods that the fund may buy, and how many its money would have
    bought."""
    row = next(each for each in figures.funds if each["fund"] == fund)
    if "capital" not in figures.pays(row):
        return None
    named = [use for use in figures.tables["fund_uses"] if use["fund"] == fund]
    may = {i for use in named if use["class"] != "recurrent" for i in figures.members.get(use["group"], ())}
    goods = {each["item"] for each in figures.items if each["kind"] == "goods" and (not named or each["item"] in may)}
    for wants in (_of_targets(figures), _of_standards(figures, year)):
        best: tuple[Decimal, str, Decimal] | None = None
        for want in wants:
            for item in (each["item"] for each in figures.items if each["item"] in want.items & goods):
                number = min(_affordable(figures, item, year, holders, want.county), want.short)
                if number and (best is None or number / want.total > best[0]):
                    best = (number / want.total, item, number)
        if best is not None:
            return best[1:]
    return None


def _affordable(figures: Figures, item: str, year: int, holders: dict[str, Decimal], county: str | None) -> Decimal:
    """How many of ``item`` the money of ``holders`` buys where each may spend it, by price alone."""
    number = ZERO
    for holder, money in holders.items():
        places = [c for c in ([holder] if holder else figures.counties) if county in {None, c}]
        prices = [figures.prices.of(item, c, year).unit for c in places]
        cheapest = min((from_yuan(price) for price in prices if price), default=ZERO)
        number += money // cheapest if cheapest else ZERO
    return number
