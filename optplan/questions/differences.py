"""What is proven of the difference between two optima, where one plan is the other with more asked of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import inf

from optplan.answers.interval import Interval
from optplan.decision_model import DecisionModel


def asked_more(
    model: DecisionModel, before: Mapping[str, Interval], after: Mapping[str, Interval]
) -> Iterator[tuple[str, Interval, Interval]]:
    """(criterion, what is proven of it with more asked, by how much it is more than before), in the order of the levels.

    Every plan that grants what is asked is a plan without it, too. So as long as the criteria before it are held no worse than
    they were, a criterion can only be worse; and what was proven of it before, holds.
    """
    held = True
    for criterion in model.criteria:
        old, new = before[criterion.name], after[criterion.name]
        if held:
            new = Interval(max(new.low, min(old.low, new.high)), new.high)
            # the plan that was found is one without the wish as well
            change = new.less(Interval(old.low, min(old.high, new.high))).within(Interval(0.0, inf))
        else:
            change = new.less(old)
        yield criterion.name, new, change
        held = held and new.high <= old.high
