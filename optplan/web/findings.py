"""What is wrong with what a visitor asked of the page, in the words of ``web.ftl``."""

from __future__ import annotations

from optplan.language import text
from optplan.tables.findings import Finding, InputError


class PageFinding(Finding):
    """A finding in the page's own words."""

    def message(self, language: str | None = None) -> str:
        """The finding in words."""
        return text("web", self.code, language, **self.values)


def refusal(code: str, **values: object) -> InputError:
    """The error ``code`` of the page."""
    return InputError([PageFinding("error", code, values=values)])
