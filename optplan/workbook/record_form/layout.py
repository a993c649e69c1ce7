"""What a county's form asks: its sheets, their columns, and the lines that are printed in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from optplan.language import find, sentences_of
from optplan.language.printable import file_name
from optplan.records.declaration import DELIVERY, HIRE, OPENING, ORDER, SPENDING, START
from optplan.records.records import Records
from optplan.records.words import kind_in_words, size_in_words, what_in_words
from optplan.schedule import Schedule
from optplan.tables.content import Row, Tables
from optplan.tables.declarations import SPENDING_CLASSES, TABLES
from optplan.tables.labels import choice_label
from optplan.tables.names import Names
from optplan.tables.units import unit_name

say = sentences_of("record_form")
SPARE_LINES = 10  # for a second paper of the same thing
HEADER_ROW, FIRST_ROW = 4, 5
KEY = "key"  # the hidden first column, by which a line is known
ENTRIES = ("quantity", "amount", "date", "source", "document", "note")  # cells to fill in; each is a column of a record
PICKED = ("subject", "purpose")  # cells to fill in from a list


@dataclass(frozen=True)
class Line:
    """A line of the form. ``key``: what it is about, such as ``delivery:engine``. ``cells``: what its record says, but for what
    is filled in. ``printed``: what stands in its locked cells, by column."""

    key: str
    cells: Mapping[str, Any]
    printed: Mapping[str, Any]


@dataclass(frozen=True)
class FormSheet:
    """A sheet: its ``columns`` from left to right, the ``lines`` printed on it and how many ``spare`` ones follow, for which the
    subject is picked from ``subjects``: what is offered, and the cells that it stands for."""

    name: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    spare: int = 0
    subjects: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    purposes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The name on its tab."""
        return say(f"sheet-{self.name}")

    def label(self, column: str) -> str:
        """The header of a column."""
        return find("record_form", f"head-{self.name}-{column}") or say(f"head-{column}")

    def position(self, column: str) -> int:
        """Where a column stands, counted from 0."""
        return self.columns.index(column)

    def spare_keys(self) -> Iterator[str]:
        """The keys of the spare lines."""
        return (f"spare:{number}" for number in range(1, self.spare + 1))


@dataclass(frozen=True)
class FormWanted:
    """Which county and quarter a form is of; as a wish, ``None`` takes any."""

    county: str | None = None
    year: int | None = None
    quarter: int | None = None


class Layout:
    """The sheets of a county's form for a quarter, in the current language: of the plan, what is recorded, what was adopted."""

    def __init__(
        self, tables: Tables, county: str, year: int, quarter: int, records: Records, adopted: Schedule | None = None
    ) -> None:
        self.tables, self.county, self.year, self.quarter = tables, county, year, quarter
        self.records, self.adopted, self.names = records, adopted, Names(tables)
        self.so_far = records.of(county=county, year=year)
        self.sheets = (self._deliveries(), self._hires(), self._projects(), self._spending(), self._corrections())

    def _deliveries(self) -> FormSheet:
        subjects: dict[str, dict[str, Any]] = {}
        lines = []
        for row in self.tables["items"]:
            if row["kind"] != "goods":
                continue
            for kind in (ORDER, DELIVERY) if row["lead_years"] else (DELIVERY,):
                cells = {"kind": kind, "item": row["item"]}
                words = {
                    "what": self.names.by_table["items"][row["item"]],
                    "about": kind_in_words(kind),
                    "unit": unit_name(row["unit"]),
                }
                sums = self.so_far.deliveries if kind == DELIVERY else self.so_far.orders
                planned = self._planned(row["item"], self.year + (row["lead_years"] if kind == ORDER else 0))
                printed = {**words, "planned": planned, "recorded": _total(sums, row["item"])}
                lines.append(Line(f"{kind}:{row['item']}", cells, printed))
                _offer(subjects, f"{words['about']} · {words['what']}", row["item"], cells)
        columns = (
            KEY,
            "subject",
            "about",
            "what",
            "unit",
            "planned",
            "recorded",
            "quantity",
            "date",
            "source",
            "document",
            "note",
        )
        return FormSheet("deliveries", columns, tuple(lines), SPARE_LINES if lines else 0, subjects)

    def _hires(self) -> FormSheet:
        lines = []
        for row in self._own("teams"):
            recorded = sum((size for (team, _, _), size in self.so_far.hires.items() if team == row["team"]), Decimal(0))
            planned = None if self.adopted is None else Decimal(self.adopted.hires.get((row["team"], self.year), 0))
            printed = {"what": self.names.by_table["teams"][row["team"]], "least": row["min_staff"], "most": row["max_staff"]}
            lines.append(
                Line(
                    f"{HIRE}:{row['team']}",
                    {"kind": HIRE, "team": row["team"]},
                    {**printed, "planned": planned, "recorded": recorded},
                )
            )
        columns = (KEY, "what", "least", "most", "planned", "recorded", "quantity", "date", "source", "document", "note")
        return FormSheet("hires", columns, tuple(lines))

    def _projects(self) -> FormSheet:
        begun = {**{row["project"]: (row["year"], 0) for row in self.tables["actuals"] if row["project"]}, **self.records.starts}
        opened = self.records.openings
        lines = []
        for row in self._own("projects"):
            project = row["project"]
            planned = None if self.adopted is None else self.adopted.starts.get(project)
            for kind, known in ((START, begun), (OPENING, opened)):
                due = planned if kind == START or planned is None else planned + row["build_years"]
                printed = {
                    "what": self.names.by_table["projects"][project],
                    "about": kind_in_words(kind),
                    "planned": due,
                    "recorded": _when(known.get(project)),
                }
                lines.append(Line(f"{kind}:{project}", {"kind": kind, "project": project}, printed))
        columns = (KEY, "what", "about", "planned", "recorded", "quantity", "date", "source", "document", "note")
        return FormSheet("projects", columns, tuple(lines))

    def _spending(self) -> FormSheet:
        subjects: dict[str, dict[str, Any]] = {}
        lines = []
        budgets = {(row["fund"], row["county"], row["year"]): row["amount"] for row in self.tables["budgets"]}
        for fund in self.tables["funds"]:
            own = fund["level"] == "county"
            if own and not any((f, c) == (fund["fund"], self.county) for f, c, _ in budgets):
                continue
            for kind in SPENDING_CLASSES:
                if fund["pays"] not in {kind, "both"}:
                    continue
                cells = {"kind": SPENDING, "fund": fund["fund"], "class": kind}
                recorded = sum(
                    (size for (f, _, _, _, k), size in self.so_far.spending.items() if (f, k) == (fund["fund"], kind)), Decimal(0)
                )
                name = self.names.by_table["funds"][fund["fund"]]
                about = choice_label(TABLES["fund_uses"].column("class"), kind)
                budget = budgets.get((fund["fund"], self.county, self.year)) if own else None
                lines.append(
                    Line(
                        f"{SPENDING}:{fund['fund']}:{kind}",
                        cells,
                        {"what": name, "about": about, "planned": budget, "recorded": recorded},
                    )
                )
                _offer(subjects, f"{name} · {about}", fund["fund"], cells)
        columns = (
            KEY, "subject", "what", "about", "planned", "recorded", "amount", "purpose", "date", "source", "document", "note"
        )  # fmt: skip
        return FormSheet("spending", columns, tuple(lines), SPARE_LINES if lines else 0, subjects, self._purposes())

    def _purposes(self) -> dict[str, dict[str, Any]]:
        offered: dict[str, dict[str, Any]] = {}
        for row in self._own("projects"):
            _offer(offered, self.names.by_table["projects"][row["project"]], row["project"], {"project": row["project"]})
        for row in self.tables["items"]:
            if row["kind"] != "project":
                _offer(offered, self.names.by_table["items"][row["item"]], row["item"], {"item": row["item"]})
        return offered

    def _corrections(self) -> FormSheet:
        """What the county has entered in quarters that are not confirmed."""
        closed = self.tables.setting("closed_through") or 0
        lines = []
        for entry in self.records.of(county=self.county):
            if entry.period in self.records.confirmed or entry.year <= closed:
                continue
            kept = (
                "kind",
                "county",
                "item",
                "team",
                "project",
                "fund",
                "class",
                "year",
                "quarter",
                "date",
                "source",
                "document",
                "basis",
            )
            cells = {name: value for name, value in entry.cells.items() if name in kept}
            printed = {
                "number": entry.number,
                "about": kind_in_words(entry.kind),
                "what": what_in_words(entry, self.names),
                "when": str(entry.date) if entry.date else _when((entry.year, entry.quarter)),
                "document-was": entry.document,
                "was": size_in_words(entry, self.names),
            }
            lines.append(Line(f"corrects:{entry.number}", {**cells, "corrects": entry.number}, printed))
        columns = (
            KEY,
            "number",
            "about",
            "what",
            "when",
            "document-was",
            "was",
            "quantity",
            "date",
            "source",
            "document",
            "note",
        )
        return FormSheet("corrections", columns, tuple(lines))

    def _own(self, table: str) -> list[Row]:
        return [row for row in self.tables[table] if row["county"] == self.county]

    def _planned(self, item: str, year: int) -> Decimal | None:
        if self.adopted is None:
            return None
        return self.adopted.deliveries.get((item, self.county, year), Decimal(0))


def _total(sums: Mapping[tuple[str, str, int, int], Decimal], item: str) -> Decimal:
    return sum((size for (each, *_), size in sums.items() if each == item), Decimal(0))


def form_name(county: str, year: int, quarter: int) -> str:
    """The name of the file of a form; ``county``: as people call it."""
    return file_name(say("file-name", county=county, year=year, quarter=quarter))


def _when(period: tuple[int, int] | None) -> str:
    if period is None:
        return ""
    year, quarter = period
    return say("in-quarter", year=year, quarter=str(quarter)) if quarter else say("in-year", year=year)


def _offer(offered: dict[str, dict[str, Any]], name: str, key: str, cells: dict[str, Any]) -> None:
    """Offer a name in a list; two things of one name are told apart by their ids."""
    offered[name if name not in offered else f"{name} ({key})"] = cells


def printed_text(value: Any) -> str:
    """A locked cell as text, to be held against what comes back."""
    if value is None:
        return ""
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        exact = Decimal(format(value, ".15g")) if isinstance(value, float) else Decimal(value)
        return format(exact.normalize() + 0, "f") if exact.is_finite() else str(value)
    return " ".join(str(value).split())


def locked_columns(sheet: FormSheet) -> Sequence[str]:
    """The columns that a county leaves as they are."""
    return [column for column in sheet.columns if column not in (*ENTRIES, *PICKED)]


def keys_of(sheet: FormSheet) -> Iterable[str]:
    """The keys of all lines of a sheet, in their order."""
    yield from (line.key for line in sheet.lines)
    yield from sheet.spare_keys()
