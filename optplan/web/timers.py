"""Parts of a page that draw themselves again every so often must not take a visitor back to the page that they have left.

Streamlit lets a browser's timer ask for a part of a page. While a visitor goes elsewhere, such a request may be under way still.
It names the page that is being left: put together with the visitor's own request it undoes that, and run after it, it clears the
new page, which is then blank. Here a timer never changes what a person has asked for, and what is gone is not drawn.

And who types a figure and goes to another page at once has still typed it: what was entered last is not dropped with the page.
What a touch of a visitor sets off is run to its end before anything else is looked at.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime import app_session
from streamlit.runtime.scriptrunner import script_runner
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData, ScriptRequests, ScriptRequestType
from streamlit.runtime.state.safe_session_state import SafeSessionState

from optplan.web.undisturbed import is_undisturbed, undisturbed


class _Requests(ScriptRequests):
    def _request_rerun_locked(self, new_data: RerunData) -> bool:
        waiting = self._state == ScriptRequestType.RERUN
        if waiting and new_data.is_auto_rerun and not self._rerun_data.is_auto_rerun:
            return True  # what waits was asked for by a person; the timer asks again
        if waiting and not _same_page(self._rerun_data, new_data):
            new_data = replace(new_data, widget_states=_with_left(self._rerun_data.widget_states, new_data.widget_states))
        return super()._request_rerun_locked(new_data)


def _same_page(one: RerunData, other: RerunData) -> bool:
    return one.page_script_hash == other.page_script_hash and one.page_name == other.page_name


def _with_left(waiting: WidgetStates | None, new: WidgetStates | None) -> WidgetStates | None:
    """The widgets of the page that is gone to, and what was entered last on the one that is left: it is entered all the same."""
    if waiting is None:
        return new
    together = WidgetStates()
    known = {state.id for state in new.widgets} if new is not None else set()
    together.widgets.extend(
        [*(new.widgets if new is not None else ()), *(each for each in waiting.widgets if each.id not in known)]
    )
    return together


class _State(SafeSessionState):
    def on_script_will_rerun(self, *given: Any, **named: Any) -> None:
        with undisturbed():  # the callbacks of widgets
            super().on_script_will_rerun(*given, **named)


class Runner(script_runner.ScriptRunner):
    """Draws a page, and breaks it off where that harms nothing."""

    def _maybe_handle_execution_control_request(self) -> None:
        if not is_undisturbed():
            super()._maybe_handle_execution_control_request()

    def _run_script(self, rerun_data: RerunData) -> None:
        parts = rerun_data.fragment_id_queue
        if rerun_data.is_auto_rerun and parts and not any(map(self._fragment_storage.contains, parts)):
            return
        super()._run_script(rerun_data)


def tame_timers() -> None:
    """Make it so in this process, before Streamlit serves anybody."""
    script_runner.SafeSessionState = _State  # type: ignore[attr-defined]
    script_runner.ScriptRequests = _Requests  # type: ignore[attr-defined]
    app_session.ScriptRunner = Runner  # type: ignore[attr-defined]
