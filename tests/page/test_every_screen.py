"""Every page and section, at three sizes, in both languages, looked at as people look: nothing wrong with any of them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from browsing import ROOT, SIZES, cut_off, go_to, settled, shot
from looking import wrong
from office_server import visitors  # noqa: F401

from benchmarks.served import served
from optplan.language import text
from optplan.web.asking.page import FORMS
from optplan.web.schedule.page import SECTIONS
from optplan.web.tracking.page import PARTS

pytestmark = pytest.mark.slow
FEWER = ROOT / "inputs" / "scenarios" / "shuozhou" / "own-funds-all-down-20.toml"
IMPOSSIBLE = """name = "impossible"
title = "全部资金只剩百分之五"
title_en = "A twentieth of all money"
author = "optplan"
reason = "看看没有方案时怎样。"
reason_en = "To see what is said where no plan exists."

[[changes]]
table = "budgets"
action = "scale"
where = {}
column = "amount"
factor = "0.05"
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A server whose history has a what-if that misses targets, and one that cannot be."""
    folder = tmp_path_factory.mktemp("screens")
    impossible = folder / "impossible.toml"
    impossible.write_text(IMPOSSIBLE, "utf-8")
    command = [str(Path(sys.executable).with_name("optplan")), "solve", str(ROOT / "inputs" / "shuozhou"), "--keep", "--quick"]
    shell = {**os.environ, "OPTPLAN_STORE": str(folder / "store.sqlite3"), "OPTPLAN_USER": "李编制"}
    for scenario, code in ((FEWER, {0, 4}), (impossible, {3})):
        done = subprocess.run(
            [*command, "--time-limit", "240", "--scenario", str(scenario), "--out", str(folder / f"{scenario.stem}.json")],
            env=shell, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode in code, done.stderr
    with served(folder, OPTPLAN_USER="王会计", OPTPLAN_LOCAL_ROLE="approver") as (address, _):
        yield address


class Walk:
    """A visitor who goes everywhere and looks."""

    def __init__(self, page, size, language):
        self.page, self.size, self.language, self.faults = page, size, language, {}

    def say(self, catalogue, name, **values):
        return text(catalogue, name, self.language, **values)

    def look(self, name):
        settled(self.page)
        shot(self.page, f"screen-{name}-{self.language}-{self.size}")
        found = [*(f"cut off: {each}" for each in cut_off(self.page)), *wrong(self.page)]
        if found:
            self.faults[name] = found

    def go(self, name):
        go_to(self.page, self.say("web", f"page-{name}"))

    def choose(self, catalogue, name):
        """One of the options that stand beside each other."""
        self.page.get_by_role("radio", name=self.say(catalogue, name), exact=True).first.click()
        settled(self.page)

    def look_at_each(self, screen, catalogue, kind, names):
        """Each of the options of a kind, chosen one after the other."""
        for name in names:
            self.choose(catalogue, f"{kind}-{name}")
            self.look(f"{screen}-{name}")

    def press(self, catalogue, name, at=0):
        buttons = self.page.get_by_test_id("stMain").get_by_test_id("stButton")
        buttons.get_by_role("button", name=self.say(catalogue, name), exact=True).nth(at).click()
        settled(self.page)

    def open(self, words):
        self.page.get_by_test_id("stExpander").filter(has_text=words).first.locator("summary").click()
        settled(self.page)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", list(SIZES))
def test_nothing_is_wrong_with_any_screen(visit, size, language):
    page = visit()
    page.set_viewport_size(dict(zip(("width", "height"), SIZES[size], strict=True)))
    settled(page)
    if language == "en":
        page.get_by_role("button", name="English").click()
        page.get_by_role("button", name="中文").wait_for()
    walk = Walk(page, size, language)
    result_pages(walk, "base")
    asking(walk)
    inputs(walk)
    walk.go("solving")
    walk.look("solving")
    tracking(walk)
    history(walk)
    result_pages(walk, "less")
    comparing(walk)
    impossible(walk)
    assert walk.faults == {}, "\n".join(f"{name}: {each}" for name, found in walk.faults.items() for each in found)


def result_pages(walk, which):
    walk.go("overview")
    walk.open(walk.say("web", "how-proven"))
    walk.open(walk.say("web_overview", "grounds-by-table"))
    walk.look(f"{which}-overview")
    for measure in ("need", "spending"):
        walk.choose("web_overview", f"map-{measure}")
    walk.look(f"{which}-overview-spending")
    walk.choose("web_overview", "map-gap")
    walk.go("schedule")
    walk.look_at_each(f"{which}-schedule", "web_schedule", "section", SECTIONS)


def asking(walk):
    walk.go("asking")
    walk.look_at_each("asking", "web_asking", "question", FORMS)


def inputs(walk):
    walk.go("inputs")
    slider = walk.page.get_by_role("slider").last
    slider.focus()
    walk.page.keyboard.press("ArrowLeft")
    settled(walk.page)
    walk.look("inputs")
    for table in ("targets", "costs", "projects"):
        walk.choose("tables", table)
        walk.look(f"inputs-{table}")
    walk.open(walk.say("web_inputs", "scenario"))
    walk.open(walk.say("web_inputs", "files"))
    walk.look("inputs-files")
    walk.press("web_inputs", "reset")


def tracking(walk):
    walk.go("tracking")
    walk.look_at_each("tracking", "web_tracking", "part", PARTS)


def history(walk):
    walk.go("history")
    walk.look("history")
    walk.choose("web_history", "list-scenarios")
    walk.look("history-scenarios")
    walk.choose("web_history", "list-runs")
    walk.press("web_history", "details", at=-1)
    walk.look("history-details")
    walk.press("web_history", "open")


def comparing(walk):
    walk.go("comparing")
    walk.look("comparing")
    walk.look_at_each("comparing", "web_comparing", "chart", ("money", "criteria"))


def impossible(walk):
    walk.go("history")
    walk.press("web_history", "fold")
    walk.press("web_history", "details")
    walk.press("web_history", "open")
    walk.look("impossible")
