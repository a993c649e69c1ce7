"""What two answers' criteria say of each other within what is proven: a difference that may be what was not proven is no effect.

The best possible value of a criterion lies between its bound and what the plan has. So the effect of what was asked, the
difference of the two best values, lies between bound − plan and plan − bound of the one and the other (model.md §5).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from optplan.document.document import ResultDocument
from optplan.figures.proven import Proven, proven_of
from optplan.language import text


@dataclass(frozen=True)
class Effect:
    """A criterion of two answers, ``was`` and ``now``, in the unit shown."""

    was: Proven
    now: Proven

    @property
    def difference(self) -> Decimal:
        """By how much the second plan has more."""
        return self.now.plan - self.was.plan

    @property
    def least(self) -> Decimal:
        """The effect is no smaller."""
        return self.now.bound - self.was.plan

    @property
    def most(self) -> Decimal:
        """The effect is no larger."""
        return self.now.plan - self.was.bound

    @property
    def certain(self) -> bool:
        """Whether it is proven that there is an effect at all."""
        return self.least > 0 or self.most < 0

    @property
    def within(self) -> Decimal:
        """The ± beside the difference: what is not proven of either."""
        return max(self.difference - self.least, self.most - self.difference)

    def cells(self) -> list[str]:
        """Both plans, the difference with its ±, and what can be said of it, in words."""
        was, now = self.was.figures[0], self.now.figures[0]
        say = self.now.measure.words
        sign = "+" if self.difference > 0 else "−" if self.difference < 0 else ""
        difference = f"{sign}{say(abs(self.difference), 'distance')}"
        within = f" ± {say(self.within, 'distance')}" if self.within else ""
        kind = "same" if not self.difference and not self.within else "certain" if self.certain else "uncertain"
        return [was, now, difference + within, text("proven", f"effect-{kind}")]


def effects(one: ResultDocument, other: ResultDocument) -> list[Effect]:
    """The criteria that both answers have; none if one of them has no schedule."""
    if not (one.document["criteria"] and other.document["criteria"]):
        return []
    was = {each.criterion: each for each in proven_of(one.document, one.tables())}
    return [Effect(was[each.criterion], each) for each in proven_of(other.document, other.tables()) if each.criterion in was]
