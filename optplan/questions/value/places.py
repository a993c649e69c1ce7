"""Where a step is, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from optplan.language import text, year_name
from optplan.language.lists import listed
from optplan.language.numbers import exact

Names = Mapping[str, Mapping[str, str]]


def helps(entry: Mapping[str, Any]) -> bool:
    """Whether a step makes more possible: money or recruits more, or a price that falls."""
    less = str(entry["step"]).startswith("-")
    return less if entry["kind"] == "price" else not less


def lever_words(entry: Mapping[str, Any], names: Names, currency: str, language: str) -> str:
    """A lever with its step in words: ``county capital fund, Ying County, 2023: 10 万元 more``."""
    step = Decimal(entry["step"])
    kind = "pool" if entry["kind"] == "cell" and not entry["county"] else entry["kind"]
    subject = names["item" if kind == "price" else "limit"].get(entry["subject"], entry["subject"])
    return text(
        "questions", f"value-lever-{kind}", language,
        fund=names["fund"].get(entry["fund"], entry["fund"]),
        county=names["county"].get(entry["county"], entry["county"]),
        year=entry["year"], subject=subject,
        step=exact(abs(step) * 100 if kind == "price" else abs(step)), currency=currency,
        way=text("questions", "value-more" if step > 0 else "value-less", language),
    )  # fmt: skip


def places(entries: Iterable[Mapping[str, Any]], names: Names, currency: str, language: str) -> Iterator[str]:
    """Where steps are, those of one fund and county together: ``county capital fund, Ying County (2021, 2023)``."""
    years: dict[tuple[str, str], list[int]] = {}
    for entry in entries:
        if entry["kind"] in {"cell", "pool"}:
            years.setdefault((entry["fund"], entry["county"]), []).append(entry["year"])
    for (fund, county), own in years.items():
        place = listed([names["fund"].get(fund, fund), *([names["county"].get(county, county)] if county else [])], language)
        yield text("questions", "value-place", language, place=place, years=listed(map(year_name, sorted(own)), language))
    for entry in entries:
        if entry["kind"] not in {"cell", "pool"}:
            yield lever_words(entry, names, currency, language)
