"""Why something is missing, in words: what could be had for nothing, what holds the rest, what would do, what it displaces."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from optplan.document.file import tables_within
from optplan.explanation.sentences import criteria_in_words, places_of, told_lines
from optplan.explanation.words import AREA
from optplan.figures.criteria import measures_of
from optplan.language import text
from optplan.language.lists import clauses, listed
from optplan.language.numbers import quantity


def told_missing(document: Mapping[str, Any], language: str) -> list[str]:
    """The answer, a line each."""

    def say(name: str, **values: Any) -> str:
        return text(AREA, name, language, **values)

    lines = told_least(document, language)
    if document["status"] == "feasible":
        return [*lines, *_criteria(document, say, language)]
    conflicts = document["conflicts"]
    if document["status"] == "unknown":
        bound = document["missing_at_least"][0]
        lines.append(say("missing-unknown-least", bound=_units(bound)) if bound else say("missing-unknown"))
    elif not conflicts:
        lines.append(say("missing-not-singled-out"))
    lines += told_held(document, language)
    if document.get("kinds"):
        lines.append(say("missing-kinds"))
    for each in document.get("kinds", []):
        lines.append("  " + say("missing-kind", kind=say(f"kind-{each['kind']}"), status=say(f"kind-{each['status']}")))
    if conflicts:
        lines.append(say("missing-repairs" if document["repairs"] else "repairs-none"))
    for number, repair in enumerate(document["repairs"], 1):
        lines.append(
            f"  {number}. {repair['messages'][language]}{say('repair-least' if repair['least'] else 'repair-not-least')}"
        )
    lines += _displaced(document, say, language)
    return [*lines, *_criteria(document, say, language)]


def told_so_far(document: Mapping[str, Any], language: str) -> list[str]:
    """What is known while the rest is still looked for."""
    return [*told_least(document, language), *told_held(document, language)]


def told_held(document: Mapping[str, Any], language: str) -> list[str]:
    """What holds it: each conflict, a line a rule."""

    def say(name: str, **values: Any) -> str:
        return text(AREA, name, language, **values)

    lines, conflicts = list[str](), document["conflicts"]
    for number, conflict in enumerate(conflicts, 1):
        proven = say("missing-proven" if conflict["irreducible"] else "missing-not-proven")
        group = say("missing-group", number=number, of=len(conflicts)) if len(conflicts) > 1 else ""
        lines.append(say("missing-held", group=group, proven=proven))
        shown, more = told_lines(conflict)
        for line in shown:
            places = listed(places_of(conflict, line, language), language)
            sentence = line["messages"][language]
            lines.append("  " + (say("line", sentence=sentence, places=places) if places else sentence))
        if more:
            lines.append("  " + say("lines-more", number=more))
    return lines


def told_least(document: Mapping[str, Any], language: str) -> list[str]:
    """What is missing, and how much of it need not be."""
    bound, least = document["missing_at_least"]
    lines = [text(AREA, "missing-lacking", language, what=document["what"][language], lacking=document["asked"]["lacking"])]
    if document["status"] == "feasible":
        lines.append(text(AREA, "missing-free-all", language))
    elif least < float(document["asked"]["lacking"]):
        lines.append(text(AREA, "missing-free", language, least=_units(least), bound=_units(bound)))
    return lines


def _displaced(document: Mapping[str, Any], say: Callable[..., str], language: str) -> list[str]:
    displaced = document.get("displaced")
    if displaced is None:
        return []
    if displaced["status"] != "possible":
        return [say("missing-displaced-impossible" if displaced["status"] == "impossible" else "missing-displaced-none")]
    each = [say("displaced-one", what=one["messages"][language], units=_units(one["units"])) for one in displaced["what"]]
    bound, value = displaced["units"]
    return [say("missing-displaced", what=clauses(each, language), bound=_units(bound), value=_units(value))]


def _criteria(document: Mapping[str, Any], say: Callable[..., str], language: str) -> list[str]:
    if not document["before"]:
        return []
    measure_in = measures_of(tables_within(document))
    lines = [say("missing-before", criteria=criteria_in_words(document["before"], measure_in, language))]
    if document["after"]:
        lines.append(say("missing-after", criteria=criteria_in_words(document["after"], measure_in, language)))
    return lines


def _units(value: float) -> str:
    return quantity(Decimal(str(round(value, 2))))
