"""The sample result and small solved plans, and their briefs as PDF."""

from __future__ import annotations

from pathlib import Path

import pytest
from plans.random_plans import Size, random_tables

from optplan.brief import write_brief
from optplan.plan import Plan
from optplan.result import Result, read_result
from optplan.solving.solve import solve

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "reports" / "sample" / "shuozhou-attain.json"


@pytest.fixture(scope="session")
def sample() -> Result:
    return read_result(SAMPLE)


@pytest.fixture(scope="session", params=["zh", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def sample_pdf(sample: Result, language: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("brief") / f"{language}.pdf"
    write_brief(sample, path, language=language)
    return path


@pytest.fixture(scope="session")
def short_of_money() -> Result:
    """Targets that fall short, a year already carried out, stopped before it is proven."""
    tables = random_tables(11, Size(counties=3, years=4, goods=4, teams=3, projects=2, closed=1, money=0.4))
    return solve(Plan(tables), "attain", gap=0.05, time_limit=20)


@pytest.fixture(scope="session")
def priced() -> Result:
    """Money is asked for beyond the funds."""
    tables = random_tables(5, Size(counties=4, years=3, goods=4, teams=2, projects=2, money=0.5))
    return solve(Plan(tables), "price", gap=0.05, time_limit=20)
