"""The commands of interface.md. Each reads its arguments, calls one function of the product, and shows what came back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from optplan.console.output import (
    DONE,
    FAILED,
    INVALID,
    LIMIT_WITH_PLAN,
    LIMIT_WITHOUT_PLAN,
    NO_PLAN,
    RULE_BROKEN,
    Output,
)  # fmt: skip
from optplan.language import LANGUAGES, text

EXIT_CODES = {"optimal": DONE, "feasible": LIMIT_WITH_PLAN, "infeasible": NO_PLAN, "unknown": LIMIT_WITHOUT_PLAN}
STANDARD_FOLDER = Path("reports")

_path = click.Path(path_type=Path)


def _say(name: str) -> str:
    return text("cli", name)


def _common(function: Callable[..., Any]) -> Callable[..., Any]:
    """``--json`` and ``--lang``, which every command takes."""
    function = click.option("--json", "as_json", is_flag=True, help=_say("option-json"))(function)
    return click.option("--lang", type=click.Choice(LANGUAGES), help=_say("option-lang"))(function)


def command_line() -> click.Group:
    """All commands, with their help in the current language."""
    language = click.Option(["--lang"], type=click.Choice(LANGUAGES), expose_value=False, help=_say("option-lang"))
    group = click.Group(
        "optplan", params=[language], help=_say("optplan"), context_settings={"help_option_names": ["--help", "-h"]}
    )
    for make in (_check, _solve, _verify, _export, _compare, _template, _convert, _app):
        group.add_command(make())
    from optplan import __name__ as package

    click.version_option(package_name=package)(group)
    return group


def _command(name: str) -> Callable[[Callable[..., Any]], click.Command]:
    def decorate(function: Callable[..., Any]) -> click.Command:
        def guarded(lang: str | None, as_json: bool, **arguments: Any) -> None:
            with Output(as_json) as output:
                function(output, **arguments)

        guarded.__click_params__ = getattr(function, "__click_params__", [])  # type: ignore[attr-defined]
        return click.command(name, help=_say(f"command-{name}"))(_common(guarded))

    return decorate


def _check() -> click.Command:
    @_command("check")
    @click.argument("plan", type=_path)
    def check(output: Output, plan: Path) -> None:
        from optplan.plan import read_plan

        checked = read_plan(plan)
        output.findings(checked.findings)
        output.document({"findings": [finding.as_dict() for finding in checked.findings]})
        output.line("check-passed", plan=checked.title, warnings=len(checked.findings))

    return check


def _solve() -> click.Command:
    @_command("solve")
    @click.argument("plan", type=_path)
    @click.option("--model", default="attain", show_default=True, help=_say("option-model"))
    @click.option("--scenario", "scenarios", type=_path, multiple=True, help=_say("option-scenario"))
    @click.option("--reference", type=_path, help=_say("option-reference"))
    @click.option("--gap", type=click.FloatRange(min=0), default=0.0, help=_say("option-gap"))
    @click.option("--time-limit", type=click.FloatRange(min=0, min_open=True), help=_say("option-time-limit"))
    @click.option("--out", type=_path, help=_say("option-out"))
    def solve(
        output: Output,
        plan: Path,
        model: str,
        scenarios: tuple[Path, ...],
        reference: Path | None,
        gap: float,
        time_limit: float | None,
        out: Path | None,
    ) -> None:
        from optplan.console.progress import watching
        from optplan.decision_model import read_model
        from optplan.plan import read_plan
        from optplan.result import read_result
        from optplan.solving import solve

        decision = read_model(model)
        asked, names = read_plan(plan), list[str]()
        if scenarios:
            from optplan.scenarios import apply_scenarios, read_scenario

            patches = [read_scenario(file) for file in scenarios]
            names = [patch.name for scenario in patches for patch in scenario.lineage]
            asked = apply_scenarios(asked, patches)
        adopted = read_result(reference) if reference else None
        output.findings(asked.findings)
        if out is None and not output.as_json:
            out = STANDARD_FOLDER / "-".join([plan.resolve().stem, decision.name, *(file.stem for file in scenarios)])
            out = out.with_name(out.name + ".json")
        output.writable(out)
        with watching(decision) as (progress, cancel):
            result = solve(
                asked, decision, scenario=names, reference=adopted,
                gap=gap, time_limit=time_limit, progress=progress, cancel=cancel,
            )  # fmt: skip
        if out is not None and result.has_schedule:
            result.to_json(out)
        output.document({**result.document, "findings": [finding.as_dict() for finding in asked.findings]})
        output.result(result)
        if out is not None and result.has_schedule:
            output.line("solve-written", file=out)
        output.exit_code = EXIT_CODES[result.status]

    return solve


def _verify() -> click.Command:
    @_command("verify")
    @click.argument("plan", type=_path)
    @click.argument("result", type=_path)
    @click.option("--reference", type=_path, help=_say("option-reference"))
    def verify(output: Output, plan: Path, result: Path, reference: Path | None) -> None:
        from optplan.plan import read_plan
        from optplan.result import read_result
        from optplan.verdict import verify

        adopted = read_result(reference) if reference else None
        verdict = verify(read_plan(plan), read_result(result), reference=adopted)
        output.document(verdict.as_dict())
        output.verdict(verdict)
        output.exit_code = DONE if verdict.ok else RULE_BROKEN

    return verify


def _export() -> click.Command:
    @_command("export")
    @click.argument("result", type=_path)
    @click.argument("out", type=_path)
    def export(output: Output, result: Path, out: Path) -> None:
        from optplan.result import read_result

        output.writable(out, suffix=".xlsx")
        solved = read_result(result)
        if output.holds(result, solved):
            solved.to_excel(out)
            output.document({"written": str(out)})
            output.line("written", file=out)

    return export


def _compare() -> click.Command:
    @_command("compare")
    @click.argument("results", type=_path, nargs=-1, required=True)
    def compare(output: Output, results: tuple[Path, ...]) -> None:
        from optplan.comparison import compare
        from optplan.result import read_result

        solved = [read_result(result) for result in results]
        if all(output.holds(file, result) for file, result in zip(results, solved, strict=True)):
            comparison = compare(solved)
            output.document(comparison.as_dict())
            output.comparison(comparison)

    return compare


def _template() -> click.Command:
    @_command("template")
    @click.argument("out", type=_path)
    def template(output: Output, out: Path) -> None:
        from optplan.workbook import write_template

        output.writable(out, suffix=".xlsx")
        write_template(out)
        output.document({"written": str(out)})
        output.line("written", file=out)

    return template


def _convert() -> click.Command:
    @_command("convert")
    @click.argument("plan", type=_path)
    @click.argument("out", type=_path)
    def convert(output: Output, plan: Path, out: Path) -> None:
        from optplan.plan import read_plan
        from optplan.tables import write_folder
        from optplan.workbook import write_inputs

        checked = read_plan(plan)
        output.findings(checked.findings)
        if out.suffix.lower() == ".xlsx":
            output.writable(out)
            write_inputs(checked.tables, out)
        else:
            output.writable_folder(out)
            write_folder(checked.tables, out)
        output.document({"written": str(out), "sha256": checked.sha256})
        output.line("written", file=out)

    return convert


def _app() -> click.Command:
    @_command("app")
    @click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True, help=_say("option-port"))
    @click.option("--headless", is_flag=True, help=_say("option-headless"))
    def app(output: Output, port: int, headless: bool) -> None:
        from optplan.web.server import serve

        output.exit_code = DONE if serve(port, headless) == 0 else FAILED

    return app


__all__ = ["INVALID", "command_line"]
