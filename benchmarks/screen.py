"""From a click on the page to the first sealed plan and to the answer, in a real browser: what a clerk waits for."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

from benchmarks.measures import figure
from benchmarks.served import FLAGS, chromium, served
from benchmarks.tables import table
from benchmarks.versions import machine, page_version
from optplan.language import text

# looked at in every frame that the browser draws; Playwright's own waiting looks twice a second
SHOWN = """
name => [...document.querySelectorAll('button')].some(button => button.checkVisibility() && button.innerText.includes(name))
"""
LONGEST = 300_000  # milliseconds that an answer may take
READY = 3.0  # seconds between a page that is drawn and the click: a clerk reads what will be solved


@dataclass(frozen=True)
class Seen:
    """One solve of Shuozhou as it ships, under ``attain``: seconds from the click to what could be seen."""

    first_sealed: float
    answer: float
    code: str
    machine: str


class Sightings:
    """What has been seen, one line each, in ``screen-shuozhou.jsonl``."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "screen-shuozhou.jsonl"

    def add(self, seen: Seen) -> None:
        """Keep another."""
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(seen)) + "\n")

    def newest(self) -> list[Seen]:
        """Those with the code of the last one."""
        if not self.path.exists():
            return []
        seen = [Seen(**json.loads(line)) for line in self.path.read_text(encoding="utf-8").splitlines()]
        return [one for one in seen if one.code == seen[-1].code]


def look(times: int, sightings: Sightings, told: Callable[[str], None]) -> None:
    """Click so many times and keep what was seen; each solve has a visit of its own to one server."""
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder), OPTPLAN_USER="1") as (address, _),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        for number in range(1, times + 1):
            page = browser.new_page(viewport={"width": 1366, "height": 768})
            page.goto(address)
            first, answer = _solve(page)
            sightings.add(Seen(first, answer, page_version(), machine()))
            told(f"{number}: first sealed plan {first:.2f} s, answer {answer:.2f} s")
            page.close()


def _solve(page: Page) -> tuple[float, float]:
    """Seconds from the click to the button that opens the best sealed plan so far, and to the one that opens the answer."""
    page.get_by_test_id("stSidebar").get_by_role("link", name=text("web", "page-solving", "zh"), exact=True).click()
    start = page.get_by_role("button", name=text("web_solving", "start", "zh"))
    start.wait_for()
    time.sleep(READY)
    began = time.monotonic()
    start.click()
    page.wait_for_function(SHOWN, arg=text("web_solving", "look-at-best", "zh"))
    first = time.monotonic() - began
    page.wait_for_function(SHOWN, arg=text("web_solving", "to-overview", "zh"), timeout=LONGEST)
    return first, time.monotonic() - began


def screen_section(sightings: Sightings) -> str:
    """The section on what was seen; nothing if nothing was."""
    seen = sightings.newest()
    if not seen:
        return ""
    rows = [
        [what, figure(median(values)), f"{figure(min(values))} – {figure(max(values))}"]
        for what, values in (
            ("first sealed plan", [one.first_sealed for one in seen]),
            ("answer, proven", [one.answer for one in seen]),
        )
    ]
    title = "## On the page: `shuozhou`, decision model `attain`"
    what = f"Seconds from the click to what a browser on the same cores shows, {len(seen)} times on one server:"
    return f"{title}\n\n{what}\n\n{table(['', 'median, s', 'least – greatest, s'], rows)}"
