"""Every target of the plan: what each year delivers, and whether it is reached."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial

from optplan.charts import deliveries_by_year
from optplan.figures import origins
from optplan.figures.figures import Figures
from optplan.figures.shortfalls import shortfalls
from optplan.language import year_name
from optplan.result import Result
from optplan.web.asking.subject import About
from optplan.web.cache.results import summary_of
from optplan.web.desk import Desk
from optplan.web.schedule.cell_panel import show_figure
from optplan.web.schedule.cells import Figure, target
from optplan.web.widgets import grid
from optplan.web.widgets.chart import show_chart
from optplan.web.widgets.grid import Cell, Noted
from optplan.web.widgets.origin import show_origins
from optplan.web.words import plain, words_of

say = words_of("web_schedule")


def show(figures: Figures, result: Result, about: About, desk: Desk) -> None:
    """Draw the section."""
    summary = summary_of(result)
    heads = [
        say("column-target"),
        *map(year_name, summary.years),
        say("column-delivered"),
        say("column-planned"),
        say("column-state"),
    ]
    rows: list[list[Cell]] = []
    known: dict[str, Callable[[], Figure]] = {}
    for line, row in zip(summary.targets, figures.tables["targets"], strict=True):
        note = plain(origins.target_note(figures, row))
        state = say("state-missed", short=grid.number(line.shortfall)) if line.shortfall else say("state-reached")
        planned = Noted(grid.number(Decimal(line.total)), note)
        known[row["target"]] = partial(target, figures, row, line.shortfall)
        delivered = grid.Askable(grid.number(line.delivered), row["target"])
        rows.append([line.name, *map(grid.number, line.by_year), delivered, planned, state])
    at = grid.show_grid(heads, rows, caption=say("caption-targets", number=len(rows)), asked="schedule-target")
    show_figure(desk, about, figures, known, at)
    if missed := shortfalls(figures):
        heads = [say(f"column-{name}") for name in ("target", "missing", "reason")]
        lines = [[each.name, grid.number(each.shortfall), each.reason] for each in missed]
        grid.show_grid(heads, lines, words=(0, 2), long=(2,), caption=say("caption-missed", number=len(missed)))
    show_chart(deliveries_by_year(summary))
    show_origins(figures, origins.rows_of(figures, "targets"), "origin-targets")
