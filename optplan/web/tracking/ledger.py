"""Which ledger the page works on, which schedule was adopted, and the county and quarter that were chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import streamlit as st

from optplan.following.adopted import schedule_of
from optplan.office import adopted_for
from optplan.office.entries import counties_of
from optplan.plan import Plan
from optplan.records import Records, ledger_beside
from optplan.records.records import ALL_QUARTERS, quarter_of
from optplan.result import Result
from optplan.schedule import Schedule
from optplan.store import Ledger, LedgerFile, StoredLedger
from optplan.tables.names import Names
from optplan.web.desk import Desk, opened_run, store
from optplan.web.widgets.choice import choose
from optplan.web.words import Markdown, words_of

say = words_of("web_tracking")
MARK = "tracking."


@dataclass(frozen=True)
class Room:
    """What the parts of the page share. ``counties``: those for which the visitor may enter, ``None`` for the city."""

    desk: Desk
    plan: Plan
    ledger: Ledger
    records: Records
    names: Names

    @property
    def mine(self) -> list[str]:
        """The counties for which the visitor may enter."""
        counties = counties_of(self.desk.author, self.plan)
        return self.all_counties if counties is None else list(counties)

    @property
    def all_counties(self) -> list[str]:
        """The counties in the order of the plan."""
        return [row["county"] for row in self.plan.tables["counties"]]

    def county(self, county: str) -> str:
        """What people call a county."""
        return self.names.by_table["counties"].get(county, county)


def room_of(desk: Desk, plan: Plan) -> Room:
    """The ledger of the plan on the desk, read anew. It is the file in the plan's folder where there is one, else the store's."""
    beside = ledger_beside(plan.tables.origin) if plan.tables.origin else None
    ledger: Ledger = LedgerFile(beside) if beside is not None and beside.is_file() else StoredLedger(plan.title, store())
    return Room(desk, plan, ledger, ledger.read(), Names(plan.tables, desk.language))


def say_next(*words: Markdown) -> None:
    """Say it when the page is drawn anew."""
    st.session_state[MARK + "said"] = words


def just_said() -> Markdown | None:
    """What was to be said, once."""
    words: tuple[Markdown, ...] = st.session_state.pop(MARK + "said", ())
    return Markdown("  \n".join(words)) if words else None


def show_whether_adopted(adopted: Result | None) -> None:
    """Say so where no schedule was adopted."""
    if adopted is None:
        st.info(say("no-adopted"))


def adopted_result(room: Room) -> Result | None:
    """The adopted result of the planning task; without one, the result that is open if it is of this task."""
    if (run := adopted_for(store(), room.plan)) is not None:
        return opened_run(run.id)
    result = room.desk.result
    fits = result is not None and result.has_schedule and result.document["plan"]["title"] == room.plan.title
    return result if fits else None


def adopted_schedule(room: Room) -> Schedule | None:
    """Its schedule."""
    return schedule_of(adopted_result(room))


def choose_quarter(room: Room, key: str) -> tuple[int, int] | None:
    """An open year and a quarter; ``None``, and said so, if no year is open."""
    years = list(room.plan.open_years)
    if not years:
        st.info(say("nothing-open"))
        return None
    today = date.today()
    likely = today.year if today.year in years else years[0]
    year = st.selectbox(say("year"), years, index=years.index(likely), key=f"{MARK}{key}.year", width=140)
    quarter = choose(
        say("quarter"),
        ALL_QUARTERS,
        lambda number: say("quarter-number", number=number).words,
        f"{MARK}{key}.quarter",
        first=quarter_of(today) - 1 if year == today.year else 0,
        width=160,
    )
    return int(year), int(quarter)


def choose_county(room: Room, key: str, counties: list[str]) -> str | None:
    """One of ``counties``; ``None``, and said so, if there is none."""
    if not counties:
        st.info(say("no-county"))
        return None
    chosen = choose(say("county"), counties, room.county, f"{MARK}{key}.county", width=240)
    return str(chosen)
