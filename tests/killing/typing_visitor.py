"""A visitor of the page who types one figure after the other, until the server is gone."""

from __future__ import annotations

import json
import threading
import time
import urllib.request
from contextlib import suppress
from typing import NamedTuple

from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import WebSocketException

from benchmarks.protocol import Visit, visiting

PATIENCE = 200  # seconds on a busy machine


class Editor:
    """A visitor who types one figure after the other. ``kept``: the last one that the page said to be in the draft."""

    def __init__(self, port: int) -> None:
        self.port, self.kept, self.typed = port, 0, 0
        self.enough = threading.Event()
        self.thread = threading.Thread(target=self._visit)
        self.thread.start()

    def _visit(self) -> None:
        with suppress(WebSocketException, OSError, EOFError):
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
