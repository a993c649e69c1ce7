"""A server with a store of its own, and a real browser that notices everything that goes wrong in it."""

import sys

import pytest
from browsing import SIZES, Tabs, settled
from playwright.sync_api import sync_playwright

from benchmarks.served import FLAGS, chromium, served


@pytest.fixture(autouse=True)
def main_module_stays(monkeypatch):
    """Streamlit makes the script that it draws the program's ``__main__``; every process spawned later would run it."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    """The page as ``optplan app`` serves it."""
    with served(tmp_path_factory.mktemp("server"), OPTPLAN_USER="王会计") as (address, _):
        yield address


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def tabs(browser):
    return Tabs(browser)


@pytest.fixture
def visit(tabs, address):
    """``visit(size, language)``: a new visitor on the overview, or on the page whose address ends in ``at``. At the end nothing may have gone wrong in any browser."""
    faults = []

    def heard(said):
        # after a reload of a page other than the first, Streamlit looks for its server below that page's address at first
        if said.type == "error" and "/_stcore/" not in f"{said.location.get('url', '')} {said.text}":
            faults.append(said.text)

    def arrive(size="laptop", language="zh", at=""):
        page = tabs.lend(SIZES[size], pageerror=lambda fault: faults.append(str(fault)), console=heard)
        page.set_default_timeout(120_000)  # machines that test are often busy
        page.goto(f"{address}/{at}")
        page.locator("h1").wait_for()
        if language == "en":
            page.get_by_role("button", name="English").click()
            page.get_by_role("button", name="中文").wait_for()
        settled(page)
        return page

    yield arrive
    tabs.take_back()
    assert faults == []
