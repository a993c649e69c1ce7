"""From an edited table to the changes that make it so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from optplan.editing.draft import Draft, Key, Unread, steps
from optplan.editing.edited_rows import Record, records_of
from optplan.editing.least_changes import Wanted, difference
from optplan.scenarios import Add, Change, Scale
from optplan.scenarios.cells import picks_by_group
from optplan.scenarios.patch import Patch, PatchedRow
from optplan.tables.content import Row, Tables
from optplan.tables.declarations import PROVENANCE, TABLES, column_of
from optplan.tables.schema import Table
from optplan.tables.values import LONGEST_TEXT, BadValue, parse

SAID = tuple(column.name for column in PROVENANCE)
CONSULTED = frozenset(
    {"items", "groups", "standards"}
)  # tables that decide what a change of another table picks and how it rounds


def edited(base: Tables, draft: Draft, table: str, records: Sequence[Record], title: str = "draft") -> Draft:
    """The draft after ``table`` was edited into ``records``, which began as :func:`records_of` the draft.

    Cells that cannot be read stay in the draft as they were typed, and the plan's value stays below them; so do new rows with
    such cells, without a required one, or with the key of another row. Changes of the table that only wrote values are made
    anew, as few as there can be; factors before them stay.
    """
    declared = TABLES[table]
    before, after, rest, follow = _parts(base, draft.changes, table, title)
    shown = {record.key: record.cells for record in records_of(base, draft, table, title) if record.key is not None}
    standing = {drafted.row.key: drafted for drafted in after}
    planned = {row.key: row for row in before}
    records = [record if record.key in standing else Record(None, record.cells) for record in records]
    wanted: dict[Key, Wanted] = {}
    unread: list[Unread] = []
    for record, values, bad in _read(declared, records):
        if record.key is None:
            if bad or not any(record.cells.values()):
                unread.append(Unread(table, None, {name: text for name, text in record.cells.items() if text}))
            else:
                wanted[_key(declared, values)] = Wanted(_figures(values), _told(values))
            continue
        row = standing[record.key].row
        values |= {name: row.values.get(name) for name in bad}
        key = _key(declared, values)
        if bad:
            unread.append(Unread(table, key, {name: record.cells.get(name, "") for name in bad}))
        was = shown[record.key]
        touched = [name for name in SAID if name not in bad and record.cells.get(name, "") != was.get(name, "")]
        said = _said(standing[record.key], planned.get(key) if key == record.key else None)
        wanted[key] = Wanted(_figures(values), {**said, **{name: values.get(name) for name in touched}})
    entries = tuple(entry for entry in draft.unread if entry.table != table)
    untouched = not follow and _as_planned(base.rows.get(table, ()), wanted)
    if untouched:
        return Draft(tuple(change for change in draft.changes if change.table != table), (*entries, *unread))
    return Draft((*rest, *difference(declared, before, wanted)), (*entries, *unread))


def _parts(
    base: Tables, changes: Sequence[Change], table: str, title: str
) -> tuple[list[Row], Sequence[PatchedRow], list[Change], bool]:
    """The rows of ``table`` before its last written values, its rows now, the changes that stay, and whether others follow it.

    Written values are the changes of the table after the last factor. Tables that other changes consult are written after
    everything that may consult them.
    """
    at, follow = 0, False
    for number, change in enumerate(changes, start=1):
        if isinstance(change, Scale) or _by_group(change):
            follow = follow or table in CONSULTED
            at = number if change.table == table or table in CONSULTED else at
    patch = Patch(base)
    before: Sequence[PatchedRow] = patch[table]
    rest = []
    for step in steps(changes, title):
        patch.apply(step)
        if step.number <= at or step.change.table != table:
            rest.append(step.change)
        if step.number == at:
            before = patch[table]
    return [drafted.row for drafted in before], patch[table], rest, follow


def _by_group(change: Change) -> bool:
    return not isinstance(change, Add) and "group" in change.where and picks_by_group(TABLES[change.table])


def _read(table: Table, records: Sequence[Record]) -> list[tuple[Record, dict[str, Any], list[str]]]:
    """Each record with its typed values and the columns that cannot be read: of their kind, needed and blank, or a key twice."""
    found = []
    for record in records:
        values: dict[str, Any] = {}
        bad: list[str] = []
        for column in table.columns:
            text = record.cells.get(column.name, "")
            try:
                value = parse(text, column_of(table, column.name, record.cells))
            except BadValue:
                bad.append(column.name)
                continue
            if value is not None:
                values[column.name] = value
            elif column.required:
                bad.append(column.name)
        found.append((record, values, bad))
    while _told_twice(table, found):
        pass
    return found


def _told_twice(table: Table, found: Sequence[tuple[Record, dict[str, Any], list[str]]]) -> bool:
    """Mark the keys that were typed and that another row has too; whether there were any, for then old keys count again."""
    own = set(table.key)
    keys = [record.key if own & set(bad) else _key(table, values) for record, values, bad in found]
    times = Counter(keys)
    again = False
    for key, (record, _, bad) in zip(keys, found, strict=True):
        if key is not None and times[key] > 1 and key != record.key:
            bad += [name for name in table.key if name not in bad]
            again = True
    return again


def _key(table: Table, values: Mapping[str, Any]) -> Key:
    return Row(table, values).key


def _figures(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in SAID and value is not None}


def _told(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name in SAID}


def _said(drafted: PatchedRow, planned: Row | None) -> dict[str, Any]:
    """What a row's ``source`` and ``basis`` say that no change put there by itself."""
    row, step = drafted.row, drafted.step
    source, basis = row.values.get("source"), row.values.get("basis")
    marked = step is not None and str(source or "").startswith(step.mark)
    if planned is None:
        rest = _unmarked(drafted, None) if marked else source
        return {name: value for name, value in (("source", rest), ("basis", basis)) if value not in (None, "assumption")}
    changed = _figures(row.values) != _figures(planned.values)
    said: dict[str, Any] = {}
    earlier = planned.values.get("source")
    if changed and marked:
        source = _unmarked(drafted, earlier)
        marked = source == earlier or (len(str(row["source"])) == LONGEST_TEXT and str(earlier).startswith(str(source)))
    if source != earlier or (changed and not marked):
        said["source"] = source
    if basis != ("assumption" if changed else planned.values.get("basis")):
        said["basis"] = basis
    return said


def _unmarked(drafted: PatchedRow, earlier: str | None) -> str | None:
    """A row's source without what changes wrote before it, the last one first, back to what it was ``earlier``."""
    assert drafted.step is not None
    scenario, text = drafted.step.scenario, str(drafted.row.values["source"])
    for number in range(drafted.step.number, 0, -1):
        mark = f"{scenario.title} [{scenario.name}:{number}]"
        if text == earlier:
            return earlier
        if text == mark:
            return None
        text = text.removeprefix(f"{mark} ← ")
    return text


def _as_planned(rows: Sequence[Row], wanted: Mapping[Key, Wanted]) -> bool:
    """Whether the wanted rows are those of the plan, in figures and in what is said of their source."""
    if {row.key: _figures(row.values) for row in rows} != {key: want.values for key, want in wanted.items()}:
        return False
    return all(wanted[row.key].said.get(name, row.values.get(name)) == row.values.get(name) for row in rows for name in SAID)
