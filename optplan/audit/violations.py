"""A broken rule, in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from optplan.language import text
from optplan.schedule import YUAN_IN_UNIT, from_yuan


@dataclass(frozen=True)
class Violation:
    """A rule that a schedule breaks. ``rule`` names the message in ``violations.ftl``, ``values`` say where and by how much."""

    rule: str
    values: dict[str, Any] = field(default_factory=dict)

    def message(self, language: str | None = None) -> str:
        """The broken rule in words."""
        return text("violations", self.rule, language, **self.values)

    def as_dict(self, language: str | None = None) -> dict[str, Any]:
        """The violation as ``--json`` prints it."""
        return {"rule": self.rule, "values": {k: _plain(v) for k, v in self.values.items()}, "message": self.message(language)}


def _plain(value: Any) -> Any:
    return value if isinstance(value, (int, str)) or value is None else str(value)


def quantity(value: int | Fraction) -> str:
    """A quantity as people read it."""
    return str(value.numerator) if value.denominator == 1 else f"{float(value):.4f}"


def money(yuan: int | Fraction) -> str:
    """An amount in yuan, shown in the currency unit with four decimals."""
    return str(from_yuan(yuan)) if isinstance(yuan, int) else f"{float(yuan) / YUAN_IN_UNIT:.4f}"
