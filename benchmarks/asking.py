"""Question after question about a plan that ships: what a session saves over solving each changed plan from the beginning.

A session is asked twice: for the proof, and for an answer that is good enough (``quick``), as one asks who tries things out.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import optplan
from benchmarks.contenders import OPTPLAN
from benchmarks.subjects import Shipped, plan_of
from benchmarks.versions import code_version, machine
from optplan.plan import Plan
from optplan.result import Result

Ask = Callable[[Plan], Result]
KINDS = ("budget", "price", "target", "pin")
COLD, SESSION, QUICK = "cold", "session", "quick"


@dataclass(frozen=True)
class Answered:
    """One answer: how it was got (``cold``, ``session`` or ``quick``), to which question (0: the plan itself), how long it took.

    ``limit``: seconds after which it was ended, if it was to be.
    """

    how: str
    question: int
    title: str
    seconds: float
    status: str
    values: dict[str, float]
    model: str
    seed: int
    code: str
    machine: str
    limit: float | None = None


def questions(plan: Plan, number: int, seed: int) -> list[tuple[str, Plan]]:
    """What-ifs about ``plan``, each on its own: a budget × 0.8, a price × 1.1, a target × 0.95, a pin; the same for a seed."""
    rng = random.Random(seed)
    return [_question(plan, rng, KINDS[turn % len(KINDS)], turn + 1) for turn in range(number)]


def _question(plan: Plan, rng: random.Random, kind: str, number: int) -> tuple[str, Plan]:
    if kind == "pin":
        return _pin(plan, rng, number)
    table, column, factor, least = {
        "budget": ("budgets", "amount", "0.8", 1),
        "price": ("costs", "unit_cost", "1.1", 1),
        "target": ("targets", "total", "0.95", 20),
    }[kind]
    rows = [dict(row.values) for row in plan.tables[table]]
    open_rows = [row for row in rows if row.get(column, 0) >= least and row.get("year", plan.last_year) in plan.open_years]
    row = rng.choice(open_rows)
    digits = Decimal(1) if table == "targets" else Decimal("0.0001")
    row[column] = (row[column] * Decimal(factor)).quantize(digits)
    what = " ".join(str(row[key]) for key in plan.tables[table][0].table.key if row.get(key) is not None)
    return f"{kind} {what} × {factor}", plan.with_changes({table: rows})


def _pin(plan: Plan, rng: random.Random, number: int) -> tuple[str, Plan]:
    asked = {row["group"] for row in plan.tables["limits"] if row["min"]}
    never = {(row["group"], row["county"]) for row in plan.tables["limits"] if row["max"] == 0}
    free = [item.item for item in plan.items.values() if item.kind == "goods" and item.item not in asked]
    item, county = rng.choice([(item, county) for item in free for county in plan.counties if (item, county) not in never])
    year = rng.choice(plan.open_years)
    pin = {"limit": f"asked_{number}", "group": item, "county": county, "year": year, "min": 0, "max": 0, "kind": "pin"}
    rows = [*(dict(row.values) for row in plan.tables["limits"]), pin]
    return f"pin {item} {county} {year} to 0", plan.with_changes({"limits": rows})


def cold(model: str, limit: float | None) -> Ask:
    """Every question is solved from the beginning."""
    return lambda plan: optplan.solve(plan, model, time_limit=limit)


def session(model: str, limit: float | None, *, quick: bool = False) -> Ask:
    """One session answers all questions."""
    opened = optplan.Session(model=model)
    return lambda plan: opened.ask(plan, quick=quick, time_limit=limit)


def answers(
    ask: Ask,
    how: str,
    asked: list[tuple[str, Plan]],
    *,
    model: str,
    seed: int,
    code: str,
    first: int = 0,
    limit: float | None = None,
) -> Iterator[Answered]:
    """Asks one question after another; they are numbered from ``first``."""
    for number, (title, plan) in enumerate(asked, start=first):
        began = time.monotonic()
        result = ask(plan)
        seconds = time.monotonic() - began
        values = {level["name"]: float(level["value"]) for level in result.document["criteria"]}
        yield Answered(how, number, title, round(seconds, 3), result.status, values, model, seed, code, machine(), limit)


class Answers:
    """The answers that are there, one a line of ``ask-<plan>.jsonl``."""

    def __init__(self, folder: Path, plan: str) -> None:
        self.path = folder / f"ask-{plan}.jsonl"

    def newest(self) -> dict[tuple[str, int, str, int], Answered]:
        """The last answer of each kind to each question, by (how, question, model, seed)."""
        if not self.path.exists():
            return {}
        lines: list[dict[str, Any]] = [json.loads(line) for line in self.path.read_text(encoding="utf-8").splitlines()]
        return {(one.how, one.question, one.model, one.seed): one for one in (Answered(**line) for line in lines)}

    def keep(self, answered: Answered) -> None:
        """Appends an answer."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(asdict(answered)) + "\n")


def run_questions(
    subject: Shipped,
    number: int,
    seed: int,
    model: str,
    kept: Answers,
    *,
    limit: float | None,
    again: bool,
    told: Callable[[str], None],
) -> None:
    """Asks about a plan that ships what has not been asked with this code yet; a session is always asked everything in turn."""
    plan = plan_of(subject, 0)
    asked = [("the plan itself", plan), *questions(plan, number, seed)]
    known, code = kept.newest(), code_version(OPTPLAN, model, subject)

    def missing(how: str, question: int) -> bool:
        before = known.get((how, question, model, seed))
        return again or before is None or before.code != code

    def keep(answered: Answered) -> None:
        kept.keep(answered)
        told(f"{answered.how} {answered.question} {answered.title}: {answered.status} in {answered.seconds:.1f} s")

    for how in (QUICK, SESSION):
        if any(missing(how, question) for question in range(len(asked))):
            ask = session(model, limit, quick=how == QUICK)
            for answered in answers(ask, how, asked, model=model, seed=seed, code=code, limit=limit):
                keep(answered)
    for question, one in enumerate(asked):
        if missing(COLD, question):
            ask = cold(model, limit)
            for answered in answers(ask, COLD, [one], model=model, seed=seed, code=code, first=question, limit=limit):
                keep(answered)
