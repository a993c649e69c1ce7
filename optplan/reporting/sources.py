"""Where the figures of a report come from: each place has a number, sentences bear it, an annex says what it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from optplan.language import current_language, sentences_of
from optplan.language.lists import listed

say = sentences_of("reporting")
LONG = 32  # of the seal of what a report rests on: so many fit into its line


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


def adopted_source(seal: str | None) -> str:
    """What the adopted schedule is called: by its seal, if it has one."""
    return say("source-adopted", seal=seal[:LONG]) if seal else say("source-adopted-unsealed")


def records_source(numbers: Sequence[int]) -> str:
    """The entries of the ledger that stand, by the first and the last of their numbers."""
    return say("source-records", from_number=min(numbers), to_number=max(numbers), count=len(numbers))


def ranges(numbers: Iterable[int]) -> str:
    """Numbers with runs put together: 2—5、9."""
    found: list[list[int]] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    to = "—" if current_language() == "zh" else "–"
    return listed(str(first) if first == last else f"{first}{to}{last}" for first, last in found)
