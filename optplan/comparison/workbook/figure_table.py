"""Figures of one kind side by side: a row for each, a column for each result, and the differences as formulas."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from optplan.comparison.criteria import shown_criteria
from optplan.comparison.figures import Difference, Key, Section
from optplan.figures.criteria import Measure
from optplan.language import text
from optplan.language.numbers import decimal_of
from optplan.workbook.book import Formula, Sheet, letter, say
from optplan.workbook.criterion_look import criterion_head, criterion_look
from optplan.workbook.page import print_page, table_head
from optplan.workbook.schedule.frame import HEADER_ROW, column_sum
from optplan.workbook.styles import AMOUNT, CENTRED, COUNT, FRACTIONAL, HEADER, INTEGER, TEXT, TOTAL, YEAR, Look

if TYPE_CHECKING:
    from optplan.comparison.sides import Sides

ABSENT = "—"
NARROW, WIDE = 8.0, 34.0
YEARS = {"year"}


class FigureTable:
    """A section of a comparison on a sheet of its own. ``rows`` gives the row of each figure by its key."""

    def __init__(
        self,
        sheet: Sheet,
        number: int,
        comparison: Sides,
        section: Section,
        names: Mapping[tuple[str, Any], str],
        words: tuple[str, str, str],
    ) -> None:
        self.sheet, self.comparison, self.section, self.names = sheet, comparison, section, names
        self.rows: dict[Key, int] = {}
        criteria = shown_criteria(comparison) if section.name == "criteria" else []
        self.measures = {line.key: measure for measure, line in criteria}
        self.lines = [_in_cells(*each) for each in criteria] or comparison.differences(section.name)
        title, heading, currency = words
        labels = comparison.labels
        self.first_value = 1 + len(section.keys)
        self.first_difference = self.first_value + len(labels)
        self.last = self.first_difference + len(labels) - 2
        unit = say("currency-unit", currency=currency) if section.money else ""
        table_head(sheet, number, heading, say("made-by-line"), unit, 1, self.last)
        heads = [text("compare", f"column-{key}") for key in section.keys]
        heads += [*labels, *(f"{label} − {labels[0]}" for label in labels[1:])]
        sheet.line(HEADER_ROW, 1, heads, HEADER)
        sheet.widths([NARROW if key in YEARS else WIDE if len(section.keys) < 3 else 22 for key in section.keys])
        sheet.widths([14.0] * (2 * len(labels) - 1), self.first_value)
        self.last_row = self._write()
        sheet.worksheet.freeze_panes = f"{letter(self.first_value)}{HEADER_ROW + 1}"
        print_page(sheet, last_column=self.last, last_row=self.last_row, title_rows=(HEADER_ROW, HEADER_ROW), running_head=title)

    def cell(self, key: Key, label: str) -> str | None:
        """The figure of a result, as other sheets name the cell; ``None`` where the table does not hold it."""
        row = self.rows.get(key)
        return None if row is None else f"{self.sheet.quoted}{letter(self.column(label))}{row}"

    def column(self, label: str) -> int:
        """The column of a result's figures."""
        return self.first_value + self.comparison.labels.index(label)

    def _write(self) -> int:
        row = HEADER_ROW
        for line in self.lines:
            row += 1
            self.rows[line.key] = row
            for column, (key, part) in enumerate(zip(self.section.keys, line.key, strict=True), start=1):
                self._key(row, column, key, part, self.measures.get(line.key))
            self._figures(row, line)
        if not self.lines:
            row += 1
            self.sheet.merged(row, 1, self.last, text("compare", "nothing-differs"), TEXT)
        elif self.section.money:
            row += 1
            self._sums(row)
        return row

    def _key(self, row: int, column: int, key: str, part: Any, measure: Measure | None) -> None:
        if key in YEARS:
            self.sheet.put(row, column, part, YEAR.but(format=say("format-year")))
        elif measure is not None:
            self.sheet.put(row, column, criterion_head(measure), TEXT)
        else:
            self.sheet.put(row, column, self.names.get((key, part), str(part)), TEXT)

    def _figures(self, row: int, line: Difference) -> None:
        look = self._look(line)
        for label, value in line.values.items():
            at = self.column(label)
            self.sheet.put(row, at, ABSENT if value is None else value, CENTRED if value is None else look)
        base = f"{letter(self.first_value)}{row}"
        apart = look.but(format=_signed(look.format))
        for at, (label, difference) in enumerate(line.differences.items(), start=self.first_difference):
            formula = None if difference is None else Formula(f"{letter(self.column(label))}{row}-{base}", difference)
            self.sheet.put(row, at, formula or ABSENT, apart if formula else CENTRED)

    def _sums(self, row: int) -> None:
        """The totals of money, with their differences."""
        keys = len(self.section.keys)
        self.sheet.merged(row, 1, keys, text("compare", "row-sum"), TEXT.but(**TOTAL))
        look, sums = AMOUNT.but(**TOTAL), dict[str, Decimal | None]()
        for label in self.comparison.labels:
            values = [value for line in self.lines if (value := line.values[label]) is not None]
            at = self.column(label)
            sums[label] = sum(values, Decimal(0)) if values else None
            whole = column_sum(at, HEADER_ROW + 1, row - 1, values) if values else None
            self.sheet.put(row, at, whole or ABSENT, look if whole else CENTRED.but(**TOTAL))
        first, *others = self.comparison.labels
        base = sums[first]
        for at, label in enumerate(others, start=self.first_difference):
            here = sums[label]
            if here is None or base is None:
                self.sheet.put(row, at, ABSENT, CENTRED.but(**TOTAL))
            else:
                text_ = f"{letter(self.column(label))}{row}-{letter(self.first_value)}{row}"
                self.sheet.put(row, at, Formula(text_, here - base), look.but(format=_signed(look.format)))

    def _look(self, line: Difference) -> Look:
        if self.section.money:
            return AMOUNT
        if line.key in self.measures:
            return criterion_look(self.measures[line.key])
        if self.section.name == "projects":
            return Look(INTEGER, "right")
        whole = all(value is None or value == value.to_integral_value() for value in line.values.values())
        return Look(COUNT if whole else FRACTIONAL, "right")


def _in_cells(measure: Measure, line: Difference) -> Difference:
    """A criterion as cells hold it: of percentages the share."""
    factor = decimal_of(measure.per / measure.whole)
    values, apart = (
        {label: None if value is None else value * factor for label, value in some.items()}
        for some in (line.values, line.differences)
    )
    return Difference(line.key, values, apart)


def _signed(form: str) -> str:
    """A number format with a sign before what is above zero."""
    return f'+{form.split(";", maxsplit=1)[0]};-{form.split(";", maxsplit=1)[0]};"–"'
