"""A box to choose from whose options are words: in another language it shows them anew, and what was chosen stays chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from optplan.web.words import Markdown, in_language

Option = TypeVar("Option")


def choose(
    label: Markdown, options: Sequence[Option], called: Callable[[Option], str], key: str, place: DeltaGenerator | None = None
) -> Option:
    """What is chosen of ``options``, at first the first; the visit keeps it under ``key``, on whatever page it is meanwhile."""
    here = in_language(key)
    if here not in st.session_state and st.session_state.get(key) in options:
        st.session_state[here] = st.session_state[key]
    chosen = (place or st).selectbox(label, options, format_func=called, key=here)
    st.session_state[key] = chosen
    return chosen
