"""Text that a person wrote, as each medium takes it: whatever it is called, it is shown as text and does nothing.

One function a medium: :func:`printable` for paper (Word, PDF), :func:`in_chart` for titles in charts, :func:`markdown` for what
Streamlit reads as Markdown, :func:`html` for our own HTML, :func:`on_terminal` for a console, :func:`file_name` for names of
files. A workbook's cells of text (``workbook/book.py``) hold a formula as text, too.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_DIRECTIONS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # they turn the text around them as well
_BREAKS = re.compile(r"\s+")
_LINES = re.compile(r"\s*[\n\r\x85\u2028\u2029]\s*")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_PUNCTUATION = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&@=^])")
# What Streamlit makes of text that is escaped already: icons, emoji, links of addresses, arrows and dashes.
_REPLACED = re.compile(r":(?=[\w+-]+(?:/\w+)?:)|https?(?=://)|www(?=\.)|(?<=[\w.+-])@(?=[\w-])", re.IGNORECASE)
_SYMBOL = re.compile(r"(?<!\S)(<->|->|<-|--|>=|<=|~=)(?!\S)")
_NO_BREAK = "\u2060"  # a word joiner, which has no width
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f-\x9f]+')
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)")  # names that Windows keeps for itself
_LIKE_A_BACKSLASH = "\u29f5"  # the operator
LONGEST_FILE_NAME = 60  # letters, before the suffix


class Markdown(str):
    """Text that Streamlit may read as Markdown. ``words`` is the same as people see it."""

    words: str

    def __new__(cls, written: str, words: str | None = None) -> Markdown:
        """``written`` is Markdown already; ``words`` is needed where it differs."""
        made = super().__new__(cls, written)
        made.words = written if words is None else words
        return made


def markdown(text: object) -> Markdown:
    """``text`` as Markdown that shows it as it is, on one line; what is Markdown already stays."""
    if isinstance(text, Markdown):
        return text
    words = _shown(_LINES.sub(" ", str(text))).strip()
    joined = _SYMBOL.sub(lambda found: found[1][0] + _NO_BREAK + found[1][1:], _REPLACED.sub(rf"\g<0>{_NO_BREAK}", words))
    return Markdown(_PUNCTUATION.sub(r"\\\1", joined), words)


def html(text: str) -> str:
    """``text`` inside an HTML element or an attribute in quotes."""
    return escape(_shown(text.words if isinstance(text, Markdown) else text))


def on_terminal(text: str) -> str:
    """``text`` without what a terminal would obey: control sequences, and marks that turn the direction of writing."""
    return _shown(text)


def file_name(text: str) -> str:
    """``text`` as a part of a file's name that every system takes: no path, no device, not over-long."""
    short = _NOT_IN_NAMES.sub("_", printable(text.words if isinstance(text, Markdown) else text)).strip(" .")[:LONGEST_FILE_NAME]
    return _DEVICES.sub(r"_\1", short.strip(" .")) or "optplan"


def printable(text: str) -> str:
    """``text`` without control characters, its line breaks and runs of blanks as one blank."""
    return _BREAKS.sub(" ", _DIRECTIONS.sub("", _NOT_IN_XML.sub("", text))).strip()


def in_chart(text: str) -> str:
    """``text`` as the title of an axis or a tooltip. Vega writes it into program text, in which it would obey a backslash."""
    return printable(text).replace("\\", _LIKE_A_BACKSLASH)


def printable_throughout(value: Any) -> Any:
    """``value`` with every text in its lists and mappings made printable."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {printable_throughout(key): printable_throughout(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [printable_throughout(each) for each in value]
    return value


def _shown(text: str) -> str:
    return _DIRECTIONS.sub("", _CONTROLS.sub("", text))
