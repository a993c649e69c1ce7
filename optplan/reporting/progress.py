"""What has been reached: targets, indicators, counties, money."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from optplan.following.lines import CountyLine, Line, MoneyLine
from optplan.following.measures import reached
from optplan.following.words import forecast_short, light, rate, shown
from optplan.language.lists import in_brackets, listed
from optplan.language.numbers import amount
from optplan.reporting.pictures import progress_chart, progress_map
from optplan.reporting.report import Report, say
from optplan.tables.content import Row
from optplan.tables.declarations import TABLES
from optplan.tables.labels import choice_label

MOST_TARGETS = 12
MAP_SHARE = 0.55  # of the width of the text


def targets(report: Report, most: int = MOST_TARGETS, *, with_chart: bool = True, of_year: bool = False) -> None:
    """How many targets are on course, and the main ones in a table; ``of_year``: with what came in the year alone.

    Once the plan is over: how many were reached, with no forecast.
    """
    lines = report.found.targets
    lights = Counter(line.light for line in lines)
    states = Counter(line.forecast.status for line in lines if line.forecast)
    mark = report.cite("actuals", "records", "adopted", "targets")
    over = report.found.is_over
    report.blocks.text(
        say(
            "targets-over" if over else "targets",
            when=report.when,
            number=len(lines),
            green=lights["green"],
            yellow=lights["yellow"],
            red=lights["red"],
            none=lights["none"],
            mark=mark,
        ),
        say("targets-outlook", mark=report.cite("replan", "questions"), **_states(states)) if states else "",
    )
    main = report.main(lines, most)
    fourth = "this-year" if of_year else "share"
    last = ("result",) if over else ("light", "forecast")
    heads = [say(f"head-{name}") for name in ("target", "total", "adopted" if over else "planned", "done", fourth, *last)]
    report.blocks.table(
        say("caption-targets", when=report.when) + mark,
        heads,
        [_target_row(report, line, report.year if of_year else None) for line in main],
        words_last=True,
        note=say("targets-note", number=len(lines) - len(main)) if len(lines) > len(main) else "",
    )
    if with_chart:
        caption = say("caption-chart-over" if over else "caption-chart", when=report.when)
        report.blocks.picture("progress", caption, progress_chart(main))


def _states(states: Mapping[Any, int]) -> dict[str, int]:
    return {name: states.get(name, 0) for name in ("reached", "together", "alone", "lost", "open")}


def _target_row(report: Report, line: Line, year: int | None) -> list[str]:
    name = in_brackets(line.name, line.unit)
    fourth = rate(line.share) if year is None else shown(line.by_year.get(year))
    last = [say(f"result-{line.light}")] if report.found.is_over else [light(line.light), forecast_short(line)]
    return [name, shown(line.total), shown(line.planned), shown(line.done), fourth, *last]


def indicators(report: Report) -> None:
    """Every indicator beside its goal."""
    lines = report.found.indicators
    if not lines:
        return
    rows = {row["indicator"]: row for row in report.found.standing.plan.tables["indicators"]}
    kind, direction = TABLES["indicators"].column("kind"), TABLES["indicators"].column("direction")
    met = [line for line in lines if line.done is not None and reached(rows[line.key], line.done)]
    binding = [line for line in lines if rows[line.key]["kind"] == "binding"]
    unknown = [line for line in lines if line.done is None]
    mark = report.cite("indicators", "observations", "actuals", "records")
    report.blocks.text(
        say(
            "indicators",
            number=len(lines),
            met=len(met),
            binding=len(binding),
            binding_met=sum(line in met for line in binding),
            unknown=len(unknown),
            mark=mark,
        ),
        say("indicators-unknown", names=listed(line.name for line in unknown)) if unknown else "",
    )
    over = report.found.is_over
    last = ("result", "basis") if over else ("light", "measured")
    heads = [say(f"head-{name}") for name in ("indicator", "kind", "goal", "before", "value", *last)]
    report.blocks.table(
        say("caption-indicators", when=report.when) + mark,
        heads,
        [
            [
                in_brackets(line.name, line.unit),
                choice_label(kind, rows[line.key]["kind"]),
                f"{'≥' if rows[line.key]['direction'] == 'at_least' else '≤'}{shown(line.total)}",
                shown(line.by_year.get(report.year - 1)),
                shown(line.done),
                _state(line, over=over) if line.done is not None else say("not-observed"),
                forecast_short(line) if line.forecast else _basis(rows[line.key]),
            ]
            for line in lines
        ],
        words_last=True,
        note=say("indicators-note", direction=choice_label(direction, "at_least")),
    )


def _state(line: Line, *, over: bool) -> str:
    """How an indicator stands by its light; once the plan is over, whether it reached its goal."""
    return say(f"goal-{line.light}") if over else light(line.light)


def _basis(row: Row) -> str:
    """What the value of an indicator without a forecast rests on."""
    return say("observed" if row["measure"] == "observation" else "by-formula")


def ranked(lines: tuple[CountyLine, ...]) -> list[CountyLine]:
    """Counties by progress, the furthest first; of equals in the order of the plan; those of which nothing was due last."""
    return sorted(lines, key=lambda line: (line.progress is None, -(line.progress or 0)))


def counties(report: Report, *, with_map: bool = True) -> None:
    """Counties in the order of their progress, with the map."""
    lines = ranked(report.found.standing.counties)
    measured = [line for line in lines if line.progress is not None]
    mark = report.cite("actuals", "records", "adopted")
    if not measured:
        report.blocks.text(say("counties-unknown" if report.found.standing.adopted is None else "counties-nothing"))
        return
    most, least = rate(measured[0].progress), rate(measured[-1].progress)
    report.blocks.text(
        say("counties-alike", rate=most, mark=mark)
        if most == least
        else say("counties", first=measured[0].name, rate=most, last=measured[-1].name, least=least, mark=mark)
    )
    heads = [
        say(f"head-{name}", currency=report.currency)
        for name in ("county", "rank", "progress", "milestones", "spent", "own-rate", "light")
    ]
    report.blocks.table(
        say("caption-counties", when=report.when) + mark,
        heads,
        [
            [
                line.name,
                str(measured.index(line) + 1) if line in measured else "—",
                rate(line.progress),
                f"{line.milestones[0]}/{line.milestones[1]}",
                amount(line.spent),
                rate(line.money.rate),
                light(line.light),
            ]
            for line in lines
        ],
        note=say("counties-note"),
    )
    if with_map:
        report.blocks.picture("map", say("caption-map", when=report.when), progress_map(report, measured), MAP_SHARE)


def money(report: Report) -> None:
    """What was budgeted and spent, year by year and fund by fund."""
    purse = report.found.standing.purse
    total = purse.all
    basis = ["records"] if purse.told else []
    mark = report.cite("budgets", *basis, *(["worked-out"] if total.worked_out else []))
    report.blocks.text(
        say("money", when=report.when, budgeted=amount(total.budgeted), spent=amount(total.spent), currency=report.currency,
            rate=rate(total.rate), light=light(total.light), mark=mark),
        say("money-worked-out", amount=amount(total.worked_out), currency=report.currency) if total.worked_out else "",
    )  # fmt: skip
    heads = [say(f"head-{name}", currency=report.currency) for name in ("money-of", "budgeted", "spent", "money-rate")]
    rows = [[say("in-year", year=year), *_year(given, paid)] for year, (given, paid) in total.by_year.items()]
    rows += [_money_row(line) for line in purse.funds if line.budgeted]
    rows.append([say("sum"), amount(total.budgeted), amount(total.spent), rate(total.rate)])
    report.blocks.table(say("caption-money", year=report.year) + mark, heads, rows, note="" if purse.told else say("money-note"))


def _money_row(line: MoneyLine) -> list[str]:
    return [line.name, amount(line.budgeted), amount(line.spent) if line.known else "—", rate(line.rate)]


def _year(given: Decimal, paid: Decimal) -> list[str]:
    """Budgeted, spent and their rate."""
    return [amount(given), amount(paid), rate(Fraction(paid) / Fraction(given) if given else None)]
