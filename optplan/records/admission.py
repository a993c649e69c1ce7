"""Whether what somebody enters may be kept: is it complete, does it fit the plan, may this person say it, is the quarter open.

Everything wrong is named at its cell; nothing is kept of entries with an error in them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from optplan.records.agreement import Beside
from optplan.records.declaration import CONFIRMATION, FILLED, HIRE, KEPT, OPENING, ORDER, RECORDS, SPENDING, START, SUBJECTS
from optplan.records.findings import RecordError, odd, wrong
from optplan.records.plausibility import Likely
from optplan.records.record import Record, record_of
from optplan.records.records import Records, first_day, last_day, quarter_of
from optplan.tables.content import Row, Tables
from optplan.tables.declarations import TABLES
from optplan.tables.findings import Finding, error
from optplan.tables.names import called
from optplan.tables.references import near

GIVEN = {"county": "counties", "item": "items", "team": "teams", "project": "projects", "fund": "funds"}
KIND_OF_ITEM = {"delivery": "goods", "order": "goods"}


@dataclass(frozen=True)
class Admission:
    """What it takes to admit entries: the plan's tables, the day on which they are entered, for nothing of the future has
    happened, and whose ``counties`` the person may speak for. ``None`` is the city, which may speak for all of them and enters
    into confirmed quarters too.
    """

    tables: Tables
    today: date
    counties: Collection[str] | None = None

    def admit(self, rows: Sequence[Row], records: Records, who: str, at: str) -> tuple[tuple[Record, ...], list[Finding]]:
        """The entries that ``rows`` become at the end of ``records``, with what a person should look at.

        Raises :class:`RecordError` with every finding if one of them is an error.
        """
        rows = [self._completed(row) for row in _renumbered(rows, records.next_number)]
        findings = [finding for row in rows for finding in self._of_row(row, records)]
        entries: list[Record] = []
        if not any(finding.severity == "error" for finding in findings):
            beside, likely = Beside(self.tables, records), Likely(self.tables, records)
            for number, row in enumerate(rows, start=records.next_number):
                record = record_of({**row.values, "number": number, "who": who, "at": at})
                found = list(beside.check(record, row))
                findings += found
                if not any(finding.severity == "error" for finding in found):
                    findings += likely.check(record, row)
                    beside.add(record)
                    likely.add(record)
                entries.append(record)
        if any(finding.severity == "error" for finding in findings):
            raise RecordError(findings)
        return tuple(entries), findings

    def faults(self, rows: Sequence[Row], records: Records, known: Sequence[Finding]) -> list[Finding]:
        """What is wrong with rows beside the errors that are ``known`` from reading them, so that all can be mended at once."""
        told = {_cell(finding) for finding in known}
        try:
            self.admit(rows, records, "", "")
        except RecordError as problem:
            return [finding for finding in problem.findings if _cell(finding) not in told]
        return []

    # -- a row by itself -----------------------------------------------------------------------------------------------

    def _completed(self, row: Row) -> Row:
        """The row with what follows from what it says: the county and item of a team or project, the quarter of a date."""
        values: dict[str, Any] = {name: value for name, value in row.values.items() if name not in KEPT}
        kind, day = values.get("kind"), values.get("date")
        owner = self._owners.get(("team", values.get("team"))) or (
            self._owners.get(("project", values.get("project"))) if kind in {START, OPENING} else None
        )
        if owner is not None:
            values.setdefault("county", owner["county"])
            values.setdefault("item", owner["item"])
        if kind in {START, OPENING}:
            values.setdefault("quantity", Decimal(1))
        if day is not None:
            values.setdefault("year", day.year)
            values.setdefault("quarter", str(quarter_of(day)))
        if kind in FILLED and kind != CONFIRMATION:
            values.setdefault("basis", "statistics")
        return replace(row, values=values)

    @cached_property
    def _owners(self) -> Mapping[tuple[str, Any], Row]:
        found = {("team", row["team"]): row for row in self.tables["teams"]}
        return found | {("project", row["project"]): row for row in self.tables["projects"]}

    def _of_row(self, row: Row, records: Records) -> Iterator[Finding]:
        kind = row["kind"]
        if kind not in FILLED:
            return
        must, may = FILLED[kind]
        for name in ("county", *must):
            if not row.given(name):
                yield wrong("cell-blank", row.place(name), column=name)
        if not (row.given("year") and row.given("quarter")):
            yield wrong("record-when", row.place("quarter" if row.given("year") else "year"))
        if kind != CONFIRMATION and not row.given("source"):
            yield wrong("cell-blank", row.place("source"), column="source")
        for name in SUBJECTS:
            if row.given(name) and name not in (*must, *may) and not (kind in {START, OPENING} and name == "quantity"):
                yield wrong("record-cell-unwanted", row.place(name), column=name, kind=kind)
        yield from self._references(row)
        yield from self._fits(row)
        yield from self._time(row, kind)
        yield from self._allowed(row, records)

    @cached_property
    def _known(self) -> Mapping[str, dict[str, Row]]:
        """The rows that a record may name, by column and id."""
        return {name: {row[TABLES[table].key[0]]: row for row in self.tables[table]} for name, table in GIVEN.items()}

    def _references(self, row: Row) -> Iterator[Finding]:
        for name, table in GIVEN.items():
            value, known = row.values.get(name), self._known[name]
            if value is not None and value not in known:
                by_name = next((key for key, name_of in called(self.tables)[name].items() if name_of == value), None)
                meant = by_name or near(value, known)
                hint = "name" if by_name else "none" if meant == "—" else "near"
                yield error("reference-missing", row.place(name), value=value, table=table, near=meant, hint=hint)

    def _fits(self, row: Row) -> Iterator[Finding]:
        """Whether item, team, project and fund are what this kind of record speaks of, and quantities such as they can be."""
        kind, county, quantity = row["kind"], row.values.get("county"), row.values.get("quantity")
        item = self._known["item"].get(row.values.get("item") or "")
        wanted = KIND_OF_ITEM.get(kind)
        if item is not None and wanted is not None and item["kind"] != wanted:
            yield wrong("record-item-kind", row.place("item"), item=item["name"], kind=item["kind"])
        if item is not None and kind == ORDER and not item["lead_years"]:
            yield wrong("record-order-without-lead", row.place("item"), item=item["name"])
        owned = {"team": (HIRE,), "project": (START, OPENING, SPENDING)}
        for name, kinds in owned.items():
            owner = self._owners.get((name, row.values.get(name)))
            if owner is None or kind not in kinds:
                continue
            if county is not None and owner["county"] != county:
                yield wrong("record-elsewhere", row.place(name), name=owner["name"], county=self._county(owner["county"]))
            elif row.given("item") and row["item"] != owner["item"] and kind != SPENDING:
                yield wrong("record-other-item", row.place("item"), name=owner["name"], item=owner["item"])
        fund = self._known["fund"].get(row.values.get("fund") or "")
        if fund is not None and row.given("class") and fund["pays"] not in {row["class"], "both"}:
            yield wrong("record-not-paid", row.place("class"), fund=fund["name"], kind=row["class"])
        yield from self._size(row, item, quantity)

    def _size(self, row: Row, item: Row | None, quantity: Decimal | None) -> Iterator[Finding]:
        kind = row["kind"]
        if quantity is not None:
            whole = kind in {HIRE, START, OPENING} or (item is not None and item["whole"])
            if whole and quantity != quantity.to_integral_value():
                yield wrong("record-not-whole", row.place("quantity"), value=quantity)
            elif kind in {START, OPENING} and quantity not in {0, 1}:
                yield wrong("record-one-project", row.place("quantity"), value=quantity)
        size_at = "amount" if kind == SPENDING else "quantity"
        if row.values.get(size_at) == 0 and not row.given("corrects"):
            yield wrong("record-of-nothing", row.place(size_at))

    def _time(self, row: Row, kind: str) -> Iterator[Finding]:
        year, day = row.values.get("year"), row.values.get("date")
        first, last = self.tables.setting("first_year"), self.tables.setting("last_year")
        closed = self.tables.setting("closed_through")
        if year is None or not row.given("quarter"):
            return
        quarter = int(row["quarter"])
        at = "date" if day is not None and "year" not in row.letters else "year"
        if not first <= year <= last:
            yield error("year-outside", row.place(at), year=year, first=first, last=last)
            return
        if closed is not None and year <= closed:
            yield wrong("record-year-closed", row.place(at), year=year)
        if day is not None and (day.year, quarter_of(day)) != (year, quarter):
            yield wrong("record-date-outside", row.place("date"), date=day, year=year, quarter=quarter)
        elif day is not None and day > self.today:
            yield wrong("record-in-future", row.place("date"), date=day)
        elif kind == CONFIRMATION and last_day(year, quarter) >= self.today:
            yield wrong("record-confirmed-early", row.place("quarter"), year=year, quarter=quarter)
        elif first_day(year, quarter) > self.today:
            yield wrong("record-in-future", row.place("quarter"), date=first_day(year, quarter))

    def _allowed(self, row: Row, records: Records) -> Iterator[Finding]:
        if not row.given("county"):
            return
        if self.counties is None:
            yield from self._after_confirmation(row, records)
            return
        if row["kind"] == CONFIRMATION:
            yield wrong("record-confirms-city", row.place("kind"))
        elif row["county"] not in self.counties:
            yield wrong("record-other-county", row.place("county"), county=self._county(row["county"]))
        if row["kind"] == CONFIRMATION or not (row.given("year") and row.given("quarter")):
            return
        period = row["county"], row["year"], int(row["quarter"])
        before = records.number(row.values.get("corrects") or 0)
        for locked, at in ((period, "quarter"), (before.period if before else None, "corrects")):
            if locked is not None and locked in records.confirmed:
                yield wrong(
                    "record-quarter-locked", row.place(at), county=self._county(locked[0]), year=locked[1], quarter=locked[2]
                )
                return

    def _after_confirmation(self, row: Row, records: Records) -> Iterator[Finding]:
        """The city may enter into a confirmed quarter, and is told that it does."""
        if row["kind"] == CONFIRMATION or not (row.given("year") and row.given("quarter")):
            return
        if (row["county"], row["year"], int(row["quarter"])) in records.confirmed:
            yield odd(
                "record-after-confirmation", row.place("quarter"), county=self._county(row["county"]), year=row["year"],
                quarter=row["quarter"],
            )  # fmt: skip

    def _county(self, county: str) -> str:
        return called(self.tables)["county"].get(county, county)


def _cell(finding: Finding) -> tuple[object, ...]:
    place = finding.place
    return place.file, place.sheet, place.row, place.column


def _renumbered(rows: Sequence[Row], first: int) -> Iterator[Row]:
    """Rows whose corrections name rows among them by the numbers that these had elsewhere, by those that they will have here."""
    moved = {row.values["number"]: number for number, row in enumerate(rows, start=first) if row.given("number")}
    for row in rows:
        corrects = row.values.get("corrects")
        yield replace(row, values={**row.values, "corrects": moved[corrects]}) if corrects in moved else row


def confirmations(year: int, quarter: int, counties: Iterable[str], source: str = "") -> list[Row]:
    """Rows that confirm a quarter for each of ``counties``."""
    values: dict[str, Any] = {"kind": CONFIRMATION, "year": year, "quarter": str(quarter)}
    return [
        Row(RECORDS, {**values, "county": county, **({"note": source} if source else {})}, file=county) for county in counties
    ]
