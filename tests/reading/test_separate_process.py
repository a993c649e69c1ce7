"""Work that is done apart gives what it would give here, and takes nobody with it when it goes wrong."""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest

from optplan import separate_process
from optplan.editing.uploads import uploaded_scenario
from optplan.language import current_language, speaking
from optplan.separate_process import done_apart, file_of, watched_apart
from optplan.tables.findings import InputError

ROOT = Path(__file__).resolve().parents[2]


def test_answers_and_findings_come_back():
    with speaking("en"):
        assert done_apart(current_language) == "en"
    with pytest.raises(InputError) as raised:
        done_apart(uploaded_scenario, "x.toml", b"a" + b".a" * 20_000 + b" = 1")
    assert raised.value.findings[0].message("zh")
    assert raised.value.findings[0].message("en")


def test_a_file_comes_back(tmp_path):
    (tmp_path / "words.txt").write_bytes(b"words")
    assert file_of(shutil.copyfile, str(tmp_path / "words.txt"), ".txt") == b"words"


@pytest.mark.parametrize(("work", "given"), [(bytearray, (8 * 2**30,)), (os.abort, ())])
def test_what_takes_too_much_is_told(work, given):
    with pytest.raises(InputError) as raised:
        done_apart(work, *given)
    assert raised.value.findings[0].code == "work-too-large"


def test_what_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(separate_process, "SECONDS", 0.5)
    with pytest.raises(InputError) as raised:
        done_apart(time.sleep, 60)
    assert raised.value.findings[0].code == "work-too-long"


def test_a_fault_of_the_program_stays_one():
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        done_apart(divmod, 1, 0)


SLEEPER = """
import threading, time
from optplan.separate_process import done_apart
threading.Thread(target=done_apart, args=(time.sleep, 600), daemon=True).start()
time.sleep(600)
"""


def rooms(folder):
    return sorted(each.name for each in folder.glob("optplan-apart-*"))


def test_a_killed_server_leaves_no_process_and_its_files_are_cleared(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    server = subprocess.Popen([sys.executable, "-c", SLEEPER], cwd=ROOT)
    child = wait_for(lambda: children(server.pid))[0]
    wait_for(lambda: rooms(tmp_path))
    (tmp_path / next(name for name in rooms(tmp_path) if not name.endswith(".lock")) / "half-written").write_text("x")
    server.kill()
    server.wait()
    wait_for(lambda: not is_running(child))
    assert done_apart(divmod, 7, 2) == (3, 1)
    assert rooms(tmp_path) == []


def wait_for(look, patience=20):
    end = time.monotonic() + patience
    while not (found := look()):
        assert time.monotonic() < end
        time.sleep(0.05)
    return found


def is_running(process):
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except OSError:
        return False


def children(parent):
    found = Path(f"/proc/{parent}/task/{parent}/children").read_text().split() if is_running(parent) else []
    others = [each for task in Path(f"/proc/{parent}/task").iterdir() for each in (task / "children").read_text().split()]
    return [int(each) for each in {*found, *others}]


def _until_stopped(number, *, told, cancel):
    told(number)
    assert cancel.wait(60)
    return number + 1


def test_work_that_is_watched_tells_how_far_it_is_and_ends_when_it_is_stopped(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))  # where the other process finds the work
    heard, cancel = [], threading.Event()

    def told(news):
        heard.append(news)
        cancel.set()

    assert watched_apart(_until_stopped, 1, told=told, cancel=cancel, seconds=60) == 2
    assert heard == [1]


def _on_and_on(number, *, told, cancel):
    time.sleep(60)


def test_work_that_is_watched_is_told_to_end_when_its_time_is_over_before_it_is_ended(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    assert watched_apart(_until_stopped, 1, told=lambda news: None, cancel=threading.Event(), seconds=0.5) == 2
    monkeypatch.setattr("optplan.separate_process.LATE", 0.5)
    with pytest.raises(InputError) as raised:
        watched_apart(_on_and_on, 1, told=lambda news: None, cancel=threading.Event(), seconds=0.5)
    assert raised.value.findings[0].code == "work-too-long"
