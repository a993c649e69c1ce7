"""Reading a scenario file: every fault becomes a finding that names the file and the change, nothing becomes a traceback."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path, PurePath
from typing import Any

from pydantic import ValidationError

from optplan.files import UnreadableFile, read_bounded
from optplan.scenarios.cells import meaning_of, near
from optplan.scenarios.findings import ScenarioFinding, steps_of
from optplan.scenarios.scenario import Account, Add, Label, Remove, Scale, Scenario, Set
from optplan.tables.findings import Finding, InputError, Place
from optplan.toml_text import DEEPEST, TomlError, lines_at, parse_toml

LARGEST_FILE = 2**20  # bytes; the files that ship are under 3 000
LONGEST_LINEAGE = 10  # parents of parents
MOST_FINDINGS = 50
_HEADING = re.compile(r"^[ \t]*\[\[[ \t]*changes[ \t]*\]\]", re.MULTILINE)
_KINDS: dict[str, type[Set | Scale | Add | Remove]] = {"set": Set, "scale": Scale, "add": Add, "remove": Remove}


class _Document(Account):
    """A scenario file as it is written: the parent by its path, relative to the file's own folder."""

    parent: Label | None = None


def read_scenario(path: str | Path) -> Scenario:
    """The scenario in a TOML file, with its parents, checked as far as that can be done without a plan.

    Raises :class:`InputError` with findings that name the file, the line and number of the change, and the key.
    """
    return _read(Path(path), ())


def parse_scenario(toml: str, file: str, parent: Scenario | None) -> Scenario:
    """The scenario with the text ``toml``, said to stand in ``file``, whose parent is at hand rather than in a file."""
    return _scenario(toml, Path(file), lambda _: parent)


def _read(path: Path, children: tuple[Path, ...]) -> Scenario:
    return _scenario(_text(path), path, lambda named: _parent(path, named, children) if named else None)


def _scenario(text: str, path: Path, parent_of: Callable[[str | None], Scenario | None]) -> Scenario:
    try:
        content = parse_toml(text)
    except TomlError as problem:
        fault = _error(path, "toml-too-deep", most=DEEPEST) if problem.deep else _error(path, "scenario-not-toml", reason=problem)
        raise InputError([fault]) from problem
    return checked_scenario(content, path, lines_at(text, _HEADING), text, parent_of)


def checked_scenario(
    content: Mapping[str, Any],
    path: Path,
    lines: tuple[int, ...],
    toml: str = "",
    parent_of: Callable[[str | None], Scenario | None] = lambda _: None,
) -> Scenario:
    """The scenario with the content of a file, checked as far as that can be done without a plan.

    ``path`` is where it stands, ``lines`` the line there on which each change begins. Raises :class:`InputError`.
    """
    try:
        document = _Document.model_validate({"name": path.stem, "title": path.stem, **content})
    except ValidationError as problem:
        raise InputError([_fault(path, lines, toml, fault) for fault in problem.errors()[:MOST_FINDINGS]]) from problem
    scenario = Scenario(
        **{name: getattr(document, name) for name in Account.model_fields},
        parent=parent_of(document.parent),
        file=str(path),
        lines=lines if len(lines) == len(document.changes) else (),
        toml=toml,
    )
    findings: list[Finding] = [finding for step in steps_of(scenario) for finding in meaning_of(step)[1]]
    if findings:
        raise InputError(findings[:MOST_FINDINGS])
    return scenario


def _text(path: Path) -> str:
    try:
        return read_bounded(path, LARGEST_FILE).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as problem:
        raise InputError([_error(path, "scenario-not-utf8")]) from problem
    except UnreadableFile as problem:
        raise InputError([_error(path, problem.code, **problem.values)]) from problem


def _parent(path: Path, parent: str, children: tuple[Path, ...]) -> Scenario:
    if PurePath(parent).is_absolute() or not parent.endswith(".toml"):
        raise InputError([_error(path, "parent-not-relative", column="parent", parent=parent)])
    lineage = (*children, path.resolve())
    beside = path.parent / parent
    try:
        found = beside.is_file()
        again = beside.resolve() in lineage
    except (OSError, ValueError):
        found = again = False
    if again:
        raise InputError([_error(path, "parent-circular", column="parent", parent=parent)])
    if not found:
        raise InputError([_error(path, "parent-missing", column="parent", parent=parent)])
    if len(lineage) > LONGEST_LINEAGE:
        raise InputError([_error(path, "parent-too-deep", column="parent", most=LONGEST_LINEAGE)])
    return _read(beside, lineage)


def _error(path: Path, code: str, *, column: str | None = None, **values: Any) -> ScenarioFinding:
    return ScenarioFinding("error", code, Place(str(path), column=column), values)


def _fault(path: Path, lines: tuple[int, ...], toml: str, fault: Mapping[str, Any]) -> ScenarioFinding:
    """A fault of the file's form in words: which key, of which change, and what it should be."""
    loc, number = [str(part) for part in fault["loc"]], None
    keys: list[str] = [name for name in _Document.model_fields if name != "changes"] + ["[[changes]]"]
    if len(fault["loc"]) > 1 and loc[0] == "changes":
        number, loc = int(loc[1]) + 1, loc[2:]
        if loc and loc[0] in _KINDS:  # the action, by which the form of a change is known
            keys = list(_KINDS[loc[0]].model_fields)
            loc = loc[1:]
    where = ".".join(loc)[:100]
    line = lines[number - 1] if number and number <= len(lines) else None
    if number is None and loc:
        line = _line_of(loc[0], toml)
    values = {"key": where, "known": ", ".join(keys), "near": near(loc[-1], keys) if loc else "", **fault.get("ctx", {})}
    code = _CODES.get(fault["type"], fault["type"] if fault["type"] in _OWN else "key-wrong")
    return ScenarioFinding("error", code, Place(str(path), row=line, column=where or None), values, number)


def _line_of(key: str, toml: str) -> int | None:
    """The line on which a key at the top of a file is written."""
    written = re.search(rf"^[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*=", toml, re.MULTILINE)
    return toml.count("\n", 0, written.start()) + 1 if written else None


_OWN = {
    "change-cell", "change-cell-size", "change-where-empty", "table-unknown", "cell-blank", "cell-number", "cell-number-size",
    "cell-decimals", "cell-too-small", "cell-too-large", "cell-too-long", "cell-control-character", "cell-date",
}  # fmt: skip
_CODES = {
    "missing": "key-missing",
    "extra_forbidden": "key-unknown",
    "union_tag_invalid": "action-unknown",
    "union_tag_not_found": "action-missing",
    "string_too_long": "key-too-long",
    "string_type": "key-not-text",
    "too_short": "key-empty",
    "string_too_short": "key-empty",
}
