"""How a table is declared: its columns, their kinds, bounds, defaults and references."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum


class Kind(Enum):
    """What a cell of a column holds, and the Python type it is read as."""

    ID = "id"  #           str: letters of any script, digits, _ - . ; no spaces
    TEXT = "text"  #       str
    WHOLE = "whole"  #     int ≥ 0
    YEAR = "year"  #       int
    DATE = "date"  #       datetime.date, written ``2022-03-05``
    QUANTITY = "quantity"  # Decimal: units of an item
    RATE = "rate"  #       Decimal: a share, rate or weight
    MONEY = "money"  #     Decimal in the plan's currency unit, at most four decimals (one yuan)
    DEGREES = "degrees"  # Decimal: latitude or longitude
    FLAG = "flag"  #       bool, written 0 or 1
    CHOICE = "choice"  #   str, one of ``choices``
    SHARES = "shares"  #   tuple of Decimal, written ``0.4;0.6``, summing to 1
    ANY = "any"  #         the value column of ``plan``, whose kind depends on the key


@dataclass(frozen=True)
class Column:
    """A column of a table.

    ``required``: a blank cell is an error. ``default``: what a blank cell means (``None``: nothing given).
    ``blank_means_all``: a blank key cell stands for every county, year … ``refers_to``: the tables whose key the cell
    must name (``("items", "groups")``: a group, or an item as the group of itself). ``added``: the column joined its table
    after plans had been hashed without it, so it enters a plan's hash only where a row says other than its default.
    """

    name: str
    kind: Kind
    required: bool = False
    default: object = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    above: Decimal | None = None  # the value must be strictly greater
    choices: tuple[str, ...] = ()
    refers_to: tuple[str, ...] = ()
    blank_means_all: bool = False
    added: bool = False
    named_by: str = ""  # the column whose value a blank cell takes: what has no name is called by its id


@dataclass(frozen=True)
class Table:
    """A table of a plan: its name, its columns in their usual order, and the columns that identify a row."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    required: bool = False
    by_name: dict[str, Column] = field(init=False, repr=False, compare=False, hash=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.by_name.update({column.name: column for column in self.columns})

    def column(self, name: str) -> Column:
        """The column ``name``; ``KeyError`` if the table has none."""
        return self.by_name[name]
