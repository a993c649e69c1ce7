"""A ledger: what is entered is checked at its cell, stays as it was entered, and is put right by entries that correct it."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from optplan.plan import read_plan
from optplan.records import (
    Admission,
    RecordError,
    Records,
    confirmations,
    draft,
    drafted,
    ledger_beside,
    ledger_bytes,
    read_entries,
    read_ledger,
    write_ledger,
)
from optplan.tables import write_folder
from optplan.tables.findings import InputError
from records.life import ENGINE, TODAY, entered, numbers, refused, small_plan

PLAN = small_plan()
HIRE = {"kind": "hire", "team": "t_a", "year": "2021", "quarter": "2", "quantity": "3", "source": "录用文件"}
SPENT = {"kind": "spending", "county": "a", "fund": "own", "class": "capital", "year": "2021", "quarter": "2", "amount": "100.5", "source": "凭证"}  # fmt: skip
START = {"kind": "start", "project": "p_b", "date": "2021-04-01", "source": "开工令"}
OPENING = {"kind": "opening", "project": "p_b", "date": "2022-06-30", "source": "验收"}


def test_what_follows_from_what_is_said_need_not_be_said() -> None:
    delivery, hire, start = entered(PLAN, ENGINE, HIRE, START)
    assert (delivery.year, delivery.quarter) == (2021, 2)
    assert (hire.county, hire.item) == ("a", "firefighter")
    assert (start.county, start.item, start.quantity) == ("b", "station", Decimal(1))
    assert delivery.who == "张三"
    assert delivery.basis == "statistics"


def test_a_correction_is_a_new_entry_and_the_old_one_stays() -> None:
    records = entered(PLAN, ENGINE, {**ENGINE, "quantity": "3", "corrects": "1", "note": "验收单改正"})
    assert numbers(records) == [1, 2]
    assert numbers(records.standing) == [2]
    assert records.deliveries == {("engine", "a", 2021, 2): Decimal(3)}
    assert numbers(records.history(1)) == numbers(records.history(2)) == [1, 2]
    gone = entered(PLAN, {**ENGINE, "quantity": "0", "corrects": "2"}, records=records)
    assert gone.standing == ()
    assert gone.deliveries == {}
    assert numbers(gone.history(2)) == [1, 2, 3]


def test_sums_are_those_of_what_stands() -> None:
    records = entered(PLAN, ENGINE, {**ENGINE, "document": "甲验2"}, HIRE, SPENT, {**SPENT, "fund": "pool"}, START, OPENING)
    assert records.deliveries == {("engine", "a", 2021, 2): Decimal(4)}
    assert records.hires == {("t_a", 2021, 2): Decimal(3)}
    assert records.spending[("pool", "a", 2021, 2, "capital")] == Decimal("100.5")
    assert records.starts == {"p_b": (2021, 2)}
    assert records.openings == {"p_b": (2022, 2)}
    assert numbers(records.of(county="a", through=(2021, 2)).standing) == [1, 2, 3, 4, 5]
    assert numbers(records.of(kind="spending").standing) == [4, 5]


WRONG = {
    "no county": ({**ENGINE, "county": ""}, "cell-blank", "county"),
    "no source": ({**ENGINE, "source": ""}, "cell-blank", "source"),
    "neither date nor quarter": ({**ENGINE, "date": ""}, "record-when", "year"),
    "no quantity": ({**ENGINE, "quantity": ""}, "cell-blank", "quantity"),
    "nothing": ({**ENGINE, "quantity": "0"}, "record-of-nothing", "quantity"),
    "an item that is not there": ({**ENGINE, "item": "engin"}, "reference-missing", "item"),
    "an item by its name": ({**ENGINE, "item": "水罐车"}, "reference-missing", "item"),
    "people as goods": ({**ENGINE, "item": "firefighter"}, "record-item-kind", "item"),
    "half an engine": ({**ENGINE, "quantity": "1.5"}, "record-not-whole", "quantity"),
    "half a person": ({**HIRE, "quantity": "1.5"}, "record-not-whole", "quantity"),
    "a team elsewhere": ({**HIRE, "county": "b"}, "record-elsewhere", "team"),
    "a team that buys": ({**ENGINE, "team": "t_a"}, "record-cell-unwanted", "team"),
    "money on goods": ({**ENGINE, "amount": "3"}, "record-cell-unwanted", "amount"),
    "two stations in one": ({**START, "quantity": "2"}, "record-one-project", "quantity"),
    "another year's date": ({**ENGINE, "year": "2022", "quarter": "2"}, "record-date-outside", "date"),
    "another quarter's date": ({**ENGINE, "year": "2021", "quarter": "1"}, "record-date-outside", "date"),
    "what is to come": ({**ENGINE, "date": "2023-04-01"}, "record-in-future", "date"),
    "a quarter to come": ({**HIRE, "year": "2023", "quarter": "3"}, "record-in-future", "quarter"),
    "a year outside": ({**HIRE, "year": "2031"}, "year-outside", "year"),
    "running costs of a building fund": ({**SPENT, "fund": "capital", "class": "recurrent"}, "record-not-paid", "class"),
    "an order of what is on the shelf": ({**ENGINE, "kind": "order"}, "record-order-without-lead", "item"),
    "a correction of nothing": ({**ENGINE, "corrects": "9"}, "record-corrects-unknown", "corrects"),
    "an opening without a start": (OPENING, "record-opened-unbegun", "project"),
    "a quarter confirmed before its end": ({"kind": "confirmation", "county": "a", "year": "2023", "quarter": "1"}, "record-confirmed-early", "quarter"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_named_at_its_cell(case: str) -> None:
    cells, code, column = WRONG[case]
    [finding] = refused(PLAN, cells)
    assert (finding.code, finding.place.column) == (code, column)
    for language in ("zh", "en"):
        assert finding.message(language) != code


BESIDE = {
    "the same twice": (ENGINE, "record-twice"),
    "begun twice": ({**START, "date": "2021-05-01"}, "record-started-already"),
    "opened before it was begun": ({**OPENING, "date": "2021-01-05"}, "record-opened-early"),
    "a correction of another county's": ({**ENGINE, "county": "b", "corrects": "1"}, "record-corrects-other"),
    "a correction of another kind": ({**HIRE, "corrects": "1"}, "record-corrects-other"),
    "a correction of what is corrected": ({**ENGINE, "quantity": "9", "corrects": "2"}, "record-corrected-already"),
}


@pytest.mark.parametrize("case", BESIDE)
def test_what_does_not_agree_with_what_was_entered(case: str) -> None:
    records = entered(PLAN, ENGINE, HIRE, {**HIRE, "quantity": "4", "corrects": "2"}, START)
    cells, code = BESIDE[case]
    assert [each.code for each in refused(PLAN, cells, records=records)] == [code]


LIKELY = {
    "a figure such as it should be": (SPENT, None),
    "a digit too many in money": ({**SPENT, "amount": "1005"}, ("record-above-budget", "amount")),
    "a correction to a digit too many": ({**SPENT, "amount": "1005", "corrects": "3"}, ("record-above-budget", "amount")),
    "a correction within the budget": ({**SPENT, "amount": "200", "corrects": "3"}, None),
    "a digit too many of engines": ({**ENGINE, "quantity": "20", "document": "甲验2"}, ("record-above-targets", "quantity")),
    "more people than the team may have": ({**HIRE, "quantity": "200"}, ("record-above-most", "quantity")),
    "one paper for the same thing twice": ({**ENGINE, "quantity": "1", "date": "2021-05-09"}, ("record-same-document", "document")),
    "one paper for two things": ({**ENGINE, "item": "road"}, None),
    "into a confirmed quarter": ({**ENGINE, "date": "2021-01-04", "document": "甲验3"}, ("record-after-confirmation", "quarter")),
}  # fmt: skip


@pytest.mark.parametrize("case", LIKELY)
def test_what_a_person_should_look_at_is_kept_and_said(case: str) -> None:
    cells, expected = LIKELY[case]
    own = {**SPENT, "amount": "80", "document": "甲拨1"}
    records = entered(PLAN, ENGINE, {**HIRE, "document": "甲人1"}, own, *confirmations(2021, 1, "a"))
    entries, findings = Admission(PLAN.tables, TODAY).admit([draft(cells)], records, "张三", "2023-03-31T00:00:00+00:00")
    assert len(entries) == 1
    assert [(each.code, each.place.column) for each in findings] == ([expected] if expected else [])
    for finding in findings:
        assert finding.severity == "warning"
        assert finding.message("zh") != finding.message("en") != finding.code


def test_less_than_nothing_is_refused_with_the_way_to_take_something_back(tmp_path: Path) -> None:
    with pytest.raises(RecordError) as problem:
        drafted({**ENGINE, "quantity": "-2"}, "records add")
    (tmp_path / "more.csv").write_text("kind,county,item,date,quantity,source\ndelivery,a,engine,2021-05-06,-2,x\n", "utf-8")
    _, findings = read_entries(tmp_path / "more.csv")
    for found in (problem.value.findings, findings):
        assert [(each.code, each.place.column) for each in found] == [("record-negative", "quantity")]


def test_what_was_taken_back_may_be_entered_again() -> None:
    records = entered(
        PLAN, START, {**START, "quantity": "0", "corrects": "1"}, ENGINE, {**ENGINE, "quantity": "0", "corrects": "3"}
    )
    again = entered(PLAN, {**START, "date": "2021-05-01"}, ENGINE, records=records)
    assert numbers(again.standing) == [5, 6]


def test_rows_entered_together_are_held_against_each_other_and_kept_whole_or_not_at_all() -> None:
    assert [each.code for each in refused(PLAN, ENGINE, HIRE, ENGINE)] == ["record-twice"]
    assert len(refused(PLAN, {**ENGINE, "item": "x"}, {**HIRE, "team": "y"})) == 3  # of an unknown team no county follows


def test_a_county_enters_its_own_and_not_into_what_is_confirmed() -> None:
    first = entered(PLAN, ENGINE, counties=("a",))
    assert [each.code for each in refused(PLAN, {**ENGINE, "county": "b"}, counties=("a",))] == ["record-other-county"]
    locked = entered(PLAN, *confirmations(2021, 2, ["a", "b"]), records=first)
    more = {**ENGINE, "quantity": "5", "document": "甲验9"}
    for cells in (more, {**more, "corrects": "1"}, {**more, "date": "2021-08-01", "corrects": "1"}):
        assert [each.code for each in refused(PLAN, cells, records=locked, counties=("a",))] == ["record-quarter-locked"]
    by_city = entered(PLAN, {**more, "corrects": "1"}, records=locked)
    assert by_city.deliveries == {("engine", "a", 2021, 2): Decimal(5)}
    own = {"kind": "confirmation", "county": "a", "year": "2021", "quarter": "1"}
    assert [each.code for each in refused(PLAN, own, counties=("a",))] == ["record-confirms-city"]


def test_quarters_that_are_not_confirmed_are_told_by_county() -> None:
    records = entered(PLAN, *confirmations(2021, 1, ["a", "b"]), *confirmations(2021, 2, ["b"]))
    assert records.unconfirmed(2021, ["a", "b"]) == {2: ("a",), 3: ("a", "b"), 4: ("a", "b")}
    assert [each.code for each in refused(PLAN, {"kind": "confirmation", "county": "b", "year": "2021", "quarter": "2"}, records=records)] == ["record-confirmed-already"]  # fmt: skip


def test_nothing_is_entered_into_a_closed_year() -> None:
    closed = PLAN.with_changes(
        {
            "plan": [
                *({"key": row["key"], "value": row["value"]} for row in PLAN.tables["plan"]),
                {"key": "closed_through", "value": 2021},
            ]
        }
    )
    assert [each.code for each in refused(closed, ENGINE)] == ["record-year-closed"]


# -- the file -----------------------------------------------------------------------------------------------------------


def test_a_file_holds_exactly_the_ledger(tmp_path: Path) -> None:
    records = entered(
        PLAN, {**ENGINE, "note": '改"正",\n第二行', "document": "=甲（2021）1号"}, HIRE, {**SPENT, "amount": "0.0001"}, START,
        {**ENGINE, "item": "road", "quantity": "2.125", "date": "", "year": "2022", "quarter": "4"}, *confirmations(2021, 1, "ab"),
        {**HIRE, "quantity": "0", "corrects": "2"},
    )  # fmt: skip
    write_ledger(records, tmp_path / "records.csv")
    assert read_ledger(tmp_path / "records.csv") == records
    assert ledger_bytes(read_ledger(tmp_path / "records.csv")) == ledger_bytes(records)


def test_random_ledgers_go_through_a_file_unchanged_and_stand_as_counted_by_hand(tmp_path: Path) -> None:
    dice = random.Random(7)
    for _ in range(2):
        records, living = Records(), {}
        for number in range(1, 30):
            chosen = dice.choice(sorted(living)) if living and dice.random() < 0.4 else None
            day = date(2021, dice.randint(1, 12), dice.randint(1, 28))
            county = living[chosen][0] if chosen else dice.choice("ab")
            quantity = dice.randint(0 if chosen else 1, 9)
            cells = {**ENGINE, "county": county, "date": str(day), "quantity": str(quantity), "document": f"号{number}"}
            records = entered(PLAN, {**cells, **({"corrects": str(chosen)} if chosen else {})}, records=records)
            living.pop(chosen, None)
            living[number] = (county, (day.month + 2) // 3, quantity)
        expected: dict[tuple[str, str, int, int], int] = {}
        for county, quarter, quantity in living.values():
            key = ("engine", county, 2021, quarter)
            expected[key] = expected.get(key, 0) + quantity
        assert records.deliveries == {key: value for key, value in expected.items() if value}
        write_ledger(records, tmp_path / "records.csv")
        assert read_ledger(tmp_path / "records.csv") == records


def test_a_ledger_stands_beside_its_plan_and_is_no_part_of_it(tmp_path: Path) -> None:
    write_folder(PLAN.tables, tmp_path / "plan")
    before = read_plan(tmp_path / "plan").sha256
    write_ledger(entered(PLAN, ENGINE), ledger_beside(tmp_path / "plan"))
    assert (tmp_path / "plan" / "records.csv").is_file()
    assert read_plan(tmp_path / "plan").sha256 == before
    assert ledger_beside(tmp_path / "规划.xlsx") == tmp_path / "规划-records.csv"
    assert read_ledger(tmp_path / "nowhere.csv") == Records()


DAMAGED = {
    "numbers that fall": ("number,kind,county,year,quarter,item,quantity,who,at\n2,delivery,a,2021,1,engine,1,x,t\n1,delivery,a,2021,1,engine,2,x,t\n", "record-number-order", 3),
    "a correction of what comes later": ("number,kind,county,year,quarter,item,quantity,corrects,who,at\n1,delivery,a,2021,1,engine,1,2,x,t\n2,delivery,a,2021,1,engine,2,,x,t\n", "record-corrects-unknown", 2),
    "two corrections of one": ("number,kind,county,year,quarter,item,quantity,corrects,who,at\n1,delivery,a,2021,1,engine,1,,x,t\n2,delivery,a,2021,1,engine,2,1,x,t\n3,delivery,a,2021,1,engine,2,1,x,t\n", "record-corrected-already", 4),
    "nobody's entry": ("number,kind,county,year,quarter,item,quantity,who,at\n1,delivery,a,2021,1,engine,1,,t\n", "cell-blank", 2),
    "a kind of its own": ("number,kind,county,year,quarter,item,quantity,who,at\n1,gift,a,2021,1,engine,1,x,t\n", "cell-choice", 2),
    "a fifth quarter": ("number,kind,county,year,quarter,item,quantity,who,at\n1,delivery,a,2021,5,engine,1,x,t\n", "cell-choice", 2),
}  # fmt: skip


@pytest.mark.parametrize("case", DAMAGED)
def test_a_file_that_could_not_have_been_kept_is_refused_at_its_cell(case: str, tmp_path: Path) -> None:
    text, code, row = DAMAGED[case]
    (tmp_path / "records.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as problem:
        read_ledger(tmp_path / "records.csv")
    assert [(each.code, each.place.row) for each in problem.value.findings] == [(code, row)]


@pytest.mark.parametrize("day", ["2021-05-06", "2021/5/6", "2021.5.6", "2021年5月6日", "2021-05-06 00:00:00", "２０２１-05-06"])
def test_days_are_read_as_people_write_them(day: str) -> None:
    assert draft({"date": day})["date"] == date(2021, 5, 6)
