"""What is wrong and why, what can still be reached, what must be done by when, and what the re-plan changes."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from fractions import Fraction

from optplan.figures.changes import Change, changes, sentence
from optplan.figures.reasons import Reasons
from optplan.following.deadlines import Deadline
from optplan.following.lines import Line
from optplan.following.words import deadline_row, forecast_short, forecast_words, rate, shown
from optplan.language.lists import clauses, in_brackets, listed
from optplan.language.numbers import amount
from optplan.plan.parts import Target
from optplan.reporting.progress import ranked
from optplan.reporting.report import Report, say
from optplan.reporting.undone import missed, unopened
from optplan.schedule import Schedule

ZERO = Decimal(0)
MOST_PROBLEMS, MOST_CHANGES, MOST_DEADLINES, MOST_LOST = 6, 4, 8, 8
MOST_YEARS, MOST_AHEAD = 4, 12
LONGEST_REASON = 120  # letters


def problems(report: Report) -> None:
    """Targets that are behind, indicators away from their goals, counties behind, money not spent: each with its cause."""
    found = report.found
    said = [*(unopened(report) if found.is_over else _behind(report)), *_indicators(report)]
    slow = [line for line in ranked(found.standing.counties) if line.light in {"yellow", "red"}]
    if slow:
        names = listed(say("with-rate", name=line.name, rate=rate(line.progress)) for line in slow)
        said.append(say("problem-counties", names=names, mark=report.cite("actuals", "records", "adopted")))
    purse = found.standing.purse.all
    if purse.light in {"yellow", "red"}:
        left = purse.budgeted - purse.spent
        slowly = "problem-money-over" if found.is_over else "problem-money"
        said.append(say(slowly, rate=rate(purse.rate), left=amount(left), currency=report.currency, mark=report.cite("budgets")))
    if found.is_over:
        missed(report)
    if said:
        report.blocks.listed(said)
    elif not found.is_over or all(line.is_met for line in found.targets):
        report.blocks.text(say("no-problems-over" if found.is_over else "no-problems"))


def _behind(report: Report) -> list[str]:
    lines = [line for line in report.found.targets if line.light in {"yellow", "red"}]
    lines.sort(key=lambda line: (line.light != "red", line.rate if line.rate is not None else line.share or 0))
    rows = {row["target"]: row for row in report.found.rest.tables["targets"]}
    reasons = Reasons(report.figures) if report.figures is not None else None
    said = []
    for line in lines[:MOST_PROBLEMS]:
        short = line.forecast is not None and line.forecast.status in {"alone", "lost", "open"}
        why = reasons.of_target(rows[line.key]) if reasons is not None and short else ""
        said.append(
            say(
                "problem-target" if line.planned is not None else "problem-target-unplanned",
                name=line.name,
                done=shown(line.done),
                planned=shown(line.planned),
                total=shown(line.total),
                forecast=say("problem-forecast", forecast=forecast_words(line)) if line.forecast else "",
                reason=say("because", reason=shortened(why)) if why else "",
                mark=report.cite("actuals", "records", "adopted", "replan"),
            )
        )
    if len(lines) > MOST_PROBLEMS:
        said.append(say("problem-more", number=len(lines) - MOST_PROBLEMS))
    return said


def shortened(words: str) -> str:
    """``words`` cut where they are too long for a sentence."""
    return words.rstrip("。.") if len(words) <= LONGEST_REASON else words[: LONGEST_REASON - 1].rstrip() + "…"


def _indicators(report: Report) -> list[str]:
    away = [line for line in report.found.indicators if line.light in {"yellow", "red"} and line.forecast is None]
    if not away:
        return []
    worst = [line for line in away if line.light == "red"] or away
    names = listed(say("with-goal", name=line.name, value=shown(line.done), goal=shown(line.total)) for line in worst)
    over = report.found.is_over
    others = "problem-indicators-more-over" if over else "problem-indicators-more"
    more = say(others, number=len(away) - len(worst)) if len(away) > len(worst) else ""
    mark = report.cite("observations", "indicators")
    return [say("problem-indicators-over" if over else "problem-indicators", number=len(away), names=names, more=more, mark=mark)]


def forecast(report: Report) -> None:
    """What the re-plan of the years left reaches, what only alone, what not at all."""
    found = report.found
    replan = found.replan
    if report.figures is None or replan is None:
        report.blocks.text(say("no-replan"))
        return
    mark = report.cite("replan", "questions")
    years = found.rest.open_years
    report.blocks.text(
        say("replan", first=years[0], last=years[-1], status=say(f"status-{replan.status}"), mark=mark),
        say("replan-meaning"),
    )
    short = [line for line in found.targets if line.forecast and line.forecast.status in {"alone", "lost", "open"}]
    heads = [say(f"head-{name}") for name in ("target", "total", "together", "most", "forecast")]
    report.blocks.table(
        say("caption-forecast") + mark,
        heads,
        [_forecast_row(line) for line in short[:MOST_LOST]],
        words_last=True,
        note=say("forecast-note"),
    )


def _forecast_row(line: Line) -> list[str]:
    assert line.forecast is not None
    return [line.name, shown(line.total), shown(line.forecast.together), shown(line.forecast.most), forecast_short(line)]


def years_ahead(report: Report) -> None:
    """What the re-plan delivers of the main targets in each year to come, and how much more that is than was adopted."""
    found = report.found
    if report.figures is None or found.replan is None:
        return
    first = found.rest.open_years[:MOST_YEARS]
    spans = [(year, year) for year in first]
    if first[-1] < report.last_year:
        spans.append((first[-1] + 1, report.last_year))
    whole = (first[0], report.last_year)
    anew, adopted = found.replan.to_schedule(), found.standing.adopted
    known = {target.target: target for target in found.rest.targets}
    rows = []
    for line in report.main(found.targets, MOST_AHEAD):
        target = known[line.key]
        total = _within(anew, target, whole)
        change = [] if adopted is None else [total - _within(adopted, target, whole)]
        if total or any(change):
            cells = [*(shown(_within(anew, target, span)) for span in spans), shown(total), *map(_signed, change)]
            rows.append([in_brackets(line.name, line.unit), *cells])
    heads = [say("head-target"), *(_span(span) for span in spans), say("sum"), *([] if adopted is None else [say("head-change")])]
    mark = report.cite("replan", *([] if adopted is None else ["adopted"]))
    report.blocks.table(say("caption-ahead") + mark, heads, rows)


def _within(schedule: Schedule, target: Target, span: tuple[int, int]) -> Fraction:
    """What a schedule delivers for a target in a span of years."""
    years = range(max(span[0], target.from_year), min(span[1], target.by_year) + 1)
    return sum(
        (
            Fraction(quantity)
            for (item, county, year), quantity in schedule.deliveries.items()
            if item in target.items and county in target.counties and year in years
        ),
        Fraction(0),
    )


def _signed(change: Fraction) -> str:
    return f"{'+' if change > 0 else '−'}{shown(abs(change))}" if change else "0"


def _span(span: tuple[int, int]) -> str:
    first, last = span
    return say("in-year", year=first) if first == last else say("in-years", first=first, last=last)


def deadlines(report: Report, *, years: int = 2) -> None:
    """What must be delivered, ordered or begun by when, the soonest first."""
    known = [each for each in report.found.deadlines if not report.county or _is_of(report, each)]
    soon = [each for each in known if each.year < report.next_year + years]
    if not soon:
        return
    report.blocks.text(say("deadlines", number=len(known), mark=report.cite("replan", "limits")))
    heads = [say(f"head-{name}") for name in ("deadline", "by", "least", "proof")]
    rows = [deadline_row(report.found, each) for each in soon[:MOST_DEADLINES]]
    note = say("deadlines-more", number=len(soon) - MOST_DEADLINES) if len(soon) > MOST_DEADLINES else ""
    report.blocks.table(say("caption-deadlines"), heads, rows, words_last=True, note=note)


def _is_of(report: Report, each: Deadline) -> bool:
    """Whether a last moment is of the one county that the report speaks of: of its own target, or of a project there."""
    tables = report.found.rest.tables
    places = {row["project"]: row["county"] for row in tables["projects"]} if each.what == "start" else {}
    of_target = next(row["county"] for row in tables["targets"] if row["target"] == each.target)
    return bool(report.county == (places.get(each.subject) or of_target))


def advice(report: Report) -> None:
    """What the re-plan asks to be changed, and what it brings."""
    found = report.found
    said: list[str] = []
    if report.figures is not None and found.replan is not None and found.standing.adopted is not None:
        begun = found.standing.facts.starts
        before, after = (_ahead(each, report.year, begun) for each in (found.standing.adopted, found.replan.to_schedule()))
        moved = sorted(changes(found.rest.tables, before, after), key=lambda each: _weight(report, each), reverse=True)
        words = [sentence(each, found.rest.tables).rstrip("。.") for each in moved]
        effect = _effect(report)
        if words:
            shown_words = clauses(words[:MOST_CHANGES])
            more = say("changes-more", number=len(words) - MOST_CHANGES) if len(words) > MOST_CHANGES else ""
            said.append(
                say("advice-replan", changes=shown_words, more=more, effect=effect, mark=report.cite("replan", "adopted"))
            )
        else:
            said.append(say("advice-keep", effect=effect, mark=report.cite("replan", "adopted")))
    elif report.figures is not None:
        said.append(say("advice-follow", effect=_effect(report), mark=report.cite("replan")))
    lost = [line for line in found.targets if line.forecast and line.forecast.status == "lost" and not line.due]
    if lost:
        names = listed(line.name for line in lost[:MOST_LOST])
        said.append(say("advice-lost", names=names, number=len(lost), mark=report.cite("replan", "questions")))
    soon = [each for each in found.deadlines if each.year == report.next_year]
    if soon:
        said.append(say("advice-deadlines", year=report.next_year, number=len(soon)))
    slow = [line.name for line in found.standing.counties if line.light in {"yellow", "red"}]
    if slow:
        said.append(say("advice-counties", names=listed(slow)))
    unseen = [line.name for line in found.indicators if line.done is None]
    if unseen:
        said.append(say("advice-observe", names=listed(unseen)))
    report.blocks.listed(said or [say("advice-none")])


def _ahead(schedule: Schedule, year: int, begun: Collection[str]) -> Schedule:
    """What a schedule has after ``year``: what is past, and works that have begun, are no longer anybody's choice."""
    return Schedule(
        {key: quantity for key, quantity in schedule.deliveries.items() if key[2] > year},
        {key: number for key, number in schedule.hires.items() if key[1] > year},
        {project: start for project, start in schedule.starts.items() if start > year and project not in begun},
    )


def _weight(report: Report, change: Change) -> float:
    """How much a change matters: works first, then by what the units cost."""
    if change.of == "project":
        return float("inf")
    plan = report.found.rest
    item = plan.teams[change.subject].item if change.of == "team" else change.subject
    price = plan.prices.of(item, change.county, change.year)
    return float(change.quantity) * float(price.unit + price.annual)


def _effect(report: Report) -> str:
    """Targets reached, and money spent, if the re-plan is followed."""
    figures = report.figures
    assert figures is not None
    met = sum(not float(entry["shortfall"]) for entry in figures.targets.values())
    cost = sum(
        (value for (_, year, _), value in figures.costs.items() if year in figures.open_years),
        start=0 * next(iter(figures.costs.values()), 0),
    )
    return say("effect", met=met, number=len(figures.targets), cost=amount(cost), currency=report.currency,
               first=figures.open_years[0], last=figures.open_years[-1])  # fmt: skip
