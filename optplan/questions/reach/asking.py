"""What it takes for wishes to hold, shown possible on one side and proven impossible on the other."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Literal

from optplan.answers.answer import foot, head, solve_entry
from optplan.answers.findings import refused
from optplan.answers.interval import Interval
from optplan.answers.wishes import Wish, held
from optplan.decision_model import Criterion, DecisionModel, read_model
from optplan.language import LANGUAGES, text
from optplan.plan import Plan
from optplan.questions.conflicts import conflict_of
from optplan.questions.reach.answer import Reach
from optplan.questions.reach.frontier import Frontier, Verdict
from optplan.questions.reach.missing import MODEL, Missing
from optplan.questions.reach.promises import as_far_as, in_full, standards_of, told, wished
from optplan.scenarios import Change, Scale, Scenario, apply_scenarios
from optplan.search.warm_start import WarmStart
from optplan.tables.findings import PlanError

if TYPE_CHECKING:
    from optplan.result import Result

By = Literal["money", "years", "cut", "price"]
WAYS: tuple[By, ...] = ("money", "years", "cut", "price")
STEP, LEAST_STEP = Decimal("0.01"), Decimal("0.0001")
DEAREST = 3  # prices are raised to so many times what they are, at most
CHEAP_ENOUGH = Decimal("0.05")  # of the cost: how exactly a plan that need only exist is made cheap


@dataclass(frozen=True)
class ReachProgress:
    """A plan was tried: with ``at`` (a year, a share cut, a rise of prices), and whether it is ``possible``."""

    tried: int
    at: str
    verdict: str
    seconds: float

    @property
    def tried_with(self) -> str:
        """``at`` in the current language."""
        return self.at if self.at[:1].isdecimal() else text("questions", f"tried-{self.at}")


def reach(
    plan: Plan,
    wishes: str | Iterable[str | Wish] = (),
    by: By = "money",
    *,
    fund: str | None = None,
    step: Decimal | float | str = STEP,
    time_limit: float | None = None,
    progress: Callable[[ReachProgress], None] | None = None,
    cancel: threading.Event | None = None,
) -> Reach:
    """What it takes so that ``wishes`` hold.

    Wishes are those of interface.md; ``targets``: every target in full, ``standards``: every standard met in the last year.

    ``by``: ``money``: the least money beyond the funds, who must find it and when (without wishes: every target in full).
    ``years``: the earliest year in which every standard is met with the money at hand. ``cut``: the share by which the
    appropriations of ``fund`` (all funds, if none is named) can be cut, in steps of ``step``, and ``price``: by which all prices
    can rise, so that the wishes still hold (without wishes: that every target is delivered as far as it is without the cut).
    ``time_limit``: seconds in all; what is not settled then is said to be so.

    Raises :class:`InputError` for a wish that cannot be read, a fund that is not there, or a step that is no share.

    >>> import optplan
    >>> optplan.reach(optplan.read_plan("inputs/shuozhou"), ["targets"], by="money").sentences()  # doctest: +SKIP
    """
    if by not in WAYS:
        raise refused("reach-by", str(by), known=", ".join(WAYS))
    if fund is not None and fund not in plan.funds:
        raise refused("fund-unknown", fund, known=", ".join(plan.funds))
    try:
        size = Decimal(str(step))
    except InvalidOperation:
        size = Decimal(0)
    if not (size.is_finite() and LEAST_STEP <= size < 1):
        raise refused("reach-step", str(step))
    asking = _Asking(plan, time_limit, progress or (lambda _: None), cancel)
    listed = [wishes] if isinstance(wishes, str) else list(wishes)
    read = wished(plan, listed)
    ways: dict[By, Callable[[], dict[str, Any]]] = {
        "money": lambda: asking.money(read or tuple(in_full(plan))),
        "years": lambda: asking.years(read),
        "cut": lambda: asking.steps("cut", read, size, fund),
        "price": lambda: asking.steps("price", read, size, fund),
    }
    found = ways[by]()
    typed = [each.written if isinstance(each, Wish) else str(each) for each in listed]
    asked = {
        "wishes": [wish.written for wish in read],
        "listed": typed,
        "by": by,
        "fund": fund,
        "step": str(size),
        "time_limit": time_limit,
    }
    document = head("reach", plan, asking.feasible, asked)
    document["wishes"] = told(plan, listed)
    return Reach(document | found | {"solves": asking.solves} | foot(plan))


class _Asking:
    """Plans tried one after another, each from where the last one ended."""

    def __init__(
        self,
        plan: Plan,
        time_limit: float | None,
        progress: Callable[[ReachProgress], None],
        cancel: threading.Event | None,
    ) -> None:
        self.plan, self.progress, self.cancel = plan, progress, cancel
        self.ends = float("inf") if time_limit is None else time.monotonic() + time_limit
        self.warm_start = WarmStart()
        self.solves: list[dict[str, Any]] = []
        cost = Criterion(name="cost", relative_tolerance=CHEAP_ENOUGH)
        self.feasible = DecisionModel(name="reach", title="reach", criteria=(cost,))

    # -- money ---------------------------------------------------------------------------------------------------------

    def money(self, wishes: Sequence[Wish]) -> dict[str, Any]:
        """The least that must be requested, by county, year and class."""
        price = {criterion.name: criterion for criterion in read_model("price").criteria}
        least = price.pop("request").model_copy(update={"relative_tolerance": Decimal("0.0001"), "slack": Decimal(0)})
        model = DecisionModel(
            name="reach-money", title="reach-money", requests=True,
            criteria=(least, *(criterion.widened() for criterion in price.values())),
        )  # fmt: skip
        verdict, result, findings = self._tried("money", held(self.plan, wishes), model)
        if result is None:
            scenario = Scenario(name="reach", title="reach", changes=tuple(held(self.plan, wishes)))
            why = conflict_of(self.plan, scenario, model, None, self.cancel) if verdict == "impossible" else None
            return {**_nothing(verdict), "findings": findings, "conflict": why}
        interval = Interval(result.document["criteria"][0]["bound"], result.document["criteria"][0]["value"])
        already = self._already(model)
        status = "answered" if result.document["criteria"][0]["proven"] else "partly"
        requests = [dict(entry) for entry in result.document["requests"] if Decimal(entry["amount"])]
        return {
            **_nothing(verdict), "status": status, "least": interval.as_list(), "requests": requests, "result": result.document,
            "already": None if already is None else already.as_list(),
        }  # fmt: skip

    def _already(self, model: DecisionModel) -> Interval | None:
        """What must be requested without any wish, where operating budgets have to grow."""
        if not self.plan.tables["growth"]:
            return Interval(0.0, 0.0)
        _, result, _ = self._tried("money-without-wishes", [], model.model_copy(update={"criteria": model.criteria[:1]}))
        if result is None:
            return None
        level = result.document["criteria"][0]
        return Interval(level["bound"], level["value"])

    # -- years ---------------------------------------------------------------------------------------------------------

    def years(self, wishes: Sequence[Wish]) -> dict[str, Any]:
        """Year by year, from the first open one: whether every standard can be met in it."""
        tried: list[dict[str, Any]] = []
        for year in self.plan.open_years:
            verdict, result, findings = self._tried(
                str(year), held(self.plan, [*wishes, *standards_of(self.plan, year)]), self.feasible
            )
            tried.append({"at": str(year), "verdict": verdict, "findings": findings})
            if result is not None:
                known = all(each["verdict"] == "impossible" for each in tried[:-1])
                status = "answered" if known else "partly"
                return {**_nothing(verdict), "status": status, "possible": str(year), "tried": tried, "result": result.document}
        unknown = any(each["verdict"] == "unknown" for each in tried)
        return {**_nothing("unknown" if unknown else "impossible"), "tried": tried}

    # -- cuts and prices -----------------------------------------------------------------------------------------------

    def steps(self, by: Literal["cut", "price"], wishes: Sequence[Wish], step: Decimal, fund: str | None) -> dict[str, Any]:
        """The last step that is possible and the first that is not."""
        asked = list(wishes) or self._as_delivered()
        last = int((1 if by == "cut" else DEAREST - 1) / step)
        whole = set(asked) == set(in_full(self.plan))
        found: dict[int, Result] = {}
        tried: dict[int, dict[str, Any]] = {}

        def test(number: int) -> Verdict:
            share = number * step
            what, harder = str(share.normalize()), self._cut(fund, share) if by == "cut" else self._dearer(share)
            tried_as = self._tried(what, harder, MODEL, Missing(self.cancel)) if whole else None
            if tried_as is None or tried_as[0] == "unknown":
                tried_as = self._tried(what, [*held(self.plan, asked), *harder], self.feasible)
            verdict, result, findings = tried_as
            tried[number] = {"at": str(share), "verdict": verdict, "findings": findings}
            if result is not None:
                found[number] = result
            return verdict

        frontier = Frontier(last, test)
        frontier.find(self._over)
        possible, impossible = frontier.possible, frontier.impossible
        if possible is None:
            return {**_nothing(frontier.verdicts.get(0, "unknown")), "tried": [tried[number] for number in sorted(tried)]}
        settled = possible == last or (impossible is not None and impossible == possible + 1)
        return {
            **_nothing("possible"),
            "status": "answered" if settled else "partly",
            "possible": str(possible * step),
            "impossible": None if impossible is None else str(impossible * step),
            "most": str(last * step),
            "tried": [tried[number] for number in sorted(tried)],
            "held": [wish.written for wish in asked],
            "result": found[possible].document if possible in found else None,
        }

    def _as_delivered(self) -> list[Wish]:
        """Every target as far as the plan delivers it with the money at hand."""
        model = read_model("attain").unpolished()
        first = model.model_copy(update={"criteria": model.criteria[:1]})
        _, result, _ = self._tried("as-planned", [], first)
        if result is None:
            return []
        return as_far_as(self.plan, [(each["target"], Decimal(str(each["delivered"]))) for each in result.document["targets"]])

    def _cut(self, fund: str | None, share: Decimal) -> list[Change]:
        open_years = [
            row for row in self.plan.tables["budgets"] if row["year"] in self.plan.open_years and fund in {None, row["fund"]}
        ]
        if not share or not open_years:
            return []
        where: dict[str, Any] = {"year": sorted({row["year"] for row in open_years})}
        return [Scale(table="budgets", where=where | ({"fund": fund} if fund else {}), column="amount", factor=1 - share)]

    def _dearer(self, share: Decimal) -> list[Change]:
        if not share:
            return []
        columns = {"costs": ("unit_cost", "annual_cost"), "projects": ("capital_cost", "annual_cost")}
        return [
            Scale(table=table, column=column, factor=1 + share)
            for table, names in columns.items()
            if self.plan.tables[table]
            for column in names
            if any(row[column] for row in self.plan.tables[table])
        ]

    # ------------------------------------------------------------------------------------------------------------------

    def _over(self) -> bool:
        return time.monotonic() >= self.ends or (self.cancel is not None and self.cancel.is_set())

    def _tried(
        self, what: str, changes: Sequence[Change], model: DecisionModel, missing: Missing | None = None
    ) -> tuple[Verdict, Result | None, list[dict[str, Any]]]:
        """Solve the plan with the changes; what its tables say where they make no plan. ``missing`` ends the search early."""
        from optplan.solving.solve import solve

        plan, began = self.plan, time.monotonic()
        if self._over():
            return "unknown", None, []
        try:
            if changes:
                plan = apply_scenarios(plan, [Scenario(name="reach", title="reach", changes=tuple(changes))])
        except PlanError as problem:
            told = [finding for finding in problem.findings if finding.severity == "error"]
            self._tell(what, "impossible", began)
            return "impossible", None, [{language: finding.message(language) for language in LANGUAGES} for finding in told]
        left = self.ends - began
        result = solve(
            plan, model, scenario=["reach"] if changes else [],
            warm_start=self.warm_start if missing is None else None,
            progress=None if missing is None else missing.moved, cancel=missing or self.cancel,
            time_limit=None if left == float("inf") else max(left, 0.1),
        )  # fmt: skip
        entry = solve_entry(what, result, [change.model_dump(mode="json") for change in changes])
        verdict: Verdict = "possible" if result.has_schedule else "impossible" if result.status == "infeasible" else "unknown"
        if missing is not None and result.status != "infeasible":
            verdict, entry["criteria"] = missing.verdict(result), missing.as_entry(result)
        self.solves.append(entry)
        self._tell(what, verdict, began)
        return verdict, result if verdict == "possible" else None, []

    def _tell(self, what: str, verdict: str, began: float) -> None:
        self.progress(ReachProgress(len(self.solves), what, verdict, time.monotonic() - began))


def _nothing(verdict: str) -> dict[str, Any]:
    """The rest of a document that says no more than whether it is possible."""
    return {
        "status": {"possible": "answered", "impossible": "impossible"}.get(verdict, "unknown"),
        "least": None, "already": None, "requests": [], "possible": None, "impossible": None, "most": None,
        "tried": [], "held": [], "result": None, "findings": [], "conflict": None,
    }  # fmt: skip
