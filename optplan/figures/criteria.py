"""What a criterion is called and how its value reads: by its unit, as exact as it means something."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction

from optplan.decision_model import MONEY_CRITERIA, SHARE_CRITERIA
from optplan.language import text
from optplan.language.numbers import typed
from optplan.tables.content import Tables
from optplan.tables.units import unit_name

FEWEST, MOST = 2, 6  # decimals that are shown: more where fewer would show nothing


def criterion_name(name: str, language: str | None = None) -> str:
    """What people call the criterion ``name``. ``language``: the current one if none is given."""
    return text("cli", f"criterion-{name}", language)


@dataclass(frozen=True)
class Measure:
    """How values of a criterion are shown: ``per`` of its unit make one shown; ``unit``: ``percent``, ``money``, ``score``.

    Shortfalls of targets are shown as what targets lack on the average, by their weights.
    """

    criterion: str
    per: Fraction
    unit: str
    currency: str = ""

    @property
    def name(self) -> str:
        """What people call the criterion as it is shown here."""
        return text("proven", "criterion-average") if self.criterion == "target_shortfall" else criterion_name(self.criterion)

    @property
    def whole(self) -> Fraction:
        """So much of the criterion is one in a cell or on an axis that writes shares in per cent itself."""
        return self.per * 100 if self.unit == "percent" else self.per

    @property
    def symbol(self) -> str:
        """What stands beside numbers of the shown unit; blank for a score."""
        return {"percent": "%", "money": unit_name(self.currency)}.get(self.unit, "")

    def figure(self, value: float | Decimal | Fraction) -> str:
        """A value in its unit."""
        shown = self._shown(value)
        return self.words(rounded(shown, decimals_of(shown)), "figure")

    def bound(self, value: float | Decimal | Fraction) -> str:
        """A proven bound in its unit, rounded down: nothing is said to be proven that was not."""
        shown = self._shown(value)
        return self.words(rounded(shown, decimals_of(shown), ROUND_FLOOR), "figure")

    def distance(self, difference: float | Decimal | Fraction) -> str:
        """A difference of two values in its unit."""
        return self.words(rounded(self._shown(difference), FEWEST), "distance")

    def words(self, shown: Decimal, kind: str) -> str:
        """A number that is already of the shown unit; ``kind``: ``figure`` or ``distance``."""
        name = f"figure-{self.unit}" if kind == "figure" else f"distance-{self.unit}"
        return text("proven", name, None, number=typed(shown), currency=unit_name(self.currency))

    def _shown(self, value: float | Decimal | Fraction) -> Fraction:
        return max(Fraction(value), Fraction(0)) / self.per


def measure_of(criterion: str, currency: str, target_weight: Fraction | Decimal | int) -> Measure:
    """How a criterion of a plan is shown; ``target_weight``: the sum of the weights of its targets."""
    if criterion == "target_shortfall":
        return Measure(criterion, Fraction(target_weight or 1) / 100, "percent")
    if criterion in SHARE_CRITERIA:
        return Measure(criterion, Fraction(1, 100), "percent")
    if criterion in MONEY_CRITERIA:
        return Measure(criterion, Fraction(1), "money", currency)
    return Measure(criterion, Fraction(1), "score")


MeasureIn = Callable[[str], Measure]


def measures_of(tables: Tables) -> MeasureIn:
    """How each criterion of the plan in ``tables`` is shown, by its name."""
    currency, weight = str(tables.setting("currency")), target_weight(tables)
    return lambda criterion: measure_of(criterion, currency, weight)


def target_weight(tables: Tables) -> Decimal:
    """The sum of the weights of a plan's targets."""
    return sum((Decimal(row["weight"]) for row in tables["targets"]), Decimal(0))


def decimals_of(value: Fraction) -> int:
    """The fewest decimals, from two on, with which ``value`` does not read as nothing."""
    return next((number for number in range(FEWEST, MOST) if not value or rounded(value, number)), MOST)


def rounded(value: Fraction, decimals: int, how: str = ROUND_HALF_UP) -> Decimal:
    """A value to so many decimals; ``how``: ``ROUND_HALF_UP`` or ``ROUND_FLOOR``."""
    scaled = value * 10**decimals
    whole = scaled.__floor__() if how == ROUND_FLOOR else (scaled + Fraction(1, 2)).__floor__()
    return Decimal(whole).scaleb(-decimals)
