"""Results as the pages read them: their figures laid out once for all visitors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from optplan.language import current_language
from optplan.result import Result
from optplan.summary import Summary, summarise
from optplan.workbook.schedule.figures import Figures

KEPT = 16  # results whose figures are held in memory

# A held Figures keeps its document alive, so that no other document can come to have the same identity.
_BY_IDENTITY: dict[str | type[Any], Callable[[Any], Any]] = {Result: lambda result: id(result.document)}


def figures_of(result: Result) -> Figures:
    """The figures of a result that has a schedule, in the current language."""
    return _figures(result, current_language())


def summary_of(result: Result) -> Summary:
    """The headline figures of a result that has a schedule, in the current language."""
    return _summary(result, current_language())[1]


@st.cache_resource(show_spinner=False, max_entries=2 * KEPT, hash_funcs=_BY_IDENTITY)
def _figures(result: Result, language: str) -> Figures:
    return Figures(result)


@st.cache_resource(show_spinner=False, max_entries=2 * KEPT, hash_funcs=_BY_IDENTITY)
def _summary(result: Result, language: str) -> tuple[dict[str, object], Summary]:
    return result.document, summarise(result, language)
