"""The front of a comparison: what each letter stands for, what is proven of it, and the contents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optplan.figures.proven import outcome
from optplan.language import bilingual, text
from optplan.language.lists import in_brackets, listed
from optplan.workbook.book import Sheet, display_width, say
from optplan.workbook.page import print_page
from optplan.workbook.styles import CENTRED, HEADER, NOTE, SECTION, TEXT, TITLE

if TYPE_CHECKING:
    from optplan.comparison.figures import Side
    from optplan.comparison.sides import Sides
    from optplan.workbook.schedule.frame import Numbering

HEADS = ("result", "plan", "model", "scenario", "status", "sha", "seal")
WIDTHS = [7.0, 34, 22, 34, 20, 20, 20]
LAST = len(HEADS)
SHOWN_HASH = 16


def write_front(sheet: Sheet, comparison: Sides, numbering: Numbering, title: str) -> None:
    """Write the front; the tables are in ``numbering``."""
    sheet.widths(WIDTHS)
    sheet.merged(2, 1, LAST, title, TITLE.but(size=20, wrap=True))
    sheet.height(2, 40 if display_width(title) <= 80 else 72)
    sheet.merged(3, 1, LAST, say("made-by-line"), NOTE.but(wrap=False))
    row = 5
    sheet.merged(row, 1, LAST, text("compare", "table-results"), SECTION)
    row += 1
    sheet.line(row, 1, [text("compare", f"column-{head}") for head in HEADS], HEADER)
    for side in comparison.sides:
        row += 1
        sheet.put(row, 1, side.label, CENTRED.but(bold=True))
        sheet.line(row, 2, _account(side), TEXT)
    row += 2
    row = numbering.write_contents(sheet, row, LAST)
    row += 1
    for number in range(1, 4):
        row += 1
        sheet.merged(row, 1, LAST, text("compare", f"reading-{number}"), TEXT.but(border=False))
    print_page(sheet, last_column=LAST, last_row=row, title_rows=None, one_page=True)


def _account(side: Side) -> list[str]:
    account, content = side.account(), side.result.document["model_content"]
    title = bilingual(content.get("title") or account["model"], content.get("title_en"))
    return [
        account["title"],
        in_brackets(title, account["model"]),
        listed(account["scenario"]) or text("compare", "base-case"),
        outcome(account["status"]),
        account["plan_sha256"][:SHOWN_HASH],
        (account["seal"] or "—")[:SHOWN_HASH],
    ]
