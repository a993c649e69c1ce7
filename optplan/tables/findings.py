"""What is wrong with an input, where, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from optplan.language import text

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
        """The finding in words."""
        return text("findings", self.code, language, **self.values)

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
