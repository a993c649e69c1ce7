"""Makes the templates of reports that ship: ``python -m optplan.reporting.template`` writes ``reports/templates/report.docx``.

One file serves every report, in Chinese; ``report-en.docx`` is the same in the sizes that English is set in. It says how a
title, a heading, a table look; what they say comes from the report. An office restyles it in Word, or gives a report other
words around the same blocks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm
from docx.table import _Row

from optplan.files import write_atomically
from optplan.reporting.styles import LATIN_SCALE, TABLE_STYLE, define_styles, name_fonts, page_of
from optplan.reporting.write import TEMPLATES
from optplan.word.shipped_templates import add_field, saved

Widths = tuple[float, float, float]
# cm: the first column, each of the figures, and a last one in words
WIDTHS = {"zh": (5.0, 1.45, 2.3), "en": (3.7, 1.75, 2.6)}


def main() -> None:
    """Write the shipped templates."""
    for language, path in TEMPLATES.items():
        write_atomically(path, template_file(language))


def template_file(language: str) -> bytes:
    """The shipped template of a language, the same each time."""
    document = Document()
    define_styles(document, 1.0 if language == "zh" else LATIN_SCALE)
    page_of(document)
    _footers(document)
    _opening(document)
    _blocks(document, "blocks", WIDTHS[language])
    _closing(document, WIDTHS[language])
    name_fonts(document)
    return saved(document, "optplan report")


def _footers(document: DocumentObject) -> None:
    """Page numbers between dashes, at the outer side of each page."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, align in ((section.footer, 2), (section.even_page_footer, 0)):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style, paragraph.alignment = "Footer", align
        paragraph.add_run("— ")
        add_field(paragraph, "PAGE")
        paragraph.add_run(" —")


def _opening(document: DocumentObject) -> None:
    _if(document, "letterhead", lambda: document.add_paragraph("{{ letterhead }}", style="Report Letterhead"))
    _if(document, "number", lambda: document.add_paragraph("{{ number }}", style="Report Number"))
    document.add_paragraph("{{ title }}", style="Title")
    _if(document, "to", lambda: document.add_paragraph("{{ to }}", style="Report To"))


def _closing(document: DocumentObject, widths: Widths) -> None:
    def attachments() -> None:
        document.add_paragraph("{%p for line in attachments %}", style="Report Attachment")
        document.add_paragraph("{{ line }}", style="Report Attachment")
        document.add_paragraph("{%p endfor %}", style="Report Attachment")

    _if(document, "attachments", attachments)
    _if(document, "unit", lambda: document.add_paragraph("{{ unit }}", style="Report Signature"))
    document.add_paragraph("{{ date }}", style="Report Date")
    _if(document, "contact", lambda: document.add_paragraph("{{ contact }}", style="Report Body"))
    document.add_paragraph("{%p for annex in annexes %}", style="Report Note")
    document.add_paragraph("{{ annex.label }}", style="Report Annex").paragraph_format.page_break_before = True
    document.add_paragraph("{{ annex.title }}", style="Report Annex Title")
    _blocks(document, "annex.blocks", widths)
    document.add_paragraph("{%p endfor %}", style="Report Note")


def _blocks(document: DocumentObject, of: str, widths: Widths) -> None:
    """Each block in the look of its kind."""
    document.add_paragraph(f"{{%p for block in {of} %}}", style="Report Note")
    for number, style in (("1", "Heading 1"), ("2", "Heading 2"), ("3", "Heading 3")):
        _of_kind(document, f"heading{number}", partial(document.add_paragraph, "{{ block.text }}", style))
    _if(document, 'block.kind == "text" and not loop.last', partial(document.add_paragraph, "{{ block.text }}", "Report Body"))
    _if(document, 'block.kind == "text" and loop.last', lambda: _last_words(document))
    _of_kind(document, "note", lambda: document.add_paragraph("{{ block.text }}", style="Report Note"))
    _of_kind(document, "picture", lambda: _picture(document))
    _of_kind(document, "figures", lambda: _table(document, widths[:2]))
    _of_kind(document, "figures-words", lambda: _table(document, widths))
    document.add_paragraph("{%p endfor %}", style="Report Note")


def _last_words(document: DocumentObject) -> None:
    """They stay with what follows: nobody signs a page without text."""
    document.add_paragraph("{{ block.text }}", style="Report Body").paragraph_format.keep_with_next = True


def _picture(document: DocumentObject) -> None:
    document.add_paragraph("{{ block.caption }}", style="Caption")
    document.add_paragraph("{{ pictures[block.picture] }}", style="Report Picture")


def _table(document: DocumentObject, widths: Sequence[float]) -> None:
    """A caption, then a first column in words, as many figures as the block has, and with a third width a last one in words."""
    document.add_paragraph("{{ block.caption }}", style="Caption")
    words = len(widths) > 2
    table = document.add_table(rows=1, cols=len(widths), style=TABLE_STYLE)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    _fill(table.rows[0], "{{ block.first }}", ("head in block.heads", "{{ head }}"), "{{ block.last }}", words, is_head=True)
    table.add_row().cells[0].text = "{%tr for row in block.rows %}"
    _fill(table.add_row(), "{{ row.first }}", ("cell in row.cells", "{{ cell }}"), "{{ row.last }}", words, is_head=False)
    table.add_row().cells[0].text = "{%tr endfor %}"
    _if(document, "block.note", lambda: document.add_paragraph("{{ block.note }}", style="Report Note"))


def _fill(row: _Row, first: str, each: tuple[str, str], last: str, words: bool, *, is_head: bool) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))
    contents = [first, each[1], *([last] if words else [])]
    for place, (cell, content) in enumerate(zip(row.cells, contents, strict=True)):
        cell.width = row.table.columns[place].width
        paragraph = cell.paragraphs[0]
        paragraph.style = "Report Head" if is_head else "Report Cell Number" if place == 1 else "Report Cell"
        paragraph.add_run(content)
        if place == 1:
            for mark, before in ((f"{{%tc for {each[0]} %}}", True), ("{%tc endfor %}", False)):
                beside = parse_xml(f"<w:tc {nsdecls('w')}><w:p><w:r><w:t>{mark}</w:t></w:r></w:p></w:tc>")
                (cell._tc.addprevious if before else cell._tc.addnext)(beside)


def _of_kind(document: DocumentObject, kind: str, write: Callable[[], Any]) -> None:
    _if(document, f'block.kind == "{kind}"', write)


def _if(document: DocumentObject, condition: str, write: Callable[[], Any]) -> None:
    """What ``write`` writes, only if there is something."""
    document.add_paragraph(f"{{%p if {condition} %}}", style="Report Note")
    write()
    document.add_paragraph("{%p endif %}", style="Report Note")


if __name__ == "__main__":
    main()
