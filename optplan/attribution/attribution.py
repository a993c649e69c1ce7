"""Why two answers differ, as users hold it: tables, sentences and a workbook of a divided change."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from optplan.attribution.division import Division, Part
from optplan.attribution.figures import FigureKey
from optplan.attribution.words import printed, sentences
from optplan.attribution.workbook import export_attribution
from optplan.comparison.words import PrintedTable
from optplan.language import current_language

if TYPE_CHECKING:
    import pandas as pd


class Attribution(Division):
    """Why the answer to ``changed`` differs from that to ``base``; what it holds is described at :class:`Division`."""

    @property
    def headlines(self) -> pd.DataFrame:
        """Each figure: kind, name, its value in both plans, its change, and what the groups do together beyond alone."""
        import pandas as pd

        rows = [
            (key.kind, key.name, self.values[key][0], self.values[key][self.full], self.change(key), self.together(key))
            for key in self.figures
        ]
        return pd.DataFrame(rows, columns=["kind", "name", "base", "changed", "change", "together"], dtype=object)

    @property
    def shares(self) -> pd.DataFrame:
        """The parts: kind and name of the figure, group, and the fields of :class:`Part`, as exact fractions."""
        import pandas as pd

        rows = [
            (key.kind, key.name, group.name, *each, each.settled)
            for key in self.figures
            for group, each in zip(self.groups, self.parts[key], strict=True)
        ]
        return pd.DataFrame(rows, columns=["kind", "name", "group", *Part._fields, "settled"], dtype=object)

    @property
    def solves(self) -> pd.DataFrame:
        """Each set of groups: the names, status, hash of the plan, seconds of search, whether it came from the cache."""
        import pandas as pd

        rows = [
            (self.names(s), answer.status, answer.plan_sha256, answer.seconds, answer.cached)
            for s, answer in sorted(self.answers.items())
        ]
        return pd.DataFrame(rows, columns=["groups", "status", "plan_sha256", "seconds", "cached"])

    @property
    def inputs(self) -> pd.DataFrame:
        """Each changed cell with its group: group, table, row, column (blank: the whole row), before, after."""
        import pandas as pd

        group_of = {cell: group.name for group in self.groups for cell in group.cells}
        rows = [
            (group_of.get(cell, ""), cell.table, cell.row, cell.column, before, after) for cell, before, after in self.changes
        ]
        return pd.DataFrame(rows, columns=["group", "table", "row", "column", "before", "after"])

    def as_dict(self) -> dict[str, Any]:
        """The attribution as ``--json`` prints it: figures as numbers, and beside each part its exact value as a fraction."""
        return {
            "plan": {"base": self.base.sha256, "changed": self.changed.sha256},
            "model": self.model.name,
            "scenario": list(self.scenarios),
            "gap": self.gap,
            "groups": [{"name": group.name, "cells": len(group.cells)} for group in self.groups],
            "divisible": self.divisible,
            "orders": self.orders.total,
            "unanswered": [list(self.names(subset)) for subset in self.unanswered],
            "figures": [self._figure_as_dict(key) for key in self.figures],
            "solves": [
                {
                    "groups": list(self.names(s)), "status": answer.status, "plan_sha256": answer.plan_sha256,
                    "seconds": answer.seconds, "cached": answer.cached,
                }
                for s, answer in sorted(self.answers.items())
            ],
            "inputs": self.inputs.to_dict("records"),
        }  # fmt: skip

    def _figure_as_dict(self, key: FigureKey) -> dict[str, Any]:
        values, together = self.values[key], self.together(key)
        return {
            "kind": key.kind,
            "name": key.name,
            "base": float(values[0]),
            "changed": float(values[self.full]),
            "change": float(self.change(key)),
            "change_exact": str(self.change(key)),
            "together": _float(together),
            "parts": [
                {
                    "group": group.name,
                    **{name: _float(value) for name, value in zip(Part._fields, each, strict=True)},
                    "part_exact": str(each.part),
                    "settled": each.settled,
                }
                for group, each in zip(self.groups, self.parts[key], strict=True)
            ],
        }

    def tables(self, language: str | None = None) -> Sequence[PrintedTable]:
        """The attribution in words, as tables for a terminal."""
        return printed(self, language or current_language())

    def sentences(self, language: str | None = None) -> list[str]:
        """What stands out, in sentences: what each criterion's change is due to, and what has no plan."""
        return sentences(self, language or current_language())

    def to_excel(self, path: str | Path, language: str | None = None) -> None:
        """Write the attribution as a workbook, as a whole or not at all."""
        export_attribution(self, Path(path), language)


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
