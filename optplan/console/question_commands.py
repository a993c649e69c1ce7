"""The questions of interface.md: what a wish costs, what money is worth, what it takes, what is certain."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from optplan.console import options
from optplan.console.command import FILE, command, say
from optplan.console.output import DONE, LIMIT_WITH_PLAN, LIMIT_WITHOUT_PLAN, NO_PLAN, Output
from optplan.console.terminal import tell
from optplan.language import text
from optplan.language.numbers import seconds

if TYPE_CHECKING:
    from collections.abc import Callable

    from optplan.answers import Answer
    from optplan.plan import Plan
    from optplan.questions import ValueProgress
    from optplan.result import Result
    from optplan.schedule import Schedule
    from optplan.store import AnswerRecord

AREA = "questions"
BETWEEN_LINES = 5.0  # seconds
EXIT_CODES = {"answered": DONE, "partly": LIMIT_WITH_PLAN, "impossible": NO_PLAN, "unknown": LIMIT_WITHOUT_PLAN}


def shown(output: Output, answer: Answer, out: Path | None, kept: AnswerRecord | None = None) -> None:
    """Show an answer in the current language, and write its workbook if ``out`` is given. ``kept``: as what the store has it."""
    if out is not None:
        answer.to_excel(out)
    said = {} if kept is None else {"answer": kept.id}
    output.document({**answer.as_dict(), **said, "sentences": answer.sentences()})
    output.lines(answer.sentences())
    if out is not None:
        output.line("written", file=out)
    if kept is not None:
        output.lines([text(AREA, "kept", None, answer=kept.short)])
    output.exit_code = EXIT_CODES[answer.status]


def _kept(keep: bool, answer: Answer, plan: Plan, result: Result | None, reference: Schedule | None) -> AnswerRecord | None:
    """The answer in the store, if that was asked."""
    if not keep:
        return None
    from optplan.questions import keep_answer
    from optplan.store.store import open_store

    with open_store() as store:
        return keep_answer(store, answer, plan, result, reference)


def _subject(plan: Path, result: Path, reference: Path | None) -> tuple[Plan, Result, Schedule | None]:
    """The plan, the result that is asked about, and the schedule that changes are measured against."""
    from optplan.console.plans import read_plan
    from optplan.console.reference import read_reference
    from optplan.store.named_results import sealed_result_called

    asked, held = read_plan(plan), sealed_result_called(result)
    return asked, held, read_reference(reference, asked.tables) if reference else None


def _make_why_not() -> click.Command:
    @command("why-not", AREA)
    @click.argument("plan", type=FILE)
    @click.argument("result", type=FILE)
    @click.argument("wishes", metavar="WISH...", nargs=-1)
    @click.option("--without", multiple=True, help=say("option-without", AREA))
    @options.reference()
    @options.quick()
    @options.gap()
    @options.time_limit()
    @options.keep()
    @click.option("--out", type=FILE, help=say("option-out", AREA))
    def why_not(
        output: Output,
        plan: Path,
        result: Path,
        wishes: tuple[str, ...],
        without: tuple[str, ...],
        reference: Path | None,
        quick: bool,
        gap: float,
        time_limit: float | None,
        keep: bool,
        out: Path | None,
    ) -> None:
        from optplan.console.progress import watching
        from optplan.decision_model import DecisionModel
        from optplan.questions import WhyNot, why_not

        output.writable(out, suffix=".xlsx")
        asked, held, measured = _subject(plan, result, reference)

        def first(answer: WhyNot) -> None:
            """The answer that is good enough, on standard error, while the search goes on."""
            for line in (*answer.sentences(), say("goes-on", AREA)):
                tell(line)

        with watching(DecisionModel.model_validate(held.document["model_content"]), asked.tables) as (progress, cancel):
            answer = why_not(
                asked, held, wishes, without=without, reference=measured,
                quick=quick, gap=gap, time_limit=time_limit, first=first, progress=progress, cancel=cancel,
            )  # fmt: skip
        shown(output, answer, out, _kept(keep, answer, asked, held, measured))

    return why_not


def _make_reach() -> click.Command:
    @command("reach", AREA)
    @click.argument("plan", type=FILE)
    @click.argument("wishes", metavar="[WISH]...", nargs=-1)
    @click.option(
        "--by",
        type=click.Choice(["money", "years", "cut", "price"]),
        default="money",
        show_default=True,
        help=say("option-by", AREA),
    )
    @options.scenarios()
    @click.option("--fund", help=say("option-fund", AREA))
    @click.option("--step", default="0.01", show_default=True, help=say("option-step", AREA))
    @options.time_limit(60.0)
    @options.keep()
    @click.option("--out", type=FILE, help=say("option-out", AREA))
    def reach(
        output: Output,
        plan: Path,
        wishes: tuple[str, ...],
        by: Literal["money", "years", "cut", "price"],
        scenarios: tuple[Path, ...],
        fund: str | None,
        step: str,
        time_limit: float,
        keep: bool,
        out: Path | None,
    ) -> None:
        from optplan.console.plans import read_plan
        from optplan.console.progress import interruptible
        from optplan.questions import reach
        from optplan.questions.reach.asking import ReachProgress
        from optplan.scenarios import apply_scenarios

        output.writable(out, suffix=".xlsx")
        asked = read_plan(plan)
        asked = apply_scenarios(asked, scenarios) if scenarios else asked

        def moved(news: ReachProgress) -> None:
            verdict = say(f"verdict-{news.verdict}", AREA)
            took = seconds(news.seconds)
            tell(text(AREA, "reach-progress", None, tried=news.tried, at=news.tried_with, verdict=verdict, seconds=took))

        with interruptible() as cancel:
            answer = reach(
                asked, wishes, by, fund=fund, step=step, time_limit=time_limit, progress=moved, cancel=cancel
            )  # fmt: skip
        shown(output, answer, out, _kept(keep, answer, asked, None, None))
        if answer.status == "impossible" and by == "money":
            output.lines([text(AREA, "reach-way-on", None, plan=plan)])

    return reach


def _make_value() -> click.Command:
    @command("value", AREA)
    @click.argument("plan", type=FILE)
    @click.argument("result", type=FILE)
    @click.option("--step", help=say("option-value-step", AREA))
    @click.option("--cells", default="", help=say("option-cells", AREA))
    @click.option("--kinds", default="cell,pool", show_default=True, help=say("option-kinds", AREA))
    @click.option("--staircase", "stairs", metavar="FUND", help=say("option-stairs", AREA))
    @options.reference()
    @options.quick()
    @options.gap()
    @options.time_limit()
    @click.option("--jobs", type=click.IntRange(min=1), help=say("option-jobs", "sweep"))
    @click.option("--dask", metavar="ADDRESS", help=say("option-dask", "sweep"))
    @options.keep()
    @click.option("--out", type=FILE, help=say("option-out", AREA))
    def value(
        output: Output,
        plan: Path,
        result: Path,
        step: str | None,
        cells: str,
        kinds: str,
        stairs: str | None,
        reference: Path | None,
        dask: str | None,
        keep: bool,
        out: Path | None,
        **effort: Any,
    ) -> None:
        from optplan.console.progress import interruptible
        from optplan.questions import staircase, value
        from optplan.store.store import open_store
        from optplan.sweeps.cluster import Cluster

        output.writable(out, suffix=".xlsx")
        asked, held, measured = _subject(plan, result, reference)

        def moved(done: int, total: int) -> None:
            tell(text(AREA, "value-progress", None, done=done, total=total))

        def news(at: ValueProgress) -> None:
            if not at.done:  # what is estimated is there at once, and says where to begin
                for sentence in at.value.sentences():
                    tell(sentence)
            moved(at.done, at.total)

        with interruptible() as cancel, ExitStack() as opened:
            watching: dict[str, Any] = {
                "reference": measured,
                "executor": opened.enter_context(Cluster(dask)) if dask else None,
                "store": opened.enter_context(open_store()) if keep else None,
                "cancel": cancel,
                **effort,
            }
            if stairs is not None:
                answer: Answer = staircase(asked, held, stairs, progress=moved, **watching)
            else:
                answer = value(
                    asked, held, step=step, cells=_listed(cells), kinds=_listed(kinds),
                    progress=news, **watching,
                )  # fmt: skip
        shown(output, answer, out, _kept(keep, answer, asked, held, measured))

    return value


def _make_certain() -> click.Command:
    @command("certain", AREA)
    @click.argument("plan", type=FILE)
    @click.argument("result", type=FILE)
    @click.option("--within", help=say("option-within", AREA))
    @click.option("--items", default="", help=say("option-items", AREA))
    @options.reference()
    @options.time_limit(180.0)
    @options.keep()
    @click.option("--out", type=FILE, help=say("option-out", AREA))
    def certain(
        output: Output,
        plan: Path,
        result: Path,
        within: str | None,
        items: str,
        reference: Path | None,
        time_limit: float,
        keep: bool,
        out: Path | None,
    ) -> None:
        from optplan.console.progress import interruptible
        from optplan.questions import CertainProgress, certain

        output.writable(out, suffix=".xlsx")
        asked, held, measured = _subject(plan, result, reference)
        told = [0.0]

        def moved(news: CertainProgress) -> None:
            if time.monotonic() - told[0] > BETWEEN_LINES:
                told[0] = time.monotonic()
                tell(text(AREA, "certain-progress", None, **asdict(news)))

        with interruptible() as cancel:
            answer = certain(
                asked, held, within=within, items=_listed(items), reference=measured,
                time_limit=time_limit, progress=moved, cancel=cancel,
            )  # fmt: skip
        shown(output, answer, out, _kept(keep, answer, asked, held, measured))

    return certain


def _listed(given: str) -> list[str]:
    return [part.strip() for part in given.replace("，", ",").split(",") if part.strip()]


QUESTION_COMMANDS: dict[str, Callable[[], click.Command]] = {
    "why-not": _make_why_not,
    "reach": _make_reach,
    "value": _make_value,
    "certain": _make_certain,
}
