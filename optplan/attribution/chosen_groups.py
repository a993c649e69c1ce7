"""Which groups a person asked for: a way of grouping by name, or groups named one by one with what belongs to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from optplan.attribution.cells import Cell, cell_changes
from optplan.attribution.groups import (
    MOST_GROUPS,
    Group,
    groups_by_table,
    groups_of_changes,
    scenario_sources,
    table_sources,
)
from optplan.language import text
from optplan.scenarios import Scenario
from optplan.tables.findings import Finding, InputError, Place

if TYPE_CHECKING:
    from optplan.plan import Plan

TABLES, CHANGES, SCENARIOS = WAYS = ("tables", "changes", "scenarios")
Grouping = str | Mapping[str, Sequence[str]] | Sequence[Group] | None


class AttributionFinding(Finding):
    """What is wrong with a question why, in the words of ``attribution.ftl``."""

    def message(self, language: str | None = None) -> str:
        """The finding in words."""
        return text("attribution", self.code, language, **self.values)


def problem(code: str, **values: object) -> InputError:
    """An :class:`InputError` with one finding of ``attribution.ftl``."""
    return InputError([AttributionFinding("error", code, Place(), dict(values))])


def chosen_groups(plan: Plan, changed: Plan, scenarios: Sequence[Scenario], asked: Grouping) -> list[Group]:
    """The groups that were asked for; together they hold every changed cell once.

    ``asked``: ``tables``, ``changes`` or ``scenarios``; or names with their parts, each part a table (``costs``), a scenario
    (``prices-up-8``) or a change of one (``prices-up-8:2``); or groups. ``None``: the scenarios if there are several, else
    the changes of the one, else the tables. What no group names becomes a group of its own.
    """
    if asked is None:
        asked = (CHANGES if len(scenarios) == 1 else SCENARIOS) if scenarios else TABLES
    if isinstance(asked, str):
        if asked not in WAYS:
            raise problem("groups-unknown", asked=asked, known=", ".join(WAYS))
        if asked == TABLES or not scenarios:
            return groups_by_table(plan, changed)
        return groups_of_changes(plan, changed, scenarios, whole_scenarios=asked == SCENARIOS)
    return _complete(plan, changed, _named(plan, changed, scenarios, asked) if isinstance(asked, Mapping) else list(asked))


def _named(plan: Plan, changed: Plan, scenarios: Sequence[Scenario], asked: Mapping[str, Sequence[str]]) -> list[Group]:
    known: dict[str, set[Cell]] = {}
    for source in table_sources(plan, changed):
        known.setdefault(source.mark, set()).update(source.cells)
    for source in scenario_sources(plan, changed, scenarios):
        known.setdefault(source.scenario, set()).update(source.cells)
        known.setdefault(source.mark, set()).update(source.cells)
    groups = []
    for name, parts in asked.items():
        cells: set[Cell] = set()
        for part in parts:
            if part not in known:
                raise problem("group-part-unknown", group=name, part=part, known=", ".join(known))
            cells |= known[part]
        groups.append(Group(name, frozenset(cells)))
    return groups


def _complete(plan: Plan, changed: Plan, groups: list[Group]) -> list[Group]:
    """The groups, with another for the cells that none of them names; refused if a cell stands in two."""
    left = {change.cell for change in cell_changes(plan.tables, changed.tables)}
    taken: dict[Cell, str] = {}
    for group in groups:
        for cell in sorted(group.cells, key=str):
            if cell in taken:
                raise problem("groups-overlap", one=taken[cell], other=group.name, table=cell.table, row=cell.row)
            taken[cell] = group.name
    if rest := left - set(taken):
        groups = [*groups, Group(text("attribution", "group-rest"), frozenset(rest))]
    if len(groups) > MOST_GROUPS:
        raise problem("groups-too-many", count=len(groups), most=MOST_GROUPS)
    if len({group.name for group in groups}) < len(groups):
        raise problem("groups-same-name")
    return groups


def groups_written(written: Sequence[str]) -> Grouping:
    """What ``--groups`` says: nothing, one way of grouping, or groups as ``NAME=PART,PART``.

    Raises :class:`InputError` for a text that is neither.
    """
    if not written:
        return None
    if len(written) == 1 and "=" not in written[0]:
        return written[0]
    groups: dict[str, list[str]] = {}
    for each in written:
        name, equals, parts = each.partition("=")
        listed = [part.strip() for part in parts.split(",") if part.strip()]
        if not equals or not name.strip() or not listed:
            raise problem("groups-not-written", text=each)
        groups.setdefault(name.strip(), []).extend(listed)
    return groups
