"""Whether the plan keeps its limits, shares and money rules, each rule with its live figures and a mark (model.md §3.5, §3.7).

A plan has hundreds of such rules, and most say little: what is printed is how many there are and how many hold, and the rules
that bind, those used up to their bound. The rest stands below, not printed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING

from optplan.figures.figures import ZERO, Figures
from optplan.schedule import YUAN
from optplan.tables.declarations import SPENDING_CLASSES
from optplan.workbook.book import Formula, Sheet, letter, say
from optplan.workbook.schedule.county import HIDDEN, CountySheet
from optplan.workbook.schedule.frame import Table, group_look, mark, warn_unless_zero
from optplan.workbook.schedule.purposes import cost_of_use
from optplan.workbook.styles import AMOUNT, CENTRED, COUNTED, FINEST_PERCENT, MEASURED, SECTION, SHARE, TEXT, Look
from optplan.workbook.styles import COUNT as WHOLE

if TYPE_CHECKING:
    from optplan.tables.content import Row
    from optplan.workbook.schedule.programmes import Programme

RULE, SCOPE, WHEN, LEAST, MOST, ACTUAL, MARK, KIND, KEY = range(1, 10)  # the last two are hidden


@dataclass(frozen=True)
class Rule:
    """One rule, under the (kind, key) it is found by; a bound that is itself a formula may be missed by a yuan."""

    section: str
    key: tuple[str, str]
    name: str
    county: str | None
    year: int | None
    least: Formula | Decimal | None
    most: Formula | Decimal | None
    actual: Formula
    look: Look
    told: bool = True  # whether it is worth telling that it binds

    @property
    def binds(self) -> bool:
        """Whether the sealed plan goes to the bound, so that less room would change it. Nothing where nothing may be does not."""
        actual = Decimal(self.actual.value)
        return (
            self.told
            and bool(actual)
            and any(
                bound is not None and Decimal(bound.value if isinstance(bound, Formula) else bound) == actual
                for bound in (self.least, self.most)
            )
        )


class Compliance:
    """The sheet of rules. ``broken``: how many do not hold, as a formula for other sheets."""

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
        self.rules: list[Rule] = []
        self._section, self.broken = "", "0"
        self._gather()
        self.row = 3
        sheet.widths([50, 18, 9, 12, 12, 12, 9, 0, 0])
        self._write()
        sheet.put(1, KIND, "rules", HIDDEN)

    def _gather(self) -> None:
        tables = self.figures.tables
        self._section = "section-limits"
        for row in tables["limits"]:
            self._limit(row)
        self._section = "section-mix"
        for row in tables["mix"]:
            if row["of"] == "stock":
                for year in [row["year"]] if row["year"] else self.figures.open_years:
                    self._standing_mix(row, year)
            else:
                self._mix(row)
        self._section = "section-project-links"
        for (standard, county), needs in self.figures.hard_needs.items():
            for year in self.figures.years:
                self._hard_need(standard, county, year, needs)
        for row in tables["project_links"]:
            self._link(row)
        self._section = "section-pools"
        self._pools()
        self._section = "section-purposes"
        self._purposes()
        self._section = "section-operating"
        if self.figures.requests_allowed:
            for row in tables["growth"]:
                if row["year"] in self.figures.open_years[1:]:
                    self._operating(row)

    # -- the page ------------------------------------------------------------------------------------------------------

    def _write(self) -> None:
        """The count of rules, those that bind, and below the printed page the others."""
        binding, others = ([rule for rule in self.rules if rule.binds is way] for way in (True, False))
        sections = list(dict.fromkeys(rule.section for rule in self.rules))
        count_at = self.row + 1
        self.row += 2 + len(sections)
        first = header = self.row + 1
        for words, rules in (("compliance-binding", binding), ("compliance-others", others)):
            self.row += 1
            self.sheet.merged(self.row, RULE, MARK, say(words, number=len(rules)), SECTION)
            self.sheet.height(self.row, 24)
            for section in dict.fromkeys(rule.section for rule in rules):
                self._heads(section)
                header = header if header > first else self.row
                for rule in rules:
                    if rule.section == section:
                        self._line(rule)
            if rules is binding:
                printed = self.row
        marks = f"{letter(MARK)}{first}"
        kept, broken = say("mark-kept"), say("mark-broken")
        mark(self.sheet, f"{marks}:{letter(MARK)}{self.row}", f'{marks}="{kept}"', f'{marks}="{broken}"')
        self._counts(count_at, sections, first)
        self.table.finish(printed, "A4", (header, header) if first < header <= printed else None)

    def _counts(self, at: int, sections: list[str], first: int) -> None:
        """How many rules of each sort there are, hold and do not: live."""
        self.table.headers(at, [say(f"column-{head}") for head in ("rule", "rule-count", "rules-kept", "rules-broken")])
        kinds, marks = (f"${letter(column)}${first}:${letter(column)}${self.row}" for column in (KIND, MARK))
        for row, section in enumerate(sections, start=at + 1):
            own = [rule for rule in self.rules if rule.section == section]
            listed = ",".join(f'"{kind}"' for kind in dict.fromkeys(rule.key[0] for rule in own))
            counted = f'SUM(COUNTIFS({kinds},{{{listed}}},{marks},"%s"))'
            self.sheet.put(row, RULE, say(section), TEXT)
            self.sheet.put(row, SCOPE, Formula(f"SUM(COUNTIFS({kinds},{{{listed}}}))", len(own)), COUNTED)
            self.sheet.put(row, WHEN, Formula(counted % say("mark-kept"), len(own)), COUNTED)
            self.sheet.put(row, LEAST, Formula(counted % say("mark-broken"), 0), COUNTED)
            warn_unless_zero(self.sheet, f"{letter(LEAST)}{row}", f"{letter(LEAST)}{row}")
        if sections:
            self.broken = f"SUM({self.sheet.quoted}{letter(LEAST)}{at + 1}:{letter(LEAST)}{at + len(sections)})"

    def _heads(self, section: str) -> None:
        self.row += 1
        heads = ("column-scope", "column-when", "column-least", "column-most", "column-actual", "column-kept")
        self.table.headers(self.row, [say(section), *(say(head) for head in heads)])

    def _line(self, rule: Rule) -> None:
        self.row += 1
        row, look = self.row, rule.look
        self.sheet.line(row, KIND, rule.key, HIDDEN)
        self.sheet.put(row, RULE, rule.name, TEXT)
        self.sheet.put(row, SCOPE, self.figures.county_names[rule.county] if rule.county else say("scope-all"), TEXT)
        self.sheet.put(row, WHEN, rule.year if rule.year else say("scope-years"), CENTRED.but(year=bool(rule.year)))
        self.sheet.put(row, LEAST, rule.least, look)
        self.sheet.put(row, MOST, rule.most, look)
        self.sheet.put(row, ACTUAL, rule.actual, look)
        at = {column: f"{letter(column)}{row}" for column in (LEAST, MOST, ACTUAL)}
        slack = str(YUAN) if look is AMOUNT else "0"
        tests = []
        if rule.least is not None:
            tests.append(f"ROUND({at[ACTUAL]},6)>=ROUND({at[LEAST]}-{slack},6)")
        if rule.most is not None:
            tests.append(f"ROUND({at[ACTUAL]},6)<=ROUND({at[MOST]}+{slack},6)")
        kept = Formula(f'IF(AND({",".join(tests) or "TRUE"}),"{say("mark-kept")}","{say("mark-broken")}")', say("mark-kept"))
        self.sheet.put(row, MARK, kept, CENTRED)

    # -- deliveries ----------------------------------------------------------------------------------------------------

    def _rule(
        self,
        key: tuple[str, str],
        name: str,
        county: str | None,
        year: int | None,
        least: Formula | Decimal | None,
        most: Formula | Decimal | None,
        actual: Formula,
        look: Look,
        told: bool = True,
    ) -> None:
        self.rules.append(Rule(self._section, key, name, county, year, least, most, actual, look, told))

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
        look = self._counted(row["group"], row["min"], row["max"])
        self._rule(("limit", row["limit"]), rule, row["county"], row["year"], row["min"], row["max"], actual, look)

    def _counted(self, group: str, *given: Decimal | None) -> Look:
        """How quantities of a group are shown here, where a zero is a figure and no dash."""
        return COUNTED if group_look(self.figures, group, *given).format == WHOLE else MEASURED

    def _standing(self, group: str, county: str | None, year: int) -> Formula:
        """What stands of a group in a year, in the scope of a rule."""
        figures = self.figures
        items = [item["item"] for item in figures.items if item["item"] in figures.members[group]]
        where = [county] if county else list(figures.counties)
        at_first = sum((figures.standing_of(i, c, year) for i in items for c in where), ZERO)
        cells = [self.counties[c].cell("item", i, past) for i in items for c in where for past in figures.still_standing(i, year)]
        delivered = sum((figures.x(i, c, past) for i in items for c in where for past in figures.still_standing(i, year)), ZERO)
        return Formula("+".join([f"{at_first.normalize():f}", *cells]), at_first + delivered)

    def _standing_mix(self, row: Row, year: int) -> None:
        part, whole = (self._standing(row[side], row["county"], year) for side in ("part", "whole"))
        self._share(row, "mix-rule-stock", year, part, whole)

    def _mix(self, row: Row) -> None:
        part, whole = (self._deliveries(row[side], row["county"], row["year"]) for side in ("part", "whole"))
        self._share(row, "mix-rule", row["year"], part, whole)

    def _share(self, row: Row, words: str, year: int | None, part: Formula, whole: Formula) -> None:
        names = self.figures.group_names
        value = Decimal(part.value) / Decimal(whole.value) if whole.value else ZERO
        least, most = row["min_share"], row["max_share"]
        if not whole.value:  # nothing is delivered, so no share is asked
            least = most = None
        formula = Formula(f"IF(({whole.text})=0,0,({part.text})/({whole.text}))", value)
        rule = say(words, part=names.get(row["part"], row["part"]), whole=names.get(row["whole"], row["whole"]))
        look = SHARE.but(format=FINEST_PERCENT)
        key = row["mix"] if words == "mix-rule" else f"{row['mix']}|{year}"
        self._rule(("mix", key), rule, row["county"], year, least, most, formula, look)

    # -- projects ------------------------------------------------------------------------------------------------------

    def _hard_need(self, standard: str, county: str, year: int, needs: Sequence[tuple[Row, Decimal]]) -> None:
        """What must stand before the projects that are open may be."""
        figures = self.figures
        opened = [quantity for project, quantity in needs if figures.openings.get(project["project"], year + 1) <= year]
        if not opened:
            return
        asked = Formula(
            "+".join(self.counties[county].cell("need", f"{standard}|{project['project']}", year) for project, _ in needs),
            sum(opened, ZERO),
        )
        rule = say("rule-hard-need", standard=figures.standard_names[standard])
        group = figures.standard_groups[standard]
        stock, look = self._standing(group, county, year), self._counted(group, *opened)
        self._rule(("hard-need", f"{standard}|{county}|{year}"), rule, county, year, asked, None, stock, look)

    def _link(self, row: Row) -> None:
        """Two projects that are tied: how many years one opens after the other, or how many of them are built."""
        figures, p, other = self.figures, row["project"], row["other"]
        names = {"project": figures.project_names[p], "other": figures.project_names[other], "lag": row["lag"]}
        opening = [figures.openings.get(each) for each in (p, other)]
        built = sum(year is not None for year in opening)
        at = [self.counties[figures.county_of_project[each]].opening(each) for each in (p, other)]
        if row["kind"] == "after":
            if opening[0] is None:
                return
            least, most, actual = Decimal(row["lag"]), None, Formula("-".join(at), opening[0] - (opening[1] or 0))
        else:
            count = Formula("+".join(f"ISNUMBER({cell})*1" for cell in at), built)
            least, most, actual = None, Decimal(1), count
            if row["kind"] == "together":
                least, most, actual = None, ZERO, Formula(f"ABS({'-'.join(f'ISNUMBER({cell})*1' for cell in at)})", built % 2)
        self._rule(("link", f"{p}|{other}"), say(f"rule-link-{row['kind']}", **names), None, None, least, most, actual, COUNTED)

    # -- money ---------------------------------------------------------------------------------------------------------

    def _pools(self) -> None:
        """County caps, the floor for supported counties and matching, for each pool and open year."""
        figures = self.figures
        for pool in figures.pools:
            capped, floor = pool["county_cap_share"] is not None, pool["support_floor"] > 0
            matched = [county for county in figures.counties if self._rate(pool, county) > 0]
            if not (capped or floor or matched):
                continue
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

    def _of_fund(self, rule: str, fund: Row) -> str:
        return say(rule, fund=self.figures.fund_names[fund["fund"]])

    def _cap(self, pool: Row, county: str, year: int) -> None:
        most = self.figures.balance(pool["fund"], "", year, "amount") * pool["county_cap_share"]
        key, rule = ("county-cap", f"{pool['fund']}|{county}|{year}"), self._of_fund("rule-county-cap", pool)
        self._rule(key, rule, county, year, None, most, self._drawn(pool, county, year), AMOUNT)

    def _support(self, pool: Row, year: int) -> None:
        figures = self.figures
        drawn = {county: self._drawn(pool, county, year) for county in figures.counties}
        supported = [drawn[county] for county in figures.counties if figures.county_rows[county]["supported"]]
        everything = sum((Decimal(each.value) for each in drawn.values()), ZERO)
        least = Formula(
            f"{pool['support_floor']}*({'+'.join(each.text for each in drawn.values())})", pool["support_floor"] * everything
        )
        given = Formula("+".join(each.text for each in supported) or "0", sum((Decimal(each.value) for each in supported), ZERO))
        key, rule = ("support-floor", f"{pool['fund']}|{year}"), self._of_fund("rule-support-floor", pool)
        self._rule(key, rule, None, year, least, None, given, AMOUNT)

    def _matching(self, pool: Row, county: str, year: int) -> None:
        rate, drawn = self._rate(pool, county), self._drawn(pool, county, year)
        own = [self._drawn(fund, county, year) for fund in self.figures.own_funds(county)]
        least = Formula(f"{rate}*({drawn.text})", rate * Decimal(drawn.value))
        matched = Formula("+".join(each.text for each in own) or "0", sum((Decimal(each.value) for each in own), ZERO))
        key, rule = ("matching", f"{pool['fund']}|{county}|{year}"), self._of_fund("rule-matching", pool)
        self._rule(key, rule, county, year, least, None, matched, AMOUNT)

    def _purposes(self) -> None:
        """What each fund with a purpose pays, beside what it may pay for, each county and open year."""
        for fund in self.figures.tables["funds"]:
            uses = [row for row in self.figures.tables["fund_uses"] if row["fund"] == fund["fund"]]
            for county, year in product(self.figures.counties, self.figures.open_years if uses else ()):
                if fund in self.figures.funds_of[county]:
                    self._purpose(fund, uses, county, year)

    def _purpose(self, fund: Row, uses: Sequence[Row], county: str, year: int) -> None:
        """Σ min_share·K ≤ Σ e ≤ Σ max_share·K over the rows of the fund, each to within one yuan."""
        place, off = self.counties[county], (len(uses) - 1) * YUAN
        costs = [(row, cost_of_use(place, row, year)) for row in uses]

        def bound(side: str, share_of_blank: Decimal, room: Decimal) -> Formula:
            shares = [(share_of_blank if row[side] is None else row[side], cost) for row, cost in costs]
            parts = (cost.text if share == 1 else f"{share.normalize():f}*({cost.text})" for share, cost in shares if share)
            text = "+".join(parts) or "0"
            value = sum((share * Decimal(cost.value) for share, cost in shares), ZERO)
            return Formula(f"{text}{room:+f}" if room else text, value + room)

        least = bound("min_share", ZERO, -off) if any(row["min_share"] for row in uses) else None
        shared = any(row["min_share"] is not None or row["max_share"] is not None for row in uses)
        key, rule = ("purpose", f"{fund['fund']}|{county}|{year}"), self._of_fund("rule-purpose", fund)
        most = bound("max_share", Decimal(1), off)
        self._rule(key, rule, county, year, least, most, self._drawn(fund, county, year), AMOUNT, told=shared)

    def _operating(self, row: Row) -> None:
        """The operating budget of a year, against that of the year before and the growth of revenue."""
        county, year = row["county"], row["year"]
        now, before = self._operating_budget(county, year), self._operating_budget(county, year - 1)
        rate = 1 + row["rate"]
        least = Formula(f"{rate}*({before.text})", rate * Decimal(before.value))
        key = ("operating-budget", f"{county}|{year}")
        self._rule(key, say("rule-operating"), county, year, least, None, now, AMOUNT)

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
