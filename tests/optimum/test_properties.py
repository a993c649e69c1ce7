"""What must be true of every plan, whatever it is, when it is solved to zero tolerance."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from optimum.test_second_solver import model_of
from plans.random_plans import Size, random_tables, tables_of

from optplan.plan import Plan
from optplan.search.lexicographic import search
from optplan.search.run import Orders

ATTAIN = ["target_shortfall", "readiness_gap", "cost"]
CLOSE = 1e-6
quick = settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
plans = st.builds(
    random_tables,
    st.integers(0, 10_000),
    st.builds(Size, counties=st.integers(1, 2), years=st.integers(2, 3), goods=st.integers(1, 2), teams=st.integers(1, 2),
              projects=st.integers(0, 2), closed=st.just(0), money=st.sampled_from([0.6, 0.8, 1.0])),
)  # fmt: skip


def rows_of(tables):
    return {name: [dict(row.values) for row in tables[name]] for name in tables}


def values(tables, names=ATTAIN):
    found = search(Plan(tables), model_of(names), Orders())
    assert found.status == "optimal"
    return [float(level.value) for level in found.levels]


def no_worse(after, before):
    """Lexicographically: the first level that differs is lower."""
    for a, b in zip(after, before, strict=True):
        if abs(a - b) > CLOSE * max(1.0, abs(b)):
            return a < b
    return True


@quick
@given(plans, st.integers(0, 10_000), st.integers(1, 400))
def test_a_larger_budget_never_makes_things_worse(tables, which, more):
    rows = rows_of(tables)
    row = rows["budgets"][which % len(rows["budgets"])]
    row["amount"] += Decimal(more)
    assert no_worse(values(tables_of(rows)), values(tables))


@pytest.mark.slow
@quick
@given(plans)
def test_splitting_a_budget_into_two_funds_with_the_same_rules_changes_nothing(tables):
    rows = rows_of(tables)
    own = next(row for row in rows["funds"] if row["fund"] == "own")
    rows["funds"].append({**own, "fund": "own_twin"})
    for row in [row for row in rows["budgets"] if row["fund"] == "own"]:
        part = (row["amount"] / 3).quantize(Decimal("0.01"))
        rows["budgets"].append({**row, "fund": "own_twin", "amount": part})
        row["amount"] -= part
    assert values(tables_of(rows)) == pytest.approx(values(tables), rel=1e-5, abs=1e-6)


@quick
@given(plans, st.randoms(use_true_random=False))
def test_renaming_and_reordering_counties_changes_nothing(tables, rng):
    rows = rows_of(tables)
    old = [row["county"] for row in rows["counties"]]
    new = dict(zip(old, rng.sample([f"z{n}" for n in range(len(old))], len(old)), strict=True))
    for some in rows.values():
        for row in some:
            if row.get("county"):
                row["county"] = new[row["county"]]
        rng.shuffle(some)
    assert values(tables_of(rows)) == pytest.approx(values(tables), rel=1e-5, abs=1e-6)


@quick
@given(plans)
def test_closing_a_year_with_its_own_optimal_deliveries_changes_nothing(tables):
    rows = rows_of(tables)
    for fund in rows["funds"]:
        fund["carry_share"] = Decimal(0)
    before = tables_of(rows)
    names = ATTAIN[:2]
    found = search(Plan(before), model_of(names), Orders())
    first = before.setting("first_year")
    kinds = {row["item"]: row.get("kind", "goods") for row in rows["items"]}
    teams = {row["team"]: row for row in rows["teams"]}
    projects = {row["project"]: row for row in rows["projects"]}
    schedule = found.schedule
    actuals = [
        {"item": i, "county": c, "year": y, "quantity": q}
        for (i, c, y), q in schedule.deliveries.items()
        if y == first and kinds[i] == "goods"
    ]
    actuals += [
        {"item": teams[k]["item"], "county": teams[k]["county"], "year": y, "quantity": Decimal(n), "team": k}
        for (k, y), n in schedule.hires.items()
        if y == first
    ]
    actuals += [
        {"item": projects[p]["item"], "county": projects[p]["county"], "year": y, "quantity": Decimal(1), "project": p}
        for p, y in schedule.starts.items()
        if y == first
    ]
    rows["actuals"] = actuals
    rows["plan"] = [*rows["plan"], {"key": "closed_through", "value": first}]
    assert values(tables_of(rows), names) == pytest.approx([float(level.value) for level in found.levels], rel=1e-5, abs=1e-6)


@quick
@given(plans)
def test_every_bound_is_below_its_value_and_every_value_is_exact(tables):
    found = search(Plan(tables), model_of(ATTAIN), Orders())
    for level in found.levels:
        assert isinstance(level.value, Fraction)
        assert level.bound <= float(level.value) + CLOSE * max(1.0, float(level.value))


def test_the_same_plan_gives_the_same_schedule():
    tables = random_tables(4, Size(counties=3, years=3, goods=4, teams=3, projects=2))
    first, second = (search(Plan(tables), model_of(ATTAIN), Orders()) for _ in range(2))
    assert first.schedule == second.schedule
    shuffled = replace(tables, rows={name: tuple(reversed(rows)) for name, rows in tables.rows.items()})
    assert search(Plan(shuffled), model_of(ATTAIN), Orders()).schedule == first.schedule


def test_items_that_come_in_parts_are_paid_to_the_yuan():
    rows = rows_of(random_tables(6, Size(counties=2, years=3, goods=3, teams=2, projects=1, money=0.6)))
    for row in rows["items"]:
        if row["item"].startswith("g"):
            row["whole"] = False
    tables = tables_of(rows)
    found = search(Plan(tables), model_of(ATTAIN), Orders())
    assert found.status == "optimal"
    assert any(quantity % 1 for quantity in found.schedule.deliveries.values())
