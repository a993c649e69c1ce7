"""Files that a browser sends: never trusted, never larger than they may be, read in a folder of their own that is then gone."""

from __future__ import annotations

import io
import tempfile
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path, PurePosixPath

from optplan.audit import Violation
from optplan.document.sealed import SealBroken, sealed
from optplan.plan import Plan
from optplan.result import Result, read_result
from optplan.scenarios import Scenario
from optplan.scenarios.reading import parse_scenario
from optplan.tables.content import Tables
from optplan.tables.findings import Finding, InputError, Place, PlanError
from optplan.toml_text import parse_toml

LARGEST_MEGABYTES = 16  # of an upload
LARGEST_CONTENT = 64 * 2**20  # bytes unpacked
MOST_PARTS = 200
LARGEST_SCENARIO = 2**20  # bytes
LARGEST_RESULT = 16 * 2**20  # bytes; a result of 119 counties is about 10 MiB


def uploaded_plan(name: str, content: bytes) -> Plan:
    """The plan in an uploaded workbook (``.xlsx``) or an archive of CSV files (``.zip``), read and checked.

    Raises :class:`InputError` with every finding, places named as the file was.
    """
    from optplan.plan import read_plan

    name = PurePosixPath(name.replace("\\", "/")).name[:200]
    if len(content) > LARGEST_MEGABYTES * 2**20:
        raise InputError([_error("upload-too-large", name, limit=LARGEST_MEGABYTES)])
    with tempfile.TemporaryDirectory(prefix="optplan-upload-") as folder:
        place = Path(folder) / "plan"
        if name.lower().endswith(".zip"):
            place.mkdir()
            _unpack(name, content, place)
        elif name.lower().endswith(".xlsx"):
            place = place.with_suffix(".xlsx")
            place.write_bytes(content)
        else:
            raise InputError([_error("upload-kind", name, name=name)])
        try:
            plan = read_plan(place)
        except PlanError as problem:
            raise PlanError([_at(finding, place, name) for finding in problem.findings]) from None
        return _named(plan, place, name)


def uploaded_scenario(name: str, content: bytes) -> Scenario:
    """The scenario in an uploaded TOML file. Raises :class:`InputError` with findings that name the line and the change."""
    name = PurePosixPath(name.replace("\\", "/")).name[:200]
    if len(content) > LARGEST_SCENARIO:
        raise InputError([_error("upload-too-large", name, limit=LARGEST_SCENARIO // 2**20)])
    if not name.lower().endswith(".toml"):
        raise InputError([_error("upload-not-toml", name, name=name)])
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as problem:
        raise InputError([_error("scenario-not-utf8", name)]) from problem
    scenario = parse_scenario(text, name, None)
    if named := parse_toml(text).get("parent"):
        raise InputError([_error("upload-parent", name, parent=named)])
    return scenario


def uploaded_result(content: bytes) -> tuple[Result, tuple[Violation, ...]]:
    """The result in an uploaded file, and what the exact check finds wrong with it. Raises :class:`InputError`."""
    with tempfile.TemporaryDirectory(prefix="optplan-upload-") as folder:
        path = Path(folder) / "result.json"
        path.write_bytes(content)
        result = read_result(path)
    result.tables()  # raises what is wrong with the inputs inside
    try:
        sealed(result)
    except SealBroken as problem:
        return result, problem.verdict.violations
    return result, ()


def _unpack(name: str, content: bytes, folder: Path) -> None:
    """Write the CSV files of an archive into ``folder``, whatever folders they stand in; nothing else of it is looked at."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_CONTENT:
                raise InputError([_error("upload-zip-bomb", name)])
            tables = [part for part in parts if _is_table(part.filename)]
            if not tables:
                raise InputError([_error("upload-zip-empty", name)])
            for part in tables:
                with archive.open(part) as stream:
                    table = stream.read(part.file_size + 1)
                if len(table) > part.file_size:
                    raise InputError([_error("upload-zip-bomb", name)])
                path = folder / PurePosixPath(part.filename).name
                if path.exists():
                    raise InputError([_error("table-twice", name, table=path.stem)])
                path.write_bytes(table)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, OSError, zlib.error) as problem:
        raise InputError([_error("upload-zip-damaged", name)]) from problem


def _is_table(path: str) -> bool:
    parts = PurePosixPath(path)
    return parts.suffix.lower() == ".csv" and not parts.name.startswith(".") and "__MACOSX" not in parts.parts


def _named(plan: Plan, place: Path, name: str) -> Plan:
    """The plan as if it had been read from a file called ``name``: where it really stood is gone."""
    rows = {
        table: tuple(replace(row, file=_path(row.file, place, name)) for row in some) for table, some in plan.tables.rows.items()
    }
    return Plan(Tables(rows, name), [_at(finding, place, name) for finding in plan.findings])


def _at(finding: Finding, place: Path, name: str) -> Finding:
    return replace(finding, place=replace(finding.place, file=_path(finding.place.file, place, name)))


def _path(file: str, place: Path, name: str) -> str:
    return file.replace(str(place), name, 1)


class UploadFinding(Finding):
    """A finding about an uploaded file as a whole."""

    def message(self, language: str | None = None) -> str:
        """The finding in words, from the catalogue ``editing.ftl`` or one that other files share."""
        from optplan.language import find

        said = find("editing", self.code, language, **self.values) or find("scenarios", self.code, language, **self.values)
        return said or super().message(language)


def _error(code: str, file: str, /, **values: object) -> Finding:
    return UploadFinding("error", code, Place(file), dict(values))
