"""How every command is made: its help in the current language, ``--json`` and ``--lang``, and failures in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from optplan.console.output import Output
from optplan.language import LANGUAGES, text
from optplan.language.years import calling_years

FILE = click.Path(path_type=Path)  # of an argument that names a file or a folder


def say(name: str, area: str = "cli") -> str:
    """A message of the catalogue ``area`` in the current language."""
    return text(area, name)


def _common(function: Callable[..., Any]) -> Callable[..., Any]:
    """``--json`` and ``--lang``, which every command takes."""
    function = click.option("--json", "as_json", is_flag=True, help=say("option-json"))(function)
    return click.option("--lang", type=click.Choice(LANGUAGES), help=say("option-lang"))(function)


def command(name: str, area: str = "cli") -> Callable[[Callable[..., Any]], click.Command]:
    """Make a command of a function that takes an :class:`Output` and the command's arguments; its help is in ``area``."""

    def decorate(function: Callable[..., Any]) -> click.Command:
        def guarded(lang: str | None, as_json: bool, **arguments: Any) -> None:
            with calling_years(None), Output(as_json) as output:
                function(output, **arguments)

        guarded.__click_params__ = getattr(function, "__click_params__", [])  # type: ignore[attr-defined]
        return click.command(name, help=say(f"command-{name}", area))(_common(guarded))

    return decorate


class Commands(click.Group):
    """A group whose commands are made when they are asked for: the help of all of them would hold up the one that is run."""

    def __init__(self, name: str, makers: Mapping[str, Callable[[], click.Command]], **more: Any) -> None:
        """``makers`` gives each command by its name, in the order in which help lists them."""
        super().__init__(name, **more)
        self._makers = makers

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return list(self._makers)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, made if it has not been yet."""
        if cmd_name in self._makers and cmd_name not in self.commands:
            self.commands[cmd_name] = self._makers[cmd_name]()
        return self.commands.get(cmd_name)
