"""Everybody who is measured: optplan, optplan with a part of its search left out, the rivals, and the floor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from benchmarks.lexicographic import solve_in_order
from benchmarks.objectives import straight_program
from benchmarks.program import Program
from benchmarks.rivals import RIVALS, load
from benchmarks.telling import Teller
from optplan.decision_model import DecisionModel
from optplan.plan import Plan
from optplan.schedule import Schedule
from optplan.search.parts import PARTS, Parts

if TYPE_CHECKING:
    from optplan.result import Result

OPTPLAN, FLOOR = "optplan", "floor"
NAMES = (OPTPLAN, *RIVALS, FLOOR)
WITHOUT = {f"{OPTPLAN}-without-{part}": part for part in PARTS}  # optplan with a part of its search left out, by name


def run_contender(
    name: str,
    plan: Plan,
    model: DecisionModel,
    reference: Schedule | None,
    seconds: float,
    values: Mapping[str, float],
    teller: Teller,
) -> None:
    """Solves ``plan``, telling how it goes. ``values``: what optplan found for each criterion, for the floor.

    What only some contenders need is loaded with them: the memory that counts is theirs.
    """
    teller.start()
    if name == OPTPLAN or name in WITHOUT:
        without = frozenset({WITHOUT[name]} if name in WITHOUT else ())
        _optplan(plan, model, reference, seconds, Parts(without), teller)
    elif name == FLOOR:
        from benchmarks.floor import last_level_alone

        last_level_alone(plan, model, values, seconds, teller)
    else:
        program = _program_for(name, plan, model, reference)
        rival = load(name, program)
        teller.say(built=True, columns=len(program.columns), rows=len(program.rows))
        solve_in_order(program, model, rival, seconds, teller)


def _program_for(name: str, plan: Plan, model: DecisionModel, reference: Schedule | None) -> Program:
    if RIVALS[name].own_matrix:
        from benchmarks.own_matrix import own_program

        return own_program(plan, model, reference)
    return straight_program(plan, model, reference)


def _optplan(plan: Plan, model: DecisionModel, reference: Schedule | None, seconds: float, parts: Parts, teller: Teller) -> None:
    import optplan

    result = optplan.solve(
        plan,
        model,
        reference=reference,
        time_limit=seconds,
        parts=parts,
        progress=lambda news: teller.moved(news.level, news.value, news.bound),
        plan_found=lambda found: _say_sealed(teller, found),
    )
    if not result.has_schedule:
        teller.say(end=result.status)
        return
    _say_sealed(teller, result)
    for level in result.document["criteria"]:
        teller.say(
            done=level["name"],
            value=float(level["value"]),
            bound=float(level["bound"]),
            seconds=float(level["seconds"]),
            proven=bool(level["proven"]),
        )
    teller.say(end=result.status, violation=0.0)


def _say_sealed(teller: Teller, result: Result) -> None:
    teller.say(sealed=True, plan=[float(level["in_plan"]) for level in result.document["criteria"]])
