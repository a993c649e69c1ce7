"""A result and a comparison as tables on a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.measure import Measurement
from rich.table import Table

from optplan.document.good_enough import is_good_enough
from optplan.figures import lapses, loans
from optplan.figures.figures import Figures
from optplan.figures.summary import Summary, summarise
from optplan.language import current_language, text
from optplan.language.numbers import amount, quantity, score

if TYPE_CHECKING:
    from optplan.repairs import Standing
    from optplan.result import Result

MOST_LAPSES = 5
MOST_GAPS = 10  # rows of the table of gaps; the result file has them all
_WIDEST = 1_000  # characters of a line, where figures ask for it
_HAS_WORDS = re.compile(r"[^\W\d_]")


def _say(name: str, **values: Any) -> str:
    return text("cli", name, None, **values)


def show_result(result: Result, console: Console) -> None:
    """How good the plan is and how that is proven, what it delivers and when, who pays, what falls short."""
    good = result.status == "feasible" and is_good_enough(result.document)
    console.print(_say("status-good" if good else f"status-{result.status}"), style="bold")
    if not result.has_schedule:
        if rule := result.document.get("broken_rule"):
            console.print(_say("broken-rule", rule=text("cli", f"rule-{rule[0]}"), where=" ".join(rule[1:])))
        return
    if fault := result.document["made_with"].get("fault"):
        console.print(_say("search-died", fault=fault))
    summary = summarise(result, current_language())
    for table in (_criteria(result), _deliveries(summary), _money(summary), _gaps(summary)):
        if table.rows:
            console.print(table)
    figures = Figures(result)
    for line in (*loans.sentences(figures), *lapses.sentences(figures, MOST_LAPSES)):
        console.print(line)
    if summary.assumptions:
        console.print(_say("assumptions-used", number=summary.assumptions, rows=summary.rows))
    console.print(_say("sealed", seal=result.document["seal"]["sha256"][:16]))


def _table(title: str, *columns: str, left: int = 1) -> Table:
    table = Table(title=_say(title), title_justify="left")
    for position, column in enumerate(columns):
        table.add_column(column, justify="left" if position < left else "right")
    return table


def _criteria(result: Result) -> Table:
    table = _table(
        "table-criteria", *(_say(f"column-{name}") for name in ("criterion", "value", "bound", "gap", "proven", "seconds"))
    )
    for level in result.document["criteria"]:
        table.add_row(
            _say(f"criterion-{level['name']}"),
            score(level["value"]),
            score(level["bound"]),
            score(level["gap"]),
            _say("yes" if level["proven"] else "no"),
            f"{level['seconds']:.1f}",
        )
    return table


def _deliveries(summary: Summary) -> Table:
    years = [str(year) for year in summary.years]
    table = _table(
        "table-deliveries", _say("column-target"), *years, _say("column-delivered"), _say("column-total"), _say("column-short")
    )
    for target in summary.targets:
        table.add_row(
            target.name,
            *map(quantity, target.by_year),
            quantity(target.delivered),
            quantity(target.total),
            quantity(target.shortfall) if target.shortfall else "",
        )
    return table


def _money(summary: Summary) -> Table:
    years = [str(year) for year in summary.open_years]
    table = _table("table-money", _say("column-payer", currency=summary.currency), *years, _say("column-sum"))
    for payer in summary.payers:
        table.add_row(payer.name, *(amount(paid) for paid in payer.by_year), amount(sum(payer.by_year, Decimal(0))))
    return table


def _gaps(summary: Summary) -> Table:
    table = _table(
        "table-gaps", *(_say(f"column-{name}") for name in ("standard", "county", "required", "stock", "gap-units")), left=2
    )
    for gap in summary.gaps[:MOST_GAPS]:
        table.add_row(gap.standard, gap.county, quantity(gap.required), quantity(gap.stock), quantity(gap.gap))
    return table


def show_standings(standings: Iterable[Standing], console: Console) -> None:
    """How an edited schedule stands in each criterion."""
    table = _table("table-standings", *(_say(f"column-{name}") for name in ("criterion", "edited", "had", "bound", "distance")))
    for standing in standings:
        figures = (standing.value, standing.had, standing.bound, standing.distance)
        table.add_row(_say(f"criterion-{standing.name}"), *(score(figure) for figure in figures))
    console.print(table)


def show_tables(tables: Iterable[tuple[str, Sequence[str], Sequence[Sequence[Any]]]], console: Console) -> None:
    """Tables of (title, headers, rows), empty ones left out. Words are folded where it gets narrow, figures never cut."""
    width = console.width
    for title, headers, rows in tables:
        if not rows:
            continue
        table = Table(title=title, title_justify="left")
        cells = [[str(cell) for cell in row] for row in rows]
        for header, column in zip(headers, zip(*cells, strict=True), strict=True):
            table.add_column(header, overflow="fold", no_wrap=not any(map(_HAS_WORDS.search, column)))
        for row in cells:
            table.add_row(*row)
        least = Measurement.get(console, console.options.update(max_width=_WIDEST), table).minimum
        console.width = max(width, least)
        console.print(table)
    console.width = width
