"""What the columns of a sweep's table are called for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optplan.figures.criteria import measures_of
from optplan.language import current_language, find, text
from optplan.tables.content import Row, Tables
from optplan.tables.names import group_names, names

if TYPE_CHECKING:
    from optplan.sweeps.runs import Runs


def column_words(sweep: Runs) -> dict[str, str]:
    """The heading of each column of the table, in the current language."""
    language = current_language()
    found = {axis.name: axis.called(language) for axis in sweep.design.axis}
    for criterion in sweep.model.criteria:
        said = measures_of(sweep.tables)(criterion.name).name
        found[criterion.name] = said
        found[f"{criterion.name}_bound"] = text("sweep", "column-bound", language, criterion=said)
    for fund, called in names(sweep.tables, "funds", language).items():
        found[f"spent_{fund}"] = text("sweep", "column-spent", language, fund=called)
    for target, called in target_words(sweep.tables, language).items():
        found[f"delivered_{target}"] = text("sweep", "column-delivered", language, target=called)
        found[f"shortfall_{target}"] = text("sweep", "column-shortfall", language, target=called)
    return {column: found.get(column) or find("sweep", f"column-{column}", language) or column for column in sweep.table.columns}


def target_words(tables: Tables, language: str) -> dict[str, str]:
    """What people call each target, told apart by county, year and at last by its id."""
    groups, counties = group_names(tables, language), names(tables, "counties", language)
    last = tables.setting("last_year")

    def called(row: Row) -> str:
        name = str(groups.get(row["group"], row["group"]))
        name += f" · {counties[row['county']]}" if row["county"] else ""
        return name + (text("cli", "by-year", language, year=row["by_year"]) if row["by_year"] != last else "")

    found = {row["target"]: called(row) for row in tables["targets"]}
    every = list(found.values())
    return {target: name if every.count(name) == 1 else f"{name} [{target}]" for target, name in found.items()}
