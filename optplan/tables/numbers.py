"""A number as people write it: the notations that are read, and for every other what keeps it from being one.

Read: ``420``, ``-3.5``, ``.5``, ``1,234.5``, ``1 234.5``, ``1e3``, a true minus sign (−), and a percentage where a share or
rate is asked for.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from optplan.tables.characters import has_note_mark

MOST_DIGITS, MOST_DECIMALS, LONGEST = 15, 12, 60
ERROR_VALUES = {
    "#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA", "#FIELD!",
    "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!", "#PYTHON!",
}  # fmt: skip
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}((,[0-9]{3})+|( [0-9]{3})+)(\.[0-9]+)?")
_AS_SHOWN = re.compile(r"[+-]?[0-9](\.[0-9]+)?E[+-][0-9]{2,3}")  # how Excel shows a number for which there is no room
_SOME = r"[+-]?[0-9][0-9.,]*"
_DASHES = "-‐‑‒–—―─−"
_PLACEHOLDER = re.compile(
    rf"[{_DASHES}/\\.…。?？]+|无|空|缺|略|否|待定|待补|待核|未定|未知|暂无|不详|不适用|nil|none|null|n\.?/?a\.?|tbd|tbc",
    re.IGNORECASE,
)
_DITTO = re.compile(r"同上|同左|同前|上同|〃|″|＂|\"|''|ditto|do\.", re.IGNORECASE)
_RANGE = re.compile(rf"{_SOME}\s*\D?\s*([{_DASHES}~～〜至到]|to|\.\.+)\s*{_SOME}\s*\D{{0,3}}", re.IGNORECASE)
_ABOUT = re.compile(
    rf"([~～〜≈≒约]|大约|大概|近|将近|接近|预计|估计|c\.|ca\.?|circa|about|approx(\.|imately)?|around|some|est\.?)\s*{_SOME}.*"
    rf"|{_SOME}\s*\D{{0,4}}(左右|上下|许|余|多|来|几|有余|or so|approx\.?)\s*\D{{0,3}}",
    re.IGNORECASE,
)
_BOUND = re.compile(
    rf"([<>≤≥≦≧⩽⩾≮≯]=?|=<|=>|不少于|不低于|不小于|不高于|不大于|不多于|至少|最少|至多|最多|大于|小于|多于|少于|高于|低于|超过|不超过|未超过|超|逾|满|不足|不到|未到|不及|达到?"
    rf"|at least|at most|over|under|above|below|up to|more than|less than|no less than|no more than|min\.?|max\.?)\s*{_SOME}.*"
    rf"|{_SOME}\s*\D{{0,4}}(以上|以下|以内|之内|起|封顶|上限|下限|\+|or more|or less)",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(rf"{_SOME}\s*(\*+|#|\^.*|\[[^\]]*\]|\([^)]*\)|注.*|[a-z]\))")
_IN_PARENTHESES = re.compile(rf"[(\[]\s*{_SOME}\s*%?\s*\D{{0,3}}[)\]]")
_IN_WORDS = re.compile(r"[零〇○一二三四五六七八九十百千万亿两廿卅壹贰叁肆伍陆柒捌玖拾佰仟萬億点负]+")
_SPACED = re.compile(r"[+-]?[0-9.,\s]*[0-9.,]\s+[0-9.,][0-9.,\s]*|[+-]\s+[0-9.,]+")
_SEPARATED = re.compile(r"[+-]?[0-9.,'’`_，、·]+")
_PERCENT = re.compile(rf"{_SOME}\s*[%‰‱]")
_WITH_UNIT = re.compile(rf"([^\d\s.+-]+\s*)?{_SOME}\s*([^\d\s.,:/].*)?")


class NotANumber(Exception):
    """What is wrong with a number: the ``code`` of a finding and what it speaks of."""

    def __init__(self, code: str, **values: Any) -> None:
        self.code, self.values = code, values
        super().__init__(code)


def number(text: str, *, percent: bool = False) -> Decimal:
    """The number that ``text`` is, from end to end. ``percent``: ``5%`` is 0.05. Raises :class:`NotANumber`."""
    body = text.strip().replace("−", "-")
    hundredth = percent and body.endswith("%")
    if hundredth:
        body = body[:-1].rstrip()
    bare = re.sub("[, ]", "", body) if _THOUSANDS.fullmatch(body) else body
    if len(bare) > LONGEST or not _NUMBER.fullmatch(bare):
        raise NotANumber(_reason(text.strip(), percent=percent))
    try:
        value = Decimal(bare)
    except InvalidOperation:
        raise NotANumber("cell-number") from None
    if value and not -MOST_DECIMALS <= value.adjusted() < MOST_DIGITS:
        raise NotANumber("cell-number-size")
    if _AS_SHOWN.fullmatch(bare):
        raise NotANumber("cell-number-scientific")
    value = value.scaleb(-2) if hundredth else value
    if decimals(value) > MOST_DECIMALS:
        raise NotANumber("cell-decimals", most=MOST_DECIMALS)
    return value


def decimals(value: Decimal) -> int:
    """How many decimals a finite number has; not above 0 for whole ones."""
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return -exponent


def is_error_value(text: str) -> bool:
    """Whether the text is what Excel shows where a formula failed or a column is too narrow."""
    return text.upper() in ERROR_VALUES or (len(text) > 2 and not text.strip("#"))


def is_ditto(text: str) -> bool:
    """Whether the text says "as above"."""
    return _DITTO.fullmatch(text) is not None


def _reason(text: str, *, percent: bool) -> str:
    """Why the text is no number, as the code of a finding."""
    if len(text) > LONGEST or re.fullmatch(rf"{_SOME}[eE][+-]?[0-9]+", text):  # endless, one way or the other
        return "cell-number"
    for code, holds in (
        ("cell-error", is_error_value(text)),
        ("cell-formula", text.startswith("=") and not _BOUND.fullmatch(text)),
        ("cell-ditto", is_ditto(text)),
        ("cell-placeholder", _PLACEHOLDER.fullmatch(text)),
        ("cell-number-parentheses", _IN_PARENTHESES.fullmatch(text)),
        ("cell-note-mark", has_note_mark(text) or _FOOTNOTE.fullmatch(text)),
        ("cell-number-words", _IN_WORDS.fullmatch(text)),
        ("cell-number-script", any(letter.isdigit() and not letter.isascii() for letter in text)),
        ("cell-number-space", _SPACED.fullmatch(text)),
        ("cell-number-range", _RANGE.fullmatch(text)),
        ("cell-number-about", _ABOUT.fullmatch(text)),
        ("cell-number-bound", _BOUND.fullmatch(text)),
        ("cell-number-percent", not percent and _PERCENT.fullmatch(text)),
        ("cell-number-separators", _SEPARATED.fullmatch(text)),
        ("cell-number-unit", _WITH_UNIT.fullmatch(text)),
    ):
        if holds:
            return code
    return "cell-number"
