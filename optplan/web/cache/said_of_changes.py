"""What changes of a plan are called and what they move in money, worked out once for everybody who looks at them.

Each is known by the identity of the base plan, which is held beside it: no other one can come to have that.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from optplan.editing import Lever, lever_money, sentences
from optplan.language import current_language
from optplan.scenarios import Change
from optplan.tables.content import Tables

KEPT = 256  # lists of changes, and positions of levers


def sentences_of(base: Tables, changes: Sequence[Change]) -> list[str]:
    """As :func:`~optplan.editing.sentences`, in the current language."""
    return list(_sentences(base, repr(changes), current_language(), changes)[1]) if changes else []


def money_of(base: Tables, lever: Lever, percent: int) -> tuple[Decimal, Decimal] | None:
    """As :func:`~optplan.editing.lever_money`."""
    return _money(base, repr(lever), percent, lever)[1]


@st.cache_resource(show_spinner=False, max_entries=KEPT, hash_funcs={Tables: id})
def _sentences(base: Tables, said: str, language: str, _changes: Sequence[Change]) -> tuple[Tables, list[str]]:
    return base, sentences(base, _changes, language)


@st.cache_resource(show_spinner=False, max_entries=KEPT, hash_funcs={Tables: id})
def _money(base: Tables, said: str, percent: int, _lever: Lever) -> tuple[Tables, tuple[Decimal, Decimal] | None]:
    return base, lever_money(base, _lever, Decimal(percent) / 100)
