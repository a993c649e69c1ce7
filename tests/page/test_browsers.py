"""Each browser is told from others by a mark that it gets with its first page and keeps."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from optplan.web.browsers import COOKIE, Marking, mark_in


def answered(path, cookies=""):
    """The headers with which a page is answered."""
    said = []

    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
        await send({"type": "http.response.body", "body": b""})

    async def send(message):
        said.append(message)

    headers = [(b"cookie", cookies.encode())] if cookies else []
    asked = Marking(app)({"type": "http", "method": "GET", "path": path, "headers": headers}, None, send)
    with ThreadPoolExecutor(1) as beside:  # a browser that other tests drive keeps a loop running in this thread
        beside.submit(asyncio.run, asked).result()
    return dict(said[0]["headers"])


def test_a_first_page_brings_a_mark_that_scripts_cannot_read():
    one, other = (answered("/inputs")[b"set-cookie"].decode() for _ in range(2))
    marks = [mark_in({COOKIE: each.removeprefix(f"{COOKIE}=").partition(";")[0]}) for each in (one, other)]
    assert all(marks)
    assert marks[0] != marks[1]
    assert "HttpOnly" in one
    assert "SameSite=Lax" in one


def test_who_has_one_keeps_it_and_files_bring_none():
    assert b"set-cookie" not in answered("/", f"a=b; {COOKIE}={'1' * 32}")
    assert b"set-cookie" not in answered("/_stcore/health")


def test_what_is_no_mark_counts_for_nothing():
    assert mark_in({}) == mark_in({COOKIE: "../../x"}) == mark_in({COOKIE: "1" * 33}) == ""
