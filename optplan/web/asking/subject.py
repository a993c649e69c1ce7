"""What is asked about, and the answers that a visit has had about it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import streamlit as st

from optplan.answers import Answer
from optplan.plan import Plan
from optplan.result import Result
from optplan.schedule import Schedule
from optplan.tables.names import Names

MARK = "asking.answer."


@dataclass(frozen=True)
class About:
    """The open result, the plan that it answers, and what its changes were measured against."""

    plan: Plan
    result: Result
    reference: Schedule | None

    @cached_property
    def names(self) -> Names:
        """What people call everything in the plan."""
        return Names(self.plan.tables)

    def called(self, table: str, key: str) -> str:
        """The name of a county, item, fund, project, team, target or standard."""
        return self.names.by_table[table].get(key, key)

    def keep(self, question: str, answer: Answer) -> None:
        """From now on this is the answer to the question."""
        st.session_state[MARK + question] = (self.result.text(), answer.document)

    def document(self, question: str) -> dict[str, Any] | None:
        """The answer to the question about this very result, if it was asked."""
        asked, document = st.session_state.get(MARK + question, ("", None))
        return document if asked == self.result.text() else None
