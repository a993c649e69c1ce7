"""Native bar charts of workbooks, which look the same whatever they show."""

from __future__ import annotations

from typing import Any, Literal

GRID = "D9D9D9"


def bar_chart(title: str, form: str, *, direction: Literal["col", "bar"] = "col", stacked: bool = False, gap: int = 60) -> Any:
    """A chart without series yet, from zero on, with every bar named. ``form``: the number format of its axis."""
    from openpyxl.chart import BarChart
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.drawing.line import LineProperties

    chart: Any = BarChart()
    chart.type, chart.title, chart.gapWidth = direction, title, gap
    if stacked:
        chart.grouping, chart.overlap = "stacked", 100
    chart.legend.position = "b"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.number_format, chart.y_axis.scaling.min, chart.x_axis.tickLblSkip = form, 0, 1
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=GRID))
    return chart


def small_title(chart: Any) -> None:
    """Write the title of a chart in letters that fit above a small one."""
    from openpyxl.drawing.text import CharacterProperties, ParagraphProperties

    chart.title.tx.rich.p[0].pPr = ParagraphProperties(defRPr=CharacterProperties(sz=1000, b=True))


def fill(drawn: Any, colour: str) -> None:
    """Give a series, or one bar of it, a colour."""
    drawn.graphicalProperties.solidFill = drawn.graphicalProperties.line.solidFill = colour.removeprefix("#")
