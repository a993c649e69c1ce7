"""Where the figures above come from: the rows of input behind them, folded away until they are asked for."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from optplan.figures.figures import Figures
from optplan.figures.origins import origins
from optplan.language.lists import clauses
from optplan.language.numbers import count
from optplan.tables.content import Row
from optplan.web.widgets import grid
from optplan.web.words import words_of

say = words_of("web")
MOST_SHOWN = 60


def show_origins(figures: Figures, rows: Sequence[Row], key: str) -> None:
    """An expander with the rows of input that bear on what was shown: what they say, on what they rest, who says so."""
    found = origins(figures, rows)
    if not found:
        return
    assumed = sum(origin.number for origin in found if origin.assumed)
    with st.expander(say("origins", rows=count(len(rows)), assumed=count(assumed)), icon=":material/source:", key=key):
        heads = [say(f"column-{name}") for name in ("table", "basis", "source", "rows", "content")]
        shown = [
            [
                origin.table,
                origin.basis,
                origin.source or say("no-source"),
                count(origin.number),
                clauses(origin.examples) + (say("and-more") if origin.number > len(origin.examples) else ""),
            ]
            for origin in found[:MOST_SHOWN]
        ]
        grid.show_grid(heads, shown, words=(0, 1, 2, 4), long=(2, 4))
        if len(found) > MOST_SHOWN:
            st.caption(say("more-findings", number=len(found) - MOST_SHOWN))
