"""``optplan follow``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from optplan.console.command import FILE, command
from optplan.console.output import DONE, EXIT_CODES, LIMIT_WITH_PLAN, Output
from optplan.console.terminal import tell
from optplan.language import text
from optplan.tables.findings import InputError, Place, error

KINDS = ("midterm", "final", "check", "plan", "notice")
EVERY = "all"


def _help(name: str) -> str:
    return text("follow", name)


def make_follow() -> click.Command:
    """``optplan follow PLAN``."""

    @command("follow", "follow")
    @click.argument("plan", type=FILE)
    @click.option("--records", help=_help("option-records"))
    @click.option("--adopted", type=FILE, help=_help("option-adopted"))
    @click.option("--year", type=int, help=_help("option-year"))
    @click.option("--model", help=_help("option-model"))
    @click.option("--lights", type=FILE, help=_help("option-lights"))
    @click.option("--time-limit", type=click.FloatRange(min=0, min_open=True), default=120.0, help=_help("option-time-limit"))
    @click.option("--no-questions", is_flag=True, help=_help("option-no-questions"))
    @click.option("--schedules", type=FILE, help=_help("option-schedules"))
    @click.option("--out", type=FILE, help=_help("option-out"))
    @click.option("--report", type=click.Choice(KINDS), help=_help("option-report"))
    @click.option("--county", help=_help("option-county"))
    @click.option("--unit", default="", help=_help("option-unit"))
    @click.option("--to", "addressee", default="", help=_help("option-to"))
    @click.option("--number", default="", help=_help("option-number"))
    @click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help=_help("option-date"))
    @click.option("--template", type=FILE, help=_help("option-template"))
    def run(output: Output, plan: Path, records: str | None, adopted: Path | None, **options: Any) -> None:
        from optplan.console.plans import read_plan
        from optplan.console.progress import watching
        from optplan.console.reference import read_adopted
        from optplan.decision_model import read_model
        from optplan.following import follow
        from optplan.following.document import as_dict
        from optplan.following.lights import read_lights
        from optplan.store import ledger_of

        out, folder = options["out"], options["schedules"]
        if out:
            from optplan.brief import ready_for

            ready_for(out)
            output.writable(out)
        if folder:
            output.writable_folder(folder)
        if records and records != "store" and not Path(records).is_file():
            raise InputError([error("closing-file-missing", Place(records))])
        asked = read_plan(plan)
        ledger = ledger_of(plan, asked.title, records).read()
        meant = read_adopted(adopted, asked.tables) if adopted else None
        model = read_model(options["model"] or ("replan" if meant is not None else "attain"))
        with watching(model, asked.tables) as (progress, cancel):
            found = follow(
                asked, ledger,
                adopted=meant, year=options["year"], model=model, lights=read_lights(options["lights"]),
                seconds=options["time_limit"], ask=not options["no_questions"], progress=progress, told=_asking(), cancel=cancel,
            )  # fmt: skip
        written = _write_schedules(found, folder) if folder else {}
        if out:
            from optplan.reporting import Letter, write_report

            day = options["day"].date() if options["day"] else date.today()
            letter = Letter(options["unit"], options["addressee"], options["number"], day)
            for county, path in _files(found, out, options["county"]).items():
                write_report(found, path, options["report"], letter, county=county, template=options["template"])
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
