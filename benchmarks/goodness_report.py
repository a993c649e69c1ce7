"""Time to a plan that is good in every criterion at once, time to proof, and what plans were worth on the way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from benchmarks.contenders import NAMES, OPTPLAN
from benchmarks.goodness import MOMENTS, best_known, plan_after, time_to_good
from benchmarks.measures import figure, middle, proof, ratio, spread
from benchmarks.plans import Size
from benchmarks.records import Run
from benchmarks.rivals import RIVALS
from benchmarks.sets import TO_BEAT
from benchmarks.subjects import Shipped, Subject
from benchmarks.tables import table
from optplan.decision_model import DecisionModel, read_model

Question = tuple[Subject, int, str]  # what, seed, decision model
LARGE = 20  # counties
INTRODUCTION = """## Good plans and proofs

*Good*: in every criterion at once within the decision model's `good` of the best value that anybody found, those before it kept
to their tolerances (`benchmarks/goodness.py`). optplan's plans count once the exact check has sealed them, its rivals' as they
found them. Times are medians and, in brackets, the worst; a run that never came so far counts with its limit, marked ≥.
"""


def goodness_section(runs: Iterable[Run]) -> str:
    """A table over all questions, family by family; nothing where no plans were recorded."""
    questions: dict[Question, dict[str, Run]] = defaultdict(dict)
    for run in sorted(runs, key=lambda run: run.limit):
        if run.counts and run.plans:
            questions[run.subject, run.seed, run.model][run.tool] = run
    families: dict[str, list[tuple[str, Mapping[str, Run]]]] = defaultdict(list)
    for (subject, _, model), mine in questions.items():
        families[_family(subject, model)].append((model, mine))
    rows = [row for family in sorted(families) for row in _family_rows(family, families[family])]
    head = ["", "", "questions", "proven", "good plan, s", "proof, s", "optplan's time to proof over it"]
    return INTRODUCTION + "\n" + table(head, rows) if rows else ""


def _family(subject: Subject, model: str) -> str:
    if model != "attain":
        return "other decision models"
    if isinstance(subject, Shipped):
        return "Shuozhou and its scenarios"
    if isinstance(subject, Size):
        return "like Shuozhou, 20 counties and more" if subject.counties >= LARGE else "like Shuozhou"
    return "unlike Shuozhou"


def _family_rows(family: str, questions: Sequence[tuple[str, Mapping[str, Run]]]) -> list[list[str]]:
    rows = []
    for tool in NAMES:
        mine = [(read_model(model), runs) for model, runs in questions if tool in runs]
        if not mine:
            continue
        ratios = [ratio(proof(runs[OPTPLAN]), proof(runs[tool])) for _, runs in mine if tool != OPTPLAN and OPTPLAN in runs]
        rows.append(
            [
                family,
                RIVALS[tool].title if tool in RIVALS else tool,
                str(len(mine)),
                str(sum(runs[tool].proven for _, runs in mine)),
                middle([time_to_good(runs[tool], best_known(runs.values(), model), model) for model, runs in mine]),
                middle([proof(runs[tool]) for _, runs in mine]),
                spread(ratios) if ratios else "",
            ]
        )
    return rows


def on_the_way(by_seed: Mapping[int, Mapping[str, Run]], model: DecisionModel) -> str | None:
    """Seed by seed, what optplan's plan and that of the rival to beat were worth after so many seconds."""
    rows = []
    for seed, mine in sorted(by_seed.items()):
        best = best_known(mine.values(), model)
        for tool in (OPTPLAN, TO_BEAT):
            if tool in mine and mine[tool].plans:
                run = mine[tool]
                told = [_worth(plan_after(run, moment)) if moment <= run.limit else "" for moment in MOMENTS]
                name = RIVALS[tool].title if tool in RIVALS else tool
                rows.append([str(seed), name, str(time_to_good(run, best, model)), *told])
    if not rows:
        return None
    names = ", ".join(f"`{criterion.name}`" for criterion in model.criteria)
    head = ["seed", "", "good plan, s", *(f"after {moment:g} s" for moment in MOMENTS)]
    return f"What the plan in hand was worth ({names}):\n\n" + table(head, rows)


def _worth(plan: Sequence[float] | None) -> str:
    return "–" if plan is None else ", ".join(_exact(value) for value in plan)


def _exact(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else figure(value) if value >= 1 else f"{value:.4f}".rstrip("0").rstrip(".") or "0"
