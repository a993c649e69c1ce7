"""The page as people meet it: served as ``optplan app`` does, looked at in Chromium as it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STARTING, ENDING = 240.0, 60.0  # seconds that a server may take on a busy machine
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
)  # fmt: skip

Server = subprocess.Popen[bytes]


def chromium() -> str:
    """Where Chromium is. Raises :class:`FileNotFoundError` if it is nowhere."""
    for name in CHROMIUM:
        if found := shutil.which(name):
            return found
    raise FileNotFoundError("Chromium is missing; see tests/install-debian-packages.sh")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def served(folder: Path, port: int | None = None, **settings: str) -> Iterator[tuple[str, Server]]:
    """The page's address and its server's process, with a store and a log in ``folder``; it ends with the block.

    ``settings``: environment variables. Raises :class:`RuntimeError` with the log if the server does not start.
    """
    port = port or free_port()
    log = folder / "log.txt"
    with log.open("ab") as out:
        server = subprocess.Popen(
            [str(Path(sys.executable).with_name("optplan")), "app", "--headless", f"--port={port}"],
            cwd=folder,
            env={
                **os.environ,
                "OPTPLAN_LANG": "zh",
                "OPTPLAN_STORE": str(folder / "store.sqlite3"),
                "XDG_STATE_HOME": str(folder / "state"),
                **settings,
            },
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        _wait_for(port, server, log)
        yield f"http://localhost:{port}", server
    finally:
        end(server)


def _wait_for(port: int, server: Server, log: Path) -> None:
    late = time.monotonic() + STARTING
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1)
        except OSError:
            if server.poll() is not None or time.monotonic() > late:
                raise RuntimeError(log.read_text("utf-8", "replace")) from None
            time.sleep(0.1)
        else:
            return


def end(server: Server) -> None:
    """Stop it as a system's service manager does: everything that belongs to it is told to end, and waited for.

    Raises :class:`TimeoutError` if something goes on; that is killed.
    """
    late = time.monotonic() + ENDING
    try:
        os.killpg(server.pid, signal.SIGTERM)
        while goes_on := _of_group(server.pid):
            if time.monotonic() > late:
                os.killpg(server.pid, signal.SIGKILL)
                server.wait()
                raise TimeoutError(f"the server does not end: {goes_on}")
            time.sleep(0.1)
    except ProcessLookupError:
        pass
    server.wait()


def _of_group(group: int) -> list[str]:
    """The commands of the processes of a group that go on; one that has ended may wait long for its parent to ask after it."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, _, its_group = (folder / "stat").read_text().rpartition(")")[2].split()[:3]
            if int(its_group) == group and state not in "ZX":
                found.append((folder / "cmdline").read_text().replace("\0", " ").strip())
        except OSError:
            continue  # it ended just now
    return found
