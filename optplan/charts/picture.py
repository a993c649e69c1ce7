"""A chart as a picture, in fonts that have Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from optplan.language.printable import printable_throughout

if TYPE_CHECKING:
    import altair as alt

# The first that the machine has: Linux, Windows, macOS.
FONTS = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, SimHei, WenQuanYi Zen Hei, sans-serif"
PICTURE_SCALE = 3  # pixels a point: sharp in print


def picture(chart: alt.TopLevelMixin, font_size: int = 11) -> bytes:
    """The chart as a PNG on white."""
    import vl_convert

    return vl_convert.vegalite_to_png(_drawn(chart, font_size), scale=PICTURE_SCALE)


def scalable_picture(chart: alt.TopLevelMixin, font_size: int = 11) -> bytes:
    """The chart as an SVG on white."""
    import vl_convert

    return vl_convert.vegalite_to_svg(_drawn(chart, font_size)).encode("utf-8")


def _drawn(chart: alt.TopLevelMixin, font_size: int) -> dict[str, Any]:
    look: dict[str, Any] = {
        "font": FONTS,
        "background": "white",
        "axis": {"labelFontSize": font_size, "titleFontSize": font_size},
        "legend": {"labelFontSize": font_size, "titleFontSize": font_size, "rowPadding": 4},
        "title": {"fontSize": font_size + 1},
        "header": {"labelFontSize": font_size + 1},
    }
    drawn: dict[str, Any] = printable_throughout(chart.to_dict())
    drawn["config"] = {**drawn.get("config", {}), **look}
    return drawn
