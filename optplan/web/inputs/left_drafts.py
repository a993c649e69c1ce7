"""Drafts that were left behind: a closed tab, a computer that was switched off. They are offered, never put in anybody's way."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from optplan.office import KeptDraft
from optplan.web.cache.said_of_changes import sentences_of
from optplan.web.drafts import forget, left_drafts
from optplan.web.inputs.workbench import MARK, Workbench
from optplan.web.widgets.words import local_time
from optplan.web.words import plain, words_of

say = words_of("web_inputs")
MOST_SHOWN, MOST_SENTENCES = 5, 3


def show_left_drafts(bench: Workbench) -> None:
    """Draw the offer, if there is any."""
    left = left_drafts(bench.desk)
    if not left:
        return
    with st.expander(say("left-drafts", number=len(left)), icon=":material/history_edu:", key=MARK + "left-drafts"):
        for kept in left[:MOST_SHOWN]:
            _offer(bench, kept)


def _offer(bench: Workbench, kept: KeptDraft) -> None:
    words, take, drop = st.columns([6, 1.3, 1], vertical_alignment="center")
    asked = kept.draft.asked
    when = local_time(datetime.fromtimestamp(kept.when, UTC).isoformat())
    said = "  \n".join(plain(each) for each in sentences_of(bench.base, asked[:MOST_SENTENCES]))
    name = kept.name or say("left-draft-unnamed").words
    words.markdown(f"{say('left-draft', name=name, number=len(asked), when=when)}  \n{said}")
    take.button(say("left-draft-take"), key=f"{MARK}take.{kept.visit}", on_click=_take, args=(bench, kept))
    drop.button(say("left-draft-drop"), key=f"{MARK}drop.{kept.visit}", on_click=forget, args=(bench.desk, kept), type="tertiary")


def _take(bench: Workbench, kept: KeptDraft) -> None:
    """The draft takes the place of the one that is there, which can be had back by undoing."""
    bench.take_in()
    bench.desk.scenario_name = kept.name
    bench.put(kept.draft)
    forget(bench.desk, kept)
