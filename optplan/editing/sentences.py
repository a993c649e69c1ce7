"""The changes of a draft in words: what will be asked, such as “平鲁区 2024年 自有资金 −20%”."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from optplan.editing.draft import steps
from optplan.editing.levers import Lever, levers, moves
from optplan.language import current_language, text
from optplan.language.lists import clauses, listed
from optplan.language.numbers import exact_percent
from optplan.scenarios import Add, Change, Remove, Scale, Set
from optplan.scenarios.cells import picks_by_group
from optplan.scenarios.patch import Patch
from optplan.tables.content import Tables
from optplan.tables.declarations import PROVENANCE, TABLES, column_of
from optplan.tables.labels import column_label, setting_label, table_label
from optplan.tables.names import Names
from optplan.tables.schema import Column, Table
from optplan.tables.values import BadValue, parse, written

MOST_NAMED = 8  # of a list of names; the rest is counted
SAID = {column.name for column in PROVENANCE}


def sentences(base: Tables, changes: Sequence[Change], language: str | None = None) -> list[str]:
    """Each change in words, the way it stands after those before it."""
    language = language or current_language()
    patch = Patch(base)
    names = Names(base, language)
    moved = base  # the tables as far as what can be moved goes
    found = []
    for step in steps(changes):
        found.append(_sentence(patch, step.change, names, base, moved))
        patch.apply(step)
        if not isinstance(step.change, Scale):
            moved = patch.as_tables()
    return found


def lever_label(lever: Lever, names: Names) -> str:
    """What people call a lever."""
    parts = {
        "fund": names.by_table["funds"].get(lever.fund or "", ""),
        "county": names.by_table["counties"].get(lever.county or "", ""),
        "year": "" if lever.year is None else text("editing", "in-year", names.language, year=lever.year),
    }
    where = " ".join(part for part in (parts["county"], parts["year"]) if part)
    label = text("editing", f"lever-{lever.kind}", names.language, **parts)
    return f"{where} {label}" if where else label


def percent(factor: Decimal) -> str:
    """A factor as people say it: −20%, +5%."""
    share = factor - 1
    return f"{'+' if share > 0 else '−' if share < 0 else ''}{exact_percent(abs(share))}"


def what_is_scaled(base: Tables, change: Scale, names: Names) -> str:
    """What people call what a factor is put on."""
    return _scaled(change, TABLES[change.table], names, base, base)


def _sentence(patch: Patch, change: Change, names: Names, base: Tables, moved: Tables) -> str:
    table = TABLES[change.table]
    match change:
        case Scale():
            return _say(names, "scaled", what=_scaled(change, table, names, base, moved), change=percent(change.factor))
        case Set():
            return _say(names, "set", rows=_rows(change.where, table, names), cells=_cells(patch, change, table, names))
        case Add():
            rows = [_added(row, table, names) for row in change.rows]
            return _say(names, "added", table=table_label(table), rows=_listed(rows, names))
        case Remove():
            return _say(names, "removed", table=table_label(table), rows=_rows(change.where, table, names))


def _scaled(change: Scale, table: Table, names: Names, base: Tables, moved: Tables) -> str:
    county, year = change.where.get("county", (None,)), change.where.get("year", (None,))
    if len(county) == len(year) == 1:
        at = int(str(year[0])) if str(year[0]).isdecimal() else None
        for lever in levers(moved, base, county=county[0], year=at):
            if len(lever.scales) == 1 and moves(lever, change):
                return lever_label(lever, names)
    return f"{_rows(change.where, table, names)} {_column(table, change.column)}".strip()


def _rows(where: Mapping[str, Sequence[Any]], table: Table, names: Names) -> str:
    """The picked rows in words; the whole table if nothing is picked."""
    order = ["county", "year", "from_year", "by_year", *where]
    parts = []
    for name in sorted(where, key=order.index):
        if name == "group" and picks_by_group(table):
            column = Column("group", TABLES["targets"].column("group").kind, refers_to=("groups", "items"))
        elif name in table.by_name:
            column = table.column(name)
        else:
            parts.append(f"{name}={','.join(map(str, where[name]))}")
            continue
        if table.name == "plan" and name == "key":
            parts.append(_listed([setting_label(str(value)) for value in where[name]], names))
            continue
        parts.append(_listed([_place(column, value, names) for value in where[name]], names))
    return " ".join(part for part in parts if part) or _say(names, "every-row", table=table_label(table))


def _place(column: Column, value: Any, names: Names) -> str:
    try:
        typed = parse(value, column)
    except BadValue:
        return str(value)
    if typed is None:
        return _say(names, "whole-city") if column.name == "county" else ""
    return names.place(column, typed)


def _cells(patch: Patch, change: Set, table: Table, names: Names) -> str:
    """What is written, each column with what stood there if all picked rows agree."""
    picked = [draft.row for draft in patch[table.name] if _picks(draft.row.values, change.where)]
    parts = []
    for name, cell in change.set.items():
        if name not in table.by_name:
            parts.append(f"{name}={cell}")
            continue
        row = picked[0].values if picked else {"key": next(iter(change.where.get("key", [""])))}
        column = column_of(table, name, row)
        before = {written(row.values.get(name)) for row in picked}
        now = _value(table, column, cell, names)
        if name in SAID or len(before) != 1:
            parts.append(_say(names, "becomes", column=_column(table, name), now=now))
        else:
            was = names.with_unit(table, column, picked[0].values.get(name))
            parts.append(_say(names, "becomes-from", column=_column(table, name), was=was, now=now))
    return clauses(parts, names.language)


def _picks(values: Mapping[str, Any], where: Mapping[str, Sequence[Any]]) -> bool:
    return all(written(values.get(name)) in {written(value) for value in wanted} for name, wanted in where.items())


def _added(row: Mapping[str, Any], table: Table, names: Names) -> str:
    typed: dict[str, Any] = {}
    for name, cell in row.items():
        try:
            typed[name] = parse(cell, column_of(table, name, row)) if name in table.by_name else cell
        except BadValue:
            typed[name] = str(cell)
    figures = [name for name in typed if name in table.by_name and name not in SAID and name not in table.key]
    said = [
        f"{_column(table, name)} {_value(table, column_of(table, name, row), row[name], names)}"
        for name in figures
        if not table.column(name).refers_to and not name.startswith("name")
    ]
    return " ".join([names.row(table, typed), listed(said, names.language)]).strip()


def _value(table: Table, column: Column, cell: Any, names: Names) -> str:
    try:
        return names.with_unit(table, column, parse(cell, column))
    except BadValue:
        return f"“{str(cell)[:40]}”"


def _column(table: Table, name: str) -> str:
    return column_label(table, table.column(name)) if name in table.by_name else name


def _listed(parts: Sequence[str], names: Names) -> str:
    said = listed((part for part in parts[:MOST_NAMED] if part), names.language)
    return said if len(parts) <= MOST_NAMED else _say(names, "and-more", some=said, number=len(parts))


def _say(names: Names, name: str, **values: Any) -> str:
    return text("editing", name, names.language, **values)
