"""The cover: which plan, how it was decided, what is proven of it, its seal, and a table of contents."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from optplan.figures.figures import Figures
from optplan.language import bilingual, current_language
from optplan.language.lists import in_brackets, listed
from optplan.workbook.book import Formula, Sheet, display_width, letter, say
from optplan.workbook.page import print_page
from optplan.workbook.schedule.county import HIDDEN
from optplan.workbook.schedule.frame import Numbering, warn_if
from optplan.workbook.styles import CENTRED, HEADER, INPUT_FILL, NOTE, SECTION, TEXT, TITLE

LABEL, VALUE, LAST = 2, 3, 4
RECORD, RECORD_WIDTH = 6, 6  # the first hidden column, and how many there are
LAYOUT = 3  # raised when rows or columns of an exported workbook move; 1 had no such line
WIDTHS = [4, 20, 60, 21]
OF_MONEY = 3  # which of the remarks is about how exact money is


def write_cover(sheet: Sheet, figures: Figures, numbering: Numbering, standing: Formula, wrong: str) -> None:
    """Write the cover of a workbook whose tables are in ``numbering``.

    ``standing``: what the cells say of the plan as it is now; ``wrong``: the formula that holds where that is nothing good.
    """
    document = figures.document
    sheet.widths(WIDTHS)
    _hidden_record(sheet, document)
    sheet.merged(2, LABEL, LAST, figures.title, TITLE.but(size=22, wrap=True))
    sheet.height(2, 40 if display_width(figures.title) <= 44 else 72)
    sheet.merged(3, LABEL, LAST, say("cover-subtitle"), TITLE)
    sheet.height(3, 34)
    sheet.merged(4, LABEL, LAST, say("cover-span", first=figures.first, last=figures.last), NOTE.but(align="center", size=12))
    row = 6
    for name, value in _facts(figures):
        sheet.put(row, LABEL, say(f"cover-{name}"), TEXT.but(bold=True, fill=HEADER.fill))
        sheet.merged(row, VALUE, LAST, value, TEXT)
        row += 1
    sheet.put(row, LABEL, say("cover-now"), TEXT.but(bold=True, fill=HEADER.fill))
    sheet.merged(row, VALUE, LAST, standing, TEXT)
    sheet.height(row, 44)  # an alarm takes three lines
    warn_if(sheet, f"{letter(VALUE)}{row}", wrong)
    row = _contents(sheet, row + 2, numbering)
    row += 1
    sheet.merged(row, LABEL, LAST, say("cover-reading"), SECTION)
    for number in range(1, 5):
        row += 1
        other = number == OF_MONEY and figures.currency != "万元"  # whose ten-thousandth is a yuan
        words = say(f"cover-reading-{number}{'-other' if other else ''}", currency=figures.currency)
        look = TEXT.but(border=False, fill=INPUT_FILL if number == 1 else "")
        sheet.merged(row, LABEL, LAST, words, look)
    print_page(sheet, last_column=LAST, last_row=row, title_rows=None, landscape=False, one_page=True)


def _hidden_record(sheet: Sheet, document: Mapping[str, Any]) -> None:
    """What an edited workbook is measured by when it is read back: its plan, decision model, language, and what was proven."""
    sheet.line(1, RECORD, ("result", document["plan"]["sha256"], document["seal"]["sha256"], document["model"]), HIDDEN)
    model = json.dumps(document["model_content"], ensure_ascii=False, sort_keys=True)
    sheet.line(2, RECORD, ("model", model.replace("\n", " ")), HIDDEN.but(wrap=False))
    for row, level in enumerate(document["criteria"], start=3):
        told = (level["name"], *(repr(level[key]) for key in ("in_plan", "bound", "value")), int(level["proven"]))
        sheet.line(row, RECORD, ("criterion", *told), HIDDEN)
    sheet.line(3 + len(document["criteria"]), RECORD, ("layout", LAYOUT, current_language()), HIDDEN)
    for column in range(RECORD, RECORD + RECORD_WIDTH):
        sheet.worksheet.column_dimensions[letter(column)].hidden = True


def _facts(figures: Figures) -> list[tuple[str, str]]:
    document = figures.document
    model, made_with = document["model_content"], document["made_with"]
    title = bilingual(model["title"], model.get("title_en"))
    account = bilingual(model.get("account", ""), model.get("account_en"))
    rules = sum(document["seal"].get("rules", {}).values())
    versions = listed(f"{name} {version}" for name, version in made_with.items() if name not in {"author", "system"})
    found: list[tuple[str, Any]] = [
        ("model", in_brackets(title, document["model"])),
        ("account", account),
        ("scenario", listed(document["scenario"]) or say("cover-no-scenario")),
        ("status", say(f"status-{document['status']}")),
        ("seal", say("cover-sealed", rules=rules, seal=document["seal"]["sha256"])),
        ("plan", document["plan"]["sha256"]),
        ("date", say("date", year=date.today().year, month=date.today().month, day=date.today().day)),
        ("author", str(made_with.get("author") or say("cover-author-blank"))),
        ("made-with", versions),
    ]
    return [(name, str(value)) for name, value in found if value]


def _contents(sheet: Sheet, row: int, numbering: Numbering) -> int:
    sheet.merged(row, LABEL, LAST, say("cover-contents"), SECTION)
    row += 1
    sheet.line(row, LABEL, [say("column-table-number"), say("column-table-title"), say("column-sheet")], HEADER)
    for number, target, title in numbering.entries:
        row += 1
        sheet.put(row, LABEL, say("table-number", number=number), CENTRED)
        sheet.put(row, VALUE, title, TEXT)
        cell = sheet.put(row, LAST, target.name, TEXT.but(colour="1F4E9E"))
        sheet.link(cell, target)
    return row + 1
