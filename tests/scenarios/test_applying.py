"""A scenario changes what it says and nothing else, and the result is a plan like any other."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import optplan
from optplan.figures.figures import Figures
from optplan.language import speaking
from optplan.plan import Plan
from optplan.scenarios import Scenario, apply_scenarios, read_scenario
from optplan.tables import tables_from
from optplan.tables.declarations import TABLES

SHUOZHOU = Path(__file__).parents[2] / "inputs" / "shuozhou"
SHIPPED = sorted((SHUOZHOU.parent / "scenarios" / "shuozhou").glob("*.toml"))
BASE = {
    "plan": [
        {"key": "title", "value": "测试"},
        {"key": "first_year", "value": 2021},
        {"key": "last_year", "value": 2023},
        {"key": "discount_rate", "value": "0.03"},
    ],
    "counties": [{"county": "pinglu", "name": "平鲁区"}, {"county": "yingxian", "name": "应县", "supported": 1}],
    "items": [
        {"item": "tanker", "name": "水罐车"},
        {"item": "ladder", "name": "云梯车"},
        {"item": "hydrant", "name": "消火栓"},
        {"item": "road", "name": "道路", "whole": 0},
    ],
    "groups": [{"group": "vehicle", "item": "tanker"}, {"group": "vehicle", "item": "ladder"}],
    "costs": [
        {"item": "tanker", "unit_cost": "95.1234"},
        {"item": "ladder", "unit_cost": 380},
        {"item": "hydrant", "unit_cost": "1.5"},
        {"item": "road", "unit_cost": 2},
    ],
    "targets": [
        {"target": "vehicles", "group": "vehicle", "by_year": 2023, "total": 9},
        {"target": "hydrants", "group": "hydrant", "by_year": 2023, "total": 1116},
        {"target": "roads", "group": "road", "by_year": 2022, "total": 15},
    ],
    "limits": [{"limit": "vehicles_2022", "group": "vehicle", "year": 2022, "max": 5}],
    "funds": [{"fund": "own", "name": "本级", "level": "county"}, {"fund": "pool", "name": "统筹", "level": "pool"}],
    "budgets": [
        *({"fund": "own", "county": c, "year": y, "amount": 1000} for c in ("pinglu", "yingxian") for y in (2021, 2022, 2023)),
        *({"fund": "pool", "year": y, "amount": 300} for y in (2021, 2022, 2023)),
    ],
}


def base_tables():
    tables, findings = tables_from(BASE)
    assert not findings
    return tables


TABLES_OF_BASE = base_tables()


def scenario(*changes, name="测试情景", **fields):
    return Scenario(name=name, title=fields.pop("title", name), changes=list(changes), **fields)


def applied(*changes):
    return apply_scenarios(Plan(TABLES_OF_BASE), [scenario(*changes)]).tables


def column(tables, table, name):
    """The cells of a column, by the key of their rows."""
    return {row.key: row[name] for row in tables[table]}


def cells(tables):
    """Every cell of a plan but the remarks on where it is from."""
    return {
        (name, row.key, column.name): row.values.get(column.name)
        for name in TABLES
        for row in tables[name]
        for column in row.table.columns
        if column.name not in {"source", "basis"}
    }


def test_own_funds_of_one_county_in_one_year():
    after = applied(
        {"table": "budgets", "action": "scale", "where": {"fund": "own", "county": "pinglu", "year": 2022},
         "column": "amount", "factor": "0.8"}
    )  # fmt: skip
    before = cells(TABLES_OF_BASE)
    assert {key: value for key, value in cells(after).items() if before[key] != value} == {
        ("budgets", ("own", "pinglu", 2022), "amount"): Decimal(800)
    }


def test_a_group_stands_for_its_items_and_prices_round_half_up_to_a_yuan():
    after = applied({"table": "costs", "action": "scale", "where": {"group": "vehicle"}, "column": "unit_cost", "factor": 1.08})
    prices = {key[0]: price for key, price in column(after, "costs", "unit_cost").items()}
    assert prices == {"tanker": Decimal("102.7333"), "ladder": Decimal("410.4"), "hydrant": Decimal("1.5"), "road": Decimal(2)}


def test_pinned_deliveries():
    after = applied(
        {"table": "limits", "action": "add",
         "rows": [{"limit": "pin", "group": "tanker", "county": "yingxian", "year": 2022, "min": 4, "max": 4, "kind": "pin"}]}
    )  # fmt: skip
    (limit,) = (limit for limit in Plan(after).limits if limit.limit == "pin")
    assert (limit.items, limit.counties, limit.years, limit.minimum, limit.maximum) == (("tanker",), ("yingxian",), (2022,), 4, 4)


def test_another_target_says_that_it_is_an_assumption():
    after = applied({"table": "targets", "action": "set", "where": {"target": "hydrants"}, "set": {"total": "1 200"}})
    rows = {row["target"]: row for row in after["targets"]}
    assert rows["hydrants"]["total"] == 1200
    assert (rows["hydrants"]["basis"], "测试情景" in rows["hydrants"]["source"]) == ("assumption", True)
    assert not rows["vehicles"].given("source")
    said = Figures.source_words(rows["hydrants"])
    assert "测试情景" in said
    assert ":1]" not in said  # by which the change is found again


def test_a_change_may_say_where_its_figures_are_from():
    after = applied(
        {"table": "targets", "action": "set", "where": {"target": "hydrants"},
         "set": {"total": 1200, "source": "市政府常务会议纪要", "basis": "plan"}}
    )  # fmt: skip
    row = next(row for row in after["targets"] if row["target"] == "hydrants")
    assert (row["source"], row["basis"]) == ("市政府常务会议纪要", "plan")


def test_the_source_does_not_depend_on_the_language():
    change = {"table": "targets", "action": "set", "where": {"target": "hydrants"}, "set": {"total": 1200}}
    hashes = set()
    for language in ("zh", "en"):
        with speaking(language):
            hashes.add(applied(change).sha256)
    assert len(hashes) == 1


def test_whole_units_stay_whole_and_others_need_not():
    after = applied({"table": "targets", "action": "scale", "column": "total", "factor": "0.9"})
    assert column(after, "targets", "total") == {("vehicles",): 8, ("hydrants",): 1004, ("roads",): Decimal("13.5")}


def test_blank_cells_are_picked_by_an_empty_text_and_cleared_by_one():
    after = applied({"table": "budgets", "action": "set", "where": {"county": ""}, "set": {"amount": 0}})
    assert {key[0] for key, amount in column(after, "budgets", "amount").items() if amount == 0} == {"pool"}
    after = applied({"table": "limits", "action": "set", "set": {"max": "", "min": 2}})
    assert [(row["min"], row["max"]) for row in after["limits"]] == [(2, None)]


def test_scaling_leaves_blanks_blank():
    with_blank = {"table": "limits", "action": "add", "rows": [{"limit": "least", "group": "vehicle", "min": 1}]}
    after = applied(with_blank, {"table": "limits", "action": "scale", "column": "max", "factor": "0.8"})
    assert column(after, "limits", "max") == {("vehicles_2022",): 4, ("least",): None}


def test_settings_of_the_plan():
    after = applied(
        {"table": "plan", "action": "set", "where": {"key": "discount_rate"}, "set": {"value": "5%"}},
        {"table": "plan", "action": "add", "rows": [{"key": "capital_price_growth", "value": "0.02"}]},
        {"table": "plan", "action": "scale", "where": {"key": "discount_rate"}, "column": "value", "factor": 2},
    )
    assert (after.setting("discount_rate"), after.setting("capital_price_growth")) == (Decimal("0.1"), Decimal("0.02"))


def test_changes_are_made_in_their_order():
    after = applied(
        {"table": "budgets", "action": "remove", "where": {"fund": "pool", "year": 2023}},
        {"table": "budgets", "action": "set", "where": {"fund": "pool", "year": 2022}, "set": {"year": 2023, "amount": 7}},
        {"table": "budgets", "action": "set", "where": {"fund": "pool", "year": 2021}, "set": {"year": 2022, "amount": 6}},
    )
    pool = {key[2]: amount for key, amount in column(after, "budgets", "amount").items() if key[0] == "pool"}
    assert pool == {2023: 7, 2022: 6}


def test_a_plan_may_be_wrong_in_between():
    after = applied(
        {"table": "groups", "action": "add", "rows": [{"group": "vehicle", "item": "pump"}]},
        {"table": "items", "action": "add", "rows": [{"item": "pump", "name": "泵车"}]},
        {"table": "costs", "action": "add", "rows": [{"item": "pump", "unit_cost": 60}]},
    )
    assert "pump" in Plan(after).groups["vehicle"]


FILE = """
parent = {parent!r}
[[changes]]
table = "budgets"
action = "scale"
where = {{ fund = "own" }}
column = "amount"
factor = {factor!r}
"""


def write(folder, name, factor, parent=None):
    text = FILE.format(parent=parent, factor=factor)
    path = folder / f"{name}.toml"
    path.write_text(text if parent else text.replace("parent = None\n", ""), encoding="utf-8")
    return path


def test_a_parent_comes_first_and_only_once(tmp_path):
    parent = write(tmp_path, "parent", "0.5")
    one, other = write(tmp_path, "one", "0.9", "parent.toml"), write(tmp_path, "other", "0.5", "parent.toml")
    plan = Plan(TABLES_OF_BASE)
    assert [member.name for member in read_scenario(one).lineage] == ["parent", "one"]

    def amounts(*files):
        return {row["amount"] for row in apply_scenarios(plan, files).tables["budgets"] if row["fund"] == "own"}

    assert amounts(one) == {450}
    assert amounts(one, other) == amounts(parent, one, other) == amounts(one, parent, other) == {225}


def test_the_plan_itself_is_untouched():
    plan = Plan(TABLES_OF_BASE)
    before = plan.sha256
    change = {"table": "budgets", "action": "scale", "column": "amount", "factor": 2}
    other = apply_scenarios(plan, [scenario(change)])
    assert plan.sha256 == before != other.sha256
    assert apply_scenarios(plan, []).sha256 == before


KEYS = [(row["fund"], row["county"], row["year"]) for row in TABLES_OF_BASE["budgets"]]


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(KEYS), st.integers(0, 3_000_000), st.integers(1, 4)), min_size=1, max_size=8))
def test_any_series_of_edits_gives_the_amounts_computed_by_hand(edits):
    amounts = {key: Decimal(1000 if key[0] == "own" else 300) for key in KEYS}
    changes = []
    for (fund, county, year), millionths, decimals in edits:
        factor = round(Decimal(millionths) / 10**6, decimals)
        where = {"fund": fund, "county": county or "", "year": year}
        changes.append({"table": "budgets", "action": "scale", "where": where, "column": "amount", "factor": str(factor)})
        exact = Fraction(amounts[fund, county, year]) * Fraction(factor) * 10_000
        amounts[fund, county, year] = Decimal(int(exact + Fraction(1, 2))) / 10_000
    assert column(applied(*changes), "budgets", "amount") == amounts


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_what_ships_applies_to_shuozhou_and_says_why(file):
    shipped = read_scenario(file)
    assert shipped.name == file.stem
    assert all((shipped.title, shipped.title_en, shipped.author, shipped.reason, shipped.reason_en))
    plan = optplan.read_plan(SHUOZHOU)
    after = apply_scenarios(plan, [file])
    assert after.sha256 != plan.sha256


def test_a_late_transfer_keeps_every_amount_but_the_last():
    plan = optplan.read_plan(SHUOZHOU)
    late = apply_scenarios(plan, [SHUOZHOU.parent / "scenarios" / "shuozhou" / "transfer-one-year-late.toml"])
    amounts = {key[2]: amount for key, amount in column(plan.tables, "budgets", "amount").items() if key[0] == "transfer"}
    moved = {key[2]: amount for key, amount in column(late.tables, "budgets", "amount").items() if key[0] == "transfer"}
    assert moved == {year + 1: amount for year, amount in amounts.items() if year < 2025}
