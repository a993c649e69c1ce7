"""What every table must keep to for the rules to make sense: required tables, keys, references, years, kinds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

from optplan.tables.content import Row, Tables
from optplan.tables.declarations import PLAN_KEYS, TABLES
from optplan.tables.duplicates import duplicates
from optplan.tables.findings import Finding, Place, error, warning
from optplan.tables.references import check_references, near

LONGEST_PLAN = 30  # years
FINEST_PARTS = 10**8  # of a unit: quantities of what comes in parts have at most eight decimals
MOST_FINDINGS = 200  # of one check; more of the same help nobody


def check_structure(tables: Tables) -> list[Finding]:
    """Every fault of keys, references and years in the tables."""
    findings = list(_required(tables))
    if findings:
        return findings
    for check in CHECKS:
        findings += islice(check(tables), MOST_FINDINGS)
    return findings


def _required(tables: Tables) -> Iterator[Finding]:
    for name, table in TABLES.items():
        if table.required and not tables[name]:
            yield error("table-missing", Place(tables.origin, name), table=name)


def _plan_keys(tables: Tables) -> Iterator[Finding]:
    seen = set()
    for row in tables["plan"]:
        key = row["key"]
        if key is None:
            continue
        seen.add(key)
        if key not in PLAN_KEYS:
            yield error("plan-key-unknown", row.place("key"), key=key, near=near(key, PLAN_KEYS))
        elif PLAN_KEYS[key].required and not row.given("value"):
            yield error("cell-blank", row.place("value"), column=key)
    for key, column in PLAN_KEYS.items():
        if column.required and key not in seen:
            yield error("plan-key-missing", tables["plan"][0].place("key"), key=key)
    settings = {row["key"]: row for row in tables["plan"] if row.given("value")}
    label = settings.get("year_label")
    if label is not None and not any(letter.isdecimal() for letter in label["value"]):
        yield error("year-label-without-number", label.place("value"), label=label["value"])
    first, last = (settings[key]["value"] if key in settings else None for key in ("first_year", "last_year"))
    if isinstance(first, int) and isinstance(last, int):
        if not first <= last < first + LONGEST_PLAN:
            for key in ("last_year", "first_year"):
                yield error("plan-years", settings[key].place("value"), first=first, last=last, most=LONGEST_PLAN)
        closed = settings.get("closed_through")
        if closed is not None and not first - 1 <= closed["value"] <= last:
            yield error("plan-closed", closed.place("value"), value=closed["value"], first=first - 1, last=last)


def _keys(tables: Tables) -> Iterator[Finding]:
    for name in TABLES:
        yield from duplicates(tables[name])


def _groups(tables: Tables) -> Iterator[Finding]:
    items = {row["item"] for row in tables["items"]}
    for row in tables["groups"]:
        if row["group"] in items and row["group"] != row["item"]:
            yield error("group-is-item", row.place("group"), group=row["group"])


def _years(tables: Tables) -> Iterator[Finding]:
    first, last = tables.setting("first_year"), tables.setting("last_year")
    if not isinstance(first, int) or not isinstance(last, int):
        return
    for name, column in (
        ("costs", "year"), ("targets", "by_year"), ("limits", "year"), ("mix", "year"), ("budgets", "year"), ("actuals", "year"),
        ("growth", "year"), ("targets", "from_year"), ("losses", "year"), ("teams", "meets_by"),
    ):  # fmt: skip
        for row in tables[name]:
            year = row[column]
            if year is not None and not first <= year <= last:
                # a growth rate, price or budget of another year is merely not used; the others cannot mean anything
                finding = warning if name in {"costs", "budgets", "growth"} else error
                yield finding("year-outside", row.place(column), year=year, first=first, last=last)


def _kinds(tables: Tables) -> Iterator[Finding]:
    kind = {row["item"]: row["kind"] for row in tables["items"]}
    whole = {row["item"]: row["whole"] for row in tables["items"]}
    projects = {row["project"]: row for row in tables["projects"]}
    for row in tables["items"]:
        if row["kind"] != "goods" and not row["whole"]:
            yield error("item-must-be-whole", row.place("whole"), item=row["item"])
        yield from _over_time(row)
    for name, wanted in (("teams", "staff"), ("projects", "project")):
        for row in tables[name]:
            if kind.get(row["item"], wanted) != wanted:
                yield error("item-kind", row.place("item"), item=row["item"], kind=kind[row["item"]], wanted=wanted)
    for row in tables["teams"]:
        project = projects.get(row["project"])
        if project is not None and row["staff"]:
            yield error("team-of-project-has-staff", row.place("staff"), team=row["team"])
        if project is not None and project["county"] != row["county"]:
            yield error("team-county", row.place("county"), team=row["team"], county=project["county"])
    for row in tables["actuals"]:
        value = row["quantity"]
        if value is not None and whole.get(row["item"], False) and value != value.to_integral_value():
            yield error("quantity-not-whole", row.place("quantity"), item=row["item"], value=value)
        elif value is not None and FINEST_PARTS % Fraction(value).denominator:
            yield error("quantity-too-fine", row.place("quantity"), item=row["item"], value=value)


def _over_time(row: Row) -> Iterator[Finding]:
    """Service life, lead time and spending of an item."""
    if row["kind"] != "goods":
        for column in ("service_life", "lead_years", "spend"):
            if row[column]:
                yield error("item-not-goods", row.place(column), item=row["item"], kind=row["kind"])
    if row["service_life"] == 0:
        yield error("cell-too-small", row.place("service_life"), value=0, least=1)
    if row["spend"] is not None and len(row["spend"]) != row["lead_years"] + 1:
        yield error(
            "item-spend-years", row.place("spend"), item=row["item"], given=len(row["spend"]), years=row["lead_years"] + 1
        )


def _funds(tables: Tables) -> Iterator[Finding]:
    level = {row["fund"]: row["level"] for row in tables["funds"]}
    for row in tables["budgets"]:
        if level.get(row["fund"]) == "pool" and row["county"] is not None:
            yield error("pool-with-county", row.place("county"), fund=row["fund"])
        if level.get(row["fund"]) == "county" and row["county"] is None:
            yield error("county-fund-without-county", row.place("county"), fund=row["fund"])


def _uses(tables: Tables) -> Iterator[Finding]:
    funds = {row["fund"]: row for row in tables["funds"]}
    for row in tables["fund_uses"]:
        if (row["group"] is None) == (row["project"] is None):
            yield error("use-of-one-thing", row.place("group"), fund=row["fund"])
        fund = funds.get(row["fund"])
        if fund is not None and row["class"] is not None and fund["pays"] not in {row["class"], "both"}:
            yield error("use-not-paid", row.place("class"), fund=row["fund"])
    for row in tables["funds"]:
        if row["repay_years"] == 0:
            yield error("cell-too-small", row.place("repay_years"), value=0, least=1)
        if row["interest"] and not row["repay_years"]:
            yield error("interest-without-loan", row.place("interest"), fund=row["fund"])


def _standards(tables: Tables) -> Iterator[Finding]:
    groups: dict[str, Row] = {}
    for row in tables["standards"]:
        before = groups.setdefault(row["standard"], row)
        if before["group"] != row["group"]:
            yield error(
                "standard-two-groups", row.place("group"), standard=row["standard"], group=before["group"], other=before.number
            )


def _bands(tables: Tables) -> Iterator[Finding]:
    for name, low, high in (
        ("teams", "min_staff", "max_staff"),
        ("limits", "min", "max"),
        ("mix", "min_share", "max_share"),
        ("fund_uses", "min_share", "max_share"),
    ):
        for row in tables[name]:
            if row[low] is not None and row[high] is not None and row[low] > row[high]:
                yield error("min-above-max", row.place(low), least=row[low], most=row[high])


def _links(tables: Tables) -> Iterator[Finding]:
    for row in tables["project_links"]:
        if row["project"] == row["other"]:
            yield error("link-to-itself", row.place("other"), project=row["project"])
        if row["kind"] != "after" and row["lag"]:
            yield warning("link-lag-unused", row.place("lag"))
    for row in tables["targets"]:
        if row["from_year"] is not None and row["by_year"] is not None and row["from_year"] > row["by_year"]:
            yield error("target-years", row.place("from_year"), first=row["from_year"], last=row["by_year"])


def _limits(tables: Tables) -> Iterator[Finding]:
    closed = tables.setting("closed_through")
    for row in tables["limits"]:
        if row["kind"] == "pin" and closed is not None and row["year"] is not None and row["year"] <= closed:
            yield error("pin-on-closed-year", row.place("year"), limit=row["limit"], year=row["year"], closed=closed)
        if row["min"] is None and row["max"] is None:
            yield warning("limit-empty", row.place("min" if row["kind"] == "pin" else "max"), limit=row["limit"])


def _actuals(tables: Tables) -> Iterator[Finding]:
    closed = tables.setting("closed_through")
    kind = {row["item"]: row["kind"] for row in tables["items"]}
    lead = {row["item"]: row["lead_years"] for row in tables["items"]}
    teams = {row["team"]: row for row in tables["teams"]}
    projects = {row["project"]: row for row in tables["projects"]}
    starts: dict[str, list[Row]] = defaultdict(list)
    for row in tables["actuals"]:
        # what was ordered in closed years, or before the plan, may be delivered in open ones
        known = (tables.setting("first_year") - 1 if closed is None else closed) + (lead.get(row["item"]) or 0)
        if row["year"] is not None and row["year"] > known:
            yield error("actual-of-open-year", row.place("year"), year=row["year"])
        wanted = {"staff": "team", "project": "project"}.get(kind.get(row["item"], "goods"))
        for column in ("team", "project"):
            if (column == wanted) != row.given(column):
                yield error(
                    f"actual-{column}-{'missing' if column == wanted else 'unwanted'}", row.place(column), item=row["item"]
                )
        owner = teams.get(row["team"]) or projects.get(row["project"])
        if owner is not None and (owner["county"], owner["item"]) != (row["county"], row["item"]):
            yield error("actual-elsewhere", row.place("county"), county=owner["county"], item=owner["item"])
        if row["project"] is not None:
            starts[row["project"]].append(row)
            if row["quantity"] != 1:
                yield error("actual-start-quantity", row.place("quantity"), project=row["project"])
    for project, rows in starts.items():
        if len(rows) > 1:
            yield error("actual-started-twice", rows[1].place("year"), project=project, other=rows[0].number)


CHECKS = (
    _plan_keys, _keys, check_references, _groups, _years, _kinds, _funds, _standards, _bands, _limits, _actuals, _links, _uses,
)  # fmt: skip
