"""Where each county's tile lies on a map of tiles: a county a tile, as near to where it really is as tiles allow."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product
from math import ceil, cos, radians, sqrt

from optplan.figures.counties import Position

Cell = tuple[int, int]  # row from the north, column from the west


def tile_cells(positions: Sequence[Position | None]) -> list[Cell]:
    """A cell for each county: by its position where all have one, else row by row in their order."""
    known = [position for position in positions if position is not None]
    side = max(1, ceil(sqrt(len(positions))))
    if len(known) < len(positions) or len(set(known)) < 2:
        return [divmod(number, side) for number in range(len(positions))]
    wanted = _on_grid(known, side)
    return _trimmed(_improved(wanted, _nearest_free(wanted, side + 1)))


def _on_grid(positions: Sequence[Position], side: int) -> list[tuple[float, float]]:
    """Positions as (row, column) on a grid of ``side`` rows or columns, whichever way the counties reach further."""
    narrowing = cos(radians(sum(north for north, _ in positions) / len(positions)))
    rows = [-north for north, _ in positions]
    columns = [east * narrowing for _, east in positions]
    reach = max(max(rows) - min(rows), max(columns) - min(columns))
    return [
        ((row - min(rows)) / reach * side, (column - min(columns)) / reach * side)
        for row, column in zip(rows, columns, strict=True)
    ]


def _nearest_free(wanted: Sequence[tuple[float, float]], side: int) -> list[Cell]:
    """Each county in turn takes the free cell nearest to where it should be."""
    free = set(product(range(side), range(side)))
    taken = []
    for place in wanted:
        cell = min(free, key=lambda each: (_distance(each, place), each))
        free.remove(cell)
        taken.append(cell)
    return taken


def _improved(wanted: Sequence[tuple[float, float]], cells: list[Cell]) -> list[Cell]:
    """Pairs change places as long as that brings them nearer."""
    better = True
    while better:
        better = False
        for one, other in combinations(range(len(cells)), 2):
            now = _distance(cells[one], wanted[one]) + _distance(cells[other], wanted[other])
            then = _distance(cells[other], wanted[one]) + _distance(cells[one], wanted[other])
            if then < now - 1e-9:
                cells[one], cells[other], better = cells[other], cells[one], True
    return cells


def _distance(cell: Cell, place: tuple[float, float]) -> float:
    return (cell[0] - place[0]) ** 2 + (cell[1] - place[1]) ** 2


def _trimmed(cells: Sequence[Cell]) -> list[Cell]:
    """The cells with rows and columns that hold nothing left out."""
    rows = {row: number for number, row in enumerate(sorted({row for row, _ in cells}))}
    columns = {column: number for number, column in enumerate(sorted({column for _, column in cells}))}
    return [(rows[row], columns[column]) for row, column in cells]
