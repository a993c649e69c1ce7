"""Why what is wished for cannot be: the rules that cannot hold together with it."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

from optplan.decision_model import DecisionModel
from optplan.explanation.explain import explain
from optplan.language import LANGUAGES, text
from optplan.plan import Plan
from optplan.rules.rows import Contradiction
from optplan.scenarios import Scenario
from optplan.scenarios.applying import apply_to_explain
from optplan.schedule import Schedule
from optplan.tables.findings import InputError

TIME = 20.0  # seconds


def conflict_of(
    plan: Plan, scenario: Scenario, model: DecisionModel, reference: Schedule | None, cancel: threading.Event | None
) -> dict[str, Any] | None:
    """Which cells of the tables, the wishes of ``scenario`` among them, cannot hold together, and the sentences of it.

    ``None`` where the tables with the wishes cannot even be read.
    """
    try:
        wished = apply_to_explain(plan, [scenario])
        found = explain(wished, model, reference=reference, repairs=False, worth=False, cancel=cancel, time_limit=TIME)
    except (InputError, Contradiction):
        return None
    conflicts = found.document["conflicts"]
    said = {
        language: list(dict.fromkeys(line["messages"][language] for conflict in conflicts for line in conflict["lines"]))
        for language in LANGUAGES
    }
    return {"status": found.status, "irreducible": found.irreducible, "conflicts": conflicts, "sentences": said}


def reasons(document: Mapping[str, Any], language: str) -> list[str]:
    """Why it cannot be: the rules that exclude it, or else what the checks found."""
    lines = (document.get("conflict") or {"sentences": {}})["sentences"].get(language, [])
    if lines:
        return [text("questions", "conflict", language), *(f"  {line}" for line in lines)]
    return [str(each[language]) for each in document["findings"]]
