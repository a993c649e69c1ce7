"""Traffic lights: green, yellow or red by rules that stand in a file and can be changed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from optplan.files import UnreadableFile, read_bounded
from optplan.tables.findings import InputError, Place, error
from optplan.toml_text import TomlError, parse_toml

Light = Literal["green", "yellow", "red", "none"]
Lit = Literal["green", "yellow", "red"]
WORST: tuple[Light, ...] = ("red", "yellow", "green")
RULES = Path(__file__).resolve().parents[2] / "follow"  # of the source tree, as models/ is
LARGEST_FILE = 100_000  # bytes


class Thresholds(BaseModel):
    """Green from ``green`` on, yellow from ``yellow`` on, red below."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    green: Decimal = Field(ge=0)
    yellow: Decimal = Field(ge=0)

    def of(self, rate: Fraction | None) -> Light:
        """The light of a rate; ``none`` where there is no rate."""
        if rate is None:
            return "none"
        return "green" if rate >= Fraction(self.green) else "yellow" if rate >= Fraction(self.yellow) else "red"


class ByForecast(BaseModel):
    """The best light that is left by what is proven of the years to come."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    reached: Lit
    together: Lit
    alone: Lit
    open: Lit
    lost: Lit


class Away(BaseModel):
    """How far an observed value may be from its goal, as a share of it, before it is red."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    yellow: Decimal = Field(ge=0)


class Quarters(BaseModel):
    """Which share of what a year brings should be there by the end of each of its first three quarters."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    first: Decimal = Field(default=Decimal("0.25"), ge=0, le=1)
    second: Decimal = Field(default=Decimal("0.5"), ge=0, le=1)
    third: Decimal = Field(default=Decimal("0.75"), ge=0, le=1)

    def share(self, quarter: int) -> Fraction:
        """The share by the end of a quarter; all of it by the end of the fourth."""
        return Fraction((self.first, self.second, self.third, Decimal(1))[quarter - 1])


class LightRules(BaseModel):
    """All rules of the lights; ``follow/lights.toml`` explains them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    title_en: str = ""
    progress: Thresholds
    due: Thresholds
    money: Thresholds
    forecast: ByForecast
    observed: Away
    quarters: Quarters = Quarters()

    def by_forecast(self, status: str | None) -> Light:
        """The best light that a forecast leaves; ``none`` without one."""
        return "none" if status is None else getattr(self.forecast, status)


def worst(*lights: Light) -> Light:
    """The worst of several lights; those that are ``none`` do not count."""
    return next((light for light in WORST if light in lights), "none")


Rules = TypeVar("Rules", bound=BaseModel)


def read_rules(path: Path, form: type[Rules]) -> Rules:
    """The rules in a TOML file. Raises :class:`InputError` with findings that name the file and the key."""
    try:
        content = parse_toml(read_bounded(path, LARGEST_FILE).decode("utf-8-sig"))
    except UnreadableFile as problem:
        raise InputError([error(problem.code, Place(str(path)), **problem.values)]) from problem
    except (UnicodeDecodeError, TomlError) as problem:
        raise InputError([error("rules-not-toml", Place(str(path)), reason=problem)]) from problem
    try:
        return form.model_validate(content)
    except ValidationError as problem:
        raise InputError(
            [
                error("rules-invalid", Place(str(path), column=key), key=key, reason=fault["msg"])
                for fault in problem.errors()
                for key in [".".join(map(str, fault["loc"]))]
            ]
        ) from problem


def read_lights(path: str | Path | None = None) -> LightRules:
    """The rules of the lights in a file, or those that ship."""
    return read_rules(Path(path) if path else RULES / "lights.toml", LightRules)
