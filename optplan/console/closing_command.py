"""``optplan close-year``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from optplan.console import options
from optplan.console.command import FILE, command, say
from optplan.console.output import EXIT_CODES, INVALID, STANDARD_FOLDER, Output
from optplan.files import write_atomically
from optplan.language import text
from optplan.tables.findings import InputError, Place, error

if TYPE_CHECKING:
    from optplan.records import Records

REPLAN = "replan"


def make_close_year() -> click.Command:
    """Close a year, write the new plan, and plan the rest of it anew."""

    @command("close-year")
    @click.argument("plan", type=FILE)
    @click.argument("adopted", type=FILE)
    @click.argument("out", type=FILE)
    @click.option("--actuals", type=FILE, help=say("option-actuals"))
    @click.option("--spending", type=FILE, help=say("option-spending"))
    @click.option("--records", "where", type=FILE, help=say("option-closing-records", "records"))
    @click.option("--no-solve", is_flag=True, help=say("option-no-solve"))
    @options.time_limit()
    @options.keep()
    def close(
        output: Output, plan: Path, adopted: Path, out: Path, actuals: Path | None, spending: Path | None, where: Path | None,
        no_solve: bool, time_limit: float | None, keep: bool,
    ) -> None:  # fmt: skip
        from optplan.closing import close_year
        from optplan.console.keep_option import Keeper
        from optplan.console.plans import read_plan
        from optplan.console.progress import watching
        from optplan.console.reference import read_reference
        from optplan.decision_model import read_model
        from optplan.figures.changes import changes, sentence
        from optplan.records import ledger_beside
        from optplan.solving.solve import solve
        from optplan.tables import write_folder
        from optplan.workbook import write_inputs

        (output.writable if _is_workbook(out) else output.writable_folder)(out)
        result_file = STANDARD_FOLDER / f"{out.stem}-{REPLAN}.json"
        keeper = Keeper(keep and not no_solve)
        asked = read_plan(plan)
        reference = read_reference(adopted, asked.tables)
        records = _records(plan, asked.title, where, actuals)
        closing = close_year(asked, reference, actuals=actuals, spending=spending, records=records)
        (write_inputs if _is_workbook(out) else write_folder)(closing.plan.tables, out)
        _take_along(ledger_beside(plan), ledger_beside(out))
        output.findings(closing.plan.findings)
        output.lines(note.message() for note in closing.notes)
        output.lines([text("closing", "closed", None, year=closing.year, file=str(out))])
        document = {
            "written": str(out),
            "closed": closing.year,
            "sha256": closing.plan.sha256,
            "notes": [{"kind": note.kind, **note.values, "message": note.message()} for note in closing.notes],
        }
        if no_solve or not closing.plan.open_years:
            output.document(document)
            return
        output.writable(result_file)
        model = read_model(REPLAN)
        with watching(model, closing.plan.tables) as (progress, cancel):
            result = solve(closing.plan, model, reference=reference, time_limit=time_limit, progress=progress, cancel=cancel)
        found = changes(closing.plan.tables, reference, result.to_schedule()) if result.has_schedule else []
        words = [sentence(change, closing.plan.tables) for change in found]
        if result.has_schedule:
            result.to_json(result_file)
        keeper.keep(result, plan=closing.plan, reference=reference, time_limit=time_limit, cancelled=cancel.is_set())
        output.document(
            document
            | keeper.as_dict()
            | {
                "changes": [{**change.as_dict(), "message": said} for change, said in zip(found, words, strict=True)],
                "result": result.document,
            }
        )
        output.result(result)
        if result.has_schedule:
            output.lines([text("closing", "changes-title" if words else "no-changes", None, number=len(words)), *words])
            output.line("solve-written", file=result_file)
        keeper.tell(output)
        output.exit_code = INVALID if keeper.findings else EXIT_CODES[result.status]

    return close


def _is_workbook(out: Path) -> bool:
    return out.suffix.lower() == ".xlsx"


def _records(plan: Path, title: str, where: Path | None, actuals: Path | None) -> Records | None:
    """The ledger by which the year is closed, if it is to be closed by records."""
    from optplan.store import ledger_of

    if actuals and where:
        raise InputError([error("closing-two-accounts", Place(str(actuals)))])
    return ledger_of(plan, title, where).read() if where else None


def _take_along(ledger: Path, to: Path) -> None:
    """The ledger beside a plan goes on beside the plan that goes on."""
    if ledger.is_file():
        write_atomically(to, ledger.read_bytes())
