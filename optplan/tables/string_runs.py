"""A string of a workbook that is made of runs, each with its own letters: raised, struck, coloured."""

from __future__ import annotations

import re

from optplan.tables.cells import Marked, Painted, Struck, Unseen
from optplan.tables.characters import lowered, raised, struck
from optplan.tables.colours import SMALLEST, Colour, Palette
from optplan.tables.xml_values import is_below, truth

LONGEST_CELL = 32_767  # characters, of Excel
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


class StringRuns:
    """A string made of runs, as it is being read. How Chinese is pronounced (``rPh``) is no part of it."""

    def __init__(self, palette: Palette) -> None:
        self._palette = palette
        self.clear()

    def clear(self) -> None:
        """A new string begins."""
        self.parts: list[str] = []
        self.struck = self.crossed = False
        self.raised = self.marked = self.in_text = self.spoken = False
        self.lowered, self.length = False, 0
        self.ink: Colour | None = None
        self.inks: set[Colour] = set()
        self.tiny = self.dwindles = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if tag == "t":
            self.in_text = True
        elif tag == "r":
            self.raised = self.lowered = self.struck = self.tiny = False
            self.ink = None
        elif tag == "color":
            self.ink = self._palette.colour(attributes)
        elif tag == "sz":
            self.tiny = is_below(attributes.get("val"), SMALLEST)
        elif tag == "strike":
            self.struck = truth(attributes.get("val", "1"))
        elif tag == "vertAlign":
            self.raised = attributes.get("val") == "superscript"
            self.lowered = attributes.get("val") == "subscript"
        elif tag == "rPh":
            self.spoken = True

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag == "t":
            self.in_text = False
        elif tag == "rPh":
            self.spoken = False

    def text(self, text: str) -> None:
        """Characters inside an element."""
        if self.in_text and not self.spoken and self.length <= LONGEST_CELL:
            self.length += len(text)
            if (self.raised or self.lowered) and text.strip():
                self.marked = True
                text = raised(text) if self.raised else lowered(text)
            if self.struck and text.strip():
                self.crossed, text = True, struck(text)
            if text.strip():
                self.dwindles |= self.tiny
                if self.ink is not None:
                    self.inks.add(self.ink)
            self.parts.append(text)

    def value(self) -> str:
        """The string, as one of those of :mod:`optplan.tables.cells` that say more where its letters do."""
        text = unescaped("".join(self.parts)) if self.parts else ""
        if self.crossed:
            return Struck(text)
        if self.dwindles:
            return Unseen(text)
        if self.inks:
            return Painted(text, frozenset(self.inks), marked=self.marked)
        return Marked(text) if self.marked else text


def unescaped(text: str) -> str:
    """A text in which characters that XML cannot hold are written by their codes."""
    return _ESCAPE.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)
