"""The schedule as a table in which a cell is chosen by a click: items and counties down, years across."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd
import streamlit as st

from optplan.language import year_name
from optplan.language.numbers import decimal_of
from optplan.web.asking.subject import About
from optplan.web.widgets import grid
from optplan.web.words import in_language, words_of

say = words_of("web_asking")
HEIGHT = 420  # points, beyond which the table scrolls


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
    delivered, years = about.deliveries, list(about.plan.open_years)
    shown = pd.DataFrame(
        [
            {say("item").words: about.called("groups", item), say("county").words: about.called("counties", county)}
            | {str(year): grid.number(decimal_of(delivered.get((item, county, year), 0))) for year in years}
            for item, county in rows
        ]
    )
    config = {say(name).words: st.column_config.TextColumn(pinned=True) for name in ("item", "county")}
    config |= {str(year): st.column_config.TextColumn(year_name(year), alignment="right") for year in years}
    event = st.dataframe(
        shown, hide_index=True, height=min(HEIGHT, 35 * (len(rows) + 1) + 3), column_config=config, on_select="rerun",
        alt=say("schedule-table").words, selection_mode="single-cell",
        key=in_language(f"asking.cell-{about.key[:12]}"), width="stretch",
    )  # fmt: skip
    return _chosen(event.selection.cells, rows, about)


def _chosen(cells: Sequence[tuple[int, str]], rows: Sequence[tuple[str, str]], about: About) -> Chosen | None:
    years = {str(year): year for year in about.plan.open_years}
    for row, column in cells:
        if column in years and row < len(rows):
            item, county = rows[row]
            return Chosen(item, county, years[column], decimal_of(about.deliveries.get((item, county, years[column]), 0)))
    return None


def rows_of(about: About) -> list[tuple[str, str]]:
    """Goods and staff by county, in the order of the tables; items of which nothing is delivered anywhere come last."""
    tables = about.plan.tables
    used = {item for (item, _, _), quantity in about.deliveries.items() if quantity}
    items = [row["item"] for row in tables["items"] if row["kind"] != "project"]
    every = [(item, row["county"]) for item in items for row in tables["counties"]]
    return sorted(every, key=lambda each: each[0] not in used)
