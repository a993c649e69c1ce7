"""Assessment: points of counties, departments and programmes by rules in a file, for a year and for each year before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from optplan.following.facts import facts_of
from optplan.following.lights import RULES, LightRules, read_rules
from optplan.following.lines import CountyLine, Line
from optplan.following.standing import Standing
from optplan.language import bilingual, current_language
from optplan.plan import Plan
from optplan.records import Records
from optplan.schedule import Schedule
from optplan.tables.names import own_names

HUNDRED = Fraction(100)
ZERO, ONE = Fraction(0), Fraction(1)
CountyMeasure = Literal["progress", "milestones", "standards", "money", "reports"]
DepartmentMeasure = Literal["targets", "due", "indicators"]
ProgrammeMeasure = Literal["rate", "share"]
Kind = Literal["county", "department", "programme"]
KINDS: tuple[Kind, ...] = ("county", "department", "programme")


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class _Scale(_Strict):
    """All of ``weight`` from ``full`` on, nothing from ``none`` down, between them by a straight line."""

    weight: Decimal = Field(gt=0)
    none: Decimal
    full: Decimal

    @model_validator(mode="after")
    def _rising(self) -> _Scale:
        if self.none >= self.full:
            raise PydanticCustomError("scale", "none must be below full")
        return self

    def points(self, value: Fraction) -> Fraction:
        """The points of a value."""
        none, full = Fraction(self.none), Fraction(self.full)
        return Fraction(self.weight) * min(ONE, max(ZERO, (value - none) / (full - none)))


class CountyRule(_Scale):
    """A measure of counties."""

    measure: CountyMeasure


class DepartmentRule(_Scale):
    """A measure of departments."""

    measure: DepartmentMeasure


class ProgrammeRule(_Scale):
    """A measure of programmes."""

    measure: ProgrammeMeasure


Scales = Sequence[CountyRule] | Sequence[DepartmentRule] | Sequence[ProgrammeRule]


class Grade(_Strict):
    """What so many points and more are called."""

    name: str
    name_en: str = ""
    least: Decimal


class ScoreRules(_Strict):
    """All rules of an assessment; ``follow/scores.toml`` explains them."""

    title: str
    title_en: str = ""
    counties: tuple[CountyRule, ...] = Field(min_length=1)
    departments: tuple[DepartmentRule, ...] = ()
    programmes: tuple[ProgrammeRule, ...] = Field(min_length=1)
    grades: tuple[Grade, ...] = Field(min_length=1)

    def of(self, kind: Kind) -> Scales:
        """The measures of those who are assessed together."""
        match kind:
            case "county":
                return self.counties
            case "department":
                return self.departments
            case "programme":
                return self.programmes

    def grade(self, total: Fraction) -> str:
        """What a total is called; blank below the last grade."""
        for grade in sorted(self.grades, key=lambda each: each.least, reverse=True):
            if total >= Fraction(grade.least):
                return bilingual(grade.name, grade.name_en)
        return ""


def read_scores(path: str | Path | None = None) -> ScoreRules:
    """The rules of an assessment in a file, or those that ship. Raises :class:`InputError`."""
    return read_rules(Path(path) if path else RULES / "scores.toml", ScoreRules)


@dataclass(frozen=True)
class Score:
    """``values``: each measure (``None``: not known, left out). ``points``: out of its weight. ``total``: out of a hundred.

    ``rank`` counts from 1; equals share the better rank.
    """

    key: str
    name: str
    values: Mapping[str, Fraction | None]
    points: Mapping[str, Fraction | None]
    total: Fraction | None
    grade: str
    rank: int | None = None


@dataclass(frozen=True)
class Assessment:
    """The scores of a year by kind, at the moment that ``when`` says in words.

    ``history``: the totals of the years up to it by the same rules, by (kind, key).
    """

    plan: Plan
    year: int
    when: str
    rules: ScoreRules
    scores: Mapping[Kind, tuple[Score, ...]]
    history: Mapping[tuple[Kind, str], Mapping[int, Fraction | None]]

    @property
    def sheets(self) -> tuple[tuple[Kind, Scales, tuple[Score, ...]], ...]:
        """Who is assessed together, by which measures, with which scores; kinds of whom the plan has nobody are left out."""
        return tuple((kind, self.rules.of(kind), scores) for kind, scores in self.scores.items() if scores)


def assess(
    plan: Plan,
    records: Records,
    adopted: Schedule | None,
    year: int,
    lights: LightRules,
    rules: ScoreRules,
) -> Assessment:
    """The scores at the end of ``year``. Nothing is solved; the same inputs give the same points."""
    standings = {each: Standing(plan, facts_of(plan, records, each), adopted, lights) for each in plan.years if each <= year}
    by_year = {each: _scores(standing, records, rules) for each, standing in standings.items()}
    history: dict[tuple[Kind, str], dict[int, Fraction | None]] = {}
    for each, of_year in by_year.items():
        for kind, scores in of_year.items():
            for score in scores:
                history.setdefault((kind, score.key), {})[each] = score.total
    return Assessment(plan, year, standings[year].when, rules, by_year[year], history)


def _scores(standing: Standing, records: Records, rules: ScoreRules) -> dict[Kind, tuple[Score, ...]]:
    counties = [
        _score(line.county, line.name, rules.counties, _of_county(standing, records, line), rules) for line in standing.counties
    ]
    called = own_names(standing.plan.tables, "departments", current_language()) if rules.departments else {}
    departments = [_score(key, name, rules.departments, _of_department(standing, key), rules) for key, name in called.items()]
    programmes = [
        _score(line.key, line.name, rules.programmes, _of_programme(standing, line), rules) for line in standing.programmes
    ]
    return {"county": _ranked(counties), "department": _ranked(departments), "programme": _ranked(programmes)}


def _of_county(standing: Standing, records: Records, line: CountyLine) -> dict[str, Fraction | None]:
    met, due = line.milestones
    shares = [
        stands / required
        for standard in {row["standard"]: None for row in standing.plan.tables["standards"]}
        for stands, required in [standing.done.standing(standard, standing.year, line.county)]
        if required
    ]
    quarters = [(line.county, standing.year, quarter) for quarter in range(1, standing.facts.quarter + 1)]
    confirmed = Fraction(sum(each in records.confirmed for each in quarters), len(quarters))
    return {
        "progress": line.progress,
        "milestones": Fraction(met, due) if due else None,
        "standards": _mean(shares),
        "money": line.money.rate,
        "reports": confirmed if any(entry.year == standing.year for entry in records) else None,
    }


def _of_department(standing: Standing, department: str) -> dict[str, Fraction | None]:
    """What a department answers for: its targets beside the adopted schedule, those that are due, and its indicators."""
    duties = [row for row in standing.plan.tables["duties"] if row["department"] == department]
    targets = [line for line in standing.targets if line.key in {row["target"] for row in duties}]
    indicators = [line for line in standing.indicators if line.key in {row["indicator"] for row in duties}]
    at_least = {row["indicator"]: row["direction"] == "at_least" for row in standing.plan.tables["indicators"]}
    due = [
        Fraction(bool(line.total is not None and line.done is not None and line.done >= line.total))
        for line in targets
        if line.due
    ]
    return {
        "targets": _mean([min(ONE, line.rate) for line in targets if line.rate is not None]),
        "due": _mean(due),
        "indicators": _mean([way for line in indicators if (way := _way(line, at_least[line.key])) is not None]),
    }


def _way(line: Line, at_least: bool) -> Fraction | None:
    """How much of what an indicator should be by now it is; ``None``: it was not observed, or nothing was planned by now."""
    asked = line.total if line.planned is None else line.planned
    if line.done is None or asked is None or line.planned == 0:
        return None
    if line.done == asked or (line.done > asked) == at_least:
        return ONE
    least, most = sorted((line.done, asked))
    return least / most


def _mean(parts: Sequence[Fraction]) -> Fraction | None:
    return sum(parts, ZERO) / len(parts) if parts else None


def _of_programme(standing: Standing, line: Line) -> dict[str, Fraction | None]:
    gone = (len(standing.years) - 1 + standing.share) / len(standing.plan.years)
    share = None if line.share is None or not gone or line.planned == 0 else line.share / gone
    return {"rate": line.rate, "share": share}  # of what nothing was planned for by now, no pace is asked


def _score(
    key: str,
    name: str,
    scales: Scales,
    values: Mapping[str, Fraction | None],
    rules: ScoreRules,
) -> Score:
    points: dict[str, Fraction | None] = {
        scale.measure: None if (value := values[scale.measure]) is None else scale.points(value) for scale in scales
    }
    weight = sum((Fraction(scale.weight) for scale in scales if points[scale.measure] is not None), ZERO)
    got = sum((each for each in points.values() if each is not None), ZERO)
    total = HUNDRED * got / weight if weight else None
    return Score(key, name, values, points, total, rules.grade(total) if total is not None else "")


def _ranked(scores: Sequence[Score]) -> tuple[Score, ...]:
    totals = sorted((score.total for score in scores if score.total is not None), reverse=True)
    return tuple(
        Score(**{**vars(score), "rank": None if score.total is None else totals.index(score.total) + 1}) for score in scores
    )
