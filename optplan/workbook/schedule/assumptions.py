"""Every figure of the input that rests on an assumption, so that no reader takes it for a given one."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from optplan.figures.figures import Figures
from optplan.figures.origins import described
from optplan.tables.labels import table_label
from optplan.workbook.book import Sheet, say
from optplan.workbook.schedule.frame import HEADER_ROW, Table
from optplan.workbook.styles import CENTRED, SECTION, TEXT

if TYPE_CHECKING:
    pass

WIDTHS = [7, 18, 62, 8, 70]
MOST_SHOWN = 4  # rows of one source that the printed list spells out


def write_assumptions(sheet: Sheet, figures: Figures, number: int) -> None:
    """Write the sheet: the printed list by table and source, and below it, not printed, every row for itself.

    A row counts as an assumption if its basis says so, or if it has none.
    """
    table = Table(
        sheet, figures, number, say("title-assumptions"), 1, len(WIDTHS), say("unit-compliance", currency=figures.currency)
    )
    entries = [
        entry for name in figures.tables if name != "plan" for entry in figures.tables[name] if entry["basis"] == "assumption"
    ]
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for entry in entries:
        alike[table_label(entry.table), figures.source_words(entry)].append(described(entry, figures))
    heads = ("column-number", "column-table", "column-source", "column-row-count", "column-content")
    table.headers(HEADER_ROW, [say(head) for head in heads])
    row = HEADER_ROW
    for count, ((name, source), said) in enumerate(alike.items(), start=1):
        row += 1
        shown = said[:MOST_SHOWN] + ([say("and-more", number=len(said) - MOST_SHOWN)] if len(said) > MOST_SHOWN else [])
        sheet.put(row, 1, count, CENTRED)
        sheet.line(row, 2, (name, source or say("no-source")), TEXT)
        sheet.put(row, 4, len(said), CENTRED)
        sheet.put(row, 5, "\n".join(shown), TEXT.but(size=9))
    if not entries:
        row += 1
        sheet.merged(row, 1, len(WIDTHS), say("no-assumptions"), TEXT)
    printed = row
    if entries:
        row += 2
        sheet.merged(row, 1, len(WIDTHS), say("section-assumption-rows"), SECTION)
        row += 1
        table.headers(row, [say(head) for head in heads])
        for count, entry in enumerate(entries, start=1):
            row += 1
            sheet.put(row, 1, count, CENTRED)
            sheet.line(
                row,
                2,
                (table_label(entry.table), figures.source_words(entry), "", described(entry, figures)),
                TEXT.but(wrap=False),
            )
    sheet.widths(WIDTHS)
    table.finish(printed, f"A{HEADER_ROW + 1}")
