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


def carried_out() -> Option:
    """``--records``, ``--adopted``, ``--year``: what happened, what was to happen, and up to when."""
    records = click.option("--records", help=say("option-records", "follow"))
    adopted = click.option("--adopted", type=FILE, help=say("option-adopted", "follow"))
    year = click.option("--year", type=int, help=say("option-year", "follow"))
    return lambda function: records(adopted(year(function)))


def letter() -> Option:
    """``--unit``, ``--to``, ``--number``, ``--date`` (given as ``day``), ``--template``: what a report is written on."""
    unit = click.option("--unit", default="", help=say("option-unit", "follow"))
    addressee = click.option("--to", "addressee", default="", help=say("option-to", "follow"))
    number = click.option("--number", default="", help=say("option-number", "follow"))
    day = click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help=say("option-date", "follow"))
    template = click.option("--template", type=FILE, help=say("option-template", "follow"))
    return lambda function: unit(addressee(number(day(template(function)))))
