"""A plan's tables while scenarios are written into them: rows that remember where they came from and who changed them last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Any

from optplan.scenarios.cells import Meaning, meaning_of, near, shown
from optplan.scenarios.findings import ScenarioFinding, Step
from optplan.scenarios.scenario import Add, Scale, Set
from optplan.tables.content import Row, Tables
from optplan.tables.declarations import PROVENANCE, TABLES, column_of
from optplan.tables.numbers import MOST_DECIMALS
from optplan.tables.schema import Column, Kind, Table
from optplan.tables.values import LONGEST_TEXT, MONEY_DECIMALS, BadValue, parse, written

MOST_TWICE = 20  # rows that stand twice; more of the same help nobody
_PROVENANCE = {column.name for column in PROVENANCE}


@dataclass(frozen=True)
class PatchedRow:
    """A row as it stands: its values, the plan's own row that it was (``None``: added), the step that wrote it last."""

    row: Row
    origin: Row | None
    step: Step | None


class Patch:
    """The tables of a plan under change. ``tables`` themselves stay as they are."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._changed: dict[str, list[PatchedRow]] = {}

    def __getitem__(self, table: str) -> Sequence[PatchedRow]:
        if table in self._changed:
            return self._changed[table]
        return [PatchedRow(row, row, None) for row in self.tables[table]]

    def as_tables(self) -> Tables:
        """The tables as they stand, unchecked."""
        if not self._changed:
            return self.tables
        rows = {name: tuple(patched.row for patched in some) for name, some in self._changed.items()}
        return Tables({**self.tables.rows, **rows}, self.tables.origin)

    def changes(self) -> dict[str, list[dict[str, str]]]:
        """The rows of every changed table, cells written as in a CSV file: what ``tables_from`` takes."""
        return {
            name: [{column: written(value) for column, value in patched.row.values.items()} for patched in rows]
            for name, rows in self._changed.items()
        }

    def written_row(self, table: str, number: int) -> PatchedRow | None:
        """The row that ``tables_from`` counts as ``number`` in a changed table; ``None`` if that table is as it was."""
        rows = self._changed.get(table, [])
        return rows[number - 2] if 0 <= number - 2 < len(rows) else None

    def apply(self, step: Step) -> list[ScenarioFinding]:
        """Make the change of ``step``. If anything is wrong with it, nothing is changed and the findings say what."""
        meaning, findings = meaning_of(step)
        if findings:
            return findings
        change, table = step.change, TABLES[step.change.table]
        rows = list(self[table.name])
        if isinstance(change, Add):
            rows += [PatchedRow(_marked(Row(table, {}), Row(table, dict(values)), step), None, step) for values in meaning.rows]
        else:
            picked, findings = self._picked(step, table, rows, meaning)
            if findings:
                return findings
            if isinstance(change, Set):
                rows, findings = _set(step, rows, picked, meaning)
            elif isinstance(change, Scale):
                rows, findings = self._scale(step, change, rows, picked)
            else:
                rows = [patched for position, patched in enumerate(rows) if position not in picked]
        findings += _twice(step, table, rows)
        if not findings:
            self._changed[table.name] = rows
        return findings

    def _picked(
        self, step: Step, table: Table, rows: Sequence[PatchedRow], meaning: Meaning
    ) -> tuple[set[int], list[ScenarioFinding]]:
        """The positions of the rows that ``where`` picks. Every value that it lists must pick at least one."""
        items, findings = self._items_of(step, meaning.groups)
        if findings:
            return set(), findings
        wanted = {name: set(values) for name, values in meaning.where.items()}
        picked = {
            position
            for position, patched in enumerate(rows)
            if all(_compared(patched.row, name) in values for name, values in wanted.items())
            and (not meaning.groups or patched.row["item"] in items)
        }
        for name, values in meaning.where.items():
            reached = {_compared(rows[position].row, name) for position in picked}
            if reached.issuperset(values):
                continue
            known = {_compared(patched.row, name) for patched in rows}
            for value in dict.fromkeys(values):
                if value not in known:
                    meant = self._near(table, name, value)
                    findings.append(step.error("where-unknown", name, value=shown(value), table=table.name, near=meant))
                elif value not in reached and picked:
                    findings.append(step.error("where-value-unmatched", name, value=shown(value)))
        if not picked and not findings:
            findings.append(step.error("where-unmatched", table=table.name))
        return picked, findings

    def _items_of(self, step: Step, groups: Sequence[str]) -> tuple[set[str], list[ScenarioFinding]]:
        members = self._members()
        unknown = [group for group in groups if group not in members]
        findings = [
            step.error("where-unknown", "group", value=group, table="groups", near=near(group, members)) for group in unknown
        ]
        return {item for group in groups if group in members for item in members[group]}, findings

    def _members(self) -> dict[str, set[str]]:
        """The items of each group; every item is also a group of one."""
        members: dict[str, set[str]] = {patched.row["item"]: {patched.row["item"]} for patched in self["items"]}
        for patched in self["groups"]:
            members.setdefault(patched.row["group"], set()).add(patched.row["item"])
        return members

    def _near(self, table: Table, name: str, value: Any) -> str:
        """The id that may have been meant: the one that people call ``value``, or one that is spelled alike."""
        for target in table.column(name).refers_to:
            if target in TABLES and "name" in TABLES[target].by_name:
                for patched in self[target]:
                    if value in (patched.row["name"], patched.row.values.get("name_en")):
                        return str(patched.row[TABLES[target].key[0]])
        return near(value, {shown(_compared(patched.row, name)) for patched in self[table.name]})

    def _scale(
        self, step: Step, change: Scale, rows: Sequence[PatchedRow], picked: set[int]
    ) -> tuple[list[PatchedRow], list[ScenarioFinding]]:
        scaled, findings, numbers = list(rows), list[ScenarioFinding](), 0
        for position in sorted(picked):
            row = rows[position].row
            column = column_of(row.table, change.column, row.values)
            value = row[change.column]
            if value is None:
                continue
            if column.kind in {Kind.TEXT, Kind.YEAR, Kind.ID}:
                findings.append(step.error("scale-not-number", change.column, column=row["key"]))
                continue
            numbers += 1
            digits = self._digits(row, column)
            exact = Fraction(value) * Fraction(change.factor)
            rounded = Fraction(floor(exact * 10**digits + Fraction(1, 2)), 10**digits)
            cell = _decimal_text(rounded, digits)
            scaled[position] = _rewritten(rows[position], step, {change.column: (cell, column)}, findings)
        if not numbers and not findings:
            findings.append(step.error("scale-blank", change.column))
        return scaled, findings

    def _digits(self, row: Row, column: Column) -> int:
        """To how many decimals a scaled number is rounded: units of whole items, and people, are whole."""
        if column.kind is Kind.MONEY:
            return MONEY_DECIMALS
        if column.kind is Kind.WHOLE:
            return 0
        if column.kind is Kind.QUANTITY:
            whole = {patched.row["item"]: patched.row["whole"] for patched in self["items"]}
            if all(whole.get(item, True) for item in self._counted(row)):
                return 0
        return MOST_DECIMALS

    def _counted(self, row: Row) -> set[str]:
        """The items that a quantity in ``row`` counts."""
        if "item" in row.table.by_name:
            return {row["item"]}
        if "group" in row.table.by_name:
            return self._members().get(row["group"], set())
        groups = {patched.row["group"] for patched in self["standards"] if patched.row["standard"] == row["standard"]}
        return {item for group in groups for item in self._members().get(group, set())}


def _compared(row: Row, name: str) -> Any:
    value = row[name]
    return written(value) if row.table.column(name).kind is Kind.ANY else value


def _set(
    step: Step, rows: Sequence[PatchedRow], picked: set[int], meaning: Meaning
) -> tuple[list[PatchedRow], list[ScenarioFinding]]:
    changed, findings = list(rows), list[ScenarioFinding]()
    for position in sorted(picked):
        row = rows[position].row
        cells = {name: (written(value), column_of(row.table, name, row.values)) for name, value in meaning.values.items()}
        changed[position] = _rewritten(rows[position], step, cells, findings)
    return changed, findings


def _rewritten(
    patched: PatchedRow, step: Step, cells: Mapping[str, tuple[str, Column]], findings: list[ScenarioFinding]
) -> PatchedRow:
    """The row with ``cells`` written into it, each read as what its column holds; itself if nothing is different."""
    values = dict(patched.row.values)
    for name, (cell, column) in cells.items():
        try:
            value = parse(cell, column)
        except BadValue as bad:
            findings.append(step.error(bad.code, name, **bad.values))
            continue
        values.pop(name, None)
        if value is not None:
            values[name] = value
    if values == patched.row.values:
        return patched
    return PatchedRow(_marked(patched.row, Row(patched.row.table, values), step), patched.origin, step)


def _marked(before: Row, after: Row, step: Step) -> Row:
    """A changed row with what its figures now rest on: an assumption of the scenario, unless the change says otherwise."""
    names = set(before.values) | set(after.values)
    changed = {name for name in names if before.values.get(name) != after.values.get(name)}
    if not changed - _PROVENANCE:
        return after
    values = dict(after.values)
    if "basis" not in changed:
        values["basis"] = "assumption"
    if "source" not in changed:
        earlier = before.values.get("source")
        values["source"] = (f"{step.mark} ← {earlier}" if earlier else step.mark)[:LONGEST_TEXT]
    return Row(after.table, values)


def _twice(step: Step, table: Table, rows: Sequence[PatchedRow]) -> list[ScenarioFinding]:
    """Rows that say the same thing as another one. Checked here, where the change at fault is known."""
    seen: set[tuple[Any, ...]] = set()
    findings = []
    for patched in rows:
        if patched.row.key in seen:
            key = " / ".join(shown(part) for part in patched.row.key)
            findings.append(step.error("row-twice", table.key[0], table=table.name, key=key))
        seen.add(patched.row.key)
    return findings[:MOST_TWICE]


def _decimal_text(value: Fraction, digits: int) -> str:
    """A number of at most ``digits`` decimals, written out."""
    scaled = value * 10**digits
    assert scaled.denominator == 1
    whole, rest = divmod(abs(scaled.numerator), 10**digits)
    return f"{'-' if scaled < 0 else ''}{whole}" + (f".{rest:0{digits}d}" if digits else "")
