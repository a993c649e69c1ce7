"""How good the plan is and how that is known: status, value, bound and gap of each criterion in words, and the seal."""

from __future__ import annotations

from datetime import date
from typing import Any

from optplan.brief.words import say
from optplan.figures.figures import Figures
from optplan.figures.proven import Proven, proven_of, standing
from optplan.language import bilingual, text
from optplan.language.lists import listed

SEAL_SHOWN = 16  # letters of the seal that the terminal and the page show too


def proof_part(figures: Figures) -> dict[str, Any]:
    """Status, criteria and seal."""
    document = figures.document
    model, made_with = document["model_content"], document["made_with"]
    status = [standing(document)[0]]
    if fault := made_with.get("fault"):
        status.append(text("cli", "search-died", None, fault=fault))
    rules = sum(document["seal"].get("rules", {}).values())
    seal = document["seal"]["sha256"]
    sealed = say("seal", seal=seal[:SEAL_SHOWN], rules=rules)
    levels = proven_of(document, figures.tables)
    title = bilingual(model["title"], model.get("title_en"))
    account = bilingual(model.get("account", ""), model.get("account_en"))
    today = date.today()
    return {
        "status": say("sentence-gap").join(status),
        "status_lines": [*status, *(say("sentence", words=level.sentence) for level in levels), sealed],
        "seal_short": say("seal-short", seal=seal[:SEAL_SHOWN]),
        "criteria": [_criterion(level, entry["value"]) for level, entry in zip(levels, document["criteria"], strict=True)],
        "proof_note": say("sentence-gap").join((text("proven", "note"), say("proof-note"))),
        "model_line": say("model-line", model=title, account=account),
        "scenario_line": say("scenario-line", scenario=listed(document["scenario"]) or say("no-scenario")),
        "seal": sealed,
        "seal_full": say("seal-full", seal=seal, plan=document["plan"]["sha256"]),
        "made_with": say("made-with", versions=listed(_versions(made_with))),
        "date": say("date", year=today.year, month=today.month, day=today.day),
    }


def _versions(made_with: dict[str, Any]) -> list[str]:
    return [f"{name} {made_with[name]}" for name in ("optplan", "highspy", "pyomo") if name in made_with]


def _criterion(level: Proven, reached: float) -> dict[str, str]:
    plan, bound, difference = level.figures
    value = level.measure.figure(reached)
    return {"name": level.name, "in_plan": plan, "value": value, "bound": bound, "gap": difference, "proven": level.state}
