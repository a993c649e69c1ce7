"""What a wish costs, in sentences that a clerk understands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from optplan.answers.interval import Interval, interval_from
from optplan.answers.words import between, figure
from optplan.figures.criteria import criterion_name
from optplan.language import current_language, text
from optplan.language.lists import listed
from optplan.questions.conflicts import reasons
from optplan.questions.moves import move_sentence
from optplan.tables.content import Tables
from optplan.tables.units import currency_name

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
    currency = currency_name(tables, language)
    said = [text("questions", "why-not-possible", language, wishes=wishes)]
    said += [_criterion(each, currency, language) for each in document["criteria"]]
    said += _moves(document, tables, language)
    if document["not_proven"]:
        names = listed((criterion_name(name, language) for name in document["not_proven"]), language)
        said.append(text("questions", "not-proven-yet", language, criteria=names))
    return said


def _criterion(entry: Mapping[str, Any], currency: str, language: str) -> str:
    """By how much a criterion changes, as far as it is proven: for better, for worse, not at all, or open."""
    change, after = interval_from(entry["change"]), interval_from(entry["after"])
    name = criterion_name(entry["name"], language)
    now = between(entry["name"], Interval(after.high, after.high), currency, language)
    kind = "open"
    if not _seen(entry["name"], change.low) and not _seen(entry["name"], change.high):
        kind = "same"
    elif _seen(entry["name"], change.low) and change.low > 0:
        kind = "worse"
    elif _seen(entry["name"], change.high) and change.high < 0:
        kind = "better"
    elif change.low >= 0:
        kind = "at-most"
    unit = between(entry["name"], Interval(change.high, change.high), currency, language, change=True)
    return text(
        "questions", f"criterion-{kind}", language,
        criterion=name, change=between(entry["name"], _size(change), currency, language, change=True), most=unit, now=now,
    )  # fmt: skip


def _size(change: Interval) -> Interval:
    """What is better by so much, without its sign."""
    return Interval(-change.high, -change.low) if change.high <= 0 else change


def _seen(criterion: str, value: float) -> bool:
    """Whether a change shows in the figures that are printed."""
    return any(digit in figure(criterion, value) for digit in "123456789")


def _moves(document: Mapping[str, Any], tables: Tables, language: str) -> Iterator[str]:
    moved = document["moves"]
    if not moved:
        return
    yield text("questions", "moves-first", language, number=len(moved))
    for entry in moved[:MOST_MOVES]:
        yield move_sentence(entry, tables, language)
    if len(moved) > MOST_MOVES:
        yield text("questions", "moves-more", language, number=len(moved) - MOST_MOVES)
