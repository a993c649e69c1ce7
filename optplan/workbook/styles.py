"""How cells look: one frozen description per look, so that a workbook holds each style once.

Fonts are those that Excel and WPS carry in China (宋体, 黑体); LibreOffice substitutes its own Chinese fonts for them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from optplan.language import current_language

if TYPE_CHECKING:
    from openpyxl.styles.cell_style import StyleArray
    from openpyxl.worksheet.worksheet import Worksheet

BODY_FONT = {"zh": "宋体", "en": "Calibri"}
TITLE_FONT = {"zh": "黑体", "en": "Calibri"}

# Colours: dark ink for heads, one quiet tint for totals, yellow for what a person may change.
INK = "1F3864"
HEAD_FILL = "D9E2F3"
TOTAL_FILL = "EEF2F9"
INPUT_FILL = "FFF9E5"
INPUT_INK = "1F4E9E"
CLOSED_FILL = "F2F2F2"
GOOD_FILL, GOOD_INK = "E2F0D9", "2E6B2E"
FLEXIBLE_FILL = "FCE4C8"
BAD_FILL, BAD_INK = "FBE0DD", "B02418"
BASIS_FILLS = {
    "plan": "DDEBF7",
    "standard": "E2EFDA",
    "statistics": "EDE7F6",
    "market": "E8F4F4",
    "assumption": "FFF2CC",
}

# Number formats, all that there are. In printed tables a zero is a dash, as in printed budgets.
COUNT = '#,##0;-#,##0;"–"'
FRACTIONAL = '#,##0.00;-#,##0.00;"–"'
MONEY = '#,##0.00;-#,##0.00;"–"'
SCORE = '#,##0.0000;-#,##0.0000;"–"'
PERCENT = "0.0%"
PERCENT_OR_DASH = '0.0%;-0.0%;"–"'
FINE_PERCENT = "0.00%"
WHOLE_PERCENT, FINEST_PERCENT, UP_TO_FINEST_PERCENT = "0%", "0.0000%", "0.00##%"
COUNT_WITH_ZERO = '#,##0;-#,##0;"0"'
FRACTIONAL_WITH_ZERO = '#,##0.00;-#,##0.00;"0"'
PLAIN_COUNT, PLAIN_AMOUNT, PLAIN_SCORE = "#,##0", "#,##0.00", "#,##0.0000"  # of axes, and where a zero says something
UP_TO_FOUR_DECIMALS, UP_TO_SIX_DECIMALS = "#,##0.00##", "#,##0.00####"
INTEGER = "0"
GENERAL = "General"
AS_TEXT = "@"


def with_decimals(number: int, *, percent: bool = False) -> str:
    """The format of figures with exactly so many decimals."""
    return ("0" if percent else PLAIN_COUNT) + ("." + "0" * number if number > 0 else "") + ("%" if percent else "")


@dataclass(frozen=True)
class Look:
    """Everything about a cell's appearance. ``colour``, ``fill``: RRGGBB. ``size``: points."""

    format: str = GENERAL
    align: Literal["left", "center", "right"] = "left"
    vertical: Literal["top", "center"] = "center"
    bold: bool = False
    italic: bool = False
    size: float = 10
    colour: str = "000000"
    fill: str = ""
    border: bool = True
    wrap: bool = False
    indent: int = 0
    title_font: bool = False
    unlocked: bool = False  # on a protected sheet, a cell to fill in
    year: bool = False  # the number of a year, which a plan may call otherwise
    quoted: bool = False  # Excel keeps a text that looks like a formula a text, even when it is edited

    def but(self, **changes: Any) -> Look:
        """The same look with some things changed."""
        return _changed(self, tuple(changes.items()))


@cache
def _changed(look: Look, changes: tuple[tuple[str, Any], ...]) -> Look:
    return replace(look, **dict(changes))


PLAIN = Look(border=False)
TITLE = Look(align="center", bold=True, size=16, border=False, title_font=True, colour=INK)
TABLE_NUMBER = Look(border=False, title_font=True, size=11)
NOTE = Look(border=False, size=9, colour="595959", wrap=True)
NOTE_RIGHT = NOTE.but(align="right", wrap=False)
SECTION = Look(border=False, bold=True, size=11, colour=INK, title_font=True)
HEADER = Look(align="center", bold=True, fill=HEAD_FILL, wrap=True)
TEXT = Look(wrap=True)
CENTRED = Look(align="center")
NUMBER = Look(COUNT, "right")
COUNTED, MEASURED = Look(COUNT_WITH_ZERO, "right"), Look(FRACTIONAL_WITH_ZERO, "right")
AMOUNT = Look(MONEY, "right")
SHARE = Look(PERCENT, "right")
POINTS = Look("0.00", "right")
YEAR = Look(INTEGER, "center", year=True)
INPUT = {"fill": INPUT_FILL, "colour": INPUT_INK}
TOTAL = {"fill": TOTAL_FILL, "bold": True}
CLOSED = {"fill": CLOSED_FILL}


class Styles:
    """Turns looks into the style arrays of one workbook, each made once."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._made: dict[Look, StyleArray] = {}
        self._language = current_language()

    def of(self, look: Look) -> StyleArray:
        """The style array of ``look``."""
        made = self._made.get(look)
        if made is None:
            made = self._made[look] = self._make(look)
        return made

    def _make(self, look: Look) -> StyleArray:
        from openpyxl.cell import Cell
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

        cell = Cell(self._sheet, row=1, column=1)
        fonts = TITLE_FONT if look.title_font else BODY_FONT
        cell.font = Font(name=fonts[self._language], size=look.size, bold=look.bold, italic=look.italic, color=look.colour)
        cell.alignment = Alignment(horizontal=look.align, vertical=look.vertical, wrap_text=look.wrap, indent=look.indent)
        cell.number_format = look.format
        if look.fill:
            cell.fill = PatternFill("solid", start_color=look.fill, end_color=look.fill)
        if look.border:
            side = Side("thin", color="A6A6A6")
            cell.border = Border(side, side, side, side)
        if look.unlocked:
            cell.protection = Protection(locked=False)
        cell.quotePrefix = look.quoted
        return cell._style  # type: ignore[no-any-return,attr-defined]
