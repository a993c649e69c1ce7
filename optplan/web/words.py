"""What the page says: the messages of one catalogue, by name, in the language that the visitor chose."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from optplan.language import current_language, text

Say = Callable[..., str]


def words_of(area: str) -> Say:
    """``say(name, **values)``: the message ``name`` of the catalogue ``area`` in the current language."""

    def say(name: str, /, **values: Any) -> str:
        return text(area, name, None, **values)

    return say


def in_language(key: str) -> str:
    """The key of a widget whose options are words: a browser goes on showing the words it chose until the key is another."""
    return f"{key}-{current_language()}"
