"""TOML that anybody may have sent: the depth of its keys is looked at before it is parsed.

``tomllib`` works through every prefix of a dotted key, so that a key of some thousand parts takes it gigabytes.
"""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from typing import Any

DEEPEST = 16  # parts of a key; the files that ship have 2
_QUOTED = re.compile(
    r'"""(?:[^\\"]|\\.|"(?!""))*+"""|\'\'\'.*?\'\'\'|"(?:[^"\\\n]|\\.)*+"|\'[^\'\n]*+\'|#[^\n]*+',
    re.DOTALL,
)
_PART = r"(?:[A-Za-z0-9_-]++|'')"
_LONG_KEY = re.compile(rf"(?<![A-Za-z0-9_-]){_PART}(?:[ \t]*+\.[ \t]*+{_PART}){{{DEEPEST},}}")


class TomlError(Exception):
    """A text that is no TOML, or has keys too deep (``deep``) to be tried. ``reason``: what the parser says."""

    def __init__(self, reason: object = "", *, deep: bool = False) -> None:
        self.reason, self.deep = str(reason)[:300] or f"> {DEEPEST}", deep
        super().__init__(self.reason)


def parse_toml(text: str) -> dict[str, Any]:
    """The content of a TOML text, its fractions as ``Decimal``. Raises :class:`TomlError`."""
    if _LONG_KEY.search(_QUOTED.sub("''", text)):
        raise TomlError(deep=True)
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError, ArithmeticError) as problem:
        raise TomlError(problem) from problem


def lines_at(text: str, headings: re.Pattern[str]) -> tuple[int, ...]:
    """The lines of ``text``, counted from 1, on which the headings stand."""
    lines, line, before = [], 1, 0
    for found in headings.finditer(text):
        line += text.count("\n", before, found.start())
        before = found.start()
        lines.append(line)
    return tuple(lines)
