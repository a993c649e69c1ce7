"""Results as the pages read them: their figures laid out once for all visitors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from optplan.brief.compose import composed
from optplan.document.document import ResultDocument
from optplan.figures.figures import Figures
from optplan.figures.summary import Summary, summarise
from optplan.language import current_language
from optplan.result import Result
from optplan.web.cache.scenario_titles import model_title, scenario_title

KEPT = 16  # results whose figures are held in memory

# A held Figures keeps its document alive, so that no other document can come to have the same identity.
_BY_IDENTITY: dict[str | type[Any], Callable[[Any], Any]] = {
    kind: lambda result: id(result.document) for kind in (ResultDocument, Result)
}


def figures_of(result: ResultDocument) -> Figures:
    """The figures of a result that has a schedule, in the current language."""
    return _figures(result, current_language())


def summary_of(result: ResultDocument) -> Summary:
    """The headline figures of a result that has a schedule, in the current language."""
    return _summary(result, current_language())[1]


def key_points_of(result: ResultDocument) -> list[str]:
    """A result that has a schedule in a few sentences, in the current language."""
    return _key_points(result, current_language())[1]


@st.cache_resource(show_spinner=False, max_entries=2 * KEPT, hash_funcs=_BY_IDENTITY)
def _key_points(result: ResultDocument, language: str) -> tuple[dict[str, object], list[str]]:
    return result.document, composed(result)["key_points"]


@st.cache_resource(show_spinner=False, max_entries=2 * KEPT, hash_funcs=_BY_IDENTITY)
def _figures(result: ResultDocument, language: str) -> Figures:
    return Figures(result)


@st.cache_resource(show_spinner=False, max_entries=2 * KEPT, hash_funcs=_BY_IDENTITY)
def _summary(result: ResultDocument, language: str) -> tuple[dict[str, object], Summary]:
    return result.document, summarise(result, language)


def titled(result: ResultDocument) -> Result:
    """The result with the titles of its scenarios and its model where only their short names stand, for comparing."""
    return _titled(result, current_language())[1]


@st.cache_resource(show_spinner=False, max_entries=2 * KEPT, hash_funcs=_BY_IDENTITY)
def _titled(result: ResultDocument, language: str) -> tuple[dict[str, object], Result]:
    scenarios = [scenario_title(name) for name in result.document["scenario"]]
    return result.document, Result({**result.document, "scenario": scenarios, "model": model_title(result)})
