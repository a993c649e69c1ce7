"""What the page says: the messages of one catalogue, by name, in the language that the visitor chose."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from optplan.language import current_language, text
from optplan.language.catalogue import value_in_words
from optplan.language.printable import Markdown
from optplan.language.printable import markdown as plain

__all__ = ["Markdown", "Say", "in_language", "plain", "sentence", "words_of"]

Say = Callable[..., Markdown]


def words_of(area: str) -> Say:
    """``say(name, **values)``: the message ``name`` of the catalogue ``area`` in the current language, as Markdown.

    Values are shown as they are, whatever stands in them. ``say(…).words`` is the same for where no Markdown is read: in the
    cells of tables, the options of drop-down lists, names of files. Grids and maps take either.
    """

    def say(name: str, /, **values: Any) -> Markdown:
        return sentence(area, name, **values)

    return say


def sentence(area: str, name: str, /, **values: Any) -> Markdown:
    """The message ``name`` of the catalogue ``area``, as what :func:`words_of` gives says it."""
    words = {key: value.words if isinstance(value, Markdown) else value for key, value in values.items()}
    shown = {
        key: value if isinstance(value, Markdown) else value_in_words(key, value, "day" in values)
        for key, value in values.items()
    }
    written = text(area, name, None, **{key: plain(value) for key, value in shown.items()})
    return Markdown(written, text(area, name, None, **words) if values else None)


def in_language(key: str) -> str:
    """The key of a widget whose options are words: a browser goes on showing the words it chose until the key is another."""
    return f"{key}-{current_language()}"
