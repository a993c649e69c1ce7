"""Puts the sheets of a comparison together: the front first, then the numbered tables, the charts last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optplan.comparison.figures import SECTIONS
from optplan.comparison.words import names_of
from optplan.comparison.workbook.charts import Charts
from optplan.comparison.workbook.figure_table import FigureTable
from optplan.comparison.workbook.front import write_front
from optplan.comparison.workbook.input_table import write_inputs
from optplan.language import current_language, text
from optplan.tables.names import title_of as plan_title
from optplan.tables.units import currency_name
from optplan.workbook.book import Book
from optplan.workbook.schedule.frame import Numbering

if TYPE_CHECKING:
    from optplan.comparison.sides import Sides


def title_of(comparison: Sides) -> str:
    """The title of the workbook: the plan's, or that plans are compared."""
    titles = list(dict.fromkeys(plan_title(side.tables) for side in comparison.sides))
    return text("compare", "book-title", None, plan=titles[0]) if len(titles) == 1 else text("compare", "book-title-plans")


def compose(comparison: Sides) -> Book:
    """The workbook of a comparison, in the current language."""
    book, title = Book(), title_of(comparison)
    names = names_of(comparison, current_language())
    front = book.add(text("compare", "sheet-front"))
    numbering = Numbering(book)
    currency = currency_name(comparison.sides[0].tables)

    inputs, number = numbering.add(text("compare", "sheet-inputs"), text("compare", "table-inputs"))
    write_inputs(inputs, number, comparison, title)
    tables = {}
    for section in SECTIONS.values():
        heading = text("compare", f"book-{section.name}", None, currency=currency)
        sheet, number = numbering.add(text("compare", f"sheet-{section.name}"), heading)
        tables[section.name] = FigureTable(sheet, number, comparison, section, names, (title, heading, currency))
    sheet, number = numbering.add(text("compare", "sheet-charts"), text("compare", "sheet-charts"))
    Charts(sheet, number, comparison, tables, names, title).write()
    write_front(front, comparison, numbering, title)
    return book
