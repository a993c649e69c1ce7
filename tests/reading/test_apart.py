"""Work that is done apart gives what it would give here, and takes nobody with it when it goes wrong."""

import os
import shutil
import time

import pytest

from optplan import apart
from optplan.apart import done_apart, file_of
from optplan.editing.uploads import uploaded_scenario
from optplan.language import current_language, speaking
from optplan.tables.findings import InputError


def test_answers_and_findings_come_back():
    with speaking("en"):
        assert done_apart(current_language) == "en"
    with pytest.raises(InputError) as raised:
        done_apart(uploaded_scenario, "x.toml", b"a" + b".a" * 20_000 + b" = 1")
    assert raised.value.findings[0].message("zh")
    assert raised.value.findings[0].message("en")


def test_a_file_comes_back(tmp_path):
    (tmp_path / "words.txt").write_bytes(b"words")
    assert file_of(shutil.copyfile, str(tmp_path / "words.txt"), ".txt") == b"words"


@pytest.mark.parametrize(("work", "given"), [(bytearray, (8 * 2**30,)), (os.abort, ())])
def test_what_takes_too_much_is_told(work, given):
    with pytest.raises(InputError) as raised:
        done_apart(work, *given)
    assert raised.value.findings[0].code == "work-too-large"


def test_what_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(apart, "SECONDS", 0.5)
    with pytest.raises(InputError) as raised:
        done_apart(time.sleep, 60)
    assert raised.value.findings[0].code == "work-too-long"


def test_a_fault_of_the_program_stays_one():
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        done_apart(divmod, 1, 0)
