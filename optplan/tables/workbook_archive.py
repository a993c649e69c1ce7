"""The archive that an ``.xlsx`` is: untrusted, so inspected before anything in it is parsed, and read within bounds."""

from __future__ import annotations

import posixpath
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote
from xml.parsers import expat

from optplan.language.numbers import file_size
from optplan.tables.findings import Finding, Place, error

LARGEST_FILE = 64 * 2**20  # bytes as stored
LARGEST_CONTENT = 256 * 2**20  # bytes unpacked
LARGEST_PART = {"styles.xml": 32 * 2**20, "workbook.xml": 4 * 2**20}  # bytes unpacked; Excel's own most is far below
MOST_PARTS = 2_000

CHUNK = 2**20  # bytes
OLE, ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
_ACTIVE = ("vbaproject", "externallink", "xl/macrosheets/")
UNREADABLE = (
    OSError, zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, LookupError, zlib.error,
    expat.ExpatError,
)  # fmt: skip


def inspect_workbook(path: Path) -> Finding | None:
    """What makes the file one that must not be opened, if anything."""
    place = Place(str(path))
    try:
        size = path.stat()
        if not stat.S_ISREG(size.st_mode):
            return error("file-not-regular", place)
        if size.st_size > LARGEST_FILE:
            return error("file-too-large", place, limit=file_size(LARGEST_FILE))
        with path.open("rb") as stream:
            start = stream.read(8)
        if not start:
            return error("file-empty", place)
        if start.startswith(OLE):
            return error("workbook-old-or-locked", place)
        if not start.startswith(ZIP):
            return error("workbook-not-xlsx", place)
        with zipfile.ZipFile(path) as archive:
            return _inspect_parts(archive, place)
    except UNREADABLE as fault:
        return error("workbook-damaged", place, reason=type(fault).__name__)


def _inspect_parts(archive: zipfile.ZipFile, place: Place) -> Finding | None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_CONTENT:
        return error("workbook-bomb", place, limit=LARGEST_CONTENT)
    names = [_path(part.filename) for part in parts]
    if any(mark in name for name in names for mark in _ACTIVE):
        return error("workbook-active", place)
    if any(name.endswith("workbook.bin") for name in names):
        return error("workbook-binary", place)
    if "[content_types].xml" not in names or not any(name.startswith("xl/") for name in names):
        return error("workbook-not-xlsx", place)
    if len(set(names)) < len(names):  # programs differ in which of two parts of one name they open
        return error("workbook-damaged", place, reason=zipfile.BadZipFile.__name__)
    for part in parts:
        largest = LARGEST_PART.get(posixpath.basename(part.filename.lower()), LARGEST_CONTENT)
        if part.file_size > largest:
            return error("workbook-part-too-large", place, part=part.filename, limit=largest)
        if part.filename.lower().endswith((".xml", ".rels")):
            fault = _inspect_xml(archive, part, place)
            if fault is not None:
                return fault
    return None


def _inspect_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo, place: Place) -> Finding | None:
    """No document type, so no entities; and no more content than the archive's list admits to."""
    read, tail = 0, b""
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            read += len(chunk)
            if read > part.file_size:
                return error("workbook-bomb", place, limit=LARGEST_CONTENT)
            window = (tail + chunk).upper().replace(b"\0", b"")
            if b"<!DOCTYPE" in window or b"<!ENTITY" in window:
                return error("workbook-entities", place)
            tail = chunk[-20:]
    return None


def _path(name: str) -> str:
    """The path of a part, however its letters, its slashes and its characters are written."""
    return posixpath.normpath(unquote(name).replace("\\", "/").lower()).lstrip("/")


class Archive:
    """The parts of an inspected workbook, by their path, whatever its upper and lower case."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._parts = {_path(part.filename): part for part in archive.infolist()}

    def __contains__(self, name: str) -> bool:
        return _path(name) in self._parts

    def chunks(self, name: str) -> Iterator[bytes]:
        """The content of a part, piece by piece, never more than the archive's list admits to."""
        part = self._parts[_path(name)]
        left = part.file_size
        with self._archive.open(part) as stream:
            while chunk := stream.read(min(CHUNK, left + 1)):
                left -= len(chunk)
                if left < 0:
                    raise zipfile.BadZipFile("more content than listed")
                yield chunk

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """What a part refers to: by the id of each relationship its kind, in one word, and the path of the other part."""
        folder, base = posixpath.split(name)
        relations = posixpath.join(folder, "_rels", f"{base}.rels")
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag == "Relationship" and attributes.get("TargetMode", "Internal") == "Internal":
                target = attributes.get("Target", "").replace("\\", "/")
                path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                found[attributes.get("Id", "")] = (posixpath.basename(attributes.get("Type", "")), path)

        if relations in self:
            parse_xml(self.chunks(relations), start)
        return found


def parse_xml(
    chunks: Iterable[bytes],
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Read XML in one pass. Tags come without their prefixes, attributes as they are written."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _no_document_type
    bare: dict[str, str] = {}  # tags repeat by the million

    def begin(tag: str, attributes: dict[str, str]) -> None:
        start(bare.get(tag) or bare.setdefault(tag, tag.rpartition(":")[2]), attributes)

    parser.StartElementHandler = begin
    if end is not None:
        parser.EndElementHandler = lambda tag: end(bare[tag])
    if text is not None:
        parser.CharacterDataHandler = text
    for chunk in chunks:
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def _no_document_type(*_: object) -> None:
    raise ValueError("a document type")
