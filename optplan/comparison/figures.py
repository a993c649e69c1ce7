"""The figures that results are compared by, each kind with its key: what a result file says, in exact decimals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from optplan.document.document import ResultDocument
from optplan.tables.content import Tables
from optplan.tables.names import group_members
from optplan.tables.scopes import counts_in

ZERO = Decimal(0)
Key = tuple[Any, ...]


@dataclass(frozen=True)
class Side:
    """One of the results that are compared; ``label`` is its letter."""

    label: str
    result: ResultDocument

    @cached_property
    def tables(self) -> Tables:
        """The plan's tables as they were solved."""
        return self.result.tables()

    def entries(self, section: str) -> list[dict[str, Any]]:
        """The rows of a section of the result file."""
        entries: list[dict[str, Any]] = self.result.document[section]
        return entries

    def account(self) -> dict[str, Any]:
        """What the result is of: letter, model, scenarios, status, title and hash of the plan, seal."""
        document = self.result.document
        return {
            "label": self.label,
            "model": document["model"],
            "scenario": list(document["scenario"]),
            "status": document["status"],
            "title": document["plan"]["title"],
            "plan_sha256": document["plan"]["sha256"],
            "seal": document["seal"]["sha256"] if document["seal"] else None,
        }


class Difference(NamedTuple):
    """A figure of every result. ``values`` by label, ``None`` where a result lacks it; ``differences`` from the first."""

    key: Key
    values: dict[str, Decimal | None]
    differences: dict[str, Decimal | None]

    @property
    def differs(self) -> bool:
        """Whether not all results agree."""
        return len(set(self.values.values())) > 1


@dataclass(frozen=True)
class Section:
    """A kind of figure. ``figures`` gives those of a result by their key, the columns ``keys``.

    ``absent`` is what a figure that a schedule does not mention stands for. ``headline``: listed even where all agree.
    ``as_listed``: in the order of the results, which means something, rather than by key.
    """

    name: str
    keys: tuple[str, ...]
    figures: Callable[[Side], Mapping[Key, Decimal]]
    absent: Decimal | None = ZERO
    money: bool = False
    headline: bool = False
    as_listed: bool = False


def _number(value: Any) -> Decimal:
    return Decimal(int(value)) if isinstance(value, bool) else Decimal(str(value))


def _criteria(side: Side) -> Mapping[Key, Decimal]:
    return {(entry["name"],): _number(entry["in_plan"]) for entry in side.entries("criteria")}


def _targets(side: Side) -> Mapping[Key, Decimal]:
    figures = ("total", "delivered", "shortfall")
    return {(entry["target"], figure): _number(entry[figure]) for entry in side.entries("targets") for figure in figures}


def _deliveries(side: Side) -> Mapping[Key, Decimal]:
    """What counts towards each target, by year."""
    done: dict[Key, Decimal] = defaultdict(Decimal)
    members = group_members(side.tables)
    by_item: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for entry in side.entries("schedule"):
        by_item[entry["item"]].append(entry)
    for row in side.tables["targets"]:
        for entry in (entry for item in members.get(row["group"], ()) for entry in by_item[item]):
            if row["county"] in {None, entry["county"]} and counts_in(row, entry["year"]):
                done[row["target"], entry["year"]] += _number(entry["quantity"])
    return done


def _funds(side: Side) -> Mapping[Key, Decimal]:
    """Payments of each fund, and what is requested beyond the funds under a blank one, by year."""
    paid: dict[Key, Decimal] = defaultdict(Decimal)
    for entry in side.entries("payments"):
        paid[entry["fund"], entry["year"]] += _number(entry["amount"])
    for entry in side.entries("requests"):
        paid["", entry["year"]] += _number(entry["amount"])
    return paid


def _counties(side: Side) -> Mapping[Key, Decimal]:
    """Capital and recurrent cost of each county, by year."""
    cost: dict[Key, Decimal] = defaultdict(Decimal)
    for entry in side.entries("costs"):
        cost[entry["county"], entry["year"]] += _number(entry["capital"]) + _number(entry["recurrent"])
    return cost


def _of(section: str, keys: tuple[str, ...], figure: str) -> Callable[[Side], Mapping[Key, Decimal]]:
    return lambda side: {tuple(entry[key] for key in keys): _number(entry[figure]) for entry in side.entries(section)}


_DELIVERY, _TEAM_YEAR, _GAP = ("item", "county", "year"), ("team", "year"), ("standard", "county", "year")
SECTIONS: dict[str, Section] = {
    section.name: section
    for section in (
        Section("criteria", ("criterion",), _criteria, absent=None, headline=True, as_listed=True),
        Section("targets", ("target", "figure"), _targets, absent=None, headline=True, as_listed=True),
        Section("deliveries", ("target", "year"), _deliveries, headline=True),
        Section("funds", ("fund", "year"), _funds, money=True, headline=True),
        Section("counties", ("county", "year"), _counties, money=True, headline=True),
        Section("schedule", _DELIVERY, _of("schedule", _DELIVERY, "quantity")),
        Section("hires", _TEAM_YEAR, _of("teams", _TEAM_YEAR, "hires")),
        Section("projects", ("project",), _of("projects", ("project",), "start"), absent=None),
        Section("gaps", _GAP, _of("gaps", _GAP, "gap")),
    )
}


def differences(section: Section, sides: Sequence[Side]) -> Iterator[Difference]:
    """The figures of ``section`` of every side, in the order of their keys; where all agree, headline figures only."""
    figures = {side.label: section.figures(side) if side.result.has_schedule else None for side in sides}
    keys = dict.fromkeys(key for found in figures.values() if found is not None for key in found)
    ordered = keys if section.as_listed else sorted(keys, key=lambda key: tuple(map(str, key)))
    first = sides[0].label
    for key in ordered:
        values = {label: None if found is None else found.get(key, section.absent) for label, found in figures.items()}
        line = Difference(key, values, {label: _less(values[label], values[first]) for label in values if label != first})
        if section.headline or line.differs:
            yield line


def _less(value: Decimal | None, first: Decimal | None) -> Decimal | None:
    return None if value is None or first is None else value - first
