"""A sweep as users hold it: its table, its chart, and files of both."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from optplan.sweeps.chart import sweep_chart
from optplan.sweeps.runs import Runs
from optplan.sweeps.writing import write_table

if TYPE_CHECKING:
    import altair as alt


class Sweep(Runs):
    """A sweep with a run for each point, in the order of the file; what it holds is described at :class:`Runs`."""

    def chart(self) -> alt.VConcatChart:
        """The criteria of the model, and the total cost, over the first axis; a line for each value of the others."""
        return sweep_chart(self)

    def save(self, path: str | Path) -> None:
        """Write the table as ``.csv``, ``.json`` or ``.xlsx``, whole or not at all."""
        write_table(self, Path(path))
