"""Tiles lie about where the counties do, one a cell, whatever the plan says of their places."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from optplan.charts import county_map, picture, side_by_side
from optplan.charts.tiles import tile_cells
from optplan.figures.counties import Tile
from optplan.figures.shades import Shades

SHADES = Shades((0.2, 0.5))
PLACES = st.tuples(st.floats(-89, 89, allow_subnormal=False), st.floats(-179, 179, allow_subnormal=False))


def test_shuozhou_lies_as_it_does_on_a_real_map() -> None:
    places = {
        "shuocheng": (39.32, 112.43), "pinglu": (39.52, 112.30), "huairen": (39.82, 113.10), "yingxian": (39.56, 113.19),
        "shanyin": (39.53, 112.82), "youyu": (39.99, 112.47), "devzone": (39.34, 112.46),
    }  # fmt: skip
    cells = dict(zip(places, tile_cells(list(places.values())), strict=True))
    assert cells["youyu"][0] < cells["huairen"][0] < cells["shanyin"][0] < cells["shuocheng"][0]
    assert cells["pinglu"][1] < cells["shanyin"][1] < cells["yingxian"][1]
    assert abs(cells["devzone"][0] - cells["shuocheng"][0]) + abs(cells["devzone"][1] - cells["shuocheng"][1]) == 1


@given(st.lists(st.one_of(st.none(), PLACES), min_size=1, max_size=30))
@settings(max_examples=60, deadline=None)
def test_no_two_counties_share_a_tile(places: list[tuple[float, float] | None]) -> None:
    cells = tile_cells(places)
    assert len(set(cells)) == len(places)
    assert min(row for row, _ in cells) == min(column for _, column in cells) == 0


def test_counties_without_a_place_stand_in_their_order() -> None:
    assert tile_cells([None] * 5) == [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1)]
    assert tile_cells([(39.0, 112.0), None]) == [(0, 0), (0, 1)]


@pytest.mark.parametrize("number", [1, 2, 7, 40])
def test_the_map_is_drawn_at_its_size_with_the_largest_figure_darkest(number: int) -> None:
    tiles = [Tile(f"县{n}", None, float(n), str(n)) for n in range(number)]
    png = picture(side_by_side(county_map(tiles, "图", "#F4A261", SHADES), county_map(tiles, "图", "#7FB3D5", SHADES)))
    image = Image.open(io.BytesIO(png)).convert("RGB")
    assert 1300 < image.width < 1600
    colours = {colour for _, colour in image.getcolors(1_000_000) or []}
    if number > 1:
        assert {(0xF4, 0xA2, 0x61), (0x7F, 0xB3, 0xD5)} <= colours


def test_a_figure_has_the_same_shade_whatever_else_is_on_the_map() -> None:
    assert [SHADES.depth(value) for value in (0.0, 0.1, 0.2, 0.3, 7.0, -0.3)] == pytest.approx([0, 1 / 3, 1 / 3, 2 / 3, 1, 2 / 3])
    assert dict(zip(SHADES.labels, SHADES.depths, strict=True)) == pytest.approx(
        {"0": 0, "≤ 20%": 1 / 3, "≤ 50%": 2 / 3, "> 50%": 1}
    )
