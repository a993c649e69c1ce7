"""The standing in words."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from optplan.language import current_language, sentences_of
from optplan.language.numbers import decimal_of, quantity, share
from optplan.tables.names import names

if TYPE_CHECKING:
    from optplan.following.deadlines import Deadline
    from optplan.following.follow import Following
    from optplan.following.lines import Line

say = sentences_of("follow")


def shown(value: Fraction | Decimal | None) -> str:
    """A figure as people read it; a dash where there is none."""
    if value is None:
        return "—"
    exact = Fraction(value)
    return quantity(decimal_of(exact).quantize(Decimal("0.01")))


def rate(value: Fraction | None) -> str:
    """A share in per cent; a dash where there is none."""
    return "—" if value is None else share(float(value))


def light(name: str) -> str:
    """What a light says."""
    return say(f"light-{name}")


def forecast_words(line: Line) -> str:
    """What is proven of the years to come, in a few words."""
    found = line.forecast
    if found is None:
        return "—"
    if line.kind == "target" or (line.kind == "indicator" and found.most > 1):
        return say(f"forecast-{found.status}", most=shown(found.most), together=shown(found.together))
    return say(f"forecast-share-{found.status}", together=rate(found.together))


def forecast_short(line: Line) -> str:
    """The same in a word or two, for a table."""
    found = line.forecast
    if found is None:
        return "—"
    return say(f"short-{found.status}", most=shown(found.most)) if line.kind == "target" else say(f"short-share-{found.status}")


def headline(found: Following) -> str:
    """How many targets are reached, can be, or are lost; of a plan that is over, how many were reached."""
    if found.is_over:
        met = sum(line.is_met for line in found.targets)
        return say("headline-over", when=found.standing.when, number=len(found.targets), met=met, missed=len(found.targets) - met)
    states = Counter(line.forecast.status for line in found.targets if line.forecast)
    return say(
        "headline",
        when=found.standing.when,
        number=len(found.targets),
        reached=states["reached"],
        together=states["together"],
        alone=states["alone"],
        lost=states["lost"],
        open=states["open"],
    )


def told_line(line: Line) -> str:
    """A line that is not green."""
    told = say(
        "line",
        light=light(line.light),
        name=line.name,
        done=shown(line.done),
        total=shown(line.total),
        planned=shown(line.planned),
    )
    return say("line-forecast", line=told, forecast=forecast_words(line)) if line.forecast else say("line-end", line=told)


def target_names(found: Following) -> dict[str, str]:
    """What the targets are called."""
    return {line.key: line.name for line in found.targets}


def deadline_row(found: Following, each: Deadline) -> list[str]:
    """A last moment as a line of a table: what, by when, how much at least in the year in which it comes, by what proof."""
    subject = say("what-to-do", what=say(f"do-{each.what}"), subject=_subject(found, each))
    when = say("by-late" if each.late else "by-quarter", year=each.year, quarter=each.quarter)
    return [subject, when, shown(each.least), say(f"short-proof-{each.proof}")]


def _subject(found: Following, each: Deadline) -> str:
    subject = target_names(found).get(each.target, each.target)
    if each.subject:
        table = "projects" if each.what == "start" else "items"
        subject = f"{subject} · {names(found.rest.tables, table, current_language())[each.subject]}"
    return subject


def told_deadline(found: Following, each: Deadline) -> str:
    """What must be done by when."""
    return say(
        "late" if each.late else f"deadline-{each.what}",
        subject=_subject(found, each),
        year=each.year,
        quarter=each.quarter,
        first=each.first_delivery,
        least=shown(each.least),
        proof=say(f"proof-{each.proof}"),
    )
