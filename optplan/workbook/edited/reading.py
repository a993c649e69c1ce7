"""An edited schedule workbook as a schedule: what stands in the yellow cells, and what was typed where nothing is read."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from math import isfinite
from pathlib import Path
from typing import Any

from optplan.decision_model import DecisionModel
from optplan.schedule import YUAN, Schedule, in_yuan
from optplan.tables.cells import Formula
from optplan.tables.content import Tables
from optplan.tables.declarations import SPENDING_CLASSES
from optplan.tables.findings import Finding, InputError, error, warning
from optplan.tables.schema import Column, Kind
from optplan.tables.values import BadValue, parse, written
from optplan.workbook.edited.sheets import IdSheet, read_sheets

LARGEST = 10**15  # beyond, a figure is nobody's
PARTS = Decimal("0.00000001")  # of units, where parts are allowed
COMPUTED = {"staff", "capital", "running", "cost", "source", "unfunded", "stock", "gap"}  # rows of formulas
ZERO = Decimal(0)


@dataclass(frozen=True)
class Edit:
    """An edited workbook. ``schedule``: its decisions. ``findings``: warnings about entries that are not decisions.

    ``model``: the decision model under which the workbook was made. ``plan_sha256``: the plan that it was made from.
    ``proven``: for each criterion its value in the sealed plan, and its proven bound. ``sheets``: where everything stands.
    """

    path: Path
    schedule: Schedule
    findings: tuple[Finding, ...]
    model: DecisionModel
    plan_sha256: str
    proven: dict[str, tuple[float, float]]
    sheets: tuple[IdSheet, ...]


def read_edit(path: str | Path, tables: Tables) -> Edit:
    """Read an exported schedule that a person may have changed, against the plan's ``tables``.

    Raises :class:`InputError` with a finding for each cell that cannot be read, and for rows that are missing or repeated.
    """
    reader = _Reader(Path(path), tables)
    reader.read()
    if any(finding.severity == "error" for finding in reader.findings):
        raise InputError(reader.findings)
    return reader.edit()


class _Reader:
    def __init__(self, path: Path, tables: Tables) -> None:
        self.path, self.tables = path, tables
        self.sheets = read_sheets(path)
        self.findings: list[Finding] = []
        self.items = {row["item"]: row for row in tables["items"]}
        self.teams = {row["team"]: row for row in tables["teams"]}
        self.projects = {row["project"]: row for row in tables["projects"]}
        self.first, self.last = tables.setting("first_year"), tables.setting("last_year")
        self.closed = tables.setting("closed_through") or self.first - 1
        self.years = range(self.first, self.last + 1)
        self.deliveries: dict[tuple[str, str, int], Decimal] = defaultdict(Decimal)
        self.hires: dict[tuple[str, int], int] = {}
        self.starts: dict[str, int] = {}
        self.payments: dict[tuple[str, str, int, str], int] = {}
        self.requests: dict[tuple[str, int, str], int] = {}

    def edit(self) -> Edit:
        (record,) = [sheet for sheet in self.sheets if sheet.kind == "result"][:1]
        model, proven = _recorded(record)
        schedule = Schedule(
            {key: value for key, value in self.deliveries.items() if value},
            {key: value for key, value in self.hires.items() if value},
            self.starts,
            {key: value for key, value in self.payments.items() if value},
            {key: value for key, value in self.requests.items() if value},
        )
        return Edit(self.path, schedule, tuple(self.findings), model, record.holder, proven, tuple(self.sheets))

    def read(self) -> None:
        found = {sheet.holder: sheet for sheet in self.sheets if sheet.kind == "county"}
        for row in self.tables["counties"]:
            sheet = found.get(row["county"])
            if sheet is None:
                self.findings.append(error("edit-county-missing", self.sheets[0].place(), county=row["name"]))
                continue
            self._county(sheet, row["county"])
        for (team, year), number in self.hires.items():
            row = self.teams[team]
            self.deliveries[row["item"], row["county"], year] += number
        for project, start in self.starts.items():
            row = self.projects[project]
            opening = start + row["build_years"]
            if opening in self.years:
                self.deliveries[row["item"], row["county"], opening] += 1

    # -- a county ------------------------------------------------------------------------------------------------------

    def _county(self, sheet: IdSheet, county: str) -> None:
        columns = sheet.year_columns()
        if not set(self.years) <= set(columns):
            self.findings.append(error("edit-years-missing", sheet.place(), first=self.first, last=self.last))
            return
        for row, key in sheet.repeated:
            self.findings.append(error("edit-row-twice", sheet.place(row, columns[self.first]), key=key))
        self._wanted(sheet, county)
        for (kind, key), row in sheet.rows.items():
            match kind:
                case "item" if key in self.items and self.items[key]["kind"] == "goods":
                    self._goods(sheet, row, columns, key, county)
                case "hires" if key in self.teams:
                    for year in self.years:
                        self.hires[key, year] = int(self._amount(sheet, row, columns[year], Kind.WHOLE))
                case "payment":
                    self._payment(sheet, row, columns, key, county)
                case "request" if key in SPENDING_CLASSES:
                    for year in self._open:
                        self.requests[county, year, key] = in_yuan(self._amount(sheet, row, columns[year], Kind.MONEY))
                case "account" | "required":
                    self._given(sheet, row, columns, kind, key, county)
                case _:
                    pass
            if kind == "capital" and key in self.projects:
                self._start(sheet, row, columns[self.first] - 1, key)
            if kind in COMPUTED or (kind, key) == ("hires", "") or (kind == "item" and self._is_computed(key)):
                self._untouched(sheet, row, columns)

    @property
    def _open(self) -> range:
        return range(max(self.first, self.closed + 1), self.last + 1)

    def _is_computed(self, item: str) -> bool:
        return item in self.items and self.items[item]["kind"] != "goods"

    def _wanted(self, sheet: IdSheet, county: str) -> None:
        """Every row of decisions must be there."""
        wanted = [("item", item, row["name"]) for item, row in self.items.items() if row["kind"] == "goods"]
        wanted += [("hires", team, row["name"]) for team, row in self.teams.items() if row["county"] == county]
        wanted += [("capital", project, row["name"]) for project, row in self.projects.items() if row["county"] == county]
        for kind, key, name in wanted:
            if (kind, key) not in sheet.rows:
                self.findings.append(error("edit-row-missing", sheet.place(), name=name))

    def _goods(self, sheet: IdSheet, row: int, columns: dict[int, int], item: str, county: str) -> None:
        for year in self.years:
            self.deliveries[item, county, year] += self._amount(sheet, row, columns[year], Kind.QUANTITY)

    def _payment(self, sheet: IdSheet, row: int, columns: dict[int, int], key: str, county: str) -> None:
        fund, _, kind = key.partition("|")
        for year in self._open:
            self.payments[fund, county, year, kind] = in_yuan(self._amount(sheet, row, columns[year], Kind.MONEY))

    def _start(self, sheet: IdSheet, row: int, column: int, project: str) -> None:
        year = self._entry(sheet, row, column, Kind.YEAR)
        if year is not None:
            self.starts[project] = year

    def _given(self, sheet: IdSheet, row: int, columns: dict[int, int], kind: str, key: str, county: str) -> None:
        """Figures of the plan shown in the workbook: changing them here changes nothing, and that is said."""
        for year in self._open if kind == "account" else self.years:
            if kind == "required":
                given = self._standards.get((key, county, year))
            elif key.endswith("|amount"):
                given = self._budgets.get((key.removesuffix("|amount"), county, year), ZERO)
            else:
                return
            shown = sheet.at(row, columns[year])
            if isinstance(shown, (int, float)) and Decimal(str(shown)) != (given or ZERO):
                self.findings.append(warning("edit-given", sheet.place(row, columns[year]), given=given or ZERO))

    @cached_property
    def _budgets(self) -> dict[tuple[str, str, int], Decimal]:
        return {(row["fund"], row["county"] or "", row["year"]): row["amount"] for row in self.tables["budgets"]}

    @cached_property
    def _standards(self) -> dict[tuple[str, str, int], Decimal]:
        found: dict[tuple[str, str, int], Decimal] = {}
        for row in sorted(self.tables["standards"], key=lambda row: row["from_year"]):
            for year in self.years:
                if year >= row["from_year"]:
                    found[row["standard"], row["county"], year] = row["required"]
        return found

    def _untouched(self, sheet: IdSheet, row: int, columns: dict[int, int]) -> None:
        for year in self._open:
            value = sheet.at(row, columns[year])
            if value is not None and not isinstance(value, Formula):
                self.findings.append(warning("edit-computed", sheet.place(row, columns[year]), value=str(value)[:40]))

    # -- a cell --------------------------------------------------------------------------------------------------------

    def _amount(self, sheet: IdSheet, row: int, column: int, kind: Kind) -> Decimal:
        value = self._entry(sheet, row, column, kind)
        return ZERO if value is None else Decimal(value)

    def _entry(self, sheet: IdSheet, row: int, column: int, kind: Kind) -> Any:
        value = sheet.at(row, column)
        if isinstance(value, Formula):
            value = value.cached
            if value is None:
                self.findings.append(error("edit-formula-without-value", sheet.place(row, column)))
                return None
        if type(value) is float and kind is not Kind.YEAR and abs(value) < LARGEST:
            # what a spreadsheet computed is taken as it shows, not to the last binary digit
            value = written(Decimal(repr(value)).quantize(YUAN if kind is Kind.MONEY else PARTS))
        reading = Kind.QUANTITY if kind in {Kind.MONEY, Kind.WHOLE} else kind
        try:
            found = parse(value, Column("value", reading))
        except BadValue as bad:
            self.findings.append(error(bad.code, sheet.place(row, column), **bad.values))
            return None
        if kind is Kind.WHOLE and found is not None and found != found.to_integral_value():
            self.findings.append(error("cell-whole", sheet.place(row, column), value=found))
            return None
        return found.quantize(YUAN) if kind is Kind.MONEY and found is not None else found


def _recorded(record: IdSheet) -> tuple[DecisionModel, dict[str, tuple[float, float]]]:
    """The decision model and what was proven, from the hidden columns of the cover."""
    proven: dict[str, tuple[float, float]] = {}
    model: DecisionModel | None = None
    try:
        for row in range(1, len(record.cells)):
            kind, *rest = (record.at(row, record.first + step) for step in range(4))
            if kind == "model":
                model = DecisionModel.model_validate(json.loads(str(rest[0])))
            elif kind == "criterion":
                proven[str(rest[0])] = float(rest[1]), float(rest[2])
    except (ValueError, TypeError, OverflowError, RecursionError):
        model = None
    if model is None or not all(isfinite(number) for pair in proven.values() for number in pair):
        raise InputError([error("edit-record-lost", record.place())])
    return model, proven
