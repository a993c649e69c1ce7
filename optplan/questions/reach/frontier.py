"""How far one can go, from both sides: shown possible at one value, proven impossible at the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

Verdict = Literal["possible", "impossible", "unknown"]


@dataclass
class Frontier:
    """The steps 0 … ``last``, of which each is harder than the one before it; ``test`` says of one whether it is possible.

    Every step that was tested is in ``verdicts``. What lies below a possible step is possible, what lies above an impossible one
    is impossible.
    """

    last: int
    test: Callable[[int], Verdict]
    verdicts: dict[int, Verdict] = field(default_factory=dict)

    @property
    def possible(self) -> int | None:
        """The last step that is shown to be possible."""
        return max((step for step, verdict in self.verdicts.items() if verdict == "possible"), default=None)

    @property
    def impossible(self) -> int | None:
        """The first step that is proven to be impossible."""
        return min((step for step, verdict in self.verdicts.items() if verdict == "impossible"), default=None)

    def find(self, stop: Callable[[], bool]) -> None:
        """Halve until the next step after the last possible one is proven impossible, or not known, or ``stop`` says so."""
        if self._verdict(0) != "possible":
            return
        if stop() or self._verdict(self.last) == "possible":
            return
        for open_counts_as in ("impossible", "possible"):  # from below to the last that is known possible, and from above
            low, high = 0, self.last
            while high - low > 1 and not stop():
                middle = (low + high) // 2
                verdict = self._verdict(middle)
                if (open_counts_as if verdict == "unknown" else verdict) == "possible":
                    low = middle
                else:
                    high = middle

    def _verdict(self, step: int) -> Verdict:
        if self.possible is not None and step <= self.possible:
            return "possible"
        if self.impossible is not None and step >= self.impossible:
            return "impossible"
        if step not in self.verdicts:
            self.verdicts[step] = self.test(step)
        return self.verdicts[step]
