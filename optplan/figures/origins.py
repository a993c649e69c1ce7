"""Where figures come from: the rows of input behind them, on what each rests and who says so."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from optplan.figures.figures import Figures
from optplan.tables.declarations import BASES
from optplan.workbook.schedule.assumptions import described
from optplan.workbook.wording import choice_label, table_label

if TYPE_CHECKING:
    from optplan.tables.content import Row

MOST_EXAMPLES = 3
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
        alike[row.table.name, row["basis"], figures.words(row, "source")].append(row)
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
