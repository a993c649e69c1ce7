"""What is certain is drawn on the schedule: green where the figure is firm, orange with its range where it can vary."""

import pytest
from answers.enumerated import plan_of
from answers.test_wishes import RICH
from optimum.test_second_solver import model_of
from streamlit.testing.v1 import AppTest

import optplan
from optplan.language import speaking
from optplan.office.inquiries import server_inquiries
from optplan.questions import Certain
from optplan.web.asking.certain import OF_EVERYTHING
from optplan.web.asking.subject import About
from optplan.web.schedule.firmness import Firmness
from optplan.web.widgets import grid

MODEL = model_of(["target_shortfall", "readiness_gap", "cost"])


def cell(item, county, value, low, high, *, firm, settled=True):
    return {
        "kind": "delivery", "subject": item, "county": county, "year": 2023, "value": value, "low": low, "high": high,
        "seen_low": low, "seen_high": high, "settled": settled, "firm": firm,
    }  # fmt: skip


@pytest.fixture(scope="module")
def firmness():
    cells = [
        cell("a", "x", 3, 3, 3, firm=True), cell("a", "y", 2, 1, 4, firm=False), cell("a", "z", 5, 4, 6, firm=False),
        cell("b", "x", 1, 1, 2, firm=False, settled=False), cell("b", "y", 1, 1, 1, firm=None, settled=False),
        cell("c", "x", 1_000_000, 1_000_000, 1_234_567, firm=False),
    ]  # fmt: skip
    return Firmness(Certain({"cells": cells}))


@pytest.mark.parametrize(
    ("items", "counties", "tone", "said"),
    [
        (["a"], ["x"], "firm", "必定如此"),
        (["a"], ["y"], "flexible", "1 至 4"),
        (["a"], ["x", "y"], "flexible", "4 至 7"),  # three of the five are firm
        (["a"], ["x", "y", "z"], "flexible", "其中 2 项"),  # what one part loses another may gain
        (["b"], ["x"], "flexible", "也许还能"),
        (["b"], ["y"], "unknown", "没有判明"),
        (["c"], ["x"], "flexible", "1,000,000 至 1,234,567"),
    ],
)
def test_a_figure_is_as_firm_as_its_parts(firmness, items, counties, tone, said):
    with speaking("zh"):
        mark = firmness.of(items, counties, 2023)
    assert mark.tone == tone
    assert said in mark.note


def test_of_what_was_not_asked_nothing_is_said(firmness):
    assert firmness.of(["a", "d"], ["x"], 2023) is None
    assert firmness.of(["a"], ["x"], 2024) is None
    assert not Firmness(None)


def draw():
    from optplan.web.desk import Desk
    from optplan.web.schedule.page import show

    desk = Desk()
    with desk.speaking():
        show(desk)


def test_the_answer_is_drawn_on_the_schedule(monkeypatch):
    server_inquiries.cache_clear()  # another test may have asked of the same plan
    plan = plan_of(0).with_changes(RICH)
    result = optplan.solve(plan, MODEL)
    answer, drawn = optplan.certain(plan, result), []
    about = About(plan, result, None)
    show_grid = grid.show_grid
    monkeypatch.setattr(grid, "show_grid", lambda heads, rows, **how: drawn.extend(rows) or show_grid(heads, rows, **how))

    def figures():
        drawn.clear()
        app = AppTest.from_function(draw, default_timeout=60)
        opened = {"desk.result": result, "desk.run_id": None, "desk.language": "zh", "schedule-by-other": "item"}
        for name, value in opened.items():
            app.session_state[name] = value
        app.run()
        assert not app.exception
        return [each for row in drawn for each in row if isinstance(each, grid.Askable)]

    assert not any(each.tone for each in figures())
    inquiry = server_inquiries().ask(about.key_of("certain", OF_EVERYTHING), lambda _: answer)
    while not inquiry.is_over:
        pass
    tones = {each.at: each.tone for each in figures()}
    kinds = {True: "firm", False: "flexible", None: "unknown"}
    cells = [each for each in answer.document["cells"] if each["kind"] == "delivery"]
    assert {at: tone for at, tone in tones.items() if tone} == {
        f"{each['subject']}/{each['year']}": kinds[each["firm"]] for each in cells if each["county"] == "a"
    }
