"""Where figures come from: the rows of input behind them, on what each rests and who says so."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from optplan.figures.figures import Figures
from optplan.language import current_language, sentences_of, text, year_name
from optplan.language.lists import clauses
from optplan.language.numbers import amount
from optplan.tables.declarations import BASES
from optplan.tables.labels import choice_label, column_label, table_label, yes_no
from optplan.tables.schema import Column, Kind
from optplan.tables.values import written

if TYPE_CHECKING:
    from optplan.tables.content import Row

MOST_EXAMPLES = 3
PROVENANCE = {"source", "basis"}
NAMES = {
    "county": "county_names",
    "item": "item_names",
    "group": "group_names",
    "part": "group_names",
    "whole": "group_names",
    "fund": "fund_names",
    "team": "team_names",
    "project": "project_names",
    "standard": "standard_names",
}
# What identifies a row for people, in tables whose key is an id that nobody reads.
KNOWN_BY = {
    "targets": ("group", "county", "by_year"),
    "limits": ("group", "county", "year"),
    "mix": ("part", "whole", "county", "year"),
}
say = sentences_of("workbook")
Wanted = Callable[["Row"], bool]


@dataclass(frozen=True)
class Origin:
    """Rows of one table that rest on the same: ``basis`` in words, ``source`` as the plan gives it, the first rows in words."""

    table: str
    basis: str
    assumed: bool
    source: str
    number: int
    examples: tuple[str, ...]


def origins(figures: Figures, rows: Iterable[Row]) -> list[Origin]:
    """What ``rows`` rest on, in their order, those of a table with one basis and source together."""
    alike: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        alike[row.table.name, row["basis"], figures.source_words(row)].append(row)
    return [
        Origin(
            table_label(together[0].table),
            basis_label(together[0]),
            basis == "assumption",
            source,
            len(together),
            tuple(described(row, figures) for row in together[:MOST_EXAMPLES]),
        )
        for (_, basis, source), together in alike.items()
    ]


def basis_label(row: Row) -> str:
    """What a row rests on, in words."""
    return choice_label(row.table.column("basis"), row["basis"])


def target_note(figures: Figures, target: Row) -> str:
    """What the planned number of a target rests on."""
    return text("views", "target-note", None, basis=basis_label(target), source=figures.source_words(target))


def rows_behind_items(figures: Figures, items: Collection[str], counties: Collection[str] | None = None) -> list[Row]:
    """What bears on deliveries of ``items`` to ``counties`` (``None``: all): targets, standards, stock, prices, limits …"""
    wanted = set(items)

    def here(row: Row) -> bool:
        county = row["county"]
        return counties is None or county is None or county in counties

    def about_group(row: Row) -> bool:
        return here(row) and bool(figures.members[row["group"]] & wanted)

    def about_item(row: Row) -> bool:
        return here(row) and row["item"] in wanted

    def about_mix(row: Row) -> bool:
        return here(row) and bool((figures.members[row["part"]] | figures.members[row["whole"]]) & wanted)

    return _picked(
        figures,
        {
            "targets": about_group,
            "projects": about_item,
            "teams": about_item,
            "standards": about_group,
            "stock": about_item,
            "costs": about_item,
            "limits": about_group,
            "mix": about_mix,
            "actuals": about_item,
        },
    )


def rows_behind_money(figures: Figures, funds: Collection[str] | None = None) -> list[Row]:
    """What bears on the accounts of ``funds`` (``None``: all): their rules, what they are given, how fast spending may grow."""
    return _picked(
        figures,
        {
            "funds": lambda row: funds is None or row["fund"] in funds,
            "budgets": lambda row: funds is None or row["fund"] in funds,
            "growth": lambda row: funds is None,
        },
    )


def rows_of(figures: Figures, *tables: str) -> list[Row]:
    """All rows of ``tables``."""
    return [row for name in tables for row in figures.tables[name]]


def counts_by_basis(figures: Figures) -> dict[str, Counter[str]]:
    """How many rows of each table rest on each basis; settings of the plan as a whole are left out."""
    return {
        table_label(rows[0].table): Counter(row["basis"] for row in rows)
        for name in figures.tables
        if name != "plan" and (rows := figures.tables[name])
    }


def bases(counts: Iterable[Counter[str]]) -> list[str]:
    """The bases that occur, in their order."""
    occurring = {basis for counter in counts for basis in counter}
    return [basis for basis in BASES if basis in occurring]


def _picked(figures: Figures, wanted: dict[str, Wanted]) -> list[Row]:
    return [row for name, wants in wanted.items() for row in figures.tables[name] if wants(row)]


def described(entry: Row, figures: Figures) -> str:
    """What identifies the row, and what it says, in words."""
    table = entry.table
    known_by = KNOWN_BY.get(table.name, table.key)
    english = current_language() == "en"
    others = {name if english and entry.values.get(f"{name}_en") else f"{name}_en" for name in ("name", "class")}
    key = [_shown(table.column(name), entry, figures) for name in known_by if entry.given(name)]
    said = [
        say("field", label=column_label(table, column), value=shown)
        for column in table.columns
        if column.name not in {*table.key, *known_by, *PROVENANCE, *others} and entry.given(column.name)
        for shown in [_shown(column, entry, figures)]
        if column.name not in NAMES or shown not in key
    ]
    return say("assumption-line", key=say("key-comma").join(key), content=clauses(said))


def _shown(column: Column, entry: Row, figures: Figures) -> str:
    value: Any = entry[column.name]
    if column.name in NAMES:
        return str(getattr(figures, NAMES[column.name]).get(value, value))
    if column.choices:
        return choice_label(column, value)
    if isinstance(value, bool):
        return yes_no(value)
    if column.kind is Kind.YEAR and value is not None:
        return year_name(value)
    return amount(value) if column.kind is Kind.MONEY else written(value)
