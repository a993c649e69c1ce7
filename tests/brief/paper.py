"""What is really on the pages of a PDF, and in the parts of a Word file, as other programs see it."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path

from docx import Document

from optplan.audit import audit
from optplan.decision_model import Level, read_model
from optplan.result import Result, build_result
from optplan.schedule import Schedule
from optplan.tables.content import Tables


def pages(pdf: Path) -> int:
    return int(re.search(r"^Pages:\s+(\d+)", _told("pdfinfo", pdf), re.M).group(1))


def paper(pdf: Path) -> str:
    return re.search(r"^Page size:.*\((\w+)\)", _told("pdfinfo", pdf), re.M).group(1)


def fonts(pdf: Path) -> list[list[str]]:
    """Name, and whether it is in the file, of each font."""
    return [[line.split()[0], line.split()[-5]] for line in _told("pdffonts", pdf).splitlines()[2:]]


def words(pdf: Path) -> str:
    """The text as it is laid out."""
    return _told("pdftotext", "-layout", pdf, "-")


def run_together(text: str) -> str:
    """Text without blanks and line breaks, which paper puts in where it likes."""
    return re.sub(r"\s", "", text)


def _told(*command: object) -> str:
    done = subprocess.run([str(part) for part in command], check=True, capture_output=True, timeout=60)
    return done.stdout.decode("utf-8")


def document_text(word_file: Path | bytes) -> str:
    """Every text of a Word file: body, tables, letterhead, foot."""
    document = Document(io.BytesIO(word_file) if isinstance(word_file, bytes) else str(word_file))
    section = document.sections[0]
    roots = (document.element.body, section.header._element, section.footer._element)
    tag = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
    return "\n".join(node.text or "" for root in roots for node in root.iter(tag))


def parts(word_file: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(word_file)) as file:
        return {name: file.read(name) for name in file.namelist()}


def sealed(tables: Tables, model: str = "attain") -> Result:
    """A sealed result in which nothing is delivered, without a search."""
    decision = read_model(model)
    names = [criterion.name for criterion in decision.criteria]
    exact = audit(tables, Schedule(), requests=decision.requests, criteria=names).criteria
    levels = [Level(name, exact[name], float(exact[name]), 0.0) for name in names]
    return build_result(tables, decision, Schedule(), levels, made_with={"optplan": "test"})
