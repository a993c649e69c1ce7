"""What a person wrote stands on a terminal as it was written: brackets are no colours, and end nothing in a traceback."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import pytest

from optplan.console.output import Output
from optplan.console.report import show_result
from optplan.console.terminal import console
from optplan.figures.summary import summarise
from optplan.language.numbers import amount
from optplan.result import read_result

SAMPLE = Path(__file__).resolve().parents[2] / "reports" / "sample" / "shuozhou-attain.json"


@pytest.mark.parametrize("name", ["[/b]", "[red]东区", "[link=http://x]a[/link]", ":smile:", "[/"])
def test_brackets_are_text(capsys: pytest.CaptureFixture[str], name: str) -> None:
    Output(as_json=False).tables([(name, [name, "2025"], [[name, "1"]])])
    assert capsys.readouterr().out.count(name) == 3


def test_at_80_columns_no_figure_of_a_result_is_cut() -> None:
    result = read_result(SAMPLE)
    terminal = console()
    terminal.file, terminal.width = io.StringIO(), 80
    show_result(result, terminal)
    said = terminal.file.getvalue()
    assert "…" not in said.rsplit("\n", 2)[0]  # but for the seal, which is told by its beginning
    summary = summarise(result, "zh")
    for payer in summary.payers:
        assert amount(sum(payer.by_year, Decimal(0))) in said
