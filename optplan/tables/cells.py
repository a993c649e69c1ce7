"""Cells of a workbook whose value alone does not say what stands in them. Each is the value, and more."""

from __future__ import annotations

from optplan.tables.colours import Colour, can_be_seen


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


class Unseen(str):
    """A text, or a number as text, of which something cannot be seen: white on white, or of letters too small to be read."""

    __slots__ = ()


class Painted(str):
    """A text of which some letters have colours of their own; whether they can be seen hangs on the cell that it stands in.

    ``marked``: whether it is a :class:`Marked` one besides.
    """

    __slots__ = ("inks", "marked")
    inks: frozenset[Colour]
    marked: bool

    def __new__(cls, text: str, inks: frozenset[Colour], *, marked: bool) -> Painted:
        """A text with the colours of its letters."""
        made = super().__new__(cls, text)
        made.inks, made.marked = inks, marked
        return made

    def on(self, ground: Colour | None) -> str:
        """The text as a cell of that colour shows it."""
        if not all(can_be_seen(ink, ground) for ink in self.inks):
            return Unseen(self)
        return Marked(self) if self.marked else str(self)


class Formatted(float):
    """A number that its sheet does not show as it is.

    ``percent``: as a percentage, 4.2 as 420 %. ``wrong``: as another number, or as none, or as about that number: the code of a
    finding. ``shown``: what is seen of it where that is less than all of it. ``money``: the unit of money beside it.
    """

    __slots__ = ("money", "percent", "shown", "wrong")
    percent: bool
    wrong: str
    shown: str | None
    money: str

    def __new__(
        cls, number: float, *, percent: bool = False, wrong: str = "", shown: str | None = None, money: str = ""
    ) -> Formatted:
        """A number with what its format makes of it."""
        made = super().__new__(cls, number)
        made.percent, made.wrong, made.shown, made.money = percent, wrong, shown, money
        return made
