"""The page says how near a solve is: good enough with what is still open, rather than figures that alarm."""

from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from optplan.decision_model import read_model
from optplan.document.good_enough import Nearness
from optplan.language import speaking
from optplan.office import Moment, Person, Role, Snapshot, State
from optplan.solving.effort import Effort
from optplan.web.solving.nearness import good_to

BAD, GOOD = Nearness("readiness_gap", 0.33, 0.04, False), Nearness("readiness_gap", 0.0432, 0.04, True)


RUNNING = {"id": "1", "person": Person("a", Role.EDITOR), "state": State.RUNNING, "place": None, "plan_title": "t"}
ASKED = {"model": read_model("attain"), "scenarios": (), "currency": "万元", "asked_at": datetime.now(UTC)}


def drawn(snapshot, language):
    from optplan.language import speaking
    from optplan.web.solving.nearness import show_nearness

    with speaking(language):
        show_nearness(snapshot)


def draw(language, *near, **more):
    snapshot = Snapshot(**RUNNING, **ASKED, near=(Nearness("target_shortfall", 0.0, 0.0, True), *near), **more)
    app = AppTest.from_function(drawn, kwargs={"snapshot": snapshot, "language": language}, default_timeout=60).run()
    assert not app.exception
    return [each.value for each in (*app.success, *app.caption)]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ("目标缺口：已是最好", "达标差距：还在改进")),
        ("en", ("Target shortfall: exact", "Readiness gap: still being improved")),
    ],
)
def test_what_is_not_good_yet_is_being_improved_and_no_alarm(language, words):
    (said,) = draw(language, BAD)
    assert all(word in said for word in words)
    assert "29" not in said


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ("各项指标都已够好，用时 0:04", "达标差距：离最好不超过 0.32 个百分点")),
        ("en", ("after 0:04", "Readiness gap: good to 0.32 percentage points")),
    ],
)
def test_what_is_good_says_how_good_and_that_the_proof_goes_on(language, words):
    (said,) = draw(language, GOOD, good_after=4.2)
    assert all(word in said for word in words)
    going_on = {"zh": "更精确的证明", "en": "goes on to prove"}[language]
    assert going_on in said
    (quick,) = draw(language, GOOD, good_after=4.2, effort=Effort(quick=True))
    assert going_on not in quick


@pytest.mark.parametrize(
    ("value", "bound", "said"),
    [
        (0.33, 0.04, "being improved"),
        (0.0432, 0.04, "0.32 percentage points"),
        (None, 0.04, "none yet"),
        (0.04, 0.04, "0.00 percentage points"),
    ],
)
def test_the_figure_of_a_level_is_shown_once_it_is_good(value, bound, said):
    with speaking("en"):
        assert good_to(Snapshot(**RUNNING, **ASKED), Moment(3.0, 1, 3, "readiness_gap", value, bound)) == said
