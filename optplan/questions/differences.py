"""What is proven of the difference between two optima: of a criterion as long as those before it are held alike.

Where one of them differs by what may be noise, what is saved in the next may only be what was given up there: of that nothing is
known. Where it is proven to differ, the next is compared as it then is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import inf

from optplan.answers.interval import SAME, UNKNOWN, Interval
from optplan.decision_model import DecisionModel


def differences(
    model: DecisionModel, before: Mapping[str, Interval], after: Mapping[str, Interval], *, more_asked: bool
) -> Iterator[tuple[str, Interval, Interval]]:
    """(criterion, what is proven of it after, by how much it is more than before), in the order of the levels.

    ``more_asked``: of the plan after, with all that is asked of the one before. Every plan that grants it is a plan without it,
    too. So as long as the criteria before it are held no worse than they were, a criterion can only be worse; and what was proven
    of it before, holds.
    """
    held, alike = more_asked, True
    for criterion in model.criteria:
        old, new = before[criterion.name], after[criterion.name]
        if held:
            new = Interval(max(new.low, min(old.low, new.high)), new.high)
            # the plan that was found is one without the wish as well
            change = new.less(Interval(old.low, min(old.high, new.high))).within(Interval(0.0, inf))
        else:
            change = new.less(old)
        yield criterion.name, new, change if alike else UNKNOWN
        held = held and new.high <= old.high
        alike = alike and _alike(old, new, change)


def _alike(old: Interval, new: Interval, change: Interval) -> bool:
    """Whether a criterion is held at the same value in both, or proven to differ."""
    return abs(new.high - old.high) <= SAME * max(1.0, abs(old.high)) or change.low > 0 or change.high < 0
