"""What it takes, in sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from optplan.answers.interval import interval_from
from optplan.answers.words import between
from optplan.figures.criteria import measures_of
from optplan.language import current_language, text, year_name
from optplan.language.lists import listed
from optplan.language.numbers import amount, exact_percent
from optplan.questions.conflicts import reasons
from optplan.tables.content import Tables
from optplan.tables.names import called
from optplan.tables.units import currency_name

MOST_NAMED = 4


def sentences(document: Mapping[str, Any], tables: Tables, language: str | None = None) -> list[str]:
    """The answer, the most important first."""
    language = language or current_language()
    by = document["asked"]["by"]
    ways = {"money": _money, "years": _years, "cut": _steps, "price": _steps}
    return [*ways[by](document, tables, language), *reasons(document, language)]


def _wishes(document: Mapping[str, Any], language: str) -> str:
    written = [each[language] for each in document["wishes"]]
    if not written:
        return text("questions", f"reach-{document['asked']['by']}-default", language)
    more = text("questions", "reach-more-wishes", language, number=len(written) - MOST_NAMED) if len(written) > MOST_NAMED else ""
    return listed(written[:MOST_NAMED], language) + more


def _money(document: Mapping[str, Any], tables: Tables, language: str) -> Iterator[str]:
    wishes, least = _wishes(document, language), document["least"]
    if least is None:
        yield text("questions", f"reach-money-{document['status']}", language, wishes=wishes)
        return
    currency = currency_name(tables, language)
    interval = interval_from(least)
    if interval.high <= 0:
        yield text("questions", "reach-money-nothing", language, wishes=wishes)
        return
    shown = amount(interval.high)
    yield text(
        "questions", "reach-money-least", language, wishes=wishes, most=shown, least=amount(interval.low), currency=currency
    )
    if (already := document["already"]) and already[1]:
        said = between(measures_of(tables)("request"), interval_from(already), language)
        yield text("questions", "reach-money-already", language, already=said)
    names = called(tables, language)["county"]
    by_county: dict[str, Decimal] = defaultdict(Decimal)
    by_year: dict[int, Decimal] = defaultdict(Decimal)
    for each in document["requests"]:
        by_county[each["county"]] += Decimal(each["amount"])
        by_year[each["year"]] += Decimal(each["amount"])
    counties = sorted(by_county.items(), key=lambda item: -item[1])
    whom = listed((f"{names.get(county, county)} {amount(money)}" for county, money in counties), language)
    when = listed((f"{year_name(year)}: {amount(money)}" for year, money in sorted(by_year.items())), language)
    yield text("questions", "reach-money-whom", language, whom=whom, when=when, currency=currency)


def _years(document: Mapping[str, Any], tables: Tables, language: str) -> Iterator[str]:
    if document["possible"] is None:
        yield text("questions", f"reach-years-{document['status']}", language)
        return
    yield text("questions", "reach-years-possible", language, year=int(document["possible"]))
    before = [year_name(int(each["at"])) for each in document["tried"] if each["at"] < document["possible"]]
    if before:
        name = "reach-years-not-before" if document["status"] == "answered" else "reach-years-before-open"
        yield text("questions", name, language, years=listed(before, language))


def _steps(document: Mapping[str, Any], tables: Tables, language: str) -> Iterator[str]:
    by, wishes = document["asked"]["by"], _wishes(document, language)
    fund = document["asked"]["fund"]
    whose = called(tables, language)["fund"].get(fund, fund) if fund else text("questions", "reach-all-funds", language)
    if document["possible"] is None:
        yield text("questions", f"reach-{by}-{document['status']}", language, wishes=wishes)
        return
    possible = exact_percent(Decimal(document["possible"]))
    yield text("questions", f"reach-{by}-possible", language, share=possible, fund=whose, wishes=wishes)
    if document["possible"] == document["most"]:
        yield text("questions", "reach-no-further", language)
    elif document["impossible"] is not None:
        yield text("questions", f"reach-{by}-not-beyond", language, share=exact_percent(Decimal(document["impossible"])))
    if document["status"] == "partly":
        yield text("questions", "reach-open-between", language)
