"""A table to type into, drawn in the browser: what is typed is kept in the browser until the server says that it has it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import streamlit as st

from optplan.language import text
from optplan.web.words import words_of

say = words_of("web_sheet")
HERE = Path(__file__).parent
SCRIPTS = ("edits.js", "clipboard.js", "elements.js", "filters.js", "sheet.js")  # one script to the browser
FEW = 12  # rows among which nobody searches
HEIGHT = 560  # points, beyond which a sheet scrolls


@dataclass(frozen=True)
class Typed:
    """A cell that was typed into, or a step back or forward among such.

    ``number`` counts the touches of a browser, one of which may fill many cells; ``turn`` names the sheet as it was then.
    """

    number: int
    turn: int
    row: str
    column: str
    text: str

    @property
    def step(self) -> str:
        """``undo``, ``redo``, or nothing for a cell."""
        return "" if self.row else self.column


@dataclass(frozen=True)
class SheetColumn:
    """A column. ``fixed``: not to be typed into; ``frozen``: in sight always; ``options``: what is meant to be chosen from."""

    name: str
    label: str
    width: int = 90
    help: str = ""
    number: bool = False
    fixed: bool = False
    frozen: bool = False
    flag: bool = False
    options: tuple[str, ...] = ()

    def data(self) -> dict[str, Any]:
        """As the browser gets it."""
        return {
            "name": self.name, "label": self.label, "width": self.width, "help": self.help, "number": self.number,
            "fixed": self.fixed, "frozen": self.frozen, "kind": "flag" if self.flag else "text",
            "options": list(self.options) or None,
        }  # fmt: skip


@dataclass(frozen=True)
class SheetRow:
    """A row: ``cells`` in the order of the columns; ``looks`` (``wrong``, ``warn``, ``changed``) and ``notes`` by column."""

    id: str
    cells: Sequence[str]
    looks: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    gone: bool = False


@st.cache_resource(show_spinner=False)
def _component() -> Callable[..., Any]:
    css, *js = ((HERE / name).read_text("utf-8") for name in ("sheet.css", *SCRIPTS))
    return st.components.v2.component("optplan_sheet", html='<div class="host"></div>', css=css, js="\n".join(js))


def show_sheet(
    key: str,
    name: str,
    turn: int,
    ack: int,
    label: str,
    columns: Sequence[SheetColumn],
    rows: Sequence[SheetRow],
    *,
    on_typed: Callable[[], None],
    focus: str = "",
) -> None:
    """Draw it. ``key`` is the widget's, ``name`` that of the sheet in the browser; edits up to ``ack`` are in the draft.

    ``focus``: the id of a row that is to be in sight.
    """
    words = {
        "search": say("search").words, "cell": say("cell").words, "lost": say("lost").words, "found": say("found").words,
        "filter": say("filter").words, "all": say("all").words,
        "comma": text("lists", "comma"),
    }  # fmt: skip
    _component()(
        key=key,
        data={
            "name": name, "turn": turn, "ack": ack, "label": label, "columns": [column.data() for column in columns],
            "rows": [
                {"id": row.id, "cells": list(row.cells), "looks": dict(row.looks), "notes": dict(row.notes), "gone": row.gone}
                for row in rows
            ],
            "height": HEIGHT, "few": FEW, "focus": focus, "words": words,
        },
        on_edits_change=on_typed,
    )  # fmt: skip


def typed_into(key: str) -> tuple[str, list[Typed]]:
    """The name of the sheet on the screen, and what was typed into it that the browser does not know to be in the draft yet."""
    state = st.session_state.get(key)
    said = state.get("edits") if isinstance(state, Mapping) else None
    if not isinstance(said, Mapping):
        return "", []
    found = []
    for edit in said.get("edits", ()):
        number, turn, row, column, text = edit
        found.append(Typed(int(number), int(turn), str(row), str(column), str(text)))
    return str(said.get("name", "")), sorted(found, key=lambda each: each.number)
