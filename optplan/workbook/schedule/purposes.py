"""What a county's goods and projects that a fund may pay for cost in a year, as live formulas (model.md §3.7, ``fund_uses``)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from optplan.figures.figures import ZERO
from optplan.schedule import YUAN, from_yuan
from optplan.tables.declarations import SPENDING_CLASSES
from optplan.workbook.book import Formula

if TYPE_CHECKING:
    from optplan.tables.content import Row
    from optplan.workbook.schedule.county import CountySheet

Term = tuple[str, Decimal]  # a part of a formula, and its value


def cost_of_use(place: CountySheet, use: Row, year: int) -> Formula:
    """K of a row of ``fund_uses``: what it names costs the county in the year, in its class or in both."""
    figures = place.figures
    items = [] if use["project"] else [row for row in figures.items if row["item"] in figures.members[use["group"]]]
    named = {row["item"] for row in items}
    projects = [row for row in place.projects if row["item"] in named or row["project"] == use["project"]]
    goods, works = list[Term](), list[Term]()
    for kind in SPENDING_CLASSES if use["class"] is None else (use["class"],):
        capital = kind == SPENDING_CLASSES[0]
        for item in items:
            goods += _ordered(place, item, year) if capital else _in_service(place, item["item"], year)
        for project in projects:
            works.append(_project(place, project, year, "capital" if capital else "running"))
    total = sum((value for _, value in goods), ZERO).quantize(YUAN, ROUND_HALF_UP)
    text = f"ROUND({'+'.join(text for text, _ in goods)},4)" if goods else "0"
    return Formula("+".join([text, *(text for text, _ in works)]), total + sum((value for _, value in works), ZERO))


def _ordered(place: CountySheet, item: Row, year: int) -> Iterator[Term]:
    """What falls due in the year for what is delivered in it, or later where goods are paid from their order on."""
    for later in (at for at in place.figures.years if year <= at <= year + item["lead_years"]):
        orders = place.figures.prices.order(item["item"], place.county, later)
        yield from _each(place, item["item"], later, sum(due for at, due in orders if at == year))


def _in_service(place: CountySheet, item: str, year: int) -> Iterator[Term]:
    """What running what was delivered costs, for as long as it stands."""
    price = place.figures.prices.of(item, place.county, year)
    for past in place.figures.still_standing(item, year):
        yield from _each(place, item, past, price.first_year if past == year else price.annual)


def _each(place: CountySheet, item: str, delivered: int, yuan: int) -> Iterator[Term]:
    """What so much for each unit delivered in a year comes to."""
    if yuan:
        price = from_yuan(yuan)
        yield (
            f"{price.normalize():f}*{place.cell('item', item, delivered)}",
            price * place.figures.x(item, place.county, delivered),
        )


def _project(place: CountySheet, project: Row, year: int, kind: str) -> Term:
    figures, start = place.figures, place.figures.starts.get(project["project"])
    cell = place.cell(kind, project["project"], year)
    if start is None:
        return cell, ZERO
    return cell, (
        figures.instalment(project["project"], start, year) if kind == "capital" else figures.running(project, start, year)
    )
