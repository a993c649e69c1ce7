"""A table to type into as a list: names and choices from drop-downs, new rows at the end, rows taken out by a tick."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from optplan.editing import Draft, Inspection, Record
from optplan.editing.draft import Unread
from optplan.editing.thousands import thousands_apart
from optplan.language import find
from optplan.tables.content import Tables
from optplan.tables.declarations import PLAN_KEYS, TABLES
from optplan.tables.labels import choice_label, column_label, column_note, column_unit, setting_label, table_label, yes_no
from optplan.tables.names import Names
from optplan.tables.schema import Column, Kind, Table
from optplan.web.inputs.finding_list import row_remark
from optplan.web.inputs.workbench import MARK, Read, Workbench
from optplan.web.words import plain, words_of

say = words_of("web_inputs")
NUMBERS = {Kind.MONEY, Kind.QUANTITY, Kind.WHOLE, Kind.RATE, Kind.DEGREES, Kind.YEAR}
MOST_ROWS = 50  # that are added at once
BLANK = "–"
HEIGHT = 560  # pixels


def show_list(bench: Workbench, table: Table, inspection: Inspection, names: Names) -> None:
    """Draw the table, and below it the button for new rows."""
    words = {column.name: _words(column, inspection.tables, names) for column in table.columns}
    if table.name == "plan":
        words["key"] = {key: setting_label(key) for key in PLAN_KEYS}
    shown = bench.open((table.name, "rows", names.language), _reader(table, words))
    order = _order(table)
    current, planned = bench.records(table.name), {record.key: record for record in bench.planned(table.name)}
    frame = pd.DataFrame(
        [[_shown(table.column(name), words[name], record.cells.get(name, "")) for name in order] for record in shown.records],
        columns=order,
        dtype="object",
    )
    said = _remarks(table, shown.records, current, planned, inspection)
    frame.insert(0, "said", pd.Series(said, dtype="object"))
    frame["remove"] = pd.Series([False] * len(frame), dtype="bool")
    if frame.empty:
        st.info(say("no-rows"))
    else:
        st.data_editor(
            frame,
            key=shown.key,
            on_change=bench.take_in,
            hide_index=True,
            width="stretch",
            height=min(36 * (len(frame) + 1) + 3, HEIGHT),
            disabled=["said", *(["key"] if table.name == "plan" else [])],
            column_config=_config(table, words, names, shown.records),
            alt=table_label(table),
            placeholder=BLANK,
        )
    if table.name != "plan":
        with st.container(horizontal=True, vertical_alignment="bottom"):
            number = st.number_input(say("rows-to-add"), 1, MOST_ROWS, 1, key=MARK + "rows-to-add", width=140)
            st.button(say("add-rows"), icon=":material/add:", on_click=_add, args=(bench, table.name, int(number)))


def _add(bench: Workbench, table: str, number: int) -> None:
    bench.take_in()
    empty = tuple(Unread(table, None) for _ in range(number))
    bench.put(Draft(bench.draft.changes, (*bench.draft.unread, *empty)))


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
    return {value: label if told[label] == 1 else f"{label}（{value}）" for value, label in found.items()}


def _shown(column: Column, words: Mapping[str, str], cell: str) -> str | None:
    return words.get(cell) or thousands_apart(cell, column.kind) or None


def _reader(table: Table, words: Mapping[str, Mapping[str, str]]) -> Callable[[tuple[Record, ...]], Read]:
    values = {name: {label: value for value, label in some.items()} for name, some in words.items()}

    def make(records: tuple[Record, ...]) -> Read:
        def read(typed: dict[int, dict[str, Any]]) -> Sequence[Record]:
            found = []
            for at, record in enumerate(records):
                cells = dict(typed.get(at, {}))
                if cells.pop("remove", False):
                    continue
                texts = {name: "" if cell is None else str(cell).strip() for name, cell in cells.items() if name in values}
                found.append(
                    Record(record.key, {**record.cells, **{name: values[name].get(text, text) for name, text in texts.items()}})
                )
            return found

        return read

    return make


def _config(table: Table, words: Mapping[str, Mapping[str, str]], names: Names, records: Sequence[Record]) -> dict[str, Any]:
    config: dict[str, Any] = {
        "said": st.column_config.TextColumn(say("said"), pinned=True, width=150),
        "remove": st.column_config.CheckboxColumn(say("remove"), width=60),
    }
    for column in table.columns:
        label = _label(table, column, names)
        note = plain(column_note(table, column, names.currency))
        options = words[column.name]
        if table.name == "plan" and column.name == "key":
            config[column.name] = st.column_config.TextColumn(label, width=150)
        elif options:
            typed = dict.fromkeys(record.cells.get(column.name, "") for record in records)
            extra = [cell for cell in typed if cell and cell not in options]
            config[column.name] = st.column_config.SelectboxColumn(label, help=note, options=[*options.values(), *extra])
        else:
            right = column.kind in NUMBERS
            wide = 320 if column.name == "source" else None
            config[column.name] = st.column_config.TextColumn(
                label, help=note, alignment="right" if right else "left", width=wide
            )
    return config


def _label(table: Table, column: Column, names: Names) -> str:
    """A column's head: what is chosen rather than its id, with the unit of money."""
    label = find("web_inputs", f"head-{column.name}") if column.refers_to else None
    label = label or column_label(table, column)
    unit = column_unit(table, column, names.currency) if column.kind is Kind.MONEY else ""
    return f"{label}（{unit}）" if unit else label


def _remarks(
    table: Table,
    mounted: Sequence[Record],
    current: Sequence[Record],
    planned: Mapping[Any, Record],
    inspection: Inspection,
) -> list[str]:
    """A remark for each row on the screen, which may hold rows that are taken out by now."""
    by_key = {record.key: (at, record) for at, record in enumerate(current) if record.key is not None}
    new = iter([(at, record) for at, record in enumerate(current) if record.key is None])
    found = []
    for record in mounted:
        at, now = by_key.get(record.key, (None, None)) if record.key is not None else next(new, (None, None))
        if now is None or at is None:
            found.append(say("row-gone") if record.key is not None else "")
            continue
        before = planned.get(now.key)
        figures = [name for name in now.cells if name not in {"source", "basis"}]
        label = say("row-new") if before is None else ""
        if before is not None and any(now.cells.get(name, "") != before.cells.get(name, "") for name in figures):
            label = say("row-changed")
        found.append(row_remark(inspection.of_row(table.name, at), label if any(now.cells.values()) else say("row-empty")))
    return found
