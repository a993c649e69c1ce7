"""Results side by side in a few lines each: what is delivered and spent, the counties, the rows that differ."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from optplan.comparison.sides import Sides
from optplan.figures import money
from optplan.figures.figures import ZERO, Figures
from optplan.figures.money import spent
from optplan.figures.programmes import programmes
from optplan.figures.readiness import county_gap
from optplan.language import text, year_name
from optplan.language.numbers import amount, decimal_of, percent, quantity
from optplan.tables.content import Row, Tables
from optplan.tables.declarations import PROVENANCE, TABLES, column_of
from optplan.tables.labels import column_label, table_label
from optplan.tables.names import Names
from optplan.tables.schema import Kind

MEASURES = ("spending", "gap")
REMARKS = {column.name for column in PROVENANCE}
Form = Callable[[Decimal], str]


@dataclass(frozen=True)
class Compared:
    """A figure of each result, ``None`` where a result has no schedule, and how it is written.

    ``noise``: the results, by their place, whose difference from the first is not proven to be one; it is shown with ±.
    """

    name: str
    values: tuple[Decimal | None, ...]
    form: Form
    noise: frozenset[int] = frozenset()

    def cells(self) -> list[str]:
        """The values, then how much each is above the first; a dash where there is nothing to say."""
        first, *others = self.values
        apart = [None if first is None or value is None else value - first for value in others]
        return [*map(self._shown, self.values), *(self._apart(each, at) for at, each in enumerate(apart, start=1))]

    @property
    def differs(self) -> bool:
        """Whether any result has another value than the first."""
        return any(value != self.values[0] for value in self.values)

    def _apart(self, value: Decimal | None, at: int) -> str:
        shown = self._shown(value, sign=True)
        return f"± {shown[1:]}" if at in self.noise and shown[:1] in {"+", "−"} else shown

    def _shown(self, value: Decimal | None, sign: bool = False) -> str:
        if value is None:
            return "—"
        written = self.form(abs(value))
        if not sign or written == self.form(ZERO):
            return written if value >= 0 or written == self.form(ZERO) else f"−{written}"
        return f"+{written}" if value > 0 else f"−{written}"


@dataclass(frozen=True)
class CellDifference:
    """A cell of the inputs that differs from that of the first result: ``label`` tells whose, the rest is in words."""

    label: str
    table: str
    row: str
    change: str
    column: str
    before: str
    after: str


def totals(sides: Sequence[Figures | None], effects: Mapping[int, Collection[str]]) -> list[Compared]:
    """What each result delivers of each programme, how many targets it misses, what it spends, asks for and leaves over.

    ``effects``: of each result but the first, by its place, the targets whose difference is proven to be one.
    """
    plans = [figures for figures in sides if figures is not None]
    aimed = {each.name: (each, each.target["target"]) for figures in plans for each in programmes(figures) if each.target}
    found = [
        Compared(
            each.with_unit, tuple(_delivered(figures, name) for figures in sides), quantity,
            frozenset(at for at, proven in effects.items() if target not in proven),
        )
        for name, (each, target) in aimed.items()
    ]  # fmt: skip
    found.append(Compared(text("views", "targets-missed"), tuple(map(_missed, sides)), quantity))
    for part in ("cost", "capital", "recurrent", "asked", "lapsed"):
        found.append(Compared(text("views", f"sum-{part}"), tuple(_money(figures, part) for figures in sides), amount))
    return found


def money_by_year(sides: Sequence[Figures | None]) -> list[Compared]:
    """What each result spends in each year."""
    years = sorted({year for figures in sides if figures is not None for year in figures.open_years})
    return [Compared(year_name(year), tuple(_spent_in(figures, year) for figures in sides), amount) for year in years]


def by_county(sides: Sequence[Figures | None], measure: str) -> list[tuple[Row, Compared]]:
    """A measure of each county of the first result that has a schedule, with the county's row."""
    plans = [figures for figures in sides if figures is not None]
    if not plans:
        return []
    form = amount if measure == "spending" else percent
    found = []
    for county, row in plans[0].county_rows.items():
        values = tuple(_of_county(figures, county, measure) for figures in sides)
        if any(value is not None for value in values):
            found.append((row, Compared(plans[0].county_names[county], values, form)))
    return found


def changed_rows(comparison: Sides) -> Iterator[CellDifference]:
    """Every cell in which the inputs of a result differ from those of the first, in words.

    Remarks on where a figure is from are left out where the figure itself is told.
    """
    first, *others = comparison.sides
    names = Names(first.tables)
    for side in others:
        new_names = Names(side.tables)
        for table in TABLES:
            old, new = _by_key(first.tables, table), _by_key(side.tables, table)
            for key in dict.fromkeys((*old, *new)):
                yield from _cells(side.label, old.get(key), new.get(key), names, new_names)


def _cells(label: str, old: Row | None, new: Row | None, names: Names, new_names: Names) -> Iterator[CellDifference]:
    here = new or old
    assert here is not None
    change = "added" if old is None else "removed" if new is None else "changed"
    said = text("compare", f"change-{change}")
    row = (new_names if old is None else names).row(here.table, here.values)
    columns = [c for c in here.table.columns if c.name not in here.table.key and c.name not in {"name", "name_en"}]
    differing = [c for c in columns if (old and old[c.name]) != (new and new[c.name])]
    figures = [c for c in differing if c.name not in REMARKS]
    for column in figures or differing:
        before, after = (
            "" if each is None else _worded(each, column.name, using) for each, using in ((old, names), (new, new_names))
        )
        yield CellDifference(label, table_label(here.table), row, said, column_label(here.table, column), before, after)
    if not differing and change != "changed":
        yield CellDifference(label, table_label(here.table), row, said, "", "", "")


def _worded(row: Row, name: str, names: Names) -> str:
    column = column_of(row.table, name, row.values)
    if column.kind is Kind.YEAR and row[name] is None:
        return ""
    return names.with_unit(row.table, column, row[name])


def _by_key(tables: Tables, table: str) -> dict[object, Row]:
    return {row.key: row for row in tables[table]}


def _delivered(figures: Figures | None, name: str) -> Decimal | None:
    if figures is None:
        return None
    return next((each.delivered for each in programmes(figures) if each.name == name), None)


def _missed(figures: Figures | None) -> Decimal | None:
    return None if figures is None else Decimal(sum(bool(entry["shortfall"]) for entry in figures.targets.values()))


def _money(figures: Figures | None, part: str) -> Decimal | None:
    if figures is None:
        return None
    return sum((getattr(year, part) for year in money.by_year(figures)), ZERO)


def _spent_in(figures: Figures | None, year: int) -> Decimal | None:
    if figures is None:
        return None
    return next((each.cost for each in money.by_year(figures) if each.year == year), ZERO)


def _of_county(figures: Figures | None, county: str, measure: str) -> Decimal | None:
    if figures is None or county not in figures.county_rows:
        return None
    if measure == "spending":
        return spent(figures, county)
    gap = county_gap(figures, county)
    return None if gap is None else decimal_of(gap)
