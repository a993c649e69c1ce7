"""The front of an attribution: what was asked, the groups and their numbers, what stands out in sentences, the contents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optplan.attribution.words import sentences
from optplan.language import bilingual, current_language, text
from optplan.language.lists import in_brackets, listed
from optplan.workbook.book import Sheet, display_width, say
from optplan.workbook.page import print_page
from optplan.workbook.styles import COUNT, HEADER, NOTE, SECTION, TEXT, TITLE, Look

if TYPE_CHECKING:
    from optplan.attribution.division import Division
    from optplan.workbook.schedule.frame import Numbering

WIDTHS = [9.0, 46, 40, 16]
LAST = len(WIDTHS)


def write_front(sheet: Sheet, attribution: Division, numbering: Numbering, title: str) -> None:
    """Write the front; the tables are in ``numbering``."""
    sheet.widths(WIDTHS)
    sheet.merged(2, 1, LAST, title, TITLE.but(size=20, wrap=True))
    sheet.height(2, 40 if display_width(title) <= 60 else 72)
    sheet.merged(3, 1, LAST, say("made-by-line"), NOTE.but(wrap=False))
    row = 5
    for name, value in _facts(attribution):
        sheet.merged(row, 1, 1, "", TEXT.but(border=False))
        sheet.put(row, 2, text("attribution", f"front-{name}"), TEXT.but(bold=True, fill=HEADER.fill))
        sheet.merged(row, 3, LAST, value, TEXT)
        row += 1
    row += 1
    sheet.merged(row, 1, LAST, text("attribution", "table-groups"), SECTION)
    row += 1
    heads = ("number", "group", "what", "cells")
    sheet.line(row, 1, [text("attribution", f"column-{head}") for head in heads], HEADER)
    for position, group in enumerate(attribution.groups, start=1):
        row += 1
        tables = dict.fromkeys(text("tables", each.cell.table) for each in attribution.changes if each.cell in group.cells)
        sheet.put(row, 1, position, Look("0", "center"))
        sheet.put(row, 2, group.name, TEXT)
        sheet.put(row, 3, listed(tables), TEXT)
        sheet.put(row, 4, len(group.cells), Look(COUNT, "right"))
    row += 2
    sheet.merged(row, 1, LAST, text("attribution", "front-said"), SECTION)
    for said in sentences(attribution, current_language()):
        row += 1
        sheet.merged(row, 1, LAST, said, TEXT.but(border=False))
    row += 2
    row = numbering.write_contents(sheet, row, LAST)
    print_page(sheet, last_column=LAST, last_row=row, title_rows=None, landscape=False)


def _facts(attribution: Division) -> list[tuple[str, str]]:
    model = attribution.model
    return [
        ("model", in_brackets(bilingual(model.title, model.title_en), model.name)),
        ("scenario", listed(attribution.scenarios) or text("attribution", "front-changed-plan")),
        ("base", attribution.base.sha256),
        ("changed", attribution.changed.sha256),
        ("solves", str(len({answer.plan_sha256 for answer in attribution.answers.values() if answer.plan_sha256}))),
    ]
