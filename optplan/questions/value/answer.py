"""What money is worth, as users hold it."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from optplan.answers.answer import Answer
from optplan.language import current_language
from optplan.questions.value.places import lever_words
from optplan.questions.value.words import sentences
from optplan.tables.names import called

if TYPE_CHECKING:
    import pandas as pd


class Value(Answer):
    """What a step more or less in each place does to every criterion, the best first.

    ``document``: beside what every answer has, ``base`` (each criterion as it is, an interval) and ``levers``: each with its
    ``step``, ``status`` (of the result; ``waiting``: not solved), ``criteria`` (``after`` and ``change``, intervals, those before
    held as they are unless they are proven to get better) and ``if_divisible`` (by how much each criterion changes in the
    relaxation, an estimate without proof).
    """

    question: ClassVar[str] = "value"

    @property
    def ranked(self) -> pd.DataFrame:
        """Every step, the best first."""
        return self.tables()["levers"]

    def tables(self) -> dict[str, pd.DataFrame]:
        """``levers``: a row for each step, with the bounds of the change of every criterion; a ``heat`` and an ``estimate``
        for each criterion, by county and year."""
        import pandas as pd

        names = list(self.document["base"])
        rows = [self._row(entry) for entry in self.document["levers"]]
        columns = ["lever", "kind", "fund", "county", "year", "step", "status"]
        columns += [f"{name}_{side}" for name in names for side in ("low", "high", "estimate")]
        tables = {"levers": pd.DataFrame(rows, columns=columns)}
        for kind, estimated in (("heat", False), ("estimate", True)):
            tables |= {f"{kind}-{name}": heat for name in names if len(heat := self.heat_map(name, estimated=estimated))}
        return tables

    def shown_tables(self) -> dict[str, pd.DataFrame]:
        """The same, with each step in words in place of its id."""
        tables, names = self.tables(), called(self.plan_tables)
        said = [lever_words(entry, names, self.currency, current_language()) for entry in self.document["levers"]]
        return tables | {"levers": tables["levers"].assign(lever=said)}

    def _row(self, entry: dict[str, Any]) -> dict[str, Any]:
        row = {name: entry[name] for name in ("lever", "kind", "fund", "county", "year", "status")}
        row["step"] = Decimal(entry["step"])
        for each, divided in zip(entry["criteria"], entry["if_divisible"], strict=False):
            low, high = each["change"]
            row |= {f"{each['name']}_low": low, f"{each['name']}_high": high, f"{each['name']}_estimate": divided}
        return row

    def heat_map(self, criterion: str, fund: str | None = None, *, estimated: bool = False) -> pd.DataFrame:
        """By county and year, how much ``criterion`` changes at least for one step more: the proven side, 0 or less.

        ``estimated``: how much it would change if units could be divided, which is not proven, and known from the first.
        """
        asked = (criterion, fund, estimated)
        if asked not in self._heats:
            self._heats[asked] = self._heat_map(*asked)
        return self._heats[asked].copy()

    @cached_property
    def _heats(self) -> dict[tuple[str, str | None, bool], pd.DataFrame]:
        """Those that were made: a page is drawn again and again."""
        return {}

    def _heat_map(self, criterion: str, fund: str | None, estimated: bool) -> pd.DataFrame:
        import pandas as pd

        place = list(self.document["base"]).index(criterion)
        cells = [
            {
                "county": entry["county"],
                "year": entry["year"],
                "change": entry["if_divisible"][place] if estimated else entry["criteria"][place]["change"][1],
            }
            for entry in self.document["levers"]
            if entry["kind"] == "cell" and (estimated or entry["criteria"]) and not str(entry["step"]).startswith("-")
            if fund in {None, entry["fund"]}
        ]
        if not cells:
            return pd.DataFrame()
        heat = pd.DataFrame(cells).pivot_table(index="county", columns="year", values="change", aggfunc="min")
        return heat.reset_index().rename_axis(None, axis=1)

    def sentences(self, language: str | None = None) -> list[str]:
        """Where a step more does most, where a step less costs nothing, what is not known."""
        return sentences(self.document, self.plan_tables, language)
