"""What a person wrote stands on a terminal as it was written: brackets are no colours, and end nothing in a traceback."""

from __future__ import annotations

import pytest

from optplan.console.output import Output


@pytest.mark.parametrize("name", ["[/b]", "[red]东区", "[link=http://x]a[/link]", ":smile:", "[/"])
def test_brackets_are_text(capsys: pytest.CaptureFixture[str], name: str) -> None:
    Output(as_json=False).tables([(name, [name, "2025"], [[name, "1"]])])
    assert capsys.readouterr().out.count(name) == 3
