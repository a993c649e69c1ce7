"""Criteria against the money of one fund, from half of it to half as much again: where whole units become possible."""

from __future__ import annotations

import threading
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from optplan.answers.answer import Answer, foot, head
from optplan.answers.findings import refused
from optplan.answers.interval import Interval, criteria_of, interval_from
from optplan.answers.words import between
from optplan.figures.criteria import criterion_name
from optplan.language import current_language, text
from optplan.language.numbers import exact_percent
from optplan.plan import Plan
from optplan.questions.base import base_of
from optplan.questions.value.many_solves import Variant, solved
from optplan.scenarios import Scale
from optplan.solving.effort import Effort
from optplan.tables.names import called

if TYPE_CHECKING:
    import pandas as pd

    from optplan.result import Result
    from optplan.schedule import Schedule
    from optplan.store import Store
    from optplan.sweeps.executor import Executor

LOWEST, HIGHEST = Decimal("0.5"), Decimal("1.5")


class Staircase(Answer):
    """``document``: beside what every answer has, ``points``: each with ``share`` and ``amount`` of the fund and every criterion
    as an interval. Of the first criterion a point with less money bounds those with more, and the other way round."""

    question: ClassVar[str] = "staircase"

    def tables(self) -> dict[str, pd.DataFrame]:
        """``stairs``: a row for each share of the money and criterion."""
        import pandas as pd

        rows = [
            {
                "share": float(Decimal(point["share"])), "amount": Decimal(point["amount"]), "criterion": each["name"],
                "low": each["interval"][0], "high": each["interval"][1],
            }
            for point in self.document["points"]
            for each in point["criteria"]
        ]  # fmt: skip
        return {"stairs": pd.DataFrame(rows, columns=["share", "amount", "criterion", "low", "high"])}

    def sentences(self, language: str | None = None) -> list[str]:
        """What each criterion is with the least and with the most money, and how many points are not known."""
        language = language or current_language()
        known = [point for point in self.document["points"] if point["criteria"]]
        fund = self.document["asked"]["fund"]
        name = called(self.plan_tables, language)["fund"].get(fund, fund)
        said, shares = [], [exact_percent(Decimal(point["share"])) for point in (known[0], known[-1])] if known else []
        for number, criterion in enumerate(self.document["model_content"]["criteria"] if known else []):
            ends = [
                between(self.measure_in(criterion["name"]), interval_from(point["criteria"][number]["interval"]), language)
                for point in (known[0], known[-1])
            ]
            said.append(
                text(
                    "questions", "stairs-ends", language, fund=name, criterion=criterion_name(criterion["name"], language),
                    least=shares[0], most=shares[1], low=ends[0], high=ends[1],
                )
            )  # fmt: skip
        waiting = len(self.document["points"]) - len(known)
        return said + ([text("questions", "value-waiting", language, number=waiting)] if waiting else [])


def staircase(
    plan: Plan,
    result: Result | str | Path,
    fund: str,
    *,
    points: int = 11,
    reference: Result | Schedule | None = None,
    quick: bool = False,
    gap: float = 0.0,
    time_limit: float | None = None,
    executor: Executor | None = None,
    jobs: int | None = None,
    store: Store | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancel: threading.Event | None = None,
) -> Staircase:
    """Every criterion against the money of ``fund`` in open years, from 50 to 150 % at ``points`` points; options as for
    :func:`optplan.value`. ``progress`` is told how many of how many points are solved.

    Raises :class:`InputError` for a fund that is not there, or fewer than two points.
    """
    base = base_of(plan, result, reference)
    if fund not in plan.funds:
        raise refused("fund-unknown", fund, known=", ".join(plan.funds))
    if points < 2:
        raise refused("stairs-points", str(points))
    rows = [row for row in plan.tables["budgets"] if row["fund"] == fund and row["year"] in plan.open_years]
    whole = sum((row["amount"] for row in rows), Decimal(0))
    years = sorted({row["year"] for row in rows})
    shares = [LOWEST + (HIGHEST - LOWEST) * number / (points - 1) for number in range(points)]
    shares = [share.quantize(Decimal("0.0001")) for share in shares]
    variants = [
        Variant(
            f"stairs {fund} {share}",
            f"{fund} x {share}",
            (Scale(table="budgets", where={"fund": fund, "year": years}, column="amount", factor=share),),
        )
        for share in (shares if whole else [])
    ]
    effort = Effort(gap, quick, time_limit)
    found: dict[int, dict[str, Interval]] = {}
    for done, (number, document) in enumerate(solved(base, variants, effort, executor, jobs, store, cancel), start=1):
        if document is not None and document["seal"] is not None:
            found[number] = criteria_of(document)
        if progress is not None:
            progress(done, len(variants))
    if not base.model.requests:
        _propagate(base.model.criteria[0].name, found)
    listed: list[dict[str, Any]] = [
        {
            "share": str(share), "amount": str(whole * share),
            "criteria": [{"name": name, "interval": each.as_list()} for name, each in found.get(number, {}).items()],
        }
        for number, share in enumerate(shares)
    ]  # fmt: skip
    status = "answered" if len(found) == len(shares) else "partly" if found else "unknown"
    document = head("staircase", plan, base.model, {"fund": fund, "points": points, **effort.as_dict()})
    return Staircase(document | {"status": status, "points": listed} | foot(plan))


def _propagate(criterion: str, found: dict[int, dict[str, Interval]]) -> None:
    """More money is never worse: what is reached with less holds with more, and what is proven with more holds with less."""
    high = float("inf")
    for number in sorted(found):
        each = found[number][criterion]
        high = min(high, each.high)
        found[number][criterion] = Interval(min(each.low, high), high)
    low = float("-inf")
    for number in sorted(found, reverse=True):
        each = found[number][criterion]
        low = max(low, each.low)
        found[number][criterion] = Interval(min(low, each.high), each.high)
