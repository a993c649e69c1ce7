"""What the plan delivers and when: the targets first, the projects after them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from optplan.brief.spans import Spans
from optplan.brief.words import say
from optplan.charts import MOST_TARGETS as MOST_BARS
from optplan.figures.figures import Figures
from optplan.figures.summary import Summary, TargetLine
from optplan.language import year_name
from optplan.language.numbers import quantity

MOST_TARGETS, HEADLINES = 10, 5
MOST_PROJECTS = 8


def delivery_part(figures: Figures, summary: Summary) -> dict[str, Any]:
    """The targets with their deliveries of each year, and when each project starts and opens."""
    shown = _shown(summary)
    left_out = len(summary.targets) - len(shown)
    spans = Spans(summary.years)
    return {
        "years": spans.names,
        "targets": [_line(target, spans) for target in shown],
        "targets_note": say("targets-note", number=left_out) if left_out else "",
        "projects": _projects(figures),
        "projects_note": _not_shown(figures),
    }


def _shown(summary: Summary) -> list[TargetLine]:
    """The plan's first targets, in its order; those that fall short are told with the reasons why."""
    return [target for target in summary.targets if target.total][:MOST_TARGETS]


def _line(target: TargetLine, spans: Spans) -> dict[str, Any]:
    return {
        "name": target.name,
        "by_year": [quantity(each) if each else "–" for each in spans.sums(target.by_year)],
        "delivered": quantity(target.delivered),
        "total": quantity(target.total),
        "mark": say("mark-short", number=quantity(target.shortfall)) if target.shortfall else say("mark-reached"),
    }


def _projects(figures: Figures) -> list[dict[str, str]]:
    rows = [row for row in figures.tables["projects"] if row["project"] in figures.starts]
    rows.sort(key=lambda row: (figures.openings[row["project"]], figures.starts[row["project"]]))
    return [
        {
            "name": figures.project_names[row["project"]],
            "county": figures.county_names[row["county"]],
            "start": year_name(figures.starts[row["project"]]),
            "opens": _opening(figures, row["project"]),
        }
        for row in rows[:MOST_PROJECTS]
    ]


def _opening(figures: Figures, project: str) -> str:
    opens = figures.openings[project]
    return say("opens-later", year=opens) if opens > figures.last else year_name(opens)


def _not_shown(figures: Figures) -> str:
    rows = figures.tables["projects"]
    built = sum(row["project"] in figures.starts for row in rows)
    said = []
    if built > MOST_PROJECTS:
        said.append(say("projects-more", number=built - MOST_PROJECTS))
    if built < len(rows):
        said.append(say("projects-unbuilt", number=len(rows) - built))
    return say("sentence-gap").join(said)


def reached(summary: Summary) -> tuple[int, int]:
    """How many targets are reached, and how many there are."""
    return sum(not target.shortfall for target in summary.targets), len(summary.targets)


def chart_title(summary: Summary) -> str:
    """What the chart of the targets shows, and how many of them where it does not show all."""
    number = sum(bool(target.total) for target in summary.targets)
    return say("word-chart-deliveries-of" if number > MOST_BARS else "word-chart-deliveries", shown=MOST_BARS, number=number)


def headline(summary: Summary) -> list[str]:
    """The first targets as "name delivered", and of how many where some are missing."""
    return [
        say(
            "headline-missed" if target.shortfall else "headline-target",
            name=target.name, delivered=quantity(target.delivered), total=quantity(target.total),
        )
        for target in _shown(summary)[:HEADLINES]
        if target.delivered > Decimal(0)
    ]  # fmt: skip
