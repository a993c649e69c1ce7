"""Options that several commands take, each written once: a decorator with the words of a catalogue."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from optplan.console.command import FILE, say

Option = Callable[[Callable[..., Any]], Callable[..., Any]]


def scenarios(area: str = "cli") -> Option:
    """``--scenario``, as often as there are changes: given as ``scenarios``, a tuple of paths."""
    return click.option("--scenario", "scenarios", type=FILE, multiple=True, help=say("option-scenario", area))


def reference() -> Option:
    """``--reference``: the schedule that changes are measured against, a path."""
    return click.option("--reference", type=FILE, help=say("option-reference"))


def gap(area: str = "cli") -> Option:
    """``--gap``: how far from proven a search may end, relative."""
    return click.option("--gap", type=click.FloatRange(min=0), default=0.0, help=say("option-gap", area))


def quick() -> Option:
    """``--quick``: end at what is good enough for a what-if."""
    return click.option("--quick", is_flag=True, help=say("option-quick"))


def time_limit(default: float | None = None, area: str = "cli") -> Option:
    """``--time-limit`` in seconds, more than 0."""
    seconds = click.FloatRange(min=0, min_open=True)
    shown = default is not None
    return click.option("--time-limit", type=seconds, default=default, show_default=shown, help=say("option-time-limit", area))


def keep() -> Option:
    """``--keep``: put what comes of it into the store."""
    return click.option("--keep", is_flag=True, help=say("option-keep", "store"))
