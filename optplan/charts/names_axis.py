"""An axis of names: every one is said, long ones in two lines."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Mapping
from typing import Any

import altair as alt

LONGEST, MOST = 16, 2  # Chinese letters of a line, lines of a name
HEAD = 120  # points of a drawing of rows that its title, axis and legend take
FIRST_WIDE = "\u2e80"  # of the letters that are as wide as high
# Where an axis of names says what they are: above them, where it takes no width and lies on none of them.
ABOVE_NAMES: dict[str, Any] = {"titleAngle": 0, "titleAlign": "right", "titleAnchor": "start", "titleX": -6, "titleY": -8}


def names_axis(names: Iterable[str]) -> alt.Axis:
    """An axis beside rows that are called ``names``, with its own title above them."""
    return alt.Axis(
        labelLimit=0, labelOverlap=False, labelExpr=labels({name: name for name in names}, LONGEST, MOST), **ABOVE_NAMES
    )


def labels(names: Mapping[Any, str], longest: int, most: int) -> str:
    """A Vega expression that gives in lines the name of each value of an axis."""
    lines = {value: "\n".join(in_lines(name, longest, most)) for value, name in names.items()}
    return f"split({json.dumps(lines, ensure_ascii=False)}[datum.value], '\\n')"


def in_lines(name: str, longest: int, most: int) -> list[str]:
    """A name in at most ``most`` lines of about ``longest`` Chinese letters or twice as many others, about equally long."""
    wide = any(letter >= FIRST_WIDE for letter in name)
    width = longest if wide else 2 * longest
    number = -(-len(name) // width)
    if number <= 1:
        return [name]
    if wide:
        width = -(-len(name) // number)
        lines = [name[at : at + width] for at in range(0, len(name), width)]
    else:
        lines = textwrap.wrap(name, width, break_on_hyphens=False)
    return lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1][: width - 1]}…"]
