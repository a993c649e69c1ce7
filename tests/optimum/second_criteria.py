"""The criteria of model.md written down a second time, for the model of ``second_solver.py``."""

from __future__ import annotations

from itertools import product
from typing import Any

from ortools.linear_solver import pywraplp

INFINITY = pywraplp.Solver.infinity()


class SecondCriteria:
    """What to minimise, from the variables and sets of the model that it is part of."""

    def criterion(self, name: str) -> Any:
        return getattr(self, f"_{name}")()

    def _target_shortfall(self) -> Any:
        return self.s.Sum([float(r["weight"]) / float(r["total"]) * self.z[r["target"]] for r in self.t["targets"] if r["total"]])

    def _shares(self) -> list[tuple[str, int, float, Any]]:
        """(county, year, weight, share) of every standard in force, the staffing standard included."""
        found = [(c, y, weight, self.d[n, c, y] / base) for (n, c, y), (base, weight) in self.force.items() if base > 0]
        for c, y in product(self.C, self.Y):
            teams = [row["team"] for row in self.t["teams"] if row["county"] == c]
            if teams:
                lacking = len(teams) - self.s.Sum([self.u[k, y] for k in teams])
                found.append((c, y, float(self.t.setting("staffing_weight")), lacking * (1 / len(teams))))
        return found

    def _readiness_gap(self) -> Any:
        risk = {row["county"]: float(row["risk_weight"]) for row in self.t["counties"]}
        total = sum(w * risk[c] for c, _, w, _ in self._shares())
        return self.s.Sum([w * risk[c] / total * share for c, _, w, share in self._shares()]) if total else self.s.Sum([])

    def _worst_county(self) -> Any:
        worst = self.s.NumVar(0, INFINITY, "worst")
        for county in self.C:
            mine = [(w, share) for c, y, w, share in self._shares() if c == county and y == self.last]
            if total := sum(w for w, _ in mine):
                self.s.Add(worst >= self.s.Sum([w / total * share for w, share in mine]))
        return worst

    def _request(self) -> Any:
        return self.s.Sum(list(self.q.values()))

    def _cost(self) -> Any:
        rate = 1 + float(self.t.setting("discount_rate"))
        return self.s.Sum([rate ** (self.first - y) * paid for (_, y, _), paid in self.paid.items()])

    def _team_gap(self) -> Any:
        return self.s.Sum([(1 - u) * (1 / len(self.u)) for u in self.u.values()])

    def _project_delay(self) -> Any:
        cells = len(self.st)
        return self.s.Sum([(1 - self.open(row, y)) * (1 / cells) for row in self.project.values() for y in self.Y])

    def _absolute(self, value: Any) -> Any:
        size = self.s.NumVar(0, INFINITY, "")
        self.s.Add(size >= value)
        self.s.Add(size >= -1 * value)
        return size

    def _change(self) -> Any:
        assert self.reference is not None
        units = {i: sum(float(q) for (item, _, _), q in self.reference.items() if item == i) for i in self.I}
        return self.s.Sum(
            [
                1 / (units[i] + 1) * self._absolute(self.x[i, c, y] - float(self.reference.get((i, c, y), 0)))
                for i, c, y in product(self.I, self.C, self.O)
            ]
        )

    def _unevenness(self) -> Any:
        parts = []
        for row in self.t["targets"]:
            if row["by_year"] != self.last or not row["total"]:
                continue
            counties = [row["county"]] if row["county"] else self.C
            yearly = {
                y: self.s.Sum([self.x[i, c, y] for i in self.groups[row["group"]] for c in counties])
                if y >= (row["from_year"] or self.first)
                else self.s.Sum([])
                for y in self.Y
            }
            parts += [1 / float(row["total"]) * self._absolute(yearly[y] - yearly[y - 1]) for y in self.O[1:]]
        return self.s.Sum(parts)

    def _surplus(self) -> Any:
        found, total = [], 0.0
        for n in {row["standard"]: None for row in self.t["standards"]}:
            asked, weight = {}, 0.0
            for c in self.C:
                rows = [r for r in self.t["standards"] if (r["standard"], r["county"]) == (n, c) and r["from_year"] <= self.last]
                row = max(rows, key=lambda r: r["from_year"], default=None)
                if row is not None and row["required"]:
                    asked[c], weight = float(row["required"]), max(weight, float(row["weight"]))
            if asked:
                items = self.groups[next(row["group"] for row in self.t["standards"] if row["standard"] == n)]
                beyond = self.s.NumVar(0, INFINITY, "")
                for c, required in asked.items():
                    self.s.Add(beyond >= (self.stands(items, c, self.last) - required) * (1 / required))
                found.append(weight * beyond)
                total += weight
        return self.s.Sum(found) * (1 / total) if total else self.s.Sum([])

    def _payer_order(self) -> Any:
        orders = [row["order"] for row in self.t["funds"] if row["order"] is not None]
        rank = {row["fund"]: max(orders, default=0) + 1 if row["order"] is None else row["order"] for row in self.t["funds"]}
        return self.s.Sum([rank[key[0]] * spent for key, spent in self.e.items()])
