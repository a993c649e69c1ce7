"""Boxes to choose from whose options are words: in another language they show them anew, and what was chosen stays chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from optplan.web.words import Markdown, in_language

Option = TypeVar("Option")


def choose(
    label: Markdown,
    options: Sequence[Option],
    called: Callable[[Option], str],
    key: str,
    place: DeltaGenerator | None = None,
    *,
    first: int | None = 0,
    **drawn: Any,
) -> Option:
    """What is chosen of ``options``; the visit keeps it under ``key``, on whatever page it is meanwhile.

    ``first``: which one is chosen at first, and ``None`` where that is none of them. ``drawn`` as for ``st.selectbox``.
    """
    here = in_language(key)
    if here not in st.session_state and key in st.session_state and st.session_state[key] in options:
        st.session_state[here], first = st.session_state[key], first and 0
    chosen: Option = (place or st).selectbox(label, options, index=first, format_func=called, key=here, **drawn)
    st.session_state[key] = chosen
    return chosen


def choose_several(
    label: Markdown, options: Sequence[Option], called: Callable[[Option], str], key: str, **drawn: Any
) -> list[Option]:
    """The same of boxes in which several can be chosen. ``drawn`` as for ``st.multiselect``."""
    here = in_language(key)
    if here not in st.session_state and key in st.session_state:
        st.session_state[here] = [each for each in st.session_state[key] if each in options]
        drawn["default"] = None
    chosen: list[Option] = st.multiselect(label, options, format_func=called, wrap=True, key=here, **drawn)
    st.session_state[key] = chosen
    return chosen


def kept(key: str) -> Any:
    """What is chosen under ``key``, also before its box is drawn; ``None`` if nothing is."""
    return st.session_state.get(in_language(key), st.session_state.get(key))
