"""The criteria of model.md §4, recomputed exactly."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from itertools import pairwise

from optplan.audit.delivery import Deliveries
from optplan.audit.facts import Facts
from optplan.audit.money import Money
from optplan.schedule import YUAN_IN_UNIT, Schedule

ZERO = Fraction(0)


class Criteria:
    """``Criteria(...).value(name)`` is the exact value of a criterion for a schedule."""

    def __init__(
        self, facts: Facts, schedule: Schedule, deliveries: Deliveries, money: Money, reference: Schedule | None
    ) -> None:
        self.facts, self.schedule, self.deliveries, self.money, self.reference = facts, schedule, deliveries, money, reference

    def value(self, name: str) -> Fraction:
        """The value of criterion ``name``."""
        return Fraction(getattr(self, f"_{name}")())

    def _target_shortfall(self) -> Fraction:
        weight = {row["target"]: Fraction(row["weight"]) for row in self.facts.tables["targets"]}
        return sum((weight[t] * short / total for t, (_, total, short) in self.deliveries.targets.items() if total), ZERO)

    def _shares(self, years: object) -> list[tuple[str, Fraction, Fraction]]:
        """(county, weight, share) of every standard in force, the staffing standard included."""
        found = [
            (c, weight, gap / self.deliveries.required[s, c, y])
            for (s, c, y), (_, _, gap, weight) in self.deliveries.gaps.items()
            if weight is not None and y in years  # type: ignore[operator]
        ]
        teams = defaultdict(list)
        for k, row in self.facts.teams.items():
            teams[row["county"]].append(k)
        weight = Fraction(self.facts.tables.setting("staffing_weight"))
        for c, squad in teams.items():
            for y in years:  # type: ignore[attr-defined]
                found.append((c, weight, Fraction(sum(not self.deliveries.meets(k, y) for k in squad), len(squad))))
        return found

    def _readiness_gap(self) -> Fraction:
        risk = {c: Fraction(row["risk_weight"]) for c, row in self.facts.counties.items()}
        shares = self._shares(self.facts.years)
        total = sum((weight * risk[c] for c, weight, _ in shares), ZERO)
        return sum((weight * risk[c] * share for c, weight, share in shares), ZERO) / total if total else ZERO

    def _worst_county(self) -> Fraction:
        above: dict[str, Fraction] = defaultdict(Fraction)
        below: dict[str, Fraction] = defaultdict(Fraction)
        for c, weight, share in self._shares([self.facts.last]):
            above[c] += weight * share
            below[c] += weight
        return max((above[c] / below[c] for c in below if below[c]), default=ZERO)

    def _request(self) -> Fraction:
        return Fraction(sum(self.schedule.requests.values()), YUAN_IN_UNIT)

    def _cost(self) -> Fraction:
        rate = 1 + Fraction(self.facts.tables.setting("discount_rate"))
        return sum(
            (
                Fraction(sum(self.money.exact[c, y])) / YUAN_IN_UNIT * rate ** (self.facts.first - y)
                for c in self.facts.counties
                for y in self.facts.open_years
            ),
            ZERO,
        )

    def _team_gap(self) -> Fraction:
        cells = len(self.facts.teams) * len(self.facts.years)
        return (
            Fraction(sum(not self.deliveries.meets(k, y) for k in self.facts.teams for y in self.facts.years), cells)
            if cells
            else ZERO
        )

    def _project_delay(self) -> Fraction:
        cells = len(self.facts.projects) * len(self.facts.years)
        return (
            Fraction(sum(not self.deliveries.is_open(p, y) for p in self.facts.projects for y in self.facts.years), cells)
            if cells
            else ZERO
        )

    def _change(self) -> Fraction:
        assert self.reference is not None
        units: dict[str, Fraction] = defaultdict(Fraction)
        for (i, _, _), quantity in self.reference.deliveries.items():
            units[i] += Fraction(quantity)
        before = {key: Fraction(quantity) for key, quantity in self.reference.deliveries.items()}
        cells = [key for key in set(before) | set(self.deliveries.x) if key[2] in self.facts.open_years]
        return sum((abs(self.deliveries.x.get(key, ZERO) - before.get(key, ZERO)) / (units[key[0]] + 1) for key in cells), ZERO)

    def _unevenness(self) -> Fraction:
        total = ZERO
        for row in self.facts.tables["targets"]:
            if row["by_year"] != self.facts.last or not row["total"]:
                continue
            items, counties = self.facts.members[row["group"]], self.facts.where(row)
            counted = range(row["from_year"] or self.facts.first, row["by_year"] + 1)
            yearly = [self.deliveries.total(items, counties, [y] if y in counted else []) for y in self.facts.open_years]
            total += sum((abs(after - before) for before, after in pairwise(yearly)), ZERO) / Fraction(row["total"])
        return total

    def _surplus(self) -> Fraction:
        last: dict[str, list[tuple[Fraction, Fraction]]] = defaultdict(list)
        steps = defaultdict(list)
        for row in self.facts.tables["standards"]:
            if row["from_year"] <= self.facts.last:
                steps[row["standard"], row["county"]].append(row)
        for (standard, county), rows in steps.items():
            row = max(rows, key=lambda row: row["from_year"])
            if row["required"]:
                required = Fraction(row["required"])
                stock = self.deliveries.stock(self.facts.members[row["group"]], county, self.facts.last)
                last[standard].append((Fraction(row["weight"]), max(ZERO, stock - required) / required))
        weights = {standard: max(weight for weight, _ in found) for standard, found in last.items()}
        total = sum(weights.values(), ZERO)
        beyond = sum((weights[standard] * max(share for _, share in found) for standard, found in last.items()), ZERO)
        return beyond / total if total else ZERO

    def _payer_order(self) -> Fraction:
        order = {f: row["order"] for f, row in self.facts.funds.items()}
        after = max((rank for rank in order.values() if rank is not None), default=0) + 1
        rank = {f: after if given is None else given for f, given in order.items()}
        paid = sum(rank[f] * yuan for (f, _, _, _), yuan in self.schedule.payments.items() if f in rank)
        return Fraction(paid, YUAN_IN_UNIT)
