"""Native charts with the small tables they are drawn from: deliveries by year, money by fund, gap by county. All live."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from optplan.figures.counties import MEASURES
from optplan.figures.figures import ZERO, Figures
from optplan.figures.palette import NEUTRAL, fund_colours, year_colours
from optplan.language import year_name
from optplan.tables.scopes import counts_in
from optplan.workbook.book import Formula, Sheet, letter, say
from optplan.workbook.native_charts import bar_chart, fill
from optplan.workbook.schedule.frame import Table
from optplan.workbook.schedule.gaps import Gaps
from optplan.workbook.schedule.summary import Summary
from optplan.workbook.styles import AMOUNT, PLAIN_COUNT, SECTION, SHARE, TEXT, WHOLE_PERCENT

if TYPE_CHECKING:
    from optplan.tables.content import Row

NAME, FIRST = 1, 2
CHART_ROWS = 21  # rows of the sheet for each chart, the last of them free
MOST_TARGETS = 8  # more bars cannot be told apart


class Charts:
    """The sheet of charts: the charts on the first pages, their tables on the last."""

    def __init__(self, sheet: Sheet, figures: Figures, number: int, summary: Summary, gaps: Gaps) -> None:
        self.sheet, self.figures, self.summary, self.gaps = sheet, figures, summary, gaps
        self.last = FIRST + len(figures.years)
        self.table = Table(sheet, figures, number, say("title-charts"), NAME, self.last, "")
        self.charts = 0
        self.row = 4 + 3 * CHART_ROWS
        sheet.whole |= {row for row in range(4, self.row) if (row - 4) % CHART_ROWS}
        self._deliveries()
        self._money()
        self._gaps()
        sheet.widths([30, *[16.5] * (self.last - 1)])
        self.table.finish(self.row, "A4", None)

    def _head(self, title: str, columns: list[Any]) -> int:
        self.sheet.merged(self.row, NAME, self.last, title, SECTION)
        self.row += 1
        self.table.headers(
            self.row, [say("column-name"), *(year_name(column) if isinstance(column, int) else column for column in columns)]
        )
        return self.row

    def _deliveries(self) -> None:
        """The part of each target that each year delivers."""
        figures, targets = self.figures, self.summary.targets
        shown, number = self._headline_targets(), len(figures.tables["targets"])
        title = say("chart-deliveries-of", shown=len(shown), number=number) if len(shown) < number else say("chart-deliveries")
        head = self._head(title, list(figures.years))
        for row in shown:
            self.row += 1
            self.sheet.put(self.row, NAME, targets.names[row["target"]], TEXT)
            for step, year in enumerate(figures.years):
                counts = counts_in(row, year)
                text = f"{targets.year_cell(row['target'], year)}/{targets.cell(row['target'], 'total')}" if counts else "0"
                value = targets.delivered(row, year) / row["total"] if counts else ZERO
                self.sheet.put(self.row, FIRST + step, Formula(text, value), SHARE)
        chart = bar_chart(title, WHOLE_PERCENT, direction="bar", stacked=True)
        chart.x_axis.scaling.orientation = "maxMin"  # the first target on top, the scale below
        chart.y_axis.crosses = "max"
        if all(figures.targets[row["target"]]["delivered"] <= row["total"] for row in shown):
            chart.y_axis.scaling.max, chart.y_axis.majorUnit = 1, 0.2
        self._draw(chart, head, FIRST, len(figures.years), year_colours(figures.years), by_column=True)
        self.row += 2

    def _headline_targets(self) -> list[Row]:
        """The targets for the whole plan that weigh most, in the order of the plan."""
        targets = [row for row in self.figures.tables["targets"] if row["total"] and row["county"] is None]
        heaviest = sorted(targets, key=lambda row: -row["weight"])[:MOST_TARGETS]
        return [row for row in targets if row in heaviest]

    def _money(self) -> None:
        """What each payer pays in each year."""
        figures, years = self.figures, self.figures.open_years
        head = self._head(say("chart-money", currency=figures.currency), list(years))
        known = fund_colours(figures.tables)
        colours = [known.get(fund, NEUTRAL) for fund in self.summary.payer_rows]
        for fund, at in self.summary.payer_rows.items():
            self.row += 1
            name = figures.fund_names.get(fund, say("payer-request"))
            self.sheet.put(self.row, NAME, name, TEXT)
            for step, year in enumerate(years):
                column = letter(4 + year - figures.first)
                value = self.summary.paid(fund, year)
                self.sheet.put(self.row, FIRST + step, Formula(f"{self.summary.sheet.quoted}{column}{at}", value), AMOUNT)
        chart = bar_chart(say("chart-money", currency=figures.currency), PLAIN_COUNT, stacked=True)
        self._draw(chart, head, FIRST, len(years), colours, by_column=False)
        self.row += 2

    def _gaps(self) -> None:
        """Each county's average gap in the last year."""
        head = self._head(say("chart-gaps", year=self.figures.last), [say("column-gap-share")])
        for county, at in self.gaps.shares.items():
            self.row += 1
            self.sheet.put(self.row, NAME, self.figures.county_names[county], TEXT)
            cell = f"{letter(self.gaps.share_column)}{at}"
            self.sheet.put(self.row, FIRST, Formula(self.gaps.sheet.quoted + cell, self.gaps.sheet.values[cell]), SHARE)
        chart = bar_chart(say("chart-gaps", year=self.figures.last), WHOLE_PERCENT)
        chart.legend = None
        self._draw(chart, head, FIRST, 1, [MEASURES["gap"]], by_column=True)

    def _draw(self, chart: Any, head: int, first: int, columns: int, colours: Sequence[str], *, by_column: bool) -> None:
        """Put the table below ``head`` into the chart: a series a column, or a series a row."""
        if self.row == head or not columns:
            return
        from openpyxl.chart import Reference
        from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor

        page: Any = self.sheet.worksheet
        last = first + columns - 1
        if by_column:
            chart.add_data(Reference(page, min_col=first, max_col=last, min_row=head, max_row=self.row), titles_from_data=True)
            chart.set_categories(Reference(page, min_col=NAME, min_row=head + 1, max_row=self.row))
        else:
            chart.add_data(
                Reference(page, min_col=NAME, max_col=last, min_row=head + 1, max_row=self.row),
                titles_from_data=True,
                from_rows=True,
            )
            chart.set_categories(Reference(page, min_col=first, max_col=last, min_row=head))
        for series, colour in zip(chart.series, colours, strict=True):
            fill(series, colour)
        top = 3 + self.charts * CHART_ROWS
        chart.anchor = TwoCellAnchor(  # as wide as the page in every program, whatever it takes for the width of a character
            editAs="oneCell",
            _from=AnchorMarker(col=0, row=top),
            to=AnchorMarker(col=self.last, row=top + CHART_ROWS - 1),
        )
        page.add_chart(chart)
        self.charts += 1
