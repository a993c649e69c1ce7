"""``optplan why`` as people and scripts use it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from fractions import Fraction

import openpyxl
import pytest
from shell.test_commands import run

from optplan.cli import main
from optplan.tables import write_folder

SCENARIO = """
title = "压减与涨价"
title_en = "Less money, higher prices"
[[changes]]
table = "budgets"
action = "scale"
column = "amount"
factor = "0.9"

[[changes]]
table = "costs"
action = "scale"
column = "unit_cost"
factor = "1.2"
"""


@pytest.fixture(scope="module")
def folder(plan, tmp_path_factory):
    where = tmp_path_factory.mktemp("why")
    write_folder(plan.tables, where / "plan")
    (where / "both.toml").write_text(SCENARIO, encoding="utf-8")
    return where


def test_it_says_why_and_writes_a_workbook(folder):
    done = run(
        "why", folder / "plan", "--scenario", folder / "both.toml", "--model", "thrift", "--lang", "en",
        "--out", folder / "why.xlsx", "--cache", folder / "cache",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Shortfall of targets (average) rises from 0 to 10.00% (+10.00 percentage points)" in done.stdout
    assert "[4/4]" in done.stderr
    assert openpyxl.load_workbook(folder / "why.xlsx").sheetnames[:2] == ["About", "Parts"]
    assert len(list((folder / "cache").glob("*.json"))) == 4


@pytest.mark.slow
def test_ctrl_c_says_how_to_go_on_and_what_is_solved_is_kept(folder):
    words = [
        sys.executable,
        "-m",
        "optplan.cli",
        "why",
        str(folder / "plan"),
        "--scenario",
        str(folder / "both.toml"),
        "--lang",
        "en",
    ]
    cache = folder / "stopped"
    running = subprocess.Popen(
        [*words, "--cache", str(cache)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    assert running.stderr.readline().startswith("[1/4]")
    running.send_signal(signal.SIGINT)
    said, errors = running.communicate(timeout=120)
    assert running.returncode == 6, errors
    assert "Traceback" not in errors
    assert f"kept in {cache}" in said
    assert 1 <= len(list(cache.glob("*.json"))) < 4


def test_json_is_one_document_whose_parts_add_up(folder):
    done = run(
        "why", folder / "plan", "--scenario", folder / "both.toml", "--model", "thrift", "--json", "--cache", folder / "cache",
        "--groups", "资金=budgets", "--groups", "价格=both:2",
    )  # fmt: skip
    assert done.returncode == 0
    document = json.loads(done.stdout)
    assert [group["name"] for group in document["groups"]] == ["资金", "价格"]
    for figure in document["figures"]:
        assert sum(Fraction(part["part_exact"]) for part in figure["parts"]) == Fraction(figure["change_exact"])
    assert document["sentences"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "--scenario"),
        (["--scenario", "both.toml", "--changed", "plan"], "--scenario"),
        (["--scenario", "both.toml", "--groups", "rows"], "no way of grouping"),
        (["--scenario", "both.toml", "--groups", "a=", "--groups", "b=costs"], "NAME=PART"),
        (["--scenario", "both.toml", "--groups", "a=items"], "no changed table"),
        (["--scenario", "both.toml", "--model", "replan"], "reference"),
        (["--scenario", "both.toml", "--out", "why.pdf"], ".xlsx"),
        (["--changed", "plan"], "nothing to explain"),
        (["--changed", "gone"], "gone"),
    ],
)
def test_what_cannot_be_asked_is_said_in_words(folder, capsys, arguments, words):
    named = [str(folder / each) if each in {"both.toml", "plan", "gone", "why.pdf"} else each for each in arguments]
    with pytest.raises(SystemExit) as ended:
        main(["why", str(folder / "plan"), *named, "--lang", "en"])
    assert ended.value.code == 2
    assert words in capsys.readouterr().out


@pytest.mark.slow
def test_no_plan_is_an_answer_of_its_own(folder):
    (folder / "pin.toml").write_text(
        SCENARIO + '\n[[changes]]\ntable = "limits"\naction = "add"\n'
        'rows = [{ limit = "early", group = "pump", year = 2021, min = 6, kind = "pin" }]\n',
        encoding="utf-8",
    )
    done = run(
        "why",
        folder / "plan",
        "--scenario",
        folder / "pin.toml",
        "--model",
        "thrift",
        "--lang",
        "en",
        "--out",
        folder / "none.xlsx",
    )
    assert done.returncode == 3
    assert "nothing can be divided" in done.stdout
    assert "no plan exists with just these changes" in done.stdout
    assert not (folder / "none.xlsx").exists()
