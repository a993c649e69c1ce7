"""One cell: from what people write to a typed value, or to what is wrong with it.

Repaired without a word: full-width digits and letters, spaces around, characters without width, thousands separators, numbers
kept as text, ``2021.0`` and ``2021年`` for a year and years that Excel shows as a date, 是/否 for a flag, Chinese labels of
choices. Refused: what is not from end to end a finite number of sensible size, each form with its own reason.
"""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from functools import cache
from typing import Any

from optplan.language import LANGUAGES, find
from optplan.language.years import year_called
from optplan.tables.cells import ErrorValue, Formatted, Formula, Marked, Struck, Unseen
from optplan.tables.characters import has_note_mark, hidden_in, plain, without_width
from optplan.tables.misread import misread
from optplan.tables.numbers import NotANumber, decimals, is_ditto, is_error_value, number
from optplan.tables.schema import Column, Kind

LONGEST_TEXT = 5_000  # characters of a cell
FIRST_YEAR, LAST_YEAR = 1900, 2200
DATES = (datetime.datetime, datetime.date, datetime.time, datetime.timedelta)
EXCEL_DAY_0 = datetime.datetime(1899, 12, 30)
MOST_WHOLE = 10**15
MOST_BITS = 400
NAMES = {"name", "name_en"}
MONEY_DECIMALS = 4
YES, NO = {"1", "true", "yes", "是", "y", "√"}, {"0", "false", "no", "否", "n"}
MEASURED = {Kind.WHOLE, Kind.QUANTITY, Kind.RATE, Kind.MONEY, Kind.DEGREES, Kind.YEAR, Kind.SHARES}
_ID = re.compile(r"[^\s,;!:\"'=+@()\[\]{}<>|\\/]+")
_SHOWN_NUMBER = re.compile(r"[0-9](\.[0-9]+)?[eE]\+[0-9]{2,3}")  # a long number of which Excel shows the first digits
_DATE = re.compile(r"(\d{4})[-/](\d\d?)[-/](\d\d?)( 0?0:00(:00)?)?")
_DAY = re.compile(r"\d{4}([-/.])\d\d?\1\d\d?( 0?0:00(:00)?)?|\d{4}年\d\d?月\d\d?[日号]")
_LOST = re.compile(r"[?？\s]*[?？]{2}[?？\s]*")  # what programs write for letters that their encoding has not
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class BadValue(Exception):
    """What is wrong with a cell: the ``code`` of a finding and what it speaks of."""

    def __init__(self, code: str, **values: Any) -> None:
        self.code, self.values = code, values
        super().__init__(code)


def parse(cell: Any, column: Column) -> Any:
    """The typed value of a cell of ``column``; ``None`` if it is blank. Raises :class:`BadValue`."""
    if wrong := _not_a_value(cell, column):
        raise BadValue(wrong, value=_short(_text(cell)))
    if column.kind is Kind.DATE and isinstance(cell, datetime.datetime):
        return _within(cell.date())
    if isinstance(cell, DATES) and column.name != "source":
        if column.kind is Kind.YEAR and (year := _year_behind(cell)) is not None:
            return year
        raise BadValue("cell-date", value=cell)
    if isinstance(cell, bool) and column.kind is not Kind.FLAG:
        raise BadValue("cell-boolean", value=str(cell).upper())
    text = _text(cell)
    if len(text) > LONGEST_TEXT:
        raise BadValue("cell-too-long", limit=LONGEST_TEXT)
    if _CONTROL.search(text):
        raise BadValue("cell-control-character")
    if column.kind is not Kind.TEXT:
        text = plain(text).strip()
    if code := hidden_in(text, prose=column.kind is Kind.TEXT):
        raise BadValue("cell-lost-character" if code == "U+FFFD" else "cell-hidden-character", point=code)
    if column.name in NAMES and _LOST.fullmatch(text):
        raise BadValue("cell-lost-character", point="??")
    if column.name in NAMES and (meant := misread(text)):
        raise BadValue("cell-misread", value=_short(text), meant=_short(meant))
    if not text:
        return None
    try:
        return _typed(text, column)
    except NotANumber as problem:
        raise BadValue(problem.code, value=_short(text), **problem.values) from None


def _not_a_value(cell: Any, column: Column) -> str | None:
    """What a cell holds instead of a value, as the code of a finding."""
    if isinstance(cell, Formula):
        return "cell-formula"
    if isinstance(cell, ErrorValue) or (isinstance(cell, str) and is_error_value(cell.strip())):
        return "cell-error"
    if isinstance(cell, Struck):
        return "cell-struck"
    if isinstance(cell, Unseen):
        return "cell-unseen"
    if isinstance(cell, Formatted) and cell.wrong:
        return cell.wrong
    if isinstance(cell, Marked) and column.kind is not Kind.TEXT:
        return "cell-note-mark"
    if isinstance(cell, Formatted) and cell.percent and column.kind in MEASURED - {Kind.RATE, Kind.SHARES}:
        return "cell-number-percent"
    return None


def _typed(text: str, column: Column) -> Any:
    match column.kind:
        case Kind.TEXT:
            return without_width(text).strip() or None
        case Kind.ID:
            return _identifier(text)
        case Kind.CHOICE:
            return _choice(text, column)
        case Kind.FLAG:
            return _flag(text)
        case Kind.SHARES:
            return _shares(text)
        case Kind.YEAR:
            if _DATE.fullmatch(text) and (year := _year_behind(_date(text))) is not None:
                return year
            return _year(text)
        case Kind.WHOLE:
            return _whole(text, "cell-whole", 0, MOST_WHOLE)
        case Kind.DATE:
            return _day(text)
        case _:
            return _bounded(number(text, percent=column.kind is Kind.RATE), column)


def _year(text: str) -> int:
    """A year by its number, or as the plan that is being read calls it."""
    try:
        return _whole(text.removesuffix("年").rstrip(), "cell-year", FIRST_YEAR, LAST_YEAR)
    except (BadValue, NotANumber):
        if (called := year_called(text)) is None:
            raise
        return called


def _year_behind(cell: Any) -> int | None:
    """The year behind a date: 2021 in a cell formatted as a date is a day of 1905, and 2021-1 is read as a first of January."""
    if not isinstance(cell, datetime.datetime):
        return None
    days = cell - EXCEL_DAY_0
    if days == datetime.timedelta(days.days) and FIRST_YEAR <= days.days <= LAST_YEAR:
        return days.days
    return cell.year if cell == datetime.datetime(cell.year, 1, 1) and FIRST_YEAR <= cell.year <= LAST_YEAR else None


def _date(text: str) -> datetime.datetime | None:
    """A date as Excel writes it into a CSV file."""
    year, month, day = (int(part) for part in re.split(r"[-/ ]", text)[:3])
    try:
        return datetime.datetime(year, month, day)
    except ValueError:
        return None


def _day(text: str) -> datetime.date:
    """A day as people write it: ``2022-03-05``, ``2022/3/5``, ``2022.3.5``, ``2022年3月5日``, or as Excel exports it."""
    found = _DAY.fullmatch(text)
    if found is None:
        raise BadValue("cell-day", value=_short(text))
    year, month, day = (int(part) for part in re.findall(r"\d+", text)[:3])
    try:
        return _within(datetime.date(year, month, day))
    except ValueError:
        raise BadValue("cell-day", value=_short(text)) from None


def _within(day: datetime.date) -> datetime.date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadValue("cell-day", value=str(day))
    return day


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return format(cell, ".15g")  # what Excel shows, not the binary tail
    if isinstance(cell, int) and cell.bit_length() > MOST_BITS:  # of which Python would not even write the digits
        raise BadValue("cell-number-size", value=f"2^{cell.bit_length()}")
    if isinstance(cell, Decimal) and cell.is_finite() and abs(cell.adjusted()) < 40:
        return format(cell, "f")
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        cell = cell.date()
    return str(cell).replace("\r\n", "\n").replace("\u00a0", " ").replace("\u3000", " ").strip()


def _identifier(text: str) -> str:
    text = text.removesuffix(".0") if re.fullmatch(r"[0-9]+\.0", text) else text
    if is_ditto(text):
        raise BadValue("cell-ditto", value=text)
    if has_note_mark(text):
        raise BadValue("cell-note-mark", value=_short(text))
    if _SHOWN_NUMBER.fullmatch(text):
        raise BadValue("cell-number-scientific", value=_short(text))
    nameless = not any(letter.isalnum() for letter in text)
    if len(text) > 100 or nameless or not _ID.fullmatch(text) or text.startswith("-"):
        near = "_".join(re.findall(r"[\w.-]+", text))[:40].strip("-_.").lower()
        raise BadValue("cell-id", value=_short(text), near=near or "none")
    return text


def _choice(text: str, column: Column) -> str:
    lowered = text.lower()
    if lowered in column.choices:
        return lowered
    for choice in column.choices:
        if lowered in _labels(column.name, choice):
            return choice
    raise BadValue("cell-choice", value=_short(text), choices=tuple(column.choices))


@cache
def _labels(column: str, choice: str) -> frozenset[str]:
    labels = (find("tables", f"choice-{column}-{choice}", language) for language in LANGUAGES)
    return frozenset(plain(label).lower() for label in labels if label)


def _flag(text: str) -> bool:
    lowered = text.lower().removesuffix(".0")
    if lowered in YES:
        return True
    if lowered in NO:
        return False
    raise BadValue("cell-flag", value=_short(text))


def _shares(text: str) -> tuple[Decimal, ...]:
    shares = tuple(number(part, percent=True) for part in re.split(r"[;、|]", text) if part.strip())
    if not shares or any(share < 0 for share in shares) or sum(shares) != 1 or len(shares) > 30:
        raise BadValue("cell-shares", value=_short(text))
    return shares


def _whole(text: str, code: str, least: int, most: int) -> int:
    value = number(text)
    if value != value.to_integral_value() or not least <= value <= most:
        raise BadValue(code, value=_short(text))
    return int(value)


def _bounded(value: Decimal, column: Column) -> Decimal:
    if column.kind is Kind.MONEY and decimals(value) > MONEY_DECIMALS:
        raise BadValue("cell-decimals", value=value, most=MONEY_DECIMALS)
    if column.minimum is not None and value < column.minimum:
        raise BadValue("cell-too-small", value=value, least=column.minimum)
    if column.maximum is not None and value > column.maximum:
        raise BadValue("cell-too-large", value=value, most=column.maximum)
    if column.above is not None and value <= column.above:
        raise BadValue("cell-not-above", value=value, above=column.above)
    return value


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + "…"


def written(value: Any) -> str:
    """A typed value as a cell of a CSV file, in the form that :func:`parse` reads back."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, tuple):
        return ";".join(written(share) for share in value)
    if isinstance(value, Decimal):
        return format(value.normalize() + 0, "f")
    return str(value)
