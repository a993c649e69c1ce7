"""Whether an entry agrees with those before it: corrections of what stands, nothing twice, a project begun before it opens."""

from __future__ import annotations

from collections.abc import Iterator

from optplan.records.declaration import OPENING, START
from optplan.records.findings import odd, wrong
from optplan.records.record import Record
from optplan.records.records import Records
from optplan.tables.content import Row, Tables
from optplan.tables.findings import Finding


class Beside:
    """The entries so far, laid out for looking up; those that are admitted are added one by one."""

    def __init__(self, tables: Tables, records: Records) -> None:
        self._projects = {row["project"]: row for row in tables["projects"]}
        self._entries: dict[int, Record] = {}
        self._corrected: dict[int, int] = {}
        self._confirmed: dict[tuple[str, int, int], int] = {}
        self._told: dict[tuple[object, ...], int] = {}
        self._begun = {row["project"]: (row["year"], 1) for row in tables["actuals"] if row["project"]}
        self._opened: dict[str, tuple[int, int]] = {}
        for entry in records:
            self.add(entry)

    def add(self, record: Record) -> None:
        """One entry more."""
        self._entries[record.number] = record
        if record.is_confirmation:
            self._confirmed[record.period] = record.number
            return
        if record.corrects is not None:
            self._take_back(self._entries[record.corrects])
            self._corrected[record.corrects] = record.number
        if record.size:
            self._told[record.told] = record.number
            for kind, known in ((START, self._begun), (OPENING, self._opened)):
                if record.kind == kind:
                    known[record.project or ""] = record.year, record.quarter

    def _take_back(self, record: Record) -> None:
        self._told.pop(record.told, None)
        for kind, known in ((START, self._begun), (OPENING, self._opened)):
            if record.kind == kind:
                known.pop(record.project or "", None)

    def check(self, record: Record, row: Row) -> Iterator[Finding]:
        """What is wrong with ``record``, which was read from ``row``, beside the entries so far."""
        if record.is_confirmation:
            if record.period in self._confirmed:
                yield wrong("record-confirmed-already", row.place("quarter"), number=self._confirmed[record.period])
            return
        if record.corrects is not None:
            yield from self._correction(record, row)
            return
        if record.told in self._told:
            at = "quantity" if row.given("quantity") else "amount"
            yield wrong("record-twice", row.place(at), number=self._told[record.told])
        elif record.project is not None:
            yield from self._project(record, record.project, row)

    def _correction(self, record: Record, row: Row) -> Iterator[Finding]:
        number, place = record.corrects or 0, row.place("corrects")
        before = self._entries.get(number)
        if before is None or before.is_confirmation:
            yield wrong("record-corrects-unknown", place, number=number)
        elif number in self._corrected:
            yield wrong("record-corrected-already", place, number=number, by=self._corrected[number])
        elif _thing(before) != _thing(record):
            yield wrong("record-corrects-other", place, number=number)

    def _project(self, record: Record, project: str, row: Row) -> Iterator[Finding]:
        begun, opened = self._begun.get(project), self._opened.get(project)
        name, place = self._projects[project]["name"], row.place("project")
        if record.kind == START and begun is not None:
            yield wrong("record-started-already", place, name=name, year=begun[0])
        elif record.kind == OPENING and opened is not None:
            yield wrong("record-opened-already", place, name=name, year=opened[0])
        elif record.kind == OPENING and begun is None:
            yield wrong("record-opened-unbegun", place, name=name)
        elif record.kind == OPENING and begun is not None:
            due = begun[0] + self._projects[project]["build_years"]
            if (record.year, record.quarter) < begun:
                yield wrong("record-opened-early", place, name=name, year=begun[0], quarter=begun[1])
            elif record.year != due:
                yield odd("record-opened-otherwise", place, name=name, year=record.year, due=due)


def _thing(record: Record) -> tuple[str | None, ...]:
    """What a correction may not change: for anything else the old entry is taken back and a new one made."""
    return record.county, record.kind, record.project if record.kind in {START, OPENING} else None
