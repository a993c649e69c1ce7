"""The columns of a record of what happened. A CSV file and the store have the same ones.

``kind`` says what a record speaks of and so which columns it fills:

============  ==================================================  =============================================
kind          columns                                             meaning
============  ==================================================  =============================================
delivery      item, quantity                                      goods that arrived, in units of the item
order         item, quantity                                      goods with a lead time that were ordered
hire          team, quantity                                      people whom a team took on
start         project (quantity 1)                                the works of a project were begun
opening       project (quantity 1)                                a project was opened
spending      fund, class, amount; item or project where known    money of a fund spent in the county
confirmation  (none)                                              the city has confirmed the county's quarter
============  ==================================================  =============================================
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from optplan.tables.declarations import BASES, QUARTERS, SPENDING_CLASSES
from optplan.tables.schema import Column, Kind, Table

DELIVERY, ORDER, HIRE, START, OPENING, SPENDING = "delivery", "order", "hire", "start", "opening", "spending"
CONFIRMATION = "confirmation"
HAPPENED = (DELIVERY, ORDER, HIRE, START, OPENING, SPENDING)
KINDS = (*HAPPENED, CONFIRMATION)
# what a record of each kind must and may fill, beside county, time and origin
FILLED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    DELIVERY: (("item", "quantity"), ()),
    ORDER: (("item", "quantity"), ()),
    HIRE: (("team", "quantity"), ("item",)),
    START: (("project",), ("item", "quantity")),
    OPENING: (("project",), ("item", "quantity")),
    SPENDING: (("fund", "class", "amount"), ("item", "project")),
    CONFIRMATION: ((), ()),
}
SUBJECTS = ("item", "team", "project", "fund", "class", "quantity", "amount")


def _id(name: str, refers_to: str) -> Column:
    return Column(name, Kind.ID, refers_to=(refers_to,))


RECORDS = Table(
    "records",
    (
        Column("number", Kind.WHOLE, minimum=Decimal(1)),
        Column("kind", Kind.CHOICE, required=True, choices=KINDS),
        _id("county", "counties"),
        Column("year", Kind.YEAR),
        Column("quarter", Kind.CHOICE, choices=QUARTERS),
        Column("date", Kind.DATE),
        _id("item", "items"),
        _id("team", "teams"),
        _id("project", "projects"),
        _id("fund", "funds"),
        Column("class", Kind.CHOICE, choices=SPENDING_CLASSES),
        Column("quantity", Kind.QUANTITY, minimum=Decimal(0)),
        Column("amount", Kind.MONEY, minimum=Decimal(0)),
        Column("source", Kind.TEXT),
        Column("document", Kind.TEXT),
        Column("basis", Kind.CHOICE, default="statistics", choices=BASES),
        Column("corrects", Kind.WHOLE, minimum=Decimal(1)),
        Column("note", Kind.TEXT),
        Column("form", Kind.TEXT),
        Column("who", Kind.TEXT),
        Column("at", Kind.TEXT),
    ),
    ("number",),
)
# what the program writes when a record is kept; who enters one does not
KEPT = ("number", "who", "at")
# a file that holds what is kept: there each record has them
LEDGER = replace(
    RECORDS,
    columns=tuple(
        replace(each, required=each.name in {*KEPT, "county", "year", "quarter"} or each.required) for each in RECORDS.columns
    ),
)
