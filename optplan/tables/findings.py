"""What is wrong with an input, where, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from optplan.language import find, text
from optplan.language.lists import listed
from optplan.tables.labels import column_words

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Place:
    """Where in an input something stands: a row and column of a CSV file, or a cell of a workbook's sheet.

    ``row`` counts as people see it: the header of a CSV is row 1. ``sheet`` is set for workbooks only.
    """

    file: str = ""
    table: str = ""
    row: int | None = None
    column: str | None = None
    sheet: str | None = None
    cell: str | None = None

    def __str__(self) -> str:
        if self.sheet is not None:
            return "!".join(part for part in (self.file, self.sheet, self.cell) if part)
        parts = [self.file]
        if self.row is not None or self.column is not None:
            parts += [str(self.row) if self.row is not None else "", self.column or ""]
        return ":".join(parts).rstrip(":")


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong (``error``) or odd (``warning``) in an input.

    ``code`` names the message in the catalogue ``findings.ftl``; ``values`` are what the message speaks of.
    """

    severity: Severity
    code: str
    place: Place = field(default_factory=Place)
    values: dict[str, Any] = field(default_factory=dict)

    def message(self, language: str | None = None) -> str:
        """The finding in words. In a workbook tables, columns and choices are called as its sheets call them."""
        values = self.values
        if self.place.sheet is not None:
            values = {key: self._shown(key, value, language) for key, value in values.items()}
        joined = {key: listed(value, language) if isinstance(value, tuple) else value for key, value in values.items()}
        return text("findings", self.code, language, **joined)

    def _shown(self, key: str, value: Any, language: str | None) -> Any:
        """A value that the message speaks of, by its label if it is the name of a table, a column or a choice."""
        if key == "choices":
            return tuple(find("tables", f"choice-{self.place.column}-{choice}", language) or choice for choice in value)
        if key == "known" and isinstance(value, tuple):
            table = self.place.table
            return tuple(column_words(table, name, language) or find("tables", name, language) or name for name in value)
        if key == "table":
            return find("tables", value, language) or value
        if key == "column":
            return column_words(self.place.table, value, language) or value
        return value

    def line(self, language: str | None = None) -> str:
        """``FILE:ROW:COLUMN: error: text`` or ``FILE!SHEET!CELL: error: text``."""
        return f"{self.place}: {self.severity}: {self.message(language)}"

    def as_dict(self, language: str | None = None) -> dict[str, Any]:
        """The finding as ``--json`` prints it."""
        place = self.place
        return {
            "severity": self.severity,
            "code": self.code,
            "file": place.file,
            "table": place.table,
            "row": place.row,
            "column": place.column,
            "cell": f"{place.sheet}!{place.cell}" if place.sheet and place.cell else place.cell,
            "message": self.message(language),
        }


def error(code: str, place: Place | None = None, **values: Any) -> Finding:
    """A finding that stops the work."""
    return Finding("error", code, place or Place(), values)


def warning(code: str, place: Place | None = None, **values: Any) -> Finding:
    """A finding that a person should look at, but that stops nothing."""
    return Finding("warning", code, place or Place(), values)


class InputError(Exception):
    """An input that cannot be used, with every finding about it (warnings among them)."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__("\n".join(finding.line() for finding in findings if finding.severity == "error"))


class PlanError(InputError):
    """A plan that cannot be read, or whose tables contradict themselves."""
