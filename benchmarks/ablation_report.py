"""What each part of optplan's search is worth: what the same questions take with it left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from benchmarks.contenders import OPTPLAN, WITHOUT
from benchmarks.goodness import best_known, time_to_good
from benchmarks.measures import Time, proof, ratio, spread
from benchmarks.records import Run
from benchmarks.tables import table
from optplan.decision_model import read_model
from optplan.search.parts import PARTS

INTRODUCTION = """## What each part of the search is worth

The same questions with one part of the search left out. Times are those without the part over those with it: above 1 the part
pays, below 1 it costs more than it brings. *Good plans lost* and *proofs lost*: so many questions have a good plan, or a proof,
within the limit with the part and none without it; *gained*: the other way round.
"""
Question = tuple[object, ...]


def ablation_section(runs: Iterable[Run]) -> str:
    """A table, part by part; nothing where nobody has left anything out."""
    questions: dict[Question, dict[str, Run]] = defaultdict(dict)
    for run in runs:
        if run.counts and run.plans and (run.tool == OPTPLAN or run.tool in WITHOUT):
            questions[run.subject, run.seed, run.model, run.limit][run.tool] = run
    rows = [row for tool in WITHOUT if (row := _row(tool, questions.values()))]
    head = ["without", "questions", "time to good", "time to proof", "good plans lost", "gained", "proofs lost", "gained"]
    return INTRODUCTION + "\n" + table(head, rows) if rows else ""


def _row(tool: str, questions: Iterable[Mapping[str, Run]]) -> list[str] | None:
    good, proofs = list[tuple[Time, Time]](), list[tuple[Time, Time]]()
    for mine in questions:
        if tool in mine and OPTPLAN in mine:
            without, whole = mine[tool], mine[OPTPLAN]
            model = read_model(whole.model)
            best = best_known(mine.values(), model)
            good.append((time_to_good(without, best, model), time_to_good(whole, best, model)))
            proofs.append((proof(without), proof(whole)))
    if not proofs:
        return None
    return [
        f"`{WITHOUT[tool]}`: {PARTS[WITHOUT[tool]]}",
        str(len(proofs)),
        spread([ratio(without, whole) for without, whole in good]),
        spread([ratio(without, whole) for without, whole in proofs]),
        *(
            str(sum(lost.at_least and not kept.at_least for lost, kept in which))
            for times in (good, proofs)
            for which in (times, [(whole, without) for without, whole in times])
        ),
    ]
