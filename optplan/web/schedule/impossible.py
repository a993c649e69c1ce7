"""Which of the standards that are not met cannot be met at all, one after the other, each with what stands in the way."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from optplan.figures.figures import Figures
from optplan.figures.shortfalls import Gap
from optplan.language.lists import clauses
from optplan.questions.possible import Possible, possible
from optplan.web.asking.subject import About
from optplan.web.widgets import grid
from optplan.web.words import words_of

say = words_of("web_schedule")
KEPT = "schedule.impossible"


def show_impossible(about: About, figures: Figures, gaps: Sequence[Gap]) -> None:
    """A button that asks about each of ``gaps``, and what was answered so far."""
    asked = {f"standard:{each.standard}:{each.county}:{each.year}": each for each in gaps if each.standard}
    if not asked:
        return
    kept: dict[str, Possible] = st.session_state.setdefault(KEPT, {}).setdefault(about.key, {})
    left = [wish for wish in asked if wish not in kept]
    pressed = bool(left) and st.button(say("ask-impossible", number=len(left)), icon=":material/block:", key="ask-impossible")
    place = st.empty()
    if pressed:
        bar = st.progress(0.0)
        for done, found in enumerate(possible(about.plan, about.result, left, reference=about.reference), 1):
            kept[found.wish] = found
            bar.progress(done / len(left), say("asked-of", done=done, total=len(left)))
            with place.container():
                _show(figures, asked, kept)
        bar.empty()
    with place.container():
        _show(figures, asked, kept)


def _show(figures: Figures, asked: dict[str, Gap], kept: dict[str, Possible]) -> None:
    found = [(gap, kept[wish]) for wish, gap in asked.items() if wish in kept]
    if not found:
        return
    order = ("impossible", "unknown", "possible")
    rows = [
        [figures.county_names[gap.county], gap.name, say(f"can-{one.status}").words, _in_the_way(one)]
        for gap, one in sorted(found, key=lambda each: order.index(each[1].status))
    ]
    heads = [say(f"column-{name}") for name in ("county", "standard", "can", "in-the-way")]
    grid.show_grid(heads, rows, words=range(4), long=(3,), caption=say("caption-impossible").words)


def _in_the_way(found: Possible) -> str:
    if found.status != "impossible":
        return "–"
    return clauses(found.reasons) or say("not-singled-out").words
