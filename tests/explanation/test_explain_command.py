"""``optplan explain`` in the shell: the conflict and its cells, the menu of repairs, one of them as a scenario that solves."""

from __future__ import annotations

import json
import random

import pytest
from explanation.planted import base, exact_target, minima_beyond_a_maximum
from openpyxl import load_workbook
from plans.random_plans import tables_of
from slow_set import mostly_slow

from optplan.cli import main
from optplan.language import LANGUAGES, find
from optplan.questions import replay_answer
from optplan.store import open_store
from optplan.tables import write_folder


@pytest.fixture(scope="module")
def impossible(tmp_path_factory):
    rows = base(0)
    exact_target(rows, random.Random(0))
    folder = tmp_path_factory.mktemp("explain") / "plan"
    write_folder(tables_of(rows), folder)
    return folder


def run(capsys, *arguments):
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return ended.value.code, capsys.readouterr().out


def test_the_document_names_every_cell_and_what_would_do(impossible, capsys):
    code, said = run(capsys, "explain", impossible, "--json", "--time-limit", "20")
    document = json.loads(said)
    assert code == 3
    assert document["status"] == "infeasible"
    assert document["irreducible"] is True
    assert {(cell["table"], cell["column"]) for cell in document["conflict"]} == {
        ("projects", "mandatory"), ("teams", "min_staff"), ("targets", "total"),
    }  # fmt: skip
    for cell in document["conflict"]:
        lines = (impossible / f"{cell['table']}.csv").read_text(encoding="utf-8").splitlines()
        position = lines[0].lstrip("\ufeff").split(",").index(cell["column"])
        assert lines[cell["row"] - 1].split(",")[position] == cell["value"]
        assert cell["message"]
    assert document["repairs"]
    for repair in document["repairs"]:
        assert all(side is not None for each in repair["criteria"] for side in each["interval"])


def test_why_there_is_no_plan_is_told_before_what_would_do_is_looked_for(impossible, capsys):
    with pytest.raises(SystemExit):
        main(["explain", str(impossible), "--lang", "zh", "--time-limit", "20"])
    told = capsys.readouterr().err
    looking = find("explanation", "progress-repairs", "zh").split("，")[-1]
    assert 0 <= told.index(find("explanation", "status-infeasible", "zh")) < told.index("targets.csv") < told.index(looking)


@pytest.mark.parametrize("language", mostly_slow(LANGUAGES, 1))
def test_people_are_told_in_their_language_and_a_repair_becomes_a_scenario(impossible, capsys, tmp_path, language):
    scenario = tmp_path / "repair.toml"
    code, said = run(capsys, "explain", impossible, "--lang", language, "--apply", "1", "--out", scenario, "--time-limit", "60")
    assert code == 3
    assert find("explanation", "status-infeasible", language) in said
    assert "targets.csv:" in said
    code, _ = run(capsys, "explain", impossible, "--scenario", scenario)
    assert code == 0


def test_solve_says_why_there_is_no_plan(impossible, capsys):
    code, said = run(capsys, "solve", impossible, "--lang", "en", "--out", impossible.parent / "none.json")
    assert code == 3
    assert "exclude each other" in said
    assert "optplan explain" in said


def test_a_repair_that_does_not_exist_is_refused(impossible, capsys, tmp_path):
    code, said = run(capsys, "explain", impossible, "--apply", "99", "--out", tmp_path / "x.toml", "--lang", "en")
    assert code == 2
    assert "99" in said
    assert run(capsys, "explain", impossible, "--apply", "1")[0] == 2  # without a file to write


def test_what_the_checks_refuse_is_explained_too(capsys, tmp_path):
    rows = base(1)
    minima_beyond_a_maximum(rows, random.Random(1))
    write_folder(tables_of(rows), tmp_path / "plan")
    assert run(capsys, "check", tmp_path / "plan")[0] == 2
    code, said = run(capsys, "explain", tmp_path / "plan", "--json", "--time-limit", "30")
    document = json.loads(said)
    assert code == 3
    assert len(document["conflict"]) == 3
    assert document["findings"]


def test_it_can_be_taken_away_as_a_workbook(impossible, capsys, tmp_path):
    book = tmp_path / "why.xlsx"
    assert run(capsys, "explain", impossible, "--out", book, "--lang", "zh")[0] == 3
    sheets = load_workbook(book)
    assert {"互相冲突的规定", "改法"} <= {sheet.title.lstrip("0123456789 ") for sheet in sheets}
    cells = [str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any("必须建成" in cell for cell in cells)
    assert any("targets.csv" in cell for cell in cells)


def test_it_is_kept_and_asked_again(impossible, capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("OPTPLAN_STORE", f"sqlite:///{tmp_path / 'store.db'}")
    code, said = run(capsys, "explain", impossible, "--keep", "--apply", "1", "--out", tmp_path / "r.toml", "--json")
    assert code == 3
    with open_store() as store:
        replayed = replay_answer(store, json.loads(said)["kept"])
    assert replayed.same
    assert replayed.now.status == "infeasible"
