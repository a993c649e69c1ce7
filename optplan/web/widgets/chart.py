"""A chart on the page, in letters that can be told from their ground."""

from __future__ import annotations

from typing import Any, Literal

import altair as alt
import streamlit as st

INK = "#3A4653"  # of letters: those of Streamlit's own are too faint
LEGEND_BELOW = {"orient": "bottom", "columns": 1, "labelLimit": 320}


def show_chart(
    chart: Any, height: int | Literal["content"] = "content", key: str | None = None, *, legend_below: bool = False
) -> None:
    """Draw it as wide as there is room, ``height`` points high; ``legend_below`` rather than beside it, a line each."""
    drawn: alt.Chart = (
        chart.configure_axis(labelColor=INK, titleColor=INK)
        .configure_legend(labelColor=INK, titleColor=INK, **(LEGEND_BELOW if legend_below else {}))
        .configure_title(color=INK)
    )
    st.altair_chart(drawn, width="stretch", height=height, key=key)
