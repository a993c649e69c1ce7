"""What tables, columns and choices are called, from the catalogue ``tables``; plain names where it has none."""

from __future__ import annotations

from optplan.language import find, sentences_of
from optplan.language.lists import listed
from optplan.tables.schema import Column, Kind, Table
from optplan.tables.values import written

say = sentences_of("workbook")


def table_label(table: Table) -> str:
    """What people call a table."""
    return find("tables", table.name) or table.name


def table_meaning(table: Table) -> str:
    """What a table is for, in a sentence."""
    return find("tables", f"{table.name}.meaning") or ""


def column_words(table: str, column: str, language: str | None = None, part: str = "") -> str | None:
    """What people call a column, or what ``.meaning`` says of it; columns that every table has are called alike in all."""
    return find("tables", f"{table}-{column}{part}", language) or find("tables", f"every-{column}{part}", language)


def column_label(table: Table, column: Column) -> str:
    """What people call a column."""
    return column_words(table.name, column.name) or column.name


def column_meaning(table: Table, column: Column) -> str:
    """What a column holds, in a sentence."""
    return column_words(table.name, column.name, part=".meaning") or ""


def column_unit(table: Table, column: Column, currency: str) -> str:
    """The unit of a column's figures, money in the plan's ``currency``."""
    if column.kind is Kind.MONEY:
        return currency
    return find("tables", f"{table.name}-{column.name}.unit") or ""


def setting_label(key: str) -> str:
    """What people call a key of the ``plan`` table."""
    return find("tables", f"plan-key-{key}") or key


def setting_meaning(key: str) -> str:
    """What a key of the ``plan`` table sets, in a sentence."""
    return find("tables", f"plan-key-{key}.meaning") or setting_label(key)


def choice_label(column: Column, value: str) -> str:
    """How a choice reads in a cell; reading takes it back."""
    return find("tables", f"choice-{column.name}-{value}") or value


def column_note(table: Table, column: Column, currency: str) -> str:
    """A column's cell note: meaning, unit, whether it may be blank and what a blank means, what it takes."""
    parts = [column_meaning(table, column) or column_label(table, column)]
    if unit := column_unit(table, column, currency):
        parts.append(say("note-unit", unit=unit))
    if column.choices:
        parts.append(say("note-choices", choices=listed(choice_label(column, value) for value in column.choices)))
    if column.required:
        parts.append(say("note-required"))
    elif column.blank_means_all:
        parts.append(say("note-blank-all"))
    elif column.default is not None:
        default = column.default
        shown = (
            choice_label(column, str(default))
            if column.choices
            else yes_no(default)
            if isinstance(default, bool)
            else written(default)
        )
        parts.append(say("note-default", default=shown))
    return "\n".join(parts)


def yes_no(value: bool) -> str:
    """A flag in words; reading takes it back."""
    return say("yes" if value else "no")
