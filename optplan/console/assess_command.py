"""``optplan assess``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from optplan.console import options
from optplan.console.command import FILE, command, say
from optplan.console.output import Output
from optplan.tables.findings import InputError, Place, error

SUFFIXES = (".xlsx", ".docx", ".pdf")


def make_assess() -> click.Command:
    """``optplan assess PLAN``."""

    @command("assess", "assessment")
    @click.argument("plan", type=FILE)
    @options.carried_out()
    @click.option("--rules", type=FILE, help=say("option-rules", "assessment"))
    @click.option("--lights", type=FILE, help=say("option-lights", "follow"))
    @click.option("--out", type=FILE, help=say("option-out", "assessment"))
    @options.letter()
    def run(output: Output, plan: Path, records: str | None, adopted: Path | None, **given: Any) -> None:
        from optplan.console.plans import read_plan
        from optplan.console.reference import read_adopted
        from optplan.following.adopted import schedule_of
        from optplan.following.facts import facts_of
        from optplan.following.follow import year_of
        from optplan.following.lights import read_lights
        from optplan.following.scores import assess, read_scores
        from optplan.following.standing import Standing
        from optplan.reporting.score_book import write_scores
        from optplan.reporting.score_report import scores_as_dict, scores_in_lines, write_score_report
        from optplan.store import ledger_of

        out = given["out"]
        if out:
            if out.suffix.lower() not in SUFFIXES:
                raise InputError([error("out-suffix", Place(str(out)), suffix=" / ".join(SUFFIXES))])
            output.writable(out)
        if records and records != "store" and not Path(records).is_file():
            raise InputError([error("closing-file-missing", Place(records))])
        lights, rules = read_lights(given["lights"]), read_scores(given["rules"])
        asked = read_plan(plan)
        ledger = ledger_of(plan, asked.title, records).read()
        approved = read_adopted(adopted, asked.tables) if adopted else None
        meant = schedule_of(approved)
        year = year_of(asked, ledger, given["year"])
        found = assess(asked, ledger, meant, year, lights, rules)
        if out and out.suffix.lower() == ".xlsx":
            write_scores(found, Standing(asked, facts_of(asked, ledger, year), meant, lights), out)
        elif out:
            day = given["day"].date() if given["day"] else None
            frame = (given["unit"], given["addressee"], given["number"], day)
            write_score_report(found, ledger, approved, out, frame, template=given["template"])
        output.document({**scores_as_dict(found), "written": str(out) if out else None})
        output.lines(scores_in_lines(found))
        if out:
            output.line("written", file=out)

    return run
