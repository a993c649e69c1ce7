"""What the inputs page remembers of one visitor between touches: the states of the draft, and the table that is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

import streamlit as st

from optplan.editing import Draft, History, Record, edited, records_of
from optplan.editing.draft import applied
from optplan.language import text
from optplan.plan import Plan
from optplan.scenarios import Change
from optplan.tables.content import Tables
from optplan.tables.declarations import TABLES
from optplan.web.desk import Desk

MARK = "inputs."
Read = Callable[[dict[int, dict[str, Any]]], Sequence[Record]]


@dataclass(frozen=True)
class OpenTable:
    """The table on the screen: what was typed is read against the draft and the rows as they were when it was put there.

    ``turn`` counts the tables put on the screen; ``key`` is the name of the widget; ``read`` turns its typed cells into rows.
    """

    key: str
    what: tuple[str, ...]
    turn: int
    draft: Draft
    records: tuple[Record, ...]
    read: Read


class Workbench:
    """The draft on the desk with its history. Everything that changes the draft goes through here."""

    def __init__(self, desk: Desk, plan: Plan) -> None:
        self.desk, self.plan, self.base = desk, plan, plan.tables
        if self._get("plan") != plan.sha256:
            self._set("plan", plan.sha256)
            self._begin(History((Draft(desk.changes),)))
        elif self.draft.asked != desk.changes:  # another page changed it
            self._begin(self.history.then(Draft(desk.changes)))

    # -- the draft -----------------------------------------------------------------------------------------------------

    @property
    def history(self) -> History:
        """The states of the draft."""
        return cast(History, self._get("history"))

    @property
    def draft(self) -> Draft:
        """The draft as it stands."""
        return self.history.now

    @property
    def title(self) -> str:
        """What changed rows say they rest on."""
        return self.desk.scenario_name or text("web", "draft-name", self.desk.language)

    @property
    def tables(self) -> Tables:
        """The tables with the changes written into them, not yet checked."""
        patch, _ = applied(self.base, self.draft.changes, self.title)
        return Tables({name: tuple(drafted.row for drafted in patch[name]) for name in TABLES}, self.base.origin)

    def records(self, table: str) -> tuple[Record, ...]:
        """The rows of a table as they stand."""
        return records_of(self.base, self.draft, table, self.title)

    def planned(self, table: str) -> tuple[Record, ...]:
        """The rows of a table of the base plan."""
        return records_of(self.base, Draft(), table)

    def put(self, draft: Draft) -> None:
        """Make ``draft`` the newest state, and show tables anew."""
        self._begin(self.history.then(draft))

    def change(self, changes: Sequence[Change]) -> None:
        """Give the draft other changes; what was typed and cannot be read stays."""
        self.put(Draft(tuple(changes), self.draft.unread))

    def undo(self) -> None:
        """One state back."""
        self.take_in()
        self._begin(self.history.undo())

    def redo(self) -> None:
        """One state forward."""
        self.take_in()
        self._begin(self.history.redo())

    def reset(self) -> None:
        """Back to the base plan; this, too, can be undone."""
        self.take_in()
        self.put(Draft())

    def _begin(self, history: History) -> None:
        self._set("history", history)
        self._set("turn", self._turn + 1)
        self.desk.changes = history.now.asked

    # -- the open table ------------------------------------------------------------------------------------------------

    def take_in(self) -> None:
        """Write what was typed into the open table into the draft."""
        shown = cast("OpenTable | None", self._get("open"))
        if shown is None or shown.turn != self._turn or shown.key not in st.session_state:
            return
        typed = st.session_state[shown.key].get("edited_rows", {})
        if typed:
            records = shown.read({int(row): dict(cells) for row, cells in typed.items()})
            draft = edited(self.base, shown.draft, shown.what[0], records, self.title)
        else:
            draft = shown.draft
        if draft != self.draft:
            self._set("history", self.history.then(draft))
            self.desk.changes = draft.asked

    def open(self, what: tuple[str, ...], make: Callable[[tuple[Record, ...]], Read]) -> OpenTable:
        """The table on the screen; put there anew unless it is still the same and nothing else has changed the draft.

        ``what``: the table's name and how it is shown. ``make``: from its rows to the reader of what is typed.
        """
        shown = cast("OpenTable | None", self._get("open"))
        if shown is None or shown.what != what or shown.turn != self._turn or shown.key not in st.session_state:
            turn = self._turn + 1
            records = self.records(what[0])
            shown = OpenTable(f"{MARK}table-{turn}", what, turn, self.draft, records, make(records))
            self._set("turn", turn)
            self._set("open", shown)
        return shown

    # ------------------------------------------------------------------------------------------------------------------

    @property
    def _turn(self) -> int:
        return int(self._get("turn") or 0)

    def _get(self, name: str) -> Any:
        return st.session_state.get(MARK + name)

    def _set(self, name: str, value: Any) -> None:
        st.session_state[MARK + name] = value
