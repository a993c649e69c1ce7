"""The yearly implementation plan: what is delivered, begun and paid in the year to come, for the city or a county."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal

from optplan.figures.programmes import unit_of
from optplan.following.words import shown
from optplan.language import current_language
from optplan.language.lists import in_brackets, listed
from optplan.language.numbers import amount
from optplan.reporting.outlook import deadlines
from optplan.reporting.report import Report, say
from optplan.tables.names import names

ZERO = Decimal(0)


def yearly_plan(report: Report) -> None:
    """Tasks, works, people, money and last moments of the year after the one that is over."""
    figures, year = report.figures, report.next_year
    where = [report.county] if report.county else _all(report)
    opening = say("opening-plan-adopted" if report.found.as_adopted else "opening-plan", year=year, plan=report.title)
    report.blocks.text(opening)
    if figures is None:
        report.blocks.text(say("no-replan"))
        return
    mark = report.cite("replan")
    report.blocks.heading(say("part-tasks"))
    _tasks(report, where, mark)
    report.blocks.heading(say("part-works"))
    _works(report, where, mark)
    report.blocks.heading(say("part-people"))
    _people(report, where, mark)
    report.blocks.heading(say("part-funding"))
    _funding(report, where, mark)
    report.blocks.heading(say("part-deadlines"))
    deadlines(report, years=1)
    report.blocks.heading(say("part-carrying-out"))
    report.blocks.text(say("closing-plan", year=year))


def _all(report: Report) -> list[str]:
    return [row["county"] for row in report.found.standing.plan.tables["counties"]]


def _tasks(report: Report, where: Collection[str], mark: str) -> None:
    """What is delivered in the year: by item, and for the whole city by county too."""
    figures, year = report.figures, report.next_year
    assert figures is not None
    goods = [row for row in figures.items if row["kind"] == "goods"]
    rows = []
    for row in goods:
        each = {county: figures.x(row["item"], county, year) for county in where}
        total = sum(each.values(), ZERO)
        if total:
            unit = unit_of(figures, [row["item"]], "other") if current_language() == "zh" else ""
            name = in_brackets(figures.item_names[row["item"]], unit)
            spread = listed(
                say("with-number", name=figures.county_names[county], number=shown(number))
                for county, number in each.items()
                if number
            )
            rows.append([name, shown(total), *([spread] if len(where) > 1 else [])])
    report.blocks.text(say("tasks", number=len(rows), year=year, mark=mark) if rows else say("tasks-none", year=year))
    heads = [say("head-item"), say("head-number"), *([say("head-where")] if len(where) > 1 else [])]
    report.blocks.table(say("caption-tasks", year=year) + mark, heads, rows, words_last=len(where) > 1)


def _works(report: Report, where: Collection[str], mark: str) -> None:
    figures, year = report.figures, report.next_year
    assert figures is not None
    said = []
    for row in figures.tables["projects"]:
        name, start = figures.project_names[row["project"]], figures.starts.get(row["project"])
        if row["county"] not in where or start is None:
            continue
        opens = figures.openings[row["project"]]
        due = amount(figures.instalment(row["project"], start, year))
        state = "begins" if start == year else "opens" if opens == year else "goes-on" if start < year < opens else ""
        if state:
            said.append(say(f"works-{state}", name=name, opens=opens, due=due, currency=report.currency, mark=mark))
    if said:
        report.blocks.listed(said)
    else:
        report.blocks.text(say("works-none", year=year))


def _people(report: Report, where: Sequence[str], mark: str) -> None:
    figures, year = report.figures, report.next_year
    assert figures is not None
    rows = []
    for county in where:
        teams = figures.teams.get(county, [])
        hired = sum(figures.hires(team["team"], year) for team in teams)
        if hired:
            meet = sum(figures.meets(team["team"], year) for team in teams)
            rows.append([figures.county_names[county], str(hired), f"{meet}/{len(teams)}"])
    total = sum(int(row[1]) for row in rows)
    report.blocks.text(say("people", number=total, year=year, mark=mark) if rows else say("people-none", year=year))
    if len(where) == 1 and rows:
        teams = [team for team in figures.teams.get(where[0], []) if figures.hires(team["team"], year)]
        rows = [
            [figures.team_names[team["team"]], str(figures.hires(team["team"], year)), str(figures.staff(team["team"], year))]
            for team in teams
        ]
        heads = [say("head-team"), say("head-hires"), say("head-staff")]
    else:
        heads = [say("head-county"), say("head-hires"), say("head-teams-met")]
    report.blocks.table(say("caption-people", year=year) + mark, heads, rows)


def _funding(report: Report, where: Collection[str], mark: str) -> None:
    figures, year = report.figures, report.next_year
    assert figures is not None
    called = names(figures.tables, "funds", current_language())
    rows = []
    for fund in called:
        paid = {kind: sum((figures.paid(fund, c, year, kind) for c in where), ZERO) for kind in ("capital", "recurrent")}
        if any(paid.values()):
            rows.append([called[fund], amount(paid["capital"]), amount(paid["recurrent"]), amount(sum(paid.values(), ZERO))])
    cost = {
        kind: sum((figures.costs.get((county, year, kind), ZERO) for county in where), ZERO) for kind in ("capital", "recurrent")
    }
    total = sum(cost.values(), ZERO)
    report.blocks.text(
        say("funding", year=year, total=amount(total), capital=amount(cost["capital"]), recurrent=amount(cost["recurrent"]),
            currency=report.currency, mark=mark)
    )  # fmt: skip
    rows.append([say("sum"), amount(cost["capital"]), amount(cost["recurrent"]), amount(total)])
    heads = [say(f"head-{name}", currency=report.currency) for name in ("fund", "capital", "recurrent", "sum")]
    report.blocks.table(say("caption-funding", year=year) + mark, heads, rows)
