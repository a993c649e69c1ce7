"""Colours of a workbook as red, green and blue, and when letters can be seen."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Mapping
from functools import cache

Colour = tuple[int, int, int]
BLACK, WHITE = (0, 0, 0), (255, 255, 255)
SMALLEST = 2.0  # points of letters that can still be seen
LEAST_CONTRAST = 1.2  # of what can be made out at all; WCAG asks for 4.5 where reading shall be easy
FOREGROUND, BACKGROUND = 64, 65  # of the window, in the list of colours
# Light and dark of text and page, then six accents and two links, of the theme that Office begins with.
OFFICE_THEME = (
    "FFFFFF", "000000", "E7E6E6", "44546A", "4472C4", "ED7D31", "A5A5A5", "FFC000", "5B9BD5", "70AD47", "0563C1", "954F72",
)  # fmt: skip
_RGB = re.compile(r"(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})")


def rgb(code: str) -> Colour | None:
    """A colour written in hexadecimal digits, with or without its transparency."""
    found = _RGB.fullmatch(code)
    if found is None:
        return None
    red, green, blue = (int(found[1][at : at + 2], 16) for at in (0, 2, 4))
    return red, green, blue


@cache
def _of_excel() -> tuple[str, ...]:
    """The list of colours that Excel begins with."""
    from openpyxl.styles.colors import COLOR_INDEX  # slow to load, and tables of text have no colours

    return tuple(code[2:] for code in COLOR_INDEX)


class Palette:
    """What the colours of a workbook are. ``theme``: its colours in the order of their numbers. ``listed``: its own list."""

    def __init__(self, theme: tuple[str, ...] = OFFICE_THEME, listed: tuple[str, ...] = ()) -> None:
        self._theme, self._listed = theme, listed or _of_excel()

    def colour(self, attributes: Mapping[str, str]) -> Colour | None:
        """The colour that an element names; ``None`` for one that is not known."""
        if attributes.get("auto") in {"1", "true"}:
            return BLACK
        found = self._named(attributes)
        try:
            tint = float(attributes.get("tint", "0")[:20])
        except ValueError:
            tint = 0.0
        return _tinted(found, tint) if found is not None and tint else found

    def _named(self, attributes: Mapping[str, str]) -> Colour | None:
        if "rgb" in attributes:
            return rgb(attributes["rgb"])
        for name, colours in (("theme", self._theme), ("indexed", self._listed)):
            number = attributes.get(name, "")
            if number.isascii() and number.isdigit() and len(number) < 5:
                at = int(number)
                if name == "indexed" and at in {FOREGROUND, BACKGROUND}:
                    return BLACK if at == FOREGROUND else WHITE
                return rgb(colours[at]) if at < len(colours) else None
        return None


def can_be_seen(ink: Colour | None, ground: Colour | None) -> bool:
    """Whether letters of one colour stand out from the other; taken for granted where one of them is not known."""
    if ink is None or ground is None:
        return True
    darker, lighter = sorted((_luminance(ink), _luminance(ground)))
    return (lighter + 0.05) / (darker + 0.05) >= LEAST_CONTRAST


def _luminance(colour: Colour) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _tinted(colour: Colour, tint: float) -> Colour:
    """Lighter by a part of what is missing to white, or darker by a part of what there is."""
    hue, light, depth = colorsys.rgb_to_hls(*(part / 255 for part in colour))
    tint = min(1.0, max(-1.0, tint))
    light = light * (1 + tint) if tint < 0 else light + (1 - light) * tint
    red, green, blue = (round(255 * part) for part in colorsys.hls_to_rgb(hue, light, depth))
    return red, green, blue
