"""What must hold, where it is not said one by one: every target in full, or as far as the plan comes; a year's standards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from optplan.answers.wishes import Wish, read_wishes
from optplan.language import LANGUAGES, text
from optplan.language.numbers import decimal_of
from optplan.plan import Plan
from optplan.tables.names import Names

TARGETS, STANDARDS = "targets", "standards"


def wished(plan: Plan, asked: Iterable[str | Wish]) -> tuple[Wish, ...]:
    """The wishes; ``targets`` stands for every target in full, ``standards`` for no gap to any standard in the last year."""
    found: list[str | Wish] = []
    for each in asked:
        if each == TARGETS:
            found += in_full(plan)
        elif each == STANDARDS:
            found += standards_of(plan, plan.last_year)
        else:
            found.append(each)
    return read_wishes(plan, found) if found else ()


def told(plan: Plan, asked: Sequence[str | Wish]) -> list[dict[str, str]]:
    """What was wished, as written and in words; what stands for many wishes as one."""
    found = []
    for each in asked:
        if each in {TARGETS, STANDARDS}:
            words = {language: text("questions", f"reach-said-{each}", language) for language in LANGUAGES}
            found.append({"wish": str(each), **words})
        else:
            (wish,) = read_wishes(plan, [each])
            words = {language: wish.words(Names(plan.tables, language)) for language in LANGUAGES}
            found.append({"wish": wish.written, **words})
    return found


def in_full(plan: Plan) -> list[Wish]:
    """Every target delivered in full."""
    return [Wish("target", target.target, quantity=decimal_of(target.total)) for target in plan.targets if target.total]


def standards_of(plan: Plan, year: int) -> list[Wish]:
    """No gap to any standard in one year."""
    return [
        Wish("standard", each.standard, each.county, each.year) for each in plan.requirements if each.year == year and each.counts
    ]


def as_far_as(plan: Plan, delivered: Sequence[tuple[str, Decimal]]) -> list[Wish]:
    """Every target as far as a plan delivers it, but no further than in full."""
    total = {target.target: decimal_of(target.total) for target in plan.targets}
    return [Wish("target", target, quantity=min(total[target], each)) for target, each in delivered if min(total[target], each)]
