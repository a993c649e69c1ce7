"""A schedule workbook that a person edited: read back exactly, judged at the right cell, and repaired."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plans.random_plans import Size, random_tables
from slow_set import mostly_slow

from optplan.audit import audit
from optplan.figures.changes import Change, changes, sentence
from optplan.plan import Plan
from optplan.repairs import judge, read_edit, repair
from optplan.result import Result
from optplan.schedule import Schedule
from optplan.tables.findings import InputError
from optplan.workbook import export_schedule
from optplan.workbook.edited.sheets import IdSheet, read_sheets

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "reports" / "sample" / "shuozhou-attain.json"


def same(one: Schedule, other: Schedule) -> bool:
    return all(
        {key: value for key, value in getattr(one, part).items() if value}
        == {key: value for key, value in getattr(other, part).items() if value}
        for part in ("deliveries", "hires", "starts", "payments", "requests")
    )


class Desk:
    """An exported workbook on somebody's desk: cells are changed by what they are, as a person would who looks for them."""

    def __init__(self, result: Result, path: Path) -> None:
        self.result, self.path = result, path
        export_schedule(result, path)
        self.book = openpyxl.load_workbook(path)
        self.sheets = {sheet.holder: sheet for sheet in read_sheets(path) if sheet.kind == "county"}

    def cell(self, county: str, kind: str, key: str, year: int | None) -> tuple[IdSheet, int, int]:
        sheet = self.sheets[county]
        columns = sheet.year_columns()
        return sheet, sheet.rows[kind, key] + 1, (min(columns.values()) - 1 if year is None else columns[year]) + 1

    def put(self, county: str, kind: str, key: str, year: int | None, value: Any) -> str:
        sheet, row, column = self.cell(county, kind, key, year)
        cell = self.book[sheet.name].cell(row, column)
        cell.value = value
        return f"{self.path}!{sheet.name}!{cell.coordinate}"

    def save(self) -> Path:
        self.book.save(self.path)
        return self.path


@pytest.fixture(params=["attained", "priced"])
def result(request: pytest.FixtureRequest) -> Result:
    return request.getfixturevalue(request.param)


def errors_of(path: Path, result: Result) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_edit(path, result.tables())
    return [finding.line("en") for finding in caught.value.findings if finding.severity == "error"]


def goods_of(result: Result) -> str:
    return next(row["item"] for row in result.tables()["items"] if row["kind"] == "goods" and row["whole"])


def test_an_untouched_workbook_is_the_sealed_schedule(result: Result, tmp_path: Path) -> None:
    export_schedule(result, tmp_path / "schedule.xlsx")
    edit = read_edit(tmp_path / "schedule.xlsx", result.tables())
    assert same(edit.schedule, result.to_schedule())
    verdict = judge(Plan(result.tables()), edit)
    assert verdict.ok
    assert not verdict.findings
    assert [standing.value for standing in verdict.standings] == [level["in_plan"] for level in result.document["criteria"]]
    assert [standing.bound for standing in verdict.standings] == [level["bound"] for level in result.document["criteria"]]


@pytest.mark.parametrize("seed", mostly_slow(range(6), 1))
def test_what_is_wrong_is_what_the_exact_check_says_of_the_changed_schedule(
    result: Result, tmp_path: Path, office: Callable[..., Path], seed: int
) -> None:
    """Three cells are changed at random; LibreOffice, recalculating, must show the trouble in the cells that are named."""
    rng, tables, desk = random.Random(seed), result.tables(), Desk(result, tmp_path / "schedule.xlsx")
    schedule = result.to_schedule()
    deliveries, hires, payments = dict(schedule.deliveries), dict(schedule.hires), dict(schedule.payments)
    last = tables.setting("last_year")
    for _ in range(3):
        county = rng.choice([row["county"] for row in tables["counties"]])
        kind, key = rng.choice([name for name in desk.sheets[county].rows if name[0] in {"item", "hires", "payment"} and name[1]])
        value = rng.choice([0, 1, 7, 300, -2])
        if kind == "item":
            if next(row["kind"] for row in tables["items"] if row["item"] == key) != "goods":
                continue
            deliveries[key, county, last] = Decimal(value)
        elif kind == "hires":
            team = next(row for row in tables["teams"] if row["team"] == key)
            before = hires.get((key, last), 0)
            hires[key, last] = value
            deliveries[team["item"], county, last] = deliveries.get((team["item"], county, last), Decimal(0)) + value - before
        else:
            fund, _, of = key.partition("|")
            payments[fund, county, last, of] = value * 10_000
        desk.put(county, kind, key, last, value)
    changed = Schedule(deliveries, hires, schedule.starts, payments, schedule.requests)
    path = desk.save()
    verdict = judge(Plan(tables), path)
    model = verdict_model = read_edit(path, tables).model
    expected = audit(tables, changed, requests=verdict_model.requests, criteria=[each.name for each in model.criteria])
    assert sorted(map(str, verdict.violations)) == sorted(map(str, expected.violations))
    assert verdict.audit.criteria == expected.criteria
    shown = openpyxl.load_workbook(office(path), data_only=True)
    for place, violation in zip(verdict.places, verdict.violations, strict=True):
        assert place.sheet, (violation, place)
        assert place.cell, (violation, place)
        value = shown[place.sheet][place.cell].value
        mark = shown[place.sheet].cell(shown[place.sheet][place.cell].row, shown[place.sheet][place.cell].column + 1).value
        match violation.rule:
            case "not-paid":
                assert abs(value) > 1e-9, (violation, place, value)
            case "overspent" if violation.values["county"]:
                assert value < 0, (violation, place, value)
            case "limit-max" | "limit-min" | "mix-max" | "mix-min" | "county-cap" | "matching" | "support-floor":
                assert mark == "不符", (violation, place, value, mark)
            case "operating-budget":
                assert mark == "不符", (violation, place, value, mark)
            case "target-exceeded":
                assert value > mark, (violation, place, value, mark)
            case "negative" | "negative-payment" | "hires-whole":
                assert value < 0, (violation, place, value)
            case "staff-max":
                assert value == violation.values["staff"]
            case _:
                pass


def test_a_cell_that_holds_no_number_is_named(attained: Result, tmp_path: Path) -> None:
    desk, item = Desk(attained, tmp_path / "s.xlsx"), goods_of(attained)
    county, last = attained.tables()["counties"][0]["county"], attained.tables().setting("last_year")
    place = desk.put(county, "item", item, last, "三台")
    assert any(line.startswith(f"{place}: error: ") for line in errors_of(desk.save(), attained))


def test_numbers_as_people_type_them_are_read(attained: Result, tmp_path: Path) -> None:
    desk, item = Desk(attained, tmp_path / "s.xlsx"), goods_of(attained)
    county, last = attained.tables()["counties"][0]["county"], attained.tables().setting("last_year")
    desk.put(county, "item", item, last, " １，２３４ ")
    assert read_edit(desk.save(), attained.tables()).schedule.deliveries[item, county, last] == 1234


@pytest.mark.slow
def test_a_formula_is_taken_by_what_it_came_to_when_saved(attained: Result, tmp_path: Path, office: Callable[..., Path]) -> None:
    desk, item = Desk(attained, tmp_path / "s.xlsx"), goods_of(attained)
    county, last = attained.tables()["counties"][0]["county"], attained.tables().setting("last_year")
    place = desk.put(county, "item", item, last, "=3+4")
    path = desk.save()
    assert any(line.startswith(f"{place}: error: ") for line in errors_of(path, attained))  # never calculated
    assert read_edit(office(path), attained.tables()).schedule.deliveries[item, county, last] == 7


def test_figures_that_are_not_decisions_are_pointed_out(attained: Result, tmp_path: Path) -> None:
    tables, desk = attained.tables(), Desk(attained, tmp_path / "s.xlsx")
    team, last = tables["teams"][0], tables.setting("last_year")
    computed = desk.put(team["county"], "staff", team["team"], last, 99)
    given = desk.put(
        team["county"], "account",
        next(key for kind, key in desk.sheets[team["county"]].rows if kind == "account" and key.endswith("|amount")), last, 123456,
    )  # fmt: skip
    verdict = judge(Plan(tables), desk.save())
    assert not verdict.violations
    assert not verdict.ok  # what the workbook shows is not what its decisions lead to
    assert {str(finding.place): finding.code for finding in verdict.findings} == {computed: "edit-computed", given: "edit-given"}


def test_rows_that_are_missing_or_doubled_stop_the_reading(attained: Result, tmp_path: Path) -> None:
    desk, item = Desk(attained, tmp_path / "s.xlsx"), goods_of(attained)
    county = attained.tables()["counties"][0]["county"]
    sheet, row, _ = desk.cell(county, "item", item, attained.tables().setting("last_year"))
    page = desk.book[sheet.name]
    for column in range(1, 4):
        page.cell(row, column).value = page.cell(row + 1, column).value
    text = "\n".join(errors_of(desk.save(), attained))
    assert "is missing" in text
    assert "stands twice" in text


def test_inserted_rows_and_added_sheets_do_no_harm(attained: Result, tmp_path: Path) -> None:
    desk = Desk(attained, tmp_path / "s.xlsx")
    desk.book.create_sheet("我的笔记", 0)["A1"] = "county"
    del desk.book["我的笔记"]["A1"]
    page = desk.book[next(iter(desk.sheets.values())).name]
    for merged in list(page.merged_cells.ranges):
        page.unmerge_cells(str(merged))
    page.insert_rows(6)
    page["E6"] = "一行批注"
    assert same(read_edit(desk.save(), attained.tables()).schedule, attained.to_schedule())


@pytest.mark.parametrize("damage", ["inputs", "lost sheet", "lost years", "lost record", "text"])
def test_a_workbook_that_is_no_schedule_is_refused_in_words(attained: Result, tmp_path: Path, damage: str) -> None:
    desk = Desk(attained, tmp_path / "s.xlsx")
    page = desk.book[next(iter(desk.sheets.values())).name]
    if damage == "inputs":
        shutil.copy(SAMPLE, desk.path)
    elif damage == "text":
        desk.path.write_text("县,年\n", encoding="utf-8")
    else:
        if damage == "lost sheet":
            del desk.book[page.title]
        elif damage == "lost years":
            for row in range(1, 45):
                for column in range(1, page.max_column + 1):
                    if isinstance(page.cell(row, column).value, int) and 2000 < page.cell(row, column).value < 2100:
                        page.cell(row, column).value = None
        else:
            for row in range(2, 4):
                desk.book.worksheets[0].cell(row, 6).value = None
        desk.save()
    assert errors_of(desk.path, attained)


def test_the_repair_keeps_every_rule_and_says_all_that_had_to_change(attained: Result, tmp_path: Path) -> None:
    tables, desk, item = attained.tables(), Desk(attained, tmp_path / "s.xlsx"), goods_of(attained)
    county, last = tables["counties"][0]["county"], tables.setting("last_year")
    desk.put(county, "item", item, last, 4000)
    path = desk.save()
    repaired = repair(Plan(tables), path, time_limit=30)
    assert not repaired.verdict.ok
    assert repaired.result.check().ok or repaired.result.document["criteria"]
    edited, after = read_edit(path, tables).schedule, repaired.result.to_schedule()
    assert same_goods(applied(edited, repaired.changes, tables), after, tables)
    assert all(sentence(change, tables, language) for change in repaired.changes for language in ("zh", "en"))


def same_goods(one: Schedule, other: Schedule, tables: Any) -> bool:
    goods = {row["item"] for row in tables["items"] if row["kind"] == "goods"}

    def of(schedule: Schedule) -> dict[Any, Decimal]:
        return {key: value for key, value in schedule.deliveries.items() if key[0] in goods and value}

    return of(one) == of(other) and {k: v for k, v in one.hires.items() if v} == {k: v for k, v in other.hires.items() if v}


def applied(before: Schedule, changed: tuple[Change, ...] | list[Change], tables: Any) -> Schedule:
    """The schedule that the list of changes leads to, done one by one."""
    deliveries, hires, starts = dict(before.deliveries), dict(before.hires), dict(before.starts)

    def add(change: Change, county: str, year: int, quantity: Decimal) -> None:
        if change.of == "item":
            deliveries[change.subject, county, year] = deliveries.get((change.subject, county, year), Decimal(0)) + quantity
        else:
            hires[change.subject, year] = hires.get((change.subject, year), 0) + int(quantity)

    for change in changed:
        match change.kind:
            case "moves":
                add(change, change.county, change.year, -change.quantity)
                assert change.to_year is not None
                add(change, change.county, change.to_year, change.quantity)
            case "goes":
                add(change, change.county, change.year, -change.quantity)
                assert change.to_county is not None
                add(change, change.to_county, change.year, change.quantity)
            case "passes":
                assert change.to_subject is not None
                hires[change.subject, change.year] = hires.get((change.subject, change.year), 0) - int(change.quantity)
                hires[change.to_subject, change.year] = hires.get((change.to_subject, change.year), 0) + int(change.quantity)
            case "added":
                add(change, change.county, change.year, change.quantity)
            case "dropped":
                add(change, change.county, change.year, -change.quantity)
            case "start-dropped":
                del starts[change.subject]
            case _:
                starts[change.subject] = change.to_year or change.year
    return Schedule(deliveries, hires, starts)


SMALL = random_tables(2, Size(counties=2, years=3, goods=2, teams=4, projects=2))
YEARS = range(SMALL.setting("first_year"), SMALL.setting("last_year") + 1)


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    goods = [row["item"] for row in SMALL["items"] if row["kind"] == "goods"]
    counties = [row["county"] for row in SMALL["counties"]]
    cells = [(item, county, year) for item in goods for county in counties for year in YEARS]
    posts = [(row["team"], year) for row in SMALL["teams"] for year in YEARS]
    deliveries = draw(st.dictionaries(st.sampled_from(cells), st.integers(1, 9).map(Decimal)))
    hires = draw(st.dictionaries(st.sampled_from(posts), st.integers(1, 9)))
    starts = draw(st.dictionaries(st.sampled_from([row["project"] for row in SMALL["projects"]]), st.sampled_from(list(YEARS))))
    return Schedule(deliveries, hires, starts)


@given(schedules(), schedules())
def test_recruits_that_only_change_their_team_are_told_as_such(before: Schedule, after: Schedule) -> None:
    found = [change for change in changes(SMALL, before, after) if change.of == "team"]
    county = {row["team"]: row["county"] for row in SMALL["teams"]}
    net: dict[tuple[str, int], int] = {}
    for sign, schedule in ((-1, before), (1, after)):
        for (team, year), number in schedule.hires.items():
            net[county[team], year] = net.get((county[team], year), 0) + sign * number
    left = [change for change in found if change.kind != "passes"]
    assert all(county[change.subject] == county[change.to_subject or ""] for change in found if change.kind == "passes")
    assert bool(left) == any(net.values())
    assert sum(change.quantity * (2 if change.kind == "moves" else 1) for change in left) == sum(map(abs, net.values()))


@given(schedules(), schedules())
def test_the_changes_lead_from_one_schedule_to_the_other(before: Schedule, after: Schedule) -> None:
    found = changes(SMALL, before, after)
    reached = applied(before, found, SMALL)
    assert same_goods(reached, after, SMALL)
    assert reached.starts == after.starts
    assert changes(SMALL, after, after) == []
