"""A result and a comparison as tables on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from optplan.console.terminal import tables
from optplan.figures import lapses, loans
from optplan.figures.criteria import Measure, measures_of
from optplan.figures.figures import Figures
from optplan.figures.proven import proven_of, standing
from optplan.figures.summary import Summary, summarise
from optplan.language import current_language, text, year_name
from optplan.language.numbers import amount, quantity, seconds

if TYPE_CHECKING:
    from rich.console import Console

    from optplan.repairs import Standing
    from optplan.result import Result
    from optplan.tables.content import Tables

MOST_LAPSES = 5
MOST_GAPS = 10  # rows of the table of gaps; the result file has them all
Shown = tuple[str, Sequence[str], Sequence[Sequence[str]]]  # a table: its title, headers and rows


def _say(name: str, **values: Any) -> str:
    return text("cli", name, None, **values)


def show_result(result: Result, console: Console) -> None:
    """How good the plan is and how that is proven, what it delivers and when, who pays, what falls short."""
    console.print(standing(result.document)[0], style="bold")
    if not result.has_schedule:
        if rule := result.document.get("broken_rule"):
            console.print(_say("broken-rule", rule=text("cli", f"rule-{rule[0]}"), where=" ".join(rule[1:])))
        return
    if fault := result.document["made_with"].get("fault"):
        console.print(_say("search-died", fault=fault))
    summary = summarise(result, current_language())
    tables((_criteria(result), _deliveries(summary), _money(summary), _gaps(summary)), console)
    figures = Figures(result)
    for line in (*loans.sentences(figures), *lapses.sentences(figures, MOST_LAPSES)):
        console.print(line)
    if summary.assumptions:
        console.print(_say("assumptions-used", number=summary.assumptions, rows=summary.rows))
    console.print(_say("sealed", seal=result.document["seal"]["sha256"][:16]))


def _heads(*names: str, **values: Any) -> list[str]:
    return [_say(f"column-{name}", **values) for name in names]


def _criteria(result: Result) -> Shown:
    heads = [text("proven", f"column-{name}") for name in ("criterion", "plan", "bound", "difference", "state")]
    levels = zip(proven_of(result.document, result.tables()), result.document["criteria"], strict=True)
    rows = [(level.name, *level.figures, level.state, seconds(entry["seconds"])) for level, entry in levels]
    return _say("table-criteria"), [*heads, _say("column-seconds")], rows


def _deliveries(summary: Summary) -> Shown:
    heads = [*_heads("target"), *map(year_name, summary.years), *_heads("delivered", "total", "short")]
    rows = [
        (
            target.name,
            *map(quantity, target.by_year),
            quantity(target.delivered),
            quantity(target.total),
            quantity(target.shortfall) if target.shortfall else "",
        )
        for target in summary.targets
    ]
    return _say("table-deliveries"), heads, rows


def _money(summary: Summary) -> Shown:
    heads = [*_heads("payer", currency=summary.currency), *map(year_name, summary.open_years), *_heads("sum")]
    rows = [(payer.name, *map(amount, payer.by_year), amount(sum(payer.by_year, Decimal(0)))) for payer in summary.payers]
    return _say("table-money"), heads, rows


def _gaps(summary: Summary) -> Shown:
    rows = [
        (gap.standard, gap.county, quantity(gap.required), quantity(gap.stock), quantity(gap.gap))
        for gap in summary.gaps[:MOST_GAPS]
    ]
    return _say("table-gaps"), _heads("standard", "county", "required", "stock", "gap-units"), rows


def show_standings(standings: Iterable[Standing], plan: Tables, console: Console) -> None:
    """How an edited schedule of ``plan`` stands in each criterion."""
    measure_in = measures_of(plan)
    rows = [
        (of.name, of.figure(each.value), of.figure(each.had), of.bound(each.bound), _above(of, each.distance))
        for each in standings
        for of in [measure_in(each.name)]
    ]
    tables([(_say("table-standings"), _heads("criterion", "edited", "had", "bound", "distance"), rows)], console)


def _above(measure: Measure, distance: float) -> str:
    """How far a value is above a bound, or below it."""
    return ("−" if distance < 0 else "") + measure.distance(abs(distance))
