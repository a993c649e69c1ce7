"""The reports that there are: which parts each has, in which order, and how it opens and closes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from optplan.following.follow import Following
from optplan.following.words import rate
from optplan.language.lists import listed
from optplan.reporting.outlook import advice, deadlines, forecast, problems, years_ahead
from optplan.reporting.progress import counties, indicators, money, ranked, targets
from optplan.reporting.report import Report, say
from optplan.reporting.undone import carried_on
from optplan.reporting.yearly_plan import yearly_plan


def evaluation(report: Report) -> None:
    """A mid-term or final evaluation: goals, progress, problems and causes, money, what is still to be had, advice.

    Once the plan is over nothing is still to be had, and the advice is about what it leaves undone.
    """
    report.blocks.text(say("opening-evaluation", when=report.when, plan=report.title))
    report.blocks.heading(say("part-progress"))
    report.blocks.subheading(say("part-targets"))
    targets(report)
    report.blocks.subheading(say("part-indicators"))
    indicators(report)
    report.blocks.subheading(say("part-counties"))
    counties(report)
    report.blocks.heading(say("part-money"))
    money(report)
    report.blocks.heading(say("part-problems"))
    problems(report)
    if not report.found.is_over:
        report.blocks.heading(say("part-forecast"))
        report.blocks.subheading(say("part-reach"))
        forecast(report)
        years_ahead(report)
        report.blocks.subheading(say("part-deadlines"))
        deadlines(report)
    report.blocks.heading(say("part-advice"))
    (carried_on if report.found.is_over else advice)(report)
    report.blocks.text(say("closing-report"))


def check(report: Report) -> None:
    """The yearly check, as a special report to the level above: what the plan asks for every year, shorter."""
    report.blocks.text(say("opening-check", year=report.year, plan=report.title))
    report.blocks.heading(say("part-year"))
    targets(report, 8, with_chart=False, of_year=True)
    indicators(report)
    report.blocks.heading(say("part-counties"))
    counties(report, with_map=False)
    report.blocks.heading(say("part-money"))
    money(report)
    report.blocks.heading(say("part-problems"))
    problems(report)
    if not report.found.is_over:
        report.blocks.heading(say("part-next", year=report.next_year))
        forecast(report)
        deadlines(report, years=1)
        advice(report)
    report.blocks.text(say("closing-report"))


def notice(report: Report) -> None:
    """The notice of progress for the counties, ranked by rules that it states."""
    report.blocks.text(say("opening-notice", when=report.when, plan=report.title))
    report.blocks.heading(say("part-overall"))
    targets(report, 6, with_chart=False)
    report.blocks.heading(say("part-ranking"))
    report.blocks.text(say("ranking-rule"))
    counties(report)
    report.blocks.heading(say("part-named"))
    lines = [line for line in ranked(report.found.standing.counties) if line.progress is not None]
    good = [line for line in lines if line.light == "green"]
    slow = [line for line in lines if line.light != "green"]
    said = []
    if good:
        said.append(say("notice-good", names=listed(line.name for line in good)))
    if slow:
        names = listed(say("with-rate", name=line.name, rate=rate(line.progress)) for line in slow)
        said.append(say("notice-slow", names=names))
    report.blocks.listed(said)
    report.blocks.heading(say("part-demands"))
    deadlines(report, years=1)
    report.blocks.text(say("closing-notice-over") if report.found.is_over else say("closing-notice", year=report.next_year))


KINDS: Mapping[str, Callable[[Report], None]] = {
    "midterm": evaluation,
    "final": evaluation,
    "check": check,
    "plan": yearly_plan,
    "notice": notice,
}


def kinds_for(found: Following) -> tuple[str, ...]:
    """The reports that can be written: before a plan begins, the yearly plan of its first year alone; none of a year that there
    is not, and nothing in its middle once it is over."""
    if found.to_begin:
        return ("plan",)
    if found.is_over:
        return tuple(kind for kind in KINDS if kind not in {"plan", "midterm"})
    return tuple(kind for kind in KINDS if kind != "plan" or found.year < found.standing.plan.last_year)


def kind_for(found: Following) -> str:
    """The report that a year calls for: before the first the yearly plan, the final evaluation after the last one, the mid-term
    one half way, else a check."""
    plan, year = found.standing.plan, found.year
    gone, whole = year - plan.first_year + 1, len(plan.years)
    if found.to_begin:
        return "plan"
    if found.is_over:
        return "final"
    return "midterm" if whole > 2 and abs(2 * gone - whole) <= 1 else "check"
