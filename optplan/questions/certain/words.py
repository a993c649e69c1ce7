"""What is certain, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from optplan.language import current_language, text, year_name
from optplan.language.lists import listed
from optplan.language.numbers import quantity
from optplan.tables.content import Tables
from optplan.tables.names import called

MOST_NAMED = 8


def sentences(document: Mapping[str, Any], tables: Tables, language: str | None = None) -> list[str]:
    """The answer, the most important first."""
    language = language or current_language()
    cells = document["cells"]
    if not cells:
        return [text("questions", "certain-unknown", language)]
    deliveries = [cell for cell in cells if cell["kind"] == "delivery"]
    said = [text("questions", "certain-counts", language, **_counts(deliveries), plans=document["plans"])]
    programmes = document.get("headline", {})
    leading = [cell for cell in deliveries if any(cell["subject"] in items for items in programmes.values())]
    if leading and len(leading) < len(deliveries):
        names = listed((text("views", f"programme-{name}", language) for name in programmes), language)
        said.append(text("questions", "certain-headline", language, **_counts(leading), programmes=names))
    hires = [cell for cell in cells if cell["kind"] == "hires"]
    if hires:
        said.append(text("questions", "certain-hires", language, **_counts(hires)))
    said += _openings(cells, tables, language)
    said += _targets(cells, tables, language)
    unsettled = sum(not cell["settled"] for cell in cells)
    if unsettled:
        said.append(text("questions", "certain-unsettled", language, number=unsettled))
    return said


def range_words(cell: Mapping[str, Any]) -> str:
    """A number of units as a table says it: alone where firm, with its range where it varies, with a question mark where that is
    not known."""
    value, low, high = (_units(cell[end]) for end in ("value", "seen_low", "seen_high"))
    if cell["firm"]:
        return value
    ends = f"{low}–{high}" if cell["firm"] is False else value
    return ends if cell["settled"] else f"{ends} ?"


def _units(value: float) -> str:
    return quantity(Decimal(str(value)))


def _counts(cells: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    return {
        "number": len(cells),
        "firm": sum(cell["firm"] is True for cell in cells),
        "flexible": sum(cell["firm"] is False for cell in cells),
        "unknown": sum(cell["firm"] is None for cell in cells),
    }


def _openings(cells: list[dict[str, Any]], tables: Tables, language: str) -> Iterator[str]:
    names = called(tables, language)["project"]
    never = text("questions", "certain-never", language)
    for cell in [each for each in cells if each["kind"] == "opening"][:MOST_NAMED]:
        name = names.get(cell["subject"], cell["subject"])
        if cell["firm"] is True:
            kind = "certain-never-firm" if cell["value"] is None else "certain-opening-firm"
            yield text("questions", kind, language, project=name, year=cell["value"])
        elif cell["firm"] is False:
            ends = {end: year_name(cell[end]) if cell[end] else never for end in ("seen_low", "seen_high", "low", "high")}
            yield text(
                "questions", "certain-opening-varies", language, project=name, low=ends["seen_low"], high=ends["seen_high"]
            )
            if not cell["settled"]:
                kind = "certain-opening-or-never" if cell["high"] is None else "certain-opening-within"
                yield "  " + text("questions", kind, language, low=ends["low"], high=ends["high"])
        else:
            here = year_name(cell["value"]) if cell["value"] else never
            yield text("questions", "certain-opening-unknown", language, project=name, year=here)


def _targets(cells: list[dict[str, Any]], tables: Tables, language: str) -> Iterator[str]:
    targets = [each for each in cells if each["kind"] == "target"]
    if not targets:
        return
    yield text("questions", "certain-targets", language, **_counts(targets))
    names = called(tables, language)["target"]
    by_years = {row["target"]: year_name(row["by_year"]) for row in tables["targets"]}
    varying = [each for each in targets if each["firm"] is False]
    for cell in sorted(varying, key=lambda each: each["seen_low"] - each["seen_high"])[:MOST_NAMED]:
        least, most = _units(cell["low"]), "" if cell["high"] is None else _units(cell["high"])
        yield text(
            "questions", "certain-target-varies", language, target=names.get(cell["subject"], cell["subject"]),
            year=by_years[cell["subject"]], low=_units(cell["seen_low"]), high=_units(cell["seen_high"]),
        )  # fmt: skip
        if not cell["settled"]:
            kind = "certain-target-within" if most else "certain-target-at-least"
            yield "  " + text("questions", kind, language, low=least, high=most)
    if len(varying) > MOST_NAMED:
        yield text("questions", "certain-targets-more", language, number=len(varying) - MOST_NAMED)
