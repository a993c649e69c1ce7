"""What is wrong with a sweep file: in which line, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from optplan.language import current_language, find, text
from optplan.tables.findings import Finding, InputError, Place


@dataclass(frozen=True)
class SweepFinding(Finding):
    """A finding about a sweep. Its words are in ``sweep.ftl``, or in ``scenarios.ftl`` where both say the same.

    ``cause`` is what is wrong with the plan or scenario of the point or value that ``values`` name, if that is the fault.
    """

    cause: Finding | None = None

    def message(self, language: str | None = None) -> str:
        """The finding in words."""
        if self.cause is not None:
            values = {name: self._said(value, language) for name, value in self.values.items()}
            return text("sweep", self.code, language, problem=self.cause.message(language), **values)
        for area in ("sweep", "scenarios"):
            if said := find(area, self.code, language, **self.values):
                return said
        return super().message(language)

    @staticmethod
    def _said(value: Any, language: str | None) -> Any:
        """A value in ``language``, if it is one that has a name in each."""
        return value(language or current_language()) if callable(value) else value


def refused(code: str, file: str, line: int | None = None, column: str | None = None, /, **values: Any) -> SweepFinding:
    """An error about a sweep file."""
    return SweepFinding("error", code, Place(file, row=line, column=column), values)


def about(code: str, problem: Finding, /, **values: Any) -> SweepFinding:
    """``problem`` as it arises at one value or point, which ``values`` name."""
    return SweepFinding(problem.severity, code, problem.place, values, problem)


class SweepError(InputError):
    """A sweep that cannot be run, or run to its end."""
