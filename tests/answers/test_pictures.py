"""Pictures of answers: in the order of the plan, whole, in units that say what is meant, and estimates called so."""

import json

import pandas as pd
import pytest
from plans.random_plans import tables_of

from optplan.charts.answers import firmness, heat_map
from optplan.language import speaking
from optplan.web.widgets.answer import firm_rows

TABLES = tables_of(
    {
        "plan": [{"key": "title", "value": "t"}],
        "items": [{"item": "z", "name": "泵车"}, {"item": "a", "name": "水罐车"}],
        "counties": [{"county": "y", "name": "应县"}, {"county": "b", "name": "平鲁区"}],
    }
)


def cell(item, county, year, value, low, high, *, firm, settled=True):
    return {
        "kind": "delivery", "subject": item, "county": county, "year": year, "value": value, "seen_low": low, "seen_high": high,
        "settled": settled, "firm": firm,
    }  # fmt: skip


CELLS = [
    cell("a", "b", 2022, 1, 1, 1, firm=True),
    cell("a", "y", 2022, 1_500_000, 1_500_000, 2_000_000, firm=False, settled=False),
    cell("z", "b", 2022, 0, 0, 1, firm=False),
    cell("z", "y", 2022, 3, 3, 3, firm=None, settled=False),
]


def test_what_is_firm_stands_in_the_order_of_the_plan():
    with speaking("zh"):
        rows = firm_rows(CELLS, TABLES, ["a", "z"])
    assert [(row["row"], row["said"]) for row in rows] == [
        ("泵车 · 应县", "3 ?"), ("泵车 · 平鲁区", "0–1"), ("水罐车 · 应县", "1,500,000–2,000,000 ?"), ("水罐车 · 平鲁区", "1"),
    ]  # fmt: skip


def test_one_item_alone_is_not_named_in_every_row():
    with speaking("zh"):
        rows = firm_rows(CELLS, TABLES, ["a"])
        drawn = firmness(pd.DataFrame(rows)).to_dict()
    assert [row["row"] for row in rows] == ["应县", "平鲁区"]
    assert "水罐车" not in json.dumps(drawn, ensure_ascii=False)


@pytest.mark.parametrize(("estimated", "said"), [(True, "估计改善（个百分点）"), (False, "至少改善（个百分点）")])
def test_a_heat_map_shows_every_year_and_says_what_is_estimated(estimated, said):
    cells = pd.DataFrame([{"county": "应县", "year": "2022", "gain": 0.03, "said": "0.030"}])
    with speaking("zh"):
        drawn = heat_map(cells, ["应县", "平鲁区"], ["2021", "2022", "2023"], "个百分点", estimated=estimated).to_dict()
    ground, squares = drawn["layer"][:2]
    grounds = drawn["datasets"][ground["data"]["name"]]
    assert {(each["county"], each["year"]) for each in grounds} == {
        (c, y) for c in ("应县", "平鲁区") for y in ("2021", "2022", "2023")
    }
    assert squares["encoding"]["color"]["title"] == said


def test_what_is_not_solved_yet_is_estimated_in_words_and_without_colour():
    cells = pd.DataFrame([{"county": "应县", "year": "2022", "gain": 0.03, "said": "0.03"}])
    guesses = pd.DataFrame([{"county": "平鲁区", "year": "2021", "gain": 0.9, "said": "≈0.900"}])
    with speaking("zh"):
        drawn = heat_map(cells, ["应县", "平鲁区"], ["2021", "2022"], "个百分点", guesses=guesses).to_dict()
    _, squares, _, written = drawn["layer"]
    assert [each["said"] for each in drawn["datasets"][squares["data"]["name"]]] == ["0.03"]
    assert [each["said"] for each in drawn["datasets"][written["data"]["name"]]] == ["≈0.900"]
    assert "color" not in written["encoding"]
