"""The plans and results that ship with this server, read once and read again when their files change.

``OPTPLAN_PLANS`` names another folder whose folders are the plans of an office.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import streamlit as st

from optplan.plan import Plan, read_plan
from optplan.result import Result, read_result
from optplan.tables.findings import InputError
from optplan.web.cache.checked_results import holds

ROOT = Path(__file__).resolve().parents[3]
PLANS = Path(os.environ.get("OPTPLAN_PLANS") or ROOT / "inputs")
SAMPLES = ROOT / "reports" / "sample"


def shipped_plans() -> dict[str, Plan]:
    """The plans in the folder of plans that are in order, by folder; ``shuozhou`` first."""
    found = {}
    for folder in sorted(PLANS.glob("*/"), key=lambda each: (each.name != "shuozhou", each.name)):
        if (folder / "plan.csv").is_file():
            try:
                found[folder.name] = _plan(folder, _written(folder.iterdir()))
            except InputError:
                continue  # a folder that is no plan is shown by `optplan check`, not here
    return found


def shipped_result(plan: Plan) -> Result | None:
    """The sample result of ``plan`` that ships, if it still belongs to the plan as it is and its seal holds."""
    for path in sorted(SAMPLES.glob("*.json")):
        try:
            result = _result(path, path.stat().st_mtime)
        except (InputError, OSError):
            continue
        if result.plan_sha256 == plan.sha256 and holds(result):
            return result
    return None


@st.cache_resource(show_spinner=False)
def _plan(folder: Path, written: float) -> Plan:
    return read_plan(folder)


@st.cache_resource(show_spinner=False)
def _result(path: Path, written: float) -> Result:
    return read_result(path)


def _written(paths: Iterable[Path]) -> float:
    return max((path.stat().st_mtime for path in paths), default=0.0)
