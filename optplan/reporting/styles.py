"""The styles of the template of reports, after GB/T 9704—2012 (official documents of party and government).

Title in small standard Song of size 2, text in Fangsong of size 3 on lines of 28 points, first headings in Hei, second ones in
Kai; margins, and page numbers at the outer side, as there. Tables are set smaller, as their figures need.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from docx.document import Document
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt
from docx.styles.style import ParagraphStyle

from optplan.word.shipped_templates import (
    ALIGNMENTS,
    PARTS,
    only_table_style,
    paragraph_style,
    set_borders,
    set_font,
    substitute_fonts,
)

TABLE_STYLE = "Report Table"
SONG, HEI, KAI, FANG = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"
LATIN = "Times New Roman"
INSTEAD = {SONG: "宋体", HEI: "SimHei", KAI: "楷体", FANG: "仿宋"}  # where that is not installed
RED, INK = "C00000", "000000"
SIZE_2, SIZE_3, SIZE_4, SIZE_5 = 22, 16, 14, 10.5  # 二号, 三号, 四号, 五号
LINE = 28.0  # points
SMALL = 11  # points: what is smaller is small print already
LATIN_SCALE = 0.72  # of a report in English: 11.5 points of text


@dataclass(frozen=True)
class Look:
    """What a paragraph style says. Sizes and distances in points; ``indent`` and ``hang`` in letters."""

    size: float
    font: str = FANG
    colour: str = INK
    align: str = "justify"
    line: float | None = LINE
    before: float = 0
    after: float = 0
    indent: float = 0
    right: float = 0
    with_next: bool = False
    bold: bool = False


LOOKS = {
    "Normal": Look(SIZE_3),
    "Report Letterhead": Look(36, SONG, RED, "center", None, before=12, after=10),
    "Report Number": Look(SIZE_3, align="center", after=14),
    "Title": Look(SIZE_2, SONG, align="center", line=36, before=14, after=14, with_next=True),
    "Report To": Look(SIZE_3),
    "Report Body": Look(SIZE_3, align="left", indent=2),
    "Heading 1": Look(SIZE_3, HEI, indent=2, with_next=True),
    "Heading 2": Look(SIZE_3, KAI, indent=2, with_next=True),
    "Heading 3": Look(SIZE_3, FANG, indent=2, with_next=True, bold=True),
    "Caption": Look(12, HEI, align="center", line=17, before=4, after=1, with_next=True),
    "Report Picture": Look(SIZE_5, align="center", line=None, after=4),
    "Report Note": Look(9, align="left", line=12.5, before=1, after=1),
    "Report Cell": Look(9, align="left", line=12),
    "Report Cell Number": Look(9, align="right", line=12),
    "Report Head": Look(9, HEI, align="center", line=12),
    "Report Attachment": Look(SIZE_3, indent=2, before=8, with_next=True),
    "Report Signature": Look(SIZE_3, align="right", right=2, before=20, with_next=True),
    "Report Date": Look(SIZE_3, align="right", right=2),
    "Report Annex": Look(SIZE_3, HEI, align="left", with_next=True),
    "Report Annex Title": Look(18, SONG, align="center", line=28, before=4, after=6, with_next=True),
    "Header": Look(9, line=None),
    "Footer": Look(SIZE_4, "宋体", line=None),
}
TABLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="ReportTable">
  <w:name w:val="{TABLE_STYLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/>
  <w:tblPr><w:tblBorders>
    <w:top w:val="single" w:sz="8" w:space="0" w:color="{INK}"/>
    <w:bottom w:val="single" w:sz="8" w:space="0" w:color="{INK}"/>
    <w:left w:val="single" w:sz="4" w:space="0" w:color="{INK}"/><w:right w:val="single" w:sz="4" w:space="0" w:color="{INK}"/>
    <w:insideH w:val="single" w:sz="4" w:space="0" w:color="{INK}"/>
    <w:insideV w:val="single" w:sz="4" w:space="0" w:color="{INK}"/>
    </w:tblBorders>
    <w:tblCellMar><w:top w:w="10" w:type="dxa"/><w:left w:w="50" w:type="dxa"/>
    <w:bottom w:w="10" w:type="dxa"/><w:right w:w="50" w:type="dxa"/></w:tblCellMar></w:tblPr>
  <w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="EDEDED"/></w:tcPr></w:tblStylePr>
</w:style>"""


def define_styles(document: Document, scale: float = 1.0) -> None:
    """Give a document the styles of reports, and take away the table styles that it does not need.

    ``scale``: of letters and lines, but for tables and small print, which are small already.
    """
    only_table_style(document, TABLE)
    for name, look in LOOKS.items():
        _apply(paragraph_style(document, name), look if look.size < SMALL else _scaled(look, scale))
    set_borders(paragraph_style(document, "Title"), "")
    letterhead = f'<w:bottom w:val="single" w:sz="18" w:space="8" w:color="{RED}"/>'
    set_borders(paragraph_style(document, "Report Letterhead"), letterhead)


def _scaled(look: Look, scale: float) -> Look:
    line = None if look.line is None else round(look.line * scale, 1)
    return replace(look, size=round(2 * look.size * scale) / 2, line=line)


def _apply(style: ParagraphStyle, look: Look) -> None:
    set_font(style, look.size, look.colour, {**dict.fromkeys(PARTS, LATIN), "eastAsia": look.font}, bold=look.bold)
    paragraph = style.paragraph_format
    paragraph.space_before, paragraph.space_after = Pt(look.before), Pt(look.after)
    paragraph.alignment, paragraph.keep_with_next = ALIGNMENTS[look.align], look.with_next
    if look.line:
        paragraph.line_spacing_rule, paragraph.line_spacing = WD_LINE_SPACING.AT_LEAST, Pt(look.line)
    else:
        paragraph.line_spacing = 1.0
    paragraph.first_line_indent = Pt(look.indent * look.size)
    paragraph.right_indent = Pt(look.right * look.size)


def page_of(document: Document) -> None:
    """A4 with the margins of the standard."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    section.header_distance, section.footer_distance = Cm(1.5), Cm(2.5)


def name_fonts(document: Document) -> None:
    """Tell Word what to use where a font of the styles is not installed."""
    substitute_fonts(document, INSTEAD, "auto")
