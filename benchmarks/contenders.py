"""Everybody who is measured: optplan, the rivals, and the floor."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.lexicographic import solve_in_order
from benchmarks.objectives import straight_program
from benchmarks.rivals import RIVALS, load
from benchmarks.telling import Teller
from optplan.decision_model import DecisionModel
from optplan.plan import Plan

OPTPLAN, FLOOR = "optplan", "floor"
NAMES = (OPTPLAN, *RIVALS, FLOOR)


def run_contender(
    name: str, plan: Plan, model: DecisionModel, seconds: float, values: Mapping[str, float], teller: Teller
) -> None:
    """Solves ``plan``, telling how it goes. ``values``: what optplan found for each criterion, for the floor."""
    teller.start()
    if name == OPTPLAN:
        _optplan(plan, model, seconds, teller)
    elif name == FLOOR:
        from benchmarks.floor import last_level_alone

        last_level_alone(plan, model, values, seconds, teller)
    else:
        program = straight_program(plan, model)
        rival = load(name, program)
        teller.say(built=True, columns=len(program.columns), rows=len(program.rows))
        solve_in_order(program, model, rival, seconds, teller)


def _optplan(plan: Plan, model: DecisionModel, seconds: float, teller: Teller) -> None:
    import optplan

    result = optplan.solve(
        plan,
        model,
        time_limit=seconds,
        progress=lambda news: teller.moved(news.level, news.value, news.bound),
        plan_found=lambda found: teller.say(sealed=True),
    )
    teller.say(sealed=result.has_schedule)
    if not result.has_schedule:
        teller.say(end=result.status)
        return
    for level in result.document["criteria"]:
        teller.say(
            done=level["name"],
            value=float(level["value"]),
            bound=float(level["bound"]),
            seconds=float(level["seconds"]),
            proven=bool(level["proven"]),
        )
    teller.say(end=result.status, violation=0.0)
