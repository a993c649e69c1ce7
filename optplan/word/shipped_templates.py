"""What every Word template that ships shares: looks of styles, fields, and how it is saved."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle

ALIGNMENTS = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
PARTS = ("ascii", "hAnsi", "eastAsia", "cs")  # of a text, each with a font of its own


def only_table_style(document: Document, table: str) -> None:
    """Give a document the table style ``table`` (XML), and take away those that it does not need."""
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name != "Normal Table":
            style.delete()
    document.styles.element.append(parse_xml(table))


def paragraph_style(document: Document, name: str) -> ParagraphStyle:
    """The paragraph style ``name`` of a document, which is added if it is not there."""
    styles = document.styles
    style = styles[name] if name in {each.name for each in styles} else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    return style


def set_font(style: ParagraphStyle, size: float, colour: str, fonts: Mapping[str, str], *, bold: bool) -> None:
    """The letters of a style: their size in points, and the font of each of ``PARTS``.

    Chinese is simplified Chinese: the language decides which form of a character a font shows.
    """
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = RGBColor.from_string(colour)
    properties = style.element.get_or_add_rPr()
    said = properties.get_or_add_rFonts()
    said.attrib.clear()
    for part in PARTS:
        said.set(qn(f"w:{part}"), fonts[part])
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    language.set(qn("w:eastAsia"), "zh-CN")
    properties.append(language)


def set_borders(style: ParagraphStyle, borders: str, fill: str = "") -> None:
    """Give a paragraph style these borders (XML) and no others, and a tint."""
    properties = style.element.get_or_add_pPr()
    for old in (*properties.findall(qn("w:pBdr")), *properties.findall(qn("w:shd"))):
        properties.remove(old)
    wanted = [f"<w:pBdr {nsdecls('w')}>{borders}</w:pBdr>"] if borders else []
    wanted += [f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{fill}"/>'] if fill else []
    for element in wanted:
        properties.insert_element_before(parse_xml(element), "w:tabs", "w:spacing", "w:ind", "w:jc")


def add_field(paragraph: Any, code: str) -> None:
    """A field that Word fills in, such as ``PAGE``."""
    for kind, said in (("begin", ""), ("", code), ("separate", ""), ("text", "1"), ("end", "")):
        run = paragraph.add_run()
        if kind == "text":
            run.text = said
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        else:
            instruction = OxmlElement("w:instrText")
            instruction.text = said
            run._r.append(instruction)


def substitute_fonts(document: Document, instead: Mapping[str, str], family: str) -> None:
    """Tell Word which font to use where one of the template is not installed; ``family``: ``swiss``, ``auto`` …"""
    table = next(part for part in document.part.package.iter_parts() if part.partname == "/word/fontTable.xml")
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="{family}"/>'
        '<w:pitch w:val="variable"/></w:font>'
        for name, other in instead.items()
    )
    table._blob = f"<w:fonts {nsdecls('w')}>{fonts}</w:fonts>".encode()


def saved(document: Document, title: str) -> bytes:
    """The document as a file without what no one needs, the same each time, so that git sees real changes only."""
    core = document.core_properties
    core.title, core.author, core.comments = title, "", ""
    core.created = core.modified = datetime(2026, 1, 1, tzinfo=UTC)
    for relations in (document.part.rels, document.part.package.rels):
        for key, relation in list(relations.items()):
            if relation.reltype.endswith(("/stylesWithEffects", "/thumbnail")):  # python-docx brings them along
                del relations[key]
    out, undated = io.BytesIO(), io.BytesIO()
    document.save(out)
    with zipfile.ZipFile(out) as parts, zipfile.ZipFile(undated, "w", zipfile.ZIP_DEFLATED) as made:
        for name in parts.namelist():
            made.writestr(zipfile.ZipInfo(name), parts.read(name), zipfile.ZIP_DEFLATED)
    return undated.getvalue()
