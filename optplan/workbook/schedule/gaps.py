"""Shortfalls of targets and gaps to standards, all counties on one sheet, each with the reason that is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from optplan.figures.figures import ZERO, Figures
from optplan.figures.reasons import Reasons
from optplan.language.numbers import decimal_of
from optplan.workbook.book import Formula, Sheet, in_cell, letter, say
from optplan.workbook.schedule.county import EDGE, HIDDEN, CountySheet
from optplan.workbook.schedule.frame import HEADER_ROW, Table, group_look, mark
from optplan.workbook.schedule.summary import Targets
from optplan.workbook.styles import CENTRED, NUMBER, PERCENT_OR_DASH, SECTION, SHARE, TEXT, TOTAL

COUNTY, STANDARD, WEIGHT, SHOWN_COUNTY, SHOWN_STANDARD, REQUIRED, STOCK, FIRST_YEAR = range(1, 9)


class Gaps:
    """The sheet of shortfalls and gaps. ``shares`` gives the row of each county's average gap in the last year.

    ``readiness`` and ``worst``: the criteria of standards (model.md §4) recalculated from this sheet, each a formula for other
    sheets and its value.
    """

    def __init__(
        self, sheet: Sheet, figures: Figures, number: int, counties: Mapping[str, CountySheet], targets: Targets
    ) -> None:
        self.sheet, self.figures, self.counties, self.targets = sheet, figures, counties, targets
        self.reasons = Reasons(figures)
        self.share_column = FIRST_YEAR + len(figures.years)
        self.last = self.share_column + 1
        self.shares: dict[str, int] = {}
        self.weighed = self.last + 2  # a hidden column: what a standard adds to the readiness gap over all years
        self._all_weights = self._weights()
        self._readiness, self._worst = Fraction(0), Fraction(0)
        self.table = Table(sheet, figures, number, say("title-gaps"), SHOWN_COUNTY, self.last, say("unit-of-standards"))
        self.row = HEADER_ROW - 1
        self._targets()
        self._standards()
        sheet.widths([0, 0, 0, 16, 24, 10, 10, *[9] * len(figures.years), 11, 46, EDGE, 0])
        self.table.finish(self.row, f"{letter(SHOWN_COUNTY)}{HEADER_ROW}", (self.header, self.header))

    @property
    def readiness(self) -> tuple[str, Fraction]:
        """The mean share missing of the standards, over all counties and years, by weight and risk."""
        at = f"{self.sheet.quoted}{letter(self.weighed)}"
        return f"SUM({at}{self.header}:{letter(self.weighed)}{self.row})", self._readiness

    @property
    def worst(self) -> tuple[str, Fraction]:
        """The largest average gap of a county in the last year."""
        at = f"{self.sheet.quoted}{letter(self.share_column)}"
        return f"MAX({','.join(f'{at}{row}' for row in self.shares.values())})" if self.shares else "0", self._worst

    def _weights(self) -> Fraction:
        """The weights by which the readiness gap divides, of every standard in force and of staffing, added up."""
        figures, total = self.figures, Fraction(0)
        of_staffing = Fraction(figures.tables.setting("staffing_weight")) * len(figures.years)
        for county in figures.counties:
            weights = [
                figures.base(standard, county, year)[1] for standard in figures.standards_of(county) for year in figures.years
            ]
            total += self._risk(county) * (sum(weights, Fraction(0)) + (of_staffing if figures.teams.get(county) else 0))
        return total

    def _risk(self, county: str) -> Fraction:
        return Fraction(self.figures.county_rows[county]["risk_weight"])

    def _adds(self, county: str, parts: Sequence[tuple[Fraction, Fraction, Decimal | int]]) -> None:
        """What a line adds to the readiness gap; ``parts``: of each year the weight, what a gap is measured by, and the gap."""
        whole, first = self._all_weights, f"{letter(FIRST_YEAR)}{self.row}"
        each = [self._risk(county) * weight / base / whole if base and whole else Fraction(0) for weight, base, _ in parts]
        value = sum((share * Fraction(gap) for share, (_, _, gap) in zip(each, parts, strict=True)), Fraction(0))
        self._readiness += value
        factors = ",".join(f"{decimal_of(share):.18f}" for share in each)
        end = f"{letter(FIRST_YEAR + len(parts) - 1)}{self.row}"
        self.sheet.put(self.row, self.weighed, Formula(f"SUMPRODUCT({first}:{end},{{{factors}}})", in_cell(value)), HIDDEN)

    def _heading(self, name: str) -> None:
        self.row += 1
        self.sheet.merged(self.row, SHOWN_COUNTY, self.last, say(name, year=self.figures.last), SECTION)
        self.sheet.height(self.row, 24)
        self.row += 1

    def _targets(self) -> None:
        """Each target that is not reached, and why as far as the figures tell."""
        self._heading("section-shortfalls")
        heads = ("column-by-year", "column-target", "column-target-total", "column-delivered", "column-shortfall")
        self.table.headers(self.row, [say(head) for head in heads])
        self.sheet.merged(self.row, FIRST_YEAR + 1, self.last, say("column-reason"), CENTRED.but(bold=True, fill="D9E2F3"))
        short = 0
        figures = self.figures
        for row in figures.tables["targets"]:
            entry = figures.targets[row["target"]]
            shortfall = Decimal(str(entry["shortfall"]))
            if not shortfall:
                continue
            short += 1
            self.row += 1
            look = group_look(figures, row["group"], row["total"])
            self.sheet.put(self.row, SHOWN_COUNTY, row["by_year"], CENTRED.but(format=say("format-year"), year=True))
            self.sheet.put(self.row, SHOWN_STANDARD, self.targets.names[row["target"]], TEXT)
            self.sheet.put(self.row, REQUIRED, Formula(self.targets.cell(row["target"], "total"), row["total"]), look)
            self.sheet.put(
                self.row, STOCK, Formula(self.targets.cell(row["target"], "delivered"), Decimal(str(entry["delivered"]))), look
            )
            self.sheet.put(
                self.row, FIRST_YEAR, Formula(self.targets.cell(row["target"], "shortfall"), shortfall), look.but(**TOTAL)
            )
            why = self.reasons.of_target(row)
            self.sheet.merged(self.row, FIRST_YEAR + 1, self.last, why, TEXT)
        if not short:
            self.row += 1
            self.sheet.merged(self.row, SHOWN_COUNTY, self.last, say("no-shortfall"), TEXT)

    def _standards(self) -> None:
        """Every standard in every county: the gap of each year, its share at the end, and why."""
        figures = self.figures
        self._heading("section-gaps")
        heads = [say("column-county"), say("column-standard"), say("column-required-end"), say("column-stock-end")]
        self.table.headers(self.row, heads)
        self.table.year_headers(self.row, FIRST_YEAR, figures.years)
        self.table.headers(self.row, [say("column-gap-share"), say("column-reason")], self.share_column)
        self.header = self.row
        for county in figures.counties:
            self._county(county)

    def _county(self, county: str) -> None:
        figures, first = self.figures, self.row + 1
        parts: list[tuple[Fraction, Fraction]] = []
        for standard in figures.standards_of(county):
            parts.append(self._line(county, standard))
        if figures.teams.get(county):
            parts.append(self._staffing(county))
        if not parts:
            return
        weights = sum((weight for weight, _ in parts), Fraction(0))
        share = sum((weight * part for weight, part in parts), Fraction(0)) / weights if weights else Fraction(0)
        self.row += 1
        self.shares[county] = self.row
        self._worst = max(self._worst, share)
        at, weighed = letter(self.share_column), f"${letter(WEIGHT)}{first}:${letter(WEIGHT)}{self.row - 1}"
        text = f"IF(SUM({weighed})=0,0,SUMPRODUCT({weighed},{at}{first}:{at}{self.row - 1})/SUM({weighed}))"
        self.sheet.put(self.row, SHOWN_COUNTY, figures.county_names[county], TEXT.but(**TOTAL))
        self.sheet.merged(
            self.row, SHOWN_STANDARD, self.share_column - 1, say("row-average-gap", year=figures.last), TEXT.but(**TOTAL)
        )
        self.sheet.put(self.row, self.share_column, Formula(text, in_cell(share)), SHARE.but(**TOTAL))
        self.sheet.put(self.row, self.last, "", TEXT.but(**TOTAL))

    def _line(self, county: str, standard: str) -> tuple[Fraction, Fraction]:
        figures, place, last = self.figures, self.counties[county], self.figures.last
        row = figures.in_force(standard, county, last)
        base, weight = figures.base(standard, county, last)
        gaps = [figures.gaps.get((standard, county, year), ZERO) for year in figures.years]
        asked = sum(
            (
                quantity
                for project, quantity in figures.needs(standard, county)
                if figures.openings.get(project["project"], last + 1) <= last
            ),
            row["required"] if row is not None else ZERO,
        )
        look = group_look(figures, figures.standard_groups[standard], asked)
        self._ids(county, standard, figures.standard_names[standard], Decimal(weight.numerator) / weight.denominator)
        needs = [place.cell("need", f"{standard}|{project['project']}", last) for project, _ in figures.needs(standard, county)]
        required = "+".join([f"N({place.cell('required', standard, last)})", *needs])
        self.sheet.put(self.row, REQUIRED, Formula(required, asked), look)
        self.sheet.put(self.row, STOCK, Formula(place.cell("stock", standard, last), figures.stock(standard, county, last)), look)
        for step, year in enumerate(figures.years):
            self.sheet.put(self.row, FIRST_YEAR + step, Formula(f"N({place.cell('gap', standard, year)})", gaps[step]), look)
        share = Fraction(gaps[-1]) / base if base else Fraction(0)
        end, ruled = letter(FIRST_YEAR + len(figures.years) - 1), f"N({place.cell('required', standard, last)})"
        by_projects = "0" if (row is not None and row["required"]) or not base else f"{end}{self.row}/{float(base):.15g}"
        self._share(f"IF({ruled}=0,{by_projects},{end}{self.row}/{ruled})", share)
        measured = [figures.base(standard, county, year) for year in figures.years]
        self._adds(county, [(weight_in, by, gap) for (by, weight_in), gap in zip(measured, gaps, strict=True)])
        self._why(self.reasons.of_gap(standard, county) if gaps[-1] else "")
        return weight, share

    def _staffing(self, county: str) -> tuple[Fraction, Fraction]:
        """The staffing standard: the teams below their least staff (model.md §4)."""
        figures, place = self.figures, self.counties[county]
        teams = figures.teams[county]
        weight = Fraction(figures.tables.setting("staffing_weight"))
        self._ids(county, "", say("standard-staffing"), Decimal(weight.numerator) / weight.denominator)
        lacking = [len(teams) - sum(figures.meets(team["team"], year) for team in teams) for year in figures.years]
        self.sheet.put(self.row, REQUIRED, len(teams), NUMBER)
        self.sheet.put(self.row, STOCK, Formula(place.cell("staff", "", figures.last), len(teams) - lacking[-1]), NUMBER)
        for step, year in enumerate(figures.years):
            text = f"${letter(REQUIRED)}{self.row}-{place.cell('staff', '', year)}"
            self.sheet.put(self.row, FIRST_YEAR + step, Formula(text, lacking[step]), NUMBER)
        end = letter(FIRST_YEAR + len(figures.years) - 1)
        share = Fraction(lacking[-1], len(teams))
        self._share(f"{end}{self.row}/{letter(REQUIRED)}{self.row}", share)
        self._adds(county, [(weight, Fraction(len(teams)), lacks) for lacks in lacking])
        self._why(self.reasons.of_staffing(county) if lacking[-1] else "")
        return weight, share

    def _ids(self, county: str, standard: str, name: str, weight: Decimal) -> None:
        self.row += 1
        self.sheet.line(self.row, COUNTY, (county, standard, weight), HIDDEN)
        self.sheet.put(self.row, SHOWN_COUNTY, self.figures.county_names[county], TEXT)
        self.sheet.put(self.row, SHOWN_STANDARD, name, TEXT)

    def _share(self, text: str, share: Fraction) -> None:
        at = f"{letter(self.share_column)}{self.row}"
        self.sheet.put(self.row, self.share_column, Formula(text, in_cell(share)), SHARE.but(format=PERCENT_OR_DASH))
        end = f"{letter(FIRST_YEAR + len(self.figures.years) - 1)}{self.row}"
        mark(self.sheet, at, f"{end}=0", f"{end}>0")

    def _why(self, reason: str) -> None:
        self.sheet.put(self.row, self.last, reason, TEXT.but(size=9))
