"""A comparison in words, as tables for a terminal: names instead of ids, and only what differs."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from optplan.comparison.criteria import in_words, shown_criteria
from optplan.comparison.figures import SECTIONS, Section
from optplan.figures.proven import outcome
from optplan.language import speaking, text
from optplan.tables.declarations import PROVENANCE
from optplan.tables.labels import column_words
from optplan.tables.names import group_names, names
from optplan.tables.units import currency_name

if TYPE_CHECKING:
    from optplan.comparison.inputs import InputChange
    from optplan.comparison.sides import Sides

MOST_PRINTED = 60  # rows of a printed table; the frames and the JSON have them all


class PrintedTable(NamedTuple):
    """A table in words: its title, the heads of its columns and its rows, every cell as text."""

    title: str
    headers: Sequence[str]
    rows: Sequence[Sequence[str]]


def printed(comparison: Sides, language: str) -> list[PrintedTable]:
    """What is compared, the criteria, and of everything else what differs."""
    return [_results_table(comparison, language), _inputs_table(comparison, language)] + [
        _criteria_table(comparison, language) if section.name == "criteria" else _figures_table(comparison, section, language)
        for section in SECTIONS.values()
    ]


def _table(comparison: Sides, name: str, headers: Sequence[str], rows: list[list[str]], language: str) -> PrintedTable:
    """A table of at most ``MOST_PRINTED`` rows that says how many more there are."""
    if len(rows) > MOST_PRINTED:
        more = text("compare", "more-rows", language, number=len(rows) - MOST_PRINTED)
        rows = [*rows[:MOST_PRINTED], [more, *[""] * (len(headers) - 1)]]
    currency = currency_name(comparison.sides[0].tables, language)
    return PrintedTable(text("compare", f"table-{name}", language, currency=currency), headers, rows)


def _results_table(comparison: Sides, language: str) -> PrintedTable:
    rows = []
    for account in (side.account() for side in comparison.sides):
        scenario = ", ".join(account["scenario"]) or text("compare", "base-case", language)
        status = outcome(account["status"], language)
        rows.append([account["label"], account["title"], account["model"], scenario, status])
    heads = [text("compare", f"column-{name}", language) for name in ("result", "plan", "model", "scenario", "status")]
    return _table(comparison, "results", heads, rows, language)


def told_changes(comparison: Sides) -> list[InputChange]:
    """The changed cells to be told: remarks on where a figure is from are left out where the figure itself is listed."""
    remarks = {column.name for column in PROVENANCE}
    told = {change[:3] for change in comparison.input_changes if change.column not in remarks}
    return [change for change in comparison.input_changes if change.column not in remarks or change[:3] not in told]


def _inputs_table(comparison: Sides, language: str) -> PrintedTable:
    rows = [
        [
            change.result,
            text("tables", change.table, language),
            change.key,
            text("compare", f"change-{change.change}", language),
            column_words(change.table, change.column, language) or "",
            change.before,
            change.after,
        ]
        for change in told_changes(comparison)
    ]
    heads = ("result", "table", "row", "change", "column", "before", "after")
    return _table(comparison, "inputs", [text("compare", f"column-{head}", language) for head in heads], rows, language)


def _heads(comparison: Sides, section: Section, language: str) -> list[str]:
    first, *others = comparison.labels
    keys = (text("compare", f"column-{key}", language) for key in section.keys)
    return [*keys, *comparison.labels, *(f"{label} − {first}" for label in others)]


def _criteria_table(comparison: Sides, language: str) -> PrintedTable:
    with speaking(language):
        rows = [
            [
                measure.name,
                *(in_words(measure, value) for value in line.values.values()),
                *(in_words(measure, value, change=True) for value in line.differences.values()),
            ]
            for measure, line in shown_criteria(comparison)
        ]
    return _table(comparison, "criteria", _heads(comparison, SECTIONS["criteria"], language), rows, language)


def _figures_table(comparison: Sides, section: Section, language: str) -> PrintedTable:
    called = names_of(comparison, language)
    decimals = 2 if section.money else None
    rows = [
        [
            *(called.get((key, part), str(part)) for key, part in zip(section.keys, line.key, strict=True)),
            *(_figure(value, section, decimals) for value in line.values.values()),
            *(_figure(value, section, decimals, sign="+") for value in line.differences.values()),
        ]
        for line in comparison.differences(section.name)
        if line.differs
    ]
    return _table(comparison, section.name, _heads(comparison, section, language), rows, language)


def _figure(value: Decimal | None, section: Section, decimals: int | None, sign: str = "") -> str:
    if value is None:
        return "—"
    if value == 0 and sign:
        return "0"
    if decimals is None:
        decimals = 0 if value == value.to_integral_value() else 2
    grouping = "" if section.name == "projects" else ","  # the start of a project is a year
    return f"{value:{sign}{grouping}.{decimals}f}".replace("-", "−")


def names_of(comparison: Sides, language: str) -> dict[tuple[str, Any], str]:
    """What people call the ids in the tables, by key column and id; the first result that has a name for it decides."""
    called: dict[tuple[str, Any], str] = {("fund", ""): text("compare", "requested", language)}
    for figure in ("total", "delivered", "shortfall"):
        called["figure", figure] = text("compare", f"figure-{figure}", language)
    for side in comparison.sides:
        groups, last = group_names(side.tables, language), side.tables.setting("last_year")
        found: dict[tuple[str, Any], str | None] = {}
        for table, key in (
            ("items", "item"),
            ("counties", "county"),
            ("funds", "fund"),
            ("teams", "team"),
            ("projects", "project"),
        ):
            found |= {(key, name): word for name, word in names(side.tables, table, language).items()}
        found |= {("standard", row["standard"]): groups.get(row["group"]) for row in side.tables["standards"]}
        for row in side.tables["targets"]:
            place = found.get(("county", row["county"]))
            group = groups.get(row["group"]) or row["target"]
            due = text("cli", "by-year", language, year=row["by_year"]) if row["by_year"] != last else ""
            found["target", row["target"]] = (f"{group} · {place}" if place else group) + due
        called = {place: word for place, word in found.items() if word} | called
    return called
