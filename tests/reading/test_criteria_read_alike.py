"""A criterion reads alike in every output: a weighted sum of shortfalls as what targets lack on the average, never as the sum."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from explanation.test_missing import plan_of
from openpyxl import load_workbook

import optplan
from optplan.cli import main
from optplan.explanation import explain_missing
from optplan.plan import Plan
from optplan.store import open_store
from optplan.sweeps import SweepDesign
from optplan.tables import write_folder

NAME, HALF, SUM = "目标未完成率（各目标平均）", "50.00%", "400"


@pytest.fixture(scope="module")
def plan() -> Plan:
    """One of two engines can be paid; the target weighs 800, so that the criterion is 400."""
    poor = plan_of(total=2, amount=4, other=10)
    targets: list[dict[str, Any]] = [row.values | {"weight": 800} for row in poor.tables["targets"]]
    return poor.with_changes({"targets": targets})


@pytest.fixture(scope="module")
def result(plan: Plan) -> optplan.Result:
    result = optplan.solve(plan)
    assert result.document["criteria"][0]["in_plan"] == float(SUM)
    return result


def _reads_well(said: str) -> None:
    assert HALF in said
    assert SUM not in said


def test_answers_say_it_in_words(plan: Plan, result: optplan.Result) -> None:
    _reads_well("\n".join(explain_missing(plan, result, "target:engines", time_limit=60).sentences("zh")))
    worse = optplan.why_not(plan, result, "engine:a:2021<=0")
    assert "50.00 个百分点，变为 100.00%" in worse.sentences("zh")[1]  # nothing is then delivered
    step = optplan.value(plan, result, cells=["own:b:2021"], step=6)
    assert any("50.00 个百分点" in said for said in step.sentences("zh"))


def test_what_a_repair_is_worth_is_said_so(plan: Plan) -> None:
    pinned: list[dict[str, Any]] = [{"limit": "l", "group": "engine", "county": "b", "min": 1}]
    _reads_well("\n".join(optplan.explain(plan.with_changes({"limits": pinned}), time_limit=60).sentences("zh")))


def test_the_shell_says_it_in_lists_and_of_edited_workbooks(
    plan: Plan, result: optplan.Result, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*arguments: object) -> str:
        with pytest.raises(SystemExit) as ended:
            main([*map(str, arguments), "--lang", "zh"])
        assert ended.value.code == 0
        return "".join(capsys.readouterr().out.split("\n"))

    monkeypatch.setenv("OPTPLAN_STORE", f"sqlite:///{tmp_path / 'store.db'}")
    monkeypatch.setenv("COLUMNS", "400")
    write_folder(plan.tables, tmp_path / "plan")
    result.to_excel(tmp_path / "result.xlsx")
    result.to_json(tmp_path / "result.json")
    with open_store() as store:
        store.save_run(result)
    _reads_well(run("history"))
    _reads_well(run("verify", tmp_path / "plan", tmp_path / "result.xlsx"))
    _reads_well(run("verify", tmp_path / "plan", tmp_path / "result.json", "--proof"))


def _sheets(path: Path) -> dict[str, list[list[Any]]]:
    return {sheet.title: [list(row) for row in sheet.iter_rows()] for sheet in load_workbook(path).worksheets}


def test_workbooks_of_comparisons_and_answers_write_it_so(plan: Plan, result: optplan.Result, tmp_path: Path) -> None:
    optplan.compare([result, result]).to_excel(tmp_path / "compared.xlsx", "zh")
    optplan.why_not(plan, result, "engine:a:2021<=0").to_excel(tmp_path / "why-not.xlsx", "zh")
    optplan.value(plan, result, cells=["own:b:2021"], step=6).to_excel(tmp_path / "value.xlsx", "zh")
    for name, reached in (("compared", 0.5), ("why-not", 1.0)):
        rows = [row for sheet in _sheets(tmp_path / f"{name}.xlsx").values() for row in sheet if row[0].value == NAME]
        assert any(cell.value == reached and cell.number_format.endswith("%") for row in rows for cell in row), name
        assert not any(cell.value == float(SUM) for row in rows for cell in row)
    (head, step) = next(
        (row, below)
        for rows in _sheets(tmp_path / "value.xlsx").values()
        for row, below in pairwise(rows)
        if any(str(cell.value).startswith(f"{NAME}：") for cell in row)
    )
    (gain,) = (cell for top, cell in zip(head, step, strict=True) if top.value == f"{NAME}：变化至多")
    assert (gain.value, gain.number_format[-1]) == (-0.5, "%")


def test_a_sweep_draws_and_writes_it_so(plan: Plan, tmp_path: Path) -> None:
    scale = {"table": "budgets", "action": "scale", "where": {"fund": "own"}, "column": "amount", "factor": "$value"}
    design = SweepDesign(
        name="n", title="n", model="attain", axis=[{"name": "money", "values": ["1", "1.5"], "changes": [scale]}]
    )
    swept = optplan.sweep(plan, design)
    assert swept.table["target_shortfall"].tolist() == [400.0, 400.0]  # a machine reads the criterion itself
    swept.save(tmp_path / "table.xlsx")
    sheet = load_workbook(tmp_path / "table.xlsx").active
    assert sheet is not None
    at = [cell.value for cell in sheet[4]].index(NAME)
    assert [row[at].value for row in sheet.iter_rows(min_row=5)] == [0.5, 0.5]
    assert sheet.cell(5, at + 1).number_format.endswith("%")
    (drawn,) = swept.chart().to_dict()["datasets"].values()
    assert [row["target_shortfall"] for row in drawn] == [0.5, 0.5]
