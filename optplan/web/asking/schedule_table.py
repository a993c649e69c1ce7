"""The schedule as a table in which a cell is chosen by a click: items and counties down, years across."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from optplan.language import year_name
from optplan.language.numbers import decimal_of
from optplan.web.asking.subject import About
from optplan.web.widgets import grid
from optplan.web.words import words_of

say = words_of("web_asking")


@dataclass(frozen=True)
class Chosen:
    """A cell of the schedule, and how much is delivered there."""

    item: str
    county: str
    year: int
    quantity: Decimal

    @property
    def place(self) -> str:
        """As a wish names it."""
        return f"{self.item}:{self.county}:{self.year}"


def choose_cell(about: About) -> Chosen | None:
    """Draw the table; the cell that was clicked."""
    rows = rows_of(about)
    if not rows:
        return None
    years = about.plan.open_years
    heads = [say("item").words, say("county").words, *map(year_name, years)]
    lines = [_line(about, item, county) for item, county in rows]
    caption, key = say("schedule-table").words, f"asking.cell-{about.key[:12]}"
    at = grid.show_grid(heads, lines, words=(0, 1), caption=caption, asked=key, scrolls=True)
    if not at:
        return None
    item, county, year = at.split(":")
    return Chosen(item, county, int(year), _delivered(about, item, county, int(year)))


def _line(about: About, item: str, county: str) -> list[grid.Cell]:
    figures = [
        grid.Askable(grid.number(_delivered(about, item, county, year)), f"{item}:{county}:{year}")
        for year in about.plan.open_years
    ]
    return [about.called("groups", item), about.called("counties", county), *figures]


def _delivered(about: About, item: str, county: str, year: int) -> Decimal:
    return decimal_of(about.deliveries.get((item, county, year), 0))


def rows_of(about: About) -> list[tuple[str, str]]:
    """Goods and staff by county, in the order of the tables; items of which nothing is delivered anywhere come last."""
    tables = about.plan.tables
    used = {item for (item, _, _), quantity in about.deliveries.items() if quantity}
    items = [row["item"] for row in tables["items"] if row["kind"] != "project"]
    every = [(item, row["county"]) for item in items for row in tables["counties"]]
    return sorted(every, key=lambda each: each[0] not in used)
