"""``kill -9`` of the page's server at any moment: what a visitor was told to be in the draft is there, the next server needs no hand."""

from __future__ import annotations

import json
import random
import threading
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest
from killing.nursery import all_gone, left_over, start
from killing.page_alone import serve
from plans.random_plans import Size, random_tables
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosed

import optplan
from benchmarks.protocol import Visit, visiting
from benchmarks.served import free_port
from optplan.office import SolveQueue
from optplan.tables import write_folder

PATIENCE = 200  # seconds on a busy machine


class Editor:
    """A visitor who types one figure after the other. ``kept``: the last one that the page said to be in the draft."""

    def __init__(self, port: int) -> None:
        self.port, self.kept, self.typed = port, 0, 0
        self.enough = threading.Event()
        self.thread = threading.Thread(target=self._visit)
        self.thread.start()

    def _visit(self) -> None:
        with suppress(ConnectionClosed, OSError, EOFError):
            while not self._answers():
                if self.enough.wait(0.05):
                    return
            with visiting(f"http://localhost:{self.port}") as visit:
                visit.draw("inputs", patience=PATIENCE)
                while not self.enough.is_set():
                    self._type(visit)

    def _answers(self) -> bool:
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{self.port}/_stcore/health", timeout=1):
            return True
        return False

    def _type(self, visit: Visit) -> None:
        self.typed = int(time.time() * 1000)
        if type_into(visit, self.typed).kept:
            self.kept = self.typed


class Typed(NamedTuple):
    """Whether the page said that what was typed is in the draft, and after how long."""

    kept: bool
    seconds: float


def type_into(visit: Visit, figure: int | None = None) -> Typed:
    """Type a figure into the first cell of the sheet on the screen."""
    component, data = sheet_of(visit)
    number = figure or int(time.time() * 1000)
    column = next(each["name"] for each in data["columns"] if each["number"] and not each["fixed"])
    cell = [number, data["turn"], data["rows"][0]["id"], column, str(number % 10**9)]
    state = WidgetState(id=component, json_value=json.dumps({"edits": {"name": data["name"], "edits": [cell]}}))
    seconds = visit.draw("inputs", [state], patience=PATIENCE)
    return Typed(sheet_of(visit)[1]["ack"] == number, seconds)


def sheet_of(visit: Visit) -> tuple[str, dict]:
    """The widget of the sheet on the screen, and what is in it."""
    for said in reversed(visit.drawn):
        if said.WhichOneof("type") == "delta" and said.delta.new_element.WhichOneof("type") == "bidi_component":
            drawn = said.delta.new_element.bidi_component
            if drawn.component_name == "optplan_sheet":
                return drawn.id, json.loads(drawn.json)
    raise AssertionError("no sheet was drawn")


@pytest.mark.slow
@pytest.mark.parametrize("rounds", [20, 200])
def test_what_the_page_said_to_have_is_there(rounds: int, tmp_path: Path) -> None:
    write_folder(random_tables(1, Size(counties=1, years=2, goods=1, teams=1, projects=1)), tmp_path / "plans" / "small")
    (tmp_path / "temporary").mkdir()
    settings = {
        "OPTPLAN_LANG": "zh", "OPTPLAN_LOCAL_ROLE": "approver", "OPTPLAN_PLANS": str(tmp_path / "plans"), "OPTPLAN_USER": "jike",
        "OPTPLAN_STORE": str(tmp_path / "store.sqlite3"), "TMPDIR": str(tmp_path / "temporary"), "XDG_STATE_HOME": str(tmp_path / "state"),
    }  # fmt: skip
    dice, takes, told = random.Random(rounds), 0.0, 0
    for number in range(rounds + 2):  # the first and the last are let be
        port = free_port()
        server = start(serve, port, said=tmp_path / "said.txt", **settings)
        began = time.monotonic()  # the first start had all loaded
        editor = Editor(port)
        if 0 < number <= rounds:
            server.join(dice.random() * takes * 1.2)
        else:
            while not editor.kept:
                assert editor.thread.is_alive(), (tmp_path / "said.txt").read_text()
                time.sleep(0.02)
            takes = time.monotonic() - began
        server.kill()
        editor.enough.set()
        editor.thread.join()
        server.join()
        assert all_gone(), f"left behind: {left_over()}"
        assert list((tmp_path / "temporary").iterdir()) == []
        drafts = " ".join(each.read_text("utf-8") for each in (tmp_path / "state").glob("**/drafts/**/*.json"))
        if editor.kept:
            told += 1
            assert str(editor.kept % 10**9) in drafts or str(editor.typed % 10**9) in drafts
        assert not list((tmp_path / "state").glob("**/*.part"))
    assert told >= 2
    assert "Traceback" not in (tmp_path / "said.txt").read_text("utf-8")
    with optplan.open_store(tmp_path / "store.sqlite3") as store:
        assert store.check() == []
        SolveQueue(lambda: store, 1, tmp_path / "state" / "optplan" / "solves").close()
    end = time.monotonic() + 30
    while list((tmp_path / "state").glob("**/solves/*")):
        assert time.monotonic() < end, "the next server puts away what killed ones left"
        time.sleep(0.05)
