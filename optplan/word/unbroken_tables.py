"""Short tables that stay on one page."""

from __future__ import annotations

from docx.document import Document

MOST_ROWS = 9  # of a table that is moved to the next page rather than torn; a longer one repeats its head there


def keep_short_tables_whole(document: Document) -> None:
    """Tie each row of a short table to the next one."""
    for table in document.tables:
        if len(table.rows) <= MOST_ROWS:
            for row in table.rows[:-1]:
                for cell in row.cells:
                    for paragraph in cell.paragraphs:
                        paragraph.paragraph_format.keep_with_next = True
