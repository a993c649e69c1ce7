"""How a brief puts figures into words."""

from __future__ import annotations

from optplan.language import sentences_of

say = sentences_of("brief")


def shortened(words: str, letters: int) -> str:
    """``words`` cut at ``letters``, the cut marked."""
    return words if len(words) <= letters else words[: letters - 1].rstrip() + "…"
