"""``python -m benchmarks run``, ``ask``, ``screen`` and ``report``."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import click

from benchmarks.asking import Answers, run_questions
from benchmarks.campaign import run_series
from benchmarks.contenders import NAMES, WITHOUT
from benchmarks.plans import Size
from benchmarks.records import RESULTS, Records
from benchmarks.report import write_report
from benchmarks.screen import Sightings, look
from benchmarks.sets import SETS, Series, longest
from benchmarks.subjects import Shipped
from benchmarks.unlike import KINDS, Unlike

REPORT = Path(__file__).resolve().parents[1] / "docs" / "performance.md"
results = click.option("--results", type=click.Path(path_type=Path), default=RESULTS, help="where results are kept")


@click.group()
def main() -> None:
    """How fast optplan is, beside other solvers and by itself."""


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


@main.command()
@click.option("--set", "named", type=click.Choice(list(SETS)), help="a set of benchmarks/sets.py")
@click.option("--counties", help="e.g. 7 or 7,20,119")
@click.option("--years", help="e.g. 5 or 3,5,10")
@click.option("--closed", help="closed years, e.g. 0,2")
@click.option("--money", help="share of all costs that the funds cover, e.g. 0.7,1")
@click.option("--unlike", help="kinds of benchmarks/unlike.py, separated by commas, or all")
@click.option("--shipped", help="a folder of inputs/ instead of seeded plans, e.g. shuozhou")
@click.option("--scenarios", help="of that folder, separated by commas: each instead of the plan as it is")
@click.option("--seeds", default=10, show_default=True, help="how many plans of each size")
@click.option("--limit", default=120.0, show_default=True, help="seconds for each run")
@click.option("--tools", default=",".join(NAMES), show_default=True, help="who, separated by commas")
@click.option("--model", default="attain", show_default=True, help="a decision model that ships")
@click.option("--again", is_flag=True, help="repeat what has been run with the same code and options")
@results
def run(
    named: str | None, counties: str | None, years: str | None, closed: str | None, money: str | None, unlike: str | None,
    shipped: str | None,
    scenarios: str | None, seeds: int, limit: float, tools: str, model: str, again: bool, results: Path,
) -> None:  # fmt: skip
    """Run contenders on plans: a set, or what the options name."""
    wanted = tuple(tools.split(","))
    known = (*NAMES, *WITHOUT)
    if unknown := set(wanted) - set(known):
        raise click.BadParameter(f"{', '.join(sorted(unknown))}; known: {', '.join(known)}", param_hint="--tools")
    series = SETS[named]() if named else []
    if shipped:
        befallen = (scenarios or "").split(",")
        series += [Series(Shipped(shipped, scenario), [0], wanted, limit, model) for scenario in befallen]
    if unlike:
        kinds = list(KINDS) if unlike == "all" else unlike.split(",")
        if other := set(kinds) - set(KINDS):
            raise click.BadParameter(f"{', '.join(sorted(other))}; known: {', '.join(KINDS)}", param_hint="--unlike")
        series += [Series(Unlike(kind), range(1, seeds + 1), wanted, limit, model) for kind in kinds]
    if counties or years or closed or money:
        sizes = product(
            _numbers(counties or "7"), _numbers(years or "5"), _numbers(closed or "0"), map(float, (money or "0.9").split(","))
        )
        series += [Series(Size(*size), range(1, seeds + 1), wanted, limit, model) for size in sizes]
    if not series:
        raise click.UsageError("name a set, or plans")
    click.echo(f"at most {longest(series) / 60:.0f} minutes")
    records = Records(results)
    for one in series:
        run_series(one, records, again=again, told=click.echo)


@main.command()
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=REPORT, help="where to")
@results
def report(out: Path, results: Path) -> None:
    """Write docs/performance.md from the results."""
    write_report(Records(results), out, results=results)
    click.echo(str(out))


@main.command()
@click.option("--plan", default="shuozhou", show_default=True, help="a folder of inputs/")
@click.option("--scenario", default="", help="of that folder, to ask from instead of the plan as it is")
@click.option("--limit", type=float, help="seconds for each answer; none if not given")
@click.option("--questions", "number", default=20, show_default=True, help="how many what-ifs")
@click.option("--seed", default=1, show_default=True, help="which what-ifs")
@click.option("--model", default="attain", show_default=True, help="a decision model that ships")
@click.option("--again", is_flag=True, help="repeat what has been asked with the same code")
@results
def ask(
    plan: str, scenario: str, limit: float | None, number: int, seed: int, model: str, again: bool, results: Path
) -> None:  # fmt: skip
    """Ask what-ifs about a plan that ships, each from the beginning and all in one session."""
    subject = Shipped(plan, scenario)
    run_questions(subject, number, seed, model, Answers(results, subject.name), limit=limit, again=again, told=click.echo)


@main.command()
@click.option("--times", default=5, show_default=True, help="how many solves")
@results
def screen(times: int, results: Path) -> None:
    """Time Shuozhou on the page, from the click to what a browser shows."""
    look(times, Sightings(results), click.echo)


if __name__ == "__main__":
    main()
