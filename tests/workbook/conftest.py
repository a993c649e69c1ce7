"""A plan, sealed results of it, and LibreOffice as the second program that opens what optplan writes."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from plans.random_plans import Size, random_tables

from optplan.audit import audit
from optplan.decision_model import Level, read_model
from optplan.plan import Plan
from optplan.result import Result, build_result
from optplan.schedule import Schedule
from optplan.solving.solve import solve
from optplan.tables.content import Tables

# Formulas are calculated anew when a file is opened, whatever values are stored in it.
RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


@pytest.fixture(scope="session")
def tables() -> Tables:
    return random_tables(3, Size(counties=3, years=4, goods=4, teams=3, projects=2))


@pytest.fixture(scope="session")
def attained() -> Result:
    """Within the money at hand, one year already carried out."""
    return solve(
        Plan(random_tables(11, Size(counties=3, years=4, goods=4, teams=3, projects=2, closed=1, money=0.6))),
        "attain",
        gap=0.05,
        time_limit=20,
    )


@pytest.fixture(scope="session")
def priced() -> Result:
    """With requests for more money."""
    return solve(
        Plan(random_tables(5, Size(counties=3, years=3, goods=4, teams=2, projects=2, money=0.5))),
        "price",
        gap=0.05,
        time_limit=20,
    )


def sealed(tables: Tables, schedule: Schedule | None = None) -> Result:
    """A sealed result of a schedule (nothing at all is delivered by default), without a search."""
    schedule = schedule or Schedule()
    model = read_model("attain")
    names = [criterion.name for criterion in model.criteria]
    values = audit(tables, schedule, requests=model.requests, criteria=names).criteria
    levels = [Level(name, values[name], float(values[name]), 0.0) for name in names]
    return build_result(tables, model, schedule, levels, made_with={"optplan": "test"})


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Opens workbooks in LibreOffice, calculates every formula and saves them; gives the first new file."""
    profile = tmp_path_factory.mktemp("profile")
    (profile / "user").mkdir()
    (profile / "user" / "registrymodifications.xcu").write_text(RECALCULATE, encoding="utf-8")

    def resave(*paths: Path, kind: str = "xlsx") -> Path:
        out = tmp_path_factory.mktemp("resaved")
        command: list[Any] = [
            "soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", kind, "--outdir", out, *paths,
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return out / paths[0].with_suffix(f".{kind}").name

    return resave
