"""What is asked about, and what a form of the page asks."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from optplan.answers import Answer
from optplan.office.inquiries import Inquiry
from optplan.plan import Plan
from optplan.result import Result
from optplan.schedule import Schedule
from optplan.tables.names import Names

Work = Callable[[Inquiry, Answer | None], Answer]


@dataclass(frozen=True)
class Asked:
    """A question as a form has it: ``parts`` tell it from others about the same result.

    ``work`` answers it, wherever that is done; it gets what had been answered when somebody stopped the same question.
    """

    parts: tuple[object, ...]
    work: Work


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

    @cached_property
    def key(self) -> str:
        """A hash of the result."""
        return hashlib.sha256(self.result.text().encode()).hexdigest()

    def called(self, table: str, key: str) -> str:
        """The name of a county, item, fund, project, team, target or standard."""
        return self.names.by_table[table].get(key, key)

    def asks(self, question: str, asked: Asked) -> str:
        """A hash of all that an answer follows from."""
        return hashlib.sha256(repr((self.key, question, asked.parts)).encode()).hexdigest()
