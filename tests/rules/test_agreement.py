"""The program and the exact check say the same of every answer of the worked examples: possible, or not.

The rows that the program has are asked, with the answer's decisions put in and all else (u, z, d, r …) left free.
"""

import re
from fractions import Fraction

import highspy
import pytest
from rules.algebra import number
from rules.pages import PAGES
from rules.program_rows import ProgramRows

from optplan.rules.program import build_program

TOLERANCE = 1e-6


def possible(page, decisions):
    """Whether the program has a solution with these decisions, and with 0 for all others of their kinds in open years."""
    plan = page.plan
    program = ProgramRows(build_program(plan, page.model, page.reference), plan)
    rows = [row for name in (*program.components(), "delivered") for row in program.of(name)]
    told = asked(page, decisions)
    squads = {team: "+".join(squad.teams) for squad in program.m.squads.values() for team in squad.teams}
    given = dict.fromkeys(
        {symbol for terms, _, _ in rows for symbol, _ in terms if symbol[:2] in ("x[", "h[", "s[", "e[", "q[")}, Fraction(0)
    )
    facts = closed(plan)
    if any(told.get(symbol, 0) != value for symbol, value in facts.items()):
        return False
    for symbol, value in told.items():
        letter, *index = re.split(r"[\[\],]", symbol.rstrip("]"))
        if symbol in facts:
            continue  # the program has no such decision
        name = f"h[{squads[index[0]]},{index[1]}]" if letter == "h" else symbol
        if name not in given:
            return False  # a decision that the program does not have
        given[name] += value
    return _solvable(rows, given)


def asked(page, decisions):
    """The decisions as the program has them: what a fund without a purpose pays, or is requested, is one sum for all purposes."""
    told = {}
    for symbol, written in decisions.items():
        name = re.sub(r"\s", "", symbol)
        letter, *index = re.split(r"[\[\],]", name.rstrip("]"))
        fund, cell = (index[0], index[:4]) if letter == "e" else ("", index[:3])
        if letter in {"e", "q"} and not (fund in page.plan.funds and page.plan.told_apart(fund)):
            name = f"{letter}[{','.join(cell)}]"
        told[name] = told.get(name, 0) + number(written)
    return {name: value for name, value in told.items() if value}


def closed(plan):
    """What closed years have settled, by its symbol."""
    facts = {}
    for y in plan.closed_years:
        hired = {(team.item, team.county): 0 for team in plan.teams.values()}
        for k, team in plan.teams.items():
            facts[f"h[{k},{y}]"] = plan.hired(k, y)
            hired[team.item, team.county] += plan.hired(k, y)
        for (i, c), people in hired.items():
            facts[f"x[{i},{c},{y}]"] = people
        for i, item in plan.items.items():
            if item.kind == "goods":
                facts |= {f"x[{i},{c},{y}]": Fraction(plan.delivered(i, c, y)) for c in plan.counties}
        facts |= {f"s[{p},{y}]": int(project.started == y) for p, project in plan.projects.items()}
    return facts


def _solvable(rows, given):
    free = sorted({symbol for terms, _, _ in rows for symbol, _ in terms} - set(given))
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)  # as the search has it in the same process
    for _ in free:
        solver.addVar(-highspy.kHighsInf, highspy.kHighsInf)
    for terms, sense, constant in rows:
        known = float(constant) + sum(float(value) * float(given[symbol]) for symbol, value in terms if symbol in given)
        rest = [(free.index(symbol), float(value)) for symbol, value in terms if symbol not in given]
        if not rest:
            holds = {"whole": abs(known - round(known)), "=": abs(known), ">=": max(0.0, -known)}[sense] <= TOLERANCE
            if not holds:
                return False
        elif sense == "whole":
            for column, _ in rest:
                solver.changeColIntegrality(column, highspy.HighsVarType.kInteger)
        else:
            upper = -known if sense == "=" else highspy.kHighsInf
            solver.addRow(-known, upper, len(rest), [column for column, _ in rest], [value for _, value in rest])
    solver.run()
    return solver.getModelStatus() in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty)


CASES = [(page, answer.decisions, True) for page in PAGES for answer in page.answers] + [
    (page, answer.decisions | changes, False)
    for page in PAGES
    for answer in page.answers
    for changes, _ in answer.broken
    if asked(page, answer.decisions | changes) != asked(page, answer.decisions)  # else the program does not tell them apart
]


@pytest.mark.parametrize(("page", "decisions", "accepted"), CASES, ids=lambda value: value.name if hasattr(value, "name") else "")
def test_the_program_allows_what_the_check_accepts_and_nothing_that_it_refuses(page, decisions, accepted):
    assert possible(page, decisions) == accepted
