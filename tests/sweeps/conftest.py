"""A small plan, a sweep of its money, and what comes of it when nothing disturbs."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from plans.random_plans import Size, random_tables

import optplan
from optplan.plan import Plan
from optplan.sweeps import SweepDesign
from optplan.tables import write_folder

SWEEP = """
title = "资金池与物价"
title_en = "Pool and prices"
author = "test"
reason = "测试"
model = "thrift"

[[axis]]
name = "pool"
title = "资金池"
title_en = "Pool"
values = ["0%", "150%"]

[[axis.changes]]
table = "budgets"
action = "scale"
where = { fund = "pool" }
column = "amount"
factor = "$value"

[[axis]]
name = "price"
title = "单价"
title_en = "Price"
values = [0.9, 1.1]

[[axis.changes]]
table = "costs"
action = "scale"
where = { group = "big" }
column = "unit_cost"
factor = "$value"
"""


@pytest.fixture(scope="session")
def plan() -> Plan:
    return Plan(random_tables(3, Size(counties=3, years=3, goods=2, teams=2, projects=1)))


@pytest.fixture(scope="session")
def folder(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan as CSV files."""
    where = tmp_path_factory.mktemp("plans") / "plan"
    write_folder(plan.tables, where)
    return where


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sweep as a file."""
    where = tmp_path_factory.mktemp("sweeps") / "资金池.toml"
    where.write_text(SWEEP, encoding="utf-8")
    return where


@pytest.fixture(scope="session")
def design(file: Path) -> SweepDesign:
    return optplan.read_sweep(file)


@pytest.fixture(scope="session")
def undisturbed(plan: Plan, design: SweepDesign) -> optplan.Sweep:
    return optplan.sweep(plan, design, jobs=2)


def same(one: pd.DataFrame, other: pd.DataFrame) -> None:
    """Two tables are the same in everything but the ids of runs, which are those of an occasion."""
    pd.testing.assert_frame_equal(one.drop(columns="run"), other.drop(columns="run"))
