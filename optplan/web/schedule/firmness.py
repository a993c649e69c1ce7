"""Which figures of the schedule are firm and which can vary, drawn where somebody has asked what is certain."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import streamlit as st

from optplan.language.numbers import quantity
from optplan.office.inquiries import server_inquiries
from optplan.questions import Certain, open_answer
from optplan.store import StoreError
from optplan.web.asking.certain import OF_EVERYTHING
from optplan.web.asking.subject import About
from optplan.web.desk import Desk, store
from optplan.web.words import words_of

say = words_of("web_schedule")


@dataclass(frozen=True)
class Mark:
    """How firm a figure is: the ``tone`` of its cell, and a ``note`` in words."""

    tone: str
    note: str


class Firmness:
    """What is known of every delivery of the open result: by item, county and year, as an answer of ``certain`` has it."""

    def __init__(self, certain: Certain | None) -> None:
        cells = [] if certain is None else certain.document["cells"]
        self._cells: Mapping[tuple[str, str, int], Mapping[str, Any]] = {
            (cell["subject"], cell["county"], cell["year"]): cell for cell in cells if cell["kind"] == "delivery"
        }

    def __bool__(self) -> bool:
        return bool(self._cells)

    def of(self, items: Collection[str], counties: Collection[str], year: int) -> Mark | None:
        """How firm the sum of some deliveries of a year is; ``None`` where nothing was asked of some of them.

        A sum is firm where every part of it is. Between what it varies is told where one part alone does.
        """
        parts = [self._cells.get((item, county, year)) for item in items for county in counties]
        known = [part for part in parts if part is not None]
        if not known or len(known) < len(parts):
            return None
        loose = [part for part in known if part["firm"] is False]
        if all(part["firm"] for part in known):
            return Mark("firm", say("firm-note").words)
        if not loose:
            return Mark("unknown", say("unknown-note").words)
        if len(loose) == 1 and all(part["firm"] for part in known if part is not loose[0]):
            rest = sum(Decimal(str(part["value"])) for part in known) - Decimal(str(loose[0]["value"]))
            low, high = (quantity(Decimal(str(loose[0][side])) + rest) for side in ("seen_low", "seen_high"))
            kind = "flexible-note" if loose[0]["settled"] else "flexible-at-least-note"
            return Mark("flexible", say(kind, low=low, high=high).words)
        return Mark("flexible", say("flexible-parts-note", number=len(loose)).words)


def firmness_of(desk: Desk, about: About) -> Firmness:
    """What the server has been asked, or what is kept with the run, of the result as good as it is."""
    inquiry = server_inquiries().of(about.key_of("certain", OF_EVERYTHING))
    if inquiry is not None and isinstance(inquiry.answer, Certain):
        return Firmness(inquiry.answer)
    return Firmness(_kept(desk.run_id) if desk.run_id else None)


def _kept(run: str) -> Certain | None:
    """The answer that was kept last with a run and gives nothing up."""
    try:
        records = [each for each in store().answers(run=run, question="certain") if each.asked.get("within") is None]
        return _opened(records[0].id) if records else None
    except StoreError:
        return None


@st.cache_resource(show_spinner=False, max_entries=8)
def _opened(answer: str) -> Certain | None:
    found = open_answer(store(), answer)
    return found if isinstance(found, Certain) else None
