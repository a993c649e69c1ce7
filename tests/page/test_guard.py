"""A fault on one page is told in words, and everything else goes on."""

import logging
import re

import pytest
from browsing import ROOT
from streamlit.testing.v1 import AppTest

from optplan.web.overview import page as overview


@pytest.fixture
def app(monkeypatch, tmp_path):
    monkeypatch.setenv("OPTPLAN_STORE", str(tmp_path / "store.sqlite3"))
    monkeypatch.setenv("OPTPLAN_LANG", "zh")
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)


def test_a_fault_of_the_program_is_told_in_words_with_a_number_for_the_log(app, monkeypatch, caplog):
    def fail(desk):
        raise RuntimeError("secret path /home/somebody")

    with monkeypatch.context() as patched, caplog.at_level(logging.ERROR, "optplan.web"):
        patched.setattr(overview, "show", fail)
        app.run()
    assert not app.exception
    (told,) = [error.value for error in app.error]
    number = re.search("编号 ([0-9A-F]{6})", told)[1]
    assert "secret" not in told
    assert number in caplog.text
    assert "secret path" in caplog.text
    app.run()
    assert not app.error
    assert any("已证明" in success.value for success in app.success)


def test_the_page_goes_on_when_the_store_cannot_be_reached(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("OPTPLAN_STORE", str(tmp_path / "file" / "store.sqlite3"))
    monkeypatch.setenv("OPTPLAN_LANG", "zh")
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert not app.exception
    assert any("已证明" in success.value for success in app.success)
