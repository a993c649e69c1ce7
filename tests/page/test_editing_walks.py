"""Random walks of somebody who edits faster than the page can follow: nothing that was typed is ever lost.

Each walk types, pastes, clears, undoes, reloads, goes back, changes the language and the page, without waiting for anything. What
ought to stand in the table is kept in a dictionary; in the end the page must say the same. A visitor goes on several walks, one
after the other.
"""

import random

import pytest
from browsing import ROOT, settled

import optplan

WALKS, STEPS = 10, 20  # of a visitor, of a walk
FUND = "own_capital"
PLAN = optplan.read_plan(ROOT / "inputs" / "shuozhou")
COUNTIES = ["shuocheng", "pinglu", "huairen", "yingxian", "shanyin", "youyu"]


class Walk:
    """One visitor. ``amounts``: what the sheet ought to show in the end, by row and column."""

    def __init__(self, page, chance):
        self.page, self.chance = page, chance
        rows = (row for row in PLAN.tables["budgets"] if row["fund"] == FUND and row["county"] in COUNTIES)
        self.states = [{(row["county"], str(row["year"])): str(row["amount"]) for row in rows}]
        self.at = 0  # among the states
        self.stepped = False  # back or forward, since the server was last waited for
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    @property
    def amounts(self):
        return self.states[self.at]

    def changed(self, amounts):
        if (now := self.amounts | amounts) != self.amounts:
            self.states = [*self.states[: self.at + 1], now]
            self.at += 1

    def cell(self, at):
        return self.page.locator(f".sheet tr[data-row={at[0]}] [data-column='{at[1]}']")

    def typed(self):
        at, figure = self.chance.choice(list(self.amounts)), str(self.chance.randrange(1, 999))
        self.cell(at).click()
        self.page.keyboard.type(figure)
        self.page.keyboard.press(self.chance.choice(["Enter", "Tab", "ArrowDown"]))
        self.changed({at: figure})

    def corrected(self):
        at, figure = self.chance.choice(list(self.amounts)), str(self.chance.randrange(1, 999))
        self.cell(at).dblclick()
        self.page.keyboard.type(figure)
        self.cell(self.chance.choice([other for other in self.amounts if other != at])).click()  # the next cell without Enter
        self.changed({at: figure})

    def cleared(self):
        at = self.chance.choice(list(self.amounts))
        self.typed()
        self.cell(at).click()
        self.page.keyboard.press("Delete")
        self.changed({at: ""})

    def pasted(self):
        block = [[str(self.chance.randrange(1, 999)) for _ in range(2)] for _ in range(2)]
        self.page.evaluate("text => navigator.clipboard.writeText(text)", "\n".join("\t".join(line) for line in block))
        row, year = self.chance.randrange(len(COUNTIES) - 1), self.chance.randrange(2021, 2025)
        self.cell((COUNTIES[row], str(year))).click()
        self.page.keyboard.press("Control+v")
        self.changed(
            {
                (COUNTIES[row + down], str(year + right)): figure
                for down, line in enumerate(block)
                for right, figure in enumerate(line)
            }
        )

    def undone(self):
        if self.at:
            self.step_to(self.at - 1, "Control+z")

    def redone(self):
        if self.at + 1 < len(self.states):
            self.step_to(self.at + 1, "Control+y")

    def step_to(self, at, keys):
        self.cell(self.chance.choice(list(self.amounts))).click()
        self.page.keyboard.press(keys)
        self.at, self.stepped = at, True

    def language(self):
        self.page.locator(".st-key-language button").click()

    def reloaded(self):
        if self.stepped:  # a reload forgets steps that are under way, and what had been undone
            settled(self.page)
        self.page.wait_for_timeout(self.chance.choice([0, 300]))
        self.page.reload()
        self.page.locator(".sheet table").wait_for()
        self.states, self.at, self.stepped = [self.amounts], 0, False

    def elsewhere(self):
        links = self.page.get_by_test_id("stSidebarNavLink")
        links.nth(0).click()
        self.page.locator(".optplan-card").first.wait_for()
        if self.chance.random() < 0.5:
            self.page.go_back()  # to the sheet, or to the overview as it was before its address named the draft
        links.nth(1).click()
        self.page.locator(".sheet table").wait_for()

    def step(self):
        ways = (
            [self.typed] * 4
            + [self.corrected] * 3
            + [self.cleared] * 2
            + [self.pasted, self.undone, self.redone, self.language, self.elsewhere, self.reloaded]
        )
        way = self.chance.choice(ways)
        way()
        return way.__name__

    def shown(self):
        """What the sheet says, by row and column."""
        cells = self.page.locator(".sheet table").evaluate(
            """table => [...table.querySelectorAll('tr[data-row] [data-column]')]
              .map(cell => [cell.closest('tr').dataset.row, cell.dataset.column, cell.textContent])"""
        )
        return {(row, column): cell for row, column, cell in cells if (row, column) in self.amounts}

    def check(self):
        """After a reload the sheet says what was typed."""
        settled(self.page)
        self.stepped = False
        self.reloaded()
        settled(self.page)
        ought = {at: f"{float(amount):,g}" if amount else "–" for at, amount in self.amounts.items()}
        assert self.shown() == ought


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_random_walks_lose_nothing(visit, seed):
    page = visit()
    page.get_by_test_id("stSidebarNavLink").nth(1).click()
    page.locator(".sheet table").wait_for()
    walk = Walk(page, random.Random(seed))
    for _ in range(WALKS):
        for _ in range(STEPS):
            walk.step()
        walk.check()
