"""The assessment in words: a notice with the score sheets, as one JSON document, and on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from optplan.following.adopted import seal_of
from optplan.following.document import number
from optplan.following.scores import Assessment, CountyRule, DepartmentRule, Kind, ProgrammeRule, Scales, Score
from optplan.following.words import rate
from optplan.language import bilingual, sentences_of, year_name
from optplan.language.lists import listed
from optplan.language.numbers import exact_percent
from optplan.records import Records
from optplan.reporting.blocks import Blocks
from optplan.reporting.report import chinese
from optplan.reporting.sources import Sources, adopted_source, ranges, records_source
from optplan.reporting.write import Letter, annexed, dated, written
from optplan.tables.names import title_of
from optplan.word.written import ready_for

if TYPE_CHECKING:
    from optplan.result import Result
    from optplan.schedule import Schedule

say = sentences_of("assessment")
tell = sentences_of("reporting")
Frame = tuple[str, str, str, date | None]  # unit, addressee, number, day


def scores_as_dict(found: Assessment) -> dict[str, Any]:
    """The document that ``optplan assess --json`` prints: every value and point exact, the rules, the history."""
    return {
        "format": 1,
        "plan": {"title": found.plan.title, "sha256": found.plan.sha256},
        "year": found.year,
        "rules": found.rules.model_dump(mode="json"),
        "counties": [_as_dict("county", score, found) for score in found.scores["county"]],
        "departments": [_as_dict("department", score, found) for score in found.scores["department"]],
        "programmes": [_as_dict("programme", score, found) for score in found.scores["programme"]],
    }


def _as_dict(kind: Kind, score: Score, found: Assessment) -> dict[str, Any]:
    return {
        kind: score.key,
        "name": score.name,
        "values": {name: number(value) for name, value in score.values.items()},
        "points": {name: number(value) for name, value in score.points.items()},
        "total": number(score.total),
        "grade": score.grade,
        "rank": score.rank,
        "history": {str(year): number(total) for year, total in found.history[kind, score.key].items()},
    }


def scores_in_lines(found: Assessment) -> list[str]:
    """The ranking in a few lines."""
    lines = [say("headline", when=found.when)]
    lines += [
        say("line", rank=score.rank or "–", name=score.name, total=points_words(score.total), grade=score.grade)
        for score in in_order(found.scores["county"])
    ]
    return lines


def write_score_report(
    found: Assessment,
    records: Records,
    adopted: Result | Schedule | None,
    path: Path,
    frame: Frame,
    *,
    template: str | Path | None = None,
) -> None:
    """Write the notice of an assessment, Word or PDF; ``adopted``: what the scores were measured against."""
    ready_for(path)
    blocks, sources = Blocks(chinese()), Sources()
    mark = sources.mark(*_places(found, records, adopted))
    blocks.text(say("opening", when=found.when, plan=title_of(found.plan.tables)))
    blocks.heading(say("part-rules"))
    for kind, scales, _ in found.sheets:
        blocks.text(say(f"rules-{kind}"))
        blocks.listed(_rule(scale) for scale in scales)
    blocks.text(say("rule-unknown"), say("grades", grades=_grades(found)))
    for kind, scales, scores in found.sheets:
        blocks.heading(say(f"part-{kind}"))
        _sheet(blocks, found, kind, scales, scores, mark)
    blocks.heading(say("part-history"))
    _history(blocks, found, mark)
    blocks.text(say("closing", year=found.year + 1))
    annex = Blocks(chinese())
    for at, words in sources.rows:
        annex.note(tell("source-line", number=at, words=words))
    unit, addressee, reference, day = frame
    letter = Letter(unit, addressee, reference, day or date.today())
    content = {
        "title": say("title", year=found.year, plan=title_of(found.plan.tables)),
        "blocks": blocks.found,
        "kind": "assessment",
        **annexed(annex),
        **dated(letter),
    }
    written(content, blocks, path, template)


def _places(found: Assessment, records: Records, adopted: Result | Schedule | None) -> list[tuple[str, str]]:
    plan, numbers = found.plan, [entry.number for entry in records.of(through=(found.year, 4))]
    rows = [row.number for row in plan.tables["actuals"] if row.number and row["year"] <= found.year]
    places = [("actuals", tell("source-actuals", rows=ranges(rows)))] if rows else []
    places += [("records", records_source(numbers))] if numbers else []
    return [*places, *([("adopted", adopted_source(seal_of(adopted)))] if adopted is not None else [])]


def _rule(scale: CountyRule | DepartmentRule | ProgrammeRule) -> str:
    return say(
        "rule", measure=say(f"measure-{scale.measure}"), meaning=say(f"meaning-{scale.measure}"), weight=scale.weight,
        none=exact_percent(scale.none), full=exact_percent(scale.full),
    )  # fmt: skip


def _grades(found: Assessment) -> str:
    return listed(say("grade", name=bilingual(each.name, each.name_en), least=each.least) for each in found.rules.grades)


def in_order(scores: Sequence[Score]) -> list[Score]:
    """By rank; who has none comes last."""
    return sorted(scores, key=lambda score: (score.rank is None, score.rank or 0))


def _sheet(
    blocks: Blocks,
    found: Assessment,
    kind: Kind,
    scales: Scales,
    scores: Sequence[Score],
    mark: str,
) -> None:
    weights = [(say(f"measure-{each.measure}"), each.weight) for each in scales]
    heads = [say(f"head-{kind}"), *(say("of-weight", measure=measure, weight=weight) for measure, weight in weights)]
    rows = [
        [
            score.name,
            *(_cell(score, each.measure) for each in scales),
            points_words(score.total),
            "–" if score.rank is None else str(score.rank),
            score.grade or "–",
        ]
        for score in in_order(scores)
    ]
    heads += [say("head-total"), say("head-rank"), say("head-grade")]
    blocks.table(say(f"title-{kind}", when=found.when) + mark, heads, rows, words_last=True, note=say("cells-note"))
    values = [[score.name, *(rate(score.values[each.measure]) for each in scales)] for score in in_order(scores)]
    blocks.table(say(f"values-{kind}") + mark, [heads[0], *(measure for measure, _ in weights)], values)


def _cell(score: Score, measure: str) -> str:
    value, points = score.values[measure], score.points[measure]
    return "–" if value is None else points_words(points)


def points_words(value: Fraction | None) -> str:
    """Points out of a hundred, to two decimals; a dash where they are not known."""
    return "–" if value is None else f"{float(value):.2f}"


def _history(blocks: Blocks, found: Assessment, mark: str) -> None:
    years = [year for year in found.plan.years if year <= found.year]
    heads = [say("head-name"), *map(year_name, years)]
    blocks.table(say("title-history", year=found.year) + mark, heads, history_rows(found, years))


def history_rows(found: Assessment, years: Sequence[int]) -> list[list[str]]:
    """A row for each county, department and programme: its name and its points in each year."""
    return [
        [score.name, *(points_words(found.history[kind, score.key].get(year)) for year in years)]
        for kind, _, scores in found.sheets
        for score in scores
    ]
