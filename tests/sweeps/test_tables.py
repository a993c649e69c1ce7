"""The table says of every point what solving it by hand says, whatever the order in which points are solved."""

from __future__ import annotations

import io
import json
import sys
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

import optplan
from optplan.console.sweep_progress import watching_sweep
from optplan.language import speaking
from optplan.plan import Plan
from optplan.scenarios import Scenario, apply_scenarios
from optplan.sweeps import SweepDesign, SweepProgress
from optplan.sweeps.point_work import Answer
from optplan.sweeps.points import points_of
from optplan.sweeps.task_queue import answers
from optplan.sweeps.writing import write_chart

from .conftest import same


def test_every_point_is_what_solving_its_scenario_gives(plan: Plan, undisturbed: optplan.Sweep) -> None:
    table = undisturbed.table
    assert [tuple(row) for row in table[["point", "pool", "price"]].itertuples(index=False)] == [
        (1, 0.0, 0.9), (2, 0.0, 1.1), (3, 1.5, 0.9), (4, 1.5, 1.1),
    ]  # fmt: skip
    by_hand = Scenario(
        name="by hand",
        title="by hand",
        changes=[
            {"table": "budgets", "action": "scale", "where": {"fund": "pool"}, "column": "amount", "factor": "1.5"},
            {"table": "costs", "action": "scale", "where": {"group": "big"}, "column": "unit_cost", "factor": "1.1"},
        ],
    )
    result = optplan.solve(apply_scenarios(plan, [by_hand]), "thrift")
    row = table.iloc[3]
    assert row["status"] == result.status == "optimal"
    for level in result.document["criteria"]:
        assert row[level["name"]] == level["in_plan"]
        assert row[f"{level['name']}_bound"] <= level["bound"] <= level["value"]
        allowed = max(level["tolerance"], level["relative_tolerance"] * level["value"])
        assert row[f"{level['name']}_bound"] == pytest.approx(level["value"] - allowed, abs=1e-3)
    costs, payments = result.costs, result.payments
    assert row["total_cost"] == costs["capital"].sum() + costs["recurrent"].sum()
    for fund in ("own", "own_capital", "pool"):
        assert row[f"spent_{fund}"] == sum(payments[payments["fund"] == fund]["amount"], Decimal(0))
    for target in result.targets.itertuples():
        assert (row[f"delivered_{target.target}"], row[f"shortfall_{target.target}"]) == (target.delivered, target.shortfall)
    assert (table["spent_pool"][:2] == 0).all(), "there is no pool to spend at 0 %"


class Untidy:
    """Answers come back in an order of their own: each once as many have been ``taken`` as its place in ``places`` says."""

    def __init__(self, places: Iterable[int], taken: list[int]) -> None:
        self._places, self._taken, self._pool = iter(places), taken, ThreadPoolExecutor(6)

    def submit(self, function: Callable[..., Any], /, *arguments: Any) -> Future[Any]:
        return self._pool.submit(self._answer_in_time, next(self._places), function, *arguments)

    def _answer_in_time(self, place: int, function: Callable[..., Any], *arguments: Any) -> Any:
        answer = function(*arguments)
        while len(self._taken) < place:
            time.sleep(0.01)
        return answer


def test_the_order_of_answers_and_the_number_of_jobs_make_no_difference(
    plan: Plan, design: SweepDesign, undisturbed: optplan.Sweep
) -> None:
    order: list[int] = []
    untidy = optplan.sweep(plan, design, Untidy([3, 1, 0, 2], order), progress=lambda now: order.append(now.point.number))
    assert order == [3, 2, 4, 1]
    same(untidy.table, undisturbed.table)
    assert json.dumps(untidy.chart().to_dict()["vconcat"]) == json.dumps(undisturbed.chart().to_dict()["vconcat"])


def test_a_list_of_scenarios_has_a_row_each_and_an_impossible_one_says_so(plan: Plan, tmp_path: Path) -> None:
    (tmp_path / "more.toml").write_text(
        'title = "资金多"\n[[changes]]\ntable = "budgets"\naction = "scale"\ncolumn = "amount"\nfactor = 2\n', encoding="utf-8"
    )
    (tmp_path / "never.toml").write_text(
        'title = "不可能"\n[[changes]]\ntable = "budgets"\naction = "scale"\ncolumn = "amount"\nfactor = 0\n'
        '[[changes]]\ntable = "limits"\naction = "add"\nrows = [ { limit = "least", group = "g1", min = 5 } ]\n',
        encoding="utf-8",
    )
    listed = (
        'model = "thrift"\n[[point]]\n[[point]]\nscenarios = ["more.toml"]\n[[point]]\nscenarios = ["more.toml", "never.toml"]\n'
    )
    (tmp_path / "list.toml").write_text(listed, encoding="utf-8")
    swept = optplan.sweep(plan, tmp_path / "list.toml")
    table = swept.table
    assert list(table["scenario"]) == ["规划原样", "资金多", "资金多 + 不可能"]
    assert list(table["status"]) == ["optimal", "optimal", "infeasible"]
    assert pd.isna(table["cost"][2])
    assert table["total_cost"][2] is None
    assert swept.runs[0].result is not None
    assert swept.runs[0].result.document["scenario"] == []
    chart = swept.chart().to_dict()
    assert chart["vconcat"][0]["layer"][0]["mark"]["type"] == "bar"


def test_files_hold_the_table_and_no_formula(plan: Plan, undisturbed: optplan.Sweep, tmp_path: Path) -> None:
    table = undisturbed.table
    for kind in ("csv", "json", "xlsx"):
        undisturbed.save(tmp_path / f"table.{kind}")
    read = pd.read_csv(tmp_path / "table.csv", encoding="utf-8-sig")
    assert list(read.columns) == list(table.columns)
    assert read["total_cost"].tolist() == [float(cost) for cost in table["total_cost"]]
    points = json.loads((tmp_path / "table.json").read_text(encoding="utf-8"))["points"]
    assert [Decimal(point["total_cost"]) for point in points] == list(table["total_cost"])
    assert [point["cost"] for point in points] == list(table["cost"])
    sheet = openpyxl.load_workbook(tmp_path / "table.xlsx").active
    assert sheet is not None
    heads = [cell.value for cell in sheet[4]]
    assert heads[:4] == ["点", "资金池", "单价", "状态"]
    costs = [row[heads.index("总费用（各年合计，未折算）")].value for row in sheet.iter_rows(min_row=5)]
    assert costs == pytest.approx([float(cost) for cost in table["total_cost"]])
    with pytest.raises(optplan.InputError, match="csv"):
        undisturbed.save(tmp_path / "table.pdf")
    assert not (tmp_path / "table.pdf").exists()


def test_a_value_that_looks_like_a_formula_stays_text(plan: Plan, tmp_path: Path) -> None:
    change = {"table": "plan", "action": "set", "where": {"key": "title"}, "set": {"value": "$value"}}
    named = SweepDesign(name="n", title="=1+1", model="thrift", axis=[{"name": "title", "values": ["=2*3"], "changes": [change]}])
    swept = optplan.sweep(plan, named)
    for kind in ("csv", "xlsx"):
        swept.save(tmp_path / f"table.{kind}")
    assert ",=" not in (tmp_path / "table.csv").read_text(encoding="utf-8-sig")
    cells = [cell for row in openpyxl.load_workbook(tmp_path / "table.xlsx").active.iter_rows() for cell in row]
    assert "=2*3" in [cell.value for cell in cells]
    assert not [cell for cell in cells if cell.data_type == "f"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_chart_is_a_picture_in_both_kinds(undisturbed: optplan.Sweep, tmp_path: Path, language: str) -> None:
    with speaking(language):
        for kind in ("png", "svg"):
            write_chart(undisturbed, tmp_path / f"chart.{kind}")
    assert (tmp_path / "chart.png").read_bytes().startswith(b"\x89PNG")
    drawn = (tmp_path / "chart.svg").read_text(encoding="utf-8")
    for word in {"zh": ["资金池", "单价 0.9", "总费用（折算后）"], "en": ["Pool", "Price 0.9", "Cost (discounted)"]}[language]:
        assert word in drawn


def test_the_chart_shows_how_far_what_is_not_proven_may_be_off(undisturbed: optplan.Sweep) -> None:
    assert [len(panel["layer"]) for panel in undisturbed.chart().to_dict()["vconcat"]] == [2, 2]
    open_ended = replace(undisturbed.runs[0], proven=frozenset({"target_shortfall"}))
    lost = replace(undisturbed.runs[1], figures={}, proven=frozenset(), status="infeasible")
    drawn = replace(undisturbed, runs=(open_ended, lost, *undisturbed.runs[2:])).chart().to_dict()
    assert [len(panel["layer"]) for panel in drawn["vconcat"]] == [2, 3]
    stroke = drawn["vconcat"][1]["layer"][0]
    assert (stroke["mark"]["type"], stroke["encoding"]["y2"]["field"]) == ("rule", "cost bound")
    assert [point["cost"] is None for point in drawn["datasets"][drawn["data"]["name"]]] == [False, True, False, False]
    with pytest.raises(optplan.InputError):
        replace(undisturbed, runs=(lost,)).chart()


def test_a_stop_keeps_what_is_done_and_leaves_nothing_running(plan: Plan, design: SweepDesign) -> None:
    cancel = threading.Event()
    swept = optplan.sweep(plan, design, jobs=1, cancel=cancel, progress=lambda now: cancel.set())
    done = [run for run in swept.runs if run.status != "waiting"]
    assert 1 <= len(done) < 4
    assert not swept.complete
    assert swept.runs[3].note("en").startswith("The sweep was stopped")
    assert swept.table["status"].tolist()[-1] == "waiting"


def test_a_terminal_gets_a_bar_and_a_line_for_each_point(
    plan: Plan, design: SweepDesign, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stderr", Terminal())
    with speaking("en"), watching_sweep(2) as (progress, _):
        for number, event in enumerate(("retried", "solved", "failed")):
            progress(SweepProgress(number, 2, event, points_of(design)[number], "optimal", 1.25, "out of [bold] memory"))
        drawn = sys.stderr.getvalue()  # type: ignore[attr-defined]
    assert "━" in drawn
    assert "of 2 points done" in drawn
    assert "Pool 0%, Price 1.1: proven (1.2 s)" in drawn
    assert "out of [bold] memory" in drawn


class KilledWorker(Exception):
    """What Dask raises once it has tried again itself."""


@pytest.mark.parametrize(("problem", "tries"), [(MemoryError("no room"), [1, 2, 3, 4]), (KilledWorker("no room"), [1])])
def test_a_task_that_always_dies_is_tried_again_three_times_and_then_given_up(problem: Exception, tries: list[int]) -> None:
    tried, told = [], []

    class Deadly:
        def submit(self, function: Callable[..., Any], /, *arguments: Any) -> Future[Any]:
            future: Future[Any] = Future()
            tried.append(arguments[1])
            if len(tried) == 3:
                future.cancel()
                future.set_running_or_notify_cancel()
            else:
                future.set_exception(problem)
            return future

    ((number, answer),) = answers({1: None}, Deadly(), lambda: False, lambda *why: told.append(why))  # type: ignore[dict-item]
    assert (number, answer) == (1, Answer(None, "failed-died", "no room"))
    assert tried == tries
    assert len(told) == len(tries) - 1


def test_a_cluster_that_takes_no_more_work_is_said_in_words(plan: Plan, design: SweepDesign) -> None:
    class Gone:
        def submit(self, function: Callable[..., Any], /, *arguments: Any) -> Future[Any]:
            raise OSError("connection lost")

    with pytest.raises(optplan.InputError) as lost:
        optplan.sweep(plan, design, Gone())
    assert "connection lost" in lost.value.findings[0].message("en")
