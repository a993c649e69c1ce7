"""Everything a workbook says is in both catalogues, with the same variables."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import openpyxl
import pytest

from optplan.result import Result
from optplan.workbook import export_schedule, write_template

MESSAGE = re.compile(r"^([a-z][a-z0-9_-]*) = (.*)$", re.MULTILINE)
VARIABLE = re.compile(r"\{ \$(\w+) \}")


def messages(language: str) -> dict[str, set[str]]:
    source = files("optplan").joinpath("locale", language, "workbook.ftl").read_text(encoding="utf-8")
    return {name: set(VARIABLE.findall(words)) for name, words in MESSAGE.findall(source)}


def test_both_languages_have_the_same_messages_and_variables() -> None:
    assert messages("zh") == messages("en")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_cell_shows_the_name_of_a_message(priced: Result, tmp_path: Path, language: str) -> None:
    export_schedule(priced, tmp_path / "schedule.xlsx", language)
    write_template(tmp_path / "template.xlsx", language)
    names = {name for name in messages(language) if "-" in name}
    for path in tmp_path.iterdir():
        shown = {value for sheet in openpyxl.load_workbook(path).worksheets for row in sheet.values for value in row}
        assert not shown & names
