"""Records from the shell: entered, corrected, read from files and forms, confirmed, taken along to the next plan; JSON throughout."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

import optplan
from optplan.cli import main
from optplan.records import read_ledger
from optplan.tables import write_folder
from records.life import small_plan

HAPPENED = """kind,county,date,item,team,project,quantity,source,document
delivery,a,2021-05-06,engine,,,2,验收单,甲验1
hire,,2021-05-07,,t_a,,3,录用文件,甲人1
start,,2021-06-01,,,p_b,,开工令,乙建1
"""


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plan in a folder; a store of its own, so that nobody's records are touched."""
    monkeypatch.setenv("OPTPLAN_STORE", str(tmp_path / "store.sqlite3"))
    monkeypatch.setenv("OPTPLAN_USER", "李工")
    monkeypatch.setenv("OPTPLAN_LANG", "zh")
    write_folder(small_plan().tables, tmp_path / "plan")
    return tmp_path / "plan"


def run(*arguments: object) -> tuple[int, str]:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(ended.value.code or 0), said.getvalue()


def answer(*arguments: object) -> dict:
    code, said = run(*arguments, "--json")
    assert code == 0, said
    return json.loads(said)


def wrong(*arguments: object) -> list[dict]:
    code, said = run(*arguments, "--json")
    assert code == 2, said
    return [each for each in json.loads(said)["findings"] if each["severity"] == "error"]


def test_a_record_its_correction_and_its_history(plan: Path) -> None:
    given = ("--kind", "delivery", "--county", "a", "--item", "engine", "--date", "2021-05-06", "--source", "验收单")
    [entry] = answer("records", "add", plan, *given, "--quantity", "2")["entered"]
    assert (entry["number"], entry["quantity"], entry["year"], entry["quarter"], entry["who"]) == (1, "2", 2021, 2, "李工")
    answer("records", "add", plan, *given, "--quantity", "3", "--corrects", "1", "--note", "看错")
    assert [each["number"] for each in answer("records", "list", plan)["entries"]] == [2]
    assert [each["number"] for each in answer("records", "list", plan, "--all")["entries"]] == [1, 2]
    [finding] = wrong("records", "add", plan, *given, "--quantity", "三")
    assert (finding["code"], finding["column"]) == ("cell-number-words", "quantity")
    [finding] = wrong("records", "add", plan, *given, "--quantity", "9", "--corrects", "1")
    assert finding["code"] == "record-corrected-already"
    code, said = run("records", "list", plan, "--all")
    assert code == 0
    assert "看错" not in said or "水罐车" in said


def test_a_file_is_entered_whole_or_not_at_all_with_each_fault_at_its_cell(plan: Path, tmp_path: Path) -> None:
    file = tmp_path / "happened.csv"
    file.write_text(HAPPENED.replace("engine", "engin").replace(",3,录", ",三,录"), "utf-8")
    found = [(each["code"], each["row"], each["column"]) for each in wrong("records", "import", plan, file)]
    assert found == [("cell-number-words", 3, "quantity"), ("reference-missing", 2, "item")]
    assert answer("records", "list", plan)["entries"] == []
    file.write_text(HAPPENED, "utf-8")
    assert [each["number"] for each in answer("records", "import", plan, file)["entered"]] == [1, 2, 3]
    assert [each["code"] for each in wrong("records", "import", plan, file)] == ["record-twice"] * 3


def test_a_ledger_moves_from_the_store_into_a_file_and_into_another_store(plan: Path, tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "happened.csv").write_text(HAPPENED, "utf-8")
    answer("records", "import", plan, tmp_path / "happened.csv")
    answer(
        "records",
        "add",
        plan,
        "--kind",
        "hire",
        "--team",
        "t_a",
        "--date",
        "2021-05-07",
        "--quantity",
        "5",
        "--source",
        "录用文件",
        "--corrects",
        "2",
    )
    answer("records", "export", plan, tmp_path / "all.csv")
    monkeypatch.setenv("OPTPLAN_STORE", str(tmp_path / "other.sqlite3"))
    answer("records", "import", plan, tmp_path / "all.csv")
    moved = answer("records", "list", plan, "--all")["entries"]
    assert [(each["number"], each.get("corrects")) for each in moved] == [(1, None), (2, None), (3, None), (4, 2)]
    assert len(read_ledger(tmp_path / "all.csv")) == 4


def test_from_forms_to_the_closed_year(plan: Path, tmp_path: Path) -> None:
    (tmp_path / "happened.csv").write_text(HAPPENED, "utf-8")
    beside = ("--records", plan / "records.csv")
    answer("records", "import", plan, tmp_path / "happened.csv", *beside)
    [first, second] = answer("records", "form", plan, tmp_path / "forms", "--year", 2021, "--quarter", 3)["written"]
    book = load_workbook(second)
    sheet = book["到货"]
    heads = [cell.value for cell in sheet[4]]
    for label, value in (("本季数量", 4), ("凭据", "验收单"), ("文号", "乙验1")):
        sheet.cell(5, heads.index(label) + 1).value = value
    book.save(second)
    assert [each["code"] for each in wrong("records", "import", plan, second, "--county", "a")] == ["form-other-county"]
    assert len(answer("records", "import", plan, first, second)["entered"]) == 1
    adopted = tmp_path / "adopted.json"
    optplan.solve(small_plan(), "attain").to_json(adopted)
    closing = ("close-year", plan, adopted, tmp_path / "next", *beside, "--no-solve")
    assert [each["code"] for each in wrong(*closing)] == ["closing-unconfirmed"] * 4
    for quarter in range(1, 5):
        assert len(answer("records", "confirm", plan, "--year", 2021, "--quarter", quarter)["entered"]) == 2
    assert [each["code"] for each in wrong(*closing, "--actuals", tmp_path / "happened.csv")] == ["closing-two-accounts"]
    answer(*closing)
    facts = {(row["item"], row["county"]): row["quantity"] for row in optplan.read_plan(tmp_path / "next").tables["actuals"]}
    assert facts == {("engine", "a"): 2, ("engine", "b"): 4, ("firefighter", "a"): 3, ("station", "b"): 1}
    assert read_ledger(tmp_path / "next" / "records.csv") == read_ledger(plan / "records.csv")
    exported = tmp_path / "out.xlsx"
    answer("export", adopted, exported, *beside)
    assert "计划与完成" in load_workbook(exported).sheetnames


def test_bad_ledgers_and_plans_end_in_words(plan: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_bytes(b"\xff\x00rubbish")
    assert wrong("records", "list", plan, "--records", tmp_path / "bad.csv")
    assert wrong("records", "list", tmp_path / "nowhere")
    assert [each["code"] for each in wrong("records", "form", plan, tmp_path / "f", "--year", 2031, "--quarter", 1)] == [
        "year-outside"
    ]
    assert [each["code"] for each in wrong("records", "import", plan, tmp_path / "bad.csv")]
    assert [each["code"] for each in wrong("records", "confirm", plan, "--year", 2021, "--quarter", 1, "--county", "c")] == [
        "reference-missing"
    ]
