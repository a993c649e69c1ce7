"""Where the figures of a report come from: each place has a number, sentences bear it, an annex says what it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from optplan.language import sentences_of
from optplan.language.lists import listed

say = sentences_of("reporting")


@dataclass
class Sources:
    """The places cited so far, in the order in which they were first cited."""

    cited: dict[str, str] = field(default_factory=dict)

    def mark(self, *places: tuple[str, str]) -> str:
        """The mark of places, each a key and what it is in words: ``〔1、3〕``."""
        for key, words in places:
            self.cited.setdefault(key, words)
        numbers = sorted({list(self.cited).index(key) + 1 for key, _ in places})
        return say("mark", numbers=listed(map(str, numbers))) if numbers else ""

    @property
    def rows(self) -> list[list[str]]:
        """The annex: number, what it is."""
        return [[str(number), words] for number, words in enumerate(self.cited.values(), start=1)]


def ranges(numbers: Iterable[int]) -> str:
    """Numbers with runs put together: 2—5、9."""
    found: list[list[int]] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return listed(str(first) if first == last else f"{first}—{last}" for first, last in found)
