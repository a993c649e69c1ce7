"""The parts of a search that can be left out, to measure what each is worth (``make bench``).

A part is asked for by name wherever it begins; without it the search goes on to what comes after. What a search answers stays
right whatever is left out, it only takes longer or ends with a larger gap.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

PARTS: Mapping[str, str] = {
    "aggregates": "integer sums of deliveries and hires as columns of their own",
    "second-relaxation": "the relaxation with numbers of teams integer, after that with openings whole",
    "weighted-sum": "plans sought by a weighted sum of all criteria that are left to decide: RENS, RINS, trees of the core",
    "lacking-kept": "where something will be missing, what dear goods lack taken from the relaxation of the weighted sum",
    "good-in-all": "a plan that is good enough in every criterion, sought beside the levels",
    "first-relax-and-fix": "relax-and-fix from the first relaxation, beside the second",
    "later-relax-and-fix": "relax-and-fix from the second relaxation",
    "crossover": "what two points agree on kept, the rest decided again",
    "large-neighbourhoods": "all but what two counties receive kept, pair by pair",
    "core-plans": "plans from a tree search in which cheap goods may be divided",
    "core-proof": "bounds from a tree search in which cheap goods may be divided",
    "rens": "for plans of many counties: the LP solution made integer county by county",
}


@dataclass(frozen=True)
class Parts:
    """All of :data:`PARTS` but those in ``without``. Raises :class:`ValueError` for a part that there is not."""

    without: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if unknown := self.without - PARTS.keys():
            raise ValueError(f"no part of the search: {', '.join(sorted(unknown))}")

    def has(self, part: str) -> bool:
        """Whether ``part`` is used."""
        if part not in PARTS:
            raise ValueError(f"no part of the search: {part}")
        return part not in self.without


EVERY = Parts()
