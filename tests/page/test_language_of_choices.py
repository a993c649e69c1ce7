"""Boxes to choose from speak the language that is chosen, and what was chosen in them stays chosen."""

import ast
from pathlib import Path

import pytest
from plans.random_plans import random_tables
from without_browser import page_of

import optplan
from optplan.language import speaking
from optplan.plan import Plan

WEB = Path(optplan.__file__).parent / "web"


def test_another_language_shows_the_same_choice_in_its_words(monkeypatch, tmp_path):
    monkeypatch.setenv("OPTPLAN_STORE", str(tmp_path / "store.sqlite3"))
    monkeypatch.setenv("OPTPLAN_LANG", "zh")
    app = page_of("inputs", patience=120).run()

    def boxes():
        return {name: next(box for box in app.selectbox if name in str(box.key)) for name in ("county", "year", "matrix-budgets")}

    boxes()["county"].set_value("huairen").run()
    boxes()["matrix-budgets"].set_value("own_recurrent").run()
    before = {name: (box.value, box.key) for name, box in boxes().items()}
    app.session_state["desk.language"] = "en"
    app.run()
    after = boxes()
    assert {name: box.value for name, box in after.items()} == {name: value for name, (value, _) in before.items()}
    assert "Huairen City" in after["county"].options
    assert "County running budget" in after["matrix-budgets"].options
    assert all(after[name].key != key for name, (_, key) in before.items())  # a browser would go on showing the old words
    app.session_state["desk.language"] = "zh"
    with speaking("en"):  # the labels that are sent back are made here
        app.run()
    assert {name: (box.value, box.key) for name, box in boxes().items()} == before


@pytest.mark.parametrize(
    ("page", "key", "chosen", "before", "after"),
    [("history", "history.runs.status", "infeasible", "无解", "no plan exists"),
     ("solving", "solving.limit", "300", "5 分钟", "5 minutes")],
)  # fmt: skip
def test_what_narrows_a_list_and_ends_a_solve_is_kept_in_another_language(
    page, key, chosen, before, after, monkeypatch, tmp_path
):
    monkeypatch.setenv("OPTPLAN_STORE", str(tmp_path / "store.sqlite3"))
    monkeypatch.setenv("OPTPLAN_LANG", "zh")
    app = page_of(page, patience=120)
    app.session_state["desk.plan"] = Plan(random_tables(1))
    app.run()
    assert not app.exception

    def box():
        return next(each for each in app.selectbox if str(each.key).startswith(key))

    box().set_value(chosen).run()
    assert box().options[box().index] == before
    app.session_state["desk.language"] = "en"
    app.run()
    assert not app.exception
    assert box().value == chosen
    with speaking("en"):  # what a box shows is worked out here
        assert box().options[box().index] == after


def test_every_box_of_words_is_one_that_keeps_what_was_chosen():
    """A browser shows the words that were chosen until the key of the box is another, which forgets what was chosen."""
    own = {WEB / "widgets" / "choice.py", WEB / "sidebar.py"}  # the latter shows what is open, not what was chosen
    for path in set(WEB.rglob("*.py")) - own:
        for call in (each for each in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(each, ast.Call)):
            if isinstance(call.func, ast.Attribute) and call.func.attr in {"selectbox", "multiselect"}:
                assert "format_func" not in {each.arg for each in call.keywords}, (path, call.lineno)
