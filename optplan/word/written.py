"""A document written to a file whose name says Word or PDF."""

from __future__ import annotations

from pathlib import Path

from optplan.files import write_atomically
from optplan.tables.findings import InputError, Place, error
from optplan.word.portable import libreoffice, pdf_of

SUFFIXES = (".docx", ".pdf")


def ready_for(path: Path) -> None:
    """Fail now rather than after the work if the name is neither Word nor PDF, or there is nothing to make a PDF with."""
    if path.suffix.lower() not in SUFFIXES:
        raise InputError([error("out-suffix", Place(str(path)), suffix=" / ".join(SUFFIXES))])
    if path.suffix.lower() == ".pdf":
        libreoffice()


def write_document(path: Path, word_file: bytes) -> None:
    """Write a Word file, or the PDF made from it, as a whole or not at all."""
    write_atomically(path, pdf_of(word_file) if path.suffix.lower() == ".pdf" else word_file)
