"""Whether an entry is likely: figures beyond what the plan asks, pays or has room for, and one paper for the same thing twice.

Nothing here keeps an entry from being kept; a person should look at it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from optplan.records.declaration import DELIVERY, HIRE, ORDER, SPENDING
from optplan.records.findings import odd
from optplan.records.record import Record
from optplan.records.records import Records
from optplan.tables.content import Row, Tables
from optplan.tables.findings import Finding
from optplan.tables.names import group_members

Purse = tuple[str, str | None, int]  # fund, county (``None``: of all counties together) and year
Paper = tuple[object, ...]


class Likely:
    """What entries so far make likely; those that are admitted are added one by one."""

    def __init__(self, tables: Tables, records: Records) -> None:
        self._pools = {row["fund"] for row in tables["funds"] if row["level"] == "pool"}
        self._most_staff = {row["team"]: row["max_staff"] for row in tables["teams"]}
        self._asked = _asked(tables)
        self._budgets: dict[Purse, Decimal] = defaultdict(Decimal)
        for row in tables["budgets"]:
            self._budgets[self._purse(row["fund"], row["county"], row["year"])] += row["amount"]
        self._spent: dict[Purse, Decimal] = defaultdict(Decimal)
        self._papers: dict[Paper, int] = {}
        for entry in records.standing:
            self._count(entry)
        self._entries = {entry.number: entry for entry in records}

    def add(self, record: Record) -> None:
        """One entry more."""
        if record.is_confirmation:
            return
        before = self._entries.get(record.corrects or 0)
        if before is not None and before.kind == SPENDING:
            self._spent[self._purse_of(before)] -= before.size
        if before is not None and self._papers.get(_paper(before)) == before.number:
            del self._papers[_paper(before)]
        self._entries[record.number] = record
        self._count(record)

    def _count(self, record: Record) -> None:
        if record.kind == SPENDING:
            self._spent[self._purse_of(record)] += record.size
        if record.document and record.size:
            self._papers.setdefault(_paper(record), record.number)

    def check(self, record: Record, row: Row) -> Iterator[Finding]:
        """What a person should look at in ``record``, which was read from ``row``."""
        before = self._entries.get(record.corrects or 0)
        if record.kind == SPENDING:
            purse = self._purse_of(record)
            gone = before.size if before is not None and self._purse_of(before) == purse else Decimal(0)
            spent, budget = self._spent[purse] + record.size - gone, self._budgets.get(purse)
            if budget is not None and spent > budget and record.size:
                yield odd("record-above-budget", row.place("amount"), value=spent, planned=budget)
        elif record.kind == HIRE and (most := self._most_staff.get(record.team or "")) is not None and record.size > most:
            yield odd("record-above-most", row.place("quantity"), value=record.size, most=most)
        elif record.kind in {DELIVERY, ORDER}:
            asked = self._asked.get(record.item or "")
            if asked is not None and record.size > asked:
                yield odd("record-above-targets", row.place("quantity"), value=record.size, asked=asked)
        if record.document and before is None and (number := self._papers.get(_paper(record))) is not None:
            yield odd("record-same-document", row.place("document"), document=record.document, number=number)

    def _purse_of(self, record: Record) -> Purse:
        return self._purse(record.fund or "", record.county, record.year)

    def _purse(self, fund: str, county: str | None, year: int) -> Purse:
        return fund, None if fund in self._pools else county, year


def _asked(tables: Tables) -> Mapping[str, Decimal]:
    """The most that any one target asks of what counts each item."""
    members = group_members(tables)
    asked: dict[str, Decimal] = {}
    for row in tables["targets"]:
        for item in members[row["group"]]:
            asked[item] = max(asked.get(item, Decimal(0)), row["total"])
    return asked


def _paper(record: Record) -> Paper:
    return record.kind, record.county, record.what, record.document
