"""What is missing in an answer, and the program in which one unit of it more is wished for while all else stays as it is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from pyomo.core import Constraint

from optplan.explanation.elastic_program import ROUNDING
from optplan.explanation.standing import places_around
from optplan.plan import Plan
from optplan.rules.cells import Cell, gives
from optplan.rules.staffing import teams_meeting
from optplan.tables.findings import InputError, Place, error

if TYPE_CHECKING:
    from optplan.result import Result

KEPT = Cell("promises", (), "kept")  # that nothing else is worse than in the answer
STILL = Cell("promises", (), "missing")  # what is missing of that which is asked about


@dataclass(frozen=True)
class Missing:
    """``lacking`` units of a target (``key`` its id) or of a standard (``key``: standard, county, year) in an answer."""

    kind: str
    key: tuple[Any, ...]
    lacking: Decimal

    def where(self, plan: Plan) -> list[tuple[frozenset[str], frozenset[str]]]:
        """Where it may be decided, the narrowest first."""
        if self.kind == "standard":
            return places_around(plan, plan.standard_items[self.key[0]], self.key[1:2])
        return places_around(plan, next(target.items for target in plan.targets if target.target == self.key[0]), ())


def missing_in(result: Result, asked: str) -> Missing:
    """What ``target:TARGET`` or ``standard:STANDARD:COUNTY:YEAR`` lacks in an answer.

    Raises :class:`InputError` if there is no such target or standard, or nothing of it is missing.
    """
    kind, _, rest = asked.partition(":")
    key: tuple[Any, ...]
    found: dict[tuple[Any, ...], Decimal]
    if kind == "target":
        found = {(row["target"],): Decimal(str(row["shortfall"])) for row in result.document["targets"]}
        key = (rest,)
    elif kind == "standard" and rest.count(":") == 2:
        found = {(row["standard"], row["county"], str(row["year"])): Decimal(str(row["gap"])) for row in result.document["gaps"]}
        key = tuple(rest.split(":"))
    else:
        raise InputError([error("missing-unreadable", Place(asked), asked=asked)])
    lacking = found.get(key, Decimal(0))
    if lacking <= 0:
        raise InputError([error("nothing-missing", Place(asked), asked=asked)])
    return Missing(kind, (*key[:2], int(key[2])) if kind == "standard" else key, lacking)


def counts_in_wholes(plan: Plan) -> bool:
    """Whether no target or standard can lack a part of a unit: all that is asked, stands and comes is whole."""
    whole = {name for name, item in plan.items.items() if item.whole}
    asked = [(target.items, target.total) for target in plan.targets]
    asked += [(each.items, each.required - plan.standing(each.items, each.county, each.year)) for each in plan.requirements]
    needs = [quantity for needed in plan.project_needs.values() for _, quantity in needed]
    delivered = [Fraction(plan.delivered(i, c, y)) for i in plan.items for c in plan.counties for y in plan.closed_years]
    counted = [quantity for _, quantity in asked] + needs + delivered
    return all(whole.issuperset(items) for items, _ in asked) and all(each.denominator == 1 for each in counted)


def wish_more(m: Any, plan: Plan, result: Result, missing: Missing) -> None:
    """Put on the program ``m``: nothing else is worse than in the answer, and no more missing than :data:`STILL` gives way.

    Every other target's shortfall, every other gap and every team that meets its standard is a promise of the answer; together
    they are the cell :data:`KEPT`, which gives way by so many units in each of them.
    """
    shortfalls = {row["target"]: float(row["shortfall"]) for row in result.document["targets"]}
    gaps = {(row["standard"], row["county"], row["year"]): float(row["gap"]) for row in result.document["gaps"]}
    meets = {(row["team"], row["year"]) for row in result.document["teams"] if row["meets"]}
    wished = gives(m, STILL.table, STILL.key, STILL.column)

    def of_target(m: Any, t: str) -> Any:
        if (missing.kind, missing.key) == ("target", (t,)):
            return m.shortfall[t] <= wished
        return m.shortfall[t] - gives(m, KEPT.table, KEPT.key, KEPT.column, "target", t) <= shortfalls.get(t, 0.0) + ROUNDING

    def of_standard(m: Any, s: str, c: str, y: int) -> Any:
        if (missing.kind, missing.key) == ("standard", (s, c, y)):
            return m.gap[s, c, y] <= wished
        kept = gaps.get((s, c, y), 0.0) + ROUNDING
        return m.gap[s, c, y] - gives(m, KEPT.table, KEPT.key, KEPT.column, "standard", s, c, y) <= kept

    m.wished_target = Constraint(list(m.shortfall), rule=of_target)
    m.wished_standard = Constraint(list(m.gap), rule=of_standard)
    m.wished_teams = Constraint(
        list(m.meeting),
        rule=lambda m, k, y: (
            teams_meeting(m, plan, k, y) + gives(m, KEPT.table, KEPT.key, KEPT.column, "team", k, y)
            >= sum((team, y) in meets for team in m.squads[k].teams)
        ),
    )
