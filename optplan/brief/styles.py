"""The styles of the template that ships. All fonts, sizes and colours of the brief are here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
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

TABLE_STYLE = "Brief Table"
FONT = "Noto Sans CJK SC"
INSTEAD = "Microsoft YaHei"  # where that is not installed
ACCENT, INK, QUIET, LINE, HEAD_FILL = "1F4E79", "1F2933", "5B6770", "A9B4BE", "DCE6F0"
STATUS_FILL = "EEF3F8"
TEXT_WIDTH = 17.0  # cm


@dataclass(frozen=True)
class Look:
    """What a paragraph style says. Sizes and distances in points."""

    size: float
    colour: str = INK
    bold: bool = False
    before: float = 0
    after: float = 0
    align: str = "left"
    line: float = 1.15
    with_next: bool = False


LOOKS = {
    "Normal": Look(10, after=3),
    "Title": Look(19, ACCENT, bold=True, before=2, after=2),
    "Subtitle": Look(12, QUIET, after=2),
    "Brief Date": Look(9, QUIET, after=6),
    "Brief Status": Look(10, after=2),
    "Heading 1": Look(13, ACCENT, bold=True, before=9, after=3, with_next=True),
    "List Bullet": Look(10, after=2),
    "Caption": Look(9.5, INK, bold=True, before=6, after=2, with_next=True),
    "Brief Picture": Look(9, after=2, align="center", line=1.0),
    "Brief Note": Look(8.5, QUIET, before=2, after=2, line=1.05),
    "Brief Lead": Look(8.5, QUIET, after=3, line=1.05, with_next=True),
    "Brief Cell": Look(8.5, line=1.05),
    "Brief Cell Number": Look(8.5, align="right", line=1.05),
    "Brief Head": Look(8.5, ACCENT, bold=True, line=1.05, with_next=True),
    "Brief Head Number": Look(8.5, ACCENT, bold=True, align="right", line=1.05, with_next=True),
    "Brief Total": Look(8.5, bold=True, line=1.05),
    "Brief Total Number": Look(8.5, bold=True, align="right", line=1.05),
    "Header": Look(8.5, QUIET),
    "Footer": Look(8.5, QUIET),
}
TABLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="BriefTable">
  <w:name w:val="{TABLE_STYLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/>
  <w:tblPr><w:tblBorders>
    <w:top w:val="single" w:sz="8" w:space="0" w:color="{ACCENT}"/>
    <w:bottom w:val="single" w:sz="8" w:space="0" w:color="{ACCENT}"/>
    <w:insideH w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/></w:tblBorders>
    <w:tblCellMar><w:top w:w="24" w:type="dxa"/><w:left w:w="60" w:type="dxa"/>
    <w:bottom w:w="24" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>
  <w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{HEAD_FILL}"/></w:tcPr></w:tblStylePr>
</w:style>"""


def define_styles(document: Document) -> None:
    """Give a document the styles of the brief, and take away the table styles that it does not need."""
    only_table_style(document, TABLE)
    for name, look in LOOKS.items():
        _apply(paragraph_style(document, name), look)
    set_borders(paragraph_style(document, "Title"), "")
    set_borders(paragraph_style(document, "Header"), f'<w:bottom w:val="single" w:sz="4" w:space="3" w:color="{LINE}"/>')
    ruled = f'<w:left w:val="single" w:sz="24" w:space="6" w:color="{ACCENT}"/>'
    set_borders(paragraph_style(document, "Brief Status"), ruled, STATUS_FILL)
    _tabs(paragraph_style(document, "Footer"))


def _apply(style: ParagraphStyle, look: Look) -> None:
    set_font(style, look.size, look.colour, dict.fromkeys(PARTS, FONT), bold=look.bold)
    paragraph = style.paragraph_format
    paragraph.space_before, paragraph.space_after = Pt(look.before), Pt(look.after)
    paragraph.line_spacing, paragraph.alignment = look.line, ALIGNMENTS[look.align]
    paragraph.keep_with_next = look.with_next


def _tabs(style: ParagraphStyle) -> None:
    """The middle and the right edge of the text."""
    stops = style.paragraph_format.tab_stops
    stops.clear_all()
    stops.add_tab_stop(Cm(TEXT_WIDTH / 2), WD_TAB_ALIGNMENT.CENTER)
    stops.add_tab_stop(Cm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)


def name_fonts(document: Document) -> None:
    """Tell Word what to use where the font of the styles is not installed."""
    substitute_fonts(document, {FONT: INSTEAD}, "swiss")
