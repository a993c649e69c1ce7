"""A sweep that is killed or interrupted goes on where it was, and ends with the table of one that was not."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

import optplan
from optplan.cli import main
from optplan.plan import Plan
from optplan.solving.effort import Effort
from optplan.solving.terms import Terms
from optplan.store.answered import answered
from optplan.sweeps import SweepDesign
from optplan.sweeps.findings import SweepError

from .conftest import same
from .processes import searches

ROOT = Path(__file__).parents[2]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite3"


def started(place: Path, arguments: Sequence[str | Path]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "optplan.cli", "sweep", *map(str, arguments)],
        cwd=ROOT, env={**os.environ, "OPTPLAN_STORE": str(place), "OPTPLAN_LANG": "en"}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("most", [1, 200])
def test_killed_at_random_moments_it_ends_with_the_undisturbed_table(
    folder: Path, file: Path, place: Path, tmp_path: Path, undisturbed: optplan.Sweep, most: int
) -> None:
    dice, kills = random.Random(11), 0
    out = tmp_path / "table.csv"
    undisturbed.save(tmp_path / "undisturbed.csv")
    while True:
        running = started(place, [folder, file, "--jobs", "2", "--out", out])
        assert running.stderr is not None
        if kills < most:
            if kills or most == 1:  # the first of many at any moment at all, then once it is at work
                running.stderr.readline()
            time.sleep(dice.random() * (0.2 if most == 1 else 3 if kills == 0 else 1.5))
        if kills < most and running.poll() is None:
            running.kill()
            running.communicate()
            if out.exists():  # it had come to its end
                same(pd.read_csv(out), pd.read_csv(tmp_path / "undisturbed.csv"))
            kills += 1
            continue
        said, errors = running.communicate()
        assert running.returncode == 0, said + errors
        break
    assert kills
    assert "already in the store" in errors
    with optplan.open_store(place) as store:
        assert store.check() == []
        assert len(store.runs()) <= 4 + kills, "a point is solved twice only if it was killed before it was kept"
    same(pd.read_csv(out), pd.read_csv(tmp_path / "undisturbed.csv"))


def test_ctrl_c_keeps_what_is_done_and_says_how_to_go_on(folder: Path, file: Path, place: Path, tmp_path: Path) -> None:
    out = tmp_path / "table.json"
    running = started(place, [folder, file, "--jobs", "1", "--out", out])
    assert running.stderr is not None
    assert running.stderr.readline().startswith("[1/4]")
    running.send_signal(signal.SIGINT)
    said, errors = running.communicate(timeout=120)
    assert running.returncode == 4, errors
    assert "Traceback" not in errors
    assert "go on from here" in said
    assert f"optplan sweep {folder}" in said
    assert not out.exists()
    assert searches() == []
    with optplan.open_store(place) as store:
        assert 1 <= len(store.runs()) < 4


def test_what_the_store_has_is_not_solved_again(plan: Plan, design: SweepDesign, place: Path, undisturbed: optplan.Sweep) -> None:
    few = design.model_copy(update={"axis": (design.axis[0].model_copy(update={"values": ("0%",)}), design.axis[1])})
    with optplan.open_store(place) as store:
        first = optplan.sweep(plan, few, store=store)
        assert [run.reused for run in first.runs] == [False, False]
        more = optplan.sweep(plan, design, store=store)
        assert [run.reused for run in more.runs] == [True, True, False, False]
        same(more.table, undisturbed.table)
        record = store.record(more.runs[3].run)
        assert record.scenarios == ("pool=150%, price=1.1",)
        assert store.open(record.id).status == "optimal"
        assert record.replayable
        asked = first.runs[0].plan_sha256
        assert answered(store, asked, Terms(first.model)) == store.record(first.runs[0].run)
        assert answered(store, asked, Terms(first.model, effort=Effort(0.5))) is None, "other options are another question"
        assert answered(store, asked, Terms(optplan.read_model("attain"))) is None
        store.retire(first.runs[0].run, reason="again, please")
        assert answered(store, asked, Terms(first.model)) is None


def test_points_are_measured_from_a_schedule_and_are_another_question_then(
    plan: Plan, design: SweepDesign, place: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, folder: Path, file: Path
) -> None:
    """A sweep under the model of fewest changes: each point changes no less than it must, and the plan as it is nothing."""
    before = optplan.solve(plan, "thrift")
    few = design.model_copy(
        update={
            "axis": (
                design.axis[0].model_copy(update={"values": ("100%",)}),
                design.axis[1].model_copy(update={"values": (1, 1.1)}),
            )
        }
    )
    with pytest.raises(SweepError, match="--reference"):
        optplan.sweep(plan, few, model="replan")
    with optplan.open_store(place) as store:
        alone = optplan.sweep(plan, few, store=store)
        swept = optplan.sweep(plan, few, store=store, model="replan", reference=before)
        assert not any(run.reused for run in swept.runs)
        assert swept.table["change"].iloc[0] == 0
        again = optplan.sweep(plan, few, store=store, model="replan", reference=before.to_schedule())
        assert all(run.reused for run in again.runs)
        near = optplan.sweep(plan, few, store=store, reference=before)
        assert not any(run.reused for run in near.runs), "without a reference it was another question"
        assert store.record(near.runs[0].run).replayable
        assert answered(store, alone.runs[0].plan_sha256, Terms(alone.model, before)) == store.record(near.runs[0].run)
        assert store.open(near.runs[0].run).to_schedule().deliveries == before.to_schedule().deliveries


def asked_here(arguments: Sequence[str | Path]) -> int | str | None:
    """The exit code of a sweep in this very process."""
    with pytest.raises(SystemExit) as ended:
        main(["sweep", *map(str, arguments), "--lang", "en"])
    return ended.value.code


def test_json_is_one_document(
    folder: Path, file: Path, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OPTPLAN_STORE", str(place))
    words = file.read_text(encoding="utf-8").replace('["0%", "150%"]', '["100%"]').replace("[0.9, 1.1]", "[1]")
    (tmp_path / "one.toml").write_text(words, encoding="utf-8")
    assert asked_here([folder, tmp_path / "one.toml", "--json", "--chart", tmp_path / "c.svg"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["complete"] is True
    assert document["written"] == [str(tmp_path / "c.svg")]
    assert [point["status"] for point in document["points"]] == ["optimal"]
    assert document["points"][0]["run"]


def test_wrong_calls_are_refused_before_anything_is_solved(
    folder: Path, file: Path, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OPTPLAN_STORE", str(place))
    for arguments, words in (
        ([folder, file, "--out", tmp_path / "x.pdf"], ".csv .xlsx .json"),
        ([folder, file, "--jobs", "2", "--dask", "tcp://x"], "either --jobs or --dask"),
        ([folder, file, "--model", "replan"], "adopted schedule"),
    ):
        assert asked_here(arguments) == 2
        assert words in capsys.readouterr().out
