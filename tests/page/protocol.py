"""A visitor without a browser, who speaks Streamlit's own protocol: for what browsers would not do, and for measuring."""

import time
from contextlib import contextmanager
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

BOUNDARY = "a-boundary-of-a-test"
CUT = 0


class Visit:
    """One page that is open."""

    def __init__(self, address, socket):
        self.address, self.socket, self.id, self.drawn = address, socket, "", []

    def draw(self, page="", widgets=(), patience=60):
        """Have the page called ``page`` drawn, with the states of ``widgets``; the seconds that it took."""
        message = BackMsg()
        message.rerun_script.query_string = ""
        message.rerun_script.page_name = page
        message.rerun_script.widget_states.widgets.extend(widgets)
        began = time.monotonic()
        self.socket.send(message.SerializeToString())
        self.drawn = []
        while True:
            said = ForwardMsg.FromString(self.socket.recv(timeout=patience))
            kind = said.WhichOneof("type")
            self.drawn.append(said)
            if kind == "new_session":
                self.id = said.new_session.initialize.session_id or self.id
            if kind == "script_finished" and self.id:
                return time.monotonic() - began

    def upload(self, content, name="x.json", file="11111111-1111-1111-1111-111111111111", visit=None):
        """Send a file; the status of HTTP, or :data:`CUT`."""
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
        body = head + content + f"\r\n--{BOUNDARY}--\r\n".encode()
        asked = Request(f"{self.address}/_stcore/upload_file/{visit or self.id}/{file}", data=body, method="PUT")
        asked.add_header("Content-Type", f"multipart/form-data; boundary={BOUNDARY}")
        asked.add_header("Cookie", "_streamlit_xsrf=" + XSRF)
        asked.add_header("X-Xsrftoken", XSRF)
        try:
            with urlopen(asked, timeout=60) as answer:
                return answer.status
        except HTTPError as problem:
            return problem.code
        except URLError:
            return CUT  # the server answered and hung up before it had read what it does not want


XSRF = "2|a1b2c3d4|0123456789abcdef0123456789abcdef|1700000000"


@contextmanager
def visiting(address):
    """A new visit, its first page not yet drawn."""
    host = address.removeprefix("http://")
    with connect(f"ws://{host}/_stcore/stream", subprotocols=["streamlit"], max_size=None, open_timeout=60) as socket:
        yield Visit(address, socket)
