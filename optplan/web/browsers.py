"""A mark that the page leaves in a browser, so that drafts of people who do not sign in are told apart and found again.

It says nothing of anybody and is good for nothing else: what a visitor may do never depends on it.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

COOKIE = "optplan_browser"
KEPT = 400 * 86_400  # seconds, the longest that browsers grant
_MARK = re.compile(r"[0-9a-f]{32}")
_OWN = ("/_stcore/", "/static/", "/component/", "/media/")  # what no page begins with


def mark_in(cookies: Mapping[str, str]) -> str:
    """The mark of the browser that sent these cookies; empty for one that keeps none."""
    given = cookies.get(COOKIE, "")
    return given if _MARK.fullmatch(given) else ""


class Marking:
    """Gives a mark to each browser that asks for a page and has none."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; its answer brings the mark."""
        page = scope["type"] == "http" and scope["method"] == "GET" and not any(each in scope["path"] for each in _OWN)
        if not page or any(name == b"cookie" and COOKIE.encode() in value for name, value in scope["headers"]):
            await self.app(scope, receive, send)
            return

        async def marked(message: Any) -> None:
            if message["type"] == "http.response.start":
                mark = f"{COOKIE}={secrets.token_hex(16)}; Path=/; Max-Age={KEPT}; HttpOnly; SameSite=Lax"
                message = {**message, "headers": [*message.get("headers", ()), (b"set-cookie", mark.encode())]}
            await send(message)

        await self.app(scope, receive, marked)


def mark_browsers() -> None:
    """Have the server that Streamlit is about to start do so."""
    from starlette.middleware import Middleware
    from streamlit.web.server.starlette import starlette_app

    own = starlette_app.create_streamlit_middleware
    starlette_app.create_streamlit_middleware = lambda: [Middleware(Marking), *own()]
