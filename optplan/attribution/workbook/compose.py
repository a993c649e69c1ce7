"""Puts the sheets of an attribution together: the front first, then the numbered tables, the charts last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optplan.attribution.words import figure_names
from optplan.attribution.workbook.charts import Charts
from optplan.attribution.workbook.details import write_details
from optplan.attribution.workbook.front import write_front
from optplan.attribution.workbook.inputs import write_inputs
from optplan.attribution.workbook.looks import in_cells
from optplan.attribution.workbook.shares import Shares
from optplan.attribution.workbook.solves import Solves
from optplan.language import current_language, text
from optplan.workbook.book import Book, Sheet
from optplan.workbook.schedule.frame import Numbering

if TYPE_CHECKING:
    from optplan.attribution.division import Division


def title_of(attribution: Division) -> str:
    """The title of the workbook."""
    return text("attribution", "book-title", None, plan=attribution.base.title)


def compose(attribution: Division) -> Book:
    """The workbook of an attribution, in the current language."""
    book, title = Book(), title_of(attribution)
    names, told = figure_names(attribution, current_language()), attribution
    attribution = in_cells(attribution)
    front = book.add(text("attribution", "sheet-front"))
    numbering = Numbering(book)

    def added(name: str) -> tuple[Sheet, int]:
        return numbering.add(text("attribution", f"sheet-{name}"), text("attribution", f"book-{name}"))

    places = {name: added(name) for name in ("shares", "details", "solves", "inputs", "charts")}
    solves = Solves(*places["solves"], attribution, names, title)
    shares = Shares(*places["shares"], attribution, names, solves, title)
    write_details(*places["details"], attribution, names, shares, solves, title)
    write_inputs(*places["inputs"], attribution, title)
    Charts(*places["charts"], attribution, names, shares, title).write()
    write_front(front, told, numbering, title)
    return book
