"""A plan in dollars with fiscal years: whoever reads its brief finds every year called the same, and amounts that fit their line."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from plans.random_plans import tables_of

from optplan.brief.delivery import delivery_part
from optplan.brief.money import money_part
from optplan.brief.spans import MOST_COLUMNS, Spans
from optplan.figures.figures import Figures
from optplan.figures.summary import summarise
from optplan.language import speaking
from optplan.language.years import calling_years
from optplan.plan import Plan
from optplan.solving.solve import solve
from optplan.tables.year_labels import year_names

D = Decimal
YEARS = range(2026, 2032)


def rows(price: int) -> dict[str, list[dict[str, object]]]:
    return {
        "plan": [
            {"key": "title", "value": "CIP"}, {"key": "first_year", "value": 2026}, {"key": "last_year", "value": 2031},
            {"key": "currency", "value": "USD"}, {"key": "year_label", "value": "FY26"},
        ],
        "counties": [{"county": "central"}],
        "items": [{"item": "station", "kind": "project"}],
        "projects": [{"project": "station_5", "county": "central", "item": "station", "capital_cost": D(price), "build_years": 2}],
        "targets": [{"target": "stations", "group": "station", "by_year": 2031, "total": D(1)}],
        "funds": [{"fund": "bond", "level": "pool", "carry_share": D(1), "carry_years": "all"}],
        "budgets": [{"fund": "bond", "year": 2026, "amount": D(price)}],
    }  # fmt: skip


@pytest.mark.parametrize(("price", "written"), [(7_850_000, "7,850,000"), (785_000, "785,000.00")])
def test_years_have_one_name_and_amounts_one_line(price: int, written: str) -> None:
    plan = Plan(tables_of(rows(price)))
    result = solve(plan, "attain", time_limit=60)
    with speaking("en"), calling_years(year_names(plan.tables)):
        figures, summary = Figures(result), summarise(result, "en")
        [project] = delivery_part(figures, summary)["projects"]
        assert re.fullmatch(r"FY2\d", project["start"])
        assert re.fullmatch(r"FY(2|3)\d", project["opens"])
        money = money_part(figures, summary)
    assert money["payers_total"]["total"] == written
    assert {written, written.replace(written, "0" if "." not in written else "0.00")} == set(money["payers_total"]["by_year"])


@pytest.mark.parametrize("years", [1, 5, 8, 9, 20, 30])
def test_a_long_plan_has_as_many_columns_as_a_page_holds_and_no_year_is_left_out(years: int) -> None:
    spans = Spans(range(2025, 2025 + years))
    assert len(spans.names) <= MOST_COLUMNS
    assert spans.names[0].startswith("2025")
    assert spans.names[-1].endswith(str(2024 + years))
    assert sum(spans.sums([D(1)] * years)) == years
    assert years > MOST_COLUMNS or spans.names == [str(2025 + n) for n in range(years)]
