"""Columns of tables made to fit between the margins once it is known how many there are and what stands in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

TWIP = 635  # English metric units
POINT = 20  # twips
EDGES = 140  # twips: what a cell keeps free at its sides
LATIN_WORD = re.compile("[!-~]+")  # which no line tears
LATIN = 0.62  # of a letter's size: how wide a digit or a Latin letter is; a Chinese one is as wide as it is high
SHORT_HEAD = 4  # letters
USUAL = 10.5  # points, where no style says how large letters are


def text_width(document: Document) -> int | None:
    """How wide the text of a page is, in English metric units; ``None``: the page does not say."""
    section = document.sections[0]
    page, left, right = section.page_width, section.left_margin, section.right_margin
    return None if page is None or left is None or right is None else page - left - right


def fit_tables(document: Document) -> None:
    """Share out the width of the text among the columns of each table, in the proportions that its cells ask for.

    What a column does not need goes to those whose longest word would be torn, then to those whose words would not stand in one
    line. Tables with merged cells are left as
    they are.
    """
    width = text_width(document)
    if width is None:
        return
    room, sizes = width // TWIP, _sizes(document)
    for table in document.element.body.iter(qn("w:tbl")):
        rows = [row.findall(qn("w:tc")) for row in table.findall(qn("w:tr"))]
        wanted = _wanted(rows)
        if wanted:
            needs = [
                max(_need(cell, sizes, is_head=number == 0) for number, cell in enumerate(column))
                for column in zip(*rows, strict=True)
            ]
            words = [max(_longest(cell, sizes) for cell in column) for column in zip(*rows, strict=True)]
            given = [width * room // sum(wanted) for width in wanted]
            _set(table, rows, _balanced(_balanced(given, words), needs))


def _wanted(rows: Sequence[Sequence[Any]]) -> list[int]:
    """The widths that the first row asks for, if all rows have as many cells and every one says how wide it is."""
    if not rows or len({len(row) for row in rows}) > 1 or any(True for row in rows for cell in row for _ in _spans(cell)):
        return []
    widths = [next(cell.iter(qn("w:tcW")), None) for cell in rows[0]]
    if any(width is None or width.get(qn("w:type")) != "dxa" for width in widths):
        return []
    return [int(float(width.get(qn("w:w")))) for width in widths if width is not None]


def _spans(cell: Any) -> Any:
    return (span for tag in ("w:gridSpan", "w:vMerge", "w:hMerge") for span in cell.iter(qn(tag)))


def _sizes(document: Document) -> dict[str, float]:
    """How large the letters of each paragraph style are, in points, by its id."""
    return {
        style.style_id: style.font.size.pt
        for style in document.styles
        if style.style_id is not None and getattr(getattr(style, "font", None), "size", None) is not None
    }


def _longest(cell: Any, sizes: Mapping[str, float]) -> int:
    """How wide a cell has to be for its longest word, in twips."""
    found = [
        _size(part, sizes) * _length(word)
        for part in cell.iter(qn("w:p"))
        for word in LATIN_WORD.findall("".join(text.text or "" for text in part.iter(qn("w:t"))))
    ]
    return EDGES + round(POINT * max(found, default=0.0))


def _need(cell: Any, sizes: Mapping[str, float], *, is_head: bool) -> int:
    """How wide a cell would have to be for its words to stand in one line, a head that is not short in two, in twips."""
    needs = [0.0]
    for part in cell.iter(qn("w:p")):
        words, size = "".join(text.text or "" for text in part.iter(qn("w:t"))), _size(part, sizes)
        whole = size * _length(words)
        longest = max((size * _length(word) for word in LATIN_WORD.findall(words)), default=0.0)
        needs.append(max(whole / 2, longest, min(whole, SHORT_HEAD * size)) if is_head else whole)
    return EDGES + round(POINT * max(needs))


def _length(words: str) -> float:
    """How long words are in one line, as a multiple of their height."""
    return sum(1.0 if unicodedata.east_asian_width(letter) in "WFA" else LATIN for letter in words)


def _size(paragraph: Any, sizes: Mapping[str, float]) -> float:
    style = next(paragraph.iter(qn("w:pStyle")), None)
    return sizes.get(style.get(qn("w:val")), USUAL) if style is not None else USUAL


def _balanced(widths: Sequence[int], needs: Sequence[int]) -> list[int]:
    """Widths of the same sum: what some columns have too much goes to those that have too little, as far as it goes."""
    spare = [max(0, width - need) for width, need in zip(widths, needs, strict=True)]
    lack = [max(0, need - width) for width, need in zip(widths, needs, strict=True)]
    moved = min(sum(spare), sum(lack))
    if not moved:
        return list(widths)
    return [
        width - too_much * moved // sum(spare) + too_little * moved // sum(lack)
        for width, too_much, too_little in zip(widths, spare, lack, strict=True)
    ]


def _set(table: Any, rows: Sequence[Sequence[Any]], widths: Sequence[int]) -> None:
    grid = table.find(qn("w:tblGrid"))
    for column in list(grid):
        grid.remove(column)
    for width in widths:
        grid.append(grid.makeelement(qn("w:gridCol"), {qn("w:w"): str(width)}))
    for row in rows:
        for cell, width in zip(row, widths, strict=True):
            for asked in cell.iter(qn("w:tcW")):
                asked.set(qn("w:w"), str(width))
                asked.set(qn("w:type"), "dxa")
