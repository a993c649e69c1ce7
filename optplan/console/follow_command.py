"""``optplan follow``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from optplan.console import options
from optplan.console.command import FILE, command, say
from optplan.console.output import DONE, EXIT_CODES, LIMIT_WITH_PLAN, Output
from optplan.console.terminal import tell
from optplan.language import text
from optplan.tables.findings import InputError, Place, error

KINDS = ("midterm", "final", "check", "plan", "notice")
EVERY = "all"


def make_follow() -> click.Command:
    """``optplan follow PLAN``."""

    @command("follow", "follow")
    @click.argument("plan", type=FILE)
    @options.carried_out()
    @click.option("--model", help=say("option-model", "follow"))
    @click.option("--lights", type=FILE, help=say("option-lights", "follow"))
    @options.time_limit(120.0, "follow")
    @click.option("--no-questions", is_flag=True, help=say("option-no-questions", "follow"))
    @click.option("--schedules", type=FILE, help=say("option-schedules", "follow"))
    @click.option("--out", type=FILE, help=say("option-out", "follow"))
    @click.option("--report", type=click.Choice(KINDS), help=say("option-report", "follow"))
    @click.option("--county", help=say("option-county", "follow"))
    @options.letter()
    def run(output: Output, plan: Path, records: str | None, adopted: Path | None, **given: Any) -> None:
        from optplan.console.plans import read_plan
        from optplan.console.progress import watching
        from optplan.console.reference import read_adopted
        from optplan.decision_model import read_model
        from optplan.following import follow
        from optplan.following.document import as_dict
        from optplan.following.lights import read_lights
        from optplan.store import ledger_of

        out, folder = given["out"], given["schedules"]
        if out:
            from optplan.word.written import ready_for

            ready_for(out)
            output.writable(out)
        if folder:
            output.writable_folder(folder)
        if records and records != "store" and not Path(records).is_file():
            raise InputError([error("closing-file-missing", Place(records))])
        asked = read_plan(plan)
        ledger = ledger_of(plan, asked.title, records).read()
        meant = read_adopted(adopted, asked.tables) if adopted else None
        model = read_model(given["model"] or ("replan" if meant is not None else "attain"))
        with watching(model, asked.tables) as (progress, cancel):
            found = follow(
                asked, ledger,
                adopted=meant, year=given["year"], model=model, lights=read_lights(given["lights"]),
                seconds=given["time_limit"], ask=not given["no_questions"], progress=progress, told=_asking(), cancel=cancel,
            )  # fmt: skip
        written = _write_schedules(found, folder) if folder else {}
        if out:
            from optplan.reporting import Letter, write_report

            day = given["day"].date() if given["day"] else date.today()
            letter = Letter(given["unit"], given["addressee"], given["number"], day)
            for county, path in _files(found, out, given["county"]).items():
                write_report(found, path, given["report"], letter, county=county, template=given["template"])
        output.document({**as_dict(found), "schedules": written, "written": str(out) if out else None})
        output.lines(_told(found))
        if out:
            output.line("written", file=out)
        status = found.replan.status if found.replan is not None else "optimal"
        code = EXIT_CODES[status]
        output.exit_code = DONE if code == LIMIT_WITH_PLAN else code  # good enough is what was asked for

    return run


def _asking() -> Callable[[str, str], None]:
    """Tells on standard error what is being asked, once for each kind of question."""
    told: set[str] = set()

    def told_once(kind: str, key: str) -> None:
        if kind not in told:
            told.add(kind)
            tell(text("follow", f"asking-{kind}"))

    return told_once


def _files(found: Any, out: Path, county: str | None) -> dict[str | None, Path]:
    """Which file speaks of which county (``None``: the whole plan): one, or with ``all`` one of the whole and one a county."""
    if county != EVERY:
        return {county: out}
    counties = [row["county"] for row in found.standing.plan.tables["counties"]]
    return {None: out} | {each: out.with_stem(f"{out.stem}-{each}") for each in counties}


def _write_schedules(found: Any, folder: Path) -> dict[str, str]:
    """The sealed results behind the forecasts, each in a file of the folder; the files by seal."""
    folder.mkdir(parents=True, exist_ok=True)
    results = {"replan": found.replan} if found.replan is not None and found.replan.has_schedule else {}
    for (kind, key), forecast in found.forecasts.items():
        if forecast.result is not None:
            results[f"{kind}-{key}"] = forecast.result
    written = {}
    for name, result in results.items():
        path = folder / f"{name}.json"
        result.to_json(path)
        written[result.document["seal"]["sha256"]] = str(path)
    return written


def _told(found: Any) -> list[str]:
    """The standing in a few lines."""
    from optplan.following.words import headline, told_deadline, told_line

    lines = [headline(found)]
    lines += [told_line(line) for line in found.targets if line.light in {"yellow", "red"}]
    lines += [told_deadline(found, each) for each in found.deadlines if each.late or each.year <= found.year + 1]
    return lines
