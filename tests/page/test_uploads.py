"""Browsers may send files only where the page offers them a field, and no more than there is room for."""

import pytest

from benchmarks.protocol import CUT, visiting
from benchmarks.served import free_port, served
from optplan.web import uploads
from optplan.web.uploads import MEGABYTE, MOST_FILES, MOST_IN_ALL, MOST_OF_ONE, refused

AUTH = """[auth]
redirect_uri = "http://localhost:{port}/oauth2callback"
cookie_secret = "a secret of this test, and of nothing else"
client_id = "optplan"
client_secret = "secret"
server_metadata_url = "http://localhost:9/.well-known/openid-configuration"
"""


@pytest.fixture
def offered(monkeypatch):
    monkeypatch.setattr(uploads, "_offered", {"a": 16 * MEGABYTE, "b": MEGABYTE})
    monkeypatch.setattr(uploads, "_under_way", {})


@pytest.mark.parametrize(
    ("visit", "size", "stored", "status"),
    [
        ("a", 16 * MEGABYTE, {}, None), ("stranger", 1, {}, 403), ("a", None, {}, 411), ("a", 17 * MEGABYTE, {}, 413), ("b", 2 * MEGABYTE, {}, 413),
        ("a", 1, {"a": [1] * MOST_FILES}, 413), ("a", 1, {"a": [1] * (MOST_FILES - 1)}, None),
        ("a", MEGABYTE, {"a": [MOST_OF_ONE // 2, MOST_OF_ONE // 2]}, 413), ("a", 2, {"x": [MOST_IN_ALL - 1]}, 503),
    ],
)  # fmt: skip
def test_what_is_taken(offered, visit, size, stored, status):
    answer = refused(visit, size, stored)
    assert (answer and answer[0]) == status


def test_what_is_being_sent_counts(offered):
    uploads._under_way.update(a=MOST_OF_ONE)
    assert refused("a", MEGABYTE, {})[0] == 413
    uploads._under_way.update(a=0, others=MOST_IN_ALL)
    assert refused("b", 10, {})[0] == 503


def test_files_are_taken_where_a_field_is_shown(address):
    with visiting(address) as visit, visiting(address) as other:
        visit.draw()
        other.draw()
        assert visit.upload(b"x") == 403  # the overview has no field
        visit.draw("comparing")
        assert visit.upload(b"x") == 204
        assert visit.upload(b"x" * (17 * MEGABYTE)) in {CUT, 413}
        assert other.upload(b"x") == 403
        assert visit.upload(b"x", visit="nobody") == 403
        answers = [visit.upload(b"x", file=f"file-{number}") for number in range(MOST_FILES + 2)]
        assert answers.count(204) == MOST_FILES - 1
        assert set(answers) == {204, 413}


def test_who_has_not_signed_in_sends_nothing(tmp_path):
    port = free_port()
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "secrets.toml").write_text(AUTH.format(port=port), "utf-8")
    with served(tmp_path, port) as (address, _), visiting(address) as stranger:
        for page in ("", "inputs", "comparing"):
            stranger.draw(page)
            assert stranger.upload(b"x" * 1000) == 403
