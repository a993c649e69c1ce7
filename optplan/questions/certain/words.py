"""What is certain, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from optplan.language import current_language, text
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
    said = [
        text(
            "questions", "certain-counts", language, number=len(deliveries),
            firm=sum(cell["firm"] is True for cell in deliveries), flexible=sum(cell["firm"] is False for cell in deliveries),
            unknown=sum(cell["firm"] is None for cell in deliveries), plans=document["plans"],
        )
    ]  # fmt: skip
    said += _openings(cells, tables, language)
    said += _targets(cells, tables, language)
    unsettled = sum(not cell["settled"] for cell in cells)
    if unsettled:
        said.append(text("questions", "certain-unsettled", language, number=unsettled))
    return said


def _openings(cells: list[dict[str, Any]], tables: Tables, language: str) -> Iterator[str]:
    names = called(tables, language)["project"]
    never = text("questions", "certain-never", language)
    for cell in [each for each in cells if each["kind"] == "opening"][:MOST_NAMED]:
        name = names.get(cell["subject"], cell["subject"])
        if cell["firm"] is True:
            kind = "certain-never-firm" if cell["value"] is None else "certain-opening-firm"
            yield text("questions", kind, language, project=name, year=cell["value"])
        elif cell["firm"] is False:
            ends = [str(cell[end] or never) for end in ("seen_low", "seen_high")]
            yield text("questions", "certain-opening-varies", language, project=name, low=ends[0], high=ends[1])


def _targets(cells: list[dict[str, Any]], tables: Tables, language: str) -> Iterator[str]:
    targets = [each for each in cells if each["kind"] == "target"]
    if not targets:
        return
    firm = [each for each in targets if each["firm"] is True]
    yield text("questions", "certain-targets", language, number=len(targets), firm=len(firm))
    names = called(tables, language)["target"]
    varying = [each for each in targets if each["firm"] is False]
    for cell in sorted(varying, key=lambda each: each["seen_low"] - each["seen_high"])[:MOST_NAMED]:
        yield text(
            "questions", "certain-target-varies", language, target=names.get(cell["subject"], cell["subject"]),
            low=f"{cell['seen_low']:g}", high=f"{cell['seen_high']:g}",
        )  # fmt: skip
