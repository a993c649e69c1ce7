"""What a plan that is over leaves undone: targets and where less came than was adopted, works, and what is to become of them."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction

from optplan.following.lines import Line
from optplan.following.words import shown
from optplan.language import current_language
from optplan.language.lists import clauses, listed
from optplan.language.numbers import amount
from optplan.reporting.report import Report, say
from optplan.tables.names import names

MOST_MISSED, MOST_PLACES = 10, 4


def missed(report: Report) -> None:
    """Targets that were not reached in a table, each with where less came than was adopted; nothing where all were."""
    lines = _unmet(report)
    if not lines:
        return
    mark = report.cite("actuals", "records", "adopted", "targets")
    report.blocks.text(say("missed", number=len(lines), mark=mark))
    rows = [
        [line.name, shown(line.total), shown(line.planned), shown(line.done), _missing(line), _why(report, line)]
        for line in lines[:MOST_MISSED]
    ]
    heads = [say(f"head-{name}") for name in ("target", "total", "adopted", "done", "missing", "came-less")]
    note = say("missed-more", number=len(lines) - MOST_MISSED) if len(lines) > MOST_MISSED else ""
    report.blocks.table(say("caption-missed") + mark, heads, rows, words_last=True, note=note)


def unopened(report: Report) -> list[str]:
    """Works that were begun and have not opened, and those that were adopted and not begun."""
    begun, unbegun = _works(report)
    mark = report.cite("actuals", "records", "adopted")
    said = [say("works-unopened", names=listed(begun), mark=mark)] if begun else []
    return said + ([say("works-unbegun", names=listed(unbegun), mark=mark)] if unbegun else [])


def carried_on(report: Report) -> None:
    """What the next plan, or those in charge, must take over."""
    standing, said = report.found.standing, list[str]()
    lines, (begun, _), purse = _unmet(report), _works(report), standing.purse.all
    if lines:
        said.append(say("advice-carry", number=len(lines), mark=report.cite("actuals", "records", "targets")))
    if begun:
        said.append(say("advice-finish", names=listed(begun)))
    if purse.light in {"yellow", "red"}:
        left, mark = amount(purse.budgeted - purse.spent), report.cite("budgets", "records")
        said.append(say("advice-left", left=left, currency=report.currency, mark=mark))
    lights = {light: [line.name for line in standing.counties if line.light == light] for light in ("red", "yellow")}
    if slow := lights["red"] or lights["yellow"]:
        said.append(say("advice-first", names=listed(slow)))
    unseen = [line.name for line in report.found.indicators if line.done is None]
    if unseen:
        said.append(say("advice-observe", names=listed(unseen)))
    report.blocks.listed(said or [say("advice-over")])


def _unmet(report: Report) -> list[Line]:
    """Targets that were not reached: those of the whole plan first, then those of counties, the furthest off first."""
    of_county = {row["target"]: row["county"] is not None for row in report.found.standing.plan.tables["targets"]}
    lines = [line for line in report.found.targets if not line.is_met]
    return sorted(lines, key=lambda line: (of_county[line.key], line.share or 0))


def _missing(line: Line) -> str:
    return shown((line.total or Fraction(0)) - (line.done or Fraction(0)))


def _why(report: Report, line: Line) -> str:
    """How much less was adopted than is asked, and where less came than was adopted; a dash without an adopted schedule."""
    said = []
    if line.planned is not None and line.total is not None and line.planned < line.total:
        said.append(say("adopted-less", number=shown(line.total - line.planned)))
    places = _short_places(report, line)
    if places:
        more = say("places-more", number=len(places) - MOST_PLACES) if len(places) > MOST_PLACES else ""
        said.append(listed(places[:MOST_PLACES]) + more)
    return clauses(said) if said else "—"


def _short_places(report: Report, line: Line) -> list[str]:
    """The counties in which less came than was adopted, those with the most missing first."""
    standing = report.found.standing
    if standing.adopted is None:
        return []
    target = next(each for each in standing.plan.targets if each.target == line.key)
    short = {
        county: sum(
            (standing.meant_in(target, county, year) - standing.done_in(target, county, year) for year in standing.years),
            Fraction(0),
        )
        for county in target.counties
    }
    worst = sorted((county for county in short if short[county] > 0), key=lambda county: -short[county])
    return [say("with-number", name=standing.county_names[county], number=shown(short[county])) for county in worst]


def _works(report: Report) -> tuple[Collection[str], Collection[str]]:
    """What projects are called that were begun and have not opened, and those that were adopted and not begun."""
    standing = report.found.standing
    facts, called = standing.facts, names(standing.plan.tables, "projects", current_language())
    opened = {fact.project for fact in facts.delivered}
    meant = standing.adopted.starts if standing.adopted is not None else {}
    begun = [called[each] for each in called if each in facts.starts and each not in opened]
    return begun, [called[each] for each in called if each in meant and each not in facts.starts]
