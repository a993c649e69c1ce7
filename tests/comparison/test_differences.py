"""A comparison shows the differences that are there, all of them and no others."""

import copy
import io
import json
import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plans.random_plans import Size, random_tables
from rich.console import Console

import optplan
from optplan.audit import audit
from optplan.comparison import Comparison, compare
from optplan.console.terminal import tables as show_tables
from optplan.decision_model import Level, read_model
from optplan.document.sealed import SealBroken
from optplan.plan import Plan
from optplan.result import Result, build_result, empty_result
from optplan.scenarios import Scenario, apply_scenarios
from optplan.schedule import Schedule
from optplan.tables.findings import InputError

TABLES = random_tables(3, Size(counties=3, years=3, goods=3, teams=2, projects=1))
MODEL = read_model("attain")
MADE_WITH = {"optplan": "test"}


def result_of(tables):
    """A sealed result in which nothing is delivered."""
    names = [criterion.name for criterion in MODEL.criteria]
    values = audit(tables, Schedule(), requests=False, criteria=names).criteria
    levels = [Level(name, values[name], float(values[name]), 0.0) for name in names]
    return build_result(tables, MODEL, Schedule(), levels, made_with=MADE_WITH)


BASE = result_of(TABLES)
ITEMS = sorted(row["item"] for row in TABLES["items"])
COUNTIES = sorted(row["county"] for row in TABLES["counties"])
YEARS = [2021, 2022, 2023]
CELLS = st.tuples(st.sampled_from(ITEMS), st.sampled_from(COUNTIES), st.sampled_from(YEARS))
SCHEDULES = st.dictionaries(CELLS, st.integers(1, 500), max_size=12)
PAYMENTS = st.dictionaries(
    st.tuples(*map(st.sampled_from, (["own", "pool"], COUNTIES, YEARS, ["capital", "recurrent"]))),
    st.decimals(0, 10_000, places=4),
    max_size=12,
)  # fmt: skip


def edited(**sections):
    """The base result with sections of its document replaced."""
    document = copy.deepcopy(BASE.document)
    document.update(sections)
    return Result(document)


def deliveries(schedule):
    return [{"item": i, "county": c, "year": y, "quantity": x} for (i, c, y), x in schedule.items()]


def payments(paid):
    return [{"fund": f, "county": c, "year": y, "class": k, "amount": str(amount)} for (f, c, y, k), amount in paid.items()]


@settings(deadline=None)
@given(SCHEDULES, SCHEDULES)
def test_planted_differences_of_the_schedule_are_found(before, after):
    frame = Comparison([edited(schedule=deliveries(before)), edited(schedule=deliveries(after))]).schedule
    found = {tuple(row[:3]): (row[3], row[4], row[5]) for row in frame.itertuples(index=False)}
    assert found == {
        key: (before.get(key, 0), after.get(key, 0), after.get(key, 0) - before.get(key, 0))
        for key in before | after
        if before.get(key, 0) != after.get(key, 0)
    }


@settings(deadline=None)
@given(SCHEDULES)
def test_totals_by_target_and_year_are_the_sums_of_the_schedule(schedule):
    comparison = Comparison([BASE, edited(schedule=deliveries(schedule))])
    plan = Plan(TABLES)
    for target in plan.targets:
        frame = comparison.deliveries[comparison.deliveries["target"] == target.target]
        for year in YEARS:
            due = sum(
                x for (i, c, y), x in schedule.items()
                if i in target.items and c in target.counties and y == year <= target.by_year
            )  # fmt: skip
            assert sum(frame[frame["year"] == year]["B"]) == due


@settings(deadline=None)
@given(PAYMENTS, PAYMENTS)
def test_money_by_fund_and_year_is_exact(before, after):
    frame = Comparison([edited(payments=payments(before)), edited(payments=payments(after))]).funds
    for fund, year, paid, pays, difference in frame.itertuples(index=False):
        sums = [sum(amount for key, amount in some.items() if (key[0], key[2]) == (fund, year)) for some in (before, after)]
        assert (paid, pays, difference) == (*sums, sums[1] - sums[0])
    assert sum(frame["B"]) == sum(after.values())


EDITS = st.lists(
    st.tuples(st.integers(0, len(TABLES["budgets"]) - 1), st.sampled_from(["change", "remove"]), st.integers(1, 10**6)),
    max_size=8,
)


@settings(deadline=None)
@given(EDITS)
def test_planted_differences_of_the_inputs_are_found(edits):
    rows = dict(enumerate(TABLES["budgets"]))
    planted = {}
    for position, action, yuan in edits:
        planted[position] = None if action == "remove" else Decimal(yuan) / 10_000
    records = [
        {"fund": row["fund"], "county": row["county"], "year": row["year"], "amount": planted.get(position, row["amount"])}
        for position, row in rows.items()
        if planted.get(position, 0) is not None
    ]
    after = Plan(TABLES).with_changes({"budgets": records}).tables
    changes = Comparison([BASE, empty_result(after, MODEL, status="unknown", made_with=MADE_WITH)]).inputs
    found = {
        (change.key, change.change, change.after if change.change == "changed" else "")
        for change in changes[changes["column"] == "amount"].itertuples()
    }
    due = set()
    for position, amount in planted.items():
        row = rows[position]
        key = " / ".join(str(part or "—") for part in row.key)
        if amount is None:
            due.add((key, "removed", ""))
        elif amount != row["amount"]:
            due.add((key, "changed", f"{amount.normalize():f}"))
    assert found == due
    assert set(changes["table"]) <= {"budgets"}


def test_a_scenario_shows_as_what_it_changed():
    change = {"table": "budgets", "action": "scale", "where": {"year": 2022}, "column": "amount", "factor": "0.5"}
    plan = Plan(TABLES)
    patched = apply_scenarios(plan, [Scenario(name="half", title="half", changes=[change])])
    printed = {table.title: table.rows for table in Comparison([BASE, result_of(patched.tables)]).tables("en")}
    rows = printed["Inputs that differ from those of A"]
    assert {(row[1], row[3], row[4]) for row in rows} == {("Budgets", "changed", "Amount")}
    assert {Decimal(row[6]) / Decimal(row[5]) for row in rows} == {Decimal("0.5")}


def test_rows_added_and_removed_keep_their_cells():
    plan = Plan(TABLES)
    more = apply_scenarios(
        plan,
        [Scenario(name="s", title="s", changes=[
            {"table": "items", "action": "add", "rows": [{"item": "new", "name": "新", "unit": "辆"}]},
            {"table": "groups", "action": "add", "rows": [{"group": "g", "item": "new"}]},
        ])],
    )  # fmt: skip
    there = Comparison([BASE, result_of(more.tables)]).inputs
    back = Comparison([result_of(more.tables), BASE]).inputs
    assert {("items", "new", "added", "unit", "", "辆"), ("items", "new", "added", "name", "", "新")} <= {
        tuple(row[1:]) for row in there.values
    }
    assert ("items", "new", "removed", "unit", "辆", "") in {tuple(row[1:]) for row in back.values}
    assert ("g / new", "added") in set(zip(there["key"], there["change"], strict=True))


def test_the_same_result_twice_differs_in_nothing():
    comparison = Comparison([BASE, BASE])
    assert comparison.inputs.empty
    assert all(getattr(comparison, name).empty for name in ("schedule", "hires", "projects", "gaps"))
    assert set(comparison.criteria["B-A"]) == {0}


def test_no_schedule_is_not_the_same_as_zero():
    nothing = empty_result(TABLES, MODEL, status="infeasible", made_with=MADE_WITH)
    comparison = Comparison([edited(schedule=deliveries({(ITEMS[0], COUNTIES[0], 2021): 3})), nothing])
    assert comparison.schedule.values.tolist() == [[ITEMS[0], COUNTIES[0], 2021, 3, None, None]]
    assert Comparison([nothing, nothing]).criteria.empty


def test_projects_say_when_they_start():
    one, other = ([{"project": "p", "start": year, "opens": year + 1}] for year in (2021, 2022))
    comparison = Comparison([edited(projects=one), edited(projects=other), edited(projects=[])])
    assert comparison.projects.values.tolist() == [["p", 2021, 2022, None, 1, None]]
    (table,) = (table for table in comparison.tables("en") if table.title.startswith("Projects"))
    assert table.rows == [["p", "2021", "2022", "—", "+1", "—"]]


def test_from_two_to_six_results_or_files(tmp_path):
    BASE.to_json(tmp_path / "base.json")
    six = optplan.compare([tmp_path / "base.json", BASE, str(tmp_path / "base.json"), BASE, BASE, BASE])
    assert list(six.results["label"]) == list("ABCDEF")
    assert list(six.criteria.columns) == ["criterion", *"ABCDEF", "B-A", "C-A", "D-A", "E-A", "F-A"]
    for wrong in ([], [BASE], [BASE] * 7):
        with pytest.raises(InputError) as raised:
            compare(wrong)
        assert str(len(wrong)) in raised.value.findings[0].message("zh")
    with pytest.raises(InputError):
        compare([BASE, tmp_path / "gone.json"])
    changed = copy.deepcopy(BASE.document)
    changed["criteria"][0]["bound"] -= 1
    with pytest.raises(SealBroken):
        compare([BASE, Result(changed)])


def test_json_and_words():
    edits = {
        "schedule": deliveries({(ITEMS[0], COUNTIES[0], 2021): 2.5}),
        "payments": payments({("own", COUNTIES[0], 2021, "capital"): "1.5"}),
    }
    comparison = Comparison([BASE, edited(**edits)])
    document = json.loads(json.dumps(comparison.as_dict()))
    assert document["schedule"] == [
        {"item": ITEMS[0], "county": COUNTIES[0], "year": 2021, "values": {"A": 0, "B": 2.5}, "differences": {"B": 2.5}}
    ]
    assert document["funds"][0]["values"] == {"A": "0.0000", "B": "1.5000"}
    for language in ("zh", "en"):
        for title, headers, rows in comparison.tables(language):
            assert all(len(row) == len(headers) for row in rows)
            words = " ".join([title, *headers, *(cell for row in rows for cell in row)])
            assert not re.search(r"\b(table|column|change|figure|status|criterion)-[a-z]", words), words


def test_a_long_table_says_how_much_is_left_out():
    every = {(item, county, year): 1 for item in ITEMS for county in COUNTIES for year in YEARS}
    many = {(item, f"{county}{n}", year): 1 for (item, county, year) in every for n in range(20)}
    (table,) = (
        t for t in Comparison([BASE, edited(schedule=deliveries(many))]).tables("en") if t.title == "Deliveries that differ"
    )
    assert table.rows[-1][0] == f"and {len(many) - len(table.rows) + 1} more rows"


def test_no_figure_is_cut_however_narrow_the_terminal():
    narrow = Console(file=io.StringIO(), width=60)
    figures = [f"{1000 + number},337.4614" for number in range(11)]
    show_tables([("指标", ["指标", *"ABCDEFGHIJK"], [["总费用（折算后，含多年以后的各项支出）", *figures]])], narrow)
    said = narrow.file.getvalue()
    assert all(figure in said for figure in figures)
    assert "…" not in said
    assert narrow.width == 60


@settings(deadline=None)
@given(st.data())
def test_a_result_edited_by_hand_never_ends_in_a_traceback(data):
    """Cells of the inputs that are blanked or misspelled are read, or refused with findings."""
    document = copy.deepcopy(BASE.document)
    table = data.draw(st.sampled_from(sorted(document["inputs"])))
    rows = document["inputs"][table]["rows"]
    row = data.draw(st.integers(0, len(rows) - 1))
    column = data.draw(st.integers(0, len(rows[row]) - 1))
    rows[row][column] = data.draw(st.sampled_from(["", "x", "1", "-", rows[0][column]]))
    try:
        comparison = Comparison([BASE, Result(document)])
        comparison.tables("zh")
        comparison.as_dict()
    except InputError as problem:
        findings = problem.findings
        assert findings
