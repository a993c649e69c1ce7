"""What a wish costs, in sentences that a clerk understands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from optplan.answers.interval import Interval, interval_from
from optplan.answers.words import between, seen
from optplan.figures.criteria import Measure, criterion_name, measures_of
from optplan.language import current_language, text
from optplan.language.lists import listed
from optplan.questions.conflicts import reasons
from optplan.questions.moves import move_sentence
from optplan.tables.content import Tables

MOST_MOVES = 6  # that are told one by one


def sentences(document: Mapping[str, Any], tables: Tables, language: str | None = None) -> list[str]:
    """The answer, the most important first."""
    language = language or current_language()
    wishes = listed((each[language] for each in document["wishes"]), language)
    if document["granted"]:
        return [text("questions", "why-not-granted", language, wishes=wishes)]
    if document["status"] == "impossible":
        return [text("questions", "why-not-impossible", language, wishes=wishes), *reasons(document, language)]
    if document["status"] == "unknown":
        return [text("questions", "why-not-unknown", language, wishes=wishes)]
    measure_in = measures_of(tables)
    said = [text("questions", "why-not-possible", language, wishes=wishes)]
    said += [_criterion(each, measure_in(each["name"]), language) for each in document["criteria"]]
    said += _moves(document, tables, language)
    if document["not_proven"]:
        names = listed((criterion_name(name, language) for name in document["not_proven"]), language)
        said.append(text("questions", "not-proven-yet", language, criteria=names))
    return said


def _criterion(entry: Mapping[str, Any], measure: Measure, language: str) -> str:
    """By how much a criterion changes, as far as it is proven: for better, for worse, not at all, open, or not known."""
    change, after = interval_from(entry["change"]), interval_from(entry["after"])
    name = criterion_name(entry["name"], language)
    now = between(measure, Interval(after.high, after.high), language)
    kind = "open"
    if not change.known:
        kind = "unknown"
    elif not seen(measure, change.low) and not seen(measure, change.high):
        kind = "same"
    elif seen(measure, change.low) and change.low > 0:
        kind = "worse"
    elif seen(measure, change.high) and change.high < 0:
        kind = "better"
    elif change.low >= 0:
        kind = "at-most"
    unit = between(measure, Interval(change.high, change.high), language, change=True)
    return text(
        "questions", f"criterion-{kind}", language,
        criterion=name, change=between(measure, _size(change), language, change=True), most=unit, now=now,
    )  # fmt: skip


def _size(change: Interval) -> Interval:
    """What is better by so much, without its sign."""
    return Interval(-change.high, -change.low) if change.high <= 0 else change


def _moves(document: Mapping[str, Any], tables: Tables, language: str) -> Iterator[str]:
    moved = document["moves"]
    if not moved:
        return
    yield text("questions", "moves-first", language, number=len(moved))
    for entry in moved[:MOST_MOVES]:
        yield move_sentence(entry, tables, language)
    if len(moved) > MOST_MOVES:
        yield text("questions", "moves-more", language, number=len(moved) - MOST_MOVES)
