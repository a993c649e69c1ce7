"""The pages of the documents that are made, not written: every table and column, and every command, in both languages.

Tables come from ``optplan/tables/declarations.py`` and the catalogues, commands from the command line itself, whenever the site
is built; so they cannot be out of date.
"""

from __future__ import annotations

from pathlib import Path

import click

from optplan.console.commands import command_line
from optplan.language import LANGUAGES, current_language, speaking, text
from optplan.language.lists import listed
from optplan.tables.declarations import PLAN_KEYS, TABLES
from optplan.tables.labels import (
    choice_label,
    column_label,
    column_meaning,
    column_unit,
    setting_label,
    setting_meaning,
    table_label,
    table_meaning,
    yes_no,
)
from optplan.tables.schema import Column, Kind, Table
from optplan.tables.values import written


def write(folder: Path) -> None:
    """Write the pages into the folder of each language, where they are not yet as they should be."""
    for language in LANGUAGES:
        for name, page in (("tables", tables_page), ("commands", commands_page)):
            path, content = folder / language / f"{name}.md", page(language)
            if not path.exists() or path.read_text(encoding="utf-8") != content:
                path.write_text(content, encoding="utf-8")


def tables_page(language: str) -> str:
    """Every column of every table with its meaning, unit, what it takes and what a blank cell means."""
    with speaking(language):
        return "\n".join([f"# {_say('tables-title')}", "", _say("tables-introduction"), "", *map(_table, TABLES.values())])


def _table(table: Table) -> str:
    key = listed(f"`{name}`" for name in table.key)
    needed = _say("table-required" if table.required else "table-optional")
    lines = [
        f"({_anchor(table.name)})=",
        "",
        f"## {table_label(table)} `{table.name}`",
        "",
        f"{table_meaning(table)}{_say('stop')}{needed} {_say('table-key', key=key)}",
        "",
        _row(*(_say(f"head-{name}") for name in ("column", "meaning", "unit", "takes", "blank"))),
        _row(*["---"] * 5),
    ]
    if table.name == "plan":
        lines += [
            _row(
                f"`{name}`<br>{setting_label(name)}", setting_meaning(name), _unit(table, column), _takes(column), _blank(column)
            )
            for name, column in PLAN_KEYS.items()
        ]
    lines += [
        _row(
            f"`{column.name}`<br>{column_label(table, column)}",
            column_meaning(table, column),
            _unit(table, column),
            _takes(column),
            _blank(column),
        )
        for column in table.columns
        if table.name != "plan" or column.name not in ("key", "value")
    ]
    return "\n".join([*lines, ""])


def _anchor(table: str) -> str:
    """What links to a table name: the labels of both languages' pages are of one site."""
    return f"{current_language()}-{table.replace('_', '-')}"


def _unit(table: Table, column: Column) -> str:
    return column_unit(table, column, _say("unit-currency")) or text("reference", f"unit-{column.kind.value}") * (
        column.kind in (Kind.QUANTITY, Kind.RATE, Kind.SHARES, Kind.DEGREES)
    )


def _takes(column: Column) -> str:
    if column.choices:
        return listed(f"`{choice}` {choice_label(column, choice)}" for choice in column.choices)
    if column.refers_to:
        tables = _say("or").join(f"[{table_label(TABLES[name])}](#{_anchor(name)})" for name in column.refers_to)
        return _say("takes-reference", tables=tables)
    return _say(f"takes-{column.kind.value}") + _bounds(column)


def _bounds(column: Column) -> str:
    if column.above is not None:
        return _say("bounds-above", low=written(column.above))
    if column.minimum is not None and column.maximum is not None:
        return _say("bounds-between", low=written(column.minimum), high=written(column.maximum))
    return _say("bounds-least", low=written(column.minimum)) if column.minimum is not None else ""


def _blank(column: Column) -> str:
    if column.required:
        return _say("blank-required")
    if column.blank_means_all:
        return _say("blank-all")
    if column.default is None:
        return _say("blank-nothing")
    if isinstance(column.default, bool):
        return f"`{written(column.default)}` {yes_no(column.default)}"
    label = choice_label(column, str(column.default)) if column.choices else ""
    return f"`{written(column.default)}` {label}".strip()


def commands_page(language: str) -> str:
    """The help of every command."""
    with speaking(language):
        lines = [f"# {_say('commands-title')}", "", _say("commands-introduction"), ""]
        for names, command in _commands(command_line(), ("optplan",)):
            context = click.Context(command, info_name=" ".join(names), max_content_width=110)
            lines += [f"## {' '.join(names)}", "", "```text", command.get_help(context), "```", ""]
        return "\n".join(lines)


def _commands(command: click.Command, names: tuple[str, ...]) -> list[tuple[tuple[str, ...], click.Command]]:
    """A command and, if it is a group, all that are in it, by their full names."""
    found = [(names, command)]
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=names[-1])
        for name in command.list_commands(context):
            if inner := command.get_command(context, name):
                found += _commands(inner, (*names, name))
    return found


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _say(name: str, **values: str) -> str:
    return text("reference", name, None, **values)
