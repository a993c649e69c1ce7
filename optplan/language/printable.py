"""Text as paper takes it: what XML cannot carry is left out, and a name stays on one line."""

from __future__ import annotations

import re
from typing import Any

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_DIRECTIONS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # they turn the text around them as well
_BREAKS = re.compile(r"\s+")


def printable(text: str) -> str:
    """``text`` without control characters, its line breaks and runs of blanks as one blank."""
    return _BREAKS.sub(" ", _DIRECTIONS.sub("", _NOT_IN_XML.sub("", text))).strip()


def printable_throughout(value: Any) -> Any:
    """``value`` with every text in its lists and mappings made printable."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {printable_throughout(key): printable_throughout(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [printable_throughout(each) for each in value]
    return value
