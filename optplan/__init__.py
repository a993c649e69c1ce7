"""optplan: from a five-year public-safety plan to a proven, checked, year-by-year and county-by-county schedule.

>>> import optplan
>>> plan = optplan.read_plan("inputs/shuozhou")  # doctest: +SKIP
>>> result = optplan.solve(plan, model="attain")  # doctest: +SKIP
>>> result.to_excel("reports/attain.xlsx")  # doctest: +SKIP
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from optplan.attribution import Attribution, attribute
    from optplan.brief import write_brief
    from optplan.closing import close_year
    from optplan.comparison import compare
    from optplan.decision_model import DecisionModel, read_model
    from optplan.document.canonical import canonical_bytes
    from optplan.plan import Plan, read_plan
    from optplan.repairs import judge, read_edit, repair
    from optplan.result import Result, Unsealed, read_result, verify
    from optplan.solving.solve import solve
    from optplan.store import Store, StoreError, open_store
    from optplan.sweeps import Sweep, SweepDesign, read_sweep, sweep
    from optplan.tables.findings import Finding, InputError, PlanError

# Where each public name lives. They are imported when first used, so that `optplan check` need not wait for the solver.
_HOMES = {
    "Attribution": "optplan.attribution",
    "attribute": "optplan.attribution",
    "close_year": "optplan.closing",
    "canonical_bytes": "optplan.document.canonical",
    "compare": "optplan.comparison",
    "judge": "optplan.repairs",
    "read_edit": "optplan.repairs",
    "repair": "optplan.repairs",
    "DecisionModel": "optplan.decision_model",
    "read_model": "optplan.decision_model",
    "Plan": "optplan.plan",
    "read_plan": "optplan.plan",
    "Result": "optplan.result",
    "Unsealed": "optplan.result",
    "read_result": "optplan.result",
    "verify": "optplan.result",
    "write_brief": "optplan.brief",
    "Session": "optplan.solving.session",
    "solve": "optplan.solving.solve",
    "Store": "optplan.store",
    "StoreError": "optplan.store",
    "open_store": "optplan.store",
    "Sweep": "optplan.sweeps",
    "SweepDesign": "optplan.sweeps",
    "read_sweep": "optplan.sweeps",
    "sweep": "optplan.sweeps",
    "Finding": "optplan.tables.findings",
    "InputError": "optplan.tables.findings",
    "PlanError": "optplan.tables.findings",
}
__all__ = [
    "Attribution", "DecisionModel", "Finding", "InputError", "Plan", "PlanError", "Result", "Session", "Store", "StoreError",
    "Sweep", "SweepDesign", "Unsealed",
    "attribute", "canonical_bytes", "close_year", "compare", "judge", "open_store", "read_edit", "read_model", "read_plan",
    "read_result", "read_sweep", "repair", "solve", "sweep", "verify", "write_brief",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'optplan' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)
