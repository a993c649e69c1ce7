"""What the inputs page remembers of one visitor between touches: the states of the draft, and the table that is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any, cast

import streamlit as st

from optplan.editing import Draft, History, Record, edited, records_of
from optplan.editing.draft import applied
from optplan.language import text
from optplan.plan import Plan
from optplan.scenarios import Change
from optplan.tables.content import Tables
from optplan.web.desk import Desk
from optplan.web.drafts import keep_draft, restored_draft
from optplan.web.sheet.sheet import Typed, typed_into
from optplan.web.undisturbed import undisturbed

MARK = "inputs."
MOST_TABLES = 40  # that were on the screen and may still be typed into by a browser that does not know of the next one
Read = Callable[[dict[int, dict[str, Any]]], Sequence[Record]]
Make = Callable[[tuple[Record, ...]], tuple[Read, tuple[str, ...]]]
NEW = "+"  # before the names of rows that are still being written


@dataclass(frozen=True)
class OpenTable:
    """The table on the screen: what was typed is read against the draft and the rows as they were when it was put there.

    ``turn`` counts the tables put on the screen; ``read`` turns its typed cells into rows; ``ids`` name the rows of the screen;
    ``typed`` holds the cells that were typed since, by row and column.
    """

    what: tuple[str, ...]
    turn: int
    draft: Draft
    records: tuple[Record, ...]
    read: Read
    ids: tuple[str, ...]
    make: Make
    typed: dict[int, dict[str, Any]] = field(default_factory=dict)

    def again(self, records: tuple[Record, ...]) -> OpenTable:
        """The same table with other rows."""
        read, ids = self.make(records)
        return replace(self, records=records, read=read, ids=ids, typed={})

    def at(self, row: str, ids: Sequence[str], records: Sequence[Record]) -> int | None:
        """Where the row of this table stands among others of the same kind; ``None``: nowhere."""
        if not row.startswith(NEW):
            return ids.index(row) if row in ids else None
        then = self.records[self.ids.index(row)]
        alike = (at for at, record in enumerate(records) if record.key is None and record.cells == then.cells)
        return next(alike, None)


class Workbench:
    """The draft on the desk with its history. Everything that changes the draft goes through here."""

    @undisturbed()
    def __init__(self, desk: Desk, plan: Plan) -> None:
        self.desk, self.plan, self.base = desk, plan, plan.tables
        if self._get("plan") != plan.sha256:
            self._set("plan", plan.sha256)
            restored = restored_draft(desk)
            self._begin(History((Draft(), restored), 1) if restored != Draft() else History())
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
        return patch.as_tables()

    def records(self, table: str) -> tuple[Record, ...]:
        """The rows of a table as they stand."""
        return records_of(self.base, self.draft, table, self.title)

    def planned(self, table: str) -> tuple[Record, ...]:
        """The rows of a table of the base plan."""
        return records_of(self.base, Draft(), table)

    @undisturbed()
    def put(self, draft: Draft) -> None:
        """Make ``draft`` the newest state, and show tables anew."""
        self._begin(self.history.then(draft))

    def change(self, changes: Sequence[Change]) -> None:
        """Give the draft other changes; what was typed and cannot be read stays."""
        self.put(Draft(tuple(changes), self.draft.unread))

    @undisturbed()
    def undo(self) -> None:
        """One state back."""
        self.take_in()
        self._begin(self.history.undo())

    @undisturbed()
    def redo(self) -> None:
        """One state forward."""
        self.take_in()
        self._begin(self.history.redo())

    @undisturbed()
    def reset(self) -> None:
        """Back to the base plan; this, too, can be undone."""
        self.take_in()
        self.put(Draft())

    def _begin(self, history: History) -> None:
        self._set("history", history)
        self._set("turn", self._turn + 1)
        self.desk.changes = history.now.asked
        keep_draft(self.desk, history.now)

    # -- the open table ------------------------------------------------------------------------------------------------

    @property
    def sheet_key(self) -> str:
        """The key of the widget; the same for all tables, so that the sheet stays where it is."""
        return f"{MARK}sheet"

    def ack(self, what: Sequence[str]) -> int:
        """The number of the last thing typed into a table that is in the draft."""
        return int((self._get("ack") or {}).get(self.sheet_name(what), 0))

    def sheet_name(self, what: Sequence[str]) -> str:
        """What the sheet of a table is called in the browser, in any language; there, what is typed waits to be in the draft."""
        return "/".join((self.plan.sha256[:12], *what[:-1]))

    @undisturbed()
    def take_in(self) -> None:
        """Write what was typed into the draft, touch by touch in their order, each of which can be undone by itself."""
        name, typed = typed_into(self.sheet_key)
        known = self._get("ack") or {}
        fresh = [each for each in typed if each.number > known.get(name, 0)]
        if self._get("open") is None or not fresh or not name.startswith(self.plan.sha256[:12]):
            return
        for _, touch in groupby(fresh, key=lambda each: each.number):
            self._take_in(tuple(touch))
        self._set("ack", {**known, name: fresh[-1].number})

    def _take_in(self, touch: Sequence[Typed]) -> None:
        """One touch: into the table on the screen, or into one that was there a moment ago."""
        shown = cast(OpenTable, self._get("open"))
        if touch[0].step:
            self._begin(self.history.undo() if touch[0].step == "undo" else self.history.redo())
        elif any(each.turn != self._turn or each.turn != shown.turn or each.row not in shown.ids for each in touch):
            self._take_in_late(touch)
        else:
            for each in touch:
                shown.typed.setdefault(shown.ids.index(each.row), {})[each.column] = each.text
            self._stand(edited(self.base, shown.draft, shown.what[0], shown.read(shown.typed), self.title))

    def _take_in_late(self, late: Sequence[Typed]) -> None:
        """What was typed into a table that something else has changed since: each cell goes where its row is now."""
        tables = cast("dict[int, OpenTable]", self._get("tables") or {})
        lost = []
        draft = self.draft
        for each in late:
            then = tables.get(each.turn)
            if then is None or each.row not in then.ids:
                lost.append(each.text)
                continue
            records = records_of(self.base, draft, then.what[0], self.title)
            now = then.again(records)
            at = then.at(each.row, now.ids, records)
            if at is None:
                lost.append(each.text)
                continue
            draft = edited(self.base, draft, then.what[0], now.read({at: {each.column: each.text}}), self.title)
        self._stand(draft)
        if lost:
            self._set("lost", (*(self._get("lost") or ()), *lost))
        self._set("turn", self._turn + 1)

    def _stand(self, draft: Draft) -> None:
        if draft != self.draft:
            self._set("history", self.history.then(draft))
            self.desk.changes = draft.asked
            keep_draft(self.desk, draft)

    @undisturbed()
    def open(self, what: tuple[str, ...], make: Make) -> OpenTable:
        """The table on the screen; put there anew unless it is still the same and nothing else has changed the draft.

        ``what``: the table's name, how it is shown, and the language at last. ``make``: from its rows to the reader of what is
        typed, and to their names.
        """
        shown = cast("OpenTable | None", self._get("open"))
        if shown is None or shown.what != what or shown.turn != self._turn:
            turn = self._turn + 1
            records = self.records(what[0])
            read, ids = make(records)
            shown = OpenTable(what, turn, self.draft, records, read, ids, make)
            tables = {**(self._get("tables") or {}), turn: shown}
            self._set("tables", dict(list(tables.items())[-MOST_TABLES:]))
            self._set("turn", turn)
            self._set("open", shown)
        return shown

    @undisturbed()
    def lost(self) -> tuple[str, ...]:
        """What was typed and has no place any more, told once."""
        lost = tuple(self._get("lost") or ())
        self._set("lost", ())
        return lost

    # ------------------------------------------------------------------------------------------------------------------

    @property
    def _turn(self) -> int:
        return int(self._get("turn") or 0)

    def _get(self, name: str) -> Any:
        return st.session_state.get(MARK + name)

    def _set(self, name: str, value: Any) -> None:
        st.session_state[MARK + name] = value
