"""Where a plan stands at the end of a year: everything that is done, beside what was planned, asked and paid for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, partial

from optplan.figures.programmes import PROGRAMMES
from optplan.following.facts import YEAR_END, Facts
from optplan.following.lights import Light, LightRules, worst
from optplan.following.lines import CountyLine, Line
from optplan.following.measures import Measured, history, measured, observed, reached
from optplan.following.moments import moment
from optplan.following.money import Purse
from optplan.language import current_language, text
from optplan.plan import Plan
from optplan.plan.parts import Target
from optplan.schedule import Schedule
from optplan.tables.content import Row
from optplan.tables.names import group_names, names, own_names
from optplan.tables.units import unit_name

ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class Standing:
    """The standing of ``plan`` through ``facts.year``; ``adopted``: the schedule that says what was planned to date."""

    plan: Plan
    facts: Facts
    adopted: Schedule | None
    rules: LightRules

    @property
    def year(self) -> int:
        """The year through which it is told."""
        return self.facts.year

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years of the plan that are over."""
        return tuple(year for year in self.plan.years if year <= self.year)

    @property
    def when(self) -> str:
        """The moment in words: the end of the year, or of the last quarter that is told of one that goes on."""
        if self.year < self.plan.first_year:
            return text("follow", "when-before", None)
        return moment(self.year, self.facts.quarter)

    @property
    def over(self) -> int:
        """The last year that is over."""
        return self.year if self.facts.quarter == YEAR_END else self.year - 1

    @property
    def is_over(self) -> bool:
        """Whether the plan's last year is over, so that all of it is due."""
        return self.over >= self.plan.last_year

    @property
    def share(self) -> Fraction:
        """Which share of its last year should be there by now, by the rules."""
        return self.rules.quarters.share(self.facts.quarter)

    def _by_now(self, planned: Callable[[int], Fraction | None]) -> Fraction | None:
        """What was planned to be there by now, of what was planned through each year; ``None``: that is not known."""
        whole, before = planned(self.year), planned(self.year - 1)
        if self.share == ONE or whole is None or before is None:
            return whole if self.share == ONE else None
        return before + self.share * (whole - before)

    @cached_property
    def done(self) -> Measured:
        """What follows from what happened."""
        return measured(self.plan, self.facts.schedule)

    @cached_property
    def meant(self) -> Measured | None:
        """What would follow from the adopted schedule."""
        return measured(self.plan, self.adopted) if self.adopted else None

    @cached_property
    def purse(self) -> Purse:
        """The money."""
        return Purse(self.plan, self.facts, self.done.checked, self.rules)

    def done_in(self, target: Target, county: str, year: int) -> Fraction:
        """What was delivered for a target in a county and year."""
        counts = target.from_year <= year <= target.by_year
        facts = self.facts.of(target.items, [county], [year]) if counts else []
        return sum((Fraction(fact.quantity) for fact in facts), ZERO)

    def meant_in(self, target: Target, county: str, year: int) -> Fraction:
        """What the adopted schedule has for it there and then; 0 without one."""
        counts = self.adopted is not None and target.from_year <= year <= target.by_year
        return _sum(self.adopted, target.items, [county], [year]) if counts and self.adopted is not None else ZERO

    def _meant_by_now(self, items: Collection[str], counties: Collection[str], years: Collection[int]) -> Fraction:
        """What the adopted schedule has by now; 0 without one."""
        if self.adopted is None:
            return ZERO
        gone = [year for year in years if year <= self.over]
        rest = [year for year in years if year > self.over]
        return _sum(self.adopted, items, counties, gone) + self.share * _sum(self.adopted, items, counties, rest)

    # -- targets -------------------------------------------------------------------------------------------------------

    def delivered(self, target: Target) -> Fraction:
        """What was delivered for a target."""
        return self.done.delivered(target.target, self.year)

    @cached_property
    def targets(self) -> tuple[Line, ...]:
        """A line for each target, in the order of the table."""
        known = {target.target: target for target in self.plan.targets}
        return tuple(self._target(row, known[row["target"]]) for row in self.plan.tables["targets"])

    def _target(self, row: Row, target: Target) -> Line:
        years = [year for year in self.years if target.from_year <= year <= target.by_year]
        facts = self.facts.of(target.items, target.counties, years)
        by_year = {year: sum((Fraction(fact.quantity) for fact in facts if fact.year == year), ZERO) for year in self.years}
        done = sum(by_year.values(), ZERO)
        meant = self.meant
        planned = self._by_now(partial(meant.delivered, target.target)) if meant else None
        due = target.by_year <= self.over
        line = Line(
            "target", target.target, self.name_of(row), self._unit(target.items), done, target.total, planned, by_year,
            origins=tuple(fact.origin for fact in facts), due=due, source=row["source"] or "",
        )  # fmt: skip
        return _lit(line, self._progress(line))

    def name_of(self, row: Row) -> str:
        """What a target is called: its group, its county, and its year where that is not the last."""
        name: str = self._groups.get(row["group"], row["group"])
        name += f" · {self.county_names[row['county']]}" if row["county"] else ""
        if row["by_year"] != self.plan.last_year:
            name += text("cli", "by-year", None, year=row["by_year"])
        return name

    def _progress(self, line: Line) -> Light:
        """The light of what is done: where the target is due against its total, else against what was planned to date."""
        if line.is_met:
            return "green"
        if line.due:
            return self.rules.due.of(line.share)
        return self.rules.progress.of(line.rate)

    @cached_property
    def _groups(self) -> dict[str, str]:
        return group_names(self.plan.tables, current_language())

    @cached_property
    def county_names(self) -> dict[str, str]:
        """What counties are called."""
        return names(self.plan.tables, "counties", current_language())

    def _unit(self, items: Collection[str]) -> str:
        if current_language() != "zh":
            return ""
        units = {row["unit"] or "" for row in self.plan.tables["items"] if row["item"] in items}
        return units.pop() if len(units) == 1 else ""

    # -- standards and indicators --------------------------------------------------------------------------------------

    @cached_property
    def standards(self) -> tuple[Line, ...]:
        """A line for each standard: per cent of what is required that stands, all counties together."""
        groups = {row["standard"]: row["group"] for row in self.plan.tables["standards"]}
        return tuple(self._standard(standard, self._groups.get(group, standard)) for standard, group in groups.items())

    def _standard(self, standard: str, name: str) -> Line:
        by_year = {year: rate for year in self.years if (rate := _percent(self.done, standard, year)) is not None}
        meant = self.meant
        planned = self._by_now(lambda year: _percent(meant, standard, year)) if meant else None
        line = Line("standard", standard, name, "%", by_year.get(self.year), Fraction(100), planned, by_year, due=self.is_over)
        return _lit(line, self._progress(line))

    @cached_property
    def indicators(self) -> tuple[Line, ...]:
        """A line for each indicator, in the order of the table."""
        called = own_names(self.plan.tables, "indicators", current_language())
        return tuple(self._indicator(row, called[row["indicator"]]) for row in self.plan.tables["indicators"])

    def _indicator(self, row: Row, name: str) -> Line:
        goal, unit = Fraction(row["goal"]), unit_name(row["unit"])
        if row["measure"] == "observation":
            seen = {year: Fraction(each["value"]) for year, each in history(self.plan, row["indicator"], self.year).items()}
            last = observed(self.plan, row["indicator"], self.year)
            value = None if last is None else Fraction(last["value"])
            origin = () if last is None else (f"observations:{last.number}",)
            line = Line(
                "indicator", row["indicator"], name, unit, value, goal, None, seen, origins=origin, source=row["source"] or ""
            )
            return _lit(line, self._observed(row, value))
        worth = {year: self.done.value(row, year) or ZERO for year in self.years}
        meant = self.meant
        planned = self._by_now(lambda year: meant.value(row, year) if year in self.years else None) if meant else None
        line = Line(
            "indicator",
            row["indicator"],
            name,
            unit,
            worth.get(self.year, ZERO),
            goal,
            planned,
            worth,
            due=self.is_over,
            source=row["source"] or "",
        )
        return _lit(line, self._progress(line))

    def _observed(self, row: Row, value: Fraction | None) -> Light:
        if value is None:
            return "none"
        if reached(row, value):
            return "green"
        goal = Fraction(row["goal"])
        away = abs(value - goal) / goal if goal else ONE
        return "yellow" if away <= Fraction(self.rules.observed.yellow) else "red"

    # -- programmes and counties ---------------------------------------------------------------------------------------

    @cached_property
    def programmes(self) -> tuple[Line, ...]:
        """A line for each programme, its total being that of the target of the whole plan that counts most of its kinds."""
        found = []
        for name, categories in PROGRAMMES.items():
            items = [row["item"] for row in self.plan.tables["items"] if row["category"] in categories]
            target = self._main(items)
            counted = [item for item in items if target is None or item in target.items]
            if counted and name != "other":
                found.append(self._programme(name, counted, target))
        return tuple(found)

    def _main(self, items: Collection[str]) -> Target | None:
        own = [
            target
            for target in self.plan.targets
            if len(target.counties) == len(self.plan.counties) and target.total and set(target.items) <= set(items)
        ]
        return max(own, key=lambda target: (len(target.items), target.by_year), default=None)

    def _programme(self, name: str, items: Collection[str], target: Target | None) -> Line:
        facts = self.facts.of(items, self.plan.counties, self.years)
        by_year = {year: sum((Fraction(fact.quantity) for fact in facts if fact.year == year), ZERO) for year in self.years}
        planned = self._meant_by_now(items, self.plan.counties, self.years) if self.adopted else None
        spent = [each for each in self.facts.spent if each.item in items or self._item_of(each.project) in items]
        line = Line(
            "programme", name, text("workbook", f"sheet-programme-{name}"), self._unit(items), sum(by_year.values(), ZERO),
            target.total if target else None, planned, by_year, origins=tuple(fact.origin for fact in facts),
            spent=sum((each.amount for each in spent), start=type(spent[0].amount)(0)) if spent else None,
        )  # fmt: skip
        return _lit(line, self._progress(line))

    def _item_of(self, project: str | None) -> str:
        return self.plan.projects[project].item if project else ""

    @cached_property
    def counties(self) -> tuple[CountyLine, ...]:
        """A line for each county, in the order of the table."""
        return tuple(self._county(row["county"]) for row in self.plan.tables["counties"])

    def _county(self, county: str) -> CountyLine:
        parts = {}
        for target in self.plan.targets:
            years = [year for year in self.years if target.from_year <= year <= target.by_year]
            planned = self._meant_by_now(target.items, [county], years)
            if planned and county in target.counties:
                done = sum((Fraction(fact.quantity) for fact in self.facts.of(target.items, [county], years)), ZERO)
                parts[target.target] = (done, planned)
        rates = [min(ONE, done / planned) for done, planned in parts.values()]
        progress = sum(rates, ZERO) / len(rates) if rates else None
        own = [line for line in self.targets if line.due and self._counties_of[line.key] == county]
        met = sum(line.is_met for line in own)
        money = self.purse.of_county(county, self.county_names[county])
        late: Light = "none" if not own else self.rules.due.of(Fraction(met, len(own)))
        light = worst(self.rules.progress.of(progress), late)
        return CountyLine(
            county, self.county_names[county], progress, parts, (met, len(own)), money, self.purse.in_county(county), light
        )

    @cached_property
    def _counties_of(self) -> dict[str, str | None]:
        return {row["target"]: row["county"] for row in self.plan.tables["targets"]}


def _lit(line: Line, light: Light) -> Line:
    return Line(**{**vars(line), "light": light})


def _percent(measured_: Measured, standard: str, year: int) -> Fraction | None:
    """Per cent of what a standard requires in ``year`` that stands; ``None``: nothing is required."""
    stands, required = measured_.standing(standard, year)
    return 100 * stands / required if required else None


def _sum(schedule: Schedule, items: Iterable[str], counties: Iterable[str], years: Iterable[int]) -> Fraction:
    items, counties, years = set(items), set(counties), set(years)
    return sum(
        (
            Fraction(quantity)
            for (i, c, y), quantity in schedule.deliveries.items()
            if i in items and c in counties and y in years
        ),
        ZERO,
    )
