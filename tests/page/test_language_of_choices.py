"""Boxes of the inputs page speak the language that is chosen, and what was chosen in them stays chosen."""

from streamlit.testing.v1 import AppTest

from optplan.language import speaking

PAGE = """
from optplan.web.desk import Desk
from optplan.web.inputs import page

desk = Desk()
with desk.speaking():
    page.show(desk)
"""


def test_another_language_shows_the_same_choice_in_its_words(monkeypatch, tmp_path):
    monkeypatch.setenv("OPTPLAN_STORE", str(tmp_path / "store.sqlite3"))
    monkeypatch.setenv("OPTPLAN_LANG", "zh")
    app = AppTest.from_string(PAGE, default_timeout=120).run()

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
