"""What people call the rows and cells of a plan's tables: names instead of ids, labels instead of codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from optplan.language import bilingual, current_language, text, year_name
from optplan.language.numbers import typed
from optplan.tables.content import Row, Tables
from optplan.tables.declarations import TABLES, column_of
from optplan.tables.labels import choice_label, column_unit, setting_label, yes_no
from optplan.tables.schema import Column, Kind, Table
from optplan.tables.units import currency_name
from optplan.tables.values import written

NUMBERS = {Kind.WHOLE, Kind.QUANTITY, Kind.MONEY, Kind.FLAG}
YEARS = {"year", "from_year", "by_year"}
CALLED_BY_WHAT_THEY_SAY = ("targets", "limits", "mix")
SPOKEN_OF = {
    "county": "counties", "item": "items", "fund": "funds", "team": "teams", "project": "projects", "group": "groups",
    "standard": "standards", "part": "groups", "whole": "groups", "target": "targets", "limit": "limits", "mix": "mix",
    "indicator": "indicators", "department": "departments",
}  # fmt: skip


class Names:
    """Names for everything in ``tables``, in ``language``. Build it anew when the tables change."""

    def __init__(self, tables: Tables, language: str | None = None) -> None:
        self.language = language or current_language()
        self.currency = currency_name(tables, self.language)
        known = called(_named(tables), self.language)
        groups = group_names(tables, self.language)
        standards = {row["standard"]: groups.get(row["group"], row["standard"]) for row in tables["standards"]}
        by_name: dict[str, Mapping[str, str]] = {
            "counties": known["county"], "items": known["item"], "funds": known["fund"], "teams": known["team"],
            "projects": known["project"], "groups": groups, "standards": standards,
            "indicators": own_names(tables, "indicators", self.language),
            "departments": own_names(tables, "departments", self.language),
        }  # fmt: skip
        self.by_table: Mapping[str, Mapping[str, str]] = _ByTable(self, tables, by_name)

    def of(self, column: Column, value: Any) -> str:
        """A typed value in words: names of what it refers to, labels of choices, thousands apart."""
        if value is None:
            return ""
        if isinstance(value, str) and column.kind in NUMBERS:
            return value  # what was typed and is no number
        for table in column.refers_to:
            if value in self.by_table.get(table, {}):
                return self.by_table[table][value]
        match column.kind:
            case Kind.CHOICE:
                return choice_label(column, str(value))
            case Kind.FLAG:
                return yes_no(bool(value))
            case Kind.YEAR if isinstance(value, int):
                return year_name(value)
            case Kind.WHOLE | Kind.QUANTITY | Kind.MONEY:
                return typed(Decimal(written(value)))
            case _:
                return written(value)

    def with_unit(self, table: Table, column: Column, value: Any) -> str:
        """A value with the unit of its column."""
        unit = column_unit(table, column, self.currency)
        return " ".join(part for part in (self.of(column, value) or text("editing", "blank", self.language), unit) if part)

    def row(self, table: Table, cells: Mapping[str, Any]) -> str:
        """What people call a row that holds the typed ``cells``: its own name, or what its key means, county and year first."""
        if table.name == "plan":
            return setting_label(str(cells.get("key", "")))
        if "name" in table.by_name and table.name != "groups" and cells.get("name"):
            return bilingual(str(cells["name"]), cells.get("name_en"), self.language)
        own, others = _speaking(table.name)
        parts = [self.place(column, cells.get(column.name)) for column in others]
        names = [part for part in parts if part]
        if not names or table.name == "groups":
            names = [*(self._own(table, column, cells) for column in own), *names]
        return " ".join(part for part in names if part)

    def place(self, column: Column, value: Any) -> str:
        """A condition or part of a key in words, such as ``平鲁区`` or ``2024年``; empty for what is not said."""
        if value is None or value == "":
            return ""
        if column.kind is Kind.YEAR:
            name = "retires-after" if column.name == "retires_after" else "in-year"
            return text("editing", name, self.language, year=value)
        return self.of(column, value)

    def _own(self, table: Table, column: Column, cells: Mapping[str, Any]) -> str:
        value = cells.get(column.name)
        return "" if value is None else self.by_table.get(table.name, {}).get(str(value), str(value))

    def in_words(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """What a finding speaks of, with names where it has the ids of counties, items, funds, teams, projects and the like."""
        return {name: self._called(name, value) for name, value in values.items()}

    def _called(self, name: str, value: Any) -> Any:
        return self.by_table.get(SPOKEN_OF.get(name, ""), {}).get(value, value) if isinstance(value, str) else value

    def setting(self, cells: Mapping[str, Any], table: Table, name: str) -> str:
        """A cell of a row in words, with its unit; in the ``plan`` table its key decides how it reads."""
        return self.with_unit(table, column_of(table, name, cells), cells.get(name))


class _ByTable(Mapping[str, Mapping[str, str]]):
    """Names by table and id. Rows that are called by what they say are named when they are first asked for: there are many."""

    def __init__(self, names: Names, tables: Tables, known: dict[str, Mapping[str, str]]) -> None:
        self._names, self._tables, self._known = names, tables, known

    def __getitem__(self, table: str) -> Mapping[str, str]:
        if table not in self._known and table in CALLED_BY_WHAT_THEY_SAY:
            key, rows = TABLES[table].key[0], self._tables[table]
            self._known[table] = {}  # what a row without a name of its own finds of itself
            self._known[table] = {row[key]: self._names.row(row.table, row.values) for row in rows if row[key]}
        return self._known[table]

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*self._known, *CALLED_BY_WHAT_THEY_SAY)))

    def __len__(self) -> int:
        return len({*self._known, *CALLED_BY_WHAT_THEY_SAY})


@cache
def _speaking(table: str) -> tuple[list[Column], list[Column]]:
    """The columns that say what a row is: its own id, and others, county and year first."""
    declared = TABLES[table]
    speaks = [each for each in declared.columns if each.name in declared.key or each.refers_to or each.name in YEARS]
    own = [column for column in speaks if column.kind is Kind.ID and not column.refers_to]
    return own, sorted((column for column in speaks if column not in own), key=_first)


def own_names(tables: Tables, table: str, language: str) -> dict[str, str]:
    """What people call the rows of ``indicators`` or ``departments``, by id."""
    key = TABLES[table].key[0]
    return {row[key]: bilingual(row["name"], row["name_en"], language) for row in tables[table]}


def _first(column: Column) -> int:
    return 0 if column.name == "county" else 1 if column.kind is Kind.YEAR else 2


def _named(tables: Tables) -> Tables:
    """The tables as far as names need them, without what names of limits, targets and mixes would stumble over."""
    return Tables({name: tables[name] for name in ("plan", "counties", "items", "funds", "teams", "projects", "groups")})


def names(tables: Tables, table: str, language: str) -> dict[str, str]:
    """What people call the rows of ``counties`` or ``items``, by id."""
    key = {"counties": "county", "items": "item", "funds": "fund", "teams": "team", "projects": "project"}[table]
    return {row[key]: bilingual(row["name"], row.values.get("name_en"), language) for row in tables[table]}


def called(tables: Tables, language: str | None = None) -> dict[str, dict[str, str]]:
    """What people call counties, items, funds, teams, projects, targets, limits and mixes: by kind, then by id."""
    language = language or current_language()
    tabled = {"county": "counties", "item": "items", "fund": "funds", "team": "teams", "project": "projects"}
    found = {key: names(tables, table, language) for key, table in tabled.items()}
    groups = group_names(tables, language)
    for key in ("target", "limit"):
        found[key] = {
            row[key]: _scoped(groups.get(row["group"], row["group"]), row, found["county"]) for row in tables[f"{key}s"]
        }
    found["mix"] = {
        row["mix"]: _scoped(
            f"{groups.get(row['part'], row['part'])} / {groups.get(row['whole'], row['whole'])}", row, found["county"]
        )
        for row in tables["mix"]
    }
    return found


def _scoped(name: str, row: Row, counties: Mapping[str, str]) -> str:
    """A name with the county and the year that its row speaks of."""
    name = f"{name} · {counties[row['county']]}" if row["county"] else name
    return f"{name} · {year_name(row['year'])}" if "year" in row.table.by_name and row["year"] else name


def title_of(tables: Tables, language: str | None = None) -> str:
    """What a plan is called, in ``language`` (default: the current one) where it says so."""
    return bilingual(str(tables.setting("title")), tables.setting("title_en"), language)


def group_members(tables: Tables) -> dict[str, set[str]]:
    """The items of each group; every item is also a group of one."""
    members: dict[str, set[str]] = {row["item"]: {row["item"]} for row in tables["items"]}
    for row in tables["groups"]:
        members.setdefault(row["group"], set()).add(row["item"])
    return members


def group_names(tables: Tables, language: str) -> dict[str, str]:
    """What people call a group: the name that one of its rows gives, or its item's."""
    found = names(tables, "items", language)
    columns = ("name_en", "name") if language == "en" else ("name",)
    for column in columns:
        for row in tables["groups"]:
            if row[column]:
                found.setdefault(row["group"], row[column])
    return found
