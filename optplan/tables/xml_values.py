"""Values in the XML of a workbook: truths, whole numbers, and what is raised for what is neither."""

from __future__ import annotations

import re


class Broken(ValueError):
    """What is wrong with the inside of a workbook, and in which part."""


def truth(text: str | None) -> bool:
    """A truth value of the file format; ``None`` is false."""
    return (text or "").strip().lower() in {"1", "true", "on"}


def whole_number(text: str | None) -> int:
    """A number of at most nine digits. Raises :class:`Broken` for anything else."""
    if text is None or not re.fullmatch(r"\s*[0-9]{1,9}\s*", text):
        raise Broken((text or "")[:20])
    return int(text)


def is_below(size: str | None, least: float) -> bool:
    """Whether a size is given and is less."""
    try:
        return size is not None and float(size[:20]) < least
    except ValueError:
        return False
