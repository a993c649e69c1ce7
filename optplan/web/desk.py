"""One visitor's desk: what the pages share between touches. Every visitor has a desk of their own; the store is common."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from optplan.editing import draft_name
from optplan.language import default_language, speaking
from optplan.language.years import calling_years
from optplan.office import Person, first_answer, local_person, new_visit
from optplan.office.visitors import local_role
from optplan.plan import Plan
from optplan.result import Result
from optplan.scenarios import Change, Scenario, apply_scenarios
from optplan.store import Store, open_store
from optplan.tables.findings import InputError
from optplan.tables.year_labels import year_names
from optplan.web.cache.checked_results import must_hold
from optplan.web.cache.plans import shipped_plans, shipped_result
from optplan.web.words import words_of

say = words_of("web")
MARK = "desk."  # before the names under which a session keeps what is on the desk


@st.cache_resource(show_spinner=False)
def store() -> Store:
    """The server's store. Raises :class:`~optplan.store.StoreError`, in words, when it cannot be reached."""
    return open_store()


@st.cache_resource(show_spinner=False, max_entries=16)
def opened_run(run_id: str) -> Result:
    """A run's result, which never changes, opened once for all visitors. Raises :class:`InputError` if it cannot be."""
    result = store().open(run_id)
    must_hold(result)
    return result


class Desk:
    """What one visitor works on. Nothing of it outlives the visit unless a page keeps it in the store.

    ``plan`` is the plan as it stands, ``changes`` the draft that the visitor is writing on it, ``asked_plan`` both together.
    ``result`` is the answer that is being looked at, with ``run_id`` if it comes from the store; it carries the inputs that
    it was solved with, and stays open while the draft changes.
    """

    # -- who, and in which language ------------------------------------------------------------------------------------

    @property
    def language(self) -> str:
        """``zh`` or ``en``."""
        return cast(str, self._get("language") or default_language())

    @language.setter
    def language(self, language: str) -> None:
        self._set("language", language)

    @contextmanager
    def speaking(self) -> Iterator[None]:
        """The visitor's language, and the plan's names of years, for a block. Pages are in it already; callbacks and fragments
        that run alone are not."""
        plan = self.plan
        with speaking(self.language), calling_years(None if plan is None else year_names(plan.tables)):
            yield

    @property
    def author(self) -> Person:
        """Who the visitor is."""
        return self._get("author") or local_person("", local_role())

    @author.setter
    def author(self, author: Person) -> None:
        self._set("author", author)

    @property
    def pages(self) -> dict[str, StreamlitPage]:
        """The pages by name, to lead the visitor to one with :func:`st.switch_page`."""
        return self._get("pages") or {}

    @pages.setter
    def pages(self, pages: dict[str, StreamlitPage]) -> None:
        self._set("pages", pages)

    # -- the question --------------------------------------------------------------------------------------------------

    @property
    def plan(self) -> Plan | None:
        """The plan that was chosen, before the draft; at first the first one that ships. ``None``: there is none."""
        if self._get("plan") is None:
            self._set("plan", next(iter(shipped_plans().values()), None))
        return cast("Plan | None", self._get("plan"))

    @plan.setter
    def plan(self, plan: Plan) -> None:
        """Choosing another plan puts the draft away."""
        before = self._get("plan")
        self._set("plan", plan)
        if before is None or before.sha256 != plan.sha256:
            self.changes = ()
            self.scenario_name = ""

    @property
    def changes(self) -> tuple[Change, ...]:
        """The draft: changes of the plan in the order in which they are made; empty at first."""
        return cast("tuple[Change, ...]", self._get("changes") or ())

    @changes.setter
    def changes(self, changes: tuple[Change, ...]) -> None:
        self._set("changes", tuple(changes))

    @property
    def scenario_name(self) -> str:
        """What the visitor calls the draft; empty at first."""
        return cast(str, self._get("scenario_name") or "")

    @scenario_name.setter
    def scenario_name(self, name: str) -> None:
        self._set("scenario_name", name)

    @property
    def scenario(self) -> Scenario | None:
        """The draft as a scenario; ``None`` while nothing is changed."""
        if not self.changes:
            return None
        name, english = self.draft_name, "" if self.scenario_name else self._named_by_changes("en")
        return Scenario(
            name=name[:100], title=name[:200], title_en=english[:200], author=self.author.name[:100], changes=self.changes
        )

    @property
    def draft_name(self) -> str:
        """What the draft is called: as the visitor says, else by what it changes."""
        # in one language, whatever the page speaks: what is solved is found again by it
        return self.scenario_name or self._named_by_changes("zh")

    @property
    def draft_title(self) -> str:
        """The same in the visitor's language."""
        return self.scenario_name or self._named_by_changes(self.language)

    def _named_by_changes(self, language: str) -> str:
        plan = self.plan
        if plan is None:
            return ""
        key = (plan.sha256, self.changes, language)
        kept = self._get(f"named.{language}")
        if kept is None or kept[0] != key:
            kept = (key, draft_name(plan.tables, self.changes, language))
            self._set(f"named.{language}", kept)
        return cast(str, kept[1])

    @property
    def asked_plan(self) -> Plan | None:
        """The plan with the draft written into it. Raises :class:`InputError` for a draft that cannot be applied."""
        plan, scenario = self.plan, self.scenario
        if plan is None or scenario is None:
            return plan
        key = (plan.sha256, scenario.model_dump_json())
        kept = self._get("asked")
        if kept is None or kept[0] != key:
            kept = (key, apply_scenarios(plan, [scenario]))
            self._set("asked", kept)
        return cast(Plan, kept[1])

    def is_answered_by(self, result: Result) -> bool:
        """Whether ``result`` is an answer to the plan with the draft; none is where the draft cannot be applied."""
        try:
            asked = self.asked_plan
        except InputError:
            return False  # the inputs page tells what is wrong with it
        return asked is not None and asked.sha256 == result.plan_sha256

    @property
    def visit(self) -> str:
        """The name of this visit, under which its draft is kept on the server."""
        if not self._has("visit"):
            self._set("visit", new_visit())
        return cast(str, self._get("visit"))

    def begin_visit(self) -> None:
        """Have a new name for the visit from now on: what was kept under the old one stays there."""
        self._set("visit", new_visit())

    # -- the answer ----------------------------------------------------------------------------------------------------

    @property
    def result(self) -> Result | None:
        """The result that is open; at first what :meth:`open_first` opens."""
        if not self._has("result"):
            self.open_first()
        return cast("Result | None", self._get("result"))

    @property
    def run_id(self) -> str | None:
        """The run of the store that the result is; ``None`` for one that is not kept there."""
        return cast("str | None", self._get("run_id"))

    def open_first(self) -> None:
        """Open the result that ships with the plan, else its adopted run, else the latest to the plan as it stands, or none."""
        plan = self.plan
        shipped = None if plan is None else shipped_result(plan)
        self.open_result(shipped)
        if plan is None or shipped is not None:
            return
        try:
            first = first_answer(store(), plan)
            if first is not None:
                self.open_run(first.id)
        except InputError:
            return  # the history tells what is wrong with the store or the run

    def open_run(self, run_id: str) -> Result:
        """Open the result of a run. Raises :class:`InputError` if it cannot be; then the desk is as it was."""
        record = store().record(run_id)
        result = opened_run(record.id)
        self._set("result", result)
        self._set("run_id", record.id)
        self._set("followed", None)
        return result

    def open_result(self, result: Result | None) -> None:
        """Open a result that is not kept in the store; ``None`` puts the open one away. Raises as :meth:`open_run` does."""
        if result is not None:
            must_hold(result)
        self._set("result", result)
        self._set("run_id", None)
        self._set("followed", None)

    @property
    def followed(self) -> str | None:
        """The solve that still goes on and whose best plan so far is open; ``None``: what is open will not change."""
        return cast("str | None", self._get("followed"))

    def follow(self, solve: str | None, best: Result | None) -> None:
        """Open the best plan so far of a solve; the desk remembers that it is not the last word."""
        self.open_result(best)
        self._set("followed", solve)

    # ------------------------------------------------------------------------------------------------------------------

    def _has(self, name: str) -> bool:
        return MARK + name in st.session_state

    def _get(self, name: str) -> Any:
        return st.session_state.get(MARK + name)

    def _set(self, name: str, value: Any) -> None:
        st.session_state[MARK + name] = value
