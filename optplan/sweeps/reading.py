"""Reading a sweep file: every fault becomes a finding that names the file, the line and the key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import Annotated, Any

from pydantic import Field, ValidationError, model_validator

from optplan.files import UnreadableFile, read_bounded
from optplan.scenarios import Scenario, read_scenario
from optplan.scenarios.cells import near
from optplan.sweeps.design import Axis, Called, Listed, SweepDesign, SweepHeading, check_kind
from optplan.sweeps.findings import SweepFinding, refused
from optplan.sweeps.points import check_values
from optplan.tables.findings import Finding, InputError
from optplan.toml_text import DEEPEST, TomlError, lines_at, parse_toml

LARGEST_FILE = 1_000_000  # bytes; the files that ship are under 3 000
MOST_FINDINGS = 50
_HEADINGS = {
    name: re.compile(rf"^[ \t]*\[\[[ \t]*{pattern}[ \t]*\]\]", re.MULTILINE)
    for name, pattern in (("axis", "axis"), ("point", "point"), ("changes", r"axis[ \t]*\.[ \t]*changes"))
}


class _ListedFiles(Called):
    """A point as it is written: its scenarios by their paths, relative to the sweep file's own folder."""

    scenarios: tuple[Annotated[str, Field(min_length=1, max_length=1_000)], ...] = ()


class _Document(SweepHeading):
    """A sweep file as it is written."""

    axis: tuple[Axis, ...] = ()
    point: tuple[_ListedFiles, ...] = ()

    @model_validator(mode="after")
    def _one_kind(self) -> _Document:
        check_kind(len(self.axis), len(self.point))
        return self


def read_sweep(path: str | Path) -> SweepDesign:
    """The sweep in a TOML file with the scenarios that it names, checked as far as that can be done without a plan.

    Raises :class:`InputError` with findings that name the file, the line and the key.

    >>> read_sweep("inputs/sweeps/shuozhou/city-pool.toml").size  # doctest: +SKIP
    9
    """
    path = Path(path)
    text = _text(path)
    try:
        content = parse_toml(text)
    except TomlError as problem:
        code, values = ("toml-too-deep", {"most": DEEPEST}) if problem.deep else ("sweep-not-toml", {"reason": problem})
        raise InputError([refused(code, str(path), **values)]) from problem
    lines = {name: lines_at(text, heading) for name, heading in _HEADINGS.items()}
    named = {"name": path.stem, "title": path.stem, **content}
    try:
        document = _Document.model_validate(named)
        heading = {name: getattr(document, name) for name in SweepHeading.model_fields}
        points = tuple(_listed(path, point, _line(lines["point"], at)) for at, point in enumerate(document.point))
        changes = sum(len(axis.changes) for axis in document.axis)
        places = lines["changes"] if len(lines["changes"]) == changes else ()
        design = SweepDesign(**heading, axis=document.axis, point=points, file=str(path), lines=places)
    except ValidationError as problem:
        raise InputError([_fault(path, lines, fault) for fault in problem.errors()[:MOST_FINDINGS]]) from problem
    check_values(design)
    return design


def _text(path: Path) -> str:
    try:
        return read_bounded(path, LARGEST_FILE).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as problem:
        raise InputError([refused("sweep-not-utf8", str(path))]) from problem
    except UnreadableFile as problem:
        raise InputError([refused(problem.code, str(path), **problem.values)]) from problem


def _line(lines: tuple[int, ...], position: int) -> int | None:
    return lines[position] if position < len(lines) else None


def _listed(path: Path, point: _ListedFiles, line: int | None) -> Listed:
    """A point with its scenarios read. A scenario's own faults are told at its own place."""
    scenarios = list[Scenario]()
    for named in point.scenarios:
        beside = path.parent / named
        if PurePath(named).is_absolute() or not named.endswith(".toml"):
            raise InputError([refused("point-not-relative", str(path), line, "scenarios", scenario=named)])
        try:
            found = beside.is_file()
        except (OSError, ValueError):
            found = False
        if not found:
            raise InputError([refused("point-missing", str(path), line, "scenarios", scenario=named)])
        scenarios.append(read_scenario(beside))
    return Listed(title=point.title, title_en=point.title_en, scenarios=tuple(scenarios))


def _fault(path: Path, lines: Mapping[str, tuple[int, ...]], fault: Mapping[str, Any]) -> Finding:
    """A fault of the file's form in words: which key, of which axis or point, and what it should be."""
    location = [str(part) for part in fault["loc"]]
    keys = [*SweepHeading.model_fields, "[[axis]]", "[[point]]"]
    line = None
    if len(location) > 1 and location[0] in {"axis", "point"} and location[1].isdigit():
        line = _line(lines[location[0]], int(location[1]))
        keys = list((Axis if location[0] == "axis" else Listed).model_fields)
        location = location[2:]
    key = ".".join(location)[:100]
    values = {"key": key, "known": ", ".join(keys), "near": near(location[-1], keys) if location else "", **fault.get("ctx", {})}
    code = _CODES.get(fault["type"], fault["type"] if fault["type"] in _OWN else "sweep-key-wrong")
    return SweepFinding("error", code, refused(code, str(path), line, key or None).place, values)


_OWN = {
    "axis-and-point", "axis-name", "axis-name-taken", "axis-twice", "axis-value", "axis-value-twice", "axis-value-unused",
    "change-cell", "change-cell-size", "points-too-many", "sweep-empty",
}  # fmt: skip
_CODES = {
    "missing": "key-missing",
    "extra_forbidden": "key-unknown",
    "string_too_long": "key-too-long",
    "too_long": "key-too-long",
    "too_short": "key-empty",
    "string_too_short": "key-empty",
}
