"""Which of several wishes can be granted at all, whatever else has to give; where one cannot, which rules stand in its way."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from optplan.answers.wishes import read_wishes, wish_scenario
from optplan.explanation.explain import explain
from optplan.language import current_language
from optplan.plan import Plan
from optplan.questions.base import base_of
from optplan.scenarios import apply_scenarios
from optplan.tables.findings import PlanError

if TYPE_CHECKING:
    from optplan.result import Result
    from optplan.schedule import Schedule

SECONDS = 10.0  # for a wish
Status = Literal["possible", "impossible", "unknown"]
STATUSES: dict[str, Status] = {"feasible": "possible", "infeasible": "impossible"}


@dataclass(frozen=True)
class Possible:
    """Whether a wish can be granted; where it is proven that it cannot, ``reasons``: the rules that exclude it, in words, none of
    which can be left out; empty where there was no time to single them out."""

    wish: str
    status: Status
    reasons: tuple[str, ...] = ()


def possible(
    plan: Plan,
    result: Result,
    wishes: Sequence[str],
    *,
    reference: Result | Schedule | None = None,
    seconds: float = SECONDS,
    cancel: threading.Event | None = None,
) -> Iterator[Possible]:
    """Whether each of ``wishes`` can be granted by itself in some plan under the rules of ``plan``, one after the other.

    ``seconds``: for each; what is not settled by then is ``unknown``. Raises :class:`InputError` for a wish that cannot be read.
    """
    base = base_of(plan, result, reference)
    for wish in wishes:
        scenario = wish_scenario(plan, read_wishes(plan, [wish]))
        try:
            wished = apply_scenarios(plan, [scenario])
        except PlanError as problem:
            told = [finding.message() for finding in problem.findings if finding.severity == "error"]
            yield Possible(wish, "impossible", tuple(told))
            continue
        found = explain(
            wished, base.model, reference=base.reference, time_limit=seconds, repairs=False, worth=False, cancel=cancel
        )  # fmt: skip
        language = current_language()
        fewest = [conflict for conflict in found.conflicts if conflict["irreducible"]]  # others name much that excludes nothing
        lines = [line["messages"][language] for conflict in fewest for line in conflict["lines"]]
        yield Possible(wish, STATUSES.get(found.status, "unknown"), tuple(dict.fromkeys(lines)))
