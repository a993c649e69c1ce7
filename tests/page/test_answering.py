"""What an edit costs the server: the whole inputs page with its findings is drawn anew within half a second."""

import time

from without_browser import page_of


def test_an_edit_and_its_findings_take_half_a_second(monkeypatch, tmp_path):
    monkeypatch.setenv("OPTPLAN_STORE", str(tmp_path / "store.sqlite3"))
    monkeypatch.setenv("OPTPLAN_LANG", "zh")
    app = page_of("inputs", patience=60).run()
    took = []
    for percent in (80, 60, 40):
        begun = time.process_time()
        app.slider[2].set_value(percent).run()
        took.append(time.process_time() - begun)
        assert not app.exception
        told = [each.value.replace("\\", "") for each in app.markdown]
        assert any(each.endswith(f"−{100 - percent}%") for each in told)
        assert any("可以求解" in each for each in told)
    assert max(took) <= 0.5, took
