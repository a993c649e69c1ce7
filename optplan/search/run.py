"""A search under way (model.md §4): its orders, what its levels hold, and the exact value of what it finds."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np

from optplan.audit import Criteria, audit, criteria_of
from optplan.decision_model import ARITHMETIC, WHOLE_YUAN, Criterion, DecisionModel, Level
from optplan.plan import Plan
from optplan.schedule import Schedule
from optplan.search.bring_back import BringBack
from optplan.search.extraction import schedule_of
from optplan.search.known_plan import KnownPlan
from optplan.search.level.tools import Tools
from optplan.search.messages import Found, Progress
from optplan.search.parts import EVERY, Parts
from optplan.search.payments import NoPayment, with_payments
from optplan.search.solver.goal import ALMOST, Goal, held
from optplan.search.solver.matrix import Columns, Floats, Matrix, Objective
from optplan.search.warm_start import WarmStart
from optplan.tables.declarations import SPENDING_CLASSES

HALF_A_YUAN = 0.5e-4  # of the currency unit: what a payment that is rounded may be less than the cost
SHORTFALL = "target_shortfall"


@dataclass(frozen=True)
class Orders:
    """How long and how exactly to search, and whom to tell.

    ``gap``: a level may also end when value − bound ≤ gap·value; ``quick``: once it is good enough, as the decision model says.
    ``seconds``: in all; a level that has a plan leaves some of what is left to the levels after it, half if it is near its
    bound. ``plan_found``, if anybody wants them, gets each better plan, complete with payments. ``stop`` is asked again and
    again; once it says so, the best plan so far is kept. ``parts`` of the search are used.
    """

    gap: float = 0.0
    quick: bool = False
    seconds: float = float("inf")
    progress: Callable[[Progress], None] = lambda progress: None
    plan_found: Callable[[Found], None] | None = None
    stop: Callable[[], bool] = lambda: False
    parts: Parts = EVERY


@dataclass
class Run:
    """A search under way: what is asked, what the levels so far hold, and exact values of any plan that comes up."""

    plan: Plan
    model: DecisionModel
    orders: Orders
    reference: Schedule | None
    matrix: Matrix
    larger: Callable[[], Matrix]  # the program with what its polishing needs beside
    tools: Tools
    bringing: BringBack
    kept: Columns
    warm_start: WarmStart
    began: float
    known: KnownPlan | None = None  # as long as all that is held is what its levels say
    levels: list[Level] = field(default_factory=list)
    margins: list[tuple[Objective, float, float, float]] = field(default_factory=list)  # objective, most, gap, exactly
    allowed: dict[str, Fraction] = field(default_factory=dict)  # the most that criteria with a margin may come to in the plan
    plans: list[Floats] = field(default_factory=list)  # of the levels so far
    shown: list[float] = field(default_factory=list)  # criteria of the last plan given to whoever wants plans
    showing: threading.Lock = field(default_factory=threading.Lock)  # plans come from several threads
    met: set[str] = field(default_factory=set)  # targets that nothing was missing of at the level of the shortfall

    def left(self) -> float:
        """Seconds that are left of the time it may take."""
        return self.orders.seconds - (time.monotonic() - self.began)

    def complete(self, columns: Floats) -> tuple[Schedule, dict[str, Fraction]]:
        """The schedule of a point with its payments, and the exact value of every criterion of the model."""
        schedule = schedule_of(self.plan, self.matrix, columns)
        exact = self._criteria(schedule)
        expenses = {cell: yuan for cell, yuan in exact.money.due.items() if cell[1] in self.plan.open_years}
        names = [criterion.name for criterion in self.model.criteria]
        schedule = with_payments(self.plan, schedule, expenses, self.model.requests, names)
        if self._follow_from_payments:
            exact = self._criteria(schedule)
        return schedule, {criterion.name: exact.value(criterion.name) for criterion in self.model.criteria}

    def value(self, criterion: Criterion, columns: Floats) -> Fraction:
        """The exact value of one criterion at a point."""
        if self._follow_from_payments:
            return self.complete(columns)[1][criterion.name]
        return self._criteria(schedule_of(self.plan, self.matrix, columns)).value(criterion.name)

    @property
    def _follow_from_payments(self) -> bool:
        """Whether requests, what loans cost, or the order of payers depend on who pays, which no other criterion asks."""
        ordered = any(criterion.name == "payer_order" for criterion in self.model.criteria)
        return self.model.requests or bool(self.plan.loans) or ordered

    def goal(self, criterion: Criterion) -> Goal:
        """What the level of a criterion asks, and with what it may end as the orders say."""
        wide = criterion.widened() if self.orders.quick else criterion
        return Goal(
            self.matrix.criteria[criterion.name],
            float(criterion.tolerance),
            float(criterion.relative_tolerance),
            float(wide.tolerance),
            max(float(wide.relative_tolerance), self.orders.gap),
        )

    def _criteria(self, schedule: Schedule) -> Criteria:
        return criteria_of(self.plan.tables, schedule, requests=self.model.requests, reference=self.reference)

    def sound(self, schedule: Schedule) -> bool:
        """Whether a schedule passes the exact check."""
        return audit(self.plan.tables, schedule, requests=self.model.requests, reference=self.reference).ok

    def found(self, schedule: Schedule, levels: tuple[Level, ...]) -> None:
        """Give a plan to whoever wants plans, unless the one before was better: the first criterion that differs says it.

        Differences within what is good enough are none.
        """
        if self.orders.plan_found is None:
            return
        values = [float(level.value) for level in levels]
        with self.showing:
            for criterion, now, before in zip(self.model.criteria, values, self.shown, strict=False):
                wide = criterion.widened()
                alike = max(float(wide.tolerance), float(wide.relative_tolerance) * before)
                if now > before + alike:
                    return
                if now < before - alike:
                    break
            self.shown = values
            self.orders.plan_found(Found(schedule, levels))

    def ended(self) -> bool:
        """Whether the time is over, or a stop is asked for."""
        return self.left() <= 0 or self.orders.stop()

    def keeps(self, columns: Floats) -> bool:
        """Whether a plan keeps what the levels so far hold, exactly; those with a margin may use it, if no target pays for it."""
        try:
            exact = self.complete(columns)[1] if self._follow_from_payments else {}
        except NoPayment:
            return False
        bare = self._criteria(schedule_of(self.plan, self.matrix, columns))
        for criterion, level in zip(self.model.criteria, self.levels, strict=False):
            value = exact[criterion.name] if exact else bare.value(criterion.name)
            most = max(level.value + Fraction(criterion.slack), self.allowed.get(criterion.name, level.value))
            # targets may change places at the same worth; what noise would allow beside a heavy one may cost none that was met
            if value > level.value and criterion.name == SHORTFALL and self.met.intersection(self.bringing.lacking(columns)):
                return False
            if value > most + ARITHMETIC * abs(most) + (WHOLE_YUAN if criterion.name == "request" else 0):
                return False
        return True

    def lift(self, columns: Floats) -> None:
        """A criterion that used its margin up in a plan is from now on held at what it is there."""
        for number, level in enumerate(self.levels):
            if level.name in self.allowed:
                value = self.value(self.model.criteria[number], columns)
                self.levels[number] = replace(level, value=max(level.value, value))

    def tighten(self) -> bool:
        """From now on criteria are held without margins. Returns whether there were any."""
        margins, self.margins = self.margins, []
        self.allowed.clear()
        for objective, most, gap, exactly in margins:
            self.tools.add_objective_cut(objective, most, slack=0.0, room=gap, exactly=exactly)
        return bool(margins)

    def hold(self, criterion: Criterion, value: Fraction, bound: float) -> None:
        """From now on the criterion must not exceed ``value``, of which ``bound`` is proven, by more than its slack.

        Where there is much to decide, a sum over whole units may use its tolerance up in later levels, as far as no target that
        was met pays for it (docs/models.md).

        Where no slack is left, relax-and-fix keeps the integer sums of the criterion (what each target lacks): other sums of the
        same worth are few, and a search among them hardly finds a plan.
        """
        goal = self.goal(criterion)
        objective, slack, exactly = goal.objective, float(criterion.slack), goal.tolerance_at(float(value))
        (used,) = np.nonzero(objective.cost)
        of_units = np.intersect1d(used, self.tools.classes.sums)
        # Later levels may use what lies between value and bound: where this level found room for one more set of equipment, they
        # may find none. A criterion that is nil stays nil.
        gap = max(0.0, float(value) - bound)
        roomy = self.tools.large and len(of_units) and not slack and float(value) > exactly
        left = ALMOST * max(0.0, exactly - gap) if roomy else 0.0
        most = held(float(value + Fraction(criterion.slack))) + (parts_of_yuan(self.plan) if criterion.name == "request" else 0.0)
        self.tools.add_objective_cut(objective, most + left, slack=slack, room=slack + left + gap, exactly=exactly)
        if left:
            self.margins.append((objective, most, gap, exactly))
            self.allowed[criterion.name] = value + Fraction(left)
        self.bringing.add_objective_cut(objective, most + left)
        if not slack:
            self.kept = np.union1d(self.kept, of_units)


def parts_of_yuan(plan: Plan) -> float:
    """By how much less may be paid than things cost, in all: half a yuan a county, year and class, where goods come in parts."""
    in_parts = any(item.kind == "goods" and not item.whole for item in plan.items.values())
    return HALF_A_YUAN * len(plan.counties) * len(plan.open_years) * len(SPENDING_CLASSES) if in_parts else 0.0
