"""What the cells of a conflict, and the changes of a repair, say: sentences that a clerk understands, with names and units."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from optplan.explanation.ruling import Ruling
from optplan.language import speaking, text
from optplan.language.lists import clauses, listed
from optplan.language.numbers import exact
from optplan.tables.content import Tables
from optplan.tables.declarations import TABLES
from optplan.tables.labels import column_label
from optplan.tables.names import Names, group_members
from optplan.tables.schema import Kind
from optplan.tables.units import unit_name

AREA = "explanation"
SHORT_LIST = 2  # years that are named one by one
MANY_PURSES = 6  # of a conflict: more than these are told fund by fund


class Words:
    """Sentences about the cells of one plan."""

    def __init__(self, tables: Tables, language: str | None = None) -> None:
        self._tables = tables
        self._names = Names(tables, language)
        self._language = self._names.language
        self._members = group_members(tables)
        self._units = {row["item"]: unit_name(row["unit"], self._language) for row in tables["items"]}

    def say(self, name: str, **values: Any) -> str:
        """A message of the catalogue."""
        return text(AREA, name, self._language, **values)

    def rule(self, ruling: Ruling) -> str:
        """What a cell rules: ``福鼎市 合同制消防员：到2008年合计恰好7人``."""
        with speaking(self._language):
            if ruling.cell.table == "promises":
                return self.say("rule-promises-kept")
            name = "rule-budget-none" if ruling.row is None else f"rule-{ruling.rule}"
            return self.say(name, **self._values(ruling))

    @staticmethod
    def lines(rulings: Sequence[Ruling]) -> list[list[Ruling]]:
        """The cells of a conflict, those together that are said in one sentence: the appropriations of one purse, or where very
        many purses are in it, those of one fund."""
        purses = {ruling.cell.key[:2] for ruling in rulings if ruling.cell.table == "budgets"}
        told_by = 1 if len(purses) > MANY_PURSES else 2
        found: dict[object, list[Ruling]] = {}
        for ruling in rulings:
            group = ruling.cell.key[:told_by] if ruling.cell.table == "budgets" else ruling.cell
            found.setdefault(group, []).append(ruling)
        return [sorted(each, key=lambda ruling: str(ruling.cell.key)) for each in found.values()]

    def line(self, rulings: Sequence[Ruling]) -> str:
        """What the cells of one line rule."""
        if len(rulings) == 1:
            return self.rule(rulings[0])
        years = sorted({ruling.cell.key[2] for ruling in rulings})
        counties = list(dict.fromkeys(ruling.cell.key[1] for ruling in rulings))
        total = exact(sum((ruling.value for ruling in rulings), Decimal(0)))
        with speaking(self._language):
            values = self._values(rulings[0]) | {"years": _in_short(years, self._language), "value": total}
            if len(counties) == 1:
                return self.say("rule-budgets-several", **values)
            names = self._names.by_table["counties"]
            where = listed((names.get(county, county) for county in counties), self._language)
            return self.say("rule-budgets-counties", **values | {"counties": where, "number": len(rulings)})

    def change(self, ruling: Ruling, by: Decimal) -> str:
        """What a repair changes: ``福鼎市 合同制消防员的“总量”由7人改为8人``."""
        with speaking(self._language):
            values = self._values(ruling)
            if ruling.way in {"off", "removed"}:
                return self.say(f"change-{ruling.rule}", **values)
            table = TABLES[ruling.cell.table]
            numbers = {"value": values["value"], "new": self._number(ruling, ruling.moved(by))}
            if table.name == "budgets":
                numbers = {
                    name: self.say("money", value=number, currency=self._names.currency) for name, number in numbers.items()
                }
            values |= numbers | {
                "column": column_label(table, table.column(ruling.column)),
                "row": self._names.row(table, ruling.values),
            }
            year = table.column(ruling.column).kind is Kind.YEAR
            return self.say(f"change-{'year-' if year else ''}{ruling.way}", **values)

    def changes(self, steps: Iterable[tuple[Ruling, Decimal]]) -> str:
        """What a repair changes, all of it."""
        return clauses((self.change(ruling, by) for ruling, by in steps), self._language)

    def promise(self, kind: str, key: Sequence[Any]) -> str:
        """What an answer promises: a target, a standard in a county and year, or a team."""
        with speaking(self._language):
            if kind == "target":
                row = next(row for row in self._tables["targets"] if row["target"] == key[0])
                return self.say("promise-target", row=self._names.row(row.table, row.values))
            if kind == "standard":
                standard, county, year = key
                called = self._names.by_table["standards"].get(standard, standard)
                return self.say("promise-standard", standard=called, county=self._names.by_table["counties"][county], year=year)
            return self.say("promise-team", team=self._names.by_table["teams"].get(key[0], key[0]), year=key[1])

    def _values(self, ruling: Ruling) -> dict[str, Any]:
        cells = ruling.values
        known = self._names.in_words({name: value for name, value in cells.items() if isinstance(value, str)})
        if ruling.cell.table == "project_links":
            known["other"] = self._names.by_table["projects"].get(str(cells.get("other")), str(cells.get("other")))
        county = cells.get("county")
        table = TABLES[ruling.cell.table]
        whole = ruling.row if ruling.row is not None else cells
        values: dict[str, Any] = {
            "county": self._names.by_table["counties"].get(str(county), "") if county else "",
            "year": cells.get("year") or "",
            "by_year": cells.get("by_year") or "",
            "row": self._names.row(table, cells),
            "value": self._number(ruling, ruling.value),
            "unit": self._unit(cells),
            "currency": self._names.currency,
            "lag": whole["lag"] if ruling.cell.table == "project_links" else "",
        }
        for name in ("project", "other", "team", "item", "fund", "standard", "part", "whole"):
            values[name] = known.get(name, "")
        group = cells.get("group")
        values["group"] = self._names.by_table["groups"].get(str(group), str(group)) if group else values["item"]
        values["scope"] = "".join(
            part
            for part in (
                values["county"],
                self.say("in-year", year=values["year"]) if values["year"] else "",
            )
            if part
        ) or self.say("whole-plan")
        if ruling.cell.table == "projects":
            values["project"] = self._names.by_table["projects"].get(ruling.cell.key[0], ruling.cell.key[0])
        if ruling.cell.table == "teams":
            values["team"] = self._names.by_table["teams"].get(ruling.cell.key[0], ruling.cell.key[0])
        if ruling.kind == ("funds", "pays"):
            values["value"] = self._names.of(table.column("pays"), ruling.value)
        return values

    def _number(self, ruling: Ruling, value: Any) -> str:
        column = TABLES[ruling.cell.table].column(ruling.column)
        if column.kind is Kind.RATE and value is not None:
            return f"{100 * Decimal(value):f}".rstrip("0").rstrip(".") + "%" if value else "0%"
        if column.kind is Kind.YEAR:
            return str(value)
        if isinstance(value, (Decimal, int)) and not isinstance(value, bool):
            return exact(Decimal(value)) + (self._unit(ruling.values) if ruling.cell.table in {"targets", "limits"} else "")
        return str(value)

    def _unit(self, cells: Any) -> str:
        members = self._members.get(str(cells.get("group") or cells.get("item") or ""), set())
        units = {self._units.get(item, "") for item in members}
        return units.pop() if len(units) == 1 else ""


def _in_short(years: Sequence[int], language: str) -> str:
    """``2021–2025`` where none between is left out."""
    together = len(years) > SHORT_LIST and years[-1] - years[0] == len(years) - 1
    return f"{years[0]}–{years[-1]}" if together else listed(map(str, years), language)
