"""A schematic map: a tile for each county, about where it lies, coloured by a figure and naming it."""

from __future__ import annotations

import json
import textwrap
import unicodedata
from collections.abc import Sequence

import altair as alt

from optplan.charts.tiles import tile_cells
from optplan.figures.counties import Tile
from optplan.figures.palette import INK, between
from optplan.figures.shades import Shades
from optplan.language.printable import printable

MOST_LINES = 4  # of a name on its tile
LEAST_COLUMNS = 3  # fewer counties than that would make tiles as wide as the page
WHITE, EDGE = "#FFFFFF", "#8592A0"
LINE_HEIGHT = 1.2


def county_map(
    tiles: Sequence[Tile],
    title: str,
    darkest: str,
    shades: Shades,
    *,
    width: int = 226,
    font_size: float = 8.5,
) -> alt.LayerChart:
    """The map, darker where the figure is larger, as ``shades`` say, and what they mean below it.

    No figure is below nothing. ``darkest`` should let dark letters be read on it.
    """
    cells = tile_cells([tile.position for tile in tiles])
    columns = max(LEAST_COLUMNS, 1 + max(column for _, column in cells))
    each = width / columns
    names = [_lines(tile.name, each, font_size) for tile in tiles]
    height = font_size * LINE_HEIGHT * (max(map(len, names)) + 1) + 10
    shown = [
        {
            "row": row, "column": column, "name": name, "label": tile.label,
            "shade": between(WHITE, darkest, shades.depth(tile.value)),
        }
        for tile, name, (row, column) in zip(tiles, names, cells, strict=True)
    ]  # fmt: skip
    rows = 1 + max(row for row, _ in cells)
    base = alt.Chart(alt.InlineData(values=shown)).encode(
        x=alt.X("column:O", axis=None, scale=alt.Scale(domain=list(range(columns)), paddingInner=0.04, paddingOuter=0)),
        y=alt.Y("row:O", axis=None, scale=alt.Scale(domain=list(range(rows)), paddingInner=0.06, paddingOuter=0)),
    )
    colours = [between(WHITE, darkest, depth) for depth in shades.depths]
    key = alt.Legend(
        title=None, orient="bottom", direction="horizontal", columns=-(-len(colours) // 2), symbolType="square",
        symbolStrokeColor=EDGE,
        symbolSize=font_size * 9, labelFontSize=font_size * 0.85, columnPadding=font_size * 0.7, offset=4,
        values=colours, labelExpr=_meanings(colours, shades.labels),
    )  # fmt: skip
    every = list(dict.fromkeys([*colours, *(str(each["shade"]) for each in shown)]))
    ground = base.mark_rect(stroke=EDGE, strokeWidth=0.7, cornerRadius=3).encode(
        color=alt.Color("shade:N", scale=alt.Scale(domain=every, range=every), legend=key)
    )
    line = font_size * LINE_HEIGHT
    called = base.mark_text(
        baseline="top", dy=5 - height / 2, fontSize=font_size, lineHeight=line, color=INK, limit=each - 2
    ).encode(text=alt.Text("name:N"))
    said = base.mark_text(baseline="bottom", dy=height / 2 - 3, fontSize=font_size, fontWeight="bold", color=INK).encode(
        text="label:N"
    )
    return alt.LayerChart(
        layer=[ground, called, said], width=width, height=rows * height, title=alt.Title(printable(title), anchor="start")
    )


def side_by_side(*charts: alt.LayerChart) -> alt.HConcatChart:
    """Maps beside each other, each with its own scale of colour."""
    beside: alt.HConcatChart = alt.hconcat(*charts, spacing=20).resolve_scale(color="independent").configure_view(stroke=None)
    return beside


def _meanings(colours: Sequence[str], labels: Sequence[str]) -> str:
    """A Vega expression that says for a shade what it means."""
    return f"({json.dumps(dict(zip(colours, labels, strict=True)), ensure_ascii=False)})[datum.value]"


def _lines(name: str, room: float, font_size: float) -> list[str]:
    """A name in lines that fit on a tile; what does not fit ends in dots."""
    name = printable(name)
    wide = any(unicodedata.east_asian_width(letter) in "WF" for letter in name)
    letters = max(2, int((room - 2) / (font_size * (1.0 if wide else 0.54))))
    lines = textwrap.wrap(name, letters, break_on_hyphens=False) or [""]
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], lines[MOST_LINES - 1][: letters - 1] + "…"]
    return lines
