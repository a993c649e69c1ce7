"""What is wrong with what was asked: which part of the question, and what there is instead."""

from __future__ import annotations

from typing import Any

from optplan.language import find
from optplan.tables.findings import Finding, InputError, Place


class AnswerFinding(Finding):
    """A finding about a question. Its words are in ``answers.ftl``."""

    def message(self, language: str | None = None) -> str:
        """The finding in words."""
        return find("answers", self.code, language, **self.values) or super().message(language)


def refused(code: str, asked: str, **values: Any) -> InputError:
    """A question that cannot be answered, because of its part ``asked``."""
    return InputError([AnswerFinding("error", code, Place(asked), {"asked": asked, **values})])
