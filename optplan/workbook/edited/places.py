"""Where in an edited workbook a broken rule stands: the cell to change, or the one that shows what is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from optplan.audit import Violation
from optplan.tables.content import Tables
from optplan.tables.findings import Place
from optplan.workbook.edited.reading import Edit
from optplan.workbook.edited.sheets import IdSheet

ACTUAL = -2  # the compliance sheet shows the actual figure two columns before its ids


class Places:
    """``Places(...).of(violation)`` is the cell of a broken rule; of the file as a whole where no cell is to blame."""

    def __init__(self, edit: Edit, tables: Tables) -> None:
        self.path: Path = edit.path
        self.counties = {sheet.holder: sheet for sheet in edit.sheets if sheet.kind == "county"}
        self.others = {sheet.kind: sheet for sheet in edit.sheets if sheet.kind != "county"}
        self.teams = {row["team"]: row["county"] for row in tables["teams"]}
        self.projects = {row["project"]: row["county"] for row in tables["projects"]}
        self.years = range(tables.setting("first_year"), tables.setting("last_year") + 1)
        self.first_open = max(self.years[0], (tables.setting("closed_through") or 0) + 1)

    def of(self, violation: Violation) -> Place:
        """The place of a violation."""
        return self._find(violation.rule, violation.values) or Place(str(self.path))

    def _find(self, rule: str, values: dict[str, Any]) -> Place | None:
        county, year = values.get("county"), values.get("year")
        match rule:
            case "negative" | "not-whole" | "not-actual" | "unknown-delivery" | "staff-not-hires" | "stations-not-openings":
                return self._line(county, "item", values["item"], year)
            case "unknown-hire" | "hires-whole" | "hires-not-actual":
                return self._line(self.teams.get(values["team"]), "hires", values["team"], year)
            case "too-early-to-order":
                return self._line(county, "item", values["item"], year)
            case "staff-max" | "staff-min" | "team-must-meet":
                return self._line(self.teams.get(values["team"]), "staff", values["team"], year)
            case "unknown-start" | "start-not-actual" | "mandatory" | "too-early" | "too-late":
                return self._line(self.projects.get(values["project"]), "capital", values["project"], None)
            case "link-after" | "link-together" | "link-exclusive":
                return self._line(self.projects.get(values["project"]), "capital", values["project"], None)
            case "hard-need" | "hard-standard":
                return self._line(county, "stock", values["standard"], year)
            case "target-exceeded" | "target-at-least":
                return self._shown("summary", "target", values["target"], 3 + len(self.years))
            case "limit-min" | "limit-max":
                return self._shown("rules", "limit", values["limit"], ACTUAL)
            case "mix-min" | "mix-max":
                return self._shown("rules", "mix", values["mix"], ACTUAL)
            case "unknown-payment" | "negative-payment" | "fund-does-not-pay":
                return self._line(county, "payment", f"{values['fund']}|{values['kind']}", year)
            case "no-requests" | "unknown-request":
                return self._line(county, "request", values["kind"], year)
            case "not-paid":
                return self._line(county, "unfunded", values["kind"], year)
            case "overspent" if county:
                return self._line(county, "account", f"{values['fund']}|left", year)
            case "overspent":
                return self._shown("accounts", "pool", f"{values['fund']}|{year}", -3)
            case "fund-not-for":
                return self._line(county, "payment", f"{values['fund']}|{values['kind']}", year)
            case "use-too-little" | "use-too-much":
                return self._shown("rules", "purpose", f"{values['fund']}|{county}|{year}", ACTUAL)
            case "purpose-not-paid":
                return self._line(county, "cost", values["kind"], year)
            case "county-cap" | "matching":
                return self._shown("rules", rule, f"{values['fund']}|{county}|{year}", ACTUAL)
            case "support-floor":
                return self._shown("rules", rule, f"{values['fund']}|{year}", ACTUAL)
            case "operating-budget":
                return self._shown("rules", rule, f"{county}|{year}", ACTUAL)
            case "other-plan":
                record = self.others.get("result")
                return record.place(0, record.first + 1) if record else None
            case _:
                return None

    def _line(self, county: str | None, kind: str, key: str, year: int | None) -> Place | None:
        """A cell of a county's sheet: of a year, or (``year`` is ``None``) the start year of a project."""
        sheet = self.counties.get(county or "")
        if sheet is None:
            return None
        row, columns = sheet.rows.get((kind, key)), sheet.year_columns()
        column = min(columns.values(), default=0) - 1 if year is None else columns.get(year)
        return sheet.place(row, column) if row is not None and column is not None else sheet.place()

    def _shown(self, kind: str, line: str, key: str, step: int) -> Place | None:
        """A cell of another sheet, ``step`` columns from where its ids stand."""
        sheet: IdSheet | None = self.others.get(kind)
        if sheet is None:
            return None
        row = sheet.rows.get((line, key))
        return sheet.place() if row is None else sheet.place(row, sheet.first + step)
