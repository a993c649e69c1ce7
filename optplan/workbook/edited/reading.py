"""An edited schedule workbook as a schedule: what stands in the yellow cells, and what was typed where nothing is read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from optplan.decision_model import DecisionModel
from optplan.schedule import YUAN, Schedule, in_yuan
from optplan.tables.cells import Formatted, Formula
from optplan.tables.content import Tables
from optplan.tables.declarations import SPENDING_CLASSES
from optplan.tables.findings import Finding, InputError, error, warning
from optplan.tables.grid import is_blank
from optplan.tables.schema import Column, Kind
from optplan.tables.values import BadValue, parse, written
from optplan.workbook.edited.alignment import Aligned, align
from optplan.workbook.edited.expected import ExpectedSheet, expected_sheets
from optplan.workbook.edited.record import Record, read_record, recorded
from optplan.workbook.edited.seen import seen_otherwise, seen_rounded
from optplan.workbook.edited.sheets import IdSheet, read_sheets, word
from optplan.workbook.edited.structure import copies, county_faults
from optplan.workbook.schedule.county import FIRST_YEAR
from optplan.workbook.schedule.frame import HEADER_ROW

LARGEST = 10**15  # beyond, a figure is nobody's
PARTS = Decimal("0.00000001")  # of units, where parts are allowed
ZERO = Decimal(0)


@dataclass(frozen=True)
class Edit:
    """An edited workbook. ``schedule``: its decisions. ``findings``: errors in its hidden ``record``, and warnings about entries
    that are not read. ``sheets``: where everything stands, of each county the one sheet that was read.
    """

    path: Path
    schedule: Schedule
    findings: tuple[Finding, ...]
    record: Record
    sheets: tuple[IdSheet, ...]

    @property
    def model(self) -> DecisionModel:
        """The decision model to judge it by."""
        return self.record.model


def read_edit(path: str | Path, tables: Tables, model: DecisionModel | None = None) -> Edit:
    """Read an exported schedule that a person may have changed, against the plan's ``tables``.

    ``model``: the decision model to judge by; by default the one that the workbook names, if it ships. Raises
    :class:`InputError` with a finding for each cell that cannot be read, for rows that are missing or repeated, and for sheets
    and rows whose names and ids do not agree.
    """
    reader = _Reader(Path(path), tables, model)
    reader.read()
    if any(finding.severity == "error" for finding in reader.findings):
        raise InputError([*reader.untrue, *reader.findings])
    return reader.edit()


class _Reader:
    def __init__(self, path: Path, tables: Tables, given: DecisionModel | None) -> None:
        self.path, self.tables = path, tables
        self.findings: list[Finding] = []
        self.untrue: list[Finding] = []  # errors of the record, which do not stop the reading
        self.sheets = read_sheets(path)
        records = [sheet for sheet in self.sheets if sheet.kind == "result"]
        self.record = read_record(records[0], given, self.untrue)
        self.findings += [
            error("edit-sheet-twice-cover", sheet.place(sheet.top, sheet.first))
            for sheet in records[1:]
            if recorded(sheet) != recorded(records[0])
        ]
        self.counties: dict[str, IdSheet] = {}
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
        chosen = [sheet for sheet in self.sheets if sheet.kind != "county"] + list(self.counties.values())
        return Edit(self.path, self._schedule(), (*self.untrue, *self.findings), self.record, tuple(chosen))

    def _schedule(self) -> Schedule:
        return Schedule(
            {key: value for key, value in self.deliveries.items() if value},
            {key: value for key, value in self.hires.items() if value},
            self.starts,
            {key: value for key, value in self.payments.items() if value},
            {key: value for key, value in self.requests.items() if value},
        )

    def read(self) -> None:
        """Read the decisions, each where sheet, name and id agree."""
        due = {sheet.holder: sheet for sheet in expected_sheets(self.tables, Schedule(), self.record) if sheet.kind == "county"}
        self.counties, found = copies(self.sheets, list(due.values()), self.tables)
        self.findings += found
        aligned: dict[str, Aligned] = {}
        for row in self.tables["counties"]:
            county = row["county"]
            sheet = self.counties.get(county)
            if sheet is None:
                self.findings.append(self._missing(due[county]))
                continue
            aligned[county] = align(due[county], sheet, HEADER_ROW - 1)
            others = [other.title for holder, other in due.items() if holder != county]
            self.findings += county_faults(aligned[county], self.record, others)
            at = {year: aligned[county].columns[FIRST_YEAR - 1 + step] for step, year in enumerate(self.years)}
            sheet.years = at
            self._county(sheet, county, at)
        for (team, year), number in self.hires.items():
            row = self.teams[team]
            self.deliveries[row["item"], row["county"], year] += number
        for project, start in self.starts.items():
            row = self.projects[project]
            opening = start + row["build_years"]
            if opening in self.years:
                self.deliveries[row["item"], row["county"], opening] += 1
        if self.record.plan_sha256 != self.tables.sha256 and any(finding.severity == "error" for finding in self.findings):
            self.findings.insert(0, error("edit-other-plan", self.sheets[0].place()))

    def _missing(self, due: ExpectedSheet) -> Finding:
        """The sheet of a county that is not found: gone, or without the hidden columns by which it is known."""
        named = next((sheet for sheet in self.sheets if word(sheet.name) == word(due.title)), None)
        if named is not None:
            return error("edit-ids-lost", named.place(0, 0), county=due.title)
        return error("edit-county-missing", self.sheets[0].place(), county=due.title)

    # -- a county ------------------------------------------------------------------------------------------------------

    def _county(self, sheet: IdSheet, county: str, columns: dict[int, int]) -> None:
        for row, key in sheet.repeated:
            self.findings.append(error("edit-row-twice", sheet.place(row, columns[self.first]), key=key))
        for (kind, key), row in sheet.rows.items():
            match kind:
                case "item" if key in self.items and self.items[key]["kind"] == "goods":
                    self._goods(sheet, row, columns, key, county)
                case "hires" if key in self.teams and self.teams[key]["county"] == county:
                    for year in self.years:
                        self.hires[key, year] = int(self._amount(sheet, row, columns[year], Kind.WHOLE))
                case "payment":
                    self._payment(sheet, row, columns, key, county)
                case "request" if key in SPENDING_CLASSES:
                    for year in self._open:
                        self.requests[county, year, key] = in_yuan(self._amount(sheet, row, columns[year], Kind.MONEY))
                case "capital" if key in self.projects and self.projects[key]["county"] == county:
                    self._start(sheet, row, columns[self.first] - 1, key)
                case _:
                    pass

    @property
    def _open(self) -> range:
        return range(max(self.first, self.closed + 1), self.last + 1)

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

    # -- a cell --------------------------------------------------------------------------------------------------------

    def _amount(self, sheet: IdSheet, row: int, column: int, kind: Kind) -> Decimal:
        value = self._entry(sheet, row, column, kind)
        if value is None and is_blank(sheet.at(row, column)) and kind is not Kind.MONEY:
            self.findings.append(warning("edit-blank", sheet.place(row, column)))
        return ZERO if value is None else Decimal(value)

    def _entry(self, sheet: IdSheet, row: int, column: int, kind: Kind) -> Any:
        value = sheet.at(row, column)
        if isinstance(value, Formula):
            value = value.cached
            if value is None:
                self.findings.append(error("edit-formula-without-value", sheet.place(row, column)))
                return None
        place = sheet.place(row, column)
        if wrong := seen_otherwise(value, place, str(self.tables.setting("currency"))):
            self.findings.append(wrong)
            return None
        if rounded := seen_rounded(value, place):
            self.findings.append(rounded)
        percent = isinstance(value, Formatted) and value.percent
        if isinstance(value, float) and not percent and kind is not Kind.YEAR and abs(value) < LARGEST:
            # what a spreadsheet computed is taken as it shows, not to the last binary digit
            value = written(Decimal(repr(value)).quantize(YUAN if kind is Kind.MONEY else PARTS))
        reading = Kind.QUANTITY if kind in {Kind.MONEY, Kind.WHOLE} else kind
        try:
            found = parse(value, Column("value", reading))
        except BadValue as bad:
            self.findings.append(error(bad.code, place, **bad.values))
            return None
        if kind is Kind.WHOLE and found is not None and found != found.to_integral_value():
            self.findings.append(error("cell-whole", place, value=found))
            return None
        return found.quantize(YUAN) if kind is Kind.MONEY and found is not None else found
