"""What is proven of a plan, in the same words everywhere: this plan, nothing better than, difference, which subtract.

model.md §5. "This plan" is a criterion's value in the plan that was sealed, "nothing better than" its proven bound rounded down
(every criterion is minimised), so what is said is never more than what is proven; the difference is that of the two as shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import Any

from optplan.decision_model import WITH_A_PLAN, noise
from optplan.document.good_enough import nearness
from optplan.figures.criteria import Measure, decimals_of, measures_of, rounded
from optplan.language import text
from optplan.tables.content import Tables


@dataclass(frozen=True)
class Proven:
    """A criterion of a plan: what it has, below which no plan is, and the difference, as numbers of the shown unit.

    ``met``: there is nothing left to be made smaller. ``given_up``: the part of the difference that the decision model gives up
    on purpose, so that what comes after costs less. ``proven``: within its tolerance; ``good``: near enough for a what-if.
    """

    measure: Measure
    plan: Decimal
    bound: Decimal
    met: bool
    given_up: Decimal
    proven: bool
    good: bool

    @property
    def criterion(self) -> str:
        """Its name in the decision model."""
        return self.measure.criterion

    @property
    def difference(self) -> Decimal:
        """How much better a plan could be at the most."""
        return self.plan - self.bound

    @property
    def name(self) -> str:
        """What people call it."""
        return self.measure.name

    @property
    def figures(self) -> tuple[str, str, str]:
        """This plan, nothing better than, difference: with their units."""
        say = self.measure.words
        return say(self.plan, "figure"), say(self.bound, "figure"), say(self.difference, "distance")

    @property
    def state(self) -> str:
        """How far it is proven, in words."""
        return text("proven", f"state-{self._state}")

    @property
    def sentence(self) -> str:
        """All of it as a sentence."""
        plan, bound, difference = self.figures
        kind = "met" if self.met else "best" if not self.difference else "open" if self.bound else "nothing-proven"
        return text("proven", f"sentence-{kind}", None, name=self.name, plan=plan, bound=bound, difference=difference)

    @property
    def _state(self) -> str:
        return "met" if self.met else "proven" if self.proven else "good" if self.good else "open"


def outcome(status: str, language: str | None = None) -> str:
    """How a search ended, in a word or two; ``status`` may also be ``good``: of a quick one that came to its own end."""
    return text("proven", f"outcome-{status}", language)


def proven_of(document: Mapping[str, Any], tables: Tables) -> list[Proven]:
    """Every criterion of a result document, in their order; none without a schedule. ``tables``: those it was solved with."""
    measure_in, near = measures_of(tables), nearness(document)
    found = []
    for entry, at in zip(document["criteria"], near, strict=True):
        measure = measure_in(entry["name"])
        in_plan, bound = Fraction(entry["in_plan"]), max(Fraction(entry["bound"]), Fraction(0))
        found.append(_proven(measure, in_plan, bound, Fraction(entry["value"]), proven=entry["proven"], good=at.good))
    return found


def proven_at(measure: Measure, value: float, bound: float) -> Proven:
    """Where a search stands that still goes on: its best plan has ``value`` and nothing is better than ``bound``."""
    least = Fraction(min(max(bound, 0.0), value))  # of which nothing may be proven yet: minus infinity
    return _proven(measure, Fraction(value), least, Fraction(value), proven=False, good=False)


def _proven(measure: Measure, in_plan: Fraction, bound: Fraction, reached: Fraction, *, proven: bool, good: bool) -> Proven:
    if in_plan - bound <= noise(measure.criterion, in_plan):
        bound = in_plan
    decimals = decimals_of(in_plan / measure.per)
    plan = rounded(in_plan / measure.per, decimals)
    least = plan if bound == in_plan else min(rounded(bound / measure.per, decimals, ROUND_FLOOR), plan)
    given_up = max(plan - rounded(reached / measure.per, decimals), Decimal(0))
    return Proven(measure, plan, least, in_plan == 0, given_up, proven, good)


def standing(document: Mapping[str, Any]) -> tuple[str, bool | None]:
    """How good a result is in a sentence, and its tone: ``True`` if all targets are met and it is near enough, ``None`` if it is
    as good as can be and yet lacks something, ``False`` for what is not proven or not there."""
    status = document["status"]
    if status not in WITH_A_PLAN:
        return text("proven", f"status-{status}"), False
    met = all(not Decimal(str(entry["shortfall"])) for entry in document["targets"])
    near = nearness(document)
    good = bool(near) and all(each.good for each in near)
    if status == "feasible" and not good:
        return text("proven", "status-feasible"), False
    code = ("met" if met else "optimal") if status == "optimal" else ("good-met" if met else "good")
    return text("proven", f"status-{code}"), True if met else None
