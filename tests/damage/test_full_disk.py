"""A disk that is full: the file is named, nothing is half-written, what was worked out is kept elsewhere, and room made is enough."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from plans.random_plans import Size, random_tables
from records.life import ENGINE, TODAY, small_plan

import optplan
from optplan.plan import Plan
from optplan.records import Admission, draft
from optplan.result import Result
from optplan.store import LedgerFile, StoreError
from optplan.tables import write_folder

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "reports" / "sample" / "shuozhou-attain.json"
SMALL = Size(counties=2, years=3, goods=2, teams=2, projects=1, money=1.0)
CITY = Admission(small_plan().tables, TODAY)
ROOM = 256 * 1024  # bytes


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own, to be filled."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "none", folder], check=False, capture_output=True)
    if mounted.returncode:
        pytest.skip("only root can mount a small disk")
    yield folder
    subprocess.run(["umount", folder], check=True)


def fill(disk: Path, leaving: int) -> None:
    facts = os.statvfs(disk)
    (disk / "filler").write_bytes(b"\0" * max(0, facts.f_bavail * facts.f_frsize - leaving))


def run(*arguments: object, out: object = subprocess.PIPE) -> tuple[int, str]:
    command = [sys.executable, "-m", "optplan.cli", *map(str, arguments), "--lang", "en"]
    done = subprocess.run(command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT if out == -1 else -1, text=True, check=False)
    return done.returncode, (done.stdout or "") + (done.stderr or "")


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(("export", SAMPLE, "{}/s.xlsx"), marks=pytest.mark.slow),
        pytest.param(("brief", SAMPLE, "{}/s.docx"), marks=pytest.mark.slow),
        pytest.param(("convert", "inputs/shuozhou", "{}/plan.xlsx"), marks=pytest.mark.slow),
        ("convert", "inputs/shuozhou", "{}/plan"),
        pytest.param(("template", "{}/t.xlsx"), marks=pytest.mark.slow),
    ],
    ids=lambda command: f"{command[0]} {command[-1][3:]}",
)
def test_a_file_is_written_whole_or_not_at_all(disk: Path, command: tuple[object, ...]) -> None:
    fill(disk, leaving=8192)
    asked = [str(each).format(disk) for each in command]
    code, said = run(*asked)
    assert code == 2
    assert said.splitlines()[-1].startswith(f"{asked[-1]}: error: ")
    assert "No space left" in said
    assert "Traceback" not in said
    assert [each.name for each in disk.rglob("*") if each.is_file()] == ["filler"]


def test_a_result_that_finds_no_room_is_kept_elsewhere(disk: Path, tmp_path: Path) -> None:
    tables = random_tables(1, SMALL)
    write_folder(tables, tmp_path / "plan")
    fill(disk, leaving=4096)
    code, said = run("solve", tmp_path / "plan", "--out", disk / "result.json")
    assert code == 2
    [told] = [line for line in said.splitlines() if line.startswith(f"{disk / 'result.json'}: error: ")]
    kept = Path(told.rpartition("it is in ")[2].rstrip("."))
    assert optplan.verify(Plan(tables), kept).ok
    kept.unlink()
    assert [each.name for each in disk.iterdir()] == ["filler"]


def test_what_is_said_to_a_full_disk_is_missed_and_the_work_done(tmp_path: Path) -> None:
    tables = random_tables(1, SMALL)
    write_folder(tables, tmp_path / "plan")
    with Path("/dev/full").open("w") as full:
        code, said = run("solve", tmp_path / "plan", "--out", tmp_path / "result.json", out=full)
        assert optplan.verify(Plan(tables), tmp_path / "result.json").ok
        assert code == 2
        assert said.splitlines()[-1].startswith("stdout: error: ")
        assert "Traceback" not in said


def test_a_store_goes_on_once_there_is_room(disk: Path) -> None:
    plan = Plan(random_tables(1, SMALL))
    result: Result = optplan.solve(plan)
    with optplan.open_store(disk / "store.sqlite3") as store:
        store.save_plan(plan)
        fill(disk, leaving=0)

        def save_many() -> None:
            for _ in range(50):  # what room the file has left in itself may do for some
                store.save_run(result, plan=plan)

        with pytest.raises(StoreError) as problem:
            save_many()
        [finding] = problem.value.findings
        assert finding.code == "store-full"
        assert finding.place.file == str(disk / "store.sqlite3")
        (disk / "filler").unlink()
        record = store.save_run(result, plan=plan)
        assert store.open(record.id).check().ok
        assert store.check() == []


def test_records_that_find_no_room_are_said_not_to_be_kept(disk: Path) -> None:
    ledger = LedgerFile(disk / "records.csv")
    ledger.enter([draft({**ENGINE, "document": "first"})], CITY)
    whole = [(disk / "records.csv").read_bytes()]
    fill(disk, leaving=0)

    def enter_many() -> None:
        for number in range(500):
            ledger.enter([draft({**ENGINE, "document": f"more {number}"})], CITY)
            whole.append((disk / "records.csv").read_bytes())

    with pytest.raises((OSError, optplan.InputError), match=r"records\.csv"):
        enter_many()
    assert (disk / "records.csv").read_bytes() == whole[-1]
    (disk / "filler").unlink()
    ledger.enter([draft({**ENGINE, "document": "last"})], CITY)
    assert [entry.document for entry in ledger.read()][-1] == "last"
