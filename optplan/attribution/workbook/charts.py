"""Native waterfalls, from the base to the changed plan, drawn from small tables that follow the parts."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from optplan.attribution.figures import COST, CRITERION, FigureKey
from optplan.attribution.words import measure
from optplan.attribution.workbook.looks import look_of
from optplan.attribution.workbook.shares import BASE, CHANGED, Shares
from optplan.figures.palette import LESS, MORE
from optplan.language import text
from optplan.language.numbers import decimal_of
from optplan.tables.units import currency_name
from optplan.workbook.book import Formula, Sheet, letter, say
from optplan.workbook.native_charts import bar_chart, fill, small_title
from optplan.workbook.page import break_before, print_page, table_head
from optplan.workbook.styles import FINE_PERCENT, HEADER, SECTION, TEXT, UP_TO_FOUR_DECIMALS

if TYPE_CHECKING:
    from optplan.attribution.division import Division

NAME, START, END, HIDDEN, FIRST_BAR = 1, 2, 3, 4, 5
BARS = ("end", "rise", "fall")  # each above zero and below it: six series on top of the hidden one
COLOURS = {"end": "#8592A0", "rise": MORE, "fall": LESS}
LAST = FIRST_BAR + 2 * len(BARS) - 1
CHART_ROWS, CHARTS_A_PAGE, TOP = 18, 2, 4
WIDTH, HEIGHT = 25.5, 8.4  # centimetres
STARTS_AT_ZERO = Decimal("0.35")  # as in the chart of the page
ROOM = Decimal("0.15")


class Charts:
    """The sheet of charts: the charts on the first pages, their tables behind them."""

    def __init__(
        self,
        sheet: Sheet,
        number: int,
        attribution: Division,
        names: Mapping[FigureKey, str],
        shares: Shares,
        title: str,
    ) -> None:
        self.sheet, self.attribution, self.names, self.shares, self.title = sheet, attribution, names, shares, title
        currency = say("currency-unit", currency=currency_name(attribution.base.tables))
        table_head(sheet, number, text("attribution", "book-charts"), say("made-by-line"), currency, 1, LAST)
        self.figures = [
            figure
            for figure in attribution.figures
            if figure.kind in {CRITERION, COST} and any(part.part for part in attribution.parts[figure])
        ]
        self.row = TOP + len(self.figures) * CHART_ROWS

    def write(self) -> None:
        """Draw a waterfall of each criterion, and of the cost, that any group moves."""
        for page in range(1, -(-len(self.figures) // CHARTS_A_PAGE)):
            break_before(self.sheet, TOP + page * CHARTS_A_PAGE * CHART_ROWS)
        if self.figures:
            break_before(self.sheet, self.row)
        else:
            self.row += 1
            self.sheet.merged(self.row, 1, LAST, text("attribution", "nothing-moves"), TEXT)
        for number, figure in enumerate(self.figures):
            head = self._table(figure)
            self._draw(number, figure, head)
        self.sheet.widths([34, 14, 14, 12, *[11.0] * (LAST - HIDDEN)])
        print_page(self.sheet, last_column=LAST, last_row=self.row, title_rows=None, running_head=self.title)

    def _table(self, figure: FigureKey) -> int:
        """The steps of a figure; gives the row of the heads."""
        attribution, values = self.attribution, self.attribution.values[figure]
        self.row += 1
        self.sheet.merged(self.row, 1, LAST, self.names[figure], SECTION)
        self.row += 1
        head = self.row
        bars = [
            text("attribution", f"bar-{side}", None, bar=text("attribution", f"bar-{bar}"))
            for side in ("above", "below")
            for bar in BARS
        ]
        labels = [text("attribution", f"column-{name}") for name in ("step", "start", "finish", "hidden")]
        self.sheet.line(head, NAME, [*labels, *bars], HEADER)
        before, after = decimal_of(values[0]), decimal_of(values[attribution.full])
        cell = self.shares.cell(figure, BASE)
        self._step(figure, text("attribution", "column-base"), Formula("0", 0), Formula(cell, before), "end")
        level = before
        for group, part in enumerate(attribution.parts[figure]):
            reached = level + decimal_of(part.part)
            start = Formula(f"{letter(END)}{self.row}", level)
            end = Formula(f"{letter(START)}{self.row + 1}+{self.shares.part(figure, group)}", reached)
            self._step(figure, attribution.groups[group].name, start, end, "fall" if part.part < 0 else "rise")
            level = reached
        cell = self.shares.cell(figure, CHANGED)
        self._step(figure, text("attribution", "column-changed"), Formula("0", 0), Formula(cell, after), "end")
        return head

    def _step(self, figure: FigureKey, name: str, start: Formula, end: Formula, kind: str) -> None:
        """A bar from ``start`` to ``end``: a hidden piece from zero to its nearer end, and what is seen above and below zero."""
        self.row += 1
        row, look = self.row, look_of(self.attribution, figure)
        put = self.sheet.put
        put(row, NAME, name, TEXT)
        put(row, START, start, look)
        put(row, END, end, look)
        low, high = (f"{each}({letter(START)}{row},{letter(END)}{row})" for each in ("MIN", "MAX"))
        pair = [Decimal(start.value), Decimal(end.value)]
        least, most = min(pair), max(pair)
        put(row, HIDDEN, Formula(f"MAX(0,{low})+MIN(0,{high})", max(Decimal(0), least) + min(Decimal(0), most)), look)
        rises = f"{letter(END)}{row}>={letter(START)}{row}"
        for position, bar in enumerate(BARS):
            above = Formula(f"MAX(0,{high})-MAX(0,{low})", max(Decimal(0), most) - max(Decimal(0), least))
            below = Formula(f"MIN(0,{low})-MIN(0,{high})", min(Decimal(0), least) - min(Decimal(0), most))
            for column, piece in ((FIRST_BAR + position, above), (FIRST_BAR + len(BARS) + position, below)):
                put(row, column, _only(piece, bar, kind, rises), look)

    def _draw(self, number: int, figure: FigureKey, head: int) -> None:
        from openpyxl.chart import Reference

        floor, name = self._floor(figure), self.names[figure]
        title = name if floor is None else text("attribution", "chart-not-from-zero", None, figure=name)
        how = measure(self.attribution, figure)
        form = FINE_PERCENT if how is not None and how.unit == "percent" else UP_TO_FOUR_DECIMALS
        chart = bar_chart(title, form, stacked=True, gap=40)
        small_title(chart)
        chart.legend, chart.y_axis.scaling.min = None, floor
        chart.width, chart.height = WIDTH, HEIGHT
        chart.x_axis.tickLblPos = "low"
        page = self.sheet.worksheet
        chart.add_data(Reference(page, min_col=HIDDEN, max_col=LAST, min_row=head, max_row=self.row), titles_from_data=True)
        chart.set_categories(Reference(page, min_col=NAME, min_row=head + 1, max_row=self.row))
        hidden, *bars = chart.series
        hidden.graphicalProperties.noFill = True
        hidden.graphicalProperties.line.noFill = True
        for series, bar in zip(bars, BARS * 2, strict=True):
            fill(series, COLOURS[bar])
        page.add_chart(chart, f"A{TOP + number * CHART_ROWS}")

    def _floor(self, figure: FigureKey) -> float | None:
        """Where the axis starts, if the steps could not be seen on one that starts at zero."""
        values = self.attribution.values[figure]
        level, levels = values[0], [values[0]]
        for part in self.attribution.parts[figure]:
            level += part.part
            levels.append(level)
        low, high = decimal_of(min(levels)), decimal_of(max(levels))
        if low <= 0 or high - low >= STARTS_AT_ZERO * high or high == low:
            return None
        step = Decimal(1).scaleb((high - low).adjusted())
        floor = (low - ROOM * (high - low)) // step * step
        return float(floor) if floor > 0 else None


def _only(piece: Formula, bar: str, kind: str, rises: str) -> Formula:
    """The piece in the column of its own kind, else nothing; whether a step rises follows the figures."""
    if bar == "end" or kind == "end":
        return piece if bar == kind else Formula("0", 0)
    shown = bar == kind
    words = f"IF({rises},{piece.text},0)" if bar == "rise" else f"IF({rises},0,{piece.text})"
    return Formula(words, piece.value if shown else 0)
