"""The schematic map of the counties on the page: tiles that keep their letters readable on a screen of any width."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from optplan.charts.tiles import tile_cells
from optplan.figures.counties import Tile
from optplan.figures.palette import between
from optplan.figures.shades import Shades
from optplan.language.printable import html
from optplan.web.words import words_of

say = words_of("web_comparing")
WHITE = "#FFFFFF"


def show_map(tiles: Sequence[Tile], darkest: str, shades: Shades, title: str, darkest_below: str | None = None) -> None:
    """A tile for each county about where it lies, as dark as ``shades`` say for its figure, which it says as well.

    ``darkest_below`` is the colour for figures below nothing. Below the map stands what its shades mean.
    """
    cells = tile_cells([tile.position for tile in tiles])
    columns = 1 + max((column for _, column in cells), default=0)
    below = darkest_below or darkest
    colours = [between(WHITE, darkest if tile.value >= 0 else below, shades.depth(tile.value)) for tile in tiles]
    drawn = "".join(_tile(*each) for each in zip(tiles, cells, colours, strict=True))
    nothing, *bands = zip(shades.depths, shades.labels, strict=True)
    above = say("more-by").words if darkest_below else ""
    key = _shade(between(WHITE, darkest, nothing[0]), nothing[1])
    key += "".join(_shade(between(WHITE, darkest, depth), f"{above} {said}".strip()) for depth, said in bands)
    if darkest_below:
        key += "".join(_shade(between(WHITE, below, depth), f"{say('less-by').words} {said}") for depth, said in bands)
    grid = f"grid-template-columns: repeat({columns}, minmax(0, 1fr))"
    st.html(
        f'<figure class="optplan-map"><figcaption>{html(title)}</figcaption><div class="tiles" style="{grid}">{drawn}</div>'
        f'<div class="key">{key}</div></figure>'
    )


def _tile(tile: Tile, cell: tuple[int, int], colour: str) -> str:
    row, column = cell
    place = f"grid-row: {row + 1}; grid-column: {column + 1}; background: {colour}"
    return f'<div class="tile" style="{place}"><span>{html(tile.name)}</span><b>{html(tile.label)}</b></div>'


def _shade(colour: str, said: str) -> str:
    return f'<span><i style="background: {colour}"></i>{html(said)}</span>'
