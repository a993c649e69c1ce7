"""How good the plan is and how that is known: status, value, bound and gap of each criterion in words, and the seal."""

from __future__ import annotations

from datetime import date
from typing import Any

from optplan.brief.wording import listed, say
from optplan.decision_model import MONEY_CRITERIA
from optplan.figures.criteria import criterion_figure
from optplan.figures.figures import Figures
from optplan.language import current_language, find, text

SEAL_SHOWN = 16  # letters of the seal that the terminal and the page show too


def proof_part(figures: Figures) -> dict[str, Any]:
    """Status, criteria and seal."""
    document = figures.document
    model, made_with = document["model_content"], document["made_with"]
    english = current_language() == "en"
    status = [text("cli", f"status-{document['status']}")]
    if fault := made_with.get("fault"):
        status.append(text("cli", "search-died", None, fault=fault))
    rules = sum(document["seal"].get("rules", {}).values())
    seal = document["seal"]["sha256"]
    sealed = say("seal", seal=seal[:SEAL_SHOWN], rules=rules)
    criteria = [_criterion(entry, figures.currency) for entry in document["criteria"]]
    title = (model.get("title_en") if english else "") or model["title"]
    account = (model.get("account_en") if english else "") or model.get("account", "")
    today = date.today()
    return {
        "status": say("sentence-gap").join(status),
        "status_lines": [*status, *map(_in_words, document["criteria"], criteria), sealed],
        "seal_short": say("seal-short", seal=seal[:SEAL_SHOWN]),
        "criteria": criteria,
        "proof_note": say("proof-note"),
        "model_line": say("model-line", model=title, account=account),
        "scenario_line": say("scenario-line", scenario=listed(document["scenario"]) or say("no-scenario")),
        "seal": sealed,
        "seal_full": say("seal-full", seal=seal, plan=document["plan"]["sha256"]),
        "made_with": say("made-with", versions=listed(_versions(made_with))),
        "date": say("date", year=today.year, month=today.month, day=today.day),
    }


def _versions(made_with: dict[str, Any]) -> list[str]:
    return [f"{name} {made_with[name]}" for name in ("optplan", "highspy", "pyomo") if name in made_with]


def _criterion(entry: dict[str, Any], currency: str) -> dict[str, str]:
    name = entry["name"]
    return {
        "name": find("brief", f"criterion-{name}") or text("cli", f"criterion-{name}"),
        "in_plan": _figure(name, entry["in_plan"], currency),
        "value": _figure(name, entry["value"], currency),
        "bound": _figure(name, max(entry["bound"], 0.0), currency),
        "gap": _figure(name, entry["gap"], currency),
        "proven": say("proven" if entry["proven"] else "not-proven"),
    }


def _in_words(entry: dict[str, Any], line: dict[str, str]) -> str:
    if not entry["in_plan"]:
        return say("criterion-none", name=line["name"])
    return say("criterion-line", name=line["name"], in_plan=line["in_plan"], bound=line["bound"], gap=line["gap"])


def _figure(name: str, value: float, currency: str) -> str:
    shown = criterion_figure(name, value)
    return say("money", amount=shown, currency=currency) if name in MONEY_CRITERIA else shown
