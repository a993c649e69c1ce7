"""Findings in words beside what they are about."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from optplan.editing import Inspection, Said
from optplan.web.words import plain, words_of

say = words_of("web_inputs")
MOST = 12  # of a kind that are told; the others are counted


def show_findings(inspection: Inspection, table: str) -> None:
    """Draw what is wrong, errors first, those of the open table before the others."""
    order = sorted(inspection.found, key=lambda said: (not said.stops, said.table != table))
    _told([said for said in order if said.stops], stops=True)
    _told([said for said in order if not said.stops], stops=False)


def _told(found: list[Said], *, stops: bool) -> None:
    if not found:
        return
    head = say("errors-stop" if stops else "warnings-only", number=len(found))
    lines = [f"- **{plain(said.place)}** {plain(said.message)}" if said.place else f"- {plain(said.message)}" for said in found]
    if len(lines) > MOST:
        lines = [*lines[:MOST], f"- {say('more', number=len(found) - MOST)}"]
    (st.error if stops else st.warning)(f"{head}\n\n" + "\n".join(lines))


def row_remark(found: Iterable[Said], label: str) -> str:
    """What a row of a table says of itself: what is wrong, at which cell, before whether it was changed."""
    said = [
        say("remark-error" if each.stops else "remark-warning", cell=each.place.rpartition(" · ")[2], message=each.message).words
        for each in sorted(found, key=lambda each: not each.stops)
    ]
    return "　".join([*said, *([label] if label else [])])
