"""Makes the template that ships: ``python -m optplan.brief.template`` writes ``reports/templates/brief.docx`` anew.

Every look is a style of the document, so that an office can restyle the file in Word; the words and figures come in between
the double braces. One file serves both languages.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm
from docx.table import Table, _Row

from optplan.brief import TEMPLATE
from optplan.brief.styles import TABLE_STYLE, define_styles, name_fonts
from optplan.files import write_atomically
from optplan.word.shipped_templates import add_field, saved

Column = tuple[float, str, str]  # width in cm, head, content
YEARS = "years"


def main() -> None:
    """Write the shipped template."""
    write_atomically(TEMPLATE, template_file())


def template_file() -> bytes:
    """The shipped template, the same each time."""
    document = Document()
    define_styles(document)
    _page(document)
    _opening(document)
    _delivers(document)
    _where(document)
    _money(document)
    _cannot(document)
    _assumed(document)
    _how_good(document)
    name_fonts(document)
    return saved(document, "optplan brief")


def _page(document: DocumentObject) -> None:
    """A4 with a letterhead and page numbers."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.0)
    section.top_margin, section.bottom_margin = Cm(1.9), Cm(1.7)
    section.header_distance = section.footer_distance = Cm(0.9)
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    head.style, foot.style = "Header", "Footer"
    head.add_run("{{ title }}")
    foot.add_run("{{ seal_short }}\t\t")
    add_field(foot, "PAGE")
    foot.add_run(" / ")
    add_field(foot, "NUMPAGES")


def _opening(document: DocumentObject) -> None:
    document.add_paragraph("{{ title }}", style="Title")
    document.add_paragraph("{{ subtitle }}", style="Subtitle")
    document.add_paragraph("{{ words.prepared }} {{ date }} · {{ unit }}", style="Brief Date")
    _loop(document, "line in status_lines", "{{ line }}", "Brief Status")
    document.add_paragraph("{{ words.summary }}", style="Heading 1")
    _loop(document, "point in key_points", "{{ point }}", "List Bullet")


def _delivers(document: DocumentObject) -> None:
    document.add_paragraph("{{ words.delivers }}", style="Heading 1")
    _table(
        document,
        "target in targets",
        [
            (5.4, "{{ words.target }}", "{{ target.name }}"),
            (1.45, YEARS, "target.by_year"),
            (1.6, "{{ words.delivered }}", "{{ target.delivered }}"),
            (1.6, "{{ words.total }}", "{{ target.total }}"),
            (1.6, "{{ words.state }}", "{{ target.mark }}"),
        ],
    )
    _if(document, "targets_note", lambda: document.add_paragraph("{{ targets_note }}", style="Brief Note"))
    _if(document, "chart_deliveries", lambda: _picture(document, "chart_deliveries"))

    def projects() -> None:
        document.add_paragraph("{{ words.projects }}", style="Caption")
        _table(
            document,
            "project in projects",
            [
                (8.2, "{{ words.project }}", "{{ project.name }}"),
                (4.4, "{{ words.county }}", "{{ project.county }}"),
                (2.0, "{{ words.start }}", "{{ project.start }}"),
                (2.0, "{{ words.opens }}", "{{ project.opens }}"),
            ],
            left=2,
        )

    _if(document, "projects", projects)
    _if(document, "projects_note", lambda: document.add_paragraph("{{ projects_note }}", style="Brief Note"))


def _where(document: DocumentObject) -> None:
    document.add_paragraph("{{ words.where }}", style="Heading 1")
    document.add_paragraph("{{ map_note }}", style="Brief Lead")
    document.add_paragraph("{{ map }}", style="Brief Picture")
    table = _open_table(document, [4.0, 2.0, 2.4, 2.2])
    head, body = table.rows[0], _between(table, "county in counties")
    for row, name, inside, after in (
        (head, "{{ words.county }}", ("head in county_heads", "{{ head }}"), ("{{ words.spent }}", "{{ words.gap_share }}")),
        (body, "{{ county.name }}", ("cell in county.cells", "{{ cell }}"), ("{{ county.spent }}", "{{ county.gap }}")),
    ):
        _write(row, [name, inside, *after], 1, is_head=row is head)
    _if(document, "counties_note", lambda: document.add_paragraph("{{ counties_note }}", style="Brief Note"))


def _money(document: DocumentObject) -> None:
    document.add_paragraph("{{ words.money }}", style="Heading 1")
    _loop(document, "point in money_points", "{{ point }}", "List Bullet")
    table = _open_table(document, [4.6, 2.0, 2.2])
    _write(table.rows[0], ["{{ words.payer }}", ("year in open_years", "{{ year }}"), "{{ words.sum }}"], 1, is_head=True)
    _write(
        _between(table, "payer in payers"),
        ["{{ payer.name }}", ("each in payer.by_year", "{{ each }}"), "{{ payer.total }}"],
        1,
    )
    _write(
        _new_row(table),
        ["{{ payers_total.name }}", ("each in payers_total.by_year", "{{ each }}"), "{{ payers_total.total }}"],
        1,
        style="Brief Total",
    )
    _if(document, "chart_money", lambda: _picture(document, "chart_money"))


def _picture(document: DocumentObject, name: str) -> None:
    document.add_paragraph(f"{{{{ words.{name} }}}}", style="Caption")
    document.add_paragraph(f"{{{{ {name} }}}}", style="Brief Picture")


def _cannot(document: DocumentObject) -> None:
    document.add_paragraph("{{ words.cannot }}", style="Heading 1")

    def shortfalls() -> None:
        document.add_paragraph("{{ words.shortfalls }}", style="Caption")
        _table(
            document,
            "line in shortfalls",
            [
                (5.0, "{{ words.target }}", "{{ line.name }}"),
                (1.7, "{{ words.total }}", "{{ line.total }}"),
                (1.7, "{{ words.delivered }}", "{{ line.delivered }}"),
                (1.5, "{{ words.short }}", "{{ line.short }}"),
                (6.7, "{{ words.reason }}", "{{ line.reason }}"),
            ],
            words_last=True,
        )

    def gaps() -> None:
        document.add_paragraph("{{ words.gaps }}", style="Caption")
        _table(
            document,
            "line in gaps",
            [
                (2.5, "{{ words.county }}", "{{ line.county }}"),
                (3.1, "{{ words.standard }}", "{{ line.standard }}"),
                (1.25, "{{ words.required }}", "{{ line.required }}"),
                (1.25, "{{ words.stock }}", "{{ line.stock }}"),
                (1.1, "{{ words.gap }}", "{{ line.gap }}"),
                (7.8, "{{ words.reason }}", "{{ line.reason }}"),
            ],
            left=2,
            words_last=True,
        )

    _if(document, "shortfalls", shortfalls)
    _if(document, "shortfalls_note", lambda: document.add_paragraph("{{ shortfalls_note }}", style="Brief Note"))
    _if(document, "gaps", gaps)
    _if(document, "gaps_note", lambda: document.add_paragraph("{{ gaps_note }}", style="Brief Note"))


def _assumed(document: DocumentObject) -> None:
    document.add_paragraph("{{ words.assumed }}", style="Heading 1")
    document.add_paragraph("{{ assumptions_note }}")
    columns = [
        (3.0, "{{ words.table }}", "{{ line.table }}"),
        (1.7, "{{ words.assumed_rows }}", "{{ line.assumed }}"),
        (1.7, "{{ words.all_rows }}", "{{ line.rows }}"),
        (10.2, "{{ words.ground }}", "{{ line.ground }}"),
    ]
    _if(document, "assumptions", lambda: _table(document, "line in assumptions", columns, words_last=True))


def _how_good(document: DocumentObject) -> None:
    document.add_paragraph("{{ words.how_good }}", style="Heading 1")
    document.add_paragraph("{{ model_line }}")
    document.add_paragraph("{{ scenario_line }}")
    _table(
        document,
        "line in criteria",
        [
            (4.1, "{{ words.criterion }}", "{{ line.name }}"),
            (3.0, "{{ words.in_plan }}", "{{ line.in_plan }}"),
            (3.0, "{{ words.bound }}", "{{ line.bound }}"),
            (4.2, "{{ words.proof_gap }}", "{{ line.gap }}"),
            (2.3, "{{ words.proven }}", "{{ line.proven }}"),
        ],
    )
    for name in ("proof_note", "seal_full", "made_with"):
        document.add_paragraph(f"{{{{ {name} }}}}", style="Brief Note")


# -- the parts of docxtpl's language -----------------------------------------------------------------------------------


def _loop(document: DocumentObject, what: str, words: str, style: str) -> None:
    """A paragraph for each of a list."""
    document.add_paragraph(f"{{%p for {what} %}}", style=style)
    document.add_paragraph(words, style=style)
    document.add_paragraph("{%p endfor %}", style=style)


def _if(document: DocumentObject, condition: str, write: Any) -> None:
    """What ``write`` writes, only if there is something."""
    document.add_paragraph(f"{{%p if {condition} %}}", style="Brief Note")
    write()
    document.add_paragraph("{%p endif %}", style="Brief Note")


def _table(document: DocumentObject, what: str, columns: Sequence[Column], *, left: int = 1, words_last: bool = False) -> None:
    """A table with a row for each of a list; ``YEARS`` stands for a column for each year."""
    table = _open_table(document, [width for width, _, _ in columns])
    heads = [("year in years", "{{ year }}") if head == YEARS else head for _, head, _ in columns]
    cells = [(f"each in {cell}", "{{ each }}") if head == YEARS else cell for _, head, cell in columns]
    last = len(columns) if words_last else 0
    _write(table.rows[0], heads, left, is_head=True, words_at=last)
    _write(_between(table, what), cells, left, words_at=last)


def _open_table(document: DocumentObject, widths: Sequence[float]) -> Table:
    table: Table = document.add_table(rows=1, cols=len(widths), style=TABLE_STYLE)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    return table


def _new_row(table: Table) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    return row


def _between(table: Table, what: str) -> _Row:
    """A row repeated for each of a list: docxtpl takes the rows around it away."""
    _new_row(table).cells[0].text = f"{{%tr for {what} %}}"
    row = _new_row(table)
    _new_row(table).cells[0].text = "{%tr endfor %}"
    return row


def _write(
    row: _Row,
    cells: Sequence[str | tuple[str, str]],
    left: int,
    *,
    is_head: bool = False,
    words_at: int = 0,
    style: str = "",
) -> None:
    """Fill a row; a pair is (loop, content) and becomes a cell for each of the list."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))
    for number, (cell, content) in enumerate(zip(row.cells, cells, strict=True), start=1):
        cell.width = row.table.columns[number - 1].width
        paragraph = cell.paragraphs[0]
        words = number <= left or number == words_at
        kind = style or ("Brief Head" if is_head else "Brief Cell")
        paragraph.style = kind if words else f"{kind} Number"
        if isinstance(content, str):
            paragraph.add_run(content)
            continue
        paragraph.add_run(content[1])
        for mark, before in ((f"{{%tc for {content[0]} %}}", True), ("{%tc endfor %}", False)):
            beside = parse_xml(f"<w:tc {nsdecls('w')}><w:p><w:r><w:t>{mark}</w:t></w:r></w:p></w:tc>")
            (cell._tc.addprevious if before else cell._tc.addnext)(beside)


if __name__ == "__main__":
    main()
