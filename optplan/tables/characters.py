"""Characters that are not what they look like: what is taken out of a cell, what is spelled plainly, what is refused by its code.

Plainly spelled: full-width letters and digits, compatibility forms of the same letter (a Kangxi radical for its character),
odd spaces. Left as they are: superscripts, circled digits, fractions and numerals of any kind, because as plain digits they
would run together with the figure beside them (90¹ is not 901). Taken out: what has no width and no meaning.
"""

from __future__ import annotations

import unicodedata
from functools import cache

_NO_WIDTH = "\u00ad\u200b\u2060\ufeff"  # soft hyphen, zero-width space, word joiner, byte order mark
_JOINERS = "\u200c\u200d\u200e\u200f\u2061\u2062\u2063\u2064\ufe0e\ufe0f"  # of a meaning in running text, of none in an id
_FROM_TEXT = str.maketrans("", "", _NO_WIDTH)
_FROM_CODES = str.maketrans("", "", _NO_WIDTH + _JOINERS)
_BLANK = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"  # letters and symbols that show nothing
_SAME_LETTER = ("<wide>", "<narrow>", "<small>", "<noBreak>", "<vertical>")
_MARKS = ("<super>", "<sub>", "<circle>")
_SUPERSCRIPTS = str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾")
_SUBSCRIPTS = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


def without_width(text: str) -> str:
    """Running text without what has neither width nor meaning. Marks of direction and joiners stay: names need them."""
    return text if text.isascii() else text.translate(_FROM_TEXT)


def plain(text: str) -> str:
    """An id, a number or a header as one would type it: no invisible characters, no full-width forms."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", "".join(map(_plain, text.translate(_FROM_CODES))))


@cache
def _plain(letter: str) -> str:
    form = unicodedata.decomposition(letter).partition(" ")[0]
    if form in _SAME_LETTER:
        return unicodedata.normalize("NFKC", letter)
    if form == "<compat>" and letter not in _BLANK and unicodedata.numeric(letter, None) is None:
        same = unicodedata.normalize("NFKC", letter)
        return same if len(same) == 1 else letter
    return " " if unicodedata.category(letter) == "Zs" else letter


def hidden_in(text: str, *, prose: bool = False) -> str | None:
    """The code point, as ``U+202E``, of the first character that nobody can see or that is no character.

    ``prose``: marks of direction are part of running text; the mark of what could not be read (U+FFFD) never is.
    """
    if text.isascii():
        return None
    return next((f"U+{ord(letter):04X}" for letter in text if _is_hidden(letter, prose)), None)


@cache
def _is_hidden(letter: str, prose: bool) -> bool:
    category = unicodedata.category(letter)
    if letter == "\ufffd" or category == "Cs":
        return True
    if prose or letter in "\t\n\r":
        return False
    code = ord(letter)
    tags = 0xFE00 <= code <= 0xFE0F or 0xE0000 <= code <= 0xE0FFF
    return category in {"Cf", "Cc", "Cn", "Co", "Zl", "Zp"} or letter in _BLANK or tags


def has_note_mark(text: str) -> bool:
    """Whether a superscript, subscript, circled or bracketed digit or letter stands in the text."""
    return not text.isascii() and any(_is_note_mark(letter) for letter in text)


@cache
def _is_note_mark(letter: str) -> bool:
    form, _, parts = unicodedata.decomposition(letter).partition(" ")
    if form in _MARKS:
        return True
    bracketed = form == "<compat>" and parts.startswith("0028")  # ⑴ ⒜ ㈠
    dotted = form == "<compat>" and parts.endswith("002E") and unicodedata.numeric(letter, None) is not None  # ⒈
    solid = "\u2776" <= letter <= "\u2793" or "\u24eb" <= letter <= "\u24ff"  # ❶ ➀ ➊ ⓫ ⓵, which have no plain form
    return bracketed or dotted or solid or letter in "†‡※＊"


def raised(text: str) -> str:
    """The text of a superscript run, with the characters that say the same in plain text where there are any."""
    return text.translate(_SUPERSCRIPTS)


def struck(text: str) -> str:
    """The text with a stroke over each character."""
    return "".join(f"{letter}\u0336" for letter in text)


def lowered(text: str) -> str:
    """The text of a subscript run, likewise."""
    return text.translate(_SUBSCRIPTS)
