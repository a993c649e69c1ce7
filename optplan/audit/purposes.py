"""Money with a purpose, worked out from the tables: which purposes are told apart, and what each fund may pay (§2, §3.7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from optplan.audit.facts import Facts
from optplan.tables.content import Row


@dataclass(frozen=True)
class Purposes:
    """The purposes of a plan's money: what is told apart are items and projects that the rows of ``fund_uses`` tell apart."""

    facts: Facts

    def _names(self, row: Row, item: str, project: str | None) -> bool:
        if row["project"] is not None:
            return bool(row["project"] == project)
        return item in self.facts.members[row["group"]]

    def _purpose(self, item: str, project: str | None = None) -> str:
        named = {row["group"] or f"project:{row['project']}" for row in self._rows if self._names(row, item, project)}
        return "+".join(sorted(named))

    @cached_property
    def _rows(self) -> tuple[Row, ...]:
        return self.facts.tables["fund_uses"]

    @cached_property
    def of_item(self) -> Mapping[str, str]:
        """The purpose of what is spent on an item."""
        return {i: self._purpose(i) for i in self.facts.items}

    @cached_property
    def of_project(self) -> Mapping[str, str]:
        """The purpose of what is spent on a project."""
        return {p: self._purpose(row["item"], p) for p, row in self.facts.projects.items()}

    @cached_property
    def every(self) -> list[str]:
        """All of them; one, blank, where nothing is told apart. What loans cost has the blank one."""
        found = {*self.of_item.values(), *self.of_project.values()}
        if any(row["repay_years"] for row in self.facts.funds.values()):
            found.add("")
        return sorted(found) if len(found) > 1 else [""]

    @property
    def told_apart(self) -> bool:
        """Whether there is more than one."""
        return len(self.every) > 1

    def served(self, row: Row) -> list[str]:
        """The purposes that a row of ``fund_uses`` is about."""
        name = row["group"] or f"project:{row['project']}"
        found = {*self.of_item.values(), *self.of_project.values()}
        return [p if self.told_apart else "" for p in sorted(found) if name in p.split("+")]

    def may_pay(self, fund: str, kind: str, purpose: str) -> bool:
        """Whether a fund with a purpose may pay this; any other fund may."""
        mine = [row for row in self._rows if row["fund"] == fund]
        return not mine or any(row["class"] in {None, kind} and purpose in self.served(row) for row in mine)


@lru_cache(maxsize=2)
def purposes_of(facts: Facts) -> Purposes:
    """The purposes of a plan's money; kept, as one schedule after another of the same plan is checked."""
    return Purposes(facts)
