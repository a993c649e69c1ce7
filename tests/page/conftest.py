"""A server with a store of its own, and a real browser that notices everything that goes wrong in it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from browsing import SIZES, settled, visitor
from playwright.sync_api import sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(autouse=True)
def main_module_stays(monkeypatch):
    """Streamlit makes the script that it draws the program's ``__main__``; every process spawned later would run it."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    """The page as ``optplan app`` serves it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("server")
    log = (folder / "log.txt").open("w")
    server = subprocess.Popen(
        [str(Path(sys.executable).with_name("optplan")), "app", "--headless", f"--port={port}"],
        cwd=folder,
        env={**os.environ, "OPTPLAN_LANG": "zh", "OPTPLAN_STORE": str(folder / "store.sqlite3"), "OPTPLAN_USER": "王会计"},
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    for _ in range(240):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1)
            break
        except OSError:
            assert server.poll() is None, (folder / "log.txt").read_text()
            time.sleep(0.25)
    yield f"http://127.0.0.1:{port}"
    os.killpg(server.pid, signal.SIGTERM)
    server.wait(10)


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        assert chromium, "Chromium is missing; see tests/install-debian-packages.sh"
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser, address):
    """``visit(size, language)``: a new visitor on the overview. At the end nothing may have gone wrong in any browser."""
    faults, contexts = [], []

    def arrive(size="laptop", language="zh"):
        page = visitor(browser, SIZES[size], accept_downloads=True)
        contexts.append(page.context)
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.goto(address)
        page.locator("h1").wait_for()
        if language == "en":
            page.get_by_role("button", name="English").click()
            page.get_by_role("button", name="中文").wait_for()
        settled(page)
        return page

    yield arrive
    for context in contexts:
        context.close()
    assert faults == []
