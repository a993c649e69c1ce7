"""The table of a sweep as a file: CSV and JSON for programs, a workbook for people."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from math import ceil, isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any

from optplan.figures.criteria import measures_of
from optplan.files import write_atomically
from optplan.language import text
from optplan.sweeps.findings import SweepError, refused

if TYPE_CHECKING:
    from optplan.sweeps.runs import Runs
    from optplan.workbook.styles import Look

KINDS = (".csv", ".xlsx", ".json")
PICTURES = (".png", ".svg")
WIDEST = 13  # columns on a printed page
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def check_kind(path: Path, kinds: tuple[str, ...]) -> None:
    """Refuse a file whose name does not end in one of ``kinds``."""
    if path.suffix.lower() not in kinds:
        raise SweepError([refused("out-kind", str(path), kinds=" ".join(kinds))])


def write_table(sweep: Runs, path: Path) -> None:
    """Write the table of ``sweep``, whole or not at all. Raises :class:`SweepError` for a name of no known kind."""
    check_kind(path, KINDS)
    match path.suffix.lower():
        case ".csv":
            write_atomically(path, _csv(sweep).encode("utf-8-sig"))  # the mark tells Excel that it is UTF-8
        case ".json":
            content = json.dumps(document_of(sweep), ensure_ascii=False, indent=1) + "\n"
            write_atomically(path, content.encode("utf-8"))
        case _:
            _write_workbook(sweep, path)


def write_chart(sweep: Runs, path: Path) -> None:
    """Write the chart of ``sweep`` as a picture. Raises :class:`SweepError` if no point has a plan."""
    from optplan.charts.picture import picture, scalable_picture
    from optplan.sweeps.chart import sweep_chart

    check_kind(path, PICTURES)
    write_atomically(path, (picture if path.suffix.lower() == ".png" else scalable_picture)(sweep_chart(sweep)))


def document_of(sweep: Runs) -> dict[str, Any]:
    """The sweep as JSON content; amounts of money are text, so that they stay exact, as in a result file."""
    rows = sweep.table.to_dict("records")
    return {
        "sweep": sweep.design.name,
        "title": sweep.design.title,
        "plan": {"title": sweep.plan_title, "sha256": sweep.plan_sha256},
        "model": sweep.model.name,
        "complete": sweep.complete,
        "points": [{str(column): _plain(cell) for column, cell in row.items()} for row in rows],
    }


def _plain(cell: Any) -> Any:
    if isinstance(cell, Decimal):
        return format(cell.normalize() + 0, "f")
    if isinstance(cell, float):
        return None if isnan(cell) else int(cell) if cell.is_integer() else cell
    return cell


def _csv(sweep: Runs) -> str:
    table = sweep.table
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    for row in table.itertuples(index=False):
        writer.writerow([_cell(cell) for cell in row])
    return out.getvalue()


def _cell(cell: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    plain = _plain(cell)
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_STARTS_FORMULA) else cell
    return "" if plain is None else plain


def _write_workbook(sweep: Runs, path: Path) -> None:
    from optplan.sweeps.words import column_words
    from optplan.workbook.book import Book, letter
    from optplan.workbook.page import print_page, table_head
    from optplan.workbook.styles import HEADER, TEXT

    table, words, book = sweep.table, column_words(sweep), Book()
    sheet = book.add(sweep.design.title)
    columns = [str(column) for column in table.columns]
    account = text("sweep", "account", None, currency=sweep.currency, model=sweep.model.title)
    table_head(sheet, None, sweep.design.title, sweep.plan_title, account, 1, min(len(columns), WIDEST))
    sheet.line(4, 1, [words[column] for column in columns], HEADER)
    looks, wholes = [_look(sweep, column) for column in columns], _wholes(sweep)
    for row, (run, cells) in enumerate(zip(sweep.runs, table.itertuples(index=False), strict=True), start=5):
        for at, (column, look, cell) in enumerate(zip(columns, looks, cells, strict=True), start=1):
            value = run.status_words() if column == "status" else cell if isinstance(cell, Decimal) else _plain(cell)
            if column in wholes and isinstance(value, (int, float)):
                value = value / wholes[column]
            sheet.put(row, at, value, TEXT.but(wrap=column != "run") if isinstance(value, str) else look)
    first = len(sweep.design.axis or ["scenario"]) + 2
    wide = {"note": 40, "run": 24, "scenario": 32}
    sheet.widths([wide.get(column, 7 if column == "point" else 14) for column in columns])
    last_row = 4 + len(sweep.runs)
    sheet.worksheet.freeze_panes = f"{letter(first + 1)}5"
    sheet.worksheet.auto_filter.ref = f"A4:{letter(len(columns))}{last_row}"
    print_page(sheet, last_column=len(columns), last_row=last_row, title_rows=(4, 4), running_head=sweep.plan_title)
    sheet.worksheet.page_setup.fitToWidth = ceil(len(columns) / WIDEST)
    sheet.worksheet.print_title_cols = f"A:{letter(first)}"
    book.save(path, sweep.design.title)


def _wholes(sweep: Runs) -> dict[str, float]:
    """By what the columns of each criterion are divided, to read as in every other output."""
    measures = map(measures_of(sweep.tables), (criterion.name for criterion in sweep.model.criteria))
    return {f"{each.criterion}{side}": float(each.whole) for each in measures for side in ("", "_bound")}


def _look(sweep: Runs, column: str) -> Look:
    from optplan.workbook.criterion_look import criterion_look
    from optplan.workbook.styles import AMOUNT, CENTRED, FRACTIONAL, NUMBER, PLAIN_SCORE, Look

    criterion = column.removesuffix("_bound")
    if column in {"total_cost", "requested"} or column.startswith("spent_"):
        return AMOUNT
    if criterion in {each.name for each in sweep.model.criteria}:
        return criterion_look(measures_of(sweep.tables)(criterion))
    if column.startswith(("delivered_", "shortfall_")):
        whole = all(float(cell).is_integer() for cell in sweep.table[column].dropna())
        return NUMBER if whole else Look(FRACTIONAL, "right")
    for axis in sweep.design.axis:
        if axis.name == column:
            return Look("0.##%" if axis.in_percent else "General", "center")
    return CENTRED if column == "point" else Look(PLAIN_SCORE, "right")
