"""Odd figures typed into the form of a quarter: each is marked at its cell and named in words, and nothing is entered."""

import pytest
from records.life import TODAY, small_plan
from streamlit.testing.v1 import AppTest

from optplan.language import speaking
from optplan.office import Person, Role
from optplan.office.unentered import Typed
from optplan.records import Admission, confirmations
from optplan.store import LedgerFile
from optplan.tables.names import Names

PLAN = small_plan()
WELL = {"quantity": "2", "source": "验收单", "document": "甲验1"}
ODD = {  # what is typed, whose quarter is confirmed, the cell that is marked, and what is said
    "a negative figure": ({**WELL, "quantity": "-2"}, "b", "quantity", "-2 是负数"),
    "another unit": ({**WELL, "quantity": "2台套"}, "b", "quantity", "“2台套”除数字外还有别的文字"),
    "a day after the plan": ({**WELL, "date": "2031-01-05"}, "b", "date", "2031"),
    "a day of another quarter": ({**WELL, "date": "2021-06-05"}, "b", "date", "日期 2021-06-05 不在 2021 年第 3 季度之内"),
    "a quarter that is confirmed": (WELL, "a", "quantity", "甲县 2021 年第 3 季度已经确认、锁定"),
}


def drawn(room, typed, marks):
    from optplan.language import speaking
    from optplan.web.tracking import entry_panel

    with speaking("zh"):
        entry_panel.choose_county = lambda room, key, mine: "a"
        entry_panel.choose_quarter = lambda room, key: (2021, 3)
        entry_panel.adopted_schedule = lambda room: None
        entry_panel.Forms.typed = lambda self, form: typed
        entry_panel.show_sheet = lambda key, name, turn, ack, title, columns, rows, on_typed: marks.update(
            {(row.id, name): note for row in rows for name, note in row.notes.items()}
        )
        entry_panel.show_entering(room)


@pytest.mark.parametrize("case", ODD)
def test_what_is_odd_is_marked_named_and_not_entered(case, tmp_path, monkeypatch):
    from types import SimpleNamespace

    from optplan.web.tracking import entry_panel
    from optplan.web.tracking.ledger import Room

    for name in ("choose_county", "choose_quarter", "adopted_schedule", "show_sheet"):
        monkeypatch.setattr(entry_panel, name, getattr(entry_panel, name))  # as it was, once the page has been drawn
    monkeypatch.setattr(entry_panel.Forms, "typed", entry_panel.Forms.typed)
    cells, confirmed, column, words = ODD[case]
    ledger = LedgerFile(tmp_path / "records.csv")
    ledger.enter(confirmations(2021, 3, [confirmed]), Admission(PLAN.tables, TODAY), "王")
    with speaking("zh"):
        room = Room(SimpleNamespace(author=Person("李", Role.EDITOR)), PLAN, ledger, ledger.read(), Names(PLAN.tables, "zh"))
    typed, marks = Typed({("delivery:engine", name): text for name, text in cells.items()}), {}
    app = AppTest.from_function(drawn, kwargs={"room": room, "typed": typed, "marks": marks}, default_timeout=60).run()
    assert not app.exception
    assert words in marks["delivery:engine", column]
    app.button[0].click().run()
    assert any(words in error.value.replace("\\", "") for error in app.error)
    assert len(ledger.read()) == 1
