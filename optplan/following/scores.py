"""Assessment: points of each county and programme by rules that stand in a file, for a year and for each year before it."""

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
from optplan.language import current_language
from optplan.plan import Plan
from optplan.records import Records
from optplan.schedule import Schedule

HUNDRED = Fraction(100)
ZERO, ONE = Fraction(0), Fraction(1)
CountyMeasure = Literal["progress", "milestones", "standards", "money", "reports"]
ProgrammeMeasure = Literal["rate", "share"]


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


class ProgrammeRule(_Scale):
    """A measure of programmes."""

    measure: ProgrammeMeasure


Scales = Sequence[CountyRule] | Sequence[ProgrammeRule]


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
    programmes: tuple[ProgrammeRule, ...] = Field(min_length=1)
    grades: tuple[Grade, ...] = Field(min_length=1)

    def grade(self, total: Fraction) -> str:
        """What a total is called; blank below the last grade."""
        for grade in sorted(self.grades, key=lambda each: each.least, reverse=True):
            if total >= Fraction(grade.least):
                return grade.name if current_language() == "zh" else grade.name_en or grade.name
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
    """The scores of a year. ``history``: the totals of the years up to it by the same rules, by (kind, key)."""

    plan: Plan
    year: int
    rules: ScoreRules
    counties: tuple[Score, ...]
    programmes: tuple[Score, ...]
    history: Mapping[tuple[str, str], Mapping[int, Fraction | None]]


def assess(
    plan: Plan,
    records: Records,
    adopted: Schedule | None,
    year: int,
    lights: LightRules,
    rules: ScoreRules,
) -> Assessment:
    """The scores of counties and programmes at the end of ``year``. Nothing is solved; the same inputs give the same points."""
    by_year = {
        each: _scores(Standing(plan, facts_of(plan, records, each), adopted, lights), records, rules)
        for each in plan.years
        if each <= year
    }
    now_counties, now_programmes = by_year[year]
    history: dict[tuple[str, str], dict[int, Fraction | None]] = {}
    for each, pair in by_year.items():
        for kind, scores in zip(("county", "programme"), pair, strict=True):
            for score in scores:
                history.setdefault((kind, score.key), {})[each] = score.total
    return Assessment(plan, year, rules, now_counties, now_programmes, history)


def _scores(standing: Standing, records: Records, rules: ScoreRules) -> tuple[tuple[Score, ...], tuple[Score, ...]]:
    counties = [
        _score(line.county, line.name, rules.counties, _of_county(standing, records, line), rules) for line in standing.counties
    ]
    programmes = [
        _score(line.key, line.name, rules.programmes, _of_programme(standing, line), rules) for line in standing.programmes
    ]
    return _ranked(counties), _ranked(programmes)


def _of_county(standing: Standing, records: Records, line: CountyLine) -> dict[str, Fraction | None]:
    met, due = line.milestones
    shares = [
        stands / required
        for standard in {row["standard"]: None for row in standing.plan.tables["standards"]}
        for stands, required in [standing.done.standing(standard, standing.year, line.county)]
        if required
    ]
    quarters = [(line.county, standing.year, quarter) for quarter in (1, 2, 3, 4)]
    confirmed = Fraction(sum(each in records.confirmed for each in quarters), len(quarters))
    return {
        "progress": line.progress,
        "milestones": Fraction(met, due) if due else None,
        "standards": sum(shares, ZERO) / len(shares) if shares else None,
        "money": line.money.rate,
        "reports": confirmed if any(entry.year == standing.year for entry in records) else None,
    }


def _of_programme(standing: Standing, line: Line) -> dict[str, Fraction | None]:
    gone = Fraction(len(standing.years), len(standing.plan.years))
    share = None if line.share is None or not gone or line.planned == 0 else line.share / gone
    return {"rate": line.rate, "share": share}  # of what nothing was planned for by now, no pace is asked


def _score(
    key: str,
    name: str,
    scales: Sequence[CountyRule] | Sequence[ProgrammeRule],
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
