"""A server of an office: its own plans, store, settings and, if wanted, sign-in; and what its visitors do."""

import pytest
from holding import holding
from plans.random_plans import Size, random_tables
from playwright.sync_api import expect

import optplan
from benchmarks.served import served
from optplan.tables.csv_folder import write_folder

SOON = 60_000  # milliseconds; machines that test are often busy
expect.set_options(timeout=SOON)

QUICK = Size(counties=2, years=3, goods=2, teams=1, projects=1)  # solved in a second
LONG = Size(counties=7)  # a first plan after seconds; its search goes on until it is stopped


def write_plan(folder, title, size):
    """A random plan under its title; the plan as it is read."""
    write_folder(random_tables(1, size), folder)
    settings = folder / "plan.csv"
    settings.write_text(settings.read_text("utf-8").replace("random", title), "utf-8")
    return optplan.read_plan(folder)


def serving(folder, port=None, **settings):
    """The page where ``folder``'s ``plans`` are; its address and its process."""
    settings = {
        "OPTPLAN_PLANS": str(folder / "plans"),
        "OPTPLAN_USER": "jike",
        "OPTPLAN_SOLVES": "1",
        "OPTPLAN_LOCAL_ROLE": "approver",
        "XDG_STATE_HOME": str(folder / "state"),
        **settings,
    }
    return served(folder, port, **holding(LONG.counties), **settings)


@pytest.fixture(name="visit")
def visitors(tabs, address):
    """``visit(at=…)``: a new visitor on the overview, or at another address."""
    with tabs.visitors(address, SOON) as arrive:
        yield arrive


def call_oneself(page, name):
    """Give a name, where nobody signs in."""
    field = page.get_by_label("填写您的姓名，写入历史")
    field.fill(name)
    field.press("Enter")
    page.get_by_text(f"{name} · 审定").wait_for()
