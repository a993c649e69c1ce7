"""A unit of money in a title above a table (单位：元) or in the format of its figures, where the plan counts in another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from optplan.tables.characters import plain
from optplan.tables.content import Tables
from optplan.tables.findings import Finding, error
from optplan.tables.grid import Line, Source
from optplan.tables.money_units import same_money
from optplan.tables.schema import Kind
from optplan.tables.shown_figures import UNIT

CODE = "title-unit"
_SAID = re.compile(r"单位(?:都?[为是]|[:])?((?:人民币)?[百千万亿]*元)")


def units_said(lines: Iterable[Line], source: Source) -> Iterator[Finding]:
    """What the lines above the header of a table say about the unit of its money; to be held against the plan's."""
    if not any(column.kind is Kind.MONEY for column in source.table.columns):
        return
    for line in lines:
        for position, cell in enumerate(line.cells):
            if found := _SAID.search(re.sub(r"\s", "", plain(cell))) if isinstance(cell, str) else None:
                yield error(CODE, source.place(line.number, position, None), unit=found[1].removeprefix("人民币"))


def without_right_units(findings: Iterable[Finding], tables: Tables) -> list[Finding]:
    """The findings without those about titles and formats that say the plan's own unit."""
    currency = str(tables.setting("currency"))
    about = {CODE, UNIT}
    kept = [finding for finding in findings if finding.code not in about or not same_money(finding.values["unit"], currency)]
    for finding in kept:
        if finding.code in about:
            finding.values["currency"] = currency
    return kept
