"""A visitor without a browser, who speaks Streamlit's own protocol: for what browsers would not do, and for measuring."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

BOUNDARY = "a-boundary-of-a-test"
XSRF = "2|a1b2c3d4|0123456789abcdef0123456789abcdef|1700000000"
CUT = 0
PATIENCE = 60.0  # seconds for an answer


class Visit:
    """One page that is open. ``drawn``: what the server said of the page that was drawn last."""

    def __init__(self, address: str, socket: ClientConnection) -> None:
        self.address, self.socket, self.id = address, socket, ""
        self.drawn: list[ForwardMsg] = []

    def draw(self, page: str = "", widgets: Iterable[WidgetState] = (), patience: float = PATIENCE) -> float:
        """Have the page called ``page`` drawn, with the states of ``widgets``; the seconds until all of it was said."""
        message = BackMsg()
        message.rerun_script.page_name = page
        message.rerun_script.widget_states.widgets.extend(widgets)
        began = time.monotonic()
        self.socket.send(message.SerializeToString())
        self.drawn, started = [], False
        while True:
            said = ForwardMsg.FromString(self.socket.recv(timeout=patience))
            kind = said.WhichOneof("type")
            self.drawn.append(said)
            if kind == "new_session":
                started, self.id = True, said.new_session.initialize.session_id or self.id
            if kind == "script_finished" and started:
                return time.monotonic() - began

    def widgets(self, kind: str) -> list[Any]:
        """The widgets of a kind on what was drawn last."""
        elements = [said.delta.new_element for said in self.drawn if said.WhichOneof("type") == "delta"]
        return [getattr(each, kind) for each in elements if each.WhichOneof("type") == kind]

    def upload(
        self, content: bytes, name: str = "x.json", file: str = "11111111-1111-1111-1111-111111111111", visit: str | None = None
    ) -> int:
        """Send a file; the status of HTTP, or :data:`CUT`."""
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
        body = head + content + f"\r\n--{BOUNDARY}--\r\n".encode()
        asked = Request(f"{self.address}/_stcore/upload_file/{visit or self.id}/{file}", data=body, method="PUT")
        asked.add_header("Content-Type", f"multipart/form-data; boundary={BOUNDARY}")
        asked.add_header("Cookie", "_streamlit_xsrf=" + XSRF)
        asked.add_header("X-Xsrftoken", XSRF)
        try:
            with urlopen(asked, timeout=PATIENCE) as answer:
                return int(answer.status)
        except HTTPError as problem:
            return problem.code
        except URLError:
            return CUT  # the server answered and hung up before it had read what it does not want


def connected(address: str) -> Visit:
    """A new visit, its first page not yet drawn, which lasts until its socket is closed."""
    where = f"{address.replace('http', 'ws', 1).replace('localhost', '127.0.0.1')}/_stcore/stream"
    speaks = [Subprotocol("streamlit")]
    return Visit(address, connect(where, subprotocols=speaks, max_size=None, open_timeout=PATIENCE, ping_interval=None))


@contextmanager
def visiting(address: str) -> Iterator[Visit]:
    """A new visit for the block."""
    visit = connected(address)
    with visit.socket:
        yield visit
