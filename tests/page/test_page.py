"""A first look at the page in a real browser: it opens on the sample, speaks both languages, and solves."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "reports" / "pictures"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="module")
def address():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), f"--server.port={port}", "--server.address=127.0.0.1",
         "--server.headless=true", "--browser.gatherUsageStats=false"],
        cwd=ROOT, env={**os.environ, "OPTPLAN_LANG": "zh"}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    for _ in range(120):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1)
            break
        except OSError:
            time.sleep(0.25)
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait(10)


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        assert chromium, "Chromium is missing; see tests/install-debian-packages.sh"
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser, address):
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    faults = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(address)
    yield page
    page.close()
    assert faults == []


def shot(page, name):
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


def test_the_page_opens_on_the_sample_in_chinese(page):
    expect(page.get_by_text("消防救援规划实施计划", exact=True)).to_be_visible(timeout=30_000)
    expect(page.get_by_text("已求得最优方案")).to_be_visible(timeout=30_000)
    for total in ("701", "109", "1,116", "137"):
        expect(page.get_by_text(f"目标 {total}", exact=True)).to_be_visible()
    shot(page, "overview-zh")
    for name in ("分县逐年", "资金", "差距", "证明"):
        page.get_by_role("tab", name=name).click()
        page.wait_for_timeout(400)
        shot(page, f"{name}-zh")


def test_english_is_one_click_away(page):
    expect(page.get_by_text("目标 701", exact=True)).to_be_visible(timeout=30_000)
    page.get_by_text("English", exact=True).click()
    expect(page.get_by_text("Optimal: every level is proven")).to_be_visible(timeout=30_000)
    shot(page, "overview-en")


def test_solving_shows_progress_and_a_result(page):
    expect(page.get_by_text("目标 701", exact=True)).to_be_visible(timeout=30_000)
    page.get_by_label("最长求解时间（秒）").fill("5")
    page.get_by_label("最长求解时间（秒）").press("Enter")
    page.get_by_role("button", name="求解", exact=True).click()
    expect(page.get_by_text("求得可行方案").or_(page.get_by_text("已求得最优方案")).first).to_be_visible(timeout=60_000)
    shot(page, "solved-zh")
