"""What a result file is made of (interface.md, "A result file"): its sections, their columns and keys, each declared once.

Reading, the verdict, the seal, the frames that users get and the canonical bytes all follow from these declarations.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property


class Kind(Enum):
    """What a column holds."""

    TEXT = auto()
    OPTIONAL_TEXT = auto()
    YEAR = auto()
    COUNT = auto()  # whole
    QUANTITY = auto()  # of an item; whole where the item is
    LONG_TEXT = auto()
    SPAN = auto()  # a number that is not negative
    AMOUNT = auto()  # money in the plan's currency unit, a decimal string
    CLASS = auto()  # capital or recurrent
    FLAG = auto()
    FIGURE = auto()  # any number


@dataclass(frozen=True)
class Column:
    """A column of a section. ``key``: it is part of what identifies a row."""

    name: str
    kind: Kind
    key: bool = False


@dataclass(frozen=True)
class Section:
    """A list of rows.

    ``omits_zeros``: a row whose last figure is zero says no more than its absence. ``seldom``: there only
    where it says something.
    """

    name: str
    columns: tuple[Column, ...]
    omits_zeros: bool = False
    seldom: bool = False

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The columns in their order."""
        return tuple(column.name for column in self.columns)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The columns that identify a row."""
        return tuple(column.name for column in self.columns if column.key)

    @cached_property
    def figures(self) -> tuple[str, ...]:
        """The columns that say something of it."""
        return tuple(column.name for column in self.columns if not column.key)

    @cached_property
    def amounts(self) -> frozenset[str]:
        """The columns that hold money."""
        return frozenset(column.name for column in self.columns if column.kind is Kind.AMOUNT)


def _keys(**kinds: Kind) -> Iterable[Column]:
    return tuple(Column(name, kind, key=True) for name, kind in kinds.items())


def _figures(kind: Kind, *names: str) -> Iterable[Column]:
    return tuple(Column(name, kind) for name in names)


_COUNTY_YEAR = {"county": Kind.TEXT, "year": Kind.YEAR}
_CLASS = {"class": Kind.CLASS}
CRITERIA = Section(
    "criteria",
    (
        *_keys(name=Kind.TEXT),
        *_figures(Kind.FIGURE, "value", "bound", "gap"),
        *_figures(Kind.SPAN, "seconds", "slack", "tolerance", "relative_tolerance"),
        *_figures(Kind.FLAG, "proven"),
        *_figures(Kind.FIGURE, "in_plan"),
    ),
)
# what is decided, and what follows from it (model.md §5); the criteria, which say how good it is, come first in a file
TABLES = (
    Section("schedule", (*_keys(item=Kind.TEXT, **_COUNTY_YEAR), *_figures(Kind.QUANTITY, "quantity")), omits_zeros=True),
    Section(
        "teams",
        (*_keys(team=Kind.TEXT, year=Kind.YEAR), *_figures(Kind.COUNT, "hires", "staff"), *_figures(Kind.FLAG, "meets")),
    ),
    Section("projects", (*_keys(project=Kind.TEXT), *_figures(Kind.YEAR, "start", "opens"))),
    Section(
        "payments",
        (*_keys(fund=Kind.TEXT, **_COUNTY_YEAR, **_CLASS), *_figures(Kind.AMOUNT, "amount")),
        omits_zeros=True,
    ),
    Section("requests", (*_keys(**_COUNTY_YEAR, **_CLASS), *_figures(Kind.AMOUNT, "amount")), omits_zeros=True),
    Section("targets", (*_keys(target=Kind.TEXT), *_figures(Kind.QUANTITY, "delivered", "total", "shortfall"))),
    Section(
        "gaps",
        (*_keys(standard=Kind.TEXT, **_COUNTY_YEAR), *_figures(Kind.QUANTITY, "required", "stock", "gap")),
        omits_zeros=True,
    ),
    Section("costs", (*_keys(**_COUNTY_YEAR), *_figures(Kind.AMOUNT, "capital", "recurrent"))),
    Section(
        "balances",
        (
            *_keys(fund=Kind.TEXT, **_COUNTY_YEAR),
            *_figures(Kind.AMOUNT, "amount", "carried_in", "spent", "carried_out", "lapsed"),
        ),
    ),
    Section(
        "commitments",
        (
            *_keys(kind=Kind.TEXT, county=Kind.TEXT, project=Kind.OPTIONAL_TEXT, year=Kind.YEAR, **_CLASS),
            *_figures(Kind.AMOUNT, "amount"),
        ),
    ),
    Section(
        "purposes",
        (
            *_keys(fund=Kind.TEXT, **_COUNTY_YEAR, **_CLASS, purpose=Kind.LONG_TEXT),
            *_figures(Kind.AMOUNT, "amount"),
        ),
        omits_zeros=True,
        seldom=True,
    ),
    Section(
        "loans",
        (*_keys(fund=Kind.TEXT, **_COUNTY_YEAR), *_figures(Kind.AMOUNT, "amount", "instalment", "remaining")),
        seldom=True,
    ),
)
SECTIONS: dict[str, Section] = {section.name: section for section in (CRITERIA, *TABLES)}
# everything else that a result says, before and after its sections
HEAD = ("format", "plan", "model", "model_content", "scenario", "status")
FOOT = ("proof", "made_with", "inputs")
ANSWER = (*HEAD, *SECTIONS, *FOOT)  # all that the seal covers
