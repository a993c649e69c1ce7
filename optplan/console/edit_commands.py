"""What a planner's edited workbook is asked: does it keep the rules, and which schedule that does is nearest to it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from optplan.console import options
from optplan.console.command import FILE, command, say
from optplan.console.output import DONE, EXIT_CODES, RULE_BROKEN, STANDARD_FOLDER, Output

if TYPE_CHECKING:
    from optplan.plan import Plan


def verify_edit(output: Output, plan: Plan, edited: Path, reference: Path | None, model: str | None) -> None:
    """Judge an edited workbook: its broken rules by cell, what it costs, how far each criterion is from the proven best."""
    from optplan.console.reference import read_reference
    from optplan.decision_model import read_model
    from optplan.repairs import judge

    given = read_model(model) if model else None
    verdict = judge(plan, edited, read_reference(reference, plan.tables) if reference else None, given)
    output.document(verdict.as_dict())
    output.edit_verdict(verdict, plan.tables)
    output.exit_code = DONE if verdict.ok else RULE_BROKEN


def make_repair() -> click.Command:
    """``optplan repair``."""

    @command("repair")
    @click.argument("plan", type=FILE)
    @click.argument("edited", type=FILE)
    @click.option("--model", default="replan", show_default=True, help=say("option-model"))
    @options.time_limit()
    @click.option("--out", type=FILE, help=say("option-out-repair"))
    def repair_edit(output: Output, plan: Path, edited: Path, model: str, time_limit: float | None, out: Path | None) -> None:
        from optplan.console.plans import read_plan
        from optplan.console.progress import watching
        from optplan.decision_model import read_model
        from optplan.figures.changes import sentence
        from optplan.repairs import read_edit, repair

        decision, asked = read_model(model), read_plan(plan)
        edit = read_edit(edited, asked.tables)
        workbook = out or STANDARD_FOLDER / f"{edited.stem}-repaired.xlsx"
        output.writable(workbook, suffix=".xlsx")
        record = workbook.with_suffix(".json")
        output.writable(record)
        with watching(decision, asked.tables) as (progress, cancel):
            repaired = repair(asked, edit, decision, time_limit=time_limit, progress=progress, cancel=cancel)
        result = repaired.result
        if result.has_schedule:
            result.to_json(record)
            result.to_excel(workbook)
        words = [sentence(change, asked.tables) for change in repaired.changes]
        output.document(
            {
                "verdict": repaired.verdict.as_dict(),
                "changes": [{**change.as_dict(), "message": said} for change, said in zip(repaired.changes, words, strict=True)],
                "result": result.document,
            }
        )
        output.findings(edit.findings)
        output.line("repair-verdict", number=len(repaired.verdict.violations))
        output.result(result)
        if result.has_schedule:
            output.line("repair-changes", number=len(words))
            output.lines(words)
            output.line("written", file=workbook)
            output.line("written", file=record)
        output.exit_code = EXIT_CODES[result.status]

    return repair_edit
