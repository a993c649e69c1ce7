"""One solve: its place while it waits, how far it is while it is searched, what came out and where to go from there."""

from __future__ import annotations

import streamlit as st

from optplan.figures.proven import standing
from optplan.language import text
from optplan.language.lists import listed
from optplan.language.printable import file_name
from optplan.office import Snapshot, State, server_queue
from optplan.web.desk import Desk, opened_run, store
from optplan.web.solving.nearness import is_good, measure, show_nearness, shown
from optplan.web.solving.progress_chart import progress_chart
from optplan.web.solving.watched_solve import watch
from optplan.web.widgets.chart import show_chart
from optplan.web.widgets.file_button import file_button
from optplan.web.widgets.guard import guarded
from optplan.web.widgets.shown_result import show_cost_note, show_levels
from optplan.web.widgets.words import clock, criterion_account, criterion_name, local_time, model_title
from optplan.web.words import plain, sentence, words_of

say = words_of("web_solving")
EVERY = 0.5  # seconds between looks
# of them spent waiting for news, so that a first plan and the end are shown at once; with more, what is drawn would fade
WAITS = 0.4
DRAWN = "solving.drawn"  # of the visit: the solve as it was drawn last
CHARTS_AFTER = 8.0  # seconds: charts drawn again and again take from a short search what it has


def show_watching(desk: Desk, solve: str) -> None:
    """Draw the solve with that id; it moves by itself until it is over."""
    st.button(say("another-question"), icon=":material/arrow_back:", type="tertiary", on_click=watch, args=(None,))
    snapshot = server_queue().look(desk.author, solve)
    if snapshot is None:
        st.warning(say("unknown"))
        return
    _head(snapshot)
    if snapshot.state.is_over:
        _outcome(desk, snapshot)
    else:
        st.fragment(_going, run_every=EVERY)(desk, solve)


def _head(snapshot: Snapshot) -> None:
    scenarios = listed(snapshot.scenarios) or text("web", "base-case")
    st.subheader(plain(model_title(snapshot.model)))
    st.caption(
        say(
            "asked",
            plan=plain(snapshot.plan_title),
            scenario=plain(scenarios),
            who=plain(snapshot.person.name),
            when=local_time(snapshot.asked_at),
        )
    )


# -- while it goes on ---------------------------------------------------------------------------------------------------------


def _going(desk: Desk, solve: str) -> None:
    with desk.speaking(), guarded():
        drawn = st.session_state.get(DRAWN)
        if drawn is not None and drawn.id == solve:
            snapshot = server_queue().look_again(desk.author, drawn, WAITS)
        else:
            snapshot = server_queue().look(desk.author, solve)
        st.session_state[DRAWN] = snapshot
        if snapshot is None or snapshot.state.is_over:
            st.rerun()
        elif snapshot.state is State.WAITING:
            st.info(say("waiting", place=snapshot.place, ahead=(snapshot.place or 1) - 1), icon=":material/hourglass_top:")
            _stop_button(desk, snapshot, "withdraw")
        else:
            _running(desk, snapshot)


def _running(desk: Desk, snapshot: Snapshot) -> None:
    if not snapshot.moments:
        st.info(say("preparing", elapsed=clock(snapshot.seconds)))
        _stop_button(desk, snapshot, "stop-without")
        return
    now = snapshot.moments[-1]
    count = len(snapshot.model.criteria)
    st.progress(
        min(now.level / count, 1.0), text=say("level", level=now.level + 1, levels=count, criterion=criterion_name(now.criterion))
    )
    st.caption(criterion_account(now.criterion))
    best, bound, gap, elapsed = st.columns(4)
    value, proven, difference = shown(snapshot, now)
    best.metric(say("best"), plain(value), help=say("best-help"))
    bound.metric(sentence("proven", "column-bound"), plain(proven), help=say("bound-help"))
    gap.metric(sentence("proven", "column-difference"), plain(difference), help=say("gap-help"))
    limit = say("of-limit", limit=clock(snapshot.effort.time_limit)) if snapshot.effort.time_limit else ""
    elapsed.metric(say("elapsed"), plain(clock(snapshot.seconds)), help=limit or None)
    show_nearness(snapshot)
    with st.container(horizontal=True):
        if snapshot.state is State.STOPPING:
            st.info(say("stopping"), icon=":material/hourglass_bottom:")
        else:
            _stop_button(desk, snapshot, "stop" if snapshot.best or now.value is not None else "stop-without")
        _best_button(desk, snapshot)
    if snapshot.seconds >= CHARTS_AFTER:
        _charts(snapshot)


def _stop_button(desk: Desk, snapshot: Snapshot, name: str) -> None:
    """The button, if the person may press it; else who may."""
    if not desk.author.may_stop_solve_of(snapshot.person):
        st.caption(sentence("office", "not-your-solve", name=snapshot.person.name))
        return
    if st.button(say(name), key=f"solving.stop.{snapshot.id}", icon=":material/stop_circle:", help=say(f"{name}-help")):
        server_queue().stop(desk.author, snapshot.id)
        st.rerun()


def _best_button(desk: Desk, snapshot: Snapshot) -> None:
    best = snapshot.best
    if best is not None and st.button(say("look-at-best"), icon=":material/visibility:", help=say("look-at-best-help")):
        desk.follow(snapshot.id, best)
        st.switch_page(desk.pages["overview"])


def _charts(snapshot: Snapshot) -> None:
    """A chart for each level that the search has reached."""
    if not any(moment.value is not None for moment in snapshot.moments):
        return
    levels = sorted({moment.level for moment in snapshot.moments})
    ends = [next((m.seconds for m in snapshot.moments if m.level > level), snapshot.seconds) for level in levels]
    for column, level, end in zip(st.columns(max(2, len(levels))), levels, ends, strict=False):
        own = [moment for moment in snapshot.moments if moment.level == level]
        with column:
            st.markdown(f"**{level + 1}\\. {criterion_name(own[-1].criterion)}**")
            chart = progress_chart(own, end, measure(snapshot, own[-1].criterion))
            show_chart(chart, key=f"solving.chart.{snapshot.id}.{level}")


# -- when it is over ----------------------------------------------------------------------------------------------------------


def _outcome(desk: Desk, snapshot: Snapshot) -> None:
    if snapshot.interrupted and snapshot.state is State.DONE:
        st.warning(say("interrupted"))
    for finding in snapshot.findings:
        (st.warning if snapshot.has_schedule else st.error)(plain(finding.message()))
    if snapshot.state is State.WITHDRAWN:
        st.info(say("withdrawn"))
    if snapshot.state is not State.DONE:
        return
    outcome = "good" if snapshot.status == "feasible" and is_good(snapshot) else snapshot.status
    tone = st.info if outcome in {"optimal", "good"} else st.warning if snapshot.has_schedule else st.error
    if snapshot.run is not None and snapshot.has_schedule and standing(opened_run(snapshot.run).document)[1]:
        tone = st.success
    tone(say(f"outcome-{outcome}", elapsed=clock(snapshot.seconds)))
    _ways_on(desk, snapshot)
    if snapshot.run is not None:
        st.caption(say("saved", run=store().record(snapshot.run).short))
        if snapshot.has_schedule:
            result = opened_run(snapshot.run)
            show_levels(result)
            show_cost_note(result)
    elif (unsaved := snapshot.result) is not None:
        name = file_name("-".join([snapshot.plan_title, *snapshot.scenarios]))
        file_button(say("download"), f"{name}.json", lambda: unsaved.text().encode("utf-8"), "solving.download")
    with st.expander(say("how-it-went")):
        _charts(snapshot)


def _ways_on(desk: Desk, snapshot: Snapshot) -> None:
    """Open the result, on the page where it is read."""
    ways = {"overview": "to-overview", "schedule": "to-schedule", "comparing": "to-comparing"}
    if not snapshot.has_schedule:
        ways = {"overview": "to-reasons", "inputs": "to-inputs"}
    with st.container(horizontal=True):
        for page, name in ways.items():
            if st.button(say(name), type="primary" if page == "overview" else "secondary", key=f"solving.to.{page}"):
                if snapshot.run is not None:
                    desk.open_run(snapshot.run)
                else:
                    desk.open_result(snapshot.result)
                st.switch_page(desk.pages[page])
