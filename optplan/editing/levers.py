"""Quick levers: one factor on many figures at once, each a ``scale`` change like any other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal

from optplan.scenarios import Change, Scale
from optplan.tables.content import Tables
from optplan.tables.names import group_members
from optplan.tables.values import written

ONE = Decimal(1)
Kind = Literal["pool", "own", "prices", "recruits"]


@dataclass(frozen=True)
class Lever:
    """What a factor is put on: ``scales`` are the changes at a factor of one.

    ``kind`` says what people call it, with the ``fund`` of a pool, or the ``county`` and ``year`` of own funds. ``known`` are
    further changes that are this lever: those it had before rows that it moves were added or taken away.
    """

    kind: Kind
    scales: tuple[Scale, ...]
    fund: str | None = None
    county: str | None = None
    year: int | None = None
    known: tuple[Scale, ...] = ()

    @property
    def name(self) -> str:
        """A name that no other lever of the plan has."""
        return "-".join(str(part) for part in (self.kind, self.fund, self.county, self.year) if part is not None)


def levers(tables: Tables, base: Tables, *, county: str | None = None, year: int | None = None) -> list[Lever]:
    """All levers on the ``tables`` that a draft has made of ``base``, at last the own funds of ``county`` in ``year``."""
    found = {lever.name: lever for lever in (*fixed_levers(tables), own_funds_lever(tables, county, year)) if lever.scales}
    known = {lever.name: lever for lever in (*fixed_levers(base), own_funds_lever(base, county, year))}
    return [replace(lever, known=known[name].scales if name in known else ()) for name, lever in found.items()]


def fixed_levers(tables: Tables) -> list[Lever]:
    """The levers that the plan offers as a whole: each pool, all own funds, prices, recruits; without those that move nothing."""
    pools = [row["fund"] for row in tables["funds"] if row["level"] == "pool"]
    found = [Lever("pool", _amounts(tables, [fund], None, None), fund=fund) for fund in pools]
    found += [own_funds_lever(tables), Lever("prices", _prices(tables)), Lever("recruits", _recruits(tables))]
    return [lever for lever in found if lever.scales]


def own_funds_lever(tables: Tables, county: str | None = None, year: int | None = None) -> Lever:
    """The funds that counties have for themselves: of one county or all (``None``), in one year or all."""
    own = [row["fund"] for row in tables["funds"] if row["level"] == "county"]
    return Lever("own", _amounts(tables, own, county, year), county=county, year=year)


def factor_of(changes: Sequence[Change], lever: Lever) -> Decimal:
    """The factor at which ``changes`` have the lever; one if they do not touch it."""
    return next((change.factor for change in reversed(changes) if isinstance(change, Scale) and moves(lever, change)), ONE)


def pulled(changes: Sequence[Change], lever: Lever, factor: Decimal) -> tuple[Change, ...]:
    """The changes with the lever at ``factor``: where it was in the list, or at its end. At a factor of one it is not in it."""
    found: list[Change] = []
    left = {(scale.table, scale.column): scale for scale in lever.scales}
    for change in changes:
        if not (isinstance(change, Scale) and moves(lever, change)):
            found.append(change)
        elif factor != ONE and left.pop((change.table, change.column), None) is not None:
            found.append(change.model_copy(update={"factor": factor}))
    if factor != ONE:
        found += [scale.model_copy(update={"factor": factor}) for scale in left.values()]
    return tuple(found)


def moves(lever: Lever, change: Scale) -> bool:
    """Whether the change is the lever, or a part of it, at some factor."""
    return any(
        (change.table, change.column, _picked(change.where)) == (scale.table, scale.column, _picked(scale.where))
        for scale in (*lever.scales, *lever.known)
    )


def _picked(where: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    return {name: frozenset(written(value) for value in values) for name, values in where.items()}


def _scale(table: str, column: str, where: Mapping[str, Sequence[Any]]) -> Scale:
    picked = {name: values[0] if len(values) == 1 else tuple(values) for name, values in where.items()}
    return Scale(table=table, where=picked, column=column, factor=ONE)


def _amounts(tables: Tables, funds: Sequence[str], county: str | None, year: int | None) -> tuple[Scale, ...]:
    rows = [row for row in tables["budgets"] if county in (None, row["county"]) and year in (None, row["year"])]
    budgeted = {row["fund"] for row in rows}
    named = [fund for fund in funds if fund in budgeted]
    where: dict[str, Sequence[Any]] = {"fund": named}
    if county is not None:
        where["county"] = [county]
    if year is not None:
        where["year"] = [year]
    return (_scale("budgets", "amount", where),) if named else ()


def _prices(tables: Tables) -> tuple[Scale, ...]:
    priced = (("costs", "unit_cost"), ("projects", "capital_cost"))
    return tuple(_scale(table, column, {}) for table, column in priced if any(row.given(column) for row in tables[table]))


def _recruits(tables: Tables) -> tuple[Scale, ...]:
    """The limits on how many people may be hired: capacities of groups that hold nobody but staff."""
    staff = {row["item"] for row in tables["items"] if row["kind"] == "staff"}
    members = group_members(tables)
    capped = [row["group"] for row in tables["limits"] if row["kind"] == "capacity" and row.given("max")]
    groups = [group for group in dict.fromkeys(capped) if members.get(group) and members[group] <= staff]
    return (_scale("limits", "max", {"group": groups, "kind": ["capacity"]}),) if groups else ()
