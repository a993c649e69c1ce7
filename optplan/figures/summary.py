"""A result in a few figures, as the terminal and the page show it: targets by year, payers by year, the widest gaps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from optplan.figures.palette import fund_colours
from optplan.language import text
from optplan.tables.names import group_members, group_names, names
from optplan.tables.scopes import counts_in
from optplan.tables.units import currency_name

if TYPE_CHECKING:
    from optplan.document.document import ResultDocument
    from optplan.tables.content import Tables

ZERO = Decimal(0)


@dataclass(frozen=True)
class TargetLine:
    """A target with its deliveries of each year of the plan, up to its own year."""

    name: str
    by_year: tuple[Decimal, ...]
    delivered: Decimal
    total: Decimal
    shortfall: Decimal


@dataclass(frozen=True)
class PayerLine:
    """What a fund, or a request, pays in each open year, in the currency unit. ``fund``: its id, blank for what is no fund."""

    name: str
    by_year: tuple[Decimal, ...]
    fund: str = ""


@dataclass(frozen=True)
class GapLine:
    """A standard that a county does not meet in the last year."""

    standard: str
    county: str
    required: Decimal
    stock: Decimal
    gap: Decimal


@dataclass(frozen=True)
class Summary:
    """The headline figures of a result. ``assumptions`` of its ``rows`` of input rest on assumption.

    ``colours``: that of each fund, by id.
    """

    currency: str
    years: tuple[int, ...]
    open_years: tuple[int, ...]
    targets: tuple[TargetLine, ...]
    payers: tuple[PayerLine, ...]
    gaps: tuple[GapLine, ...]
    assumptions: int
    rows: int
    colours: Mapping[str, str]


def summarise(result: ResultDocument, language: str) -> Summary:
    """The headline figures of a result that carries a schedule; names in ``language`` where the plan gives both."""
    tables, document = result.tables(), result.document
    first, last = tables.setting("first_year"), tables.setting("last_year")
    years = tuple(range(first, last + 1))
    open_years = tuple(year for year in years if year > (tables.setting("closed_through") or first - 1))
    data = [row for name in tables if name != "plan" for row in tables[name]]
    return Summary(
        currency_name(tables, language),
        years,
        open_years,
        _targets(tables, document, years, language),
        _payers(tables, document, open_years, language),
        _gaps(tables, document, last, language),
        sum(row["basis"] == "assumption" for row in data),
        len(data),
        fund_colours(tables),
    )


def _targets(tables: Tables, document: dict[str, Any], years: tuple[int, ...], language: str) -> tuple[TargetLine, ...]:
    members, called, counties = group_members(tables), group_names(tables, language), names(tables, "counties", language)
    met = {entry["target"]: entry for entry in document["targets"]}
    lines = []
    for row in tables["targets"]:
        by_year: dict[int, Decimal] = defaultdict(Decimal)
        for entry in document["schedule"]:
            inside = entry["item"] in members[row["group"]] and row["county"] in {None, entry["county"]}
            if inside and counts_in(row, entry["year"]):
                by_year[entry["year"]] += Decimal(str(entry["quantity"]))
        name = called.get(row["group"], row["group"])
        if row["county"]:
            name += f" · {counties[row['county']]}"
        if row["by_year"] != years[-1]:
            name += text("cli", "by-year", language, year=row["by_year"])
        entry = met[row["target"]]
        lines.append(
            TargetLine(
                name,
                tuple(by_year[year] for year in years),
                Decimal(str(entry["delivered"])),
                Decimal(str(entry["total"])),
                Decimal(str(entry["shortfall"])),
            )
        )
    return tuple(lines)


def _payers(tables: Tables, document: dict[str, Any], years: tuple[int, ...], language: str) -> tuple[PayerLine, ...]:
    called = names(tables, "funds", language)
    paid: dict[str, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for entry in document["payments"]:
        paid[entry["fund"]][entry["year"]] += Decimal(entry["amount"])
    lines = [PayerLine(called[fund], tuple(paid[fund][year] for year in years), fund) for fund in called if fund in paid]
    asked: dict[int, Decimal] = defaultdict(Decimal)
    for entry in document["requests"]:
        asked[entry["year"]] += Decimal(entry["amount"])
    if asked:
        lines.append(PayerLine(text("cli", "requested"), tuple(asked[year] for year in years)))
    total = tuple(sum((line.by_year[position] for line in lines), ZERO) for position in range(len(years)))
    return (*lines, PayerLine(text("cli", "column-sum"), total))


def _gaps(tables: Tables, document: dict[str, Any], last: int, language: str) -> tuple[GapLine, ...]:
    counties, groups = names(tables, "counties", language), group_names(tables, language)
    called = {row["standard"]: groups.get(row["group"], row["standard"]) for row in tables["standards"]}
    lines = [
        GapLine(
            called.get(entry["standard"], entry["standard"]),
            counties[entry["county"]],
            Decimal(str(entry["required"])),
            Decimal(str(entry["stock"])),
            Decimal(str(entry["gap"])),
        )
        for entry in document["gaps"]
        if entry["year"] == last and Decimal(str(entry["gap"])) > 0
    ]
    return tuple(sorted(lines, key=lambda line: -(line.gap / line.required if line.required else line.gap)))
