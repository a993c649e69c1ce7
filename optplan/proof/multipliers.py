"""The multipliers from which a bound of each level follows: duals of its linear relaxation, by HiGHS' interior point method.

They need not be trusted (:mod:`optplan.proof.bound`), so nothing here has to be exact. At Shuozhou they take a tenth of a
second a level; they are worked out once the search has ended, of the program as :mod:`optplan.proof.program` reads it.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from highspy import Highs, HighsLp, HighsModelStatus, MatrixFormat

from optplan.decision_model import DecisionModel, Level
from optplan.plan import Plan
from optplan.proof.levels import ExactLevel, levels_of
from optplan.proof.program import ExactProgram, Row, exact_program
from optplan.schedule import Schedule

LARGEST = 20_000  # items × counties × years; beyond it the certificate would be megabytes, and its making minutes
LONGEST = 2.0  # seconds of a level: whoever waits for the search waits for this
DIGITS = 12  # of a multiplier; with 7 a fifth of Shuozhou's bound was lost
LARGEST_COST = 1000.0  # of an objective once scaled: HiGHS' tolerances are absolute
NEGLIGIBLE = 1e-13  # of the largest multiplier


def proof_of(
    plan: Plan, model: DecisionModel, reached: Sequence[Level], reference: Schedule | None = None
) -> list[dict[str, Any]]:
    """What a result file carries of each level that has a bound above nil: ``criterion``, and ``multipliers`` by rule and index.

    ``reached``: the levels as the search left them. Nothing for a plan so large that the certificate would be megabytes. HiGHS
    greets on standard output, so this belongs in a process that prints nothing there.
    """
    if len(plan.items) * len(plan.counties) * len(plan.years) > LARGEST or not any(level.bound > 0 for level in reached):
        return []
    program = exact_program(plan, model, reference)
    values = [Fraction(float(level.value)) for level in reached]
    found = []
    for level, end in zip(levels_of(program, model, values), reached, strict=True):
        if end.bound > 0 and (multipliers := _multipliers(program, level)):  # that nothing is below nil needs no proof
            found.append({"criterion": level.criterion, "multipliers": multipliers})
    return found


def _multipliers(program: ExactProgram, level: ExactLevel) -> dict[str, dict[str, float]]:
    """The duals of the level's relaxation; none where HiGHS does not get to its end."""
    rows = {**program.rows, **level.held}
    largest = max((abs(float(each)) for each in level.objective.terms.values()), default=0.0)
    if not largest:
        return {}
    scale = LARGEST_COST / largest
    highs = Highs()  # type: ignore[no-untyped-call]
    highs.silent()
    settings: dict[str, bool | float | str] = {
        "output_flag": False,
        "log_to_console": False,
        "solver": "ipm",
        "threads": 1,
        "time_limit": LONGEST,
        "dual_feasibility_tolerance": 1e-9,
    }
    for option, value in settings.items():
        highs.setOptionValue(option, value)
    highs.passModel(_relaxation(program, level, list(rows.values()), scale))
    highs.run()
    if highs.getModelStatus() != HighsModelStatus.kOptimal:
        return {}
    duals = np.array(highs.getSolution().row_dual) / scale
    least = NEGLIGIBLE * np.abs(duals).max(initial=0.0)
    multipliers: dict[str, dict[str, float]] = {}
    for (rule, index), dual in zip(rows, duals, strict=True):
        if abs(dual) > least:
            multipliers.setdefault(rule, {})[index] = float(f"{dual:.{DIGITS}g}")
    return multipliers


def _relaxation(program: ExactProgram, level: ExactLevel, rows: Sequence[Row], scale: float) -> HighsLp:
    lp = HighsLp()
    columns = len(program.lower)
    cost = np.zeros(columns)
    for column, coefficient in level.objective.terms.items():
        cost[column] = float(coefficient) * scale
    lp.num_col_, lp.num_row_ = columns, len(rows)
    lp.col_cost_ = cost
    lp.col_lower_ = np.array([-np.inf if edge is None else float(edge) for edge in program.lower])
    lp.col_upper_ = np.array([np.inf if edge is None else float(edge) for edge in program.upper])
    lp.row_lower_ = np.array([-np.inf if row.lower is None else float(row.lower) for row in rows])
    lp.row_upper_ = np.array([np.inf if row.upper is None else float(row.upper) for row in rows])
    lp.a_matrix_.format_ = MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *(len(row.terms) for row in rows)]).astype(np.int32)
    lp.a_matrix_.index_ = np.array([column for row in rows for column in row.terms], dtype=np.int32)
    lp.a_matrix_.value_ = np.array([float(coefficient) for row in rows for coefficient in row.terms.values()])
    return lp
