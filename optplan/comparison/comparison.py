"""Results side by side."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from optplan.comparison.figures import SECTIONS, Difference, Section
from optplan.comparison.inputs import InputChange
from optplan.comparison.sides import Sides
from optplan.comparison.words import PrintedTable, printed
from optplan.comparison.workbook import export_comparison
from optplan.document.sealed import sealed
from optplan.language import current_language, text
from optplan.result import Result
from optplan.schedule import YUAN
from optplan.store.named_results import sealed_result_called
from optplan.tables.findings import Finding, InputError

if TYPE_CHECKING:
    import pandas as pd

FEWEST, MOST = 2, 6


class ComparisonFinding(Finding):
    """What is wrong with a comparison that was asked for, in the words of ``compare.ftl``."""

    def message(self, language: str | None = None) -> str:
        """The finding in words."""
        return text("compare", self.code, language, **self.values)


class Comparison(Sides):
    """Two to six results side by side, under the letters A to F.

    The tables are pandas DataFrames: the key columns, a column for each letter, and the differences ``B-A``, ``C-A`` …
    Headline figures (criteria, targets, deliveries, funds, counties) are all listed, of the others only those that differ.
    A result without a schedule has no figures, which is not the same as zero.
    """

    def _frame(self, section: str) -> pd.DataFrame:
        import pandas as pd

        first, *others = self.labels
        columns = [*SECTIONS[section].keys, *self.labels, *(f"{label}-{first}" for label in others)]
        rows = [[*line.key, *line.values.values(), *line.differences.values()] for line in self.differences(section)]
        return pd.DataFrame(rows, columns=columns, dtype=object)

    @property
    def results(self) -> pd.DataFrame:
        """What is compared: letter, model, scenarios, status, title and hash of the plan, seal."""
        import pandas as pd

        return pd.DataFrame([side.account() for side in self.sides])

    @property
    def inputs(self) -> pd.DataFrame:
        """What changed in the inputs, with the columns of :class:`InputChange`."""
        import pandas as pd

        return pd.DataFrame(self.input_changes, columns=list(InputChange._fields))

    @property
    def criteria(self) -> pd.DataFrame:
        """The exact value of each criterion in the plan."""
        return self._frame("criteria")

    @property
    def targets(self) -> pd.DataFrame:
        """Total, delivered and shortfall of each target."""
        return self._frame("targets")

    @property
    def deliveries(self) -> pd.DataFrame:
        """What counts towards each target, by year."""
        return self._frame("deliveries")

    @property
    def funds(self) -> pd.DataFrame:
        """What each fund pays, by year; under a blank fund what is requested beyond them."""
        return self._frame("funds")

    @property
    def counties(self) -> pd.DataFrame:
        """Capital and recurrent cost of each county, by year."""
        return self._frame("counties")

    @property
    def schedule(self) -> pd.DataFrame:
        """Deliveries by item, county and year that differ."""
        return self._frame("schedule")

    @property
    def hires(self) -> pd.DataFrame:
        """Hires by team and year that differ."""
        return self._frame("hires")

    @property
    def projects(self) -> pd.DataFrame:
        """Projects whose start differs."""
        return self._frame("projects")

    @property
    def gaps(self) -> pd.DataFrame:
        """Gaps to the standards, by standard, county and year, that differ."""
        return self._frame("gaps")

    def as_dict(self) -> dict[str, Any]:
        """The comparison as ``--json`` prints it: amounts of money as decimal strings, other figures as numbers."""
        return {
            "results": [side.account() for side in self.sides],
            "inputs": [change._asdict() for change in self.input_changes],
            **{name: [_as_dict(section, line) for line in self.differences(name)] for name, section in SECTIONS.items()},
        }

    def tables(self, language: str | None = None) -> list[PrintedTable]:
        """The comparison in words: what is compared, the criteria, and of everything else what differs."""
        return printed(self, language or current_language())

    def to_excel(self, path: str | Path, language: str | None = None) -> None:
        """Write the comparison as a workbook, as a whole or not at all. ``language``: ``zh`` or ``en``."""
        export_comparison(self, path, language)


def compare(results: Sequence[Result | str | Path]) -> Comparison:
    """What differs between two to six results; the first is what the others are measured against.

    Each is an object, a result file, or the id of a run that the store keeps.

    Raises :class:`InputError` if there are fewer or more, if a file is no result, if the store has no such run, or if a result
    is not what was sealed (:class:`~optplan.document.sealed.SealBroken`).

    >>> import optplan
    >>> print(optplan.compare(["base.json", "late.json"]).targets)  # doctest: +SKIP
    """
    if not FEWEST <= len(results) <= MOST:
        raise InputError([ComparisonFinding("error", "results-count", values={"count": len(results)})])
    return Comparison([sealed(result) if isinstance(result, Result) else sealed_result_called(result) for result in results])


def _as_dict(section: Section, line: Difference) -> dict[str, Any]:
    values = {label: _plain(value, section) for label, value in line.values.items()}
    apart = {label: _plain(value, section) for label, value in line.differences.items()}
    return {**dict(zip(section.keys, line.key, strict=True)), "values": values, "differences": apart}


def _plain(value: Decimal | None, section: Section) -> Any:
    if value is None:
        return None
    if section.money:
        return str(value.quantize(YUAN))
    return int(value) if value == value.to_integral_value() else float(value)
