"""Everything that is shown on a terminal goes through here: what a person wrote is text, whatever stands in it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TextIO

from optplan.language.printable import on_terminal

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

WITHOUT_TERMINAL = 140  # characters of a line in a file or a pipe
NARROWEST = 12  # characters that a column of words is folded to
_HAS_WORDS = re.compile(r"[^\W\d_]")


def write(*lines: str, to: TextIO | None = None) -> None:
    """Each of ``lines`` on a line of its own, on standard output or ``to``."""
    stream = to or sys.stdout
    for line in lines:
        stream.write(on_terminal(line) + "\n")


def tell(line: str) -> None:
    """A line on standard error, at once."""
    write(line, to=sys.stderr)
    sys.stderr.flush()


def console(*, stderr: bool = False) -> Console:
    """A console for tables and bars that obeys nothing that stands in its texts: no markup, no emoji, no control sequences."""
    from rich.console import Console

    class Plain(Console):
        def render_str(self, text: str, **how: Any) -> Text:
            return super().render_str(on_terminal(text), **how)

    stream = sys.stderr if stderr else sys.stdout
    return Plain(file=stream, highlight=False, markup=False, emoji=False, width=None if stream.isatty() else WITHOUT_TERMINAL)


def tables(shown: Iterable[tuple[str, Sequence[str], Sequence[Sequence[Any]]]], on: Console) -> None:
    """Tables of (title, headers, rows), empty ones left out. Words are folded where it gets narrow; figures never are, nor cut:
    a table whose figures need more room than the terminal has is wider than it."""
    from rich.cells import cell_len
    from rich.table import Table

    width = on.width
    for title, headers, rows in shown:
        if not rows:
            continue
        table, least = Table(title=title, title_justify="left"), 1
        heads = list(map(on_terminal, headers))
        cells = [[on_terminal(str(cell)) for cell in row] for row in rows]
        for header, column in zip(heads, zip(*cells, strict=True), strict=True):
            figures = not any(map(_HAS_WORDS.search, column))
            longest = max(map(cell_len, (header, *column)))
            least += 3 + (longest if figures else min(longest, NARROWEST))
            table.add_column(header, overflow="fold", no_wrap=figures, justify="right" if figures else "left")
        for row in cells:
            table.add_row(*row)
        on.width = max(width, least)
        on.print(table)
    on.width = width
