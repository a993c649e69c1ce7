"""How the cells of a workbook look, as far as it bears on what is seen of them: number format, stroke, ink and ground."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from optplan.tables.colours import BLACK, OFFICE_THEME, SMALLEST, WHITE, Colour, Palette, can_be_seen
from optplan.tables.number_formats import GENERAL, LONGEST, NumberFormat, builtin_format, number_format
from optplan.tables.workbook_archive import Archive, parse_xml
from optplan.tables.xml_values import is_below, truth, whole_number

_ACCENTS = ("accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink")
_THEME = ("lt1", "dk1", "lt2", "dk2", *_ACCENTS)  # in the order of their numbers


@dataclass(frozen=True)
class CellLook:
    """A kind of cell. ``unseen``: whether its letters cannot be seen; ``ground``: its colour, ``None`` where it has several."""

    format: NumberFormat = GENERAL
    struck: bool = False
    unseen: bool = False
    ground: Colour | None = WHITE


PLAIN = CellLook()


@dataclass(frozen=True)
class Looks:
    """The kinds of cells of a workbook, by their numbers, and what its colours are."""

    of_cells: tuple[CellLook, ...]
    palette: Palette


@dataclass
class _Font:
    ink: Colour | None = BLACK
    struck: bool = False
    tiny: bool = False


def read_looks(archive: Archive, styles: str | None, theme: str | None) -> Looks:
    """The looks of a workbook's cells. ``styles``, ``theme``: its parts of these names, if it has them."""
    named = _theme(archive, theme) if theme else OFFICE_THEME
    if styles is None:
        return Looks((), Palette(named))
    palette = Palette(named, _own_colours(archive, styles))
    reader = _Styles(palette)
    parse_xml(archive.chunks(styles), reader.start, reader.end)
    return Looks(tuple(reader.looks), palette)


def _theme(archive: Archive, part: str) -> tuple[str, ...]:
    found: dict[str, str] = {}
    inside = [""]

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag in _THEME:
            inside[0] = tag
        elif tag in {"srgbClr", "sysClr"} and inside[0]:
            found.setdefault(inside[0], attributes.get("lastClr") or attributes.get("val", ""))

    def end(tag: str) -> None:
        if tag in _THEME:
            inside[0] = ""

    parse_xml(archive.chunks(part), start, end)
    return tuple(found.get(name) or usual for name, usual in zip(_THEME, OFFICE_THEME, strict=True))


def _own_colours(archive: Archive, part: str) -> tuple[str, ...]:
    """The list of colours that a workbook has instead of the usual one."""
    found: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "rgbColor":
            found.append(attributes.get("rgb", ""))

    parse_xml(archive.chunks(part), start)
    return tuple(found)


class _Styles:
    """Handlers for the part with the styles."""

    def __init__(self, palette: Palette) -> None:
        self.looks: list[CellLook] = []
        self._palette = palette
        self._formats: dict[int, NumberFormat] = {}
        self._fonts: list[_Font] = []
        self._grounds: list[Colour | None] = []
        self._inside = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if tag in {"cellXfs", "fonts", "fills", "numFmts"}:
            self._inside = tag
            return
        within: dict[str, Callable[[str, dict[str, str]], None]] = {
            "numFmts": self._format, "fonts": self._font, "fills": self._fill, "cellXfs": self._cell,
        }  # fmt: skip
        if self._inside:
            within[self._inside](tag, attributes)

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag == self._inside:
            self._inside = ""

    def _format(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt":
            self._formats[whole_number(attributes.get("numFmtId"))] = number_format(attributes.get("formatCode", "")[:LONGEST])

    def _font(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "font":
            self._fonts.append(_Font())
        elif tag == "strike" and self._fonts:
            self._fonts[-1].struck = truth(attributes.get("val", "1"))
        elif tag == "color" and self._fonts:
            self._fonts[-1].ink = self._palette.colour(attributes)
        elif tag == "sz" and self._fonts:
            self._fonts[-1].tiny = is_below(attributes.get("val"), SMALLEST)

    def _fill(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "fill":
            self._grounds.append(WHITE)
        elif tag == "patternFill" and self._grounds:
            self._grounds[-1] = WHITE if attributes.get("patternType", "none") in {"none", "solid"} else None
        elif tag == "gradientFill" and self._grounds:
            self._grounds[-1] = None
        elif tag == "fgColor" and self._grounds and self._grounds[-1] is not None:
            self._grounds[-1] = self._palette.colour(attributes)

    def _cell(self, tag: str, attributes: dict[str, str]) -> None:
        if tag != "xf":
            return
        number, font_at, fill_at = (whole_number(attributes.get(name, "0")) for name in ("numFmtId", "fontId", "fillId"))
        shown = self._formats[number] if number in self._formats else builtin_format(number)
        font = self._fonts[font_at] if font_at < len(self._fonts) else _Font()
        ground = self._grounds[fill_at] if fill_at < len(self._grounds) else WHITE
        unseen = font.tiny or not can_be_seen(font.ink, ground)
        self.looks.append(CellLook(GENERAL if shown == GENERAL else shown, font.struck, unseen, ground))
