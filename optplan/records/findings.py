"""What is wrong with a record, at its cell, in the words of ``records.ftl``."""

from __future__ import annotations

from typing import Any

from optplan.language import find, text
from optplan.language.lists import listed
from optplan.tables.findings import Finding, InputError, Place


class RecordFinding(Finding):
    """A finding about a record. Its words are in the catalogue ``records.ftl``, else in that of all findings."""

    def message(self, language: str | None = None) -> str:
        """The finding in words."""
        values = {name: listed(value, language) if isinstance(value, tuple) else value for name, value in self.values.items()}
        if "column" in values:
            values["column"] = find("tables", f"records-{values['column']}", language) or values["column"]
        return find("records", self.code, language, **values) or text("findings", self.code, language, **values)


class RecordError(InputError):
    """Records that are not kept, with every finding about them."""


def wrong(code: str, place: Place, **values: Any) -> RecordFinding:
    """A finding for which a record is not kept."""
    return RecordFinding("error", code, place, values)


def unreadable(finding: Finding) -> Finding:
    """A finding about a cell that cannot be read. Who knows cash books writes less than nothing to take something back."""
    negative = finding.code == "cell-too-small" and finding.values["value"] < finding.values["least"] == 0
    return wrong("record-negative", finding.place, value=finding.values["value"]) if negative else finding


def odd(code: str, place: Place, **values: Any) -> RecordFinding:
    """A finding that a person should look at."""
    return RecordFinding("warning", code, place, values)
