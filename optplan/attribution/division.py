"""The change of each headline figure, divided over the groups of changes that brought it about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from optplan.attribution.answers import Answer
from optplan.attribution.cells import CellChange
from optplan.attribution.figures import CRITERION, KINDS, FigureKey
from optplan.attribution.groups import Group
from optplan.attribution.shapley import Orders, part, part_between
from optplan.decision_model import DecisionModel, noise
from optplan.plan import Plan

ZERO = Fraction(0)


class Part(NamedTuple):
    """What of a figure's change is due to a group.

    ``part``: its Shapley value; those of all groups add up to the whole change. ``alone``: the change if only this group's
    changes are made; ``last``: what these changes add when all others are made already; ``None`` where a plan that is needed
    for it has no answer. ``low``, ``high``: between what the part must lie by the proven bounds; ``None`` for figures that no
    bound is proven of. ``settled``: whether the part is larger than what the bounds leave open.
    """

    part: Fraction
    alone: Fraction | None
    last: Fraction | None
    low: Fraction | None
    high: Fraction | None

    @property
    def open(self) -> Fraction | None:
        """How far from ``part`` the bounds let it be."""
        return None if self.low is None or self.high is None else max(self.part - self.low, self.high - self.part)

    @property
    def settled(self) -> bool | None:
        """Whether the sign is certain; ``None`` for figures that no bound is proven of."""
        if self.low is None or self.high is None:
            return None
        return self.low > 0 or self.high < 0 or self.low == self.high


@dataclass(frozen=True)
class Division:
    """The answers to ``base``, ``changed`` and the steps between, and what of each figure's change is due to which group.

    ``answers``: what came out under each set of groups; bit ``n`` of the set stands for ``groups[n]``, 0 is the base plan.
    ``changes``: every changed cell. ``model``: under which all were solved; ``gap``: how exactly.
    """

    base: Plan
    changed: Plan
    model: DecisionModel
    gap: float
    groups: tuple[Group, ...]
    answers: Mapping[int, Answer]
    changes: tuple[CellChange, ...]
    scenarios: tuple[str, ...] = ()

    @property
    def full(self) -> int:
        """The set of all groups."""
        return (1 << len(self.groups)) - 1

    @cached_property
    def orders(self) -> Orders:
        """The orders over which the parts are averaged."""
        return Orders(len(self.groups), [subset for subset, answer in self.answers.items() if answer.headline is not None])

    @property
    def divisible(self) -> bool:
        """Whether the change can be divided: both ends, and the steps between them in some order, have plans."""
        return self.orders.total > 0

    @cached_property
    def unanswered(self) -> tuple[int, ...]:
        """The sets of groups without a plan, none of which contains another: what it takes for there to be none."""
        without = sorted((s for s, answer in self.answers.items() if answer.headline is None), key=lambda s: (s.bit_count(), s))
        return tuple(s for s in without if not any(other != s and other & s == other for other in without))

    @cached_property
    def figures(self) -> tuple[FigureKey, ...]:
        """The headline figures: criteria in their order, targets, cost, funds, request; empty if nothing can be divided."""
        if not self.divisible:
            return ()
        ends = [self.answers[0].headline, self.answers[self.full].headline]
        keys = dict.fromkeys(key for end in ends if end is not None for key in end.values)
        return tuple(sorted(keys, key=lambda key: KINDS.index(key.kind)))

    @cached_property
    def values(self) -> Mapping[FigureKey, Mapping[int, Fraction]]:
        """Each figure under each set of groups that has a plan, exactly."""
        return {
            key: {s: answer.headline.values.get(key, ZERO) for s, answer in self.answers.items() if answer.headline is not None}
            for key in self.figures
        }

    def change(self, figure: FigureKey) -> Fraction:
        """By how much a figure changes in all."""
        return self.values[figure][self.full] - self.values[figure][0]

    def together(self, figure: FigureKey) -> Fraction | None:
        """What the groups do together beyond what each does alone; ``None`` where one of them has no answer alone."""
        alone = [part.alone for part in self.parts[figure]]
        return None if any(each is None for each in alone) else self.change(figure) - sum((a for a in alone if a), ZERO)

    @cached_property
    def parts(self) -> Mapping[FigureKey, tuple[Part, ...]]:
        """The parts of each figure's change, a part for each group."""
        weights = [self.orders.weights(group) for group in range(len(self.groups))] if self.divisible else []
        return {key: tuple(self._part(key, group, weights[group]) for group in range(len(self.groups))) for key in self.figures}

    def _part(self, key: FigureKey, group: int, weights: Mapping[int, Fraction]) -> Part:
        values, bit = self.values[key], 1 << group
        low = high = None
        if key.kind == CRITERION:
            bounds = {s: answer.headline.bounds[key] for s, answer in self.answers.items() if answer.headline is not None}
            # Bounds that differ from their values by no more than the solver's arithmetic are as good as met.
            bounds = {s: values[s] if values[s] - bound <= noise(key.name, values[s]) else bound for s, bound in bounds.items()}
            same = {s: self.answers[s].plan_sha256 for s in values}
            low, high = part_between(weights, bounds, values, same)
        return Part(
            part(weights, values),
            values[bit] - values[0] if bit in values else None,
            values[self.full] - values[self.full ^ bit] if self.full ^ bit in values else None,
            low,
            high,
        )

    def names(self, subset: int) -> tuple[str, ...]:
        """The names of the groups in a set."""
        return tuple(group.name for position, group in enumerate(self.groups) if subset >> position & 1)
