"""What is typed into a table becomes changes that make exactly that table, as few as there can be, and nothing typed is lost."""

import random
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plans.random_plans import Size, random_tables

import optplan
from optplan.editing import Draft, Record, edited, factor_of, levers, pulled, records_of
from optplan.editing.draft import applied
from optplan.editing.least_changes import boxes
from optplan.scenarios import Add, Remove, Scale, Scenario, Set, apply_scenarios, read_scenario
from optplan.tables.content import Tables
from optplan.tables.declarations import TABLES, column_of
from optplan.tables.schema import Kind
from optplan.tables.values import parse

ROOT = Path(__file__).resolve().parents[2]
SHUOZHOU = optplan.read_plan(ROOT / "inputs" / "shuozhou")
SHIPPED = sorted((ROOT / "inputs" / "scenarios" / "shuozhou").glob("*.toml"))
BASES = [random_tables(seed, Size(counties=3, years=3, goods=3, teams=2, projects=2)) for seed in range(6)]
EDITED = ("budgets", "limits", "costs", "targets", "stock", "standards", "teams", "counties", "plan", "growth")
FACTORS = [Decimal(factor) / 20 for factor in range(41)]


def figures(table, records):
    """What a table says, without the remarks on where it is from: by key, whatever the order of rows."""
    rows = {}
    for record in records:
        values = {
            name: parse(text, column_of(TABLES[table], name, record.cells))
            for name, text in record.cells.items()
            if name not in {"source", "basis"}
        }
        values = {name: value for name, value in values.items() if value is not None}
        key = tuple(values.get(name, TABLES[table].column(name).default) for name in TABLES[table].key)
        assert key not in rows
        rows[key] = values
    return rows


def made(base, draft, table):
    """What the table holds once the draft's changes are made."""
    patch, findings = applied(base, draft.changes)
    assert findings == []
    return {
        drafted.row.key: {n: v for n, v in drafted.row.values.items() if n not in {"source", "basis"}} for drafted in patch[table]
    }


def now(base, draft):
    """The tables that the draft's changes make."""
    patch, findings = applied(base, draft.changes)
    assert findings == []
    return Tables({name: tuple(drafted.row for drafted in patch[name]) for name in TABLES})


def shuffled(rng, table, records):
    """The records after a person has changed figures, taken rows out and written new ones."""
    columns = [
        c for c in TABLES[table].columns if c.kind in {Kind.MONEY, Kind.QUANTITY, Kind.WHOLE} and c.name not in TABLES[table].key
    ]
    found = []
    for record in records:
        typed = {}
        if columns and rng.random() < 0.3:
            typed[rng.choice(columns).name] = str(rng.choice([0, 1, 7, 7, 12]))
        if rng.random() < 0.1:
            typed["source"] = rng.choice(["会议纪要", "报价单", ""])
        if rng.random() < 0.1:
            typed["basis"] = rng.choice(["plan", "market", "assumption", ""])
        if rng.random() > 0.1:
            found.append(Record(record.key, {**record.cells, **typed}))
    (first, *rest) = TABLES[table].key
    if records and not rest and table != "plan":
        found.append(Record(None, {**rng.choice(records).cells, first: f"new{rng.randrange(10**6)}"}))
    if table == "plan":
        found = [
            record if record.cells["key"] not in {"title"} else record.with_cell("value", rng.choice(["甲", "乙"]))
            for record in records
        ]
    return tuple(found)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**9), st.integers(1, 6))
def test_changes_make_exactly_the_edited_tables(seed, times):
    rng = random.Random(seed)
    base = rng.choice(BASES)
    draft, typed = Draft(), {}
    for _ in range(times):
        if rng.random() < 0.3:
            lever = rng.choice(levers(now(base, draft), base, county="c001", year=2022))
            draft, typed = Draft(pulled(draft.changes, lever, rng.choice(FACTORS)), draft.unread), {}
            continue
        table = rng.choice(EDITED)
        records = shuffled(rng, table, records_of(base, draft, table))
        draft = edited(base, draft, table, records)
        typed[table] = figures(table, records)
        assert draft.unread == ()
        for name, wanted in typed.items():
            assert made(base, draft, name) == wanted


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**9))
def test_what_is_said_of_a_source_is_kept_and_figures_without_a_source_rest_on_the_draft(seed):
    rng = random.Random(seed)
    base, table = rng.choice(BASES), rng.choice(["budgets", "limits", "costs"])
    before = records_of(base, Draft(), table)
    records = [
        record.with_cell("source", "会议纪要").with_cell("basis", "plan").with_cell(column, "3") if number == 0 else record
        for number, record in enumerate(before)
        for column in [{"budgets": "amount", "limits": "max", "costs": "unit_cost"}[table]]
    ]
    draft = edited(base, Draft(), table, records)
    for _ in range(3):  # other edits of the table leave it standing
        typed = list(records_of(base, draft, table))
        assert (typed[0].cells["source"], typed[0].cells["basis"]) == ("会议纪要", "plan")
        other = rng.randrange(1, len(typed))
        column = {"budgets": "amount", "limits": "max", "costs": "unit_cost"}[table]
        typed[other] = typed[other].with_cell(column, str(rng.randrange(1, 99)))
        draft = edited(base, draft, table, typed)
        changed = records_of(base, draft, table)[other]
        assert changed.cells["basis"] == "assumption" or changed == before[other]


def test_a_basis_that_stays_as_it_was_is_kept_beside_a_new_figure():
    base = SHUOZHOU.tables
    row = next(record for record in records_of(base, Draft(), "targets") if record.cells["target"] == "hydrants_1116")
    assert row.cells["basis"] == "plan"
    typed = [
        record.with_cell("total", "1200") if record.key == row.key else record for record in records_of(base, Draft(), "targets")
    ]
    draft = edited(base, Draft(), "targets", typed)
    again = [
        record.with_cell("basis", "plan").with_cell("source", "新的会议纪要") if record.key == row.key else record
        for record in records_of(base, draft, "targets")
    ]
    draft = edited(base, draft, "targets", again)
    kept = next(record for record in records_of(base, draft, "targets") if record.key == row.key)
    assert (kept.cells["total"], kept.cells["basis"], kept.cells["source"]) == ("1200", "plan", "新的会议纪要")


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_editing_a_scenario_back_to_the_plan_leaves_no_change(file):
    base, changes = SHUOZHOU.tables, read_scenario(file).changes
    draft = Draft(changes)
    for table in {change.table for change in changes}:
        draft = edited(base, draft, table, records_of(base, Draft(), table))
    assert draft == Draft()


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_a_table_that_is_handed_back_as_it_was_changes_nothing(file):
    base, draft = SHUOZHOU.tables, Draft(read_scenario(file).changes)
    for table in ("budgets", "costs", "limits", "targets"):
        again = edited(base, draft, table, records_of(base, draft, table))
        assert made(base, again, table) == made(base, draft, table)
        assert len(again.changes) <= len(draft.changes) + 1


def test_rows_that_change_alike_share_one_change():
    base = SHUOZHOU.tables
    records = [
        record.with_cell("amount", "0")
        if record.cells["county"] in {"pinglu", "youyu"} and record.cells["year"] >= "2024"
        else record
        for record in records_of(base, Draft(), "budgets")
    ]
    (change,) = edited(base, Draft(), "budgets", records).changes
    assert isinstance(change, Set)
    assert set(change.where["county"]) == {"pinglu", "youyu"}
    assert set(change.where["year"]) == {2024, 2025}
    assert change.set == {"amount": 0}
    gone = [record for record in records_of(base, Draft(), "limits") if record.cells["kind"] == "ceiling"]
    draft = edited(base, Draft(), "limits", gone)
    assert [type(change) for change in draft.changes] == [Remove]


@settings(max_examples=100, deadline=None)
@given(st.sets(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 2)), max_size=30))
def test_every_key_is_in_exactly_one_box(keys):
    found = [key for box in boxes(keys) for key in [(a, b, c) for a in box[0] for b in box[1] for c in box[2]]]
    assert sorted(found) == sorted(keys)


def test_a_full_product_of_keys_is_one_box():
    assert len(boxes([(a, b, c) for a in range(3) for b in range(4) for c in range(2)])) == 1


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**9), st.sampled_from(["一千", "12x", "-5", "1e99", "", "=A1", "∞"]))
def test_what_cannot_be_read_is_kept_as_typed_and_the_rest_goes_through(seed, wrong):
    rng = random.Random(seed)
    base = rng.choice(BASES)
    before = list(records_of(base, Draft(), "budgets"))
    bad, good = rng.sample(range(len(before)), 2)
    typed = list(before)
    typed[bad], typed[good] = before[bad].with_cell("amount", wrong), before[good].with_cell("amount", "4321")
    draft = edited(base, Draft(), "budgets", typed)
    assert [record.cells["amount"] for record in records_of(base, draft, "budgets")] == [
        record.cells["amount"] for record in typed
    ]
    with pytest.raises(optplan.InputError):
        apply_scenarios(optplan.Plan(base), [Scenario(name="x", title="x", changes=draft.asked)])
    assert made(base, draft, "budgets")[before[good].key]["amount"] == 4321
    assert made(base, draft, "budgets")[before[bad].key] == figures("budgets", before)[before[bad].key]
    mended = list(records_of(base, draft, "budgets"))
    mended[bad] = mended[bad].with_cell("amount", "8")
    draft = edited(base, draft, "budgets", mended)
    assert draft.unread == ()
    assert made(base, draft, "budgets")[before[bad].key]["amount"] == 8


def test_a_new_row_waits_until_it_is_whole():
    base = SHUOZHOU.tables
    start = records_of(base, Draft(), "budgets")
    draft = edited(base, Draft(), "budgets", (*start, Record(None, {})))
    assert draft.changes == draft.asked == ()
    assert records_of(base, draft, "budgets")[-1] == Record(None, {})
    draft = edited(base, draft, "budgets", (*start, Record(None, {"fund": "own_capital", "county": "pinglu"})))
    assert draft.changes == ()
    assert isinstance(draft.asked[0], Add)
    assert records_of(base, draft, "budgets")[-1].cells == {"fund": "own_capital", "county": "pinglu"}
    twice = {"fund": "own_capital", "county": "pinglu", "year": "2024", "amount": "5"}
    draft = edited(base, draft, "budgets", (*start, Record(None, twice)))
    assert draft.changes == ()
    draft = edited(base, draft, "budgets", (*start, Record(None, {**twice, "year": "2026"})))
    assert draft.unread == ()
    assert made(base, draft, "budgets")[("own_capital", "pinglu", 2026)]["amount"] == 5


def test_a_row_may_not_take_the_key_of_another_but_two_may_change_places():
    base = SHUOZHOU.tables
    start = list(records_of(base, Draft(), "growth"))
    typed = list(start)
    typed[0] = start[0].with_cell("year", start[1].cells["year"])
    draft = edited(base, Draft(), "growth", typed)
    assert draft.changes == ()
    assert records_of(base, draft, "growth")[0].cells["year"] == start[1].cells["year"]
    typed[1] = start[1].with_cell("year", start[0].cells["year"])
    draft = edited(base, Draft(), "growth", typed)
    assert draft.unread == ()
    assert made(base, draft, "growth") == figures("growth", typed)


def test_typed_figures_stand_above_levers_and_levers_stay_in_the_list():
    base = SHUOZHOU.tables
    lever = levers(base, base, county="pinglu", year=2024)[-1]
    draft = Draft(pulled((), lever, Decimal("0.8")))
    records = [
        record.with_cell("amount", "300") if record.key == ("own_recurrent", "pinglu", 2024) else record
        for record in records_of(base, draft, "budgets")
    ]
    draft = edited(base, draft, "budgets", records)
    assert [type(change) for change in draft.changes] == [Scale, Set]
    draft = Draft(pulled(draft.changes, lever, Decimal("0.5")))
    assert factor_of(draft.changes, lever) == Decimal("0.5")
    amounts = made(base, draft, "budgets")
    assert amounts["own_recurrent", "pinglu", 2024]["amount"] == 300
    planned = figures("budgets", records_of(base, Draft(), "budgets"))
    assert amounts["own_capital", "pinglu", 2024]["amount"] == planned["own_capital", "pinglu", 2024]["amount"] / 2
