"""Cells of a workbook whose value alone does not say what stands in them. Each is the value, and more."""

from __future__ import annotations


class Formula(str):
    """A cell that holds a formula instead of a value. ``cached``: what it last came to, ``None`` if that was not saved."""

    __slots__ = ("cached",)
    cached: object

    def __new__(cls, text: str, cached: object = None) -> Formula:
        """A formula as it is written, with what it came to."""
        made = super().__new__(cls, text)
        made.cached = cached
        return made


class ErrorValue(str):
    """A cell that holds what a formula could not find out (``#REF!``)."""

    __slots__ = ()


class Marked(str):
    """A text with superscript or subscript runs, given as the characters that say the same in plain text (``90¹``)."""

    __slots__ = ()


class Struck(str):
    """What is struck through, in whole or in part, given with a stroke (U+0336) over each such character (``4̶420``)."""

    __slots__ = ()


class Disguised(float):
    """A number of which the sheet shows another one, or none: 420 in the format ``0.0,`` is seen as 0.4."""

    __slots__ = ()


class Percentage(float):
    """A number that the sheet shows as a percentage: 4.2 is seen as 420 %."""

    __slots__ = ()
