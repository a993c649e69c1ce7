"""All records of a plan in the order in which they were entered, what stands of them after corrections, and their sums."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from optplan.records.declaration import CONFIRMATION, DELIVERY, HIRE, OPENING, ORDER, SPENDING, START
from optplan.records.record import Record

ALL_QUARTERS = (1, 2, 3, 4)
Key = TypeVar("Key")


@dataclass(frozen=True)
class Records:
    """A ledger: entries are added at its end and never changed. Of no plan in itself; see :mod:`optplan.records.admission`."""

    entries: tuple[Record, ...] = ()

    def __iter__(self) -> Iterator[Record]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def with_more(self, more: Iterable[Record]) -> Records:
        """The ledger with entries at its end."""
        return Records((*self.entries, *more))

    def number(self, number: int) -> Record | None:
        """The entry of that number."""
        return self._by_number.get(number)

    @property
    def next_number(self) -> int:
        """The number of the entry to come."""
        return self.entries[-1].number + 1 if self.entries else 1

    # -- what stands ---------------------------------------------------------------------------------------------------

    @cached_property
    def corrected_by(self) -> Mapping[int, Record]:
        """The entry that corrects each corrected one, by the number of the latter."""
        return {entry.corrects: entry for entry in self.entries if entry.corrects is not None}

    @cached_property
    def standing(self) -> tuple[Record, ...]:
        """What happened as far as is known now: every entry that none corrects, without confirmations and what was taken back."""
        return tuple(
            entry
            for entry in self.entries
            if not entry.is_confirmation and entry.number not in self.corrected_by and (entry.size or entry.corrects is None)
        )

    def history(self, number: int) -> tuple[Record, ...]:
        """An entry with those that it corrects and those that correct it, oldest first."""
        first = self._by_number[number]
        while first.corrects is not None:
            first = self._by_number[first.corrects]
        chain = [first]
        while chain[-1].number in self.corrected_by:
            chain.append(self.corrected_by[chain[-1].number])
        return tuple(chain)

    def of(
        self,
        *,
        kind: str | None = None,
        county: str | None = None,
        year: int | None = None,
        quarter: int | None = None,
        through: tuple[int, int] | None = None,
    ) -> Records:
        """The ledger of what stands and fits; ``through``: up to and including this year and quarter."""
        return Records(
            tuple(
                entry
                for entry in self.standing
                if kind in {None, entry.kind}
                and county in {None, entry.county}
                and year in {None, entry.year}
                and quarter in {None, entry.quarter}
                and (through is None or (entry.year, entry.quarter) <= through)
            )
        )

    # -- confirmed -----------------------------------------------------------------------------------------------------

    @cached_property
    def confirmed(self) -> Mapping[tuple[str, int, int], Record]:
        """Which quarters are confirmed: the confirmation by county, year and quarter."""
        return {entry.period: entry for entry in self.entries if entry.kind == CONFIRMATION}

    def unconfirmed(self, year: int, counties: Iterable[str]) -> dict[int, tuple[str, ...]]:
        """The quarters of ``year`` that are not confirmed for all ``counties``, each with those that are wanting."""
        named = tuple(counties)
        wanting = {q: tuple(c for c in named if (c, year, q) not in self.confirmed) for q in ALL_QUARTERS}
        return {quarter: missing for quarter, missing in wanting.items() if missing}

    # -- sums of what stands -------------------------------------------------------------------------------------------

    @cached_property
    def deliveries(self) -> Mapping[tuple[str, str, int, int], Decimal]:
        """Units of goods that arrived by item, county, year and quarter."""
        return _summed(((e.item or "", e.county, e.year, e.quarter), e.size) for e in self.of(kind=DELIVERY))

    @cached_property
    def orders(self) -> Mapping[tuple[str, str, int, int], Decimal]:
        """Units that were ordered by item, county, year and quarter of the order."""
        return _summed(((e.item or "", e.county, e.year, e.quarter), e.size) for e in self.of(kind=ORDER))

    @cached_property
    def hires(self) -> Mapping[tuple[str, int, int], Decimal]:
        """People taken on by team, year and quarter."""
        return _summed(((e.team or "", e.year, e.quarter), e.size) for e in self.of(kind=HIRE))

    @cached_property
    def starts(self) -> Mapping[str, tuple[int, int]]:
        """The year and quarter in which each project was begun."""
        return {e.project or "": (e.year, e.quarter) for e in self.of(kind=START)}

    @cached_property
    def openings(self) -> Mapping[str, tuple[int, int]]:
        """The year and quarter in which each project was opened."""
        return {e.project or "": (e.year, e.quarter) for e in self.of(kind=OPENING)}

    @cached_property
    def spending(self) -> Mapping[tuple[str, str, int, int, str], Decimal]:
        """Money by fund, county in which it was spent, year, quarter and class, in the plan's currency unit."""
        return _summed(
            ((e.fund or "", e.county, e.year, e.quarter, e.spending_class or ""), e.size) for e in self.of(kind=SPENDING)
        )

    @cached_property
    def _by_number(self) -> Mapping[int, Record]:
        return {entry.number: entry for entry in self.entries}


def _summed(parts: Iterable[tuple[Key, Decimal]]) -> dict[Key, Decimal]:
    found: dict[Key, Decimal] = defaultdict(Decimal)
    for key, size in parts:
        found[key] += size
    return dict(found)


def quarter_of(day: date) -> int:
    """The quarter in which a day lies."""
    return (day.month + 2) // 3


def last_day(year: int, quarter: int) -> date:
    """The last day of a quarter."""
    month = 3 * quarter
    return date(year, month, 31 if month in {3, 12} else 30)


def first_day(year: int, quarter: int) -> date:
    """The first day of a quarter."""
    return date(year, 3 * quarter - 2, 1)
