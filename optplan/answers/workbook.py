"""An answer as a workbook: what was asked and what stands out on the front, a sheet for each of its tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING, Any

from optplan.answers.measured import Measured
from optplan.figures.criteria import Measure, measures_of
from optplan.figures.proven import outcome
from optplan.language import find, text, year_name
from optplan.language.lists import clauses, listed
from optplan.tables.names import called
from optplan.tables.units import currency_name
from optplan.workbook.book import Book, Sheet, display_width, say
from optplan.workbook.criterion_look import criterion_look
from optplan.workbook.page import print_page, table_head
from optplan.workbook.schedule.frame import HEADER_ROW, Numbering
from optplan.workbook.styles import (
    CLOSED_FILL,
    FLEXIBLE_FILL,
    GENERAL,
    GOOD_FILL,
    HEADER,
    NOTE,
    SECTION,
    TEXT,
    TITLE,
    UP_TO_SIX_DECIMALS,
    Look,
)

if TYPE_CHECKING:
    import pandas as pd

    from optplan.tables.content import Tables

WIDTHS = [4.0, 40, 50, 16]
LAST = len(WIDTHS)
FIGURE = Look(UP_TO_SIX_DECIMALS, "right")
YEARS = frozenset({"year", "start", "opens", "from_year", "to_year", "by_year"})  # columns that hold years
WIDEST, NARROWEST = 46.0, 10.0
TONES = {"firm": GOOD_FILL, "flexible": FLEXIBLE_FILL, "unknown": CLOSED_FILL}
CODED = ("kind", "of", "verdict", "class")  # columns whose values are codes
# what the subjects of a kind are; items otherwise
SUBJECTS = {"opening": "project", "project": "project", "target": "target", "hires": "team", "team": "team"}


@dataclass(frozen=True)
class Sheets:
    """What a workbook of an answer holds: its JSON ``document``, its ``tables`` by name, its ``sentences``, the plan's tables.

    ``tones``: by table, the name of each cell's colour (:data:`TONES`), where it has one.
    """

    document: Mapping[str, Any]
    tables: Mapping[str, pd.DataFrame]
    sentences: Sequence[str]
    plan: Tables
    tones: Mapping[str, pd.DataFrame] = field(default_factory=dict)


def workbook_of(answer: Sheets) -> bytes:
    """An answer as the bytes of a workbook in the current language."""
    title = text("answers", f"title-{answer.document['question']}", None, plan=answer.document["plan"]["title"])
    book = Book()
    front = book.add(text("answers", "sheet-front"))
    numbering = Numbering(book)
    names, measure_in = called(answer.plan), measures_of(answer.plan)
    criteria = frozenset(criterion["name"] for criterion in answer.document["model_content"]["criteria"])
    for name, frame in answer.tables.items():
        label = text("answers", f"table-{name}")
        sheet, number = numbering.add(label, label)
        measured = Measured(name, criteria, measure_in)
        shown = frame.copy()
        for column in frame.columns:  # years are numbers
            shown[column] = _in_words(frame, column, names, measured)
        looks = _looks(frame, measured)
        for column, own in looks.items():
            shown[column] = [_shown(value, measure) for value, measure in zip(frame[column], own, strict=True)]
        _table(sheet, number, label, shown, title, currency_name(answer.plan), answer.tones.get(name), measured, looks)
    _front(front, answer, numbering, title)
    return book.content(title)


def _front(sheet: Sheet, answer: Sheets, numbering: Numbering, title: str) -> None:
    sheet.widths(WIDTHS)
    sheet.merged(2, 1, LAST, title, TITLE.but(size=18, wrap=True))
    sheet.height(2, 40 if display_width(title) <= 60 else 72)
    sheet.merged(3, 1, LAST, say("made-by-line"), NOTE.but(wrap=False))
    row = 5
    for name, value in _facts(answer.document, called(answer.plan)):
        sheet.put(row, 2, text("answers", f"front-{name}"), TEXT.but(bold=True, fill=HEADER.fill))
        sheet.merged(row, 3, LAST, value, TEXT)
        row += 1
    row += 1
    sheet.merged(row, 1, LAST, text("answers", "front-said"), SECTION)
    for said in answer.sentences:
        row += 1
        sheet.merged(row, 1, LAST, said, TEXT.but(border=False))
    row = numbering.write_contents(sheet, row + 2, LAST)
    print_page(sheet, last_column=LAST, last_row=row, title_rows=None, landscape=False)


def _facts(document: Mapping[str, Any], names: Mapping[str, Mapping[str, str]]) -> list[tuple[str, str]]:
    asked = clauses(
        text(
            "answers", "front-asked-line", None, name=find("answers", f"asked-{name}") or name, value=_written(name, value, names)
        )
        for name, value in document["asked"].items()
        if value not in (None, "", [], False, 0)
    )
    return [
        ("asked", asked),
        ("plan", f"{document['plan']['title']} ({document['plan']['sha256'][:16]})"),
        ("model", str(document["model"])),
        ("status", text("answers", f"status-{document['status']}")),
    ]


def _written(name: str, value: Any, names: Mapping[str, Mapping[str, str]]) -> str:
    """What was asked by a name, with names instead of ids."""
    if isinstance(value, list):
        return listed(_written(name, each, names) for each in value)
    if isinstance(value, bool):
        return say("yes")
    said = str(value)
    return {
        "kinds": find("answers", f"cell-kind-{said}") or said,
        "by": find("answers", f"asked-by-{said}") or said,
        "fund": names["fund"].get(said, said),
        "items": names["item"].get(said, said),
    }.get(name, said)


def _looks(frame: pd.DataFrame, measured: Measured) -> dict[Any, list[Measure | None]]:
    """By column that holds values of criteria, how each of its cells is shown."""
    rows: list[Mapping[Any, Any]] = list(frame.to_dict("records"))
    of_columns = {column: list(map(measured.column(column), rows)) for column in frame.columns}
    return {column: own for column, own in of_columns.items() if any(own)}


def _shown(value: Any, measure: Measure | None) -> Any:
    """A value of a criterion as a cell holds it."""
    return value if measure is None or value is None or value != value else float(value) / float(measure.whole)  # noqa: PLR0124


def _in_words(frame: pd.DataFrame, column: Any, names: Mapping[str, Mapping[str, str]], measured: Measured) -> list[Any]:
    """The cells of a column with names instead of ids, and what codes mean."""
    if column == "criterion":
        return [measured.criterion(value) or value for value in frame[column]]
    if column == "status":
        return [outcome(value) for value in frame[column]]
    told = next((frame[name] for name in ("of", "kind") if name in frame), [""] * len(frame))
    kinds = [SUBJECTS.get(str(kind), "item") for kind in told]
    found = []
    for kind, value in zip(kinds, frame[column], strict=True):
        known = names.get(kind if column == "subject" else column, {})
        said = find("answers", f"cell-{column}-{value}") if column in CODED and isinstance(value, str) else None
        found.append(said or (known.get(value, value) if isinstance(value, str) else value))
    return found


def _table(
    sheet: Sheet,
    number: int,
    label: str,
    frame: pd.DataFrame,
    title: str,
    currency: str,
    tones: pd.DataFrame | None,
    measured: Measured,
    looks: Mapping[Any, Sequence[Measure | None]],
) -> None:
    last = max(len(frame.columns), 2)
    table_head(sheet, number, label, say("made-by-line"), say("currency-unit", currency=currency), 1, last)
    heads = [measured.head(name) or find("answers", f"column-{name}") or _year_or_name(str(name)) for name in frame.columns]
    sheet.line(HEADER_ROW, 1, heads, HEADER)
    widths = [min(WIDEST, max(NARROWEST, display_width(each) + 3)) for each in heads]
    row = HEADER_ROW
    for at, cells in enumerate(frame.itertuples(index=False)):
        row += 1
        for column, value in enumerate(cells, start=1):
            shown = cell_of(value)
            measure = looks[name][at] if (name := frame.columns[column - 1]) in looks else None
            look = (
                TEXT
                if isinstance(shown, str) or shown is None
                else criterion_look(measure, finer=True)
                if measure is not None
                else FIGURE
                if isinstance(shown, (float, Decimal))
                else Look(GENERAL, "right", year=name in YEARS)
            )
            tone = "" if tones is None else TONES.get(str(tones.iat[at, column - 1]), "")
            sheet.put(row, column, shown, look.but(fill=tone, align="center") if tone else look)
            widths[column - 1] = min(WIDEST, max(widths[column - 1], display_width(str(shown or "")) + 2))
    if tones is not None:
        sheet.merged(row + 2, 1, last, text("answers", "tones"), NOTE.but(wrap=True))
        sheet.height(row + 2, 30)
    sheet.widths(widths)
    sheet.worksheet.freeze_panes = f"A{HEADER_ROW + 1}"
    print_page(sheet, last_column=last, last_row=row, title_rows=(HEADER_ROW, HEADER_ROW), running_head=title)


def _year_or_name(column: str) -> str:
    return year_name(int(column)) if column.isdecimal() else column


def cell_of(value: Any) -> Any:
    """A value of a table as a cell takes it; what is not known is blank."""
    if value is None or (isinstance(value, float) and not isfinite(value)):
        return None
    if isinstance(value, bool) or type(value).__name__ == "bool_":
        return say("yes") if value else say("no")
    if hasattr(value, "item") and not isinstance(value, (str, Decimal)):
        return value.item()
    return value
