"""Rows with the same key: which of their cells is most likely the slip."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from optplan.tables.content import Row
from optplan.tables.findings import Finding, error

Key = tuple[Any, ...]


def duplicates(rows: Sequence[Row]) -> Iterator[Finding]:
    """A finding on each row whose key another row has too. Nobody can tell which of them is wrong, so all are named."""
    keys = [row.key for row in rows]
    places: dict[Key, list[int]] = defaultdict(list)
    for at, key in enumerate(keys):
        places[key].append(at)
    if len(places) == len(rows):
        return
    grid = _Grid(keys)
    for key, found in places.items():
        shown = " / ".join("" if part is None else str(part) for part in key)
        for at in found if len(found) > 1 else ():
            other = found[0] if at != found[0] else found[1]
            column = rows[at].table.key[grid.slip(at)]
            yield error("key-twice", rows[at].place(column), key=shown, other=rows[other].number)


class _Grid:
    """Which entries stand together in the keys of a table, to guess what a key that stands twice should have been."""

    def __init__(self, keys: Sequence[Key]) -> None:
        self.keys, self.taken = keys, set(keys)
        self.entries: dict[int, set[Any]] = defaultdict(set)
        self.beside: dict[tuple[int, int, Any], set[Any]] = defaultdict(set)
        for key in self.taken:
            for part, entry in enumerate(key):
                self.entries[part].add(entry)
                for other, value in enumerate(key):
                    self.beside[part, other, value].add(entry)

    def slip(self, at: int) -> int:
        """The part of a row's key to look at first; in doubt the one that varies most from row to row."""
        for guess in (self._hole(at, set.intersection), self._interruption(at), self._hole(at, set.union)):
            if guess is not None:
                return guess
        return max(self.entries, key=lambda part: len(self.entries[part]))

    def _hole(self, at: int, together: Callable[..., set[Any]]) -> int | None:
        """The last part for which an entry is wanting that elsewhere stands with all, or with any, of the other parts."""
        key = self.keys[at]
        for part in reversed(range(len(key))):
            beside = [self.beside[part, other, value] for other, value in enumerate(key) if other != part]
            if len(beside) == 1:  # of two parts one says nothing about the other
                beside = [self.entries[part]] if together is set.union else []
            known = together(*beside) if beside else set()
            if key[part] is not None and any((*key[:part], entry, *key[part + 1 :]) not in self.taken for entry in known):
                return part
        return None

    def _interruption(self, at: int) -> int | None:
        """The part that the rows above and below share, and this one does not."""
        if not 0 < at < len(self.keys) - 1:
            return None
        above, key, below = self.keys[at - 1 : at + 2]
        return next((part for part in range(len(key)) if above[part] == below[part] != key[part]), None)
