"""What a visitor types into the forms of quarters: taken in touch by touch, each of which can be undone, until it is entered."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import groupby
from typing import cast

import streamlit as st

from optplan.office.unentered import Cells, Typed, Unentered
from optplan.web.sheet import sheet
from optplan.web.sheet.sheet import typed_into
from optplan.web.tracking.ledger import MARK, Room
from optplan.web.undisturbed import undisturbed

KEY = MARK + "sheet"
TURN = 1  # a form's lines and columns have names that stay


@st.cache_resource(show_spinner=False)
def _unentered() -> Unentered:
    return Unentered()


class Forms:
    """The forms of one ledger and visitor. A form is called by county, year, quarter and sheet."""

    def __init__(self, room: Room) -> None:
        self._person = room.desk.author
        self._ledger = hashlib.sha256(f"{room.ledger.place}\0{room.plan.title}".encode()).hexdigest()[:12]

    def typed(self, form: str) -> Typed:
        """What stands in a form and is not entered."""
        return _unentered().of(self._person, self._place(form))

    def sheet_name(self, form: str) -> str:
        """What the form is called in the browser: another one once it was entered, for what is typed then is new."""
        return f"{self._place(form)}/{self.typed(form).times}"

    def ack(self, form: str) -> int:
        """The number of the last thing typed into the form in this browser that is kept."""
        return self._acks().get(self._place(form), 0)

    @undisturbed()
    def take_in(self) -> None:
        """Keep what was typed, whichever form is on the screen by now."""
        name, typed = typed_into(KEY)
        place = name.rpartition("/")[0]
        fresh = [each for each in typed if each.number > self._acks().get(place, 0)]
        if not fresh or not place.startswith(self._ledger):
            return
        for _, touch in groupby(fresh, key=lambda each: each.number):
            self._touched(place, list(touch))
        self._acks()[place] = fresh[-1].number

    @undisturbed()
    def entered(self, form: str, cells: Cells) -> None:
        """What stood in ``cells`` is entered; it cannot be undone any more."""
        _unentered().entered(self._person, self._place(form), cells)
        for steps in self._steps(self._place(form)):
            steps.clear()

    def _touched(self, place: str, touch: Sequence[sheet.Typed]) -> None:
        done, undone = self._steps(place)
        if not touch[0].step:
            done.append(_unentered().type(self._person, place, {(each.row, each.column): each.text for each in touch}))
            undone.clear()
            return
        back, forth = (done, undone) if touch[0].step == "undo" else (undone, done)
        if back:
            forth.append(_unentered().type(self._person, place, back.pop()))

    def _place(self, form: str) -> str:
        return f"{self._ledger}/{form}"

    def _acks(self) -> dict[str, int]:
        return cast("dict[str, int]", st.session_state.setdefault(MARK + "acks", {}))

    def _steps(self, place: str) -> tuple[list[Cells], list[Cells]]:
        """What stood in cells before each touch of this visit, and before each step back."""
        steps = cast("dict[str, tuple[list[Cells], list[Cells]]]", st.session_state.setdefault(MARK + "steps", {}))
        return steps.setdefault(place, ([], []))
