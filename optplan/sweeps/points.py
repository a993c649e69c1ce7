"""The points of a sweep, each an ordinary scenario (or several) with the values of the axes in it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

from optplan.language import bilingual, text
from optplan.language.lists import listed
from optplan.scenarios import Scenario
from optplan.scenarios.findings import ScenarioFinding
from optplan.scenarios.reading import MOST_FINDINGS, checked_scenario
from optplan.sweeps.design import Axis, SweepDesign, filled, shown
from optplan.sweeps.findings import about
from optplan.tables.findings import Finding, InputError

LONGEST_NAME, LONGEST_TITLE = 100, 200  # of a scenario


@dataclass(frozen=True)
class Point:
    """One plan to solve. ``number`` counts from 1; ``values`` are those of the axes, as people wrote them."""

    number: int
    scenarios: tuple[Scenario, ...]
    values: Mapping[str, Any] = field(default_factory=dict)
    title: str = ""
    title_en: str = ""

    def called(self, language: str) -> str:
        """What people call the point."""
        return bilingual(self.title, self.title_en, language) or text("sweep", "as-planned", language)


def points_of(design: SweepDesign) -> list[Point]:
    """Every point, in the order of the file: the last axis runs fastest.

    Raises :class:`InputError` if a value does not fit the changes that it stands in.
    """
    if design.axis:
        return [
            _crossing(design, number, values)
            for number, values in enumerate(product(*(axis.values for axis in design.axis)), start=1)
        ]
    return [
        Point(
            number,
            point.scenarios,
            title=point.title or " + ".join(scenario.title for scenario in point.scenarios),
            title_en=point.title_en or " + ".join(scenario.title_en or scenario.title for scenario in point.scenarios),
        )
        for number, point in enumerate(design.point, start=1)
    ]


def check_values(design: SweepDesign) -> None:
    """Try every value of every axis in its place. Raises :class:`InputError` naming the axis, the value and the change."""
    findings, first = list[Finding](), 0
    for position, axis in enumerate(design.axis):
        last = first + len(axis.changes)
        findings += _of_axis(design, position, axis, range(first + 1, last + 1))
        first = last
    if findings:
        raise InputError(findings[:MOST_FINDINGS])


def _of_axis(design: SweepDesign, position: int, axis: Axis, numbers: Sequence[int]) -> list[Finding]:
    """What is wrong with the changes of one axis; said without a value if it is wrong whatever the value."""
    wrong: dict[str, tuple[Finding, list[Any]]] = {}
    for value in axis.values:
        values = [each.values[0] for each in design.axis]
        values[position] = value
        try:
            _scenario(design, values)
        except InputError as problem:
            for finding in problem.findings:
                if isinstance(finding, ScenarioFinding) and finding.change not in numbers:
                    continue
                wrong.setdefault(finding.line(), (finding, []))[1].append(value)
    return [
        finding if len(values) == len(axis.values) > 1 else about("at-value", finding, axis=axis.name, value=shown(values[0]))
        for finding, values in wrong.values()
    ]


def _crossing(design: SweepDesign, number: int, values: Sequence[Any]) -> Point:
    scenario = _scenario(design, values)
    named = {axis.name: value for axis, value in zip(design.axis, values, strict=True)}
    return Point(number, (scenario,), named, scenario.title, scenario.title_en)


def _scenario(design: SweepDesign, values: Sequence[Any]) -> Scenario:
    """The scenario at one point of a grid. Its name and title say the values and nothing of the grid around them, so that a
    longer grid has the same scenarios and finds in the store what a shorter one has solved."""
    at = list(zip(design.axis, values, strict=True))
    content = {
        "name": _within(", ".join(f"{axis.name}={shown(value)}" for axis, value in at), LONGEST_NAME),
        "title": _within(listed((f"{axis.called('zh')} {shown(value)}" for axis, value in at), "zh"), LONGEST_TITLE),
        "title_en": _within(", ".join(f"{axis.called('en')} {shown(value)}" for axis, value in at), LONGEST_TITLE),
        "author": design.author,
        "reason": design.reason,
        "reason_en": design.reason_en,
        "changes": [filled(change, value) for axis, value in at for change in axis.changes],
    }
    made = checked_scenario(content, Path(design.file or design.name), design.lines)
    return made if design.file else made.model_copy(update={"file": ""})


def _within(words: str, most: int) -> str:
    """``words``, or their beginning and a mark that tells them apart from others that begin so."""
    if len(words) <= most:
        return words
    return words[: most - 10] + "…" + hashlib.sha256(words.encode("utf-8")).hexdigest()[:9]
