"""How far a county meets its standards, year by year: what must stand, what stands, what is missing (model.md §3.4)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from optplan.figures.figures import ZERO
from optplan.workbook.book import Formula, letter, say
from optplan.workbook.schedule.county import FIRST_YEAR, UNIT, CountySheet
from optplan.workbook.schedule.frame import HEADER_ROW, group_look, mark
from optplan.workbook.styles import CENTRED, TEXT, TOTAL


def write_standards(place: CountySheet) -> None:
    """Write the section on standards; the gap of standard σ stands in the line ``("gap", σ)``."""
    standards = place.figures.standards_of(place.county)
    if not standards:
        return
    place.section("section-standards")
    for number, standard in enumerate(standards, start=1):
        _standard(place, standard, number)


def _standard(place: CountySheet, standard: str, number: int) -> None:
    figures, c, years = place.figures, place.county, place.years
    name = figures.standard_names[standard]
    base: list[Decimal | None] = [
        ruling["required"] if (ruling := figures.in_force(standard, c, year)) else None for year in years
    ]
    added_here = [quantity for _, quantity in figures.needs(standard, c)]
    look = group_look(figures, figures.standard_groups[standard], *base, *added_here)
    row = place.line(list(base), look, number=number, name=say("row-required", standard=name), name_look=TEXT.but(bold=True))
    place.ids(row, "required", standard)
    place.sheet.joined.discard(row)  # a page may begin with each standard
    added = _project_needs(place, standard, look)
    row = place.line(
        [figures.standing(standard, c, year) for year in years], look, name=say("row-standing"), name_look=TEXT.but(indent=1)
    )
    place.ids(row, "standing", standard)
    items = [item["item"] for item in figures.items if item["item"] in figures.members[figures.standard_groups[standard]]]
    stock = []
    for year in years:
        since = {item: place.column(figures.still_standing(item, year)[0]) for item in items}
        delivered = ",".join(
            f"${since[item]}{place.rows['item', item]}:{place.column(year)}{place.rows['item', item]}" for item in items
        )
        text = f"{place.here('standing', standard, year)}+SUM({delivered})"
        stock.append(Formula(text, figures.stock(standard, c, year)))
    row = place.line(list(stock), look, name=say("row-stock"), name_look=TEXT.but(indent=1))
    place.ids(row, "stock", standard)
    gaps = []
    for step, year in enumerate(years):
        asked = "+".join([f"N({place.here('required', standard, year)})", *(f"{place.column(year)}{at}" for at in added)])
        value = figures.gaps.get((standard, c, year), ZERO)
        text = f"MAX(0,ROUND({asked}-{place.here('stock', standard, year)},4))"
        in_use: Any = value
        if base[step] is None:
            text = f'IF({asked}=0,"",{text})'
            in_use = value if _asked_by_projects(place, standard, year) else ""
        gaps.append(Formula(text, in_use))
    met = say("mark-met")
    form = f'[=0]"{met}";{look.format.split(";")[0]}'
    row = place.line(list(gaps), look.but(format=form, **TOTAL), name=say("row-gap"), name_look=TEXT.but(indent=1, **TOTAL))
    place.ids(row, "gap", standard)
    at = f"{letter(FIRST_YEAR)}{row}"
    mark(place.sheet, f"{at}:{letter(place.last_year_column)}{row}", f"AND(ISNUMBER({at}),{at}=0)", f"AND(ISNUMBER({at}),{at}>0)")


def _asked_by_projects(place: CountySheet, standard: str, year: int) -> bool:
    needs = place.figures.needs(standard, place.county)
    return any(quantity and place.figures.openings.get(project["project"], year + 1) <= year for project, quantity in needs)


def _project_needs(place: CountySheet, standard: str, look: Any) -> list[int]:
    """A line for each project that adds to the standard once it is open; returns their rows."""
    figures, rows = place.figures, []
    for project, quantity in figures.needs(standard, place.county):
        opens = f"${letter(place.note_column)}${place.rows['capital', project['project']]}"
        opening = figures.openings.get(project["project"])
        row = place.row + 1
        values = [
            Formula(
                f"IF(ISNUMBER({opens}),IF({opens}<={place.column(year)}${HEADER_ROW},${letter(UNIT)}{row},0),0)",
                quantity if opening is not None and opening <= year else ZERO,
            )
            for year in place.years
        ]
        place.line(
            list(values),
            look,
            name=say("row-project-need", project=place.figures.project_names[project["project"]]),
            name_look=TEXT.but(indent=1),
        )
        place.sheet.put(row, UNIT, quantity, CENTRED)
        place.ids(row, "need", f"{standard}|{project['project']}")
        rows.append(row)
    return rows
