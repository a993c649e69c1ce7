"""What a draft is called if nobody gives it a name: by what it changes, such as “平鲁区 2024年 自有资金 −20%（−179.8 万元）”."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from optplan.editing.draft import applied
from optplan.editing.levers import Lever
from optplan.editing.sentences import percent, sentences, what_is_scaled
from optplan.language import current_language, text
from optplan.language.numbers import typed
from optplan.scenarios import Change, Scale, Set
from optplan.tables.content import Tables
from optplan.tables.declarations import TABLES, column_of
from optplan.tables.names import Names
from optplan.tables.schema import Kind
from optplan.tables.values import BadValue, parse

LONGEST = 90  # characters


def draft_name(base: Tables, changes: Sequence[Change], language: str | None = None) -> str:
    """The name; empty for no changes. It names the first change, with what it comes to in money, and counts the others."""
    language = language or current_language()
    if not changes:
        return ""
    first = changes[0]
    said = _scaled(base, first, language) if isinstance(first, Scale) else _set(base, first, language)
    said = said or sentences(base, changes[:1], language)[0]
    more = text("editing", "and-changes", language, number=len(changes) - 1) if len(changes) > 1 else ""
    return _shortened(said, LONGEST - len(more)) + more


def money_moved(base: Tables, changes: Sequence[Change]) -> Decimal:
    """By how much the appropriations of all years are more (less, below nothing) with the changes than without."""
    patch, _ = applied(base, changes)
    amounts = [sum((row["amount"] or Decimal(0) for row in rows), Decimal(0)) for rows in
               (base["budgets"], [drafted.row for drafted in patch["budgets"]])]  # fmt: skip
    return amounts[1] - amounts[0]


def lever_money(tables: Tables, lever: Lever, factor: Decimal) -> tuple[Decimal, Decimal] | None:
    """What a lever on money moves: the appropriations at a factor of one, and by how much ``factor`` changes them."""
    scales = [scale for scale in lever.scales if scale.table == "budgets"]
    if not scales or lever.kind not in {"pool", "own"}:
        return None
    moved = money_moved(tables, [scale.model_copy(update={"factor": Decimal(0)}) for scale in scales])
    return -moved, -moved * (factor - 1)


def signed(amount: Decimal) -> str:
    """An amount with its sign and no more decimals than it has."""
    shown = typed(abs(amount).quantize(Decimal("0.01"))).rstrip("0").rstrip(".")
    return f"{'+' if amount > 0 else '−' if amount < 0 else ''}{shown}"


def _scaled(base: Tables, change: Scale, language: str) -> str:
    names = Names(base, language)
    what = what_is_scaled(base, change, names)
    money = money_moved(base, [change]) if change.table == "budgets" else Decimal(0)
    sum_of_it = text("editing", "name-money", language, amount=signed(money), currency=names.currency) if money else ""
    return f"{what} {percent(change.factor)}{sum_of_it}"


def _set(base: Tables, change: Change, language: str) -> str:
    """A single amount that was typed; other changes are called by their sentence."""
    if not isinstance(change, Set) or set(change.set) - {"source", "basis"} != {"amount"} or change.table != "budgets":
        return ""
    table, names = TABLES["budgets"], Names(base, language)
    money = money_moved(base, [change])
    rows = [row for row in base["budgets"] if all(str(row[name] or "") in map(str, some) for name, some in change.where.items())]
    if len(rows) != 1 or not money or table.column("amount").kind is not Kind.MONEY:
        return ""
    try:
        now = parse(change.set["amount"], column_of(table, "amount", change.set))
    except BadValue:
        return ""
    was = rows[0]["amount"]
    sum_of_it = text("editing", "name-money", language, amount=signed(money), currency=names.currency)
    return f"{names.row(table, rows[0].values)} {typed(was)}→{typed(now)}{sum_of_it}"


def _shortened(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"
