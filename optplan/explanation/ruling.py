"""What each cell that may give way rules, which row of the tables it stands in, and how it is changed by a scenario."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from optplan.plan import Plan
from optplan.rules.cells import Cell
from optplan.scenarios import Add, Change, Remove, Set
from optplan.tables.content import Row
from optplan.tables.declarations import TABLES
from optplan.tables.findings import Place
from optplan.tables.schema import Kind

Way = Literal["more", "less", "off", "removed"]
HUNDREDTH = Decimal("0.01")

# how a cell gives way: its number becomes more or less, it is switched off, or its row is removed
WAYS: Mapping[tuple[str, str], Way] = {
    ("promises", "missing"): "off",
    ("promises", "kept"): "off",  # no cell of a table: that nothing else is worse than in an answer
    ("projects", "mandatory"): "off",
    ("projects", "latest_opening"): "more",
    ("projects", "earliest_start"): "less",
    ("targets", "total"): "more",
    ("targets", "at_least"): "less",
    ("standards", "hard"): "off",
    ("teams", "meets_by"): "off",
    ("limits", "max"): "more",
    ("limits", "min"): "less",
    ("teams", "min_staff"): "less",
    ("teams", "max_staff"): "more",
    ("project_needs", "quantity"): "less",
    ("project_links", "after"): "removed",
    ("project_links", "together"): "removed",
    ("project_links", "exclusive"): "removed",
    ("mix", "min_share"): "less",
    ("mix", "max_share"): "more",
    ("losses", "quantity"): "less",
    ("items", "lead_years"): "off",
    ("budgets", "amount"): "more",
    ("growth", "rate"): "less",
    ("fund_uses", "min_share"): "less",
    ("fund_uses", "max_share"): "more",
    ("fund_uses", "group"): "removed",
    ("fund_uses", "project"): "removed",
    ("funds", "carry_share"): "more",
    ("funds", "county_cap_share"): "more",
    ("funds", "support_floor"): "less",
    ("funds", "match_rate"): "less",
    ("funds", "match_rate_supported"): "less",
    ("funds", "pays"): "off",
}
# which of two cells is named, where either would do: what people decided before what money there is
RANK = {cell: rank for rank, cell in enumerate(WAYS)}
MAY_BE_NEGATIVE = {("growth", "rate")}


@dataclass(frozen=True)
class Ruling:
    """A cell of the tables of ``plan``: its row (``None`` where the tables have none, which means 0) and what it holds."""

    plan: Plan
    cell: Cell
    row: Row | None

    @property
    def kind(self) -> tuple[str, str]:
        """Table and column."""
        return self.cell.table, self.cell.column

    @property
    def way(self) -> Way:
        """How it gives way."""
        return WAYS[self.kind]

    @property
    def column(self) -> str:
        """The column in which people look: of a relation its kind, of a flag itself."""
        return "kind" if self.cell.table == "project_links" else self.cell.column

    @property
    def value(self) -> Any:
        """What the cell holds, or its default."""
        if self.row is None:
            return Decimal(0)
        return self.row[self.column]

    @property
    def place(self) -> Place:
        """Where it stands; of an appropriation that no row gives, only the table."""
        if self.row is not None:
            return self.row.place(self.column)
        if self.cell.table not in TABLES:
            return Place()
        beside = next((row for row in self.plan.tables[self.cell.table] if row.file), None)
        if beside is None:
            return Place(self.plan.tables.origin, self.cell.table)
        return Place(beside.file, self.cell.table, sheet=beside.sheet)

    @property
    def values(self) -> dict[str, Any]:
        """The cells of its row, or of the row that would be it."""
        if self.cell.table not in TABLES:
            return {}
        if self.row is not None:
            return dict(self.row.values)
        return dict(zip(TABLES[self.cell.table].key, self.cell.key, strict=True)) | {"amount": Decimal(0)}

    @property
    def scaled(self) -> bool:
        """Whether it is a share or rate, by which it gives way in hundredths."""
        return self.way in {"more", "less"} and TABLES[self.cell.table].column(self.column).kind in {Kind.RATE}

    @property
    def step(self) -> Decimal:
        """The smallest step by which it is changed: a year, a person, a unit, a currency unit, a hundredth of a share."""
        return HUNDREDTH if self.scaled else Decimal(1)

    @property
    def size(self) -> float:
        """How much it must give way to count as much as any other: its own number, at least 1."""
        if self.way in {"off", "removed"} or self.scaled or TABLES[self.cell.table].column(self.column).kind is Kind.YEAR:
            return 1.0
        return max(1.0, abs(float(self.value)))

    @property
    def rule(self) -> str:
        """The name of the rule, as the catalogue has it."""
        return f"{self.cell.table}-{self.cell.column}".replace("_", "-")

    def moved(self, by: Decimal) -> Any:
        """Its value after it gave way by so much."""
        match self.way:
            case "more":
                return self.value + by
            case "less":
                lower = self.value - by
                return lower if self.kind in MAY_BE_NEGATIVE else max(lower, 0 * lower)
            case "off":
                return {"mandatory": False, "lead_years": 0, "pays": "both", "hard": False, "meets_by": ""}[self.cell.column]
        return None

    def change(self, by: Decimal) -> Change:
        """The change of a scenario with which it gives way by so much."""
        table, where = TABLES[self.cell.table], self._where()
        if self.way == "removed":
            if self.cell.table == "fund_uses":  # a fund pays for anything only once no row of it is left
                where = {"fund": self.cell.key[0]}
            return Remove(table=table.name, action="remove", where=where)
        value = self.moved(by)
        if self.row is None:
            return Add(
                table=table.name, action="add", rows=({**{k: v for k, v in where.items() if v != ""}, self.column: value},)
            )
        cells = {self.column: int(value) if isinstance(value, bool) else value}
        if self.kind == ("items", "lead_years"):
            cells["spend"] = ""
        return Set(table=table.name, action="set", where=where, set=cells)

    def _where(self) -> dict[str, Any]:
        return {
            column: "" if value is None else value
            for column, value in zip(TABLES[self.cell.table].key, self.cell.key, strict=True)
        }


class Rulings:
    """The cells of a plan's tables, by the cells of its program."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._rows = {
            name: {row.key: row for row in plan.tables[name]} for name in {table for table, _ in WAYS if table in TABLES}
        }

    def of(self, cell: Cell) -> Ruling:
        """What a cell rules."""
        return Ruling(self._plan, cell, self._rows.get(cell.table, {}).get(cell.key))


def rank(cell: Cell) -> int:
    """The order in which cells are named."""
    return RANK[cell.table, cell.column]
