"""Several things in a row, and what stands in brackets behind a name, as each language writes it."""

from __future__ import annotations

from collections.abc import Iterable

from optplan.language.catalogue import text


def listed(names: Iterable[str], language: str | None = None) -> str:
    """Names in a row: ``甲、乙``, ``A, B``. ``language``: the current one if none is given."""
    return text("lists", "comma", language).join(names)


def clauses(parts: Iterable[str], language: str | None = None) -> str:
    """Parts of a sentence in a row, in which names may be listed: ``甲、乙；丙``, ``A, B; C``."""
    return text("lists", "semicolon", language).join(parts)


def in_brackets(name: str, note: object, language: str | None = None) -> str:
    """The name with a note in brackets behind it: ``预算（万元）``, ``Budget (万元)``; the name alone if the note is empty."""
    return text("lists", "in-brackets", language, name=name, note=note) if note not in ("", None) else name
