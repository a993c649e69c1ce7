"""What an office is told when something cannot be done, in words and with what to do about it."""

from __future__ import annotations

from typing import Any

from optplan.language import find
from optplan.tables.findings import Finding, InputError, Place


class OfficeFinding(Finding):
    """A finding about working together. Its words are in the catalogue ``office.ftl``."""

    def message(self, language: str | None = None) -> str:
        """The finding in words."""
        return find("office", self.code, language, **self.values) or super().message(language)


class OfficeError(InputError):
    """Something that cannot be done as asked."""


class NotAllowed(OfficeError):
    """Something that the person's role does not let them do."""


def finding(code: str, place: str = "", /, **values: Any) -> OfficeFinding:
    """The finding ``code`` about the file or the solve that ``place`` names."""
    return OfficeFinding("error", code, Place(place), values)


def refusal(code: str, place: str = "", /, **values: Any) -> OfficeError:
    """The error ``code``."""
    return OfficeError([finding(code, place, **values)])
