"""Columns of tables made to fit between the margins once it is known how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn


def fit_tables(document: Document) -> None:
    """Share out the width of the text among the columns of each table, in the proportions that its cells ask for.

    Tables with merged cells are left as they are.
    """
    section = document.sections[0]
    page, left, right = section.page_width, section.left_margin, section.right_margin
    if page is None or left is None or right is None:
        return
    room = (page - left - right) // TWIP
    for table in document.element.body.iter(qn("w:tbl")):
        rows = [row.findall(qn("w:tc")) for row in table.findall(qn("w:tr"))]
        wanted = _wanted(rows)
        if wanted:
            _set(table, rows, [width * room // sum(wanted) for width in wanted])


TWIP = 635  # English metric units


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
