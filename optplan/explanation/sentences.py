"""An explanation in words: why there is no plan, what would do, and what is not known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from optplan.document.file import tables_within
from optplan.explanation.words import AREA
from optplan.figures.criteria import MeasureIn, measures_of
from optplan.figures.proven import proven_at
from optplan.language import current_language, speaking, text
from optplan.language.lists import clauses, listed
from optplan.tables.declarations import TABLES
from optplan.tables.labels import table_label

SHORT = 6  # sentences of a conflict that are told where there is little room
MOST_PLACES, SOME_PLACES = 6, 2  # cells of one sentence: all of so many, else the first of them; the workbook has all
NOT_PROVEN = 12  # rules that are told of a conflict that nobody had the time to make small


def told_lines(conflict: Mapping[str, Any]) -> tuple[Sequence[Mapping[str, Any]], int]:
    """The lines of a conflict that are told, all of one that was made small, and how many there are besides."""
    shown = conflict["lines"] if conflict["irreducible"] else conflict["lines"][:NOT_PROVEN]
    return shown, len(conflict["lines"]) - len(shown)


def told(document: Mapping[str, Any], language: str | None = None) -> list[str]:
    """The answer, the conflicts first, a line a cell with its place."""
    language = language or current_language()
    say, lines = _sayer(language), told_conflicts(document, language)
    if document["status"] != "infeasible" or not document["conflicts"]:
        return lines
    if not document["complete"]:
        lines.append(say("conflicts-more"))
    repairs, measure_in = document["repairs"], measures_of(tables_within(document))
    lines.append(say("repairs-none") if not repairs else say("repairs", number=len(repairs)))
    for number, repair in enumerate(repairs, 1):
        measured = any(step["impossible_at"] is not None for step in repair["steps"]) or not repair["least"]
        least = say("repair-least" if repair["least"] else "repair-not-least") if measured else ""
        lines.append(f"  {number}. {repair['messages'][language]}{least}")
        worth = worth_of(repair, measure_in, language)
        if worth:
            lines.append(f"     {worth}")
    return lines


def told_conflicts(document: Mapping[str, Any], language: str | None = None) -> list[str]:
    """Whether there is a plan, and where there is none, which rules exclude each other."""
    language = language or current_language()
    say = _sayer(language)
    if document["status"] != "infeasible":
        return [say(f"status-{document['status']}")]
    conflicts = document["conflicts"]
    if not conflicts:
        return [say("status-infeasible"), say("conflict-unknown")]
    lines = [say("status-infeasible")]
    for number, conflict in enumerate(conflicts, 1):
        code = "conflict-proven" if conflict["irreducible"] else "conflict-not-proven"
        lines.append(say(code, number=number, of=len(conflicts), rows=len(conflict["cells"])))
        shown, more = told_lines(conflict)
        for line in shown:
            places = listed(places_of(conflict, line, language), language)
            lines.append("  " + say("line", sentence=line["messages"][language], places=places))
        if more:
            lines.append("  " + say("lines-more", number=more))
    return lines


def places_of(conflict: Mapping[str, Any], line: Mapping[str, Any], language: str) -> list[str]:
    """Where the cells of a conflict's line stand: in which file, or of the plan of a result in which table and row."""
    cells = {cell["place"]: cell for cell in conflict["cells"]}

    def told(place: str) -> str:
        cell = cells[place]
        if cell["file"] or cell["sheet"]:
            return place
        with speaking(language):
            return text(AREA, "place-row", language, table=table_label(TABLES[cell["table"]]), row=cell["row"])

    places = [told(place) for place in line["places"] if place]
    if len(places) <= MOST_PLACES:
        return places
    return [*places[:SOME_PLACES], text(AREA, "places-more", language, number=len(places) - SOME_PLACES)]


def in_short(document: Mapping[str, Any], language: str | None = None) -> str:
    """The first conflict in one sentence."""
    language = language or current_language()
    say = _sayer(language)
    if not document["conflicts"]:
        return say("conflict-unknown")
    sentences = [line["messages"][language] for line in document["conflicts"][0]["lines"]]
    more = len(sentences) - SHORT
    rules = clauses(sentences[:SHORT], language) + (say("and-more", number=more) if more > 0 else "")
    return say("conflict-short", rules=rules)


def worth_of(repair: Mapping[str, Any], measure_in: MeasureIn, language: str) -> str:
    """What the plan is worth after a repair: each criterion, or between what it is proven to be."""
    say = _sayer(language)
    if not repair["criteria"]:
        return say("worth-unknown")
    return say("worth", criteria=criteria_in_words(repair["criteria"], measure_in, language))


def criteria_in_words(criteria: Sequence[Mapping[str, Any]], measure_in: MeasureIn, language: str) -> str:
    """Each criterion, or between what it is proven to be."""
    say = _sayer(language)
    parts = []
    with speaking(language):
        for each in criteria:
            bound, value = each["interval"]
            at = proven_at(measure_in(each["name"]), value, bound)
            shown = {"criterion": at.name, "value": at.figures[0], "bound": at.figures[1]}
            parts.append(say("worth-between" if at.difference else "worth-one", **shown))
    return clauses(parts, language)


def _sayer(language: str) -> Callable[..., str]:
    return lambda name, **values: text(AREA, name, language, **values)
