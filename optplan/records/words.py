"""A record in words, for lists that people read."""

from __future__ import annotations

from optplan.records.declaration import RECORDS, SPENDING
from optplan.records.record import Record
from optplan.tables.labels import choice_label
from optplan.tables.names import Names


def kind_in_words(kind: str) -> str:
    """What a kind of record is called."""
    return choice_label(RECORDS.column("kind"), kind)


def what_in_words(record: Record, names: Names) -> str:
    """What a record speaks of: item, team, project, fund and class, by the names that the plan gives them."""
    told = (("team", "teams"), ("project", "projects"), ("fund", "funds"), ("item", "items"))
    ids = {"team": record.team, "project": record.project, "fund": record.fund, "item": record.item}
    parts = [names.by_table[table].get(ids[name] or "", ids[name] or "") for name, table in told if ids[name]]
    if record.item and (record.team or (record.project and record.kind != SPENDING)):
        parts = parts[:1]  # the item follows from the team or the project
    if record.spending_class:
        parts.insert(1, choice_label(RECORDS.column("class"), record.spending_class))
    return " · ".join(parts)


def size_in_words(record: Record, names: Names) -> str:
    """How much, with thousands apart; money with the plan's currency."""
    if record.is_confirmation:
        return ""
    shown = names.of(RECORDS.column("amount" if record.kind == SPENDING else "quantity"), record.size)
    return f"{shown} {names.currency}" if record.kind == SPENDING else shown
