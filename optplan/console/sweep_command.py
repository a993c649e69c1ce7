"""``optplan sweep``: one plan under many scenarios."""

from __future__ import annotations

import shlex
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from optplan.console import options
from optplan.console.command import FILE, command, say
from optplan.console.output import DONE, FAILED, LIMIT_WITH_PLAN, Output
from optplan.decision_model import SETTLED
from optplan.figures.criteria import measures_of
from optplan.language import current_language, text
from optplan.language.numbers import amount

if TYPE_CHECKING:
    from optplan.sweeps import Sweep

AREA = "sweep"


def make_sweep() -> click.Command:
    """``optplan sweep``."""

    @command("sweep", AREA)
    @click.argument("plan", type=FILE)
    @click.argument("sweep", type=FILE)
    @options.scenarios(AREA)
    @click.option("--model", help=say("option-model", AREA))
    @options.reference()
    @click.option("--jobs", type=click.IntRange(min=1), help=say("option-jobs", AREA))
    @click.option("--dask", help=say("option-dask", AREA))
    @click.option("--out", type=FILE, help=say("option-out", AREA))
    @click.option("--chart", type=FILE, help=say("option-chart", AREA))
    @options.gap()
    @options.time_limit(area=AREA)
    def sweep(
        output: Output,
        plan: Path,
        sweep: Path,
        scenarios: tuple[Path, ...],
        model: str | None,
        reference: Path | None,
        jobs: int | None,
        dask: str | None,
        out: Path | None,
        chart: Path | None,
        gap: float,
        time_limit: float | None,
    ) -> None:
        from optplan import sweeps
        from optplan.console.plans import read_plan
        from optplan.console.reference import read_reference
        from optplan.console.sweep_progress import watching_sweep
        from optplan.scenarios import read_scenario
        from optplan.store import open_store
        from optplan.sweeps.cluster import Cluster
        from optplan.sweeps.findings import SweepError, refused
        from optplan.sweeps.writing import KINDS, PICTURES, check_kind, write_chart

        if dask is not None and jobs is not None:
            raise SweepError([refused("jobs-and-dask", "--dask")])
        for file, kinds in ((out, KINDS), (chart, PICTURES)):
            if file is not None:
                check_kind(file, kinds)
                output.writable(file)
        design, asked = sweeps.read_sweep(sweep), read_plan(plan)
        output.findings(asked.findings)
        patches = [read_scenario(file) for file in scenarios]
        measured = None if reference is None else read_reference(reference, asked.tables)
        with ExitStack() as open_things:
            store = open_things.enter_context(open_store())
            executor = None if dask is None else open_things.enter_context(Cluster(dask))
            progress, cancel = open_things.enter_context(watching_sweep(design.size))
            swept = sweeps.sweep(
                asked, design, executor, store, progress,
                scenarios=patches, model=model, reference=measured, jobs=jobs, gap=gap, time_limit=time_limit, cancel=cancel,
            )  # fmt: skip
        written: list[Path] = []
        if swept.complete and out is not None:
            swept.save(out)
            written.append(out)
        if swept.complete and chart is not None and any(run.figures for run in swept.runs):
            write_chart(swept, chart)
            written.append(chart)
        _tell(output, swept, store.place, written, wanted=chart)
        output.exit_code = _exit_code(swept)

    return sweep


def _exit_code(swept: Sweep) -> int:
    statuses = {run.status for run in swept.runs}
    if swept.complete and "failed" in statuses:
        return FAILED
    return DONE if statuses <= SETTLED else LIMIT_WITH_PLAN


def _tell(output: Output, swept: Sweep, place: str, written: list[Path], wanted: Path | None) -> None:
    from optplan.sweeps.writing import document_of

    output.document({**document_of(swept), "store": place, "written": [str(file) for file in written]})
    output.tables([_shown(swept)])
    done = sum(run.status != "waiting" for run in swept.runs)
    if not swept.complete:
        output.lines([text(AREA, "stopped", None, done=done, total=len(swept.runs), place=place), _same_command()])
        return
    reused = sum(run.reused for run in swept.runs)
    output.lines([text(AREA, "done", None, total=done, reused=reused, place=place)])
    output.lines(text(AREA, "written", None, file=file) for file in written)
    if wanted is not None and wanted not in written:
        output.lines([text(AREA, "no-plan")])


def _same_command() -> str:
    return "  " + shlex.join(["optplan", *sys.argv[1:]])


def _shown(swept: Sweep) -> tuple[str, list[str], list[list[Any]]]:
    """The table as a terminal has room for it: the point, how it ended, the criteria, the cost, the run."""
    language = current_language()
    measures = [*map(measures_of(swept.tables), (criterion.name for criterion in swept.model.criteria))]
    headers = [text(AREA, "column-point"), text(AREA, "column-scenario"), text(AREA, "column-status")]
    headers += [measure.name for measure in measures]
    headers += [text(AREA, "column-total_cost"), text(AREA, "column-run")]
    rows = []
    for run in swept.runs:
        figures = [of.figure(run.figures[of.criterion]) if of.criterion in run.figures else "" for of in measures]
        cost = amount(run.figures["total_cost"]) if run.figures else ""
        status = f"{run.status_words()}\n{run.note()}" if run.failure else run.status_words()
        rows.append([run.point.number, run.point.called(language), status, *figures, cost, run.run[:10]])
    title = text(AREA, "table-title", None, title=swept.design.called(language), plan=swept.plan_title)
    return title, headers, rows
