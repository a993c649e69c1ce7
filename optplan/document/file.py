"""Reading a result file that may have been edited or damaged: every fault becomes a finding, nothing becomes a traceback."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, FailFast, Field, StrictBool, ValidationError, create_model

from optplan.decision_model import DecisionModel
from optplan.document.schema import SECTIONS, Kind, Section
from optplan.files import UnreadableFile, read_bounded
from optplan.language.printable import printable
from optplan.tables.content import Row, Tables
from optplan.tables.declarations import PLAN_KEYS, TABLES
from optplan.tables.findings import Finding, InputError, Place, error
from optplan.tables.structure import check_structure
from optplan.tables.values import BadValue, parse

LARGEST_FILE = 32 * 2**20  # bytes; a result of 119 counties is about 10 MiB
MOST_PARTS = 600_000  # lists and objects; of 119 counties 150 000
MOST_VALUES = 3_000_000  # what commas set apart; of 119 counties 700 000
MOST_QUOTED = 60  # characters of a value in a message
MOST_FINDINGS = 200  # of rows that stand twice; more of the same help nobody


_HALF_CHARACTER = re.compile(rb"\\u[dD][89abAB]")


def _in_yuan(amount: str) -> str:
    value = Decimal(amount)
    if not value.is_finite() or abs(value) > 10**12 or value != round(value, 4):
        raise ValueError("an amount has at most four decimals")
    return amount


Entry = TypeVar("Entry")
Rows = Annotated[list[Entry], FailFast()]  # of a million faulty rows the first is enough
Text = Annotated[str, Field(max_length=200)]
Year = Annotated[int, Field(ge=1900, le=2300, strict=True)]
Count = Annotated[int, Field(ge=-(10**9), le=10**9, strict=True)]
Amount = Annotated[str, Field(pattern=r"^-?\d{1,13}(\.\d{1,4})?$"), AfterValidator(_in_yuan)]
Figure = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Quantity = Annotated[Figure, Field(ge=-(10**12), le=10**12)]
KINDS: dict[Kind, Any] = {
    Kind.TEXT: Text,
    Kind.OPTIONAL_TEXT: Text | None,
    Kind.YEAR: Year,
    Kind.COUNT: Count,
    Kind.QUANTITY: Quantity,
    Kind.AMOUNT: Amount,
    Kind.CLASS: Literal["capital", "recurrent"],
    Kind.FLAG: StrictBool,
    Kind.FIGURE: Figure,
    Kind.LONG_TEXT: Annotated[str, Field(max_length=5000)],
    Kind.SPAN: Annotated[Figure, Field(ge=0)],
}


class _Part(BaseModel):
    model_config = ConfigDict(extra="allow", allow_inf_nan=False)


class _Plan(_Part):
    title: str
    sha256: Text


class _Seal(_Part):
    sha256: Text
    version: Literal[1, 2] = 1
    criteria: dict[str, str]
    rules: dict[str, Count] = {}
    checked_by: Text = ""
    parts: dict[str, Any] = {}


class _Signature(_Part):
    by: Text
    key: Text
    signed_at: Text
    signature: Text


class _Proof(_Part):
    criterion: Text
    multipliers: dict[str, dict[str, Figure]]


class _Inputs(_Part):
    columns: list[Text]
    rows: Rows[list[str]]


def _field(section: Section) -> Any:
    columns: dict[str, Any] = {column.name: (KINDS[column.kind], ...) for column in section.columns}
    entry = create_model(section.name, __base__=_Part, **columns)
    return (Rows[entry], [] if section.seldom else ...)  # type: ignore[valid-type]


class _Answer(_Part):
    format: Literal[1]
    plan: _Plan
    model: Text
    model_content: DecisionModel
    scenario: list[Text]
    status: Literal["optimal", "feasible", "infeasible", "unknown"]
    seal: _Seal | None
    proof: Rows[_Proof] = []
    signature: _Signature | None = None
    made_with: dict[str, Any]
    inputs: dict[str, _Inputs]


_FIELDS: dict[str, Any] = {name: _field(section) for name, section in SECTIONS.items()}
_Document = create_model("_Document", __base__=_Answer, **_FIELDS)


def read_document(path: Path) -> dict[str, Any]:
    """The content of a result file. Raises :class:`InputError` with a finding for each fault."""
    place = Place(str(path))
    try:
        raw = read_bounded(path, LARGEST_FILE)
    except UnreadableFile as problem:
        raise InputError([error(problem.code, place, **problem.values)]) from problem
    if raw.count(b"{") + raw.count(b"[") > MOST_PARTS or raw.count(b",") > MOST_VALUES:
        raise InputError([error("result-too-large", place, most=MOST_VALUES)])
    try:
        document = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_constant)
        if _HALF_CHARACTER.search(raw):  # one that stands alone can be written nowhere
            json.dumps(document, ensure_ascii=False).encode("utf-8")
        if not isinstance(document, dict):
            raise _NotAResult("result-no-object")
        _Document.model_validate(document)
    except (RecursionError, ValueError) as problem:
        raise InputError(_faults(problem, str(path))) from problem
    findings = [*islice(_duplicates(document, str(path)), MOST_FINDINGS), *_unknown_tables(document["inputs"], str(path))]
    if findings:
        raise InputError(findings)
    return dict(document)


class _NotAResult(ValueError):
    """Why JSON is no result: the ``code`` of a finding and what it speaks of."""

    def __init__(self, code: str, **values: Any) -> None:
        self.code, self.values = code, values
        super().__init__(code)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _ in pairs}) < len(pairs):
        raise _NotAResult("result-key-twice")
    return dict(pairs)


def _no_constant(name: str) -> Any:
    raise _NotAResult("result-no-number", value=name)


def _faults(problem: Exception, file: str) -> list[Finding]:
    if isinstance(problem, UnicodeDecodeError):
        return [error("result-not-text", Place(file))]
    if isinstance(problem, UnicodeEncodeError):
        return [error("result-half-character", Place(file))]
    if isinstance(problem, _NotAResult):
        return [error(problem.code, Place(file), **problem.values)]
    if isinstance(problem, json.JSONDecodeError):
        return [error("result-not-json", Place(file), line=problem.lineno, column=problem.colno)]
    if not isinstance(problem, ValidationError):  # of numbers without end, and of lists in lists in lists
        return [error("result-too-deep" if isinstance(problem, RecursionError) else "result-endless-number", Place(file))]
    faults = []
    for fault in problem.errors(include_url=False)[:50]:
        where = ".".join(str(part) for part in fault["loc"])
        code = "result-missing" if fault["type"] == "missing" else "result-invalid"
        faults.append(error(code, Place(file, column=where), where=where, value=_quoted(fault["input"])))
    return faults


def _quoted(value: Any) -> str:
    """The beginning of what stands in a file, as it is written there."""
    if isinstance(value, (dict, list)):
        return "{…}" if isinstance(value, dict) else "[…]"
    return printable(json.dumps(value, ensure_ascii=False))[:MOST_QUOTED]


def _duplicates(document: Mapping[str, Any], file: str) -> Iterator[Finding]:
    for section in SECTIONS.values():
        seen = set()
        for number, entry in enumerate(document.get(section.name, ())):
            key = tuple(entry[name] for name in section.keys)
            if key in seen:
                where = f"{section.name}.{number}"
                yield error("result-duplicate", Place(file, column=where), where=where, key=" ".join(map(str, key)))
            seen.add(key)


def _unknown_tables(inputs: Mapping[str, Any], file: str) -> list[Finding]:
    found = []
    for name, table in TABLES.items():
        if table.required and not (name in inputs and inputs[name]["rows"]):
            found.append(error("table-missing", Place(file, column=f"inputs.{name}"), table=name))
    for name, content in inputs.items():
        columns = content["columns"]
        known = name in TABLES and len({*columns}) == len(columns) and all(each in TABLES[name].by_name for each in columns)
        if not known or any(len(row) != len(columns) for row in content["rows"]):
            where = f"inputs.{name}"
            found.append(error("result-invalid", Place(file, column=where), where=where, value=_quoted(name)))
    return found


def tables_within(document: Mapping[str, Any]) -> Tables:
    """The tables that a result file carries. Raises :class:`InputError` if a cell is not readable or they make no plan."""
    rows: dict[str, tuple[Row, ...]] = {}
    for name, content in document["inputs"].items():
        table = TABLES[name]
        found = []
        known: dict[tuple[str, str], Any] = {}  # cells repeat by the thousand
        for number, cells in enumerate(content["rows"], start=2):
            values = {}
            given = dict(zip(content["columns"], cells, strict=True))
            for column_name, cell in given.items():
                column = table.column(column_name)
                if name == "plan" and column_name == "value":
                    column = PLAN_KEYS.get(given["key"], PLAN_KEYS["title"])
                try:
                    value = known[column.name, cell] if (column.name, cell) in known else parse(cell, column)
                except BadValue as bad:
                    where = f"inputs.{name}.{number}.{column_name}"
                    raise InputError([error(bad.code, Place(column=where), **bad.values)]) from bad
                known[column.name, cell] = value
                if value is not None:
                    values[column_name] = value
            found.append(Row(table, values, number))
        rows[name] = tuple(found)
    tables = Tables(rows)
    faults = [
        replace(finding, place=_within(finding.place)) for finding in check_structure(tables) if finding.severity == "error"
    ]
    if faults:
        raise InputError(faults)
    return tables


def _within(place: Place) -> Place:
    """The place of a cell of the tables that a result file carries."""
    parts = ("inputs", place.table, place.row, place.column)
    return Place(column=".".join(str(part) for part in parts if part))
