"""A written brief of a sealed result, two to four pages for those who decide: Word, or PDF made from it.

The libraries for Word and for pictures are loaded when a brief is written, not before.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from optplan.language import speaking
from optplan.tables.findings import InputError, Place, error
from optplan.tables.year_labels import calling_years_of
from optplan.word.written import ready_for, write_document

if TYPE_CHECKING:
    from optplan.document.document import ResultDocument

TEMPLATE = Path(__file__).resolve().parents[2] / "reports" / "templates" / "brief.docx"  # of the source tree, as models/ is


def write_brief(
    result: ResultDocument, path: str | Path, *, template: str | Path | None = None, language: str | None = None
) -> None:
    """Write the brief of ``result``, replacing an older one as a whole or not at all; the name says Word or PDF.

    ``template``: a Word file of the office's own instead of the one that ships. Raises :class:`InputError` for a result
    without a seal or whose seal does not hold, a template that cannot be used, and a PDF that LibreOffice is not there to make.
    """
    path = Path(path)
    ready_for(path)
    if result.document.get("seal") is None:
        raise InputError([error("export-unsealed", Place(str(path)), status=result.document["status"])])
    from optplan.brief.compose import composed
    from optplan.brief.pictures import pictures_of
    from optplan.document.sealed import sealed
    from optplan.word.document import document_file

    with speaking(language), calling_years_of(result.tables()):
        word_file = document_file(composed(sealed(result)), pictures_of(result), Path(template) if template else TEMPLATE)
    write_document(path, word_file)
