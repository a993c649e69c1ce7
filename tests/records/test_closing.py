"""A year is closed with its confirmed records: what they say became fact, what was ordered stays due, money left is carried."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

import optplan
from optplan.plan import Plan
from optplan.records import confirmations, read_ledger
from optplan.records.records import ALL_QUARTERS, Records
from optplan.schedule import Schedule
from optplan.tables.findings import InputError
from records.life import ENGINE, entered, small_plan

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "inputs" / "shuozhou-2023"
PLAN = small_plan()


def confirmed(records: Records, *years: int, plan: Plan = PLAN) -> Records:
    counties = [row["county"] for row in plan.tables["counties"]]
    return entered(plan, *(row for y in years for q in ALL_QUARTERS for row in confirmations(y, q, counties)), records=records)


def facts(plan: Plan) -> dict[tuple[object, ...], Decimal]:
    return {row.key: row["quantity"] for row in plan.tables["actuals"]}


def test_the_sample_is_its_records_summed() -> None:
    """Summed here by hand, and by closing the two years one after the other."""
    plan, records = optplan.read_plan(SAMPLE), read_ledger(SAMPLE / "records.csv")
    corrected = {entry.corrects for entry in records}
    teams = {row["team"]: row for row in plan.tables["teams"]}
    projects = {row["project"]: row for row in plan.tables["projects"]}
    sums: dict[tuple[object, ...], Decimal] = defaultdict(Decimal)
    for entry in records:
        if entry.number in corrected:
            continue
        if entry.kind == "delivery":
            sums[entry.item, entry.county, entry.year, None, None] += entry.quantity
        elif entry.kind == "hire":
            sums[teams[entry.team]["item"], teams[entry.team]["county"], entry.year, entry.team, None] += entry.quantity
        elif entry.kind == "start":
            sums[projects[entry.project]["item"], projects[entry.project]["county"], entry.year, None, entry.project] += 1
    assert facts(plan) == dict(sums)

    settings = [dict(row.values) for row in plan.tables["plan"] if row["key"] != "closed_through"]
    open_plan = plan.with_changes({"plan": settings, "actuals": []})
    closed = open_plan
    for _ in range(2):
        closed = optplan.close_year(closed, Schedule(), records=records).plan
    assert facts(closed) == facts(plan)
    assert closed.tables.setting("closed_through") == 2022


def test_the_sample_says_everywhere_that_it_is_made_up() -> None:
    records = read_ledger(SAMPLE / "records.csv")
    assert {entry.basis for entry in records} == {"assumption"}
    for entry in records:
        told = (entry.who, *((entry.source, entry.document) if not entry.is_confirmation else (entry.note,)))
        assert all("示例" in words for words in told), entry
    assert len({(entry.year, entry.quarter) for entry in records.standing}) == 8
    assert any(entry.corrects for entry in records)


def test_a_quarter_that_is_not_confirmed_is_named_with_its_counties() -> None:
    records = entered(PLAN, ENGINE, *confirmations(2021, 1, ["a", "b"]), *confirmations(2021, 2, ["b"]))
    with pytest.raises(InputError) as problem:
        optplan.close_year(PLAN, Schedule(), records=records)
    assert [(each.code, each.values["quarter"], each.values["counties"]) for each in problem.value.findings] == [
        ("closing-unconfirmed", 2, ("甲县",)), ("closing-unconfirmed", 3, ("甲县", "乙县")), ("closing-unconfirmed", 4, ("甲县", "乙县")),
    ]  # fmt: skip


def test_what_was_spent_is_what_was_recorded_and_half_of_what_is_left_is_carried() -> None:
    spent = {
        "kind": "spending",
        "county": "a",
        "fund": "own",
        "class": "capital",
        "date": "2021-05-06",
        "amount": "120",
        "source": "凭证",
    }
    pool = {**spent, "fund": "pool", "amount": "30.5"}
    records = confirmed(entered(PLAN, ENGINE, spent, pool, {**pool, "county": "b"}), 2021)
    closing = optplan.close_year(PLAN, Schedule(), records=records)
    assert closing.spending.spent == {("own", "a"): 1_200_000, ("pool", ""): 610_000}
    carried = {(row["fund"], row["county"]): row["amount"] for row in closing.plan.tables["budgets"] if "carried" in row["fund"]}
    assert carried == {("own-carried-2021", "a"): Decimal(80), ("own-carried-2021", "b"): Decimal(100)}
    assert {row["basis"] for row in closing.plan.tables["actuals"]} == {"statistics"}


def test_without_spending_it_is_worked_out_and_said_to_be() -> None:
    closing = optplan.close_year(PLAN, Schedule(), records=confirmed(entered(PLAN, ENGINE), 2021))
    assert "spending-not-recorded" in {note.kind for note in closing.notes}
    assert closing.spending.spent[("own", "a")] > 0


def test_what_was_ordered_stays_due_what_is_late_moves_and_what_came_is_taken_off() -> None:
    order = {"kind": "order", "county": "a", "item": "ladder", "date": "2021-05-06", "quantity": "3", "source": "合同"}
    came = {"kind": "delivery", "county": "a", "item": "ladder", "date": "2022-05-06", "quantity": "2", "source": "验收单"}
    records = entered(PLAN, order, came, {**order, "date": "2022-02-01", "quantity": "1"})
    first = optplan.close_year(PLAN, Schedule(), records=confirmed(records, 2021)).plan
    assert facts(first) == {("ladder", "a", 2022, None, None): 3}
    second = optplan.close_year(first, Schedule(), records=confirmed(records, 2021, 2022))
    assert facts(second.plan) == {("ladder", "a", 2022, None, None): 2, ("ladder", "a", 2023, None, None): 2}
    assert [note.values["quantity"] for note in second.notes if note.kind == "late"] == ["1"]


def test_a_correction_counts_and_what_it_corrects_does_not() -> None:
    records = confirmed(entered(PLAN, ENGINE, {**ENGINE, "quantity": "7", "corrects": "1"}), 2021)
    assert facts(optplan.close_year(PLAN, Schedule(), records=records).plan) == {("engine", "a", 2021, None, None): 7}
