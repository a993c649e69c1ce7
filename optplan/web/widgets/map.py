"""The schematic map of the counties on the page: tiles that keep their letters readable on a screen of any width."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from optplan.charts.tiles import tile_cells
from optplan.figures.counties import Tile
from optplan.language.printable import html

MORE, LESS = "#F0A04B", "#6BAED6"  # apart for the colour-blind too


def show_map(tiles: Sequence[Tile], darkest: str, title: str, darkest_below: str = MORE) -> None:
    """A tile for each county about where it lies, darker where its figure is further from nothing, which it says as well.

    ``darkest_below`` is the colour for figures below nothing.
    """
    cells = tile_cells([tile.position for tile in tiles])
    most = max((abs(tile.value) for tile in tiles), default=0.0) or 1.0
    columns = 1 + max((column for _, column in cells), default=0)
    colours = [_between(abs(tile.value) / most, darkest if tile.value >= 0 else darkest_below) for tile in tiles]
    drawn = "".join(_tile(*each) for each in zip(tiles, cells, colours, strict=True))
    grid = f"grid-template-columns: repeat({columns}, minmax(0, 1fr))"
    st.html(f'<figure class="optplan-map"><figcaption>{html(title)}</figcaption><div style="{grid}">{drawn}</div></figure>')


def _tile(tile: Tile, cell: tuple[int, int], colour: str) -> str:
    row, column = cell
    place = f"grid-row: {row + 1}; grid-column: {column + 1}; background: {colour}"
    return f'<div class="tile" style="{place}"><span>{html(tile.name)}</span><b>{html(tile.label)}</b></div>'


def _between(depth: float, darkest: str) -> str:
    """A colour between white (0) and ``darkest`` (1)."""
    parts = (int(darkest[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 + (part - 255) * depth):02x}" for part in parts)
