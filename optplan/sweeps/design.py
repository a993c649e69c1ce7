"""What a sweep asks: one plan under many scenarios, either a grid of axes or a list of points. Plain data."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from optplan.decision_model import CRITERIA
from optplan.language import bilingual
from optplan.scenarios import Scenario
from optplan.scenarios.scenario import Cell, Heading, Label
from optplan.tables.schema import Column, Kind
from optplan.tables.values import BadValue, parse, written

MOST_VALUES = 1_000  # of an axis
MOST_POINTS = 10_000
VALUE = "$value"
OWN_COLUMNS = {"point", "scenario", "status", "note", "run", "total_cost", "requested", *CRITERIA}
OWN_BEGINNINGS = ("spent_", "delivered_", "shortfall_", *(f"{criterion}_bound" for criterion in CRITERIA))

_NAME = Column("name", Kind.ID)
_NUMBER = Column("value", Kind.RATE)


def number_of(cell: Any) -> Decimal | None:
    """The number that a value of an axis is (``"25%"`` is 0.25), ``None`` for a word."""
    try:
        found = parse(cell, _NUMBER)
    except BadValue:
        return None
    assert found is None or isinstance(found, Decimal)
    return found


def shown(cell: Any) -> str:
    """A value as people wrote it."""
    return cell.strip() if isinstance(cell, str) else written(Decimal(str(cell)))


def _axis_name(name: str) -> str:
    try:
        fit = parse(name, _NAME) == name
    except BadValue:
        fit = False
    if not fit:
        raise PydanticCustomError("axis-name", "a name without blanks and signs", {"name": name})
    if name in OWN_COLUMNS or name.startswith(OWN_BEGINNINGS):
        raise PydanticCustomError("axis-name-taken", "a name of the table's own", {"name": name})
    return name


def _values(values: tuple[Any, ...]) -> tuple[Any, ...]:
    seen: set[Any] = set()
    for value in values:
        if isinstance(value, bool) or (isinstance(value, str) and not 0 < len(value.strip()) <= 100):
            raise PydanticCustomError("axis-value", "a number or a short text")
        number = number_of(value)
        meant = shown(value) if number is None else number
        if meant in seen:
            raise PydanticCustomError("axis-value-twice", "each value once", {"value": shown(value)})
        seen.add(meant)
    return values


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Axis(_Strict):
    """One thing that is varied: each of ``values`` in turn stands for ``"$value"`` in ``changes``.

    ``changes`` are those of a scenario; they become one only when a value is in its place.
    """

    name: Annotated[Label, AfterValidator(_axis_name)]
    title: Annotated[str, Field(max_length=60)] = ""
    title_en: Annotated[str, Field(max_length=60)] = ""
    values: Annotated[tuple[Cell, ...], Field(min_length=1, max_length=MOST_VALUES), AfterValidator(_values)]
    changes: Annotated[tuple[dict[str, Any], ...], Field(min_length=1, max_length=MOST_VALUES)]

    @property
    def numeric(self) -> bool:
        """Whether every value is a number."""
        return all(number_of(value) is not None for value in self.values)

    @property
    def in_percent(self) -> bool:
        """Whether the values are numbers, written in percent."""
        return self.numeric and any(shown(value).endswith(("%", "％")) for value in self.values)

    def called(self, language: str) -> str:
        """What people call the axis."""
        return bilingual(self.title, self.title_en, language) or self.name

    @model_validator(mode="after")
    def _used(self) -> Axis:
        if not any(_mentions(change) for change in self.changes):
            raise PydanticCustomError("axis-value-unused", "a change with $value in it", {"name": self.name})
        return self


class Called(_Strict):
    """What a point of a list is called, if not by its scenarios."""

    title: Annotated[str, Field(max_length=200)] = ""
    title_en: Annotated[str, Field(max_length=200)] = ""


class Listed(Called):
    """A point of a list: scenarios applied one after another; none for the plan as it is."""

    scenarios: tuple[Scenario, ...] = ()


class SweepHeading(Heading):
    """What stands at the top of a sweep file, with the decision model."""

    model: Annotated[str, Field(min_length=1, max_length=1_000)] = "attain"

    def called(self, language: str) -> str:
        """What people call the sweep."""
        return bilingual(self.title, self.title_en, language)


class SweepDesign(SweepHeading):
    """A grid (every combination of the values of ``axis``) or a list (``point``), never both.

    ``file`` is where it was read from, ``lines`` the line there on which each change of each axis begins; empty if it was
    made in Python.
    """

    axis: tuple[Axis, ...] = ()
    point: tuple[Listed, ...] = ()
    file: str = ""
    lines: tuple[int, ...] = ()

    @model_validator(mode="after")
    def _one_kind(self) -> SweepDesign:
        check_kind(len(self.axis), len(self.point))
        names = [axis.name for axis in self.axis]
        for name in names:
            if names.count(name) > 1:
                raise PydanticCustomError("axis-twice", "each axis once", {"name": name})
        number = self.size
        if number > MOST_POINTS:
            raise PydanticCustomError("points-too-many", "fewer points", {"number": number, "most": MOST_POINTS})
        return self

    @property
    def size(self) -> int:
        """How many points there are."""
        number = 1 if self.axis else len(self.point)
        for axis in self.axis:
            number *= len(axis.values)
        return number


def check_kind(axes: int, points: int) -> None:
    """Refuse a sweep that has both axes and points, or neither."""
    if axes and points:
        raise PydanticCustomError("axis-and-point", "axes or points")
    if not axes and not points:
        raise PydanticCustomError("sweep-empty", "an axis or a point")


def filled(content: Any, value: Any) -> Any:
    """``content`` with ``value`` where ``"$value"`` stands: itself where that is all, written out inside a longer text."""
    match content:
        case str():
            return value if content.strip() == VALUE else content.replace(VALUE, shown(value))
        case Mapping():
            return {name: filled(part, value) for name, part in content.items()}
        case list() | tuple():
            return [filled(part, value) for part in content]
    return content


def _mentions(content: Any) -> bool:
    match content:
        case str():
            return VALUE in content
        case Mapping():
            return any(_mentions(part) for part in content.values())
        case list() | tuple():
            return any(_mentions(part) for part in content)
    return False
