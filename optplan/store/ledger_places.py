"""Where a plan's ledger is kept: in a file beside the plan, or in the store; both are read and written alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from optplan.records import Admission, Record, Records, append_to_file, ledger_beside, read_ledger
from optplan.store.events import now, user_name
from optplan.store.store import Store, open_store
from optplan.tables.content import Row
from optplan.tables.findings import Finding

STORE = "store"  # how a person names the store where a file's name could stand
Entered = tuple[tuple[Record, ...], list[Finding]]


class Ledger(Protocol):
    """A ledger wherever it is kept. ``place`` is what people call that."""

    @property
    def place(self) -> str:
        """The file, or the address of the store."""

    def read(self) -> Records:
        """Everything that was entered."""

    def enter(self, rows: Sequence[Row], admission: Admission, who: str | None = None) -> Entered:
        """Enter all of ``rows`` or, with an error, nothing. Raises :class:`~optplan.records.RecordError`."""


@dataclass(frozen=True)
class LedgerFile:
    """A ledger in a CSV file."""

    path: Path

    @property
    def place(self) -> str:
        """The file."""
        return str(self.path)

    def read(self) -> Records:
        """Everything that was entered. Raises :class:`InputError` for a file that is no ledger."""
        return read_ledger(self.path)

    def enter(self, rows: Sequence[Row], admission: Admission, who: str | None = None) -> Entered:
        """Enter all of ``rows`` or, with an error, nothing. Raises :class:`~optplan.records.RecordError`."""
        findings: list[Finding] = []

        def admit(records: Records) -> tuple[Record, ...]:
            entries, found = admission.admit(rows, records, who or user_name(), now())
            findings.extend(found)
            return entries

        return append_to_file(self.path, admit), findings


@dataclass(frozen=True)
class StoredLedger:
    """The ledger of a planning task, called by its plans' title, in a store; without ``store``, in the standard one."""

    task: str
    store: Store | None = None

    @property
    def place(self) -> str:
        """The address of the store."""
        if self.store is not None:
            return self.store.place
        with open_store() as store:
            return store.place

    def read(self) -> Records:
        """Everything that was entered."""
        if self.store is not None:
            return self.store.ledger(self.task)
        with open_store() as store:
            return store.ledger(self.task)

    def enter(self, rows: Sequence[Row], admission: Admission, who: str | None = None) -> Entered:
        """Enter all of ``rows`` or, with an error, nothing. Raises :class:`~optplan.records.RecordError`."""
        if self.store is not None:
            return self.store.enter(self.task, rows, admission, who)
        with open_store() as store:
            return store.enter(self.task, rows, admission, who)


def ledger_of(plan: str | Path, title: str, where: str | Path | None = None) -> Ledger:
    """The ledger of the plan at the path ``plan``, whose title is ``title``.

    ``where`` names a CSV file, or is ``store``; without it, the file beside the plan where there is one, else the store.
    """
    if where is not None and str(where) != STORE:
        return LedgerFile(Path(where))
    beside = ledger_beside(plan)
    return LedgerFile(beside) if where is None and beside.is_file() else StoredLedger(title)
