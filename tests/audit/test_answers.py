"""What the exact check says of answers is what was worked out by hand, on the pages of docs/rules."""

import re
from fractions import Fraction

import pytest
from rules.algebra import number
from rules.pages import PAGES, schedule

from optplan.audit import audit
from optplan.schedule import YUAN

ANSWERS = [(page, answer) for page in PAGES for answer in page.answers]
NAMES = [f"{page.name}-{n}" for page in PAGES for n, _ in enumerate(page.answers, start=1)]


def checked(page, decisions):
    return audit(
        page.plan.tables,
        schedule(decisions),
        requests=page.model.requests,
        criteria=[criterion.name for criterion in page.model.criteria],
        reference=page.reference,
    )


def figures(found):
    """Everything that follows from an answer, by its symbol; money in the currency unit."""
    yuan = Fraction(YUAN)
    balances = {(row["fund"], *([row["county"]] * bool(row["county"])), row["year"]): row for row in found.balances}
    parts = {
        "capital": {key: yuan * capital for key, (capital, _) in found.costs.items()},
        "recurrent": {key: yuan * recurrent for key, (_, recurrent) in found.costs.items()},
        "staff": {key: staff for key, (_, staff, _) in found.teams.items()},
        "u": {key: int(meets) for key, (_, _, meets) in found.teams.items()},
        "opens": {(project,): opening for project, (_, opening) in found.projects.items()},
        "X": {(target,): delivered for target, (delivered, _, _) in found.targets.items()},
        "z": {(target,): short for target, (_, _, short) in found.targets.items()},
        "stock": {key: stock for key, (_, stock, _, _) in found.gaps.items()},
        "d": {key: gap for key, (_, _, gap, _) in found.gaps.items()},
        "r": {key: yuan * row["carried_out"] for key, row in balances.items()},
        "l": {key: yuan * row["lapsed"] for key, row in balances.items()},
        "owed": {(row["project"] or row["county"], row["year"]): yuan * row["amount"] for row in found.commitments},
    }
    named = {f"{letter}[{','.join(map(str, key))}]": value for letter, part in parts.items() for key, value in part.items()}
    return named | dict(found.criteria)


@pytest.mark.parametrize(("page", "answer"), ANSWERS, ids=NAMES)
def test_an_answer_is_accepted_and_every_figure_is_the_one_worked_out(page, answer):
    found = checked(page, answer.decisions)
    assert [(violation.rule, violation.values) for violation in found.violations] == []
    has = figures(found)
    follows = {re.sub(r"\s", "", symbol): number(written) for symbol, written in answer.follows.items()}
    assert follows or answer.broken, "an answer that says nothing"
    assert {symbol: has.get(symbol) for symbol in follows} == follows


@pytest.mark.parametrize(
    ("page", "answer", "changes", "rules"),
    [(page, answer, *broken) for page, answer in ANSWERS for broken in answer.broken],
    ids=lambda value: "+".join(sorted(value)) if isinstance(value, (set, dict)) else getattr(value, "name", ""),
)
def test_an_answer_that_breaks_rules_is_refused_for_just_these(page, answer, changes, rules):
    found = checked(page, answer.decisions | changes)
    assert {violation.rule for violation in found.violations} == rules
