"""The styles of the template that ships. All fonts, sizes and colours of the brief are here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import BaseStyle, ParagraphStyle

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
ALIGNMENTS = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
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
    styles = document.styles
    for style in list(styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name != "Normal Table":
            style.delete()
    styles.element.append(parse_xml(TABLE))
    known = {style.name for style in styles}
    for name, look in LOOKS.items():
        _apply(styles[name] if name in known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH), look)
    _ruled(styles["Title"], "")
    _ruled(styles["Header"], f'<w:bottom w:val="single" w:sz="4" w:space="3" w:color="{LINE}"/>')
    _ruled(styles["Brief Status"], f'<w:left w:val="single" w:sz="24" w:space="6" w:color="{ACCENT}"/>', STATUS_FILL)
    _tabs(styles["Footer"])


def _apply(style: BaseStyle, look: Look) -> None:
    assert isinstance(style, ParagraphStyle)
    font, paragraph = style.font, style.paragraph_format
    font.size, font.bold, font.italic = Pt(look.size), look.bold, False
    font.color.rgb = RGBColor.from_string(look.colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for part in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{part}"), FONT)
    _language(style)
    paragraph.space_before, paragraph.space_after = Pt(look.before), Pt(look.after)
    paragraph.line_spacing, paragraph.alignment = look.line, ALIGNMENTS[look.align]
    paragraph.keep_with_next = look.with_next


def _language(style: ParagraphStyle) -> None:
    """Chinese is simplified Chinese: it decides which form of a character a font shows."""
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    language.set(qn("w:eastAsia"), "zh-CN")
    properties.append(language)


def _ruled(style: BaseStyle, borders: str, fill: str = "") -> None:
    """Give a paragraph style these borders and no others, and a tint."""
    properties = style.element.get_or_add_pPr()
    for old in (*properties.findall(qn("w:pBdr")), *properties.findall(qn("w:shd"))):
        properties.remove(old)
    wanted = [f"<w:pBdr {nsdecls('w')}>{borders}</w:pBdr>"] if borders else []
    wanted += [f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{fill}"/>'] if fill else []
    for element in wanted:
        properties.insert_element_before(parse_xml(element), "w:tabs", "w:spacing", "w:ind", "w:jc")


def _tabs(style: BaseStyle) -> None:
    """The middle and the right edge of the text."""
    assert isinstance(style, ParagraphStyle)
    stops = style.paragraph_format.tab_stops
    stops.clear_all()
    stops.add_tab_stop(Cm(TEXT_WIDTH / 2), WD_TAB_ALIGNMENT.CENTER)
    stops.add_tab_stop(Cm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)


def name_fonts(document: Document) -> None:
    """Tell Word what to use where the font of the styles is not installed."""
    table = next(part for part in document.part.package.iter_parts() if part.partname == "/word/fontTable.xml")
    font = (
        f'<w:fonts {nsdecls("w")}><w:font w:name="{FONT}"><w:altName w:val="{INSTEAD}"/>'
        '<w:charset w:val="86"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )
    table._blob = font.encode("utf-8")
