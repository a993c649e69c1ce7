"""The commands of interface.md. Each reads its arguments, calls one function of the product, and shows what came back."""

from __future__ import annotations

from pathlib import Path

import click

from optplan.console import options
from optplan.console.assess_command import make_assess
from optplan.console.brief_command import make_brief
from optplan.console.closing_command import make_close_year
from optplan.console.command import FILE, Commands, command, say
from optplan.console.edit_commands import make_repair, verify_edit
from optplan.console.explain_command import conflict_in_short, make_explain
from optplan.console.follow_command import make_follow
from optplan.console.output import DONE, EXIT_CODES, FAILED, INVALID, RULE_BROKEN, STANDARD_FOLDER, Output
from optplan.console.question_commands import QUESTION_COMMANDS
from optplan.console.records_command import make_records
from optplan.console.signing import make_keys, make_sign
from optplan.console.store_commands import STORE_COMMANDS
from optplan.console.sweep_command import make_sweep
from optplan.console.why_command import make_why
from optplan.language import LANGUAGES
from optplan.tables.findings import Finding, InputError, Place, error


def command_line() -> click.Group:
    """All commands, with their help in the current language."""
    language = click.Option(["--lang"], type=click.Choice(LANGUAGES), expose_value=False, help=say("option-lang"))
    makers = {
        "check": _check,
        "solve": _solve,
        "verify": _verify,
        "sign": make_sign,
        "keys": make_keys,
        "repair": make_repair,
        "close-year": make_close_year,
        "records": make_records,
        "follow": make_follow,
        "assess": make_assess,
        "export": _export,
        "brief": make_brief,
        "compare": _compare,
        "why": make_why,
        "explain": make_explain,
        **QUESTION_COMMANDS,
        "sweep": make_sweep,
        "template": _template,
        "convert": _convert,
        "app": _app,
        **STORE_COMMANDS,
    }
    group = Commands(
        "optplan",
        makers,
        params=[language],
        help=say("optplan"),
        context_settings={"help_option_names": ["--help", "-h"]},
    )
    from optplan import __name__ as package

    click.version_option(package_name=package)(group)
    return group


def _check() -> click.Command:
    @command("check")
    @click.argument("plan", type=FILE)
    def check(output: Output, plan: Path) -> None:
        from optplan.console.plans import read_plan

        checked = read_plan(plan)
        output.findings(checked.findings)
        output.document({"findings": [finding.as_dict() for finding in checked.findings]})
        if any(finding.severity == "error" for finding in checked.findings):
            output.line("check-no-plan", plan=plan)
            output.exit_code = INVALID
        else:
            output.line("check-passed", plan=checked.title, warnings=len(checked.findings))

    return check


def _solve() -> click.Command:
    @command("solve")
    @click.argument("plan", type=FILE)
    @click.option("--model", default="attain", show_default=True, help=say("option-model"))
    @options.scenarios()
    @options.reference()
    @options.gap()
    @options.quick()
    @options.time_limit()
    @click.option("--out", type=FILE, help=say("option-out"))
    @options.keep()
    @click.option("--sign", type=FILE, help=say("option-sign", "verify"))
    @click.option("--by", help=say("option-by", "verify"))
    def solve(
        output: Output,
        plan: Path,
        model: str,
        scenarios: tuple[Path, ...],
        reference: Path | None,
        gap: float,
        quick: bool,
        time_limit: float | None,
        out: Path | None,
        keep: bool,
        sign: Path | None,
        by: str | None,
    ) -> None:
        from optplan.search.standby import stand_by

        stand_by()
        from optplan.console.keep_option import Keeper
        from optplan.console.plans import read_plan
        from optplan.console.progress import watching
        from optplan.console.reference import read_reference
        from optplan.console.signing import opened_key, signed
        from optplan.decision_model import read_model
        from optplan.document.good_enough import is_good_enough
        from optplan.scenarios import apply_scenarios, names_of, read_scenario
        from optplan.solving.solve import solve

        keeper = Keeper(keep)
        key = opened_key(sign) if sign else None
        decision = read_model(model)
        asked = read = read_plan(plan)
        patches = [read_scenario(file) for file in scenarios]
        if patches:
            asked = apply_scenarios(asked, patches)
        adopted = read_reference(reference, asked.tables) if reference else None
        output.findings(asked.findings)
        if out is None and not output.as_json:
            out = STANDARD_FOLDER / "-".join([plan.resolve().stem, decision.name, *(file.stem for file in scenarios)])
            out = out.with_name(out.name + ".json")
        output.writable(out)
        with watching(decision, asked.tables) as (progress, cancel):
            result = solve(
                asked, decision, scenario=names_of(patches), reference=adopted,
                gap=gap, quick=quick, time_limit=time_limit, progress=progress, cancel=cancel,
            )  # fmt: skip
        if key is not None and sign is not None and result.has_schedule:
            signed(result, key, by or sign.stem)
        elsewhere: list[Finding] = []
        if out is not None and result.has_schedule:
            out, elsewhere = output.written(result, out)
        keeper.keep(
            result, plan=read, scenarios=patches, reference=adopted, gap=gap, quick=quick, time_limit=time_limit,
            cancelled=cancel.is_set(),
        )  # fmt: skip
        findings = [finding.as_dict() for finding in (*asked.findings, *elsewhere, *keeper.findings)]
        output.result(result)
        again = [plan, "--model", model, *(word for file in scenarios for word in ("--scenario", file))]
        conflict = conflict_in_short(output, result, asked, decision, adopted, again)
        output.document({**result.document, **keeper.as_dict(), **conflict, "findings": findings})
        output.findings(elsewhere)
        if out is not None and result.has_schedule:
            output.line("solve-written", file=out)
        keeper.tell(output)
        done = quick and is_good_enough(result.document)
        output.exit_code = INVALID if elsewhere or keeper.findings else DONE if done else EXIT_CODES[result.status]

    return solve


def _verify() -> click.Command:
    @command("verify")
    @click.argument("plan", type=FILE)
    @click.argument("result", type=FILE)
    @options.reference()
    @click.option("--model", help=say("option-model-edited"))
    @click.option("--proof", is_flag=True, help=say("option-proof", "verify"))
    @click.option("--signers", type=FILE, help=say("option-signers", "verify"))
    def verify(
        output: Output, plan: Path, result: Path, reference: Path | None, model: str | None, proof: bool, signers: Path | None
    ) -> None:
        from optplan.console.plans import read_plan
        from optplan.console.proof import bounds_in_words, proven_again
        from optplan.console.reference import read_reference
        from optplan.console.signing import signature_checked, signature_in_words
        from optplan.result import verify
        from optplan.store.named_results import result_called

        checked = read_plan(plan)
        if result.suffix.lower() == ".xlsx":
            verify_edit(output, checked, result, reference, model)
            return
        adopted = read_reference(reference, checked.tables) if reference else None
        asked = result_called(result)
        verdict = verify(checked, asked, reference=adopted)
        bounds = proven_again(checked, asked, adopted) if proof and verdict.ok else None
        signature = signature_checked(asked, signers)
        proven = {} if bounds is None else {"proof": [each.as_dict() for each in bounds]}
        output.document(verdict.as_dict() | {"signature": signature.as_dict()} | proven)
        output.verdict(verdict)
        output.lines(signature_in_words(signature))
        output.lines(bounds_in_words(bounds, checked.tables) if bounds is not None else ())
        contradicted = any(each.standing == "contradicts" for each in bounds or ())
        output.exit_code = DONE if verdict.ok and not contradicted and signature.standing != "false" else RULE_BROKEN

    return verify


def _export() -> click.Command:
    @command("export")
    @click.argument("result", type=FILE)
    @click.argument("out", type=FILE)
    @click.option("--records", "where", type=FILE, help=say("option-export-records", "records"))
    def export(output: Output, result: Path, out: Path, where: Path | None) -> None:
        from optplan.store import ledger_of
        from optplan.store.named_results import result_called

        output.writable(out, suffix=".xlsx")
        asked = result_called(result)
        title = str(asked.document["plan"]["title"])
        records = ledger_of(result, title, where).read() if where else None
        asked.to_excel(out, records)  # which looks at the seal
        output.document({"written": str(out)})
        output.line("written", file=out)

    return export


def _compare() -> click.Command:
    @command("compare")
    @click.argument("results", type=FILE, nargs=-1, required=True)
    @click.option("--out", type=FILE, help=say("option-out", "compare"))
    def compare(output: Output, results: tuple[Path, ...], out: Path | None) -> None:
        from optplan.comparison import compare
        from optplan.console.plans import speak_of

        output.writable(out, suffix=".xlsx")
        comparison = compare(results)
        speak_of(comparison.sides[0].tables)
        if out is not None:
            comparison.to_excel(out)
        output.document(comparison.as_dict())
        output.comparison(comparison)
        if out is not None:
            output.line("written", file=out)

    return compare


def _template() -> click.Command:
    @command("template")
    @click.argument("out", type=FILE)
    def template(output: Output, out: Path) -> None:
        from optplan.workbook import write_template

        output.writable(out, suffix=".xlsx")
        write_template(out)
        output.document({"written": str(out)})
        output.line("written", file=out)

    return template


def _convert() -> click.Command:
    @command("convert")
    @click.argument("plan", type=FILE)
    @click.argument("out", type=FILE)
    def convert(output: Output, plan: Path, out: Path) -> None:
        from optplan.console.plans import read_plan
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
    @command("app")
    @click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True, help=say("option-port"))
    @click.option("--host", default="127.0.0.1", show_default=True, help=say("option-host"))
    @click.option("--without-sign-in", is_flag=True, help=say("option-without-sign-in"))
    @click.option("--local-role", type=click.Choice(["viewer", "editor", "approver"]), help=say("option-local-role"))
    @click.option("--headless", is_flag=True, help=say("option-headless"))
    def app(output: Output, port: int, host: str, without_sign_in: bool, local_role: str | None, headless: bool) -> None:
        from optplan.web.server import is_only_here, serve, signs_people_in

        if not (is_only_here(host) or without_sign_in or signs_people_in()):
            raise InputError([error("app-open-to-all", Place(host), host=host)])
        output.exit_code = DONE if serve(port, headless, host, local_role) == 0 else FAILED

    return app


__all__ = ["INVALID", "command_line"]
