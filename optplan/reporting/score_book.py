"""The assessment as a workbook: points by live formulas from values and rules, history, and planned beside done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from optplan.following.scores import Assessment, Kind, Scales, Score
from optplan.language import bilingual, sentences_of, year_name
from optplan.tables.names import title_of
from optplan.workbook.book import Book, Formula, in_cell, letter
from optplan.workbook.page import print_page, table_head
from optplan.workbook.styles import CENTRED, HEADER, INPUT, NOTE, NUMBER, POINTS, SHARE, TEXT

if TYPE_CHECKING:
    from optplan.following.standing import Standing
    from optplan.workbook.book import Sheet

say = sentences_of("assessment")
FIRST_ROW = 9  # of the scores; above it stand the rules: weight, none, full
WEIGHT, NONE, FULL, HEAD = 5, 6, 7, 8


def write_scores(found: Assessment, standing: Standing, path: Path) -> None:
    """Write the workbook of an assessment, replacing an older one as a whole or not at all."""
    book = Book()
    title = bilingual(found.rules.title, found.rules.title_en)
    for kind, scales, scores in found.sheets:
        _scores(book.add(say(f"sheet-{kind}")), found, title, kind, scales, scores)
    _history(book.add(say("sheet-history")), found)
    _planned(book.add(say("sheet-planned")), standing)
    book.save(path, title)


def _scores(
    sheet: Sheet,
    found: Assessment,
    title: str,
    kind: Kind,
    scales: Scales,
    scores: Sequence[Score],
) -> None:
    """Values at the left, points beside them, then the total, the grade and the rank."""
    number = len(scales)
    first_point, total = 2 + number, 2 + 2 * number
    last = total + 2
    table_head(sheet, None, say(f"title-{kind}", when=found.when), title_of(found.plan.tables), title, 1, last)
    sheet.put(4, 1, say("rules"), NOTE)
    for row, name in ((WEIGHT, "weight"), (NONE, "none"), (FULL, "full")):
        sheet.put(row, 1, say(name), HEADER)
    heads = [say(f"head-{kind}"), *(say(f"measure-{scale.measure}") for scale in scales)]
    heads += [say("points-of", measure=say(f"measure-{scale.measure}")) for scale in scales]
    sheet.line(HEAD, 1, [*heads, say("head-total"), say("head-grade"), say("head-rank")], HEADER)
    for at, scale in enumerate(scales, start=2):
        sheet.put(WEIGHT, at, scale.weight, POINTS.but(**INPUT))
        sheet.put(NONE, at, scale.none, SHARE.but(**INPUT))
        sheet.put(FULL, at, scale.full, SHARE.but(**INPUT))
    for row, score in enumerate(scores, start=FIRST_ROW):
        sheet.put(row, 1, score.name, TEXT)
        for place, measure in enumerate(score.points):
            _measure(sheet, row, 2 + place, first_point + place, score.values[measure], score.points[measure])
        last_row = FIRST_ROW + len(scores) - 1
        points = f"{letter(first_point)}{row}:{letter(total - 1)}{row}"
        weights = f"${letter(2)}${WEIGHT}:${letter(1 + number)}${WEIGHT}"
        counted = f"SUMPRODUCT(ISNUMBER({points})*{weights})"
        all_of = f'IF({counted}=0,"",100*SUM({points})/{counted})'
        sheet.put(row, total, Formula(all_of, _decimal(score.total)), POINTS.but(bold=True))
        sheet.put(row, total + 1, score.grade, CENTRED)
        own, column = f"{letter(total)}{row}", f"${letter(total)}${FIRST_ROW}:${letter(total)}${last_row}"
        rank = f'IF({own}="","",RANK({own},{column}))'
        sheet.put(row, total + 2, Formula(rank, "" if score.rank is None else score.rank), CENTRED)
    sheet.widths([18, *[11] * (2 * number), 10, 10, 8])
    print_page(
        sheet,
        last_column=last,
        last_row=FIRST_ROW + len(scores) - 1,
        title_rows=(HEAD, HEAD),
        running_head=title_of(found.plan.tables),
    )


def _measure(sheet: Sheet, row: int, at: int, point: int, value: Fraction | None, points: Fraction | None) -> None:
    sheet.put(row, at, say("unknown") if value is None else _decimal(value), TEXT if value is None else SHARE)
    cell, column = f"{letter(at)}{row}", f"${letter(at)}$"
    clamped = f"MIN(1,MAX(0,({cell}-{column}{NONE})/({column}{FULL}-{column}{NONE})))"
    text = f'IF(ISNUMBER({cell}),{column}{WEIGHT}*{clamped},"")'
    sheet.put(row, point, Formula(text, "" if points is None else _decimal(points)), POINTS)


def _decimal(value: Fraction | None) -> Any:
    return "" if value is None else in_cell(value)


def _history(sheet: Sheet, found: Assessment) -> None:
    years = [year for year in found.plan.years if year <= found.year]
    table_head(
        sheet, None, say("title-history", year=found.year), title_of(found.plan.tables), say("unit-points"), 1, 2 + len(years)
    )
    sheet.line(4, 1, [say("head-kind"), say("head-name"), *map(year_name, years)], HEADER)
    named = {(kind, score.key): score.name for kind, _, scores in found.sheets for score in scores}
    for row, ((kind, key), totals) in enumerate(found.history.items(), start=5):
        sheet.put(row, 1, say(f"head-{kind}"), TEXT)
        sheet.put(row, 2, named[kind, key], TEXT)
        for at, year in enumerate(years, start=3):
            total = totals.get(year)
            sheet.put(row, at, "–" if total is None else _decimal(total), POINTS)
    sheet.widths([12, 22, *[10] * len(years)])
    print_page(sheet, last_column=2 + len(years), last_row=4 + len(found.history), title_rows=(4, 4), landscape=False)


def _planned(sheet: Sheet, standing: Standing) -> None:
    """Planned and done by target, county and year, with sums and rates as live formulas."""
    years = list(standing.years)
    last = 2 + 2 * len(years) + 3
    table_head(sheet, None, say("title-planned", when=standing.when), title_of(standing.plan.tables), say("unit-own"), 1, last)
    heads = [say("head-target"), say("head-county"), *(say("planned-in", year=year) for year in years)]
    heads += [say("done-in", year=year) for year in years]
    sheet.line(4, 1, [*heads, say("head-planned"), say("head-done"), say("head-rate")], HEADER)
    row = 5
    for target, name, planned, done in _cells(standing, years):
        sheet.put(row, 1, target, TEXT)
        sheet.put(row, 2, name, TEXT)
        for at, year in enumerate(years):
            sheet.put(row, 3 + at, _decimal(planned[year]), NUMBER)
            sheet.put(row, 3 + len(years) + at, _decimal(done[year]), NUMBER)
        sums = []
        for part, values in ((0, planned), (1, done)):
            first, end = letter(3 + part * len(years)), letter(2 + (part + 1) * len(years))
            sums.append(sum(values.values(), Fraction(0)))
            sheet.put(row, last - 2 + part, Formula(f"SUM({first}{row}:{end}{row})", _decimal(sums[-1])), NUMBER)
        rate: Any = "" if not sums[0] else _decimal(sums[1] / sums[0])
        asked = f'IF({letter(last - 2)}{row}=0,"",{letter(last - 1)}{row}/{letter(last - 2)}{row})'
        sheet.put(row, last, Formula(asked, rate), SHARE)
        row += 1
    sheet.widths([30, 18, *[10] * (2 * len(years)), 11, 11, 10])
    sheet.worksheet.freeze_panes = "C5"
    print_page(sheet, last_column=last, last_row=row - 1, title_rows=(4, 4), running_head=title_of(standing.plan.tables))


def _cells(standing: Standing, years: Sequence[int]) -> list[tuple[str, str, Mapping[int, Fraction], Mapping[int, Fraction]]]:
    """Target, county and what was planned and done there in each year; rows with neither are left out."""
    found: list[tuple[str, str, Mapping[int, Fraction], Mapping[int, Fraction]]] = []
    names = {line.key: line.name for line in standing.targets}
    for target in standing.plan.targets:
        for county in standing.counties:
            if county.county not in target.counties:
                continue
            planned = {year: standing.meant_in(target, county.county, year) for year in years}
            done = {year: standing.done_in(target, county.county, year) for year in years}
            if any(planned.values()) or any(done.values()):
                found.append((names[target.target], county.name, planned, done))
    return found
