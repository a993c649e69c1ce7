"""What a step less of money would do, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from optplan.answers.interval import interval_from
from optplan.answers.words import between, no_more_than, seen
from optplan.figures.criteria import MeasureIn, criterion_name
from optplan.language import text
from optplan.language.lists import clauses, in_brackets, listed
from optplan.questions.value.places import Names, lever_words, places

MOST_NAMED = 10


def losses(
    entries: Sequence[Mapping[str, Any]], names: Names, currency: str, measure_in: MeasureIn, language: str
) -> Iterator[str]:
    """Where a step less leaves no plan, where it is proven to make something worse, where it changes nothing, and at most how
    much worse all else becomes."""
    none = [entry for entry in entries if entry["status"] == "infeasible"]
    solved = [entry for entry in entries if entry["criteria"]]
    same = [entry for entry in solved if entry.get("unchanged")]
    worse = [entry for entry in solved if entry not in same and _told(entry, measure_in, language)]
    worse.sort(key=lambda entry: [-round(each["change"][0] or 0.0, 9) for each in entry["criteria"]])  # what hurts most first
    rest = [entry for entry in solved if entry not in same and entry not in worse]

    def said(name: str, some: Sequence[Mapping[str, Any]], **values: Any) -> str:
        told = list(places(some, names, currency, language))
        more = text("questions", "value-places-more", language) if len(told) > MOST_NAMED else ""
        named = clauses(told[:MOST_NAMED], language) + more
        return text("questions", name, language, number=len(some), places=named, **values)

    if none:
        yield said("value-less-impossible", none)
    for entry in worse[:MOST_NAMED]:
        lever = lever_words(entry, names, currency, language)
        yield text("questions", "value-loss", language, lever=lever, losses=listed(_told(entry, measure_in, language), language))
    if len(worse) > MOST_NAMED:
        yield text("questions", "value-loss-more", language, number=len(worse) - MOST_NAMED)
    if same:
        yield said("value-less-unchanged", same)
    if rest:
        yield text(
            "questions", "value-less-mended", language,
            number=len(rest), losses=listed(_most(rest, measure_in, language), language),
        )  # fmt: skip


def _told(entry: Mapping[str, Any], measure_in: MeasureIn, language: str) -> list[str]:
    """The criteria that are proven to get worse, as far as figures show, each by how much."""
    found = []
    for each in entry["criteria"]:
        change, measure = interval_from(each["change"]), measure_in(each["name"])
        if change.low > 0 and seen(measure, change.low):
            worse = between(measure, change, language, change=True)
            found.append(
                text("questions", "value-worse", language, criterion=criterion_name(each["name"], language), change=worse)
            )
    return found


def _most(entries: Sequence[Mapping[str, Any]], measure_in: MeasureIn, language: str) -> Iterator[str]:
    """At most how much worse each criterion becomes by any of the steps."""
    for number, each in enumerate(entries[0]["criteria"]):
        changes = [interval_from(entry["criteria"][number]["change"]) for entry in entries]
        known = [change.high for change in changes if change.known]
        measure, criterion = measure_in(each["name"]), criterion_name(each["name"], language)
        kind = "unknown" if not known else "most" if seen(measure, max(known)) else "same"
        size = no_more_than(measure, max(known), language) if kind == "most" else ""
        said = text("questions", f"value-worse-{kind}", language, criterion=criterion, most=size)
        unknown = text("questions", "value-worse-elsewhere", language, number=len(changes) - len(known))
        yield in_brackets(said, unknown if 0 < len(known) < len(changes) else "", language)
