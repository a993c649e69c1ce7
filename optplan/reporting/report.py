"""A report in the making: what is followed, the blocks so far, and where their figures come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from optplan.figures.figures import Figures
from optplan.following.follow import Following
from optplan.following.lines import Line
from optplan.language import current_language, sentences_of
from optplan.reporting.blocks import Blocks
from optplan.reporting.sources import LONG, Sources, adopted_source, ranges, records_source
from optplan.tables.declarations import TABLES
from optplan.tables.labels import table_label
from optplan.tables.names import title_of
from optplan.tables.units import currency_name

say = sentences_of("reporting")
FEW = 8  # of one among several seals
SHORT = 16  # hexadecimal digits of a hash: which of some it is


def chinese() -> bool:
    """Whether the report is in Chinese."""
    return current_language() == "zh"


@dataclass
class Report:
    """``county``: of which county alone it speaks, blank for the whole plan."""

    found: Following
    county: str = ""
    blocks: Blocks = field(default_factory=lambda: Blocks(chinese()))
    sources: Sources = field(default_factory=Sources)

    @cached_property
    def figures(self) -> Figures | None:
        """The figures of the re-plan, if there is one with a schedule."""
        replan = self.found.replan
        return Figures(replan) if replan is not None and replan.has_schedule else None

    @property
    def year(self) -> int:
        """The year at the end of which it stands so."""
        return self.found.year

    @property
    def when(self) -> str:
        """That moment in words."""
        return self.found.standing.when

    @property
    def next_year(self) -> int:
        """The year that is planned next; the last one while it goes on."""
        return min(self.year + 1, self.last_year)

    @property
    def last_year(self) -> int:
        """The plan's last year."""
        return self.found.standing.plan.last_year

    @property
    def title(self) -> str:
        """What the plan is called."""
        return title_of(self.found.standing.plan.tables)

    @property
    def currency(self) -> str:
        """The currency unit."""
        return currency_name(self.found.standing.plan.tables)

    # -- where figures come from ---------------------------------------------------------------------------------------

    def cite(self, *what: str) -> str:
        """The mark of what a sentence rests on: ``actuals``, ``records``, ``adopted``, ``replan``, ``questions`` or a table."""
        return self.sources.mark(*[place for name in what for place in self._place(name)])

    def _place(self, name: str) -> list[tuple[str, str]]:
        plan, found = self.found.standing.plan, self.found
        if name == "actuals":
            numbers = [row.number for row in plan.tables["actuals"] if row.number and row["year"] <= self.year]
            return [("actuals", say("source-actuals", rows=ranges(numbers)))] if numbers else []
        if name == "records":
            numbers = [entry.number for entry in found.records.of(through=(self.year, 4))]
            return [("records", records_source(numbers))] if numbers else []
        if name == "adopted":
            return [("adopted", adopted_source(found.adopted_seal))] if found.standing.adopted is not None else []
        if name == "replan" and found.as_adopted:
            return self._place("adopted")
        if name == "replan":
            seal = found.replan.document["seal"] if found.replan is not None else None
            return [("replan", say("source-replan", seal=seal["sha256"][:LONG]))] if seal else []
        if name == "questions":
            seals = [each.result.document["seal"]["sha256"][:FEW] for each in found.forecasts.values() if each.result]
            return [("questions", say("source-questions", seals=" ".join(seals)))] if seals else []
        if name == "worked-out":
            return [("worked-out", say("source-worked-out"))]
        rows = plan.tables[name]
        words = say("source-table", table=table_label(TABLES[name]), number=len(rows), sha=plan.sha256[:SHORT])
        return [(name, words)] if rows else []

    # -- what is shown first -------------------------------------------------------------------------------------------

    def main(self, lines: Sequence[Line], most: int) -> list[Line]:
        """The targets that the plan as a whole is judged by: those of the whole plan, by its last year, in its order."""
        rows = {row["target"]: row for row in self.found.standing.plan.tables["targets"]}
        whole = [line for line in lines if rows[line.key]["county"] is None and rows[line.key]["by_year"] == self.last_year]
        return (whole or list(lines))[:most]
