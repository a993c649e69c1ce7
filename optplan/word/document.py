"""What a document says, put into a Word template."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from docx.opc.exceptions import OpcError
from docx.opc.phys_pkg import _ZipPkgWriter
from docx.shared import Cm, Emu
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from optplan.files import UnreadableFile, read_bounded
from optplan.language.numbers import file_size
from optplan.language.printable import printable, printable_throughout
from optplan.tables.findings import InputError, Place, error
from optplan.word.table_widths import fit_tables, text_width
from optplan.word.unbroken_tables import keep_short_tables_whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docx.document import Document

LARGEST_TEMPLATE = 20_000_000  # bytes; the one that ships has under 50 000
LARGEST_CONTENT = 100_000_000  # bytes unpacked
EARLIEST = (1980, 1, 1, 0, 0, 0)
PICTURE_WIDTH = 16.8  # cm, where the page has room for it
LONGEST_PROPERTY = 255  # letters that a document property takes


def document_file(
    content: Mapping[str, Any],
    pictures: Mapping[str, tuple[bytes, str]],
    template: Path,
    shares: Mapping[str, float] | None = None,
) -> bytes:
    """The document as a Word file. ``pictures``: PNGs with their descriptions, by the names that the template gives them, each as
    wide as the text or the share of it that ``shares`` says.

    Raises :class:`InputError` if the template cannot be read, is no Word document, or asks for what ``content`` does not have.
    """
    document = _opened(template)
    shown = printable_throughout(dict(content))
    room = _room(document.docx)
    made = {
        name: _Picture(document, png, words, room * (shares or {}).get(name, 1.0)) if png else ""
        for name, (png, words) in pictures.items()
    }
    shown |= {**made, "pictures": made}
    try:
        document.render(shown, SandboxedEnvironment(autoescape=True, undefined=StrictUndefined), autoescape=True)
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as problem:
        raise InputError([error("template-invalid", Place(str(template)), reason=problem)]) from problem
    fit_tables(document.docx)
    keep_short_tables_whole(document.docx)
    core = document.core_properties
    core.title, core.author = shown["title"][:LONGEST_PROPERTY], ""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _opened(file: Path) -> DocxTemplate:
    place = Place(str(file))
    try:
        raw = read_bounded(file, LARGEST_TEMPLATE)
    except UnreadableFile as problem:
        raise InputError([error(problem.code, place, **problem.values)]) from problem
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST_CONTENT:
                raise InputError([error("file-too-large", place, limit=file_size(LARGEST_CONTENT))])
        document = DocxTemplate(io.BytesIO(raw))
        document.init_docx()
    except (
        OpcError,
        zipfile.BadZipFile,
        EOFError,
        zlib.error,
        NotImplementedError,
        KeyError,
        ValueError,
        SyntaxError,
    ) as problem:
        raise InputError([error("template-not-word", place, reason=problem)]) from problem
    return document


def _room(document: Document) -> float:
    """How wide a picture can be between the margins of a template, in cm."""
    width = text_width(document)
    return PICTURE_WIDTH if width is None else min(PICTURE_WIDTH, Emu(width).cm)


def _dated(package: Any, pack_uri: Any, blob: bytes) -> None:
    """Write a part of a Word file under a date that every archive can hold, whatever the clock says: none can be before 1980."""
    part = zipfile.ZipInfo(pack_uri.membername, EARLIEST)
    part.compress_type, part.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
    package._zipf.writestr(part, blob)


_ZipPkgWriter.write = _dated  # type: ignore[method-assign]


class _Picture(InlineImage):  # type: ignore[misc]
    """A picture that also says what it shows, for those who cannot see it."""

    def __init__(self, document: DocxTemplate, png: bytes, description: str, width: float) -> None:
        super().__init__(document, io.BytesIO(png), width=Cm(width))
        self.description = printable(description)

    def _insert_image(self) -> str:
        xml: str = super()._insert_image()
        return xml.replace("<wp:docPr ", f"<wp:docPr descr={quoteattr(self.description)} ", 1)
