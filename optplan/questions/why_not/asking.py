"""Solving a plan with a wish held, and what that costs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from optplan.answers.answer import foot, head, proven, solve_entry
from optplan.answers.findings import refused
from optplan.answers.wishes import Wish, read_wishes, wish_scenario
from optplan.audit import audit
from optplan.document.good_enough import nearness
from optplan.language import LANGUAGES
from optplan.plan import Plan
from optplan.questions.base import Base, base_of
from optplan.questions.conflicts import conflict_of
from optplan.questions.differences import differences
from optplan.questions.moves import moves
from optplan.questions.starting_point import warm_start_of
from optplan.questions.why_not.answer import WhyNot
from optplan.questions.why_not.nearby import granted_nearby
from optplan.scenarios import apply_scenarios
from optplan.solving.effort import Effort
from optplan.tables.findings import PlanError
from optplan.tables.names import Names

if TYPE_CHECKING:
    from optplan.decision_model import DecisionModel
    from optplan.result import Result
    from optplan.schedule import Schedule
    from optplan.search.messages import Progress
    from optplan.search.warm_start import WarmStart


def why_not(
    plan: Plan,
    result: Result | str | Path,
    wishes: str | Iterable[str | Wish] = (),
    *,
    without: str | Iterable[str] = (),
    reference: Result | Schedule | None = None,
    quick: bool = False,
    gap: float = 0.0,
    time_limit: float | None = None,
    first: Callable[[WhyNot], None] | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancel: threading.Event | None = None,
) -> WhyNot:
    """What it would cost ``result``, the answer to ``plan``, to grant ``wishes`` (``ladder:yingxian:2023>=1``, see interface.md).

    ``without``: cells of the schedule (``ITEM:COUNTY:YEAR``, ``project:PROJECT``) that the best plan is asked to do without: why
    is this in the plan? The wish is held as a rule, and the plan solved anew from where the result stands, of all that is as good
    the schedule that differs least from it; ``quick``, ``gap``, ``time_limit``, ``progress`` and ``cancel`` as for
    :func:`optplan.solve`. ``first`` is told what a plan near the result comes to, and the answer once it is good
    enough, before the search goes on to prove it. Where the result grants the wish already nothing is solved.

    Raises :class:`InputError` for a wish that cannot be read or a result of another plan. A wish that cannot be granted is an
    answer: ``answer.status`` is then ``impossible``.

    >>> import optplan
    >>> plan = optplan.read_plan("inputs/shuozhou")  # doctest: +SKIP
    >>> answer = optplan.why_not(plan, "reports/attain.json", "platform:yingxian:2023>=1")  # doctest: +SKIP
    >>> answer.criteria, answer.sentences()  # doctest: +SKIP
    """
    base = base_of(plan, result, reference)
    listed = [wishes] if isinstance(wishes, str) else list(wishes)
    cells = [without] if isinstance(without, str) else list(without)
    read = read_wishes(plan, [*listed, *(_without(base, cell) for cell in cells)])
    effort = Effort(gap, quick, time_limit)
    document = head("why-not", plan, base.model, {"wishes": [wish.written for wish in read], **effort.as_dict()})
    document["wishes"] = [
        {"wish": wish.written, **{language: wish.words(Names(plan.tables, language)) for language in ("zh", "en")}}
        for wish in read
    ]
    granting = _Granting(base, read, progress, cancel)
    settled = granting.without_solving()
    if settled is None and first is not None and not quick:
        soon = granting.nearby()
        if soon is not None:
            first(WhyNot(document | soon | foot(plan)))
        if soon is None or soon["not_proven"]:
            soon = granting.solved(replace(effort, quick=True), polish=False)
            settled = soon if soon["status"] == "impossible" else None  # a proof, to which going on adds nothing
            if settled is None:
                first(WhyNot(document | soon | foot(plan)))
    settled = settled or granting.solved(effort)
    if settled["status"] == "impossible":
        settled["conflict"] = granting.conflict()
    return WhyNot(document | settled | foot(plan))


class _Granting:
    """Whether, and at what cost, wishes can be granted: the rest of the document."""

    def __init__(
        self,
        base: Base,
        wishes: Sequence[Wish],
        progress: Callable[[Progress], None] | None,
        cancel: threading.Event | None,
    ) -> None:
        self.base, self.progress, self.cancel, self._wishes = base, progress, cancel, wishes
        self.scenario = wish_scenario(base.plan, wishes)
        self.before = solve_entry("base", base.result)
        self.nothing: dict[str, Any] = {
            "status": "impossible", "granted": False, "criteria": [], "moves": [], "findings": [], "not_proven": [],
            "solves": [self.before], "result": None, "conflict": None,
        }  # fmt: skip
        self._warm_start: WarmStart | None = None

    def without_solving(self) -> dict[str, Any] | None:
        """What the tables with the wishes, or the schedule as it is, say already; ``None`` if only solving can tell."""
        base = self.base
        try:
            self.wished = apply_scenarios(base.plan, [self.scenario])
        except PlanError as problem:
            told = [finding for finding in problem.findings if finding.severity == "error"]
            words = [{language: finding.message(language) for language in LANGUAGES} for finding in told]
            return {**self.nothing, "findings": [{**one.as_dict(), **said} for one, said in zip(told, words, strict=True)]}
        if not audit(self.wished.tables, base.schedule, requests=base.model.requests, reference=base.reference).ok:
            return None
        criteria = [
            _entry(name, each.as_list(), each.as_list(), [0.0, max(0.0, each.width)]) for name, each in base.proven.items()
        ]
        return {**self.nothing, "status": "answered", "granted": True, "criteria": criteria}

    def conflict(self) -> dict[str, Any] | None:
        """Which cells of the tables, the wish among them, cannot hold together."""
        base = self.base
        return conflict_of(base.plan, self.scenario, base.model, base.reference, self.cancel)

    def nearby(self) -> dict[str, Any] | None:
        """What a plan near the base that grants the wishes comes to, in a moment; ``None`` where none is soon found."""
        stop = self.cancel.is_set if self.cancel is not None else lambda: False
        found = granted_nearby(self.base, self.wished, [self.scenario.name], stop)
        if found is None:
            return None
        self._warm_start = warm_start_of(self.wished, self.base.model, found.to_schedule(), self.base.reference)
        return self._told(found)

    def solved(self, effort: Effort, *, polish: bool = True) -> dict[str, Any]:
        """What the plan with the wishes comes to; asked again, it goes on from where it ended.

        ``polish``: of all that is as good, the schedule that is nearest to the base is looked for.
        """
        from optplan.solving.solve import solve

        base = self.base
        if self._warm_start is None:
            self._warm_start = warm_start_of(base.plan, base.model, base.schedule, base.reference)
        found = solve(
            self.wished,
            _nearest(base.model) if polish else base.model.unpolished(),
            scenario=[self.scenario.name],
            reference=base.reference or base.schedule,
            progress=self.progress,
            cancel=self.cancel,
            warm_start=self._warm_start,
            **effort.as_dict(),
        )
        return self._told(found)

    def _told(self, found: Result) -> dict[str, Any]:
        base = self.base
        changes = [change.model_dump(mode="json") for change in self.scenario.changes]
        solves = [self.before, solve_entry("wish", found, changes)]
        if not found.has_schedule:
            return {**self.nothing, "status": "impossible" if found.status == "infeasible" else "unknown", "solves": solves}
        criteria = [
            _entry(name, base.proven[name].as_list(), now.as_list(), change.as_list())
            for name, now, change in differences(base.model, base.proven, proven(found), more_asked=True)
        ]
        open_yet = [each.criterion for each in nearness(found.document) if not each.good]
        return {
            **self.nothing,
            "status": "partly" if open_yet else "answered",
            "criteria": criteria,
            "moves": moves(base.plan, base.schedule, found.to_schedule()),
            "not_proven": open_yet,
            "solves": solves,
            "result": found.document,
        }


def _entry(name: str, before: list[float | None], after: list[float | None], change: list[float | None]) -> dict[str, Any]:
    return {"name": name, "before": before, "after": after, "change": change}


def _nearest(model: DecisionModel) -> DecisionModel:
    """The model, with the schedule that is nearest to the base before all else that is polished; ``change`` as a level stays."""
    if model.needs_reference:
        return model
    return model.model_copy(update={"polish": ("change", *(name for name in model.polish if name != "change"))})


def _without(base: Base, cell: str) -> str:
    """The wish that the plan does without a cell of its schedule."""
    kind, _, name = cell.strip().replace("：", ":").partition(":")
    if kind == "project":
        return f"project:{name.partition(':')[0]}>{base.plan.last_year}"
    (wish,) = read_wishes(base.plan, [f"{cell}<=0"])
    delivered = sum(
        quantity
        for (i, c, y), quantity in base.schedule.deliveries.items()
        if i in base.plan.groups[wish.subject] and wish.county in {"", c} and wish.year in {None, y}
    )
    if not delivered:
        raise refused("cell-has-nothing", cell)
    return replace(wish, quantity=Decimal(0)).written
