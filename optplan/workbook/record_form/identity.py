"""What a form says of itself on a hidden sheet: of which plan, county and quarter it is, and what stood in its locked cells.

The hash over it all tells what was changed by mistake. Whoever wants to can change both; nothing in it lets an entry pass that
would not pass without it.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from optplan.workbook.record_form.layout import FormSheet, Layout, keys_of, locked_columns, printed_text

HIDDEN = "_optplan_form"
FORMAT = "optplan-record-form 1"


@dataclass(frozen=True)
class Identity:
    """Of which plan (title and hash), county and quarter a form is, in which language; ``form`` is its own name."""

    title: str
    sha256: str
    county: str
    county_name: str
    year: int
    quarter: int
    language: str
    form: str


@dataclass(frozen=True)
class Printed:
    """``labels``: the headers of each sheet. ``lines``: the texts of the locked cells by sheet and key, in order of columns."""

    identity: Identity
    labels: dict[str, list[str]]
    lines: dict[tuple[str, str], list[str]]


def new_form() -> str:
    """A name that no other form has."""
    return secrets.token_hex(4)


def printed(layout: Layout, identity: Identity) -> Printed:
    """What stands in the locked cells of a form."""
    labels = {sheet.name: [sheet.label(column) for column in sheet.columns] for sheet in layout.sheets}
    lines = {(sheet.name, key): list(_locked(sheet, key)) for sheet in layout.sheets for key in keys_of(sheet)}
    return Printed(identity, labels, lines)


def _locked(sheet: FormSheet, key: str) -> Iterator[str]:
    line = next((each for each in sheet.lines if each.key == key), None)
    for column in locked_columns(sheet):
        yield key if column == "key" else printed_text(line.printed.get(column)) if line else ""


def rows_of(told: Printed) -> list[list[str]]:
    """The rows of the hidden sheet."""
    rows = [[FORMAT, _plain(asdict(told.identity))]]
    rows += [["sheet", name, _plain(labels)] for name, labels in told.labels.items()]
    rows += [["line", name, key, _plain(texts)] for (name, key), texts in told.lines.items()]
    return [*rows, ["check", _hash(rows)]]


def read_rows(rows: Iterable[Sequence[Any]]) -> Printed | None:
    """What a hidden sheet says, or ``None`` if it is not as it was written."""
    texts = [[str(cell) for cell in row if cell is not None] for row in rows]
    texts = [row for row in texts if row]
    if len(texts) < 2 or texts[-1] != ["check", _hash(texts[:-1])] or texts[0][0] != FORMAT:
        return None
    try:
        identity = Identity(**json.loads(texts[0][1]))
        labels = {row[1]: list(json.loads(row[2])) for row in texts if row[0] == "sheet"}
        lines = {(row[1], row[2]): list(json.loads(row[3])) for row in texts if row[0] == "line"}
    except (ValueError, TypeError, IndexError):
        return None
    return Printed(identity, labels, lines)


def _plain(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _hash(rows: Sequence[Sequence[str]]) -> str:
    return hashlib.sha256(_plain([list(row) for row in rows]).encode()).hexdigest()
