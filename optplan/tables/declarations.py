"""Every table of a plan, declared once (model.md §1). Reading, writing, the workbook, the page and the docs all follow this file.

Labels and meanings in Chinese and English are in the catalogue ``tables.ftl`` under ``<table>`` and ``<table>-<column>``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from optplan.tables.schema import Column, Kind, Table

ZERO, ONE = Decimal(0), Decimal(1)
ITEM_KINDS = ("goods", "staff", "project")
CATEGORIES = ("personnel", "vehicle", "hydrant", "crane", "station", "equipment", "other")
SENSES = ("min", "exact")
LIMIT_KINDS = ("capacity", "ceiling", "pin")
MOST_CARRIED = 30  # years
CARRY_YEARS = (*map(str, range(1, MOST_CARRIED + 1)), "all")
LINK_KINDS = ("after", "together", "exclusive")
MEASURED = ("deliveries", "stock")
LEVELS = ("county", "pool")
PAYS = ("capital", "recurrent", "both")
BASES = ("plan", "standard", "statistics", "market", "assumption")
SPENDING_CLASSES = ("capital", "recurrent")
INDICATOR_KINDS = ("binding", "expected")
DIRECTIONS = ("at_least", "at_most")
MEASURES = ("observation", "delivered", "target", "standard", "teams")
QUARTERS = ("1", "2", "3", "4")


def _id(name: str, *refers_to: str, required: bool = True, blank_means_all: bool = False) -> Column:
    return Column(name, Kind.ID, required=required, refers_to=refers_to, blank_means_all=blank_means_all)


def _text(name: str, *, required: bool = False) -> Column:
    return Column(name, Kind.TEXT, required=required)


def _name(key: str) -> Column:
    return Column("name", Kind.TEXT, named_by=key)


def _year(name: str, *, required: bool = False, blank_means_all: bool = False) -> Column:
    return Column(name, Kind.YEAR, required=required, blank_means_all=blank_means_all)


def _whole(name: str, default: int | None = None, *, required: bool = False) -> Column:
    return Column(name, Kind.WHOLE, required=required, default=default, minimum=ZERO)


def _quantity(name: str, *, required: bool = False) -> Column:
    return Column(name, Kind.QUANTITY, required=required, minimum=ZERO)


def _money(name: str, *, required: bool = False) -> Column:
    return Column(name, Kind.MONEY, required=required, default=None if required else ZERO, minimum=ZERO)


def _share(name: str, default: Decimal | None = None) -> Column:
    return Column(name, Kind.RATE, default=default, minimum=ZERO, maximum=ONE)


def _rate(name: str, default: Decimal | None = None, *, required: bool = False) -> Column:
    return Column(name, Kind.RATE, required=required, default=default, above=-ONE)


def _weight(name: str = "weight") -> Column:
    return Column(name, Kind.RATE, default=ONE, minimum=ZERO)


def _flag(name: str, default: bool) -> Column:
    return Column(name, Kind.FLAG, default=default)


def _choice(name: str, choices: tuple[str, ...], default: str | None = None) -> Column:
    return Column(name, Kind.CHOICE, required=default is None, default=default, choices=choices)


def _added(column: Column) -> Column:
    """A column that joined its table after plans had been hashed without it."""
    return replace(column, added=True)


_GROUP = ("groups", "items")
_EVERY_COUNTY = {"required": False, "blank_means_all": True}
PROVENANCE = (_text("source"), _choice("basis", BASES, "assumption"))

# The keys of the ``plan`` table, in the order people expect them.
PLAN_KEYS: dict[str, Column] = {
    column.name: column
    for column in (
        _text("title", required=True),
        _text("title_en"),
        _year("first_year", required=True),
        _year("last_year", required=True),
        _year("closed_through"),
        _text("year_label"),
        Column("currency", Kind.TEXT, default="万元"),
        _year("price_year"),
        _rate("capital_price_growth", ZERO),
        _rate("recurrent_price_growth", ZERO),
        _rate("discount_rate", ZERO),
        _weight("staffing_weight"),
    )
}


def _table(name: str, key: tuple[str, ...], *columns: Column, required: bool = False) -> Table:
    return Table(name, (*columns, *PROVENANCE), key, required)


TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        _table("plan", ("key",), _id("key"), Column("value", Kind.ANY), required=True),
        _table(
            "counties",
            ("county",),
            _id("county"),
            _name("county"),
            _text("name_en"),
            _whole("population"),
            Column("risk_weight", Kind.RATE, default=ONE, above=ZERO),
            _flag("supported", False),
            Column("lat", Kind.DEGREES, minimum=Decimal(-90), maximum=Decimal(90)),
            Column("lon", Kind.DEGREES, minimum=Decimal(-180), maximum=Decimal(180)),
            required=True,
        ),
        _table(
            "items",
            ("item",),
            _id("item"),
            _name("item"),
            _text("name_en"),
            _choice("category", CATEGORIES, "other"),
            _text("unit"),
            _flag("whole", True),
            _choice("kind", ITEM_KINDS, "goods"),
            _added(_whole("service_life")),
            _added(_whole("lead_years", 0)),
            _added(Column("spend", Kind.SHARES)),
        ),
        _table("groups", ("group", "item"), _id("group"), _id("item", "items"), _text("name"), _added(_text("name_en"))),
        _table(
            "costs",
            ("item", "county", "year"),
            _id("item", "items"),
            _id("county", "counties", **_EVERY_COUNTY),
            _year("year", blank_means_all=True),
            _money("unit_cost"),
            _money("annual_cost"),
            _share("first_year_share", ONE),
        ),
        _table(
            "targets",
            ("target",),
            _id("target"),
            _id("group", *_GROUP),
            _id("county", "counties", **_EVERY_COUNTY),
            _added(_year("from_year")),
            _year("by_year", required=True),
            _quantity("total", required=True),
            _choice("sense", SENSES, "min"),
            _weight(),
            _added(_quantity("at_least")),
        ),
        _table(
            "stock",
            ("item", "county", "retires_after"),
            _id("item", "items"),
            _id("county", "counties"),
            _quantity("quantity", required=True),
            _year("retires_after"),
        ),
        _table(
            "standards",
            ("standard", "county", "from_year"),
            _id("standard"),
            _id("group", *_GROUP),
            _id("county", "counties"),
            _year("from_year", required=True),
            _quantity("required", required=True),
            _weight(),
            _added(_flag("hard", False)),
        ),
        _table(
            "limits",
            ("limit",),
            _id("limit"),
            _id("group", *_GROUP),
            _id("county", "counties", **_EVERY_COUNTY),
            _year("year", blank_means_all=True),
            _quantity("min"),
            _quantity("max"),
            _choice("kind", LIMIT_KINDS, "capacity"),
        ),
        _table(
            "mix",
            ("mix",),
            _id("mix"),
            _id("part", *_GROUP),
            _id("whole", *_GROUP),
            _id("county", "counties", **_EVERY_COUNTY),
            _year("year", blank_means_all=True),
            _share("min_share"),
            _share("max_share"),
            _added(_choice("of", MEASURED, "deliveries")),
        ),
        _table(
            "teams",
            ("team",),
            _id("team"),
            _name("team"),
            _added(_text("name_en")),
            _id("county", "counties"),
            _id("item", "items"),
            _text("class"),
            _added(_text("class_en")),
            _whole("staff", 0),
            _whole("min_staff", 0),
            _whole("max_staff", required=True),
            _id("project", "projects", required=False),
            _added(_year("meets_by")),
        ),
        _table(
            "projects",
            ("project",),
            _id("project"),
            _name("project"),
            _added(_text("name_en")),
            _id("county", "counties"),
            _id("item", "items"),
            _money("capital_cost"),
            _whole("build_years", 0),
            Column("spend", Kind.SHARES, default=(ONE,)),
            _money("annual_cost"),
            _share("first_year_share", ONE),
            _year("earliest_start"),
            _year("latest_opening"),
            _flag("mandatory", False),
        ),
        _table(
            "project_needs",
            ("project", "standard"),
            _id("project", "projects"),
            _id("standard", "standards"),
            _quantity("quantity", required=True),
            _added(_flag("hard", False)),
        ),
        _table(
            "project_links",
            ("project", "other"),
            _id("project", "projects"),
            _id("other", "projects"),
            _choice("kind", LINK_KINDS),
            _whole("lag", 0),
        ),
        _table(
            "losses",
            ("team", "year"),
            _id("team", "teams"),
            _year("year", required=True),
            _whole("quantity", required=True),
        ),
        _table(
            "funds",
            ("fund",),
            _id("fund"),
            _name("fund"),
            _added(_text("name_en")),
            _choice("level", LEVELS),
            _choice("pays", PAYS, "both"),
            _share("carry_share", ZERO),
            _share("county_cap_share"),
            _share("support_floor", ZERO),
            Column("match_rate", Kind.RATE, default=ZERO, minimum=ZERO),
            Column("match_rate_supported", Kind.RATE, minimum=ZERO),
            _added(_choice("carry_years", CARRY_YEARS, "1")),
            _added(_whole("repay_years")),
            _added(Column("interest", Kind.RATE, default=ZERO, minimum=ZERO)),
            _added(_whole("order")),
        ),
        _table(
            "fund_uses",
            ("fund", "group", "project", "class"),
            _id("fund", "funds"),
            _id("group", *_GROUP, required=False),
            _id("project", "projects", required=False),
            Column("class", Kind.CHOICE, choices=SPENDING_CLASSES),
            _share("min_share"),
            _share("max_share"),
        ),
        _table(
            "budgets",
            ("fund", "county", "year"),
            _id("fund", "funds"),
            _id("county", "counties", required=False),
            _year("year", required=True),
            _money("amount", required=True),
        ),
        _table(
            "growth",
            ("county", "year"),
            _id("county", "counties"),
            _year("year", required=True),
            _rate("rate", required=True),
        ),
        _table(
            "actuals",
            ("item", "county", "year", "team", "project"),
            _id("item", "items"),
            _id("county", "counties"),
            _year("year", required=True),
            _quantity("quantity", required=True),
            _id("team", "teams", required=False),
            _id("project", "projects", required=False),
        ),
        _table(
            "indicators",
            ("indicator",),
            _id("indicator"),
            _name("indicator"),
            _text("name_en"),
            _text("class"),
            _added(_text("class_en")),
            _choice("kind", INDICATOR_KINDS, "expected"),
            _text("unit"),
            _choice("direction", DIRECTIONS, "at_least"),
            _quantity("goal", required=True),
            _quantity("baseline"),
            _choice("measure", MEASURES, "observation"),
            _id("target", "targets", required=False),
            _id("standard", "standards", required=False),
            _text("team_class"),
        ),
        _table(
            "observations",
            ("indicator", "county", "year", "quarter"),
            _id("indicator", "indicators"),
            _id("county", "counties", **_EVERY_COUNTY),
            _year("year", required=True),
            Column("quarter", Kind.CHOICE, choices=QUARTERS),
            _quantity("value", required=True),
        ),
        _table("departments", ("department",), _id("department"), _name("department"), _text("name_en")),
        _table(
            "duties",
            ("department", "target", "indicator"),
            _id("department", "departments"),
            _id("target", "targets", required=False),
            _id("indicator", "indicators", required=False),
        ),
    )
}


def column_of(table: Table, name: str, row: Mapping[str, Any]) -> Column:
    """What the cell ``name`` of ``row`` holds; in the ``plan`` table the key of the row decides."""
    column = table.column(name)
    return PLAN_KEYS.get(str(row.get("key")), PLAN_KEYS["title"]) if column.kind is Kind.ANY else column
