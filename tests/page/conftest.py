"""A server with a store of its own, and a real browser that notices everything that goes wrong in it."""

import sys

import pytest
from browsing import Tabs
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
    """``visit(size, language, at)``: a new visitor on the overview, or on the page whose address ends in ``at``."""
    with tabs.visitors(address, 120_000) as arrive:  # machines that test are often busy
        yield arrive
