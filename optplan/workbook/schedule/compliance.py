"""Whether the plan keeps its limits, shares and money rules, each rule with its live figures and a mark (model.md §3.5, §3.7)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from optplan.tables.declarations import SPENDING_CLASSES
from optplan.workbook.book import Formula, Sheet, letter, say
from optplan.workbook.schedule.county import HIDDEN, CountySheet
from optplan.workbook.schedule.figures import ZERO, Figures
from optplan.workbook.schedule.frame import Table, mark
from optplan.workbook.styles import AMOUNT, CENTRED, SECTION, SHARE, TEXT, Look

if TYPE_CHECKING:
    from optplan.tables.content import Row
    from optplan.workbook.schedule.programmes import Programme

RULE, SCOPE, WHEN, LEAST, MOST, ACTUAL, MARK, KIND, KEY = range(1, 10)  # the last two are hidden
A_YUAN = "0.0001"
COUNT = Look('#,##0.##;-#,##0.##;"0"', "right")


class Compliance:
    """The sheet of rules."""

    def __init__(
        self,
        sheet: Sheet,
        figures: Figures,
        number: int,
        counties: Mapping[str, CountySheet],
        programmes: Mapping[str, Programme],
    ) -> None:
        self.sheet, self.figures, self.counties, self.programmes = sheet, figures, counties, programmes
        self.table = Table(
            sheet, figures, number, say("title-compliance"), RULE, MARK, say("unit-compliance", currency=figures.currency)
        )
        self.row = 3
        self.first = self.row + 1
        if figures.tables["limits"]:
            self._section("section-limits")
            for row in figures.tables["limits"]:
                self._limit(row)
        if figures.tables["mix"]:
            self._section("section-mix")
            for row in figures.tables["mix"]:
                self._mix(row)
        self._pools()
        if figures.requests_allowed and figures.tables["growth"]:
            self._section("section-operating")
            for row in figures.tables["growth"]:
                if row["year"] in figures.open_years[1:]:
                    self._operating(row)
        marks = f"{letter(MARK)}{self.first}"
        mark(
            sheet,
            f"{marks}:{letter(MARK)}{max(self.row, self.first)}",
            f'{marks}="{say("mark-kept")}"',
            f'{marks}="{say("mark-broken")}"',
        )
        sheet.widths([36, 18, 11, 14, 14, 14, 11, 0, 0])
        sheet.put(1, KIND, "rules", HIDDEN)
        self.table.finish(self.row, "A4", (5, 5))

    def _section(self, name: str) -> None:
        self.row += 1
        self.sheet.merged(self.row, RULE, MARK, say(name), SECTION)
        self.sheet.height(self.row, 24)
        self.row += 1
        heads = ("column-rule", "column-scope", "column-when", "column-least", "column-most", "column-actual", "column-kept")
        self.table.headers(self.row, [say(head) for head in heads])

    def _line(
        self,
        key: tuple[str, str],
        rule: str,
        county: str | None,
        year: int | None,
        least: Any,
        most: Any,
        actual: Formula,
        look: Look,
    ) -> None:
        """One rule, under the (kind, key) it is found by; a bound that is itself a formula may be missed by a yuan."""
        self.row += 1
        row, figures = self.row, self.figures
        self.sheet.line(row, KIND, key, HIDDEN)
        self.sheet.put(row, RULE, rule, TEXT)
        self.sheet.put(row, SCOPE, figures.county_names[county] if county else say("scope-all"), TEXT)
        self.sheet.put(row, WHEN, year if year else say("scope-years"), CENTRED)
        self.sheet.put(row, LEAST, least, look)
        self.sheet.put(row, MOST, most, look)
        self.sheet.put(row, ACTUAL, actual, look)
        at = {column: f"{letter(column)}{row}" for column in (LEAST, MOST, ACTUAL)}
        slack = A_YUAN if look is AMOUNT else "0"
        tests = []
        if least is not None:
            tests.append(f"ROUND({at[ACTUAL]},6)>=ROUND({at[LEAST]}-{slack},6)")
        if most is not None:
            tests.append(f"ROUND({at[ACTUAL]},6)<=ROUND({at[MOST]}+{slack},6)")
        kept = Formula(f'IF(AND({",".join(tests) or "TRUE"}),"{say("mark-kept")}","{say("mark-broken")}")', say("mark-kept"))
        self.sheet.put(row, MARK, kept, CENTRED)

    def _deliveries(self, group: str, county: str | None, year: int | None) -> Formula:
        """What is delivered of a group in the scope of a rule."""
        figures = self.figures
        items = [item["item"] for item in figures.items if item["item"] in figures.members[group]]
        cells = []
        for item in items:
            programme = next(each for each in self.programmes.values() if item in each.totals)
            if county:
                place = self.counties[county]
                cells.append(place.cell("item", item, year) if year else place.total("item", item))
            elif year:
                cells.append(programme.total(item, year))
            else:
                cells.append(f"{programme.sheet.quoted}{letter(programme.total_column)}{programme.totals[item]}")
        where, when = ([county] if county else figures.counties), ([year] if year else figures.years)
        value = sum((figures.x(i, c, y) for i in items for c in where for y in when), ZERO)
        return Formula("+".join(cells) or "0", value)

    def _limit(self, row: Row) -> None:
        name = self.figures.group_names.get(row["group"], row["group"])
        actual = self._deliveries(row["group"], row["county"], row["year"])
        rule = say(f"limit-{row['kind']}", group=name)
        self._line(("limit", row["limit"]), rule, row["county"], row["year"], row["min"], row["max"], actual, COUNT)

    def _mix(self, row: Row) -> None:
        names = self.figures.group_names
        part, whole = (self._deliveries(row[side], row["county"], row["year"]) for side in ("part", "whole"))
        value = Decimal(part.value) / Decimal(whole.value) if whole.value else ZERO
        least, most = row["min_share"], row["max_share"]
        if not whole.value:  # nothing is delivered, so no share is asked
            least = most = None
        formula = Formula(f"IF(({whole.text})=0,0,({part.text})/({whole.text}))", value)
        rule = say("mix-rule", part=names.get(row["part"], row["part"]), whole=names.get(row["whole"], row["whole"]))
        look = SHARE.but(format="0.0000%")
        self._line(("mix", row["mix"]), rule, row["county"], row["year"], least, most, formula, look)

    # -- money ---------------------------------------------------------------------------------------------------------

    def _pools(self) -> None:
        """County caps, the floor for supported counties and matching, for each pool and open year."""
        figures = self.figures
        for pool in figures.pools:
            capped, floor = pool["county_cap_share"] is not None, pool["support_floor"] > 0
            matched = [county for county in figures.counties if self._rate(pool, county) > 0]
            if not (capped or floor or matched):
                continue
            self._section("section-pools")
            for year in figures.open_years:
                if floor:
                    self._support(pool, year)
                for county in figures.counties:
                    if capped:
                        self._cap(pool, county, year)
                    if county in matched:
                        self._matching(pool, county, year)

    def _rate(self, pool: Row, county: str) -> Decimal:
        supported = self.figures.county_rows[county]["supported"] and pool["match_rate_supported"] is not None
        return Decimal(pool["match_rate_supported"] if supported else pool["match_rate"])

    def _drawn(self, fund: Row, county: str, year: int) -> Formula:
        figures, place = self.figures, self.counties[county]
        kinds = figures.pays(fund)
        cells = [place.cell("payment", f"{fund['fund']}|{kind}", year) for kind in kinds]
        return Formula("+".join(cells), sum((figures.paid(fund["fund"], county, year, kind) for kind in kinds), ZERO))

    def _cap(self, pool: Row, county: str, year: int) -> None:
        most = self.figures.balance(pool["fund"], "", year, "amount") * pool["county_cap_share"]
        key, rule = ("county-cap", f"{pool['fund']}|{county}|{year}"), say("rule-county-cap", fund=pool["name"])
        self._line(key, rule, county, year, None, most, self._drawn(pool, county, year), AMOUNT)

    def _support(self, pool: Row, year: int) -> None:
        figures = self.figures
        drawn = {county: self._drawn(pool, county, year) for county in figures.counties}
        supported = [drawn[county] for county in figures.counties if figures.county_rows[county]["supported"]]
        everything = sum((Decimal(each.value) for each in drawn.values()), ZERO)
        least = Formula(
            f"{pool['support_floor']}*({'+'.join(each.text for each in drawn.values())})", pool["support_floor"] * everything
        )
        given = Formula("+".join(each.text for each in supported) or "0", sum((Decimal(each.value) for each in supported), ZERO))
        key, rule = ("support-floor", f"{pool['fund']}|{year}"), say("rule-support-floor", fund=pool["name"])
        self._line(key, rule, None, year, least, None, given, AMOUNT)

    def _matching(self, pool: Row, county: str, year: int) -> None:
        rate, drawn = self._rate(pool, county), self._drawn(pool, county, year)
        own = [self._drawn(fund, county, year) for fund in self.figures.own_funds(county)]
        least = Formula(f"{rate}*({drawn.text})", rate * Decimal(drawn.value))
        matched = Formula("+".join(each.text for each in own) or "0", sum((Decimal(each.value) for each in own), ZERO))
        key, rule = ("matching", f"{pool['fund']}|{county}|{year}"), say("rule-matching", fund=pool["name"])
        self._line(key, rule, county, year, least, None, matched, AMOUNT)

    def _operating(self, row: Row) -> None:
        """The operating budget of a year, against that of the year before and the growth of revenue."""
        county, year = row["county"], row["year"]
        now, before = self._operating_budget(county, year), self._operating_budget(county, year - 1)
        rate = 1 + row["rate"]
        least = Formula(f"{rate}*({before.text})", rate * Decimal(before.value))
        key = ("operating-budget", f"{county}|{year}")
        self._line(key, say("rule-operating"), county, year, least, None, now, AMOUNT)

    def _operating_budget(self, county: str, year: int) -> Formula:
        figures, place = self.figures, self.counties[county]
        funds = [fund for fund in figures.own_funds(county) if SPENDING_CLASSES[1] in figures.pays(fund)]
        cells = [place.cell("account", f"{fund['fund']}|amount", year) for fund in funds]
        cells.append(place.cell("request", SPENDING_CLASSES[1], year))
        value = sum(
            (figures.balance(fund["fund"], county, year, "amount") for fund in funds),
            figures.requested(county, year, SPENDING_CLASSES[1]),
        )
        return Formula("+".join(cells), value)
