"""From records to where a plan stands, what is still to be had and what must be done by when: one function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from optplan.decision_model import DecisionModel, read_model
from optplan.following.adopted import schedule_of, seal_of
from optplan.following.deadlines import Deadline, deadlines
from optplan.following.facts import facts_of, plan_after
from optplan.following.forecast import Forecast, standard_forecast, target_forecast, teams_forecast
from optplan.following.lights import LightRules, read_lights, worst
from optplan.following.lines import Line
from optplan.following.measures import Measured, measured
from optplan.following.questions import SECONDS, Questions
from optplan.following.standing import Standing
from optplan.plan import Plan
from optplan.records import Records
from optplan.schedule import Schedule
from optplan.solving.solve import solve
from optplan.tables.content import Row
from optplan.tables.findings import InputError, Place, error

if TYPE_CHECKING:
    import threading

    from optplan.result import Result
    from optplan.search.messages import Progress


OF_MEASURE = {"target": "target", "standard": "standard", "teams": "team_class"}


@dataclass(frozen=True)
class Following:
    """Where ``plan`` stands at the end of a year, with what is proven of the years after it.

    ``rest``: the plan as it is planned on from there, ``replan`` its sealed result (``None``: there is none, or no year is
    left). ``forecasts`` by (``target``, ``standard`` or ``teams``; id). ``deadlines``: what must be done by when.
    ``adopted_seal``: the seal of the result whose schedule says what was planned, if it has one.
    """

    standing: Standing
    records: Records
    rest: Plan
    replan: Result | None
    forecasts: Mapping[tuple[str, str], Forecast]
    deadlines: tuple[Deadline, ...]
    rules: LightRules
    adopted_seal: str | None = None

    @property
    def year(self) -> int:
        """The year at the end of which it stands so; that before the plan's first, if nothing of it is closed or recorded."""
        return self.standing.year

    @property
    def to_begin(self) -> bool:
        """Whether the plan has not begun: there is nothing to look back on."""
        return self.year < self.standing.plan.first_year

    @property
    def is_over(self) -> bool:
        """Whether the plan has run its course: there is nothing to forecast and nothing to plan."""
        return self.standing.is_over

    @property
    def as_adopted(self) -> bool:
        """Whether the years left are not planned anew, but as they were adopted."""
        return self.replan is not None and self.replan.has_schedule and seal_of(self.replan) == self.adopted_seal

    @property
    def targets(self) -> tuple[Line, ...]:
        """The targets with their forecasts."""
        return tuple(self._seen(line, self.forecasts.get(("target", line.key))) for line in self.standing.targets)

    @property
    def standards(self) -> tuple[Line, ...]:
        """The standards with theirs."""
        return tuple(self._seen(line, self.forecasts.get(("standard", line.key))) for line in self.standing.standards)

    @property
    def indicators(self) -> tuple[Line, ...]:
        """The indicators with theirs; those that are observed have none."""
        rows = {row["indicator"]: row for row in self.standing.plan.tables["indicators"]}
        return tuple(self._seen(line, self._of_indicator(rows[line.key])) for line in self.standing.indicators)

    def _of_indicator(self, row: Row) -> Forecast | None:
        measure = {"delivered": "target"}.get(row["measure"], row["measure"])
        key = row[OF_MEASURE[measure]] if measure in OF_MEASURE else None
        return self.forecasts.get((measure, key)) if key else None

    def _seen(self, line: Line, forecast: Forecast | None) -> Line:
        left = self.rules.by_forecast(forecast.status if forecast else None)
        return replace(line, forecast=forecast, light=worst(line.light, left))


def follow(
    plan: Plan,
    records: Records | None = None,
    *,
    adopted: Result | Schedule | None = None,
    year: int | None = None,
    model: str | DecisionModel | None = None,
    lights: LightRules | None = None,
    seconds: float = 120.0,
    ask: bool = True,
    progress: Callable[[Progress], None] | None = None,
    told: Callable[[str, str], None] | None = None,
    cancel: threading.Event | None = None,
) -> Following:
    """Where ``plan`` stands at the end of ``year`` (the last closed one), and what can still come of it.

    Of a plan of which nothing is closed or recorded, ``year`` is the one before its first; an ``adopted`` result of that very
    plan is then what is still to come, and nothing is planned anew. Nor is anything once its last year is over.

    ``records``: what happened in open years, and what was spent. ``adopted``: the schedule that says what was planned to
    date. ``model``: that the rest is planned anew with, each level until it is good enough for a what-if, in ``seconds`` at
    most; ``replan`` where there is an adopted schedule, else ``attain``. ``ask``: whether what the re-plan does not reach is
    asked about by itself, and the last moment of each target is sought. ``told`` hears what is being asked.

    Raises :class:`InputError` for a year that has not begun to be known: neither closed nor with records.
    """
    ledger = records or Records()
    when = year_of(plan, ledger, year, or_before=True)
    rules = lights or read_lights()
    meant = schedule_of(adopted)
    seal = seal_of(adopted)
    standing = Standing(plan, facts_of(plan, ledger, when), meant, rules)
    rest = plan if standing.is_over else plan_after(plan, ledger, when)
    replan = _adopted_for(rest, adopted) if when < plan.first_year else None
    if replan is None and not standing.is_over:
        chosen = _good_enough(model or ("replan" if meant is not None else "attain"))
        replan = solve(rest, chosen, reference=meant, time_limit=seconds, progress=progress, cancel=cancel)
    if replan is None or not replan.has_schedule:
        return Following(standing, ledger, rest, replan, {}, (), rules, seal)
    with Questions(rest, SECONDS if ask else 0, cancel) as questions:
        forecasts = _forecasts(standing, measured(rest, replan.to_schedule()), questions, told or (lambda kind, key: None))
        by_target = {key: forecast for (kind, key), forecast in forecasts.items() if kind == "target"}
        done = {target.target: standing.delivered(target) for target in rest.targets}
        found = deadlines(by_target, done, questions) if ask else []
    return Following(standing, ledger, rest, replan, forecasts, tuple(found), rules, seal)


def _adopted_for(plan: Plan, adopted: Result | Schedule | None) -> Result | None:
    """The adopted result, if it is a schedule of this very plan."""
    if adopted is None or isinstance(adopted, Schedule) or not adopted.has_schedule:
        return None
    return adopted if adopted.document["plan"]["sha256"] == plan.sha256 else None


def year_of(plan: Plan, records: Records, year: int | None, *, or_before: bool = False) -> int:
    """The year that is meant. If none is said: the last closed one, else the last with records, else, with ``or_before``, the
    one before the plan.

    Raises :class:`InputError` for a year of which nothing is known: neither closed nor with records.
    """
    known = {entry.year for entry in records.standing if entry.year in plan.years}
    when = year if year is not None else plan.closed_through if plan.closed_years else max(known, default=plan.closed_through)
    if or_before and when == plan.first_year - 1 == plan.closed_through:
        return when
    place = Place(plan.tables.origin)
    if not plan.first_year <= when <= plan.last_year:
        raise InputError([error("year-outside", place, year=when, first=plan.first_year, last=plan.last_year)])
    if when > plan.closed_through and when not in known:
        code = "follow-year" if plan.closed_years else "follow-year-open"
        raise InputError([error(code, place, year=when, first=plan.first_year, closed=plan.closed_through)])
    return when


def _good_enough(model: str | DecisionModel) -> DecisionModel:
    """The model with each level proven until it is good enough, but for the targets: what they lack is not given away."""
    quick = (model if isinstance(model, DecisionModel) else read_model(model)).quick()
    exact = {"tolerance": Decimal(0), "relative_tolerance": Decimal(0)}
    criteria = (each.model_copy(update=exact) if each.name == "target_shortfall" else each for each in quick.criteria)
    return quick.model_copy(update={"criteria": tuple(criteria)})


def _forecasts(
    standing: Standing, after: Measured, questions: Questions, told: Callable[[str, str], None]
) -> dict[tuple[str, str], Forecast]:
    plan = questions.plan
    found: dict[tuple[str, str], Forecast] = {}
    for target in plan.targets:
        told("target", target.target)
        found["target", target.target] = target_forecast(target, standing.delivered(target), after, questions)
    for standard in {row["standard"]: None for row in plan.tables["standards"]}:
        told("standard", standard)
        found["standard", standard] = standard_forecast(standard, after, questions)
    for team_class in {row["team_class"]: None for row in plan.tables["indicators"] if row["measure"] == "teams"}:
        told("teams", team_class)
        found["teams", team_class] = teams_forecast(team_class, after, questions)
    return found
