"""A sealed schedule as a workbook: cover, totals, a sheet per county and per programme, money, gaps, charts, assumptions.

Decisions (quantities, hires, starts, payments) stand as values once, on the sheet of their county, on yellow cells; everything
else is a formula that follows them. Hidden columns keep the ids of rows, so that an edited workbook can be read back.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from optplan.language import speaking
from optplan.tables.findings import InputError, Place, error
from optplan.tables.names import title_of
from optplan.tables.year_labels import calling_years_of

if TYPE_CHECKING:
    from optplan.document.document import ResultDocument
    from optplan.records.records import Records


def export_schedule(
    result: ResultDocument, path: str | Path, language: str | None = None, records: Records | None = None
) -> None:
    """Write ``result`` as a workbook, replacing an older one as a whole or not at all. ``records``: show what was done beside it.

    Raises :class:`InputError` with the finding ``export-unsealed`` for a result without a seal, and
    :class:`~optplan.document.sealed.SealBroken` for one that is not what was sealed.
    """
    if result.document.get("seal") is None:
        raise InputError([error("export-unsealed", Place(str(path)), status=result.document["status"])])
    from optplan.document.sealed import sealed
    from optplan.workbook.schedule.compose import compose

    tables = result.tables()
    with speaking(language), calling_years_of(tables):
        book = compose(sealed(result), records)
        book.save(path, title_of(tables))
