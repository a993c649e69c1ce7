"""What a scenario says: who asks what to be different from the plan, and why. Plain data, not yet held against any plan."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from optplan.tables.declarations import TABLES
from optplan.tables.schema import Column, Kind
from optplan.tables.values import BadValue, parse

FACTOR = Column("factor", Kind.RATE, required=True, minimum=Decimal(0), maximum=Decimal(1_000_000))
LARGEST_WHOLE = 10**15  # what a cell may hold at most; a number of more digits is not even turned into text


def _cell(value: Any) -> Any:
    if not isinstance(value, (str, int, float, Decimal)):
        raise PydanticCustomError("change-cell", "text or a number")
    if isinstance(value, int) and abs(value) > LARGEST_WHOLE:
        raise PydanticCustomError("change-cell-size", "too large")
    return value


def _alternatives(value: Any) -> tuple[Any, ...]:
    if isinstance(value, (list, tuple)):
        if not value:
            raise PydanticCustomError("change-where-empty", "at least one value")
        return tuple(_cell(part) for part in value)
    return (_cell(value),)


def _factor(value: Any) -> Any:
    try:
        factor = parse(_cell(value), FACTOR)
    except BadValue as bad:
        raise PydanticCustomError(bad.code, "a factor", {**bad.values}) from bad
    if factor is None:
        raise PydanticCustomError("cell-blank", "a factor", {"column": "factor"})
    return factor


def _table(name: str) -> str:
    if name not in TABLES:
        raise PydanticCustomError("table-unknown", "a table of a plan", {"table": name, "known": ", ".join(TABLES)})
    return name


Cell = Annotated[Any, AfterValidator(_cell)]
Alternatives = Annotated[Any, AfterValidator(_alternatives)]
Label = Annotated[str, Field(max_length=100)]
Sentence = Annotated[str, Field(max_length=2_000)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _OnTable(_Strict):
    table: Annotated[Label, AfterValidator(_table)]


class _OnRows(_OnTable):
    where: dict[str, Alternatives] = Field(default_factory=dict)


class Set(_OnRows):
    """Write the cells ``set`` into the rows that ``where`` picks; into every row if there is no ``where``."""

    action: Literal["set"] = "set"
    set: dict[str, Cell] = Field(min_length=1)


class Scale(_OnRows):
    """Multiply ``column`` by ``factor`` in the rows that ``where`` picks."""

    action: Literal["scale"] = "scale"
    column: Label
    factor: Annotated[Decimal, BeforeValidator(_factor)]


class Add(_OnTable):
    """Append ``rows``."""

    action: Literal["add"] = "add"
    rows: tuple[dict[str, Cell], ...] = Field(min_length=1)


class Remove(_OnRows):
    """Take out the rows that ``where`` picks."""

    action: Literal["remove"] = "remove"


Change = Annotated[Set | Scale | Add | Remove, Field(discriminator="action")]


class Heading(_Strict):
    """What stands at the top of a file of what-ifs: what it is called, who asks and why."""

    name: Annotated[Label, Field(min_length=1)]
    title: Annotated[str, Field(max_length=200)]
    title_en: Annotated[str, Field(max_length=200)] = ""
    author: Label = ""
    reason: Sentence = ""
    reason_en: Sentence = ""


class Account(Heading):
    """What a scenario file holds, but for its parent."""

    changes: tuple[Change, ...] = Field(min_length=1)


class Scenario(Account):
    """A patch on a plan: ``changes`` made in their order, after those of ``parent``.

    ``file`` is where it was read from, ``lines`` the line on which each change begins there, ``toml`` its text; all empty if
    it was made in Python.
    """

    parent: Scenario | None = None
    file: str = ""
    lines: tuple[int, ...] = ()
    toml: str = ""

    @property
    def lineage(self) -> tuple[Scenario, ...]:
        """The scenario after its parents, the eldest first."""
        return (*(self.parent.lineage if self.parent else ()), self)


def names_of(scenarios: Iterable[Scenario]) -> tuple[str, ...]:
    """The names of all that scenarios apply, parents first, as a result carries them."""
    return tuple(member.name for scenario in scenarios for member in scenario.lineage)
