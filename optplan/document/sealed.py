"""The door through which results are shown, stored and made into workbooks and briefs: only what its seal holds gets through."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from optplan.document.document import ResultDocument
from optplan.document.file import tables_within
from optplan.document.verdict import Verdict, verdict_on
from optplan.schedule import Schedule
from optplan.tables.findings import InputError, Place, error

MOST_TOLD = 20  # findings about one result; a page of them says no more
R = TypeVar("R", bound=ResultDocument)


class SealBroken(InputError):
    """A result that is not what was sealed; nothing is shown, stored or made of it. ``findings`` name the fields."""

    def __init__(self, verdict: Verdict, file: str = "") -> None:
        self.verdict = verdict
        super().__init__(
            [
                error("seal-broken", Place(file, column=violation.values.get("where")), reason=violation.message())
                for violation in verdict.violations[:MOST_TOLD]
            ]
        )


def sealed(result: R, file: str | Path = "", *, reference: Schedule | None = None) -> R:
    """``result`` itself, if its seal holds. ``file``: where it is from.

    A result without a schedule has no seal and nothing that it could hold; who needs a schedule says so. Raises
    :class:`SealBroken` with a finding for each field that is not what was sealed.
    """
    if result.has_schedule:
        verdict = verdict_on(result.document, tables_within(result.document), reference)
        if not verdict.ok:
            raise SealBroken(verdict, str(file))
    return result
