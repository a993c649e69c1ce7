"""The money of a plan (model.md §3.7): funds, what they may pay for, appropriations and the rules of spending them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from math import floor

from optplan.plan.parts import Fund, Use
from optplan.plan.sets import Sets
from optplan.schedule import in_yuan


class Finances(Sets):
    """Who may pay for what, how much, and when. Money is in whole yuan, shares are fractions."""

    @cached_property
    def funds(self) -> Mapping[str, Fund]:
        """The funds, by id."""
        found = {}
        for row in sorted(self.tables["funds"], key=lambda row: row["fund"]):
            cap, match = row["county_cap_share"], Fraction(row["match_rate"])
            found[row["fund"]] = Fund(
                row["fund"],
                row["level"] == "pool",
                ("capital", "recurrent") if row["pays"] == "both" else (row["pays"],),
                Fraction(row["carry_share"]),
                None if cap is None else Fraction(cap),
                Fraction(row["support_floor"]),
                match,
                match if row["match_rate_supported"] is None else Fraction(row["match_rate_supported"]),
                None if row["carry_years"] == "all" else int(row["carry_years"]),
                row["repay_years"],
                Fraction(row["interest"]),
                row["order"],
            )
        return found

    @cached_property
    def loans(self) -> tuple[Fund, ...]:
        """The funds whose money is paid back by the county that spent it."""
        return tuple(fund for fund in self.funds.values() if fund.repay_years)

    @cached_property
    def rank(self) -> Mapping[str, int]:
        """In which order the funds pay, where nothing else decides: by ``order``, those without one after all others."""
        last = max((fund.order for fund in self.funds.values() if fund.order is not None), default=0) + 1
        return {name: last if fund.order is None else fund.order for name, fund in self.funds.items()}

    # -- purposes of money --------------------------------------------------------------------------------------------

    @cached_property
    def _named(self) -> Mapping[str, tuple[frozenset[str], str | None]]:
        """What the rows of ``fund_uses`` name, groups and projects: the items, or the project."""
        found: dict[str, tuple[frozenset[str], str | None]] = {}
        for row in self.tables["fund_uses"]:
            if row["project"] is not None:
                found[f"project:{row['project']}"] = (frozenset(), row["project"])
            else:
                found[row["group"]] = (frozenset(self.groups[row["group"]]), None)
        return found

    @cached_property
    def purpose_of_item(self) -> Mapping[str, str]:
        """The purpose of what is spent on an item: all that names it, so that what no row tells apart has one purpose."""
        return {i: "+".join(name for name in sorted(self._named) if i in self._named[name][0]) for i in self.items}

    @cached_property
    def purpose_of_project(self) -> Mapping[str, str]:
        """The purpose of what is spent on a project."""
        return {
            p: "+".join(name for name in sorted(self._named) if project.item in self._named[name][0] or p == self._named[name][1])
            for p, project in self.projects.items()
        }

    @cached_property
    def purposes(self) -> tuple[str, ...]:
        """The purposes π that money is told apart by; one, blank, where nothing is told apart.

        What no row names has the blank purpose, and so has what loans cost.
        """
        served = {*self.purpose_of_item.values(), *self.purpose_of_project.values()}
        served |= {""} if self.loans or not served else set()
        return tuple(sorted(served)) if len(served) > 1 else ("",)

    @cached_property
    def uses(self) -> tuple[Use, ...]:
        """What the funds with a purpose may pay for, by fund."""
        only = len(self.purposes) == 1
        found = []
        for row in sorted(self.tables["fund_uses"], key=lambda row: tuple(part or "" for part in row.key)):
            name = row["group"] if row["project"] is None else f"project:{row['project']}"
            served = {*self.purpose_of_item.values(), *self.purpose_of_project.values()}
            named = {""} if only else {purpose for purpose in served if name in purpose.split("+")}
            found.append(
                Use(
                    row["fund"],
                    frozenset(named),
                    ("capital", "recurrent") if row["class"] is None else (row["class"],),
                    None if row["min_share"] is None else Fraction(row["min_share"]),
                    None if row["max_share"] is None else Fraction(row["max_share"]),
                    row.key,
                )
            )
        return tuple(found)

    def told_apart(self, fund: str) -> bool:
        """Whether what a fund pays is told apart by purpose: it has a purpose, and there are several."""
        return len(self.purposes) > 1 and any(use.fund == fund for use in self.uses)

    def may_pay(self, fund: str, spending_class: str, purpose: str) -> bool:
        """Whether a fund may pay a class of spending for a purpose."""
        mine = [use for use in self.uses if use.fund == fund]
        return spending_class in self.funds[fund].pays and (
            not mine or any(purpose in use.purposes and spending_class in use.classes for use in mine)
        )

    @property
    def pools(self) -> tuple[Fund, ...]:
        """The funds that all counties share."""
        return tuple(fund for fund in self.funds.values() if fund.pool)

    @property
    def county_funds(self) -> tuple[Fund, ...]:
        """The funds that each county has for itself."""
        return tuple(fund for fund in self.funds.values() if not fund.pool)

    # -- appropriations -----------------------------------------------------------------------------------------------

    @cached_property
    def _budgets(self) -> Mapping[tuple[str, str | None, int], int]:
        return {(row["fund"], row["county"], row["year"]): in_yuan(row["amount"]) for row in self.tables["budgets"]}

    def amount(self, fund: Fund, county: str, year: int) -> int:
        """amount[f,c,y] in yuan; for a pool the same whatever the county."""
        return self._budgets.get((fund.fund, None if fund.pool else county, year), 0)

    def carry_cap(self, fund: Fund, county: str, year: int) -> int:
        """The most, in whole yuan, that may be carried out of ``year``; nothing out of the last year.

        carry_share·Σ of the amounts of the last carry_years open years up to it; of all of them where money is kept for good.
        """
        if year == self.last_year:
            return 0
        return floor(fund.carry_share * sum(self.amount(fund, county, y) for y in self.carried_from(fund, year)))

    def carried_from(self, fund: Fund, year: int) -> list[int]:
        """The open years whose money may be carried out of ``year``: the last carry_years up to it, or all where it is kept."""
        return [y for y in self.open_years if y <= year and (fund.carry_years is None or y > year - fund.carry_years)]

    @cached_property
    def rates_of_supported(self) -> frozenset[str]:
        """The funds that give a matching rate of its own for supported counties."""
        return frozenset(row["fund"] for row in self.tables["funds"] if row["match_rate_supported"] is not None)

    @cached_property
    def revenue_growth(self) -> Mapping[tuple[str, int], Fraction]:
        """rate[c,y] of the growth table."""
        return {(row["county"], row["year"]): Fraction(row["rate"]) for row in self.tables["growth"]}

    def operating_budget(self, county: str, year: int) -> int:
        """A[c,y], yuan: what the county's own funds that pay recurrent costs give in ``year``."""
        return sum(self.amount(fund, county, year) for fund in self.county_funds if "recurrent" in fund.pays)

    def match_rate(self, pool: Fund, county: str) -> Fraction:
        """What a county must spend of its own for each unit of the pool's money."""
        return pool.match_rate_supported if self.supported[county] else pool.match_rate
