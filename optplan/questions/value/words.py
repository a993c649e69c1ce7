"""What money is worth, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from optplan.answers.interval import Interval, interval_from
from optplan.answers.words import between, estimate, no_more_than, seen
from optplan.figures.criteria import MeasureIn, criterion_name, measures_of
from optplan.language import current_language, text
from optplan.language.lists import listed
from optplan.questions.value.losses import losses
from optplan.questions.value.places import helps, lever_words
from optplan.tables.content import Tables
from optplan.tables.names import called
from optplan.tables.units import currency_name

MOST_NAMED = 10


def sentences(document: Mapping[str, Any], tables: Tables, language: str | None = None) -> list[str]:
    """The best steps first, by what is proven and then by what is estimated; how many change nothing; then what less would do."""
    language = language or current_language()
    names, currency, measure_in = called(tables, language), currency_name(tables, language), measures_of(tables)
    levers = document["levers"]
    more = [entry for entry in levers if helps(entry)]
    worth = [entry for entry in more if _gain(entry, measure_in)]
    solved = [entry for entry in more if entry["criteria"]]
    open_yet = [entry for entry in more if not entry["criteria"]]
    unproven = [entry for entry in solved if entry not in worth and not all(map(_same, entry["criteria"]))]
    promised = partial(_promises, list(document["base"]), measure_in)
    promising = [entry for entry in (*unproven, *open_yet) if promised(entry)]

    def said_of(kind: str, entry: Mapping[str, Any], gains: list[str]) -> str:
        lever = lever_words(entry, names, currency, language)
        return text("questions", kind, language, lever=lever, gains=listed(gains, language))

    said = [said_of("value-gain", entry, _gains(entry, measure_in, language)) for entry in worth[:MOST_NAMED]]
    if not worth and open_yet:
        none_yet = "value-none-yet" if promising else "value-none-estimated"
        said.append(text("questions", none_yet, language, solved=len(solved), total=len(more)))
    elif not worth:
        said.append(text("questions", "value-below-exactness" if promising else "value-no-gain", language))
    named = promising[: max(0, MOST_NAMED - len(worth))]
    for entry in named:
        told = [
            text(
                "questions", "value-promise" if entry["criteria"] else "value-promise-open", language,
                criterion=criterion_name(each["name"], language),
                estimate=estimate(measure_in(each["name"]), fall, language), most=_most(each, measure_in, language),
            )
            for each, fall in promised(entry)
        ]  # fmt: skip
        said.append(said_of("value-estimate", entry, told))
    numbers = {
        "value-estimate-more": len(promising) - len(named), "value-unsure": sum(not promised(entry) for entry in unproven),
        "value-nothing": sum(bool(entry["criteria"]) and all(map(_same, entry["criteria"])) for entry in more),
    }  # fmt: skip
    said += [text("questions", name, language, number=number) for name, number in numbers.items() if number]
    said += losses([entry for entry in levers if not helps(entry)], names, currency, measure_in, language)
    waiting = sum(not entry["criteria"] and entry["status"] != "infeasible" for entry in levers)
    return said + ([text("questions", "value-waiting", language, number=waiting)] if waiting else [])


def _gain(entry: Mapping[str, Any], measure_in: MeasureIn) -> bool:
    """Whether some criterion is proven to get better, by as much as figures show."""
    return any(interval_from(each["change"]).negative and _shows(each, measure_in) for each in entry["criteria"])


def _shows(each: Mapping[str, Any], measure_in: MeasureIn) -> bool:
    return seen(measure_in(each["name"]), each["change"][1] or 0.0)


def _same(each: Mapping[str, Any]) -> bool:
    return interval_from(each["change"]).zero


def _promises(names: list[str], measure_in: MeasureIn, entry: Mapping[str, Any]) -> list[tuple[Any, float]]:
    """The criteria that fall if units can be divided, as far as figures show, each with how much; solved or not yet.

    What is proven of whole units bounds the estimate.
    """
    criteria = entry["criteria"] or [{"name": name, "change": [None, None]} for name in names]
    falls = [
        min(-change, -interval_from(each["change"]).low) for each, change in zip(criteria, entry["if_divisible"], strict=True)
    ]
    return [(each, fall) for each, fall in zip(criteria, falls, strict=True) if fall > 0 and seen(measure_in(each["name"]), fall)]


def _most(each: Mapping[str, Any], measure_in: MeasureIn, language: str) -> str:
    low = each["change"][0]
    if low is None:
        return text("questions", "value-most-unknown", language)
    return text("questions", "value-most", language, most=no_more_than(measure_in(each["name"]), -low, language))


def _gains(entry: Mapping[str, Any], measure_in: MeasureIn, language: str) -> list[str]:
    told = []
    for each in entry["criteria"]:
        change = interval_from(each["change"])
        if change.negative and _shows(each, measure_in):
            better = between(measure_in(each["name"]), Interval(-change.high, -change.low), language, change=True)
            told.append(
                text("questions", "value-better", language, criterion=criterion_name(each["name"], language), change=better)
            )
    return told
