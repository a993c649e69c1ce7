"""Interrupted work is kept: whoever ends the program, or stops listening to it, loses nothing that was found."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from plans.random_plans import Size, random_tables
from slow_set import mostly_slow

import optplan
from optplan.console.output import Output
from optplan.tables.csv_folder import write_folder

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = [sys.executable, "-m", "optplan.cli"]
QUICK = Size(counties=2, years=3, goods=2, teams=1, projects=1)


@pytest.fixture(scope="module", name="plan")
def small_plan(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plan")
    write_folder(random_tables(1, QUICK), folder)
    return folder


@pytest.mark.parametrize(
    "sent",
    mostly_slow(
        [("SIGHUP", os.killpg), ("SIGTERM", os.kill), ("SIGINT", os.killpg), ("SIGHUP", os.kill), ("SIGTERM", os.killpg)], 1
    ),
)
def test_a_request_to_end_keeps_the_best_plan(tmp_path, sent):
    """Terminals send it to every process of the program, the search among them."""
    out = tmp_path / "result.json"
    arguments = ["solve", "inputs/shuozhou", "--out", str(out), "--lang", "en"]
    program = subprocess.Popen(
        [*PROGRAM, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    for line in program.stderr:
        if "[1/" in line or "[2/" in line:
            break
    time.sleep(1.5)
    name, send = sent
    send(program.pid, getattr(signal, name))
    said = program.stderr.read()
    program.wait(60)
    assert "Traceback" not in said
    assert "killed" not in said
    assert program.returncode in {0, 4, 6}, said  # 0: it was done already
    if program.returncode != 6:
        assert optplan.verify(optplan.read_plan(ROOT / "inputs/shuozhou"), out).ok


@pytest.mark.parametrize(
    "command", mostly_slow(["{} | head -1", "{} >&- 2>&-", "{} 2>&1 | true", "{} >&-", "{} 2>&1 >/dev/null | head -1"], 2)
)
def test_nobody_listening_stops_nothing(tmp_path, plan, command):
    out = tmp_path / "result.json"
    solve = " ".join([*PROGRAM, "solve", str(plan), "--out", str(out)])
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    ended = subprocess.run(
        ["bash", "-c", command.format(solve)], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in ended.stderr + ended.stdout
    assert "Exception ignored" not in ended.stderr
    assert json.loads(out.read_text("utf-8"))["status"] == "optimal"


def test_a_result_that_cannot_be_written_is_not_lost(tmp_path, plan):
    result = optplan.solve(optplan.read_plan(plan))
    (tmp_path / "a-file").write_text("in the way", "utf-8")
    file, findings = Output(as_json=False).written(result, tmp_path / "a-file" / "result.json")
    assert optplan.read_result(file).text() == result.text()
    assert str(file) in findings[0].line()
    file.unlink()
