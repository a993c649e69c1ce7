"""What a number format shows of a number: a share, a date, a unit of money, fewer decimals, another number.

What is a date is left to openpyxl.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from optplan.tables.cells import Formatted
from optplan.tables.characters import plain
from optplan.tables.money_units import LOCAL, money_said
from optplan.tables.numbers import NotANumber
from optplan.tables.numbers import number as plain_number

LONGEST = 255  # characters of a format, of Excel
_WORDS = re.compile(r'"([^"]*)"|[\\!](.)|\[\$([^\]-]*)[^\]]*\]')
_TOKENS = re.compile(rf"{_WORDS.pattern}|([0#?][0#?.,]*)|(.)")  # words, digits, and what stands bare
_SECTION = re.compile(r'(?:"[^"]*"|[\\!].|\[[^\]]*\]|[^;"\\!\[])+|(?<=;)(?=;|$)|^(?=;)')
_SIGN = re.compile(r"(\[[^\]]*\])*[\"\\!]?[-−－]")  # before a number above zero
_SCALE = re.compile(r"[0-9%‰‱亿]|[万千百](?![克米瓦伏分])|^\s*[kK]\s*$")
_PLAIN = re.compile(r"[#0?,]*[#0?](\.[#0?]*)?(?P<power>[eE][+-][0#?]+)?|\.[#0?]+")
_WHITE = re.compile(r"\[(white|白色?|colou?r\s*2|颜色\s*2)\]", re.IGNORECASE)
_INDEFINITE = {"cell-number-about", "cell-number-bound", "cell-number-parentheses", "cell-note-mark", "cell-number-range"}
OTHERWISE = "cell-shown-otherwise"
AT_ZERO = 2  # the section for it
_LOCAL_BUILTIN = {5, 6, 7, 8, 42, 44}  # whose sign of a currency is that of the reader's country
_DATES_OF_EAST_ASIA = {*range(27, 37), *range(50, 59)}


@dataclass(frozen=True)
class _Section:
    """The part of a format for numbers of one sign. ``decimals``: how many it shows, ``None`` where that is not known."""

    decimals: int | None = None
    percent: bool = False
    power: bool = False
    empty: bool = False
    white: bool = False


@dataclass(frozen=True)
class NumberFormat:
    """How a number looks. ``wrong``: as another number, or as none, or as about that number: the code of a finding;
    ``unsigned``: below zero as if it were above.

    ``money``: the unit of money that stands beside it. ``sections``: for numbers above, below and at zero.
    """

    date: bool = False
    percent: bool = False
    wrong: str = ""
    unsigned: bool = False
    money: str = ""
    sections: tuple[_Section, ...] = ()

    def of(self, number: float) -> float:
        """The number, with what the format makes of it where that is another thing than the number."""
        if self.wrong or (self.unsigned and number < 0):
            return Formatted(number, wrong=self.wrong or OTHERWISE)
        shown = self.shown(number)
        if self.percent or self.money or shown is not None:
            return Formatted(number, percent=self.percent, shown=shown, money=self.money)
        return number

    def shown(self, number: float) -> str | None:
        """What is seen of the number where that is less than it: rounded, or nothing for a zero. ``None``: all of it."""
        section = self._section(number)
        if section is None:
            return None
        if section.empty:
            return "" if not number else None
        if section.decimals is None:
            return None
        exact = Decimal(format(number, ".15g"))
        if section.power:
            seen = Decimal(f"{exact:.{section.decimals}e}")
            return None if seen == exact else f"{seen:.{section.decimals}E}"
        exact = exact.scaleb(2 * section.percent)
        if exact.adjusted() >= 15 or -exact.as_tuple().exponent <= section.decimals:  # type: ignore[operator]
            return None
        seen = exact.quantize(Decimal(1).scaleb(-section.decimals), ROUND_HALF_UP)
        return None if seen == exact else f"{seen + 0:f}" + "%" * section.percent

    def is_white(self, number: float) -> bool:
        """Whether the format itself paints the number white."""
        section = self._section(number)
        return section is not None and section.white

    def _section(self, number: float) -> _Section | None:
        if len(self.sections) > AT_ZERO and not number:
            return self.sections[AT_ZERO]
        if len(self.sections) > 1 and number < 0:
            return self.sections[1]
        return self.sections[0] if self.sections else None


GENERAL = NumberFormat()


@cache
def builtin_format(number: int) -> NumberFormat:
    """A format that has a number instead of being written out."""
    if number in _DATES_OF_EAST_ASIA:
        return NumberFormat(date=True)
    code = BUILTIN_FORMATS.get(number, "")
    return number_format(code.replace("$", LOCAL) if number in _LOCAL_BUILTIN else code)


def number_format(code: str) -> NumberFormat:
    """A format as it is written."""
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", code)
    money = _money(code)
    if "%" in bare:
        return NumberFormat(percent=True, money=money, sections=_sections(code))
    if is_date_format(code):
        return NumberFormat(date=True)
    if is_disguise(code):
        return NumberFormat(wrong=OTHERWISE)
    if vague := _vague(code, money):
        return NumberFormat(wrong=vague)
    return NumberFormat(unsigned=_hides_signs(code), money=money, sections=_sections(code))


def is_disguise(code: str) -> bool:
    """Whether a format shows another number than the cell holds: in thousands, with a figure or a scale in its words, or none."""
    for number, section in enumerate(_parts(code)[:3]):  # of numbers above, below and at zero; the fourth is of texts
        words, money = _said(section), _money(section)
        bare = re.sub(r"\[[^\]]*\]", "", _WORDS.sub("", section)).strip()
        if number == AT_ZERO:  # a zero may be written out
            words = re.sub(r"[0.]", "", words)
        if re.search(r"[0#?],+(?![0#?,.])", bare) or _SCALE.search(words.casefold().replace(money, "") if money else words):
            return True
        if number == 0 and _SIGN.match(section.lstrip()):
            return True
        if number == 0 and code.strip() and not re.search(r"[0#?@]|general|g/", bare, re.IGNORECASE) and "[" not in section:
            return True
    return False


def _vague(code: str, money: str) -> str:
    """Why what the words of a format make of a number is no definite one (about, at least, a note): the code of a finding."""
    part = re.sub(r"\[(?!\$)[^\]]*\]", "", next(iter(_parts(code)), ""))
    text = "".join(next(filter(None, found[:3]), "") or ("1" if found[3] else found[4]) for found in _TOKENS.findall(part))
    text = re.sub(rf"[(（]\s*{re.escape(money)}\s*[)）]", "", text.casefold()) if money else text
    try:
        plain_number(plain(text).strip())
    except NotANumber as problem:
        unit = re.fullmatch(r".*[(（][^()（）0-9注]*[)）]\s*", text)
        return problem.code if problem.code in _INDEFINITE and not (problem.code == "cell-note-mark" and unit) else ""
    return ""


def _parts(code: str) -> list[str]:
    room = re.sub(r'("[^"]*"|[\\!].)|[_*].', lambda found: found[1] or "", code)  # of a character, and what fills a cell
    return _SECTION.findall(room)


def _said(section: str) -> str:
    """The words of a section, the signs of currencies among them."""
    return "".join("".join(found) for found in _WORDS.findall(section))


def _money(code: str) -> str:
    """The unit of money in a format's words, or in what stands bare beside its digits."""
    for section in _parts(code)[:3]:
        bare = re.sub(r"\[[^\]]*\]|[0#?.,@/+ ]", " ", _WORDS.sub(" ", section))
        if said := money_said(_said(section)) or money_said(bare):
            return said
    return ""


def _sections(code: str) -> tuple[_Section, ...]:
    parts = _parts(code)
    if any(re.search(r"\[[<>=]", part) for part in parts):
        return ()  # which of them is meant hangs on the number
    return tuple(map(_section, parts[:3]))


def _section(part: str) -> _Section:
    bare = re.sub(r"\[[^\]]*\]", "", _WORDS.sub("", part))
    white = _WHITE.search(part) is not None
    digits = re.sub(r"[^#0?.,eE+\-/]", "", bare).strip("-+")
    if not bare.strip() and not _said(part).strip():
        return _Section(empty=True)
    found = _PLAIN.fullmatch(digits)
    if found is None:
        return _Section(white=white)
    after = digits[: found.start("power")] if found["power"] else digits
    return _Section(len(after.partition(".")[2].replace(",", "")), "%" in bare, found["power"] is not None, white=white)


def _hides_signs(code: str) -> bool:
    """Whether a number below zero looks as one above: it has a section of its own without a sign, brackets or a colour."""
    sections = _parts(code)
    return len(sections) > 1 and re.search(r"[0#?]", sections[1]) is not None and not re.search(r"[-−－(（[▲△負负]", sections[1])
