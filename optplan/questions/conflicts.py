"""Why what is wished for cannot be: the rules that cannot hold together with it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any

from optplan.decision_model import DecisionModel
from optplan.explanation.explain import explain
from optplan.language import LANGUAGES, text
from optplan.plan import Plan
from optplan.rules.rows import Contradiction
from optplan.scenarios import Scenario
from optplan.scenarios.applying import apply_to_explain
from optplan.schedule import Schedule
from optplan.tables.declarations import TABLES
from optplan.tables.findings import InputError

TIME = 20.0  # seconds
TOLD = 3  # conflicts
SHOWN = 8  # rules of a conflict that are told one by one, what people decided before what is wished


def conflict_of(
    plan: Plan, scenario: Scenario, model: DecisionModel, reference: Schedule | None, cancel: threading.Event | None
) -> dict[str, Any] | None:
    """Which cells of the tables, the wishes of ``scenario`` among them, cannot hold together, and the sentences of each conflict.

    ``None`` where the tables with the wishes cannot even be read.
    """
    try:
        wished = apply_to_explain(plan, [scenario])
        found = explain(wished, model, reference=reference, repairs=False, worth=False, cancel=cancel, time_limit=TIME)
    except (InputError, Contradiction):
        return None
    conflicts = sorted(found.document["conflicts"], key=_order(plan))
    said = {
        language: [[line["messages"][language] for line in reversed(conflict["lines"])] for conflict in conflicts]
        for language in LANGUAGES
    }
    return {"status": found.status, "irreducible": found.irreducible, "conflicts": conflicts, "sentences": said}


def _order(plan: Plan) -> Callable[[Mapping[str, Any]], int]:
    """Where conflicts stand among each other: those of no county first, then by county, as the plan lists them."""
    counties = [row["county"] for row in plan.tables["counties"]]
    of = {
        (table, tuple(row[name] for name in TABLES[table].key)): row["county"]
        for table in ("teams", "projects")
        for row in plan.tables[table]
    }

    def place(conflict: Mapping[str, Any]) -> int:
        named = set[str]()
        for cell in conflict["cells"]:
            key = dict(zip(TABLES[cell["table"]].key, cell["key"], strict=False)) if cell["table"] in TABLES else {}
            named.add(str(key.get("county") or of.get((cell["table"], tuple(cell["key"])), "")))
        return min((number for number, county in enumerate(counties) if county in named), default=-1)

    return place


def reasons(document: Mapping[str, Any], language: str) -> list[str]:
    """Why it cannot be: the rules that exclude it, or else what the checks found."""
    found = document.get("conflict") or {"conflicts": [], "sentences": {}}
    every = list(zip(found["conflicts"], found["sentences"].get(language, []), strict=False))
    # one that was not made small names much that excludes nothing
    small = [lines for conflict, lines in every if conflict["irreducible"]] or [lines for _, lines in every]
    conflicts = small[:TOLD]
    if not conflicts:
        return [str(each[language]) for each in document["findings"]]
    told = []
    for number, lines in enumerate(conflicts, 1):
        told.append(text("questions", "conflict", language, number=number, of=len(every)))
        told += [f"  {line}" for line in lines[:SHOWN]]
        if len(lines) > SHOWN:
            told.append("  " + text("questions", "conflict-more", language, number=len(lines) - SHOWN))
    if len(every) > len(conflicts):
        told.append(text("questions", "conflicts-more", language, number=len(every) - len(conflicts)))
    return told
