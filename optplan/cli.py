"""Entry point of the command ``optplan``: chooses the language before anything is said, then hands over to the commands."""

from __future__ import annotations

import sys

from optplan.console.streams import make_unbroken
from optplan.language import LANGUAGES, speaking


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; ends the process with an exit code of interface.md."""
    arguments = sys.argv[1:] if arguments is None else arguments
    make_unbroken()
    with speaking(_asked_language(arguments)):
        from optplan.console.commands import command_line

        command_line()(arguments, prog_name="optplan")


def _asked_language(arguments: list[str]) -> str | None:
    """``--lang`` wherever it stands: help texts are made before options are parsed."""
    for position, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == "--lang":
            value = value or (arguments[position + 1] if position + 1 < len(arguments) else "")
            return value if value in LANGUAGES else None
    return None


if __name__ == "__main__":
    main()
