"""On what terms a plan is solved: all that is asked of it, but for the plan itself and who watches the search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from optplan.decision_model import DecisionModel
from optplan.plan import Plan
from optplan.schedule import Schedule
from optplan.solving.effort import Effort

if TYPE_CHECKING:
    from optplan.result import Result


@dataclass(frozen=True)
class Terms:
    """The decision model, the ``reference`` that its changes are measured against, and when the search may end."""

    model: DecisionModel
    reference: Result | Schedule | None = None
    effort: Effort = field(default_factory=Effort)

    @property
    def measured_from(self) -> Schedule | None:
        """The schedule of the reference, which is all that a search needs of it."""
        return self.reference if self.reference is None or isinstance(self.reference, Schedule) else self.reference.to_schedule()

    def solve(self, plan: Plan, scenario: Sequence[str] = (), **watching: Any) -> Result:
        """The answer. ``scenario``: names of what is applied to ``plan`` already; ``watching``: as for :func:`optplan.solve`."""
        from optplan.solving.solve import solve

        return solve(
            plan, self.model, scenario=scenario, reference=self.reference, **self.effort.as_dict(), **watching
        )  # fmt: skip
