"""What a report is made of: headings, texts, tables and pictures, each a block that the template gives its look."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from optplan.language import current_language, sentences_of

say = sentences_of("reporting")
Block = dict[str, Any]
NUMERALS = "零一二三四五六七八九十"


@dataclass
class Blocks:
    """Blocks in their order, first and second headings numbered as the language does it: 一、（一）1. or 1. 1.1 (a)."""

    chinese: bool
    found: list[Block] = field(default_factory=list)
    pictures: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    shares: dict[str, float] = field(default_factory=dict)  # of the width of the text, of each picture
    _first: int = 0
    _second: int = 0
    _headings: dict[int, str] = field(default_factory=dict)  # by rank, those that nothing stands under yet

    def heading(self, text: str) -> None:
        """A heading of the first rank; it is left out if nothing follows under it."""
        self._headings = {1: text}

    def subheading(self, text: str) -> None:
        """A heading of the second rank; it is left out if nothing follows under it."""
        self._headings[2] = text

    def text(self, *sentences: str) -> None:
        """A paragraph."""
        said = ("" if self.chinese else " ").join(sentence for sentence in sentences if sentence)
        if said:
            self._add("text", text=said)

    def listed(self, sentences: Iterable[str]) -> None:
        """Paragraphs, numbered."""
        for number, sentence in enumerate(sentences, start=1):
            self._add("text", text=f"{number}.{'' if self.chinese else ' '}{sentence}")

    def note(self, text: str) -> None:
        """Small print."""
        if text:
            self._add("note", text=text)

    def table(
        self, caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]], *, words_last: bool = False, note: str = ""
    ) -> None:
        """A table: the first column in words, then figures, and with ``words_last`` a last column in words."""
        if not rows:
            return
        inner = slice(1, -1) if words_last else slice(1, None)
        self._add(
            "figures-words" if words_last else "figures",
            caption=caption,
            first=heads[0],
            heads=list(heads[inner]),
            last=heads[-1] if words_last else "",
            rows=[{"first": row[0], "cells": list(row[inner]), "last": row[-1] if words_last else ""} for row in rows],
            note=note,
        )

    def picture(self, name: str, caption: str, png: bytes, share: float = 1.0) -> None:
        """A picture with a caption, which also says what it shows to those who cannot see it."""
        if png:
            self.pictures[name], self.shares[name] = (png, caption), share
            self._add("picture", caption=caption, picture=name)

    def _add(self, kind: str, **content: Any) -> None:
        if 1 in self._headings:
            self._first, self._second = self._first + 1, 0
            words = say("heading-1", number=_counted(self._first), text=self._headings[1])
            self.found.append({"kind": "heading1", "text": words})
        if 2 in self._headings:
            self._second += 1
            words = say("heading-2", number=_counted(self._first, self._second), text=self._headings[2])
            self.found.append({"kind": "heading2", "text": words})
        self._headings = {}
        self.found.append({"kind": kind, **content})


def _counted(*numbers: int) -> str:
    """The number of a heading: 一 and （一） in an official document in Chinese, 1 and 1.1 in English."""
    return numeral(numbers[-1]) if current_language() == "zh" else ".".join(map(str, numbers))


def numeral(number: int) -> str:
    """A Chinese numeral up to 99."""
    tens, ones = divmod(number, 10)
    if not tens:
        return NUMERALS[ones]
    return ("" if tens == 1 else NUMERALS[tens]) + "十" + (NUMERALS[ones] if ones else "")
