"""The command that writes a brief."""

from __future__ import annotations

from pathlib import Path

import click

from optplan.console.command import FILE, command, say
from optplan.console.output import Output


def make_brief() -> click.Command:
    """``optplan brief RESULT OUT``."""

    @command("brief")
    @click.argument("result", type=FILE)
    @click.argument("out", type=FILE)
    @click.option("--template", type=FILE, help=say("option-template"))
    def brief(output: Output, result: Path, out: Path, template: Path | None) -> None:
        from optplan.brief import write_brief
        from optplan.store.named_results import sealed_result_called
        from optplan.word.written import ready_for

        ready_for(out)
        output.writable(out)
        write_brief(sealed_result_called(result), out, template=template)
        output.document({"written": str(out)})
        output.line("written", file=out)

    return brief
