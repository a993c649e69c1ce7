"""The schematic map of the counties on the page: tiles that keep their letters readable on a screen of any width."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from optplan.charts.county_map import Tile
from optplan.charts.tiles import tile_cells


def show_map(tiles: Sequence[Tile], darkest: str, title: str) -> None:
    """A tile for each county about where it lies, darker where its figure is larger, which it says as well."""
    cells = tile_cells([tile.position for tile in tiles])
    most = max((tile.value for tile in tiles), default=0.0) or 1.0
    columns = 1 + max((column for _, column in cells), default=0)
    drawn = "".join(_tile(tile, cell, tile.value / most, darkest) for tile, cell in zip(tiles, cells, strict=True))
    grid = f"grid-template-columns: repeat({columns}, minmax(0, 1fr))"
    st.html(f'<figure class="optplan-map"><figcaption>{escape(title)}</figcaption><div style="{grid}">{drawn}</div></figure>')


def _tile(tile: Tile, cell: tuple[int, int], depth: float, darkest: str) -> str:
    row, column = cell
    place = f"grid-row: {row + 1}; grid-column: {column + 1}; background: {_between(depth, darkest)}"
    return f'<div class="tile" style="{place}"><span>{escape(tile.name)}</span><b>{escape(tile.label)}</b></div>'


def _between(depth: float, darkest: str) -> str:
    """A colour between white (0) and ``darkest`` (1)."""
    parts = (int(darkest[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 + (part - 255) * depth):02x}" for part in parts)
