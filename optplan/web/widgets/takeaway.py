"""What can be taken away of a result: the workbook, the brief, the charts, and the result file as the shell writes it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from optplan.brief import write_brief
from optplan.charts.every import charts_of
from optplan.charts.picture import picture, scalable_picture
from optplan.comparison import Comparison
from optplan.language import text
from optplan.language.printable import file_name
from optplan.result import Result
from optplan.separate_process import file_of
from optplan.tables.findings import InputError
from optplan.web.cache.results import figures_of
from optplan.web.cache.scenario_titles import model_title, scenario_title
from optplan.web.widgets.choice import choose
from optplan.web.widgets.file_button import file_button
from optplan.web.words import words_of
from optplan.word.portable import libreoffice
from optplan.workbook import export_schedule

say = words_of("web")


def show_takeaway(result: Result, key: str) -> None:
    """Buttons that make a file when they are pressed. ``key`` tells apart those of several pages."""
    name = _file_name(result)
    with st.container(horizontal=True, key=f"takeaway-{key}"):
        _button("excel", f"{name}.xlsx", _written(export_schedule, result, ".xlsx"), key)
        _button("word", f"{name}.docx", _written(write_brief, result, ".docx"), key)
        if _has_libreoffice():
            _button("pdf", f"{name}.pdf", _written(write_brief, result, ".pdf"), key)
        _button("json", f"{name}.json", lambda: result.text().encode("utf-8"), key)
    if not _has_libreoffice():
        st.caption(say("no-libreoffice"))
    _charts(result, name, key)


def show_comparison_takeaway(comparison: Comparison, chart: bytes) -> None:
    """The comparison as a workbook, and the SVG of the chart that is shown."""
    scenarios = dict.fromkeys(scenario_title(name) for side in comparison.sides for name in side.result.document["scenario"])
    name = file_name("-".join([words_of("web_comparing")("title").words, *scenarios]))
    with st.container(horizontal=True, key="takeaway-comparison"):
        _button("comparison", f"{name}.xlsx", _written(Comparison.to_excel, comparison, ".xlsx"), "comparing")
        _button("svg", f"{name}.svg", lambda: chart, "comparing")


def _charts(result: Result, name: str, key: str) -> None:
    charts = charts_of(result)
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"charts-{key}"):
        chosen = choose(
            say("choose-chart"),
            list(charts),
            lambda chart: text("charts", f"chart-{chart}"),
            f"chart-of-{key}",
            width=260,
        )
        title = f"{name}-{file_name(text('charts', f'chart-{chosen}'))}"
        _button("png", f"{title}.png", lambda: picture(charts[chosen]()), key)
        _button("svg", f"{title}.svg", lambda: scalable_picture(charts[chosen]()), key)


def _button(kind: str, file: str, make: Callable[[], bytes], key: str) -> None:
    file_button(say(f"download-{kind}"), file, make, f"download-{kind}-{key}")


def _written(write: Callable[[Any, Path], object], subject: object, suffix: str) -> Callable[[], bytes]:
    """What ``write`` writes of ``subject`` into a file, which no other visitor waits for."""
    return lambda: file_of(write, subject, suffix)


def _file_name(result: Result) -> str:
    scenarios = [scenario_title(name) for name in result.document["scenario"]]
    return file_name("-".join([figures_of(result).title, model_title(result), *scenarios]))


@st.cache_resource(show_spinner=False, ttl=600)
def _has_libreoffice() -> bool:
    try:
        libreoffice()
    except InputError:
        return False
    return True
