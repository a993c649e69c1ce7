"""What two answers' criteria say of each other within what is proven: a difference that may be what was not proven is no effect.

The best possible value of a criterion lies between its bound and what the plan has. So the effect of what was asked, the
difference of the two best values, lies between bound − plan and plan − bound of the one and the other (model.md §5). That holds
for a criterion as long as those before it are held alike: where one of them differs by what may be noise, what is saved in the
next may only be what was given up there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from optplan.document.document import ResultDocument
from optplan.figures.criteria import target_weight
from optplan.figures.proven import Proven, proven_of
from optplan.language import text


@dataclass(frozen=True)
class Effect:
    """A criterion of two answers, ``was`` and ``now``, in the unit shown.

    ``alike``: whether no criterion before it differs by what may be noise.
    """

    was: Proven
    now: Proven
    alike: bool = True

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
        return self.alike and (self.least > 0 or self.most < 0)

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
    found: list[Effect] = []
    for now in proven_of(other.document, other.tables()):
        if now.criterion in was:
            alike = all(each.certain or not each.difference for each in found)
            found.append(Effect(was[now.criterion], now, alike))
    return found


def proven_targets(one: ResultDocument, other: ResultDocument, found: Sequence[Effect]) -> frozenset[str]:
    """The targets of which the second answer lacks more or less by what is an effect; of all others it may be noise.

    The criterion is of all targets together, so what is proven of it can be said of one only so far: that together they differ
    is proven, this one differs in that direction, and its part alone is more than what is not proven of them all (the ±).
    ``found``: the effects of both.
    """
    whole = next((each for each in found if each.now.criterion == "target_shortfall"), None)
    if whole is None or not whole.certain:
        return frozenset()
    was, now = _parts(one), _parts(other)
    moved = {target: now[target] - was[target] for target in was.keys() & now.keys()}
    return frozenset(target for target, by in moved.items() if by * whole.difference > 0 and abs(by) > whole.within)


def _parts(result: ResultDocument) -> dict[str, Decimal]:
    """What each target adds to the shortfall of all on the average, in per cent."""
    tables = result.tables()
    weights = {row["target"]: Decimal(row["weight"]) for row in tables["targets"]}
    whole = target_weight(tables) or Decimal(1)
    return {
        entry["target"]: 100 * weights[entry["target"]] * Decimal(str(entry["shortfall"])) / Decimal(str(entry["total"])) / whole
        for entry in result.document["targets"]
        if Decimal(str(entry["total"]))
    }
