"""The page says how near a solve is: good enough with what is still open, rather than figures that alarm."""

from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from optplan.decision_model import read_model
from optplan.document.good_enough import Nearness
from optplan.language import speaking
from optplan.office import Moment, Person, Role, Snapshot, State
from optplan.solving.effort import Effort
from optplan.web.solving.nearness import shown

BAD, GOOD = Nearness("readiness_gap", 0.33, 0.04, False), Nearness("readiness_gap", 0.0432, 0.04, True)


RUNNING = {"id": "1", "person": Person("a", Role.EDITOR), "state": State.RUNNING, "place": None, "plan_title": "t"}
ASKED = {"model": read_model("attain"), "scenarios": (), "currency": "万元", "asked_at": datetime.now(UTC)}


def drawn(snapshot, language):
    from optplan.language import speaking
    from optplan.web.solving.nearness import show_nearness

    with speaking(language):
        show_nearness(snapshot)


def drawn_app(language, *near, **more):
    snapshot = Snapshot(**RUNNING, **ASKED, near=(Nearness("target_shortfall", 0.0, 0.0, True), *near), **more)
    app = AppTest.from_function(drawn, kwargs={"snapshot": snapshot, "language": language}, default_timeout=60).run()
    assert not app.exception
    return app


def read(elements):
    """What people read of Markdown in which every mark of its own is escaped."""
    return [each.value.replace("\\", "") for each in elements]


def draw(language, *near, **more):
    app = drawn_app(language, *near, **more)
    return read((*app.success, *app.caption))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ("目标未完成率（各目标平均）：0，已全部满足", "本方案 33.00%", "4.00%", "29.00 个百分点")),
        ("en", ("Shortfall of targets (average): none, met in full", "this plan 33.00%", "4.00%", "29.00 percentage points")),
    ],
)
def test_what_is_not_good_yet_says_its_three_figures_and_no_success(language, words):
    app = drawn_app(language, BAD)
    assert not app.success
    (said,) = read(app.caption)
    assert all(word in said for word in words)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ("各项指标都已够好，用时 0:04", "0.32 个百分点")),
        ("en", ("after 0:04", "difference 0.32 percentage points")),
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
        (0.33, 0.04, ("33.00%", "4.00%", "29.00 percentage points")),
        (0.0432, 0.0398, ("4.32%", "3.98%", "0.34 percentage points")),
        (None, 0.04, ("none yet", "4.00%", "none yet")),
        (0.04, 0.04, ("4.00%", "4.00%", "0.00 percentage points")),
    ],
)
def test_the_figures_of_a_level_subtract(value, bound, said):
    with speaking("en"):
        assert shown(Snapshot(**RUNNING, **ASKED), Moment(3.0, 1, 3, "readiness_gap", value, bound)) == said
