"""Results side by side, for the page and for paper: criteria, deliveries and money."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from optplan.charts.by_year import MOST_TARGETS, first_of, in_unit, money_axis, titled, told
from optplan.comparison.words import names_of
from optplan.figures.palette import NEUTRAL, fund_colours, result_colours, year_colours
from optplan.figures.proven import proven_of
from optplan.language import current_language, text, year_name
from optplan.tables.units import currency_name

if TYPE_CHECKING:
    from optplan.comparison.sides import Sides

MOST_FUNDS = 6
EACH_WIDTH, EACH_HEIGHT = 180, 150  # points
LETTER = "split(datum.label, ' ')[0]"  # of a result, which its name begins with: what it is called stands below the title


def result_names(comparison: Sides) -> dict[str, str]:
    """What the charts call each result: its letter, its scenarios, and its model where the models are not all the same."""
    accounts = [side.account() for side in comparison.sides]
    one_model = len({account["model"] for account in accounts}) == 1
    names = {}
    for account in accounts:
        scenario = " + ".join(account["scenario"]) or text("compare", "base-case")
        names[account["label"]] = f"{account['label']} {scenario}" + ("" if one_model else f" · {account['model']}")
    return names


def criteria_side_by_side(comparison: Sides) -> alt.FacetChart:
    """Each criterion of each result in its unit, on a scale of its own."""
    results = result_names(comparison)
    rows = [
        {"criterion": in_unit(level.name, level.measure.symbol), "result": results[side.label], "value": float(level.plan)}
        for side in comparison.sides
        for level in proven_of(side.result.document, side.tables)
    ]
    base = alt.Chart(_frame(rows, "criterion", "result", "value")).mark_bar()
    bars = base.encode(
        x=alt.X("result:N", sort=list(results.values()), axis=None),
        y=alt.Y("value:Q", title=text("charts", "axis-value")),
        color=_of_results(results),
        tooltip=told("criterion", "result", value=",.2f"),
    ).properties(width=EACH_WIDTH, height=EACH_HEIGHT)
    order = list(dict.fromkeys(str(row["criterion"]) for row in rows))
    drawn: alt.FacetChart = _apart(bars, "criterion", columns=3, sort=order).resolve_scale(y="independent")
    return titled(drawn, text("charts", "chart-criteria"))


def deliveries_side_by_side(comparison: Sides) -> alt.FacetChart:
    """The share of each headline target that every year delivers, a bar for each result."""
    called, results = names_of(comparison, current_language()), result_names(comparison)
    totals = {
        (line.key[0], label): value
        for line in comparison.differences("targets")
        if line.key[1] == "total"
        for label, value in line.values.items()
    }
    headline = _headline_targets(comparison)
    shown = headline[:MOST_TARGETS]
    rows = [
        {
            "target": called.get(("target", target), target), "result": results[label], "year": year_name(year),
            "share": float(value / total),
        }
        for target in shown
        for line in comparison.differences("deliveries")
        if line.key[0] == target
        for year in [line.key[1]]
        for label, value in line.values.items()
        if value is not None and (total := totals.get((target, label)))
    ]  # fmt: skip
    bars = (
        alt.Chart(_frame(rows, "target", "result", "year", "share"))
        .mark_bar()
        .encode(
            x=alt.X("share:Q", axis=alt.Axis(format="%"), title=text("charts", "axis-share")),
            y=alt.Y(
                "result:N", sort=list(results.values()), title=text("charts", "axis-result"), axis=alt.Axis(labelExpr=LETTER)
            ),
            color=_of_years(sorted({line.key[1] for line in comparison.differences("deliveries")})),
            order=alt.Order("year:N"),
            tooltip=told("target", "result", "year", share=".1%"),
        )
        .properties(width=EACH_WIDTH, height=24 * len(results))
    )
    drawn = _apart(bars, "target", columns=2, sort=[called.get(("target", target), target) for target in shown])
    return titled(drawn, text("charts", "chart-deliveries"), [*results.values(), *first_of(len(headline))])


def money_side_by_side(comparison: Sides) -> alt.FacetChart:
    """What each fund pays in each year, a bar for each result; funds beyond the largest six are put together."""
    called, results = names_of(comparison, current_language()), result_names(comparison)
    lines = comparison.differences("funds")
    sums: dict[str, float] = {}
    for line in lines:
        sums[line.key[0]] = sums.get(line.key[0], 0.0) + sum(float(value) for value in line.values.values() if value)
    largest = sorted(sums, key=lambda fund: -sums[fund])[:MOST_FUNDS]
    rows = [
        {
            "fund": called.get(("fund", fund), fund) if fund in largest else text("compare", "other-funds"),
            "result": results[label], "year": year_name(line.key[1]), "amount": float(value),
        }
        for line in lines
        for fund in [line.key[0]]
        for label, value in line.values.items()
        if value is not None
    ]  # fmt: skip
    axis = money_axis(currency_name(comparison.sides[0].tables))
    colours = _of_funds(comparison, called, {str(row["fund"]) for row in rows})
    bars = (
        alt.Chart(_frame(rows, "fund", "result", "year", "amount"))
        .mark_bar()
        .encode(
            x=alt.X(
                "result:N",
                sort=list(results.values()),
                title=text("charts", "axis-result"),
                axis=alt.Axis(labelAngle=0, labelExpr=LETTER),
            ),
            y=alt.Y("sum(amount):Q", title=axis),
            color=alt.Color(
                "fund:N",
                scale=alt.Scale(domain=list(colours), range=list(colours.values())),
                title=None,
                legend=alt.Legend(labelLimit=300),
            ),
            tooltip=[*told("fund", "result", "year"), alt.Tooltip("sum(amount):Q", format=",.2f", title=axis)],
        )
        .properties(width=max(60, 26 * len(results)), height=220)
    )
    return titled(_apart(bars, "year"), text("charts", "chart-money"), list(results.values()))


def _headline_targets(comparison: Sides) -> list[str]:
    """The targets of the whole plan."""
    rows = [row for side in comparison.sides for row in side.tables["targets"] if row["county"] is None and row["total"]]
    return list(dict.fromkeys(row["target"] for row in rows))


def _of_funds(comparison: Sides, called: Mapping[tuple[str, Any], str], shown: Collection[str]) -> dict[str, str]:
    """The colours of the funds that are shown, by name; what is no fund is grey."""
    known = {
        called.get(("fund", fund), fund): colour
        for side in reversed(comparison.sides)
        for fund, colour in fund_colours(side.tables).items()
    }
    named = {name: colour for name, colour in known.items() if name in shown}
    return {**named, **{name: NEUTRAL for name in sorted(shown) if name not in named}}


def _of_years(years: Sequence[int]) -> alt.Color:
    scale = alt.Scale(domain=list(map(year_name, years)), range=year_colours(years))
    return alt.Color("year:N", scale=scale, title=text("charts", "axis-year"))


def _of_results(results: dict[str, str]) -> alt.Color:
    scale = alt.Scale(domain=list(results.values()), range=list(result_colours(results).values()))
    return alt.Color("result:N", scale=scale, title=None, legend=alt.Legend(orient="bottom", labelLimit=300))


def _frame(rows: list[dict[str, Any]], *columns: str) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(columns))


def _apart(chart: alt.Chart, by: str, columns: int | None = None, sort: Sequence[str] | None = None) -> alt.FacetChart:
    """A chart for each value of ``by``."""
    look: dict[str, Any] = {"title": None, "sort": None if sort is None else list(sort), "header": alt.Header(labelLimit=300)}
    drawn: alt.FacetChart
    if columns:
        drawn = chart.facet(alt.Facet(f"{by}:N", **look), columns=columns)
    else:
        drawn = chart.facet(column=alt.Column(f"{by}:N", **look))
    return drawn
