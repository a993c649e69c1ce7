"""Puts the sheets of an exported schedule together: first their order and names, then their content, so that formulas agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optplan.figures.figures import Figures
from optplan.figures.programmes import PROGRAMMES
from optplan.workbook.book import Book, Formula, Sheet, say
from optplan.workbook.schedule.accounts import Accounts, Commitments
from optplan.workbook.schedule.after_edits import AfterEdits
from optplan.workbook.schedule.assumptions import write_assumptions
from optplan.workbook.schedule.charts import Charts
from optplan.workbook.schedule.compliance import Compliance
from optplan.workbook.schedule.county import CountySheet
from optplan.workbook.schedule.county_money import CountyMoney
from optplan.workbook.schedule.county_standards import write_standards
from optplan.workbook.schedule.cover import write_cover
from optplan.workbook.schedule.done import write_done
from optplan.workbook.schedule.frame import Numbering
from optplan.workbook.schedule.gaps import Gaps
from optplan.workbook.schedule.money import Costs, Sources
from optplan.workbook.schedule.prices import ItemPrices, ProjectPrices
from optplan.workbook.schedule.programmes import Programme
from optplan.workbook.schedule.summary import Summary, Targets

if TYPE_CHECKING:
    from optplan.document.document import ResultDocument
    from optplan.records.records import Records


def compose(result: ResultDocument, records: Records | None = None) -> Book:
    """The workbook of a sealed result; with ``records``, planned against done at its end."""
    figures, book = Figures(result), Book()
    cover = book.add(say("sheet-cover"))
    numbering = Numbering(book)
    summary_at = numbering.add(say("sheet-summary"), say("title-summary"))
    county_at = {
        county: numbering.add(name, say("title-county", county=name, first=figures.first, last=figures.last))
        for county in figures.counties
        for name in [figures.county_names[county]]
    }
    shown = {name for name, categories in PROGRAMMES.items() if any(item["category"] in categories for item in figures.items)}
    programme_at = {
        name: numbering.add(say(f"sheet-programme-{name}"), say(f"title-programme-{name}"))
        for name in PROGRAMMES
        if name in shown
    }
    later = {
        name: numbering.add(say(f"sheet-{name}"), say(f"title-{name}", year=figures.last))
        for name in ("costs", "sources", "accounts", "commitments", "gaps", "compliance", "charts", "assumptions", "prices")
    }
    item_prices = ItemPrices(later["prices"][0], figures, later["prices"][1])
    project_prices = None
    if figures.tables["projects"]:
        project_prices = ProjectPrices(*_with(figures, numbering.add(say("sheet-project-prices"), say("title-project-prices"))))
    counties = {
        county: CountySheet(sheet, figures, county, number, item_prices, project_prices)
        for county, (sheet, number) in county_at.items()
    }
    for place in counties.values():
        _write_county(place)
    programmes = {name: Programme(sheet, figures, name, number, counties) for name, (sheet, number) in programme_at.items()}
    for programme in programmes.values():
        programme.write()
    costs = Costs(*_with(figures, later["costs"]), counties)
    sources = Sources(*_with(figures, later["sources"]), counties)
    accounts = Accounts(*_with(figures, later["accounts"]), counties, sources)
    Commitments(*_with(figures, later["commitments"]), counties)
    summary = Summary(Targets(summary_at[0], figures), summary_at[1], programmes, counties)
    summary.write(costs, sources, accounts)
    gaps = Gaps(*_with(figures, later["gaps"]), counties, summary.targets)
    compliance = Compliance(*_with(figures, later["compliance"]), counties, programmes)
    after = AfterEdits(summary, gaps, compliance)
    summary.finish()
    Charts(*_with(figures, later["charts"]), summary, gaps)
    write_assumptions(*_with(figures, later["assumptions"]))
    write_cover(cover, figures, numbering, Formula(after.alarm, after.words), after.wrong)
    if records is not None:
        write_done(book, figures, counties, records)
    return book


def _with(figures: Figures, place: tuple[Sheet, int]) -> tuple[Sheet, Figures, int]:
    sheet, number = place
    return sheet, figures, number


def _write_county(place: CountySheet) -> None:
    place.write_deliveries()
    place.write_teams()
    place.write_projects()
    CountyMoney(place).write()
    write_standards(place)
    place.finish()
