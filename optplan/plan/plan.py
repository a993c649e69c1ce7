"""The plan as the rules see it: the sets and parameters of model.md §2, immutable, in exact numbers.

A :class:`Plan` is made from checked tables and is what users hold: ``optplan.read_plan("inputs/shuozhou")``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

from optplan.plan.checks import check
from optplan.plan.finances import Finances
from optplan.plan.parts import Limit, Mix, Requirement, Target, Team
from optplan.tables import read_tables, tables_from
from optplan.tables.content import Tables
from optplan.tables.findings import Finding, PlanError

# errors with which a plan is read all the same: its rules exclude each other, and optplan.explain says what would do
EXPLAINED = {"must-open-beyond-target", "must-open-beyond-limit"}


class Plan(Finances):
    """A checked plan. Symbols of model.md: Y ``years``, O ``open_years``, C ``counties``, I ``items``, K ``teams``,
    P ``projects``, F ``funds``. Ids are sorted, so that neither the order of rows nor of counties ever changes an answer.

    Money is in whole yuan, quantities and shares are fractions. ``findings`` keeps the warnings of the checks.
    """

    @property
    def sha256(self) -> str:
        """The hash of the plan's content; a folder and a workbook with the same content agree."""
        return self.tables.sha256

    def with_changes(self, changes: Mapping[str, Any]) -> Plan:
        """A new plan in which each table named in ``changes`` is replaced by the given rows; this plan is untouched.

        ``changes`` maps table names to a DataFrame or a list of dicts with the columns of model.md §1.
        Raises :class:`PlanError` with findings that name the row and column.
        """
        return _checked(*tables_from(changes, self.tables))

    # -- what is asked ------------------------------------------------------------------------------------------------

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """The targets of the plan, by id."""
        return tuple(
            Target(
                row["target"],
                self.groups[row["group"]],
                self._scope_counties(row["county"]),
                row["from_year"] or self.first_year,
                row["by_year"],
                Fraction(row["total"]),
                row["sense"] == "exact",
                Fraction(row["weight"]),
                Fraction(row["at_least"] or 0),
            )
            for row in sorted(self.tables["targets"], key=lambda row: row["target"])
        )

    @cached_property
    def limits(self) -> tuple[Limit, ...]:
        """Capacities, ceilings and pins, by id."""
        return tuple(
            Limit(
                row["limit"],
                self.groups[row["group"]],
                self._scope_counties(row["county"]),
                self._scope_years(row["year"]),
                None if row["min"] is None else Fraction(row["min"]),
                None if row["max"] is None else Fraction(row["max"]),
            )
            for row in sorted(self.tables["limits"], key=lambda row: row["limit"])
        )

    @cached_property
    def mixes(self) -> tuple[Mix, ...]:
        """Shares of one group in another, by id."""
        return tuple(
            Mix(
                row["mix"],
                self.groups[row["part"]],
                self.groups[row["whole"]],
                self._scope_counties(row["county"]),
                self.open_years if row["of"] == "stock" and row["year"] is None else self._scope_years(row["year"]),
                None if row["min_share"] is None else Fraction(row["min_share"]),
                None if row["max_share"] is None else Fraction(row["max_share"]),
                row["of"] == "stock",
            )
            for row in sorted(self.tables["mix"], key=lambda row: row["mix"])
        )

    @cached_property
    def teams(self) -> Mapping[str, Team]:
        """The teams, by id."""
        losses: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for row in sorted(self.tables["losses"], key=lambda row: row["year"]):
            losses[row["team"]].append((row["year"], row["quantity"]))
        return {
            row["team"]: Team(
                row["team"],
                row["county"],
                row["item"],
                row["staff"],
                row["min_staff"],
                max(row["max_staff"], row["staff"]),
                row["project"],
                tuple(losses.get(row["team"], ())),
                row["meets_by"],
            )
            for row in sorted(self.tables["teams"], key=lambda row: row["team"])
        }

    # -- what stands --------------------------------------------------------------------------------------------------

    def standing(self, items: Iterable[str], county: str, year: int) -> Fraction:
        """What of the starting stock of ``items`` still stands in ``year``."""
        return sum(
            (quantity for item in items for quantity, last in self._stock[item, county] if last is None or year <= last),
            Fraction(0),
        )

    @cached_property
    def _stock(self) -> Mapping[tuple[str, str], list[tuple[Fraction, int | None]]]:
        stock: dict[tuple[str, str], list[tuple[Fraction, int | None]]] = defaultdict(list)
        for row in self.tables["stock"]:
            stock[row["item"], row["county"]].append((Fraction(row["quantity"]), row["retires_after"]))
        return stock

    @cached_property
    def project_needs(self) -> Mapping[tuple[str, str], list[tuple[str, Fraction]]]:
        """(project, quantity) of what opened projects add to a standard of their county, by (standard, county)."""
        needs: dict[tuple[str, str], list[tuple[str, Fraction]]] = defaultdict(list)
        for row in sorted(self.tables["project_needs"], key=lambda row: row["project"]):
            county = self.projects[row["project"]].county
            needs[row["standard"], county].append((row["project"], Fraction(row["quantity"])))
        return needs

    @cached_property
    def hard_needs(self) -> Mapping[tuple[str, str], list[tuple[str, Fraction]]]:
        """(project, quantity) of what must stand before a project may open, by (standard, county)."""
        hard = {(row["standard"], row["project"]) for row in self.tables["project_needs"] if row["hard"]}
        found = {
            (standard, county): [need for need in needs if (standard, need[0]) in hard]
            for (standard, county), needs in self.project_needs.items()
        }
        return {key: needs for key, needs in sorted(found.items()) if needs}

    @cached_property
    def standard_items(self) -> Mapping[str, tuple[str, ...]]:
        """The items of the group that each standard is about."""
        return {row["standard"]: self.groups[row["group"]] for row in self.tables["standards"]}

    @cached_property
    def requirements(self) -> tuple[Requirement, ...]:
        """Every standard that asks something, by standard, county and year: by a row in force, or by a project."""
        steps: dict[tuple[str, str], list[Any]] = defaultdict(list)
        for row in self.tables["standards"]:
            steps[row["standard"], row["county"]].append(row)
        found = []
        for standard, county in sorted(set(steps) | set(self.project_needs)):
            for year in self.years:
                rows = [row for row in steps[standard, county] if row["from_year"] <= year]
                force = max(rows, key=lambda row: row["from_year"], default=None)
                if force is None and (standard, county) not in self.project_needs:
                    continue
                required = Fraction(force["required"]) if force else Fraction(0)
                found.append(
                    Requirement(
                        standard,
                        self.standard_items[standard],
                        county,
                        year,
                        required,
                        Fraction(force["weight"]) if force else Fraction(1),
                        required or self._needed(standard, county, year),
                        bool(force and force["hard"]),
                        force["from_year"] if force else None,
                    )
                )
        return tuple(found)

    def _needed(self, standard: str, county: str, year: int) -> Fraction:
        """What all projects of the county would add to a standard, once one of them could be open; 0 before."""
        needs = self.project_needs.get((standard, county), [])
        openings = [self.projects[p].openings[0] for p, _ in needs if self.projects[p].openings]
        return sum((quantity for _, quantity in needs), Fraction(0)) if openings and min(openings) <= year else Fraction(0)

    # -- closed years -------------------------------------------------------------------------------------------------

    def too_early_to_order(self, item: str, year: int) -> bool:
        """Whether an order of the first open year would come after ``year``, so that only what was ordered before can come."""
        return bool(self.open_years) and self.closed_through < year < self.open_years[0] + self.items[item].lead_years

    def delivered(self, item: str, county: str, year: int) -> Decimal:
        """What of goods was really delivered in a closed year, or is due in an open one from an order given before."""
        return self._goods_delivered.get((item, county, year), Decimal(0))

    @cached_property
    def _goods_delivered(self) -> Mapping[tuple[str, str, int], Decimal]:
        done: dict[tuple[str, str, int], Decimal] = defaultdict(Decimal)
        for row in self.tables["actuals"]:
            if not row["project"] and not row["team"]:
                done[row["item"], row["county"], row["year"]] += row["quantity"]
        return done

    def hired(self, team: str, year: int) -> int:
        """Whom a team really hired in a closed year."""
        return self._hired.get((team, year), 0)

    @cached_property
    def _hired(self) -> Mapping[tuple[str, int], int]:
        return {(row["team"], row["year"]): int(row["quantity"]) for row in self.tables["actuals"] if row["team"]}


def read_plan(path: str | Path) -> Plan:
    """The plan in a folder of CSV files or an ``.xlsx`` workbook, read and checked.

    Raises :class:`PlanError` with every finding if the plan is not valid; warnings are kept in ``plan.findings``.
    """
    return _checked(*read_tables(path))


def read_plan_to_explain(path: str | Path) -> Plan:
    """The same, but of a plan that the checks find impossible too, with what they found: so that it can be said what would do.

    Raises :class:`PlanError` only if the tables themselves cannot be read.
    """
    tables, found = read_tables(path)
    findings = list(found)
    if _broken(findings):
        raise PlanError(findings)
    return Plan(tables, findings + check(tables))


def _checked(tables: Tables, findings: Sequence[Finding]) -> Plan:
    findings = list(findings)
    if not _broken(findings):
        findings += check(tables)
    if _broken(findings):
        raise PlanError(findings)
    return Plan(tables, findings)


def _broken(findings: Sequence[Finding]) -> bool:
    return any(finding.severity == "error" and finding.code not in EXPLAINED for finding in findings)
