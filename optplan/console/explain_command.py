"""``optplan explain``: why no plan exists, and what would do."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from optplan.console import options
from optplan.console.command import FILE, command, say
from optplan.console.output import DONE, INVALID, LIMIT_WITHOUT_PLAN, NO_PLAN, Output
from optplan.console.terminal import tell
from optplan.language import current_language, text
from optplan.tables.findings import InputError, Place, error

if TYPE_CHECKING:
    from optplan.decision_model import DecisionModel
    from optplan.explanation import Explanation
    from optplan.explanation.explain import Progress
    from optplan.plan import Plan
    from optplan.result import Result
    from optplan.schedule import Schedule
    from optplan.store import AnswerRecord

AREA = "explanation"
EXIT_CODES = {"infeasible": NO_PLAN, "feasible": DONE, "unknown": LIMIT_WITHOUT_PLAN}
BESIDE_A_SOLVE = 6.0  # seconds


def make_explain() -> click.Command:
    """``optplan explain``."""

    @command("explain", AREA)
    @click.argument("plan", type=FILE)
    @click.option("--model", default="attain", show_default=True, help=say("option-model"))
    @options.scenarios()
    @options.reference()
    @click.option("--missing", help=say("command-option-missing", AREA))
    @click.option("--result", type=FILE, help=say("command-option-result", AREA))
    @options.time_limit(area=AREA)
    @click.option("--apply", "number", type=click.IntRange(min=1), help=say("option-apply", AREA))
    @click.option("--out", type=FILE, help=say("option-out", AREA))
    @options.keep()
    def explain(
        output: Output,
        plan: Path,
        model: str,
        scenarios: tuple[Path, ...],
        reference: Path | None,
        missing: str | None,
        result: Path | None,
        time_limit: float | None,
        number: int | None,
        out: Path | None,
        keep: bool,
    ) -> None:
        from optplan.console.plans import speak_of
        from optplan.console.progress import interruptible
        from optplan.console.reference import read_reference
        from optplan.decision_model import read_model
        from optplan.explanation import explain, explain_missing
        from optplan.explanation.explain import TIME
        from optplan.explanation.shortfall import TIME as MISSING_TIME
        from optplan.plan import read_plan_to_explain
        from optplan.scenarios import apply_scenarios, names_of, read_scenario
        from optplan.store.named_results import sealed_result_called

        if number is not None and out is None:
            raise InputError([error("apply-needs-out", Place("--apply"))])
        output.writable(out, suffix=".toml" if number is not None else ".xlsx")
        decision = read_model(model)
        asked = read_plan_to_explain(plan)
        speak_of(asked.tables)
        patches = [read_scenario(file) for file in scenarios]
        if patches:
            asked = apply_scenarios(asked, patches)
        adopted = read_reference(reference, asked.tables) if reference else None
        wrong = [finding for finding in asked.findings if finding.severity == "error"]
        output.findings(wrong)
        answered: Result | None = None
        with interruptible() as cancel:
            if missing is not None:
                if result is None:
                    raise InputError([error("missing-needs-result", Place("--result"))])
                answered = sealed_result_called(result)
                explanation = explain_missing(
                    asked, answered, missing, time_limit=time_limit or MISSING_TIME, progress=_tell, cancel=cancel
                )
            else:
                explanation = explain(
                    asked, decision,
                    scenario=names_of(patches), reference=adopted,
                    time_limit=time_limit or TIME, worth=number is None, progress=_tell, cancel=cancel,
                )  # fmt: skip
        kept = _kept(explanation, asked, answered, adopted) if keep else None
        also = {} if kept is None else {"kept": kept.id}
        output.document({**explanation.document, **also, "findings": [finding.as_dict() for finding in wrong]})
        output.lines(explanation.sentences())
        if out is not None:
            _write(explanation, number, out)
            output.line("written", file=out)
        if kept is not None:
            output.lines([text("questions", "kept", None, answer=kept.short)])
        if missing is not None:
            output.exit_code = LIMIT_WITHOUT_PLAN if explanation.status == "unknown" else DONE
        else:
            output.exit_code = INVALID if wrong and explanation.status == "feasible" else EXIT_CODES[explanation.status]

    return explain


def _kept(explanation: Explanation, plan: Plan, result: Result | None, reference: Schedule | None) -> AnswerRecord:
    """The explanation in the store, beside the run that it is about."""
    from optplan.questions import keep_answer
    from optplan.store.store import open_store

    with open_store() as store:
        return keep_answer(store, explanation, plan, result, reference)


def _write(explanation: Explanation, number: int | None, out: Path) -> None:
    if number is None:
        explanation.to_excel(out)
        return
    if number > len(explanation.repairs):
        raise InputError([error("no-such-repair", Place("--apply"), number=number, most=len(explanation.repairs))])
    explanation.write_scenario(number, out)


def _tell(news: Progress) -> None:
    """What is looked for now; before that what is known, as soon as it is, which people need not wait for."""
    if news.so_far is not None:
        from optplan.explanation.missing_sentences import told_held, told_least
        from optplan.explanation.sentences import told_conflicts

        document, of_missing = news.so_far.document, "missing_at_least" in news.so_far.document
        lines = list[str]()
        if news.stage == "repairs":
            lines = told_held(document, current_language()) if of_missing else told_conflicts(document)
        elif news.stage == "conflict" and of_missing:
            lines = told_least(document, current_language())
        for line in lines:
            tell(line)
    tell(text(AREA, f"progress-{news.stage}", None, found=news.found))


def conflict_in_short(
    output: Output, result: Result, plan: Plan, model: DecisionModel, reference: Schedule | None, asked: Sequence[str | Path]
) -> dict[str, object]:
    """Beside a search that found that no plan exists: why, in a sentence, and which command says more. For the document too.

    ``asked``: the arguments with which that command asks about the same plan.
    """
    if result.status != "infeasible":
        return {}
    from optplan.explanation import explain
    from optplan.explanation.sentences import in_short

    explanation = explain(plan, model, reference=reference, time_limit=BESIDE_A_SOLVE, repairs=False)
    output.lines([in_short(explanation.document), text(AREA, "say-more", None, plan=shlex.join(map(str, asked)))])
    return {name: explanation.document[name] for name in ("conflict", "irreducible")}
