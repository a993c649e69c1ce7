"""Native charts of a comparison: each criterion, deliveries of each target by year, each fund by year, cost by county."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from optplan.comparison.figures import Key
from optplan.comparison.workbook.figure_table import FigureTable
from optplan.figures.palette import result_colours
from optplan.language import text, year_name
from optplan.language.lists import listed
from optplan.tables.units import currency_name
from optplan.workbook.book import Formula, Sheet, letter, say
from optplan.workbook.criterion_look import criterion_head
from optplan.workbook.native_charts import bar_chart, fill, small_title
from optplan.workbook.page import break_before, print_page, table_head
from optplan.workbook.schedule.frame import HEADER_ROW
from optplan.workbook.styles import (
    AMOUNT,
    COUNT,
    FINE_PERCENT,
    HEADER,
    NOTE,
    PLAIN_COUNT,
    SECTION,
    TEXT,
    UP_TO_FOUR_DECIMALS,
    Look,
)

if TYPE_CHECKING:
    from openpyxl.chart import BarChart, Reference

    from optplan.comparison.sides import Sides

ABREAST, EACH_WIDTH, WHOLE_WIDTH, HEIGHT = 3, 8.9, 27.0, 6.7  # charts in a row; centimetres
CHART_ROWS, ROWS_A_PAGE = 14, 2  # sheet rows that a chart covers, chart rows on a printed page
TABLE_ROWS = 26  # of the tables behind, on a printed page
EMU = 360_000  # a centimetre
MOST_TARGETS, MOST_FUNDS, MOST_COUNTIES = 6, 6, 24
TOP = 5


class Charts:
    """The sheet of charts: the charts on the first pages, their tables behind them."""

    def __init__(
        self,
        sheet: Sheet,
        number: int,
        comparison: Sides,
        tables: Mapping[str, FigureTable],
        names: Mapping[tuple[str, Any], str],
        title: str,
    ) -> None:
        self.sheet, self.comparison, self.tables, self.names, self.title = sheet, comparison, tables, names, title
        self.labels = [side.label for side in comparison.sides if side.result.has_schedule]
        years = {line.key[-1] for name in ("deliveries", "counties") for line in comparison.differences(name)}
        self.years = sorted(years)
        self.last = max(6, 1 + len(self.years), 1 + len(self.labels))
        self.chart_rows, self.drawn, self.row, self.page_from = 0, 0, 0, 0
        table_head(sheet, number, text("compare", "sheet-charts"), say("made-by-line"), "", 1, self.last)
        letters = text("compare", "letters-mean", None, letters=listed(self._meanings()))
        sheet.merged(4, 1, self.last, letters, NOTE)

    def write(self) -> None:
        """Draw everything that there is."""
        criteria = [line.key for line in self.comparison.differences("criteria")]
        targets = self._keys("deliveries", MOST_TARGETS)
        funds = self._keys("funds", MOST_FUNDS)
        wanted = [-(-len(some) // ABREAST) for some in (criteria, targets, funds)]
        self.row = self.page_from = TOP + (sum(wanted) + 1) * CHART_ROWS
        break_before(self.sheet, self.row + 1)
        if self.labels:
            self._criteria(criteria)
            self._next_row()
            self._by_year("deliveries", "target", targets, Look(COUNT, "right"))
            self._next_row()
            self._by_year("funds", "fund", funds, AMOUNT)
            self._next_row()
            self._counties()
        for page in range(1, -(-self.chart_rows // ROWS_A_PAGE)):
            break_before(self.sheet, TOP + page * ROWS_A_PAGE * CHART_ROWS)
        self.sheet.widths([30, *[16.5] * (self.last - 1)])
        print_page(self.sheet, last_column=self.last, last_row=self.row, title_rows=None, running_head=self.title)

    def _meanings(self) -> list[str]:
        """What each letter stands for, in few words."""
        found = []
        for side in self.comparison.sides:
            account = side.account()
            scenario = " + ".join(account["scenario"]) or text("compare", "base-case")
            found.append(f"{side.label} = {scenario} · {account['model']}")
        return found

    def _keys(self, section: str, most: int) -> list[str]:
        """The first parts of the keys of a section, of those that are not nothing everywhere the largest first."""
        sums: dict[str, Decimal] = {}
        for line in self.comparison.differences(section):
            sums[line.key[0]] = sums.get(line.key[0], Decimal(0)) + sum(
                (value for value in line.values.values() if value), Decimal(0)
            )
        if section == "deliveries":
            return [key for key in self._targets() if sums.get(key)][:most]
        return sorted((key for key, total in sums.items() if total), key=lambda key: -sums[key])[:most]

    def _targets(self) -> list[str]:
        """The targets for the whole plan that weigh most come first, as they stand in the plan."""
        rows = [row for side in self.comparison.sides for row in side.tables["targets"] if row["county"] is None]
        return list(dict.fromkeys(row["target"] for row in sorted(rows, key=lambda row: -row["weight"])))

    def _criteria(self, keys: Sequence[Key]) -> None:
        """A chart for each criterion, straight from its table."""
        from openpyxl.chart import Reference

        table = self.tables["criteria"]
        page, first = table.sheet.worksheet, table.first_value
        last = first + len(self.comparison.labels) - 1
        for key in keys:
            row, measure = table.rows[key], table.measures[key]
            form = FINE_PERCENT if measure.unit == "percent" else UP_TO_FOUR_DECIMALS
            chart = self._bar(criterion_head(measure), form)
            chart.legend = None
            self._series(
                chart,
                [(Reference(page, min_col=first, max_col=last, min_row=row), None)],
                Reference(page, min_col=first, max_col=last, min_row=HEADER_ROW),
            )
            chart.series[0].dPt = [
                _point(at, colour) for at, colour in enumerate(result_colours(self.comparison.labels).values())
            ]
            self._place(chart, EACH_WIDTH)

    def _by_year(self, section: str, kind: str, keys: Sequence[str], look: Look) -> None:
        """A chart for each key, with the years along and a column for each result."""
        for key in keys:
            name = self.names.get((kind, key), key)
            head = self._head(name, [year_name(year) for year in self.years], len(self.labels), years=True)
            for label in self.labels:
                self.row += 1
                self.sheet.put(self.row, 1, label, TEXT)
                for column, year in enumerate(self.years, start=2):
                    cell = self.tables[section].cell((key, year), label)
                    self.sheet.put(self.row, column, Formula(cell or "0", self._value(section, (key, year), label)), look)
            self._draw(name, head, len(self.years), EACH_WIDTH)
            self.row += 1

    def _counties(self) -> None:
        """What is spent in each county, all years together; of many counties those that differ most."""
        sums: dict[str, dict[str, list[str]]] = {}
        totals: dict[tuple[str, str], Decimal] = {}
        for line in self.comparison.differences("counties"):
            county = line.key[0]
            for label in self.labels:
                cell = self.tables["counties"].cell(line.key, label)
                sums.setdefault(county, {}).setdefault(label, []).append(cell or "0")
                totals[county, label] = totals.get((county, label), Decimal(0)) + (line.values[label] or Decimal(0))
        reach = {county: self._reach([totals[county, label] for label in self.labels]) for county in sums}
        shown = sorted(sums, key=lambda county: (-reach[county], county))[:MOST_COUNTIES]
        currency = currency_name(self.comparison.sides[0].tables)
        title = text("compare", "chart-counties", None, currency=currency)
        if not shown:
            return
        head = self._head(title, self.labels, len(shown))
        for county in (county for county in sums if county in shown):
            self.row += 1
            self.sheet.put(self.row, 1, self.names.get(("county", county), county), TEXT)
            for column, label in enumerate(self.labels, start=2):
                cells = sums[county][label]
                self.sheet.put(self.row, column, Formula(f"SUM({_joined(cells)})", totals[county, label]), AMOUNT)
        self._draw(title, head, len(self.labels), WHOLE_WIDTH, by_column=True)

    @staticmethod
    def _reach(values: Sequence[Decimal]) -> Decimal:
        return max(values) - min(values)

    def _value(self, section: str, key: Key, label: str) -> Decimal:
        row = self.tables[section].rows.get(key)
        if row is None:
            return Decimal(0)
        line = next(line for line in self.comparison.differences(section) if line.key == key)
        return line.values[label] or Decimal(0)

    def _head(self, title: str, columns: Sequence[str], rows: int, *, years: bool = False) -> int:
        """The head of a table of so many rows, on a new page if it would not end on this one."""
        self.row += 1
        if self.row + 1 + rows - self.page_from > TABLE_ROWS and self.row - 1 > self.page_from:
            break_before(self.sheet, self.row)
            self.page_from = self.row - 1
        self.sheet.merged(self.row, 1, self.last, title, SECTION)
        self.row += 1
        self.sheet.put(self.row, 1, text("compare", "column-result") if years else text("compare", "column-county"), HEADER)
        for at, column in enumerate(columns, start=2):
            self.sheet.put(self.row, at, column, HEADER)
        return self.row

    def _bar(self, title: str, form: str) -> Any:
        chart = bar_chart(title, form)
        small_title(chart)
        chart.height = HEIGHT
        return chart

    def _draw(self, title: str, head: int, columns: int, width: float, *, by_column: bool = False) -> None:
        from openpyxl.chart import Reference

        page = self.sheet.worksheet
        chart = self._bar(title, PLAIN_COUNT)
        if by_column:
            series = [(Reference(page, min_col=2 + n, min_row=head + 1, max_row=self.row), (2 + n, head)) for n in range(columns)]
            categories = Reference(page, min_col=1, min_row=head + 1, max_row=self.row)
        else:
            series = [
                (Reference(page, min_col=2, max_col=1 + columns, min_row=row), (1, row)) for row in range(head + 1, self.row + 1)
            ]
            categories = Reference(page, min_col=2, max_col=1 + columns, min_row=head)
        self._series(chart, series, categories)
        self._place(chart, width)

    def _series(self, chart: BarChart, some: Sequence[tuple[Reference, tuple[int, int] | None]], categories: Reference) -> None:
        from openpyxl.chart import Series
        from openpyxl.chart.data_source import StrRef
        from openpyxl.chart.series import SeriesLabel

        for (values, named), colour in zip(some, self._colours(), strict=False):
            series: Any = Series(values)
            if named is not None:
                column, row = named
                series.tx = SeriesLabel(strRef=StrRef(f"{self.sheet.quoted}${letter(column)}${row}"))
            fill(series, colour)
            chart.series.append(series)
        chart.set_categories(categories)

    def _colours(self) -> list[str]:
        of_each = result_colours(self.comparison.labels)
        return [of_each[label] for label in self.labels]

    def _next_row(self) -> None:
        if self.drawn:
            self.chart_rows, self.drawn = self.chart_rows + 1, 0

    def _place(self, chart: BarChart, width: float) -> None:
        """At the next free place: beside the last chart, or below it."""
        from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
        from openpyxl.drawing.xdr import XDRPositiveSize2D

        if self.drawn == ABREAST:
            self._next_row()
        marker = AnchorMarker(
            col=0, colOff=int(self.drawn * (EACH_WIDTH + 0.15) * EMU), row=TOP - 1 + self.chart_rows * CHART_ROWS
        )
        placed: Any = chart
        placed.anchor = OneCellAnchor(_from=marker, ext=XDRPositiveSize2D(int(width * EMU), int(HEIGHT * EMU)))
        self.sheet.worksheet.add_chart(placed)
        self.drawn += ABREAST if width > EACH_WIDTH else 1


def _joined(cells: Sequence[str]) -> str:
    """Cells for SUM, a run of them in one column as a range."""
    first, last = cells[0], cells[-1]
    sheet, _, start = first.rpartition("!")
    end = last.rpartition("!")[2]
    column = start.rstrip("0123456789")
    rows = [int(cell.rpartition("!")[2][len(column) :]) for cell in cells] if all("!" in cell for cell in cells) else []
    if rows and rows == list(range(rows[0], rows[0] + len(rows))):
        return f"{sheet}!{start}:{end}"
    return ",".join(cells)


def _point(number: int, colour: str) -> Any:
    """The bar of a result in the colour that it has in every chart."""
    from openpyxl.chart.marker import DataPoint

    point: Any = DataPoint(idx=number)
    fill(point, colour)
    return point
