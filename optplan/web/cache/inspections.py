"""What is wrong with a draft, found once for everybody who has the same one: most look at the plan as it stands."""

from __future__ import annotations

import streamlit as st

from optplan.editing import Draft, Inspection, inspect
from optplan.tables.content import Tables

KEPT = 32  # inspections that are held in memory, each with the tables that its draft changes


def inspection_of(base: Tables, draft: Draft, language: str, title: str) -> Inspection:
    """As :func:`~optplan.editing.inspect`."""
    return _inspected(base, repr(draft), language, title, draft)[1]


# by the identity of the base plan, which is held: plans of the same content may count their rows otherwise
@st.cache_resource(show_spinner=False, max_entries=KEPT, hash_funcs={Tables: id})
def _inspected(base: Tables, said: str, language: str, title: str, _draft: Draft) -> tuple[Tables, Inspection]:
    return base, inspect(base, _draft, language, title)
