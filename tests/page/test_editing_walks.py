"""Random walks of somebody who edits faster than the page can follow: nothing that was typed is ever lost.

Each walk types, pastes, clears, undoes, reloads, changes the table, the language and the page, without waiting for anything. What
ought to stand in the table is kept in a dictionary; in the end the page must say the same.
"""

import random

import pytest
from browsing import ROOT, settled
from playwright.sync_api import expect
from slow_set import mostly_slow

import optplan

SOON = 60_000
STEPS = 20
FUND = "own_capital"
PLAN = optplan.read_plan(ROOT / "inputs" / "shuozhou")
COUNTIES = ["shuocheng", "pinglu", "huairen", "yingxian", "shanyin", "youyu"]


class Walk:
    """One visitor. ``amounts``: what the sheet ought to show in the end, by row and column."""

    def __init__(self, page, chance):
        self.page, self.chance = page, chance
        rows = (row for row in PLAN.tables["budgets"] if row["fund"] == FUND and row["county"] in COUNTIES)
        self.amounts = {(row["county"], str(row["year"])): str(row["amount"]) for row in rows}
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    def cell(self, at):
        return self.page.locator(f".sheet tr[data-row={at[0]}] [data-column='{at[1]}']")

    def typed(self):
        at, figure = self.chance.choice(list(self.amounts)), str(self.chance.randrange(1, 999))
        self.cell(at).click()
        self.page.keyboard.type(figure)
        self.page.keyboard.press(self.chance.choice(["Enter", "Tab", "ArrowDown"]))
        self.amounts[at] = figure

    def corrected(self):
        at, figure = self.chance.choice(list(self.amounts)), str(self.chance.randrange(1, 999))
        self.cell(at).dblclick()
        self.page.keyboard.type(figure)
        self.cell(self.chance.choice(list(self.amounts))).click()  # the next cell without Enter
        self.amounts[at] = figure

    def cleared(self):
        at = self.chance.choice(list(self.amounts))
        self.typed()
        self.cell(at).click()
        self.page.keyboard.press("Delete")
        self.amounts[at] = ""

    def pasted(self):
        block = [[str(self.chance.randrange(1, 999)) for _ in range(2)] for _ in range(2)]
        self.page.evaluate("text => navigator.clipboard.writeText(text)", "\n".join("\t".join(line) for line in block))
        row, year = self.chance.randrange(len(COUNTIES) - 1), self.chance.randrange(2021, 2025)
        self.cell((COUNTIES[row], str(year))).click()
        self.page.keyboard.press("Control+v")
        for down, line in enumerate(block):
            for right, figure in enumerate(line):
                self.amounts[COUNTIES[row + down], str(year + right)] = figure

    def language(self):
        self.page.locator(".st-key-language-switch button").click()

    def reloaded(self):
        self.page.wait_for_timeout(self.chance.choice([0, 300]))
        self.page.reload()
        self.page.locator(".sheet table").wait_for()

    def elsewhere(self):
        links = self.page.get_by_test_id("stSidebarNavLink")
        links.nth(0).click()
        self.page.locator(".optplan-card").first.wait_for()
        links.nth(1).click()
        self.page.locator(".sheet table").wait_for()

    def step(self):
        ways = (
            [self.typed] * 4
            + [self.corrected] * 3
            + [self.cleared] * 2
            + [self.pasted, self.language, self.elsewhere, self.reloaded]
        )
        self.chance.choice(ways)()


@pytest.mark.parametrize("seed", mostly_slow(range(200), 0))
def test_a_random_walk_loses_nothing(visit, seed):
    page = visit()
    page.get_by_test_id("stSidebarNavLink").nth(1).click()
    page.locator(".sheet table").wait_for()
    walk = Walk(page, random.Random(seed))
    for _ in range(STEPS):
        walk.step()
    settled(page)
    page.reload()
    page.locator(".sheet table").wait_for()
    for at, amount in walk.amounts.items():
        expect(walk.cell(at)).to_have_text(f"{float(amount):,g}" if amount else "–", timeout=SOON)
