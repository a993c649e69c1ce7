"""Whether the sheets of counties are still what their hidden ids say: sheet, name and id of every row must agree.

People sort, copy, cut and merge what they see; ids stay behind, or go along without the names. A figure is taken only from a
row of which all signs say the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from optplan.tables.content import Tables
from optplan.tables.findings import Finding, Place, error, warning
from optplan.tables.grid import is_blank
from optplan.tables.merged import Merge
from optplan.tables.units import unit_name
from optplan.workbook.edited.alignment import Aligned, same_text
from optplan.workbook.edited.expected import ExpectedSheet, Live
from optplan.workbook.edited.record import Record
from optplan.workbook.edited.sheets import IdSheet, word
from optplan.workbook.schedule.county import EXTRA, NAME, UNIT

MOST_NAMED = 40  # cells of one sheet that do not agree; more of the same help nobody
SHOWN = 60  # characters of a cell that a finding quotes


def county_faults(aligned: Aligned, record: Record, others: Sequence[str]) -> list[Finding]:
    """What does not agree on a county's sheet. ``others``: names of the sheets of the other counties as exported."""
    found = [*_names_of_sheet(aligned, record, others), *_headers(aligned)]
    if not any(finding.severity == "error" for finding in found):
        found += [*_rows(aligned), *_merged(aligned)]
    return found[:MOST_NAMED]


def _names_of_sheet(aligned: Aligned, record: Record, others: Sequence[str]) -> Iterator[Finding]:
    due, sheet = aligned.due, aligned.sheet
    if word(sheet.name).casefold() in {word(other).casefold() for other in others}:
        yield error("edit-sheet-named-other", sheet.place(), county=due.title)
    elif word(sheet.name) != word(due.title):
        yield warning("edit-sheet-renamed", sheet.place(), county=due.title)
    seal = word(sheet.at(sheet.top, sheet.first + 2))
    if seal and seal != record.seal:
        yield error("edit-sheet-foreign", sheet.place(sheet.top, sheet.first + 2), county=due.title)
    title = next((value for row, cells in sorted(due.rows.items()) if row == 1 for value in cells.values()), "")
    head = [word(cell) for cells in sheet.cells[: sheet.top + 60] for cell in cells if isinstance(cell, str)]
    if title and not any(word(title) in said for said in head):
        yield error("edit-title", sheet.place(sheet.top + 1, aligned.columns.get(NAME - 2, 0)), title=title[:SHOWN])


def _headers(aligned: Aligned) -> Iterator[Finding]:
    """Headers of columns that stand elsewhere, twice or not at all: the years above all."""
    sheet = aligned.sheet
    row = aligned.rows.get(aligned.header, sheet.top + aligned.header)
    for column, value in aligned.lost:
        at = aligned.columns.get(column, column)
        yield error("edit-header", sheet.place(row, at), header=value, value=word(sheet.at(row, at))[:SHOWN])
    for row, column, due, now in aligned.cells():
        if row in aligned.due.id_rows or isinstance(due, (Live, str)) or column < UNIT or same_text(now, due):
            continue
        yield error("edit-header", sheet.place(aligned.rows[row], aligned.columns[column]), header=due, value=word(now)[:SHOWN])


def _rows(aligned: Aligned) -> Iterator[Finding]:
    due, sheet = aligned.due, aligned.sheet
    names = {row: due.rows[row].get(NAME - 1) for row in due.id_rows}
    for row, cell in _unknown(aligned):
        yield error("edit-id-unknown", sheet.place(row, aligned.columns[NAME - 1]), key=cell[:SHOWN])
    for row in due.id_rows:
        if row not in aligned.rows:
            continue
        for column in (NAME - 1, UNIT - 1):
            wanted = due.rows[row].get(column, "")
            if (row, column) in due.entries or not isinstance(wanted, str):
                continue
            now = aligned.at(row, column)
            if not same_text(now, wanted) and not (column == UNIT - 1 and unit_name(word(now), "en") == wanted):
                place = sheet.place(aligned.rows[row], aligned.columns[column])
                yield error("edit-label", place, value=word(now)[:SHOWN], due=wanted[:SHOWN])
    lost = {row: name for row, name in names.items() if row not in aligned.rows}
    for row, name in lost.items():
        if any(at == row for at, _ in due.entries):
            yield error("edit-row-missing", _where_lost(aligned, row, name), name=str(name)[:SHOWN])
    yield from _own_rows(aligned, {word(name) for row, name in names.items() if any(at == row for at, _ in due.entries)})


def _where_lost(aligned: Aligned, row: int, name: object) -> Place:
    """The cell in which the name of a row stands that has lost its ids; the sheet if the row is gone altogether."""
    sheet, column = aligned.sheet, aligned.columns[NAME - 1]
    taken = set(aligned.rows.values())
    at = next((at for at in range(len(sheet.cells)) if at not in taken and same_text(sheet.at(at, column), name)), None)
    if at is not None:
        return sheet.place(at, column)
    before = max((now for was, now in aligned.rows.items() if was < row), default=None)
    return sheet.place(before + 1, column) if before is not None else sheet.place()


def _unknown(aligned: Aligned) -> Iterator[tuple[int, str]]:
    """Rows with ids that the county's sheet has not: of another county, or invented."""
    for (kind, key), row in aligned.sheet.rows.items():
        if (kind, key) not in aligned.due.ids:
            yield row, f"{kind} {key}".strip()


def _own_rows(aligned: Aligned, names: set[str]) -> Iterator[Finding]:
    """Figures under the years in rows without ids: read by nobody, and perhaps meant."""
    sheet, taken = aligned.sheet, set(aligned.rows.values()) | set(aligned.sheet.rows.values())
    years = [aligned.columns[column] for column in sorted({column for _, column in aligned.due.entries if column >= UNIT})]
    for row in range(aligned.rows.get(aligned.header, sheet.top) + 1, len(sheet.cells)):
        figure = next((at for at in years if not is_blank(sheet.at(row, at))), None)
        if row in taken or figure is None:
            continue
        if word(sheet.at(row, aligned.columns[NAME - 1])) in names:
            yield error("edit-row-copied", sheet.place(row, figure), name=word(sheet.at(row, aligned.columns[NAME - 1]))[:SHOWN])
        else:
            yield warning("edit-row-own", sheet.place(row, figure))


def _merged(aligned: Aligned) -> Iterator[Finding]:
    """Merged cells over figures: what they hide is lost, and for which cell the rest is meant nobody can tell."""
    sheet, due = aligned.sheet, aligned.due
    read = [(aligned.rows[row], aligned.columns[column]) for row, column in due.entries if row in aligned.rows]
    read += [(aligned.rows[row], aligned.columns[NAME - 1]) for row in due.id_rows if row in aligned.rows]
    by_row: dict[int, list[int]] = defaultdict(list)
    for row, column in read:
        by_row[row].append(column)
    for merge in sheet.merges:
        if (over := _first_within(merge, by_row)) is not None:
            yield error("edit-merged", sheet.place(*over), range=str(merge))


def _first_within(merge: Merge, by_row: dict[int, list[int]]) -> tuple[int, int] | None:
    for row in range(merge.top - 1, merge.bottom):
        for column in sorted(by_row.get(row, ())):
            if merge.left <= column <= merge.right:
                return row, column
    return None


def copies(sheets: Sequence[IdSheet], due: Sequence[ExpectedSheet], tables: Tables) -> tuple[dict[str, IdSheet], list[Finding]]:
    """The sheet of each county. Two sheets of one county are refused where they differ in what a person may change."""
    titles = {(sheet.kind, sheet.holder): sheet.title for sheet in due}
    entries = {sheet.holder: {sheet.id_rows[row] for row, _ in sheet.entries if row in sheet.id_rows} for sheet in due}
    counties = {row["county"] for row in tables["counties"]}
    by_holder: dict[str, list[IdSheet]] = defaultdict(list)
    found: list[Finding] = []
    for sheet in sheets:
        if sheet.kind == "county":
            if sheet.holder in counties:
                by_holder[sheet.holder].append(sheet)
            else:
                found.append(error("edit-county-unknown", sheet.place(sheet.top, sheet.first + 1), key=sheet.holder[:SHOWN]))
    chosen: dict[str, IdSheet] = {}
    for county, same in by_holder.items():
        title = titles["county", county]
        first = next((sheet for sheet in same if word(sheet.name) == word(title)), same[0])
        chosen[county] = first
        for other in same:
            if other is not first:
                differing = list(_differences(first, other, entries[county]))[: MOST_NAMED // 4]
                found += differing or [warning("edit-sheet-copy", other.place(), county=title, sheet=first.name)]
    return chosen, found


def _differences(one: IdSheet, other: IdSheet, decided: set[tuple[str, str]]) -> Iterator[Finding]:
    """The cells in which two sheets of one county differ, each named on both."""
    for key in sorted(decided):
        row, copied = one.rows.get(key), other.rows.get(key)
        if row is None or copied is None:
            if row != copied:
                without = one if row is None else other
                yield error("edit-row-missing", without.place(), name=key[1])
            continue
        for step in range(EXTRA, max(len(one.cells[row]) - one.first, len(other.cells[copied]) - other.first)):
            a, b = (one, row, one.first + step), (other, copied, other.first + step)
            if word(a[0].at(*a[1:])) != word(b[0].at(*b[1:])):
                for (here, at, column), (there, beyond, across) in ((a, b), (b, a)):
                    yield error(
                        "edit-sheet-twice", here.place(at, column), value=word(here.at(at, column))[:SHOWN],
                        other=str(there.place(beyond, across)).partition("!")[2], there=word(there.at(beyond, across))[:SHOWN],
                    )  # fmt: skip
