"""How a brief puts figures into words."""

from __future__ import annotations

from collections.abc import Sequence

from optplan.language import sentences_of

say = sentences_of("brief")


def listed(names: Sequence[str]) -> str:
    """Names in a row."""
    return say("comma").join(names)


def shortened(words: str, letters: int) -> str:
    """``words`` cut at ``letters``, the cut marked."""
    return words if len(words) <= letters else words[: letters - 1].rstrip() + "…"
