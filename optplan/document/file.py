"""Reading a result file that may have been edited or damaged: every fault becomes a finding, nothing becomes a traceback."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, FailFast, Field, ValidationError

from optplan.decision_model import DecisionModel
from optplan.files import UnreadableFile, read_bounded
from optplan.tables.content import Row, Tables
from optplan.tables.declarations import PLAN_KEYS, TABLES
from optplan.tables.findings import Finding, InputError, Place, error
from optplan.tables.structure import check_structure
from optplan.tables.values import BadValue, parse

LARGEST_FILE = 32 * 2**20  # bytes; a result of 119 counties is about 10 MiB
MOST_PARTS = 600_000  # lists and objects; of 119 counties 150 000
MOST_VALUES = 3_000_000  # what commas set apart; of 119 counties 700 000


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
Quantity = Annotated[int | float, Field(ge=-(10**12), le=10**12, allow_inf_nan=False)]
Class = Annotated[Literal["capital", "recurrent"], Field(alias="class")]


class _Part(BaseModel):
    model_config = ConfigDict(extra="allow", allow_inf_nan=False, populate_by_name=True)


class _Plan(_Part):
    title: str
    sha256: Text


class _Criterion(_Part):
    name: Text
    value: float
    bound: float
    gap: float
    seconds: Annotated[float, Field(ge=0)]
    slack: Annotated[float, Field(ge=0)]
    tolerance: Annotated[float, Field(ge=0)]
    relative_tolerance: Annotated[float, Field(ge=0)]
    proven: Annotated[bool, Field(strict=True)]
    in_plan: float


class _Delivery(_Part):
    item: Text
    county: Text
    year: Year
    quantity: Quantity


class _TeamYear(_Part):
    team: Text
    year: Year
    hires: Count
    staff: Count
    meets: bool


class _Start(_Part):
    project: Text
    start: Year
    opens: Year


class _Payment(_Part):
    fund: Text
    county: Text
    year: Year
    kind: Class
    amount: Amount


class _Request(_Part):
    county: Text
    year: Year
    kind: Class
    amount: Amount


class _Target(_Part):
    target: Text
    delivered: Quantity
    total: Quantity
    shortfall: Quantity


class _Gap(_Part):
    standard: Text
    county: Text
    year: Year
    required: Quantity
    stock: Quantity
    gap: Quantity


class _Cost(_Part):
    county: Text
    year: Year
    capital: Amount
    recurrent: Amount


class _Balance(_Part):
    fund: Text
    county: Text
    year: Year
    amount: Amount
    carried_in: Amount
    spent: Amount
    carried_out: Amount
    lapsed: Amount


class _Commitment(_Part):
    kind: Text
    county: Text
    project: Text | None
    year: Year
    due: Class
    amount: Amount


class _Purpose(_Part):
    fund: Annotated[str, Field(max_length=200)]
    county: Text
    year: Year
    kind: Class
    purpose: Annotated[str, Field(max_length=5000)]
    amount: Amount


class _Loan(_Part):
    fund: Text
    county: Text
    year: Year
    amount: Amount
    instalment: Amount
    remaining: Amount


class _Seal(_Part):
    sha256: Text
    criteria: dict[str, str]


class _Inputs(_Part):
    columns: list[Text]
    rows: Rows[list[str]]


class _Document(_Part):
    format: Literal[1]
    plan: _Plan
    model: Text
    model_content: DecisionModel
    scenario: list[Text]
    status: Literal["optimal", "feasible", "infeasible", "unknown"]
    criteria: Rows[_Criterion]
    schedule: Rows[_Delivery]
    teams: Rows[_TeamYear]
    projects: Rows[_Start]
    payments: Rows[_Payment]
    requests: Rows[_Request]
    targets: Rows[_Target]
    gaps: Rows[_Gap]
    costs: Rows[_Cost]
    balances: Rows[_Balance]
    commitments: Rows[_Commitment]
    purposes: Rows[_Purpose] = []
    loans: Rows[_Loan] = []
    seal: _Seal | None
    made_with: dict[str, Any]
    inputs: dict[str, _Inputs]


_ROW_KEYS = {
    "schedule": ("item", "county", "year"),
    "teams": ("team", "year"),
    "projects": ("project",),
    "payments": ("fund", "county", "year", "class"),
    "requests": ("county", "year", "class"),
    "purposes": ("fund", "county", "year", "class", "purpose"),
}


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
        checked = _Document.model_validate(document)
    except (RecursionError, ValueError) as problem:
        raise InputError(_faults(problem, str(path))) from problem
    findings = [*_duplicates(document, str(path)), *_unknown_tables(checked, str(path))]
    if findings:
        raise InputError(findings)
    return dict(document)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _ in pairs}) < len(pairs):
        raise ValueError("a key stands twice")
    return dict(pairs)


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a number")


def _faults(problem: Exception, file: str) -> list[Finding]:
    if isinstance(problem, UnicodeDecodeError):
        return [error("result-not-text", Place(file))]
    if not isinstance(problem, ValidationError):
        return [error("result-not-json", Place(file), reason=problem)]
    faults = []
    for fault in problem.errors(include_url=False, include_input=False)[:50]:
        where = ".".join(str(part) for part in fault["loc"])
        faults.append(error("result-invalid", Place(file, column=where), where=where, reason=fault["msg"]))
    return faults


def _duplicates(document: Mapping[str, Any], file: str) -> list[Finding]:
    found = []
    for section, keys in _ROW_KEYS.items():
        seen = set()
        for number, entry in enumerate(document.get(section, ())):
            key = tuple(entry[name] for name in keys)
            if key in seen:
                where = f"{section}.{number}"
                found.append(error("result-duplicate", Place(file, column=where), where=where, key=" ".join(map(str, key))))
            seen.add(key)
    return found


def _unknown_tables(document: _Document, file: str) -> list[Finding]:
    found = []
    for name, table in TABLES.items():
        if table.required and not (name in document.inputs and document.inputs[name].rows):
            found.append(error("table-missing", Place(file, column=f"inputs.{name}"), table=name))
    for name, content in document.inputs.items():
        known = name in TABLES and all(column in TABLES[name].by_name for column in content.columns)
        if not known or any(len(row) != len(content.columns) for row in content.rows):
            where = f"inputs.{name}"
            found.append(error("result-invalid", Place(file, column=where), where=where, reason=name))
    return found


def tables_within(document: Mapping[str, Any]) -> Tables:
    """The tables that a result file carries. Raises :class:`InputError` if a cell is not readable or they make no plan."""
    rows: dict[str, tuple[Row, ...]] = {}
    for name, content in document["inputs"].items():
        table = TABLES[name]
        found = []
        for number, cells in enumerate(content["rows"], start=2):
            values = {}
            given = dict(zip(content["columns"], cells, strict=True))
            for column_name, cell in given.items():
                column = table.column(column_name)
                if name == "plan" and column_name == "value":
                    column = PLAN_KEYS.get(given["key"], PLAN_KEYS["title"])
                try:
                    value = parse(cell, column)
                except BadValue as bad:
                    where = f"inputs.{name}.{number}.{column_name}"
                    raise InputError([error(bad.code, Place(column=where), **bad.values)]) from bad
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
