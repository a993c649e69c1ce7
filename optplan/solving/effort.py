"""How exactly and how long a plan is solved."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Effort:
    """The arguments of :func:`optplan.solve` that say when a search may end.

    ``gap``: a level may also stop when value − bound ≤ gap·value. ``quick``: once it is good enough, as the decision model says.
    ``time_limit``: after so many seconds in all; ``None``: when it is done.
    """

    gap: float = 0.0
    quick: bool = False
    time_limit: float | None = None

    def as_dict(self) -> dict[str, Any]:
        """As keyword arguments, and as JSON keeps it."""
        return asdict(self)
