"""A table to type into as a list: names and choices from drop-downs, new rows at the end, rows taken out by a tick."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import streamlit as st

from optplan.editing import Draft, Inspection, Record, Said
from optplan.editing.draft import Unread
from optplan.editing.thousands import thousands_apart
from optplan.language import find
from optplan.language.lists import in_brackets
from optplan.tables.content import Tables
from optplan.tables.declarations import PLAN_KEYS, TABLES
from optplan.tables.labels import choice_label, column_label, column_note, column_unit, setting_label, table_label, yes_no
from optplan.tables.names import Names
from optplan.tables.schema import Column, Kind, Table
from optplan.tables.values import written
from optplan.web.inputs.finding_list import row_remark
from optplan.web.inputs.workbench import MARK, NEW, Make, OpenTable, Read, Workbench
from optplan.web.sheet.sheet import SheetColumn, SheetRow, show_sheet
from optplan.web.words import words_of

say = words_of("web_inputs")
NUMBERS = {Kind.MONEY, Kind.QUANTITY, Kind.WHOLE, Kind.RATE, Kind.DEGREES, Kind.YEAR}
MOST_ROWS = 50  # that are added at once
BLANK = "–"
ADDED = MARK + "added"  # the first of the rows that were added last
MOST_FROZEN = 2  # columns that stay in sight


def show_list(bench: Workbench, table: Table, inspection: Inspection, names: Names) -> None:
    """Draw the table, and below it the button for new rows."""
    words = {column.name: _words(column, inspection.tables, names) for column in table.columns}
    if table.name == "plan":
        words["key"] = {key: setting_label(key) for key in PLAN_KEYS}
    what = (table.name, "rows", names.language)
    shown = bench.open(what, _reader(words))
    order = _order(table)
    current, planned = bench.records(table.name), {record.key: record for record in bench.planned(table.name)}
    rows = _rows(table, order, words, shown, current, planned, inspection)
    if not rows:
        st.info(say("no-rows"))
    else:
        show_sheet(
            bench.sheet_key, bench.sheet_name(what), shown.turn, bench.ack(what), table_label(table),
            _columns(table, order, words, names, shown.records), rows,
            on_typed=bench.take_in, focus=str(st.session_state.get(ADDED) or ""),
        )  # fmt: skip
    if table.name != "plan":
        with st.container(horizontal=True, vertical_alignment="bottom"):
            number = st.number_input(say("rows-to-add"), 1, MOST_ROWS, 1, key=MARK + "rows-to-add", width=140)
            st.button(say("add-rows"), icon=":material/add:", on_click=_add, args=(bench, table, int(number)))


def _add(bench: Workbench, table: Table, number: int) -> None:
    """New rows at the end, what the last row is of filled in, which is mostly what the next one is of too."""
    bench.take_in()
    records = bench.records(table.name)
    filled = _next_keys(table, records[-1].cells) if records else {}
    empty = tuple(Unread(table.name, None, filled) for _ in range(number))
    bench.put(Draft(bench.draft.changes, (*bench.draft.unread, *empty)))
    unfinished = sum(record.key is None for record in bench.records(table.name))
    st.session_state[ADDED] = f"{NEW}{unfinished - number}"


def _next_keys(table: Table, last: Mapping[str, str]) -> dict[str, str]:
    """A row's key but for what tells it from its neighbours, its last part; and what must be said of whatever has that key."""
    *first, own = table.key
    said = [column.name for column in table.columns if first and column.refers_to and column.required and column.name != own]
    return {name: last[name] for name in (*first, *said) if last.get(name)}


def _order(table: Table) -> list[str]:
    """Names and references first, the table's own ids last but for where figures are from."""
    own = [column.name for column in table.columns if column.kind is Kind.ID and not column.refers_to and table.name != "plan"]
    said = ["basis", "source"]
    return [*(c.name for c in table.columns if c.name not in {*own, *said}), *own, *said]


def _words(column: Column, tables: Tables, names: Names) -> dict[str, str]:
    """What may be chosen in a column, by what a file has for it; nothing where people type."""
    match column.kind:
        case Kind.CHOICE:
            return {value: choice_label(column, value) for value in column.choices}
        case Kind.FLAG:
            return {"1": yes_no(True), "0": yes_no(False)}
    found: dict[str, str] = {}
    for referred in column.refers_to:
        for row in tables[referred]:
            value = row[TABLES[referred].key[0]]
            if value is not None:
                found.setdefault(str(value), names.of(column, value))
    told: dict[str, int] = {}
    for label in found.values():
        told[label] = told.get(label, 0) + 1
    return {value: label if told[label] == 1 else in_brackets(label, value) for value, label in found.items()}


def _shown(column: Column, words: Mapping[str, str], cell: str) -> str | None:
    return words.get(cell) or thousands_apart(cell, column.kind) or None


def _reader(words: Mapping[str, Mapping[str, str]]) -> Make:
    values = {name: {label: value for value, label in some.items()} for name, some in words.items()}

    def make(records: tuple[Record, ...]) -> tuple[Read, tuple[str, ...]]:
        def read(typed: dict[int, dict[str, Any]]) -> Sequence[Record]:
            found = []
            for at, record in enumerate(records):
                cells = dict(typed.get(at, {}))
                if cells.pop("remove", ""):
                    continue
                texts = {name: cell.strip() for name, cell in cells.items() if name in values}
                found.append(
                    Record(record.key, {**record.cells, **{name: values[name].get(text, text) for name, text in texts.items()}})
                )
            return found

        new = count()
        ids = (f"{NEW}{next(new)}" if record.key is None else "|".join(map(written, record.key)) for record in records)
        return read, tuple(ids)

    return make


def _columns(
    table: Table, order: Sequence[str], words: Mapping[str, Mapping[str, str]], names: Names, records: Sequence[Record]
) -> list[SheetColumn]:
    """The columns: what a row is of stays in sight, what is said of it stands at the end."""
    found: list[SheetColumn] = []
    frozen = 0
    for name in order:
        column = table.column(name)
        options = words[name]
        typed = dict.fromkeys(record.cells.get(name, "") for record in records) if options else {}
        extra = [cell for cell in typed if cell and cell not in options]
        key = table.name == "plan" and name == "key"
        names_it = name in table.key or name == "name" or bool(column.refers_to)
        stays = frozen < MOST_FROZEN and names_it and _all_frozen(found)
        frozen += stays
        found.append(
            SheetColumn(
                name,
                _label(table, column, names),
                150 if stays else 300 if name == "source" else 90,
                column_note(table, column, names.currency),
                number=column.kind in NUMBERS and not options,
                fixed=key,
                frozen=stays,
                options=() if key else (*options.values(), *extra),
            )
        )
    said = SheetColumn("said", say("said").words, 220, fixed=True)
    return [*found, said, SheetColumn("remove", say("remove").words, 60, flag=True)]


def _all_frozen(columns: Sequence[SheetColumn]) -> bool:
    """Whether none of the columns so far scrolls away."""
    return all(column.frozen for column in columns)


def _rows(
    table: Table,
    order: Sequence[str],
    words: Mapping[str, Mapping[str, str]],
    shown: OpenTable,
    current: Sequence[Record],
    planned: Mapping[Any, Record],
    inspection: Inspection,
) -> list[SheetRow]:
    """The rows on the screen, with what was typed into them; those that are taken out by now are marked."""
    remarks = _remarks(table, shown.records, current, planned, inspection)
    rows = []
    for at, (row_id, record) in enumerate(zip(shown.ids, shown.records, strict=True)):
        typed = shown.typed.get(at, {})
        cells = [
            typed[name] if name in typed else _shown(table.column(name), words[name], record.cells.get(name, "")) or ""
            for name in order
        ]
        remark = remarks[at]
        rows.append(
            SheetRow(
                row_id, [*cells, remark.words, typed.get("remove", "")], remark.looks, remark.notes, bool(typed.get("remove"))
            )
        )
    return rows


def _label(table: Table, column: Column, names: Names) -> str:
    """A column's head: what is chosen rather than its id, with the unit of money."""
    label = find("web_inputs", f"head-{column.name}") if column.refers_to else None
    label = label or column_label(table, column)
    unit = column_unit(table, column, names.currency) if column.kind is Kind.MONEY else ""
    return in_brackets(label, unit)


@dataclass(frozen=True)
class _Remark:
    """What is said of a row, and of its cells: how they look and what shows when they are pointed at."""

    words: str = ""
    looks: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)


def _remarks(
    table: Table,
    mounted: Sequence[Record],
    current: Sequence[Record],
    planned: Mapping[Any, Record],
    inspection: Inspection,
) -> list[_Remark]:
    """A remark for each row on the screen, which may hold rows that are taken out by now."""
    by_key = {record.key: (at, record) for at, record in enumerate(current) if record.key is not None}
    new = iter([(at, record) for at, record in enumerate(current) if record.key is None])
    found = []
    for record in mounted:
        at, now = by_key.get(record.key, (None, None)) if record.key is not None else next(new, (None, None))
        if now is None or at is None:
            found.append(_Remark(say("row-gone").words if record.key is not None else ""))
        else:
            found.append(_remark(now, planned.get(now.key), inspection.of_row(table.name, at)))
    return found


def _remark(now: Record, before: Record | None, said: Sequence[Said]) -> _Remark:
    looks, notes = dict[str, str](), dict[str, str]()
    label = say("row-new").words if before is None else ""
    if before is not None:
        for name, cell in now.cells.items():
            if cell != before.cells.get(name, ""):
                looks[name] = "changed"
                notes[name] = say("was", now=cell or BLANK, was=before.cells.get(name, "") or BLANK).words
        if any(name not in {"source", "basis"} for name in looks):
            label = say("row-changed").words
    for each in sorted(said, key=lambda each: each.stops):
        looks[each.column] = "wrong" if each.stops else "warn"
        notes[each.column] = each.message
    return _Remark(row_remark(said, label if any(now.cells.values()) else say("row-empty").words), looks, notes)
