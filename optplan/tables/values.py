"""One cell: from what people write to a typed value, or to what is wrong with it.

Repaired without a word: full-width digits and letters, spaces around, thousands separators, numbers kept as text, ``2021.0``
and ``2021年`` for a year and years that Excel shows as a date, 是/否 for a flag, Chinese labels of choices. Refused: what is
not a finite number of sensible size.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from optplan.language import LANGUAGES, find
from optplan.tables.schema import Column, Kind

LONGEST_TEXT = 5_000  # characters of a cell
FIRST_YEAR, LAST_YEAR = 1900, 2200
DATES = (datetime.datetime, datetime.date, datetime.time, datetime.timedelta)
EXCEL_DAY_0 = datetime.datetime(1899, 12, 30)
MOST_DIGITS, MOST_DECIMALS, MONEY_DECIMALS = 15, 12, 4
YES, NO = {"1", "true", "yes", "是", "y", "√"}, {"0", "false", "no", "否", "n"}
_ID = re.compile(r"[^\s,;!:\"'=+@()\[\]{}<>|\\/]+")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_DATE = re.compile(r"(\d{4})[-/](\d\d?)[-/](\d\d?)( 0?0:00(:00)?)?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class BadValue(Exception):
    """What is wrong with a cell: the ``code`` of a finding and what it speaks of."""

    def __init__(self, code: str, **values: Any) -> None:
        self.code, self.values = code, values
        super().__init__(code)


def parse(cell: Any, column: Column) -> Any:
    """The typed value of a cell of ``column``; ``None`` if it is blank. Raises :class:`BadValue`."""
    if isinstance(cell, DATES) and column.kind is not Kind.TEXT:
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
    if column.kind is Kind.TEXT:
        return text or None
    text = unicodedata.normalize("NFKC", text).strip()
    if not text:
        return None
    match column.kind:
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
            return _whole(text.removesuffix("年"), "cell-year", FIRST_YEAR, LAST_YEAR)
        case Kind.WHOLE:
            return _whole(text, "cell-whole", 0, 10**MOST_DIGITS)
        case _:
            return _bounded(_number(text, percent=column.kind is Kind.RATE), column)


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


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return format(cell, ".15g")  # what Excel shows, not the binary tail
    return str(cell).replace("\r\n", "\n").replace("\u00a0", " ").replace("\u3000", " ").strip()


def _identifier(text: str) -> str:
    text = text.removesuffix(".0") if re.fullmatch(r"\d+\.0", text) else text
    if len(text) > 100 or not _ID.fullmatch(text) or text.startswith("-"):
        raise BadValue("cell-id", value=_short(text))
    return text


def _choice(text: str, column: Column) -> str:
    lowered = text.lower()
    if lowered in column.choices:
        return lowered
    for choice in column.choices:
        if text in _labels(column.name, choice):
            return choice
    raise BadValue("cell-choice", value=_short(text), choices=tuple(column.choices))


@cache
def _labels(column: str, choice: str) -> frozenset[str]:
    return frozenset(label for language in LANGUAGES if (label := find("tables", f"choice-{column}-{choice}", language)))


def _flag(text: str) -> bool:
    lowered = text.lower().removesuffix(".0")
    if lowered in YES:
        return True
    if lowered in NO:
        return False
    raise BadValue("cell-flag", value=_short(text))


def _shares(text: str) -> tuple[Decimal, ...]:
    shares = tuple(_number(part.strip(), percent=True) for part in re.split(r"[;、|]", text) if part.strip())
    if not shares or any(share < 0 for share in shares) or sum(shares) != 1 or len(shares) > 30:
        raise BadValue("cell-shares", value=_short(text))
    return shares


def _whole(text: str, code: str, least: int, most: int) -> int:
    number = _number(text, percent=False)
    if number != number.to_integral_value() or not least <= number <= most:
        raise BadValue(code, value=_short(text))
    return int(number)


def _number(text: str, *, percent: bool) -> Decimal:
    body = text.replace(" ", "")
    hundredth = percent and body.endswith("%")
    body = body.removesuffix("%") if hundredth else body
    if _THOUSANDS.fullmatch(body):
        body = body.replace(",", "")
    if not _NUMBER.fullmatch(body) or len(body) > 60:
        raise BadValue("cell-number", value=_short(text))
    try:
        number = Decimal(body)
    except InvalidOperation:
        raise BadValue("cell-number", value=_short(text)) from None
    if number and not -MOST_DECIMALS <= number.adjusted() < MOST_DIGITS:
        raise BadValue("cell-number-size", value=_short(text))
    number = number.scaleb(-2) if hundredth else number
    exponent = number.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    if -exponent > MOST_DECIMALS:
        raise BadValue("cell-decimals", value=_short(text), most=MOST_DECIMALS)
    return number


def _bounded(number: Decimal, column: Column) -> Decimal:
    exponent = number.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    if column.kind is Kind.MONEY and -exponent > MONEY_DECIMALS:
        raise BadValue("cell-decimals", value=number, most=MONEY_DECIMALS)
    if column.minimum is not None and number < column.minimum:
        raise BadValue("cell-too-small", value=number, least=column.minimum)
    if column.maximum is not None and number > column.maximum:
        raise BadValue("cell-too-large", value=number, most=column.maximum)
    if column.above is not None and number <= column.above:
        raise BadValue("cell-not-above", value=number, above=column.above)
    return number


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
