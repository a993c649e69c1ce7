"""The assessment on the page: points and ranks by the rules in the file, their history, and what can be taken away."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from optplan.following.adopted import schedule_of
from optplan.following.facts import facts_of
from optplan.following.lights import read_lights
from optplan.following.scores import Assessment, assess, read_scores
from optplan.following.standing import Standing
from optplan.following.words import rate
from optplan.language import year_name
from optplan.language.printable import file_name
from optplan.records import Records
from optplan.reporting.score_book import write_scores
from optplan.reporting.score_report import history_rows, in_order, points_words, write_score_report
from optplan.result import Result
from optplan.schedule import Schedule
from optplan.separate_process import file_of
from optplan.web.tracking.ledger import MARK, Room, adopted_result, show_whether_adopted
from optplan.web.tracking.standing_panel import choose_year
from optplan.web.widgets import grid
from optplan.web.widgets.file_button import file_button
from optplan.web.words import words_of

say = words_of("assessment")


def show_assessing(room: Room) -> None:
    """Draw the part."""
    year = choose_year(room)
    if year is None:
        return
    adopted, lights = adopted_result(room), read_lights()
    show_whether_adopted(adopted)
    schedule = schedule_of(adopted)
    found = assess(room.plan, room.records, schedule, year, lights, read_scores())
    for kind, scales, scores in found.sheets:
        st.subheader(say(f"part-{kind}"))
        ordered = in_order(scores)
        measures = [scale.measure for scale in scales]
        heads = [say(f"head-{kind}").words, *(say(f"measure-{name}").words for name in measures)]
        heads += [say(f"head-{name}").words for name in ("total", "rank", "grade")]
        rows = [
            [
                score.name,
                *(rate(score.values[name]) for name in measures),
                points_words(score.total),
                str(score.rank or "–"),
                score.grade,
            ]
            for score in ordered
        ]
        grid.show_grid(heads, rows, words=(0, len(heads) - 1))
    st.subheader(say("part-history"))
    _history(found)
    standing = Standing(room.plan, facts_of(room.plan, room.records, year), schedule, lights)
    with st.container(horizontal=True):
        _button("book", ".xlsx", _book, (found, standing))
        _button("notice", ".docx", _notice, (found, room.records, adopted))


def _history(found: Assessment) -> None:
    years = [year for year in found.plan.years if year <= found.year]
    grid.show_grid([say("head-name").words, *map(year_name, years)], history_rows(found, years))


def _button(kind: str, suffix: str, write: Callable[[Any, Path], None], subject: object) -> None:
    name = file_name(say(f"file-{kind}").words) + suffix
    file_button(say(f"download-{kind}"), name, partial(file_of, write, subject, suffix), f"{MARK}assess.{kind}")


def _book(subject: tuple[Assessment, Standing], path: Path) -> None:
    write_scores(*subject, path)


def _notice(subject: tuple[Assessment, Records, Result | Schedule | None], path: Path) -> None:
    write_score_report(*subject, path, ("", "", "", None))
