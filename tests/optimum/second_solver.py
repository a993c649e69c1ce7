"""model.md written down a second time, straight from the tables, for another solver (SCIP).

It shares no code with the product's formulation: deliveries of a year instead of deliveries so far, every team for itself,
every money variable spelled out. Slow and plain on purpose; for small plans.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import floor
from typing import Any

from optimum.second_criteria import SecondCriteria
from ortools.linear_solver import pywraplp

from optplan.tables.content import Tables

CLASSES = ("capital", "recurrent")
INFINITY = pywraplp.Solver.infinity()


def _rounded(value: Fraction) -> Fraction:
    return Fraction(floor(value * 10_000 + Fraction(1, 2)), 10_000)


class SecondModel(SecondCriteria):
    """The variables and rows of a plan; ``criterion(name)`` gives what to minimise."""

    def __init__(self, tables: Tables, requests: bool, reference: Mapping[tuple[str, str, int], Any] | None = None) -> None:
        self.t, self.requests, self.reference = tables, requests, reference
        self.first, self.last = tables.setting("first_year"), tables.setting("last_year")
        self.Y = list(range(self.first, self.last + 1))
        closed = tables.setting("closed_through") or self.first - 1
        self.O = [y for y in self.Y if y > closed]
        self.C = [row["county"] for row in tables["counties"]]
        self.I = {row["item"]: row for row in tables["items"]}
        self.groups = {i: {i} for i in self.I}
        for row in tables["groups"]:
            self.groups.setdefault(row["group"], set()).add(row["item"])
        self.s = pywraplp.Solver.CreateSolver("SCIP")
        self._decide()
        self._rule()

    def _decide(self) -> None:
        t, s = self.t, self.s
        acts = [(r["item"], r["county"], r["year"], r["team"], r["project"], float(r["quantity"])) for r in t["actuals"]]
        self.x: dict[tuple[str, str, int], Any] = {}
        self.h, self.u, self.st = {}, {}, {}
        for row in t["teams"]:
            k = row["team"]
            for y in self.Y:
                self.h[k, y] = s.IntVar(0, 10_000, f"h{k}{y}")
                self.u[k, y] = s.BoolVar(f"u{k}{y}")
                if y not in self.O:
                    s.Add(self.h[k, y] == sum(q for _, _, year, team, _, q in acts if team == k and year == y))
        for row in t["projects"]:
            p = row["project"]
            for y in self.Y:
                self.st[p, y] = s.BoolVar(f"s{p}{y}")
                if y not in self.O:
                    s.Add(self.st[p, y] == sum(q for _, _, year, _, project, q in acts if project == p and year == y))
        for i, c, y in product(self.I, self.C, self.Y):
            kind = self.I[i]["kind"]
            if kind == "staff":
                self.x[i, c, y] = sum(
                    (self.h[r["team"], y] for r in t["teams"] if r["county"] == c and r["item"] == i), s.Sum([])
                )
            elif kind == "project":
                self.x[i, c, y] = sum((self.opens(r, y) for r in t["projects"] if r["county"] == c and r["item"] == i), s.Sum([]))
            else:
                whole = self.I[i]["whole"]
                v = s.IntVar(0, 1e6, f"x{i}{c}{y}") if whole else s.NumVar(0, 1e6, f"x{i}{c}{y}")
                self.x[i, c, y] = v
                if y not in self.O or y < self.O[0] + self.I[i]["lead_years"]:
                    s.Add(v == sum(q for item, county, year, *_, q in acts if (item, county, year) == (i, c, y)))

    def opens(self, row: Any, y: int) -> Any:
        return self.st.get((row["project"], y - row["build_years"]), 0) + self.s.Sum([])

    def open(self, row: Any, y: int) -> Any:
        return self.s.Sum([self.opens(row, past) for past in self.Y if past <= y])

    def so_far(self, i: str, c: str, y: int) -> Any:
        return self.s.Sum([self.x[i, c, past] for past in self.Y if past <= y])

    def scope(self, row: Any) -> tuple[list[str], list[int]]:
        return [row["county"]] if row["county"] else self.C, [row["year"]] if row["year"] else self.Y

    def _rule(self) -> None:
        t, s = self.t, self.s
        self.project = {row["project"]: row for row in t["projects"]}
        for p, row in self.project.items():
            total = s.Sum([self.st[p, y] for y in self.Y])
            s.Add(total <= 1)
            if row["mandatory"]:
                s.Add(total == 1)
            for y in self.Y:
                early = y < (row["earliest_start"] or self.first)
                late = y + row["build_years"] > (row["latest_opening"] or self.last)
                if early or late or y + row["build_years"] > self.last:
                    s.Add(self.st[p, y] == 0)
        for row in t["project_links"]:
            p, other = self.project[row["project"]], self.project[row["other"]]
            once, twice = (s.Sum([self.st[r["project"], y] for y in self.Y]) for r in (p, other))
            if row["kind"] == "together":
                s.Add(once == twice)
            elif row["kind"] == "exclusive":
                s.Add(once + twice <= 1)
            else:
                for y in self.Y:
                    s.Add(self.open(p, y) <= self.open(other, y - row["lag"]))
        self.z, self.X = {}, {}
        for row in t["targets"]:
            n, total = row["target"], float(row["total"])
            counties = [row["county"]] if row["county"] else self.C
            self.X[n] = s.Sum(
                [
                    self.x[i, c, y]
                    for i in self.groups[row["group"]]
                    for c in counties
                    for y in self.Y
                    if (row["from_year"] or self.first) <= y <= row["by_year"]
                ]
            )
            self.z[n] = s.NumVar(0, INFINITY, f"z{n}")
            s.Add(self.X[n] + self.z[n] >= total)
            if row["sense"] == "exact":
                s.Add(self.X[n] <= total)
            if row["at_least"] is not None:
                s.Add(self.X[n] >= float(row["at_least"]))
        self.d, self.force = {}, {}
        group_of = {row["standard"]: row["group"] for row in t["standards"]}
        for n, c, y in product(group_of, self.C, self.Y):
            rows = [r for r in t["standards"] if (r["standard"], r["county"]) == (n, c) and r["from_year"] <= y]
            row = max(rows, key=lambda r: r["from_year"], default=None)
            needs = [r for r in t["project_needs"] if r["standard"] == n and self.project[r["project"]]["county"] == c]
            items = self.groups[group_of[n]]
            required, weight = (float(row["required"]), float(row["weight"])) if row else (0.0, 1.0)
            asked = s.Sum([float(r["quantity"]) * self.open(self.project[r["project"]], y) for r in needs])
            hard = [float(r["quantity"]) * self.open(self.project[r["project"]], y) for r in needs if r["hard"]]
            if hard:
                s.Add(self.stands(items, c, y) >= s.Sum(hard))
            if row and row["hard"] and y in self.O:
                s.Add(self.stands(items, c, y) >= required + asked)
            base = required
            if not required and any(self.earliest(self.project[r["project"]]) <= y for r in needs):
                base = sum(float(r["quantity"]) for r in needs)
            if not row and not base:
                continue
            self.d[n, c, y] = s.NumVar(0, INFINITY, f"d{n}{c}{y}")
            self.force[n, c, y] = (base, weight)
            s.Add(self.stands(items, c, y) + self.d[n, c, y] >= required + asked)
        for row in t["limits"]:
            counties, years = self.scope(row)
            total = s.Sum([self.x[i, c, y] for i in self.groups[row["group"]] for c in counties for y in years])
            if row["min"] is not None:
                s.Add(total >= float(row["min"]))
            if row["max"] is not None:
                s.Add(total <= float(row["max"]))
        for row in t["mix"]:
            counties, years = self.scope(row)
            sides = [self.groups[row[side]] for side in ("part", "whole")]
            if row["of"] == "stock":
                compared = [
                    [s.Sum([self.stands(items, c, y) for c in counties]) for items in sides]
                    for y in ([row["year"]] if row["year"] else self.O)
                ]
            else:
                compared = [[s.Sum([self.x[i, c, y] for i in items for c in counties for y in years]) for items in sides]]
            for part, whole in compared:
                if row["min_share"] is not None:
                    s.Add(part >= float(row["min_share"]) * whole)
                if row["max_share"] is not None:
                    s.Add(part <= float(row["max_share"]) * whole)
        for row in t["teams"]:
            for y in self.Y:
                self._staff(row, y)
        self._money()

    def stands(self, items: Any, c: str, y: int) -> Any:
        still = sum(
            float(r["quantity"])
            for r in self.t["stock"]
            if r["item"] in items and r["county"] == c and (r["retires_after"] is None or y <= r["retires_after"])
        )
        return still + self.s.Sum([self.x[i, c, past] for i in items for past in self.Y if self.serves(i, past, y)])

    def serves(self, i: str, delivered: int, y: int) -> bool:
        life = self.I[i]["service_life"]
        return delivered <= y and (life is None or y <= delivered + life - 1)

    def earliest(self, row: Any) -> float:
        """The first year in which a project could be open; never if it cannot."""
        started = [y for y in self.Y for act in self.t["actuals"] if act["project"] == row["project"] and act["year"] == y]
        if started:
            return float(started[0] + row["build_years"])
        year = max(row["earliest_start"] or self.first, self.O[0]) + row["build_years"]
        return float(year) if year <= min(row["latest_opening"] or self.last, self.last) else INFINITY

    def _staff(self, row: Any, y: int) -> None:
        s, k = self.s, row["team"]
        losses = {r["year"]: r["quantity"] for r in self.t["losses"] if r["team"] == k}
        left = sum(number for year, number in losses.items() if year <= y)
        staff = row["staff"] - left + s.Sum([self.h[k, past] for past in self.Y if past <= y])
        s.Add(staff >= row["min_staff"] * self.u[k, y])
        if row["meets_by"] is not None and y >= row["meets_by"] and y in self.O:
            s.Add(self.u[k, y] == 1)
        if y > self.first and not losses:
            s.Add(self.u[k, y] >= self.u[k, y - 1])
        if row["project"]:
            is_open = self.open(self.project[row["project"]], y)
            s.Add(staff >= row["min_staff"] * is_open)
            s.Add(staff <= row["max_staff"] * is_open)
            s.Add(self.u[k, y] <= is_open)
        else:
            s.Add(staff <= max(row["max_staff"], row["staff"]))

    def price(self, i: str, c: str, y: int) -> tuple[Fraction, Fraction, Fraction]:
        rows = {(r["county"], r["year"]): r for r in self.t["costs"] if r["item"] == i}
        for key in ((c, y), (c, None), (None, y), (None, None)):
            if key in rows:
                row = rows[key]
                unit, annual = Fraction(row["unit_cost"]), Fraction(row["annual_cost"])
                if key[1] is None:
                    unit, annual = _rounded(unit * self.grown("capital", y)), _rounded(annual * self.grown("recurrent", y))
                return unit, annual, _rounded(annual * Fraction(row["first_year_share"]))
        return Fraction(0), Fraction(0), Fraction(0)

    def grown(self, kind: str, y: int) -> Fraction:
        base = self.t.setting("price_year") or self.first
        return (1 + Fraction(self.t.setting(f"{kind}_price_growth"))) ** (y - base)

    def signature(self, item: str, project: str | None = None) -> frozenset[Any]:
        """Which rows of fund_uses name an item, or a project."""
        rows = enumerate(self.t["fund_uses"])
        return frozenset(n for n, r in rows if (project and r["project"] == project) or item in self.groups.get(r["group"], ()))

    def expense(self, c: str, y: int, kind: str, only: frozenset[Any] | None = None) -> Any:
        parts = []
        for i in self.I:
            if only is not None and self.signature(i) != only:
                continue
            unit, annual, first = map(float, self.price(i, c, y))
            lead, spend = self.I[i]["lead_years"], self.I[i]["spend"]
            if kind == "capital" and spend:
                for age, share in enumerate(spend):
                    if (i, c, y - age + lead) in self.x:
                        due = float(_rounded(self.price(i, c, y)[0] * Fraction(share)))
                        parts.append(due * self.x[i, c, y - age + lead])
            elif kind == "capital":
                parts.append(unit * self.x[i, c, y])
            else:
                parts += [annual * self.x[i, c, past] for past in self.Y if past < y and self.serves(i, past, y)]
                parts.append(first * self.x[i, c, y])
        for p, row in self.project.items():
            if row["county"] != c or (only is not None and self.signature(row["item"], p) != only):
                continue
            if kind == "capital":
                for age, share in enumerate(row["spend"]):
                    if (p, y - age) in self.st:
                        due = _rounded(Fraction(row["capital_cost"]) * Fraction(share) * self.grown("capital", y))
                        parts.append(float(due) * self.st[p, y - age])
            else:
                annual = _rounded(Fraction(row["annual_cost"]) * self.grown("recurrent", y))
                first = _rounded(annual * Fraction(row["first_year_share"]))
                parts += [float(annual) * self.opens(row, past) for past in self.Y if past < y]
                parts.append(float(first) * self.opens(row, y))
        return self.s.Sum(parts)

    def _money(self) -> None:
        t, s = self.t, self.s
        F = {row["fund"]: row for row in t["funds"]}
        amount = {(r["fund"], r["county"], r["year"]): float(r["amount"]) for r in t["budgets"]}
        supported = {row["county"]: row["supported"] for row in t["counties"]}
        pays = {f: CLASSES if row["pays"] == "both" else (row["pays"],) for f, row in F.items()}
        kinds = {self.signature(i) for i in self.I} | {self.signature(r["item"], p) for p, r in self.project.items()}
        kinds = sorted(kinds | {frozenset()}, key=sorted)
        uses = list(t["fund_uses"])

        def may(f: str, k: str, kind: frozenset[Any]) -> bool:
            mine = [n for n, r in enumerate(uses) if r["fund"] == f]
            return not mine or any(n in kind and uses[n]["class"] in (None, k) for n in mine)

        e = {
            (f, c, y, k, kind): s.NumVar(0, INFINITY, "")
            for f in F for c in self.C for y in self.O for k in pays[f] for kind in kinds if may(f, k, kind)
        }  # fmt: skip
        self.e = e
        q = {
            (c, y, k, kind): s.NumVar(0, INFINITY if self.requests else 0, "")
            for c in self.C for y in self.O for k in CLASSES for kind in kinds
        }  # fmt: skip
        self.q = {(c, y, k): s.Sum([q[c, y, k, kind] for kind in kinds]) for c in self.C for y in self.O for k in CLASSES}

        def drawn(f: str, c: str, y: int) -> Any:
            return s.Sum([e[key] for key in e if key[:3] == (f, c, y)])

        self.paid = {}
        for c, y, k in product(self.C, self.O, CLASSES):
            whole = []
            for kind in kinds:
                cost = self.expense(c, y, k, kind)
                if k == "recurrent" and not kind:
                    for f, row in F.items():
                        n, r = row["repay_years"] or 0, float(row["interest"])
                        for past in self.O:
                            if past < y <= past + n:
                                cost += (r / (1 - (1 + r) ** -n) if r else 1 / n) * drawn(f, c, past)
                whole.append(cost)
                s.Add(s.Sum([e[key] for key in e if key[1:] == (c, y, k, kind)]) + q[c, y, k, kind] == cost)
            self.paid[c, y, k] = s.Sum(whole)
        for n, row in enumerate(uses):
            for c, y in product(self.C, self.O):
                some = [k for k in CLASSES if row["class"] in (None, k)]
                cost = s.Sum([self.expense(c, y, k, kind) for k in some for kind in kinds if n in kind])
                mine = s.Sum([e[key] for key in e if key[:3] == (row["fund"], c, y) and key[3] in some and n in key[4]])
                if row["min_share"] is not None:
                    s.Add(mine >= float(row["min_share"]) * cost)
                if row["max_share"] is not None:
                    s.Add(mine <= float(row["max_share"]) * cost)

        for f, row in F.items():
            for holder in [None] if row["level"] == "pool" else self.C:
                before = 0.0
                for y in self.O:
                    has = amount.get((f, holder, y), 0.0)
                    r = s.NumVar(0, INFINITY, "")
                    if row["carry_years"] == "all":
                        s.Add(r <= float(row["carry_share"]) * has + before)
                    else:
                        kept = [past for past in self.O if y - int(row["carry_years"]) < past <= y]
                        most = float(row["carry_share"]) * sum(amount.get((f, holder, past), 0.0) for past in kept)
                        s.Add(r <= (0 if y == self.last else most))
                    lapsed = s.NumVar(0, INFINITY, "")
                    out = s.Sum([drawn(f, c, y) for c in (self.C if holder is None else [holder])])
                    s.Add(out + r + lapsed == has + before)
                    before = r
            if row["level"] != "pool":
                continue
            for y in self.O:
                everyone = s.Sum([drawn(f, c, y) for c in self.C])
                s.Add(s.Sum([drawn(f, c, y) for c in self.C if supported[c]]) >= float(row["support_floor"]) * everyone)
                for c in self.C:
                    if row["county_cap_share"] is not None:
                        s.Add(drawn(f, c, y) <= float(row["county_cap_share"]) * amount.get((f, None, y), 0.0))
                    rate = row["match_rate"]
                    if supported[c] and row["match_rate_supported"] is not None:
                        rate = row["match_rate_supported"]
                    own = s.Sum([drawn(g, c, y) for g, other in F.items() if other["level"] == "county"])
                    s.Add(own >= float(rate) * drawn(f, c, y))
        if self.requests:
            operating = {
                (c, y): sum(
                    amount.get((f, c, y), 0.0) for f, row in F.items() if row["level"] == "county" and "recurrent" in pays[f]
                )
                for c in self.C
                for y in self.Y
            }
            for row in t["growth"]:
                c, y = row["county"], row["year"]
                if y in self.O[1:]:
                    before = operating[c, y - 1] + self.q[c, y - 1, "recurrent"]
                    s.Add(operating[c, y] + self.q[c, y, "recurrent"] >= float(1 + row["rate"]) * before)


def second_optimum(
    tables: Tables, criteria: Sequence[str], requests: bool, reference: Mapping[tuple[str, str, int], Any] | None = None
) -> list[float] | None:
    """The optimum of each criterion with those before it held at theirs; ``None`` where no plan exists."""
    model = SecondModel(tables, requests, reference)
    found: list[float] = []
    for name in criteria:
        expression = model.criterion(name) + model.s.Sum([])
        model.s.Minimize(expression)
        parameters = pywraplp.MPSolverParameters()
        parameters.SetDoubleParam(pywraplp.MPSolverParameters.RELATIVE_MIP_GAP, 0.0)
        if model.s.Solve(parameters) != pywraplp.Solver.OPTIMAL:
            return None
        value = model.s.Objective().Value()
        found.append(value)
        model.s.Add(expression <= value + 1e-6 * max(1.0, abs(value)))  # its own arithmetic is no better
    return found
