"""What browsers may send to the server: only where the page offers them a field, and no more than there is room for.

Streamlit takes a file from whoever has a page open, signed in or not, and keeps it in memory. Here a visitor may send what a
field on their page asks for; its size is known before it is read, and what one visitor and all together have sent is bounded.
"""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING, Any

from streamlit.runtime import Runtime
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

MEGABYTE = 2**20
MARGIN = 65_536  # bytes around a file in what a browser sends
MOST_FILES = 12  # of one visitor
MOST_OF_ONE = 64 * MEGABYTE
MOST_IN_ALL = 512 * MEGABYTE
_PATH = re.compile(r"/_stcore/upload_file/([^/]+)/[^/]+/?$")

_lock = threading.Lock()
_offered: dict[str, int] = {}  # the largest file that a visit may send, in bytes
_under_way: dict[str, int] = {}  # bytes that are being sent by a visit


def offer(megabytes: int) -> None:
    """Let the visitor, whose page is being drawn, send files of at most ``megabytes``."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is not None:
        with _lock:
            if context.session_id not in _offered and Runtime.exists():
                gone = [visit for visit in _offered if not Runtime.instance().is_active_session(visit)]
                for visit in gone:
                    del _offered[visit]
            _offered[context.session_id] = max(_offered.get(context.session_id, 0), megabytes * MEGABYTE)


def withdraw() -> None:
    """Let the visitor send nothing any more."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is not None:
        with _lock:
            _offered.pop(context.session_id, None)


def refused(visit: str, size: int | None, stored: dict[str, list[int]]) -> tuple[int, str] | None:
    """Why a file of ``size`` bytes is not taken from ``visit``: the status and words of HTTP; ``None``: it is.

    ``stored``: the sizes of the files that are kept, by visit.
    """
    most = _offered.get(visit)
    if most is None:
        return 403, "Forbidden"
    if size is None:
        return 411, "Length Required"
    own = stored.get(visit, [])
    if size > most + MARGIN or sum(own) + _under_way.get(visit, 0) + size > MOST_OF_ONE + MARGIN or len(own) >= MOST_FILES:
        return 413, "Content Too Large"
    if sum(map(sum, stored.values())) + sum(_under_way.values()) + size > MOST_IN_ALL:
        return 503, "Service Unavailable"
    return None


class Gate:
    """Lets through what may be uploaded, and everything that is no upload."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer why its file is not taken, before any of it is read."""
        found = _PATH.search(scope["path"]) if scope["type"] == "http" and scope["method"] == "PUT" else None
        if found is None:
            await self.app(scope, receive, send)
            return
        visit, size = found[1], _length(scope)
        with _lock:
            answer = refused(visit, size, _stored())
            if answer is None:
                _under_way[visit] = _under_way.get(visit, 0) + (size or 0)
        if answer is not None:
            await _answer(send, *answer)
            return
        try:
            await self.app(scope, receive, send)
        finally:
            with _lock:
                _under_way[visit] -= size or 0
                if _under_way[visit] <= 0:
                    del _under_way[visit]


def _length(scope: Scope) -> int | None:
    given = [value for name, value in scope["headers"] if name == b"content-length"]
    return int(given[0]) if len(given) == 1 and given[0].isdigit() and len(given[0]) < 16 else None


def _stored() -> dict[str, list[int]]:
    storage: Any = getattr(Runtime.instance().uploaded_file_mgr, "file_storage", {})
    return {visit: [len(file.data) for file in list(files.values())] for visit, files in list(storage.items())}


async def _answer(send: Send, status: int, words: str) -> None:
    body = words.encode()
    headers = [(b"content-type", b"text/plain"), (b"content-length", str(len(body)).encode()), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def guard_uploads() -> None:
    """Put the gate in front of the server that Streamlit is about to start."""
    from starlette.middleware import Middleware
    from streamlit.web.server.starlette import starlette_app

    own = starlette_app.create_streamlit_middleware
    starlette_app.create_streamlit_middleware = lambda: [Middleware(Gate), *own()]
