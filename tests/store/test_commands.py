"""The store from the shell, as people and scripts use it."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from holding import holding
from plans.random_plans import Size, random_tables
from plans.resealing import resealed

import optplan
from optplan.cli import main
from optplan.plan import Plan
from optplan.result import Result
from optplan.tables import write_folder
from store.outside import without_guards
from store.saving import told_apart

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Done:
    returncode: int
    stdout: str


def run(url: str, *arguments: object) -> Done:
    """The command in this process, which is quicker; what needs a process of its own starts one."""
    said = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(said):
        patch.setenv("OPTPLAN_STORE", url)
        patch.setenv("OPTPLAN_USER", "李工")
        patch.setenv("OPTPLAN_LANG", "zh")
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
    return Done(int(ended.value.code or 0), said.getvalue())


def answer(url: str, *arguments: object) -> Any:
    return json.loads(run(url, *arguments, "--json").stdout)


@pytest.fixture
def file(tmp_path: Path) -> str:
    """A store in a file, for what is the same in both databases and takes its time."""
    return str(tmp_path / "store.sqlite3")


@pytest.fixture
def folder(tmp_path: Path, small: Plan) -> Path:
    write_folder(small.tables, tmp_path / "plan")
    (tmp_path / "less.toml").write_text(
        'title = "少一成"\nauthor = "预算科"\nreason = "压减"\n'
        '[[changes]]\ntable = "budgets"\naction = "scale"\ncolumn = "amount"\nfactor = "0.9"\n',
        encoding="utf-8",
    )
    return tmp_path


def test_solve_keep_history_open_and_replay(url: str, folder: Path) -> None:
    out = folder / "result.json"
    solved = run(url, "solve", folder / "plan", "--scenario", folder / "less.toml", "--out", out, "--keep", "--lang", "en")
    assert solved.returncode == 0, solved.stdout
    [kept] = re.findall(r"Kept as run ([0-9a-f]{10}) in", solved.stdout)
    listed = answer(url, "history")
    [record] = listed["runs"]
    assert record["id"].startswith(kept)
    assert (record["who"], record["scenarios"], record["model"], record["status"]) == ("李工", ["less"], "attain", "optimal")
    assert list(record["criteria"]) == ["target_shortfall", "readiness_gap", "cost"]
    table = run(url, "history").stdout
    assert all(word in table for word in (kept, "李工", "less", "已证明"))
    assert run(url, "open", kept[:6], folder / "again.json").returncode == 0
    assert (folder / "again.json").read_bytes() == out.read_bytes()
    replayed = run(url, "replay", kept[:6], "--out", folder / "replayed.json", "--lang", "en")
    assert replayed.returncode == 0, replayed.stdout
    assert "the same result byte for byte" in replayed.stdout
    assert optplan.read_result(folder / "replayed.json").check().ok
    assert answer(url, "replay", kept)["same"] is True


def test_solve_keep_with_json_prints_one_document_with_the_run(file: str, folder: Path) -> None:
    document = answer(file, "solve", folder / "plan", "--model", "thrift", "--keep")
    assert document["status"] == "optimal"
    assert answer(file, "history")["runs"][0]["id"] == document["run"]


def test_a_reference_is_kept_and_recognised(file: str, folder: Path) -> None:
    first = answer(file, "solve", folder / "plan", "--keep", "--out", folder / "adopted.json")["run"]
    arguments = ["solve", folder / "plan", "--scenario", folder / "less.toml", "--model", "replan"]
    second = answer(file, *arguments, "--reference", folder / "adopted.json", "--keep")["run"]
    records = {record["id"]: record for record in answer(file, "history")["runs"]}
    assert records[second]["reference_run"] == first
    assert answer(file, "replay", second)["same"] is True


@pytest.mark.slow
def test_a_run_is_called_by_its_id_wherever_a_result_is_asked_for(
    file: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = answer(file, "solve", folder / "plan", "--model", "thrift", "--keep", "--out", folder / "first.json")["run"]
    second = answer(file, "solve", folder / "plan", "--model", "thrift", "--scenario", folder / "less.toml", "--keep")["run"]
    compared = answer(file, "compare", first[:10], second[:10])
    assert compared["inputs"]
    assert compared == answer(file, "compare", folder / "first.json", second)
    assert run(file, "export", first[:10], folder / "first.xlsx").returncode == 0
    assert run(file, "verify", folder / "plan", first[:10]).returncode == 0
    unknown = run(file, "compare", first[:10], "0" * 10, "--lang", "en")
    assert unknown.returncode == 2
    assert "The store has no run 0000000000" in unknown.stdout
    monkeypatch.chdir(folder)
    closed = answer(file, "close-year", folder / "plan", first[:10], folder / "closed", "--keep")
    records = {record["id"]: record for record in answer(file, "history")["runs"]}
    assert records[closed["run"]]["reference_run"] == first
    assert records[closed["run"]]["model"] == "replan"
    assert answer(file, "replay", closed["run"])["same"] is True
    Path(folder / first[:10]).write_text("a file of that name comes first", encoding="utf-8")
    assert run(file, "compare", first[:10], second[:10]).returncode == 2


def test_approve_retire_log_and_check(url: str, plan: Plan, result: Result) -> None:
    with optplan.open_store(url) as store:
        first, second = (store.save_run(told_apart(result, mark), plan=plan).id for mark in (1, 2))
    assert run(url, "store", "approve", first[:12], "--reason", "市政府常务会议").returncode == 0
    assert run(url, "store", "retire", second[:12], "--reason", "mistyped").returncode == 0
    listed = answer(url, "history")
    assert listed["adopted"] == first
    assert [record["id"] for record in listed["runs"]] == [first]
    assert len(answer(url, "history", "--retired")["runs"]) == 2
    assert len(answer(url, "history", "--retired", "--limit", 1)["runs"]) == 1
    assert "批准方案" in run(url, "history").stdout
    log = answer(url, "store", "log")["entries"]
    assert [entry["action"] for entry in log][-2:] == ["approve", "retire"]
    assert log[-2]["reason"] == "市政府常务会议"
    assert "市政府常务会议" in run(url, "store", "log").stdout
    sound = answer(url, "store", "check")
    assert (sound["sound"], sound["runs"], sound["head"]) == (True, 2, log[-1]["hash"])
    assert run(url, "store", "check", "--head", sound["head"]).returncode == 0
    assert run(url, "store", "check", "--head", "beef").returncode == 5
    without_guards(url, "UPDATE events SET reason = 'x' WHERE action = 'approve'")
    broken = run(url, "store", "check", "--lang", "en")
    assert broken.returncode == 5
    assert "broken at entry" in broken.stdout
    assert answer(url, "store", "check")["faults"][0]["code"] == "fault-log"


def test_a_tampered_answer_is_not_the_same(file: str, plan: Plan, result: Result) -> None:
    """Somebody who could write everything anew, hashes and all, still cannot make the solver agree."""
    last = result.document["criteria"][-1]
    worth = {"value": last["value"] + 1, "bound": last["value"] + 1, "gap": 0.0, "proven": True}
    told = resealed(result, lambda document: document["criteria"][-1].update(worth))
    with optplan.open_store(file) as store:
        forged = store.save_run(told, plan=plan).id
        assert store.check() == []
    done = run(file, "replay", forged, "--lang", "en")
    assert done.returncode == 5
    assert "What differs: criteria" in done.stdout
    assert answer(file, "replay", forged)["differs_in"] == ["criteria"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_errors_are_words_and_exit_code_2(file: str, tmp_path: Path, language: str) -> None:
    for arguments in (
        ("open", "abc", tmp_path / "x.json"),
        ("open", "abc", tmp_path / "x.xlsx"),
        ("replay", "zzz"),
        ("store", "approve", "1"),
        ("store", "retire", "2"),
    ):
        for as_json in ([], ["--json"]):
            done = run(file, *arguments, "--lang", language, *as_json)
            assert done.returncode == 2, arguments
            assert len(done.stdout) > 40
            if as_json:
                assert json.loads(done.stdout)["findings"][0]["message"]
    empty = run(file, "history", "--lang", language)
    assert empty.returncode == 0
    assert "--keep" in empty.stdout


@pytest.mark.parametrize("wrong", ["mysql://x/y", "postgresql://nobody:secret@127.0.0.1:9/office", "/proc/nowhere/store"])
def test_a_store_that_is_not_there_costs_no_search_and_no_password(wrong: str, folder: Path) -> None:
    for arguments in (
        ["history"],
        ["store", "check"],
        ["store", "log"],
        ["solve", folder / "plan", "--keep", "--out", folder / "x.json"],
    ):
        done = run(wrong, *arguments)
        assert done.returncode == 2
        assert "secret" not in done.stdout
    assert not (folder / "x.json").exists()


@pytest.mark.slow
def test_a_stopped_run_is_kept_and_says_that_it_cannot_be_replayed(file: str, tmp_path: Path) -> None:
    hard = random_tables(11, Size(counties=7, years=5, goods=9, teams=10, projects=5, money=0.5))
    write_folder(hard, tmp_path / "hard")
    command = [
        sys.executable,
        "-m",
        "optplan.cli",
        "solve",
        tmp_path / "hard",
        "--keep",
        "--out",
        tmp_path / "cut.json",
        "--lang",
        "en",
    ]
    held = tmp_path / "held"
    search = subprocess.Popen(
        list(map(str, command)), cwd=ROOT, env={**os.environ, **holding(7, mark=held), "OPTPLAN_STORE": file},
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8",
    )  # fmt: skip
    while not held.exists():  # until there is a plan to keep
        assert search.poll() is None
        time.sleep(0.1)
    search.send_signal(signal.SIGINT)
    said, _ = search.communicate(timeout=120)
    assert "Traceback" not in said
    [record] = answer(file, "history")["runs"]
    assert record["stopped"] == "user"
    assert "cannot be replayed" in said
    refused = run(file, "replay", record["id"], "--lang", "en")
    assert refused.returncode == 2
    assert "stopped by the user" in refused.stdout


def test_both_languages_say_the_same_things() -> None:
    said = {}
    for language in ("zh", "en"):
        source = files("optplan").joinpath("locale", language, "store.ftl").read_text(encoding="utf-8")
        said[language] = {
            name: set(re.findall(r"\{ \$(\w+) \}", words))
            for name, words in re.findall(r"^([a-z][a-z0-9_-]*) = (.*)$", source, re.M)
        }
    assert said["zh"] == said["en"]
    program = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "optplan" / "store").rglob("*.py"))
    codes = set(re.findall(r'"((?:store|replay|fault|retired|approve)-[a-z-]+[a-z])"', program))
    assert codes <= set(said["en"]), codes - set(said["en"])
