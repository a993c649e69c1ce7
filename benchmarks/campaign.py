"""Runs contenders on plans: seed by seed, one after another, each seed in another order, and only what is not there yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

from benchmarks.contenders import FLOOR, OPTPLAN
from benchmarks.measuring import measured
from benchmarks.records import FAILED, Records, Run, run_from
from benchmarks.rivals import RIVALS, installed
from benchmarks.sets import Series
from benchmarks.versions import code_version, machine, solver_version


def run_series(series: Series, records: Records, *, again: bool, told: Callable[[str], None]) -> None:
    """Runs what has not been run with the same code and options, or everything if ``again``."""
    known = records.newest()
    tools = [tool for tool in series.tools if tool not in RIVALS or installed(tool)]
    for absent in set(series.tools) - set(tools):
        told(f"{absent}: {RIVALS[absent].package} is not installed")
    for turn, seed in enumerate(series.seeds):
        contenders = [tool for tool in tools if tool != FLOOR]
        shift = turn % max(1, len(contenders))
        order = [*contenders[shift:], *contenders[:shift], *([FLOOR] if FLOOR in tools else [])]
        for tool in order:
            before = known.get((tool, seed, series.subject, series.model, series.limit))
            same = (
                before is not None and before.status != FAILED and before.code == code_version(tool, series.model, series.subject)
            )
            if same and not again:
                continue
            values = _values_of_optplan(known, series, seed) if tool == FLOOR else {}
            if values is None:
                continue
            run = _run(series, seed, tool, values)
            records.keep(run)
            known[run.question] = run
            told(summary_of(run))


def _values_of_optplan(known: dict[tuple[object, ...], Run], series: Series, seed: int) -> dict[str, float] | None:
    """What optplan reached for each criterion of a plan that it proved; ``None`` if it did not."""
    run = known.get((OPTPLAN, seed, series.subject, series.model, series.limit))
    return {level["done"]: level["value"] for level in run.levels} if run is not None and run.proven else None


def _run(series: Series, seed: int, tool: str, values: dict[str, float]) -> Run:
    job = {
        "tool": tool, "seed": seed, "subject": asdict(series.subject), "model": series.model, "limit": series.limit,
        "values": values,
    }  # fmt: skip
    return run_from(
        job, measured(job), code=code_version(tool, series.model, series.subject), solver=solver_version(tool), machine=machine()
    )


def summary_of(run: Run) -> str:
    """A run in a line."""
    first = "–" if run.first is None else f"{run.first:.1f} s"
    values = ", ".join(f"{level['done']} {level['value']:.5g}" for level in run.levels)
    memory = f"{run.memory_mb} MB" if run.memory_mb else ""
    what = f"{run.subject.name} seed {run.seed} {run.tool}"
    return f"{what}: {run.status} in {run.seconds:.1f} s, first plan {first}, {memory}  {values} {run.fault}".rstrip()
