"""The floor: how long HiGHS alone takes for the last criterion, on the matrix that optplan itself builds for it.

No search around HiGHS could be faster than its own proof of that one level, so this is what is left to gain.
"""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.lexicographic import HELD
from benchmarks.own_matrix import affine_of
from benchmarks.rivals.highs import HighsAlone
from benchmarks.telling import Teller
from optplan.decision_model import DecisionModel
from optplan.plan import Plan
from optplan.rules.program import build_program
from optplan.search.solver.highs import highs_program
from optplan.search.solver.matrix import compile_program


def last_level_alone(plan: Plan, model: DecisionModel, values: Mapping[str, float], seconds: float, teller: Teller) -> None:
    """Holds all criteria but the last at ``values`` and minimises that one; its clock leaves out the building."""
    matrix = compile_program(build_program(plan, model))
    highs = HighsAlone(highs_program(matrix))
    *before, last = model.criteria
    for criterion in before:
        most = values[criterion.name] + float(criterion.slack)
        highs.hold(affine_of(matrix.criteria[criterion.name]), most + HELD * max(1.0, abs(most)))
    teller.start()
    teller.say(built=True, columns=matrix.columns, rows=len(matrix.rows) + len(before))
    objective = affine_of(matrix.criteria[last.name])
    answer = highs.minimise(
        objective,
        absolute=float(last.tolerance),
        relative=float(last.relative_tolerance),
        start=None,
        seconds=seconds,
        told=lambda value, bound, ago=0.0, /, point=None: teller.moved(len(before), value, bound),
    )
    proven = answer.verdict == "optimal"
    if answer.point is not None:
        value = objective.at(answer.point)
        bound = max(min(answer.bound, value), 0.0)
        teller.say(done=last.name, value=value, bound=bound, seconds=round(teller.seconds(), 3), proven=proven)
    teller.say(end="optimal" if proven else "stopped")
