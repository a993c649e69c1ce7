"""The charts of a comparison hold the figures of the results, and are drawn as PNG and SVG in both languages."""

from __future__ import annotations

import io
from typing import Any

import altair as alt
import pytest
from PIL import Image

from optplan.charts import picture
from optplan.charts.names_axis import LONGEST, MOST, in_lines, names_axis
from optplan.charts.picture import scalable_picture
from optplan.comparison import Comparison
from optplan.comparison.charts import (
    criteria_side_by_side,
    deliveries_side_by_side,
    money_side_by_side,
)
from optplan.decision_model import read_model
from optplan.language import speaking
from optplan.result import Result, empty_result


def drawn(chart: alt.TopLevelMixin) -> list[dict[str, Any]]:
    """The rows that a chart is drawn from."""
    (rows,) = chart.to_dict()["datasets"].values()
    return rows


def test_criteria_and_money_are_those_of_the_results(two: list[Result]) -> None:
    comparison = Comparison(two)
    with speaking("en"):
        criteria, money = drawn(criteria_side_by_side(comparison)), drawn(money_side_by_side(comparison))
    for position, (name, result) in enumerate(zip(("A base case", "B cut"), two, strict=True)):
        shown = [row["value"] for row in criteria if row["result"] == name]
        weight = sum(row["weight"] for row in result.tables()["targets"])
        per_cent = {"target_shortfall": 100 / float(weight), "readiness_gap": 100, "worst_county": 100}
        of_each = [entry["in_plan"] * per_cent.get(entry["name"], 1) for entry in result.document["criteria"]]
        assert shown == pytest.approx(of_each, abs=0.006), position
        spent = sum(float(entry["amount"]) for entry in result.document["payments"])
        assert sum(row["amount"] for row in money if row["result"] == name) == pytest.approx(spent)


def test_deliveries_add_up_to_what_is_delivered_of_each_target(two: list[Result]) -> None:
    rows = drawn(deliveries_side_by_side(Comparison(two)))
    for name, result in zip("AB", two, strict=True):
        entry = next(entry for entry in result.document["targets"] if entry["target"] == "g1")
        shares = [row["share"] for row in rows if row["result"].startswith(name) and row["target"] == "g1"]
        assert sum(shares) == pytest.approx(entry["delivered"] / entry["total"])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_they_are_drawn(two: list[Result], language: str) -> None:
    comparison = Comparison([*two, two[0]])
    with speaking(language):
        for chart in (
            criteria_side_by_side(comparison), deliveries_side_by_side(comparison), money_side_by_side(comparison),
        ):  # fmt: skip
            assert min(Image.open(io.BytesIO(picture(chart))).size) > 200
            assert scalable_picture(chart).startswith(b"<svg")


def test_no_schedule_leaves_gaps(two: list[Result]) -> None:
    nothing = empty_result(two[0].tables(), read_model("attain"), status="infeasible", made_with={"optplan": "test"})
    comparison = Comparison([two[0], nothing])
    assert {row["result"][0] for row in drawn(criteria_side_by_side(comparison))} == {"A"}
    assert picture(money_side_by_side(comparison))
    assert picture(deliveries_side_by_side(comparison))


def test_every_name_beside_a_chart_is_said_whole_in_at_most_two_lines() -> None:
    for name in ("右玉县消防救援站迁建（按二级标准）", "Shuocheng second-class fire station (1)", "乙"):
        lines = in_lines(name, LONGEST, MOST)
        assert len(lines) <= MOST
        assert "".join(lines).replace(" ", "") == name.replace(" ", "")
    assert in_lines("甲" * 99, LONGEST, MOST)[-1].endswith("…")
    tricky = "引号\"与'"
    assert names_axis([tricky, "乙"]).to_dict()["labelOverlap"] is False
    row = alt.Chart(alt.InlineData(values=[{"name": tricky}])).mark_bar()
    assert picture(row.encode(y=alt.Y("name:N", axis=names_axis([tricky]))))
