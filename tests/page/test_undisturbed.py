"""A change that a visitor makes is made whole, however soon the browser asks for something else."""

import pytest
from streamlit.runtime.scriptrunner import RerunException
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData, ScriptRequests

from optplan.web.timers import Runner
from optplan.web.undisturbed import undisturbed


@pytest.fixture
def runner():
    """One that draws a page while the browser has already asked for the next."""
    runner = object.__new__(Runner)
    runner._execing = True
    runner._requests = ScriptRequests()
    runner._requests.request_rerun(RerunData())
    runner._is_in_script_thread = lambda: True
    return runner


def test_a_page_that_is_no_longer_wanted_is_broken_off(runner):
    with pytest.raises(RerunException):
        runner._maybe_handle_execution_control_request()


def test_a_change_under_way_is_not(runner):
    steps = []

    @undisturbed()
    def change():
        steps.append("said to be in the draft")
        runner._maybe_handle_execution_control_request()  # as touching the session does
        with undisturbed():
            pass
        runner._maybe_handle_execution_control_request()
        steps.append("in the draft")

    change()
    assert steps == ["said to be in the draft", "in the draft"]
    with pytest.raises(RerunException):
        runner._maybe_handle_execution_control_request()
