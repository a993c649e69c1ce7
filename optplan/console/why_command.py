"""``optplan why``: why the answers to two plans differ."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from optplan.console import options
from optplan.console.command import FILE, command, say
from optplan.console.output import DONE, LIMIT_WITH_PLAN, LIMIT_WITHOUT_PLAN, NO_PLAN, Output
from optplan.console.terminal import tell
from optplan.figures.proven import outcome
from optplan.language import text
from optplan.language.numbers import seconds

if TYPE_CHECKING:
    from collections.abc import Callable

    from optplan.attribution import Solved

AREA = "attribution"


def make_why() -> click.Command:
    """``optplan why``."""

    @command("why", AREA)
    @click.argument("plan", type=FILE)
    @options.scenarios()
    @click.option("--changed", type=FILE, help=say("option-changed", AREA))
    @click.option("--model", default="attain", show_default=True, help=say("option-model"))
    @click.option("--groups", multiple=True, help=say("option-groups", AREA))
    @options.reference()
    @options.gap(AREA)
    @options.time_limit(area=AREA)
    @click.option("--cache", type=FILE, help=say("option-cache", AREA))
    @click.option("--out", type=FILE, help=say("option-out", AREA))
    def why(
        output: Output,
        plan: Path,
        scenarios: tuple[Path, ...],
        changed: Path | None,
        model: str,
        groups: tuple[str, ...],
        reference: Path | None,
        gap: float,
        time_limit: float | None,
        cache: Path | None,
        out: Path | None,
    ) -> None:
        from optplan.attribution import Stopped, attribute
        from optplan.attribution.chosen_groups import groups_written, problem
        from optplan.console.plans import read_plan
        from optplan.console.progress import interruptible
        from optplan.console.reference import read_reference

        if bool(scenarios) == (changed is not None):
            raise problem("nothing-to-compare")
        if out is not None:
            output.writable(out, suffix=".xlsx")
        if cache is not None:
            output.writable(cache / "answer.json")
        base = read_plan(plan)
        try:
            with interruptible() as cancel:
                attribution = attribute(
                    base,
                    read_plan(changed) if changed is not None else list(scenarios),
                    model,
                    groups=groups_written(groups),
                    reference=read_reference(reference, base.tables) if reference else None,
                    gap=gap, time_limit=time_limit, cache=cache, progress=_telling(), cancel=cancel,
                )  # fmt: skip
        except Stopped:
            output.document({"stopped": True})
            output.lines([text(AREA, "stopped-kept" if cache else "stopped", None, cache=str(cache or ""))])
            output.exit_code = LIMIT_WITHOUT_PLAN
            return
        written = out if attribution.divisible else None
        if written is not None:
            attribution.to_excel(written)
        output.document({**attribution.as_dict(), "sentences": attribution.sentences()})
        output.tables(attribution.tables())
        output.lines(attribution.sentences())
        if written is not None:
            output.line("written", file=written)
        stopped = any(answer.status in {"feasible", "unknown"} for answer in attribution.answers.values())
        output.exit_code = (LIMIT_WITH_PLAN if stopped else DONE) if attribution.divisible else NO_PLAN

    return why


def _telling() -> Callable[[Solved], None]:
    """A line on standard error for every answer."""

    def told(news: Solved) -> None:
        status = outcome(news.answer.status)
        line = text(AREA, "progress", None, done=news.done, total=news.total, status=status, seconds=seconds(news.answer.seconds))
        tell(line)

    return told
