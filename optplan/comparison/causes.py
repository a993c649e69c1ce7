"""Why one result differs from another, as far as the two show it: what was asked differently, and what that money, stations,
targets and standards made of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from optplan.comparison.differences import changed_rows
from optplan.comparison.figures import Side
from optplan.comparison.sides import Sides
from optplan.figures.figures import ZERO, Figures
from optplan.figures.projects import ProjectYears, projects
from optplan.figures.shortfalls import Gap, gaps, shortfalls
from optplan.language import bilingual, text
from optplan.language.lists import listed
from optplan.language.numbers import amount, quantity

MOST = 4  # lines of each kind


def causes(comparison: Sides, figures: tuple[Figures | None, Figures | None], at: int) -> list[str]:
    """What sets the result number ``at`` apart from the first, a sentence each; ``figures``: those of the first, and its own."""
    first, other = comparison.sides[0], comparison.sides[at]
    found = [*_asked(comparison, first, other), *_unproven(first, other)]
    before, now = figures
    if before is not None and now is not None:
        found += [*_money(before, now), *_stations(before, now), *_missed(before, now), *_wider(before, now)]
    return found


def _say(name: str, /, **values: object) -> str:
    return text("views", name, None, **values)


def _asked(comparison: Sides, first: Side, other: Side) -> Iterator[str]:
    """Decision model and inputs."""
    if first.result.document["model"] != other.result.document["model"]:
        yield _say("cause-model", first=_model(first), other=_model(other))
    tables = Counter(change.table for change in changed_rows(comparison) if change.label == other.label)
    if tables:
        shown = listed(_say("cause-table", table=table, number=number) for table, number in tables.items())
        yield _say("cause-inputs", number=tables.total(), tables=shown)
    else:
        yield _say("cause-same-inputs")


def _unproven(first: Side, other: Side) -> Iterator[str]:
    stopped = [side.label for side in (first, other) if side.result.status == "feasible"]
    if stopped:
        yield _say("cause-unproven", labels=listed(stopped))


def _money(before: Figures, now: Figures) -> Iterator[str]:
    """Counties, and pools, that are given more or less; what they then spend more or less."""
    given = {holder: now_given - was for holder, (was, now_given) in _given(before, now).items() if now_given != was}
    for holder, more in sorted(given.items(), key=lambda each: -abs(each[1]))[:MOST]:
        if holder:
            spent = _spent(now, holder) - _spent(before, holder)
            yield _say(
                "cause-money", county=now.county_names[holder], given=_signed(more), spent=_signed(spent), currency=now.currency
            )
        else:
            yield _say("cause-pool", given=_signed(more), currency=now.currency)
    if len(given) > MOST:
        yield _say("cause-more-money", number=len(given) - MOST)


def _given(before: Figures, now: Figures) -> dict[str, tuple[Decimal, Decimal]]:
    sums: dict[str, list[Decimal]] = {}
    for place, figures in enumerate((before, now)):
        for (_, holder, _), entry in figures.balances.items():
            sums.setdefault(holder or "", [ZERO, ZERO])[place] += Decimal(entry["amount"])
    return {holder: (was, is_) for holder, (was, is_) in sums.items() if not holder or holder in now.county_names}


def _spent(figures: Figures, county: str) -> Decimal:
    return sum((cost for (where, _, _), cost in figures.costs.items() if where == county), ZERO)


def _stations(before: Figures, now: Figures) -> Iterator[str]:
    """Projects that open at another time, or not at all."""
    was = {each.project: each for each in projects(before)}
    moved = [(was[each.project], each) for each in projects(now) if each.project in was and each.opens != was[each.project].opens]
    for old, new in moved[:MOST]:
        yield _say("cause-project", name=new.name, before=_opening(old), now=_opening(new))


def _opening(project: ProjectYears) -> str:
    return _say("cause-not-built") if project.opens is None else _say("cause-opens", year=project.opens)


def _missed(before: Figures, now: Figures) -> Iterator[str]:
    """Targets that fall shorter than before, with the reason."""
    was = {each.name: each.shortfall for each in shortfalls(before)}
    for each in [short for short in shortfalls(now) if short.shortfall > was.get(short.name, ZERO)][:MOST]:
        more = each.shortfall - was.get(each.name, ZERO)
        yield _say("cause-missed", name=each.name, more=quantity(more), reason=each.reason)


def _wider(before: Figures, now: Figures) -> Iterator[str]:
    """Standards that are further away at the end, with the reason."""
    was = {_where(each): each.gap for each in gaps(before, before.last, "")}
    wider = [each for each in gaps(now, now.last, _say("cause-staffing")) if each.gap > was.get(_where(each), ZERO)]
    for each in wider[:MOST]:
        more = quantity(each.gap - was.get(_where(each), ZERO))
        county = now.county_names[each.county]
        yield _say("cause-wider", county=county, name=each.name, more=more, reason=each.reason)
    if len(wider) > MOST:
        yield _say("cause-more-wider", number=len(wider) - MOST)


def _where(gap: Gap) -> tuple[str, str]:
    return gap.county, gap.name if gap.standard else ""


def _model(side: Side) -> str:
    content = side.result.document["model_content"]
    return bilingual(content["title"], content.get("title_en"))


def _signed(value: Decimal) -> str:
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{amount(abs(value))}"
