"""An answer to a question on the page: what stands out in sentences, its picture, its tables, and the files to take away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from optplan.answers import Answer, interval_from
from optplan.answers.words import between, change_unit, estimated_figure, figure
from optplan.charts.answers import firmness, heat_map, intervals, staircase
from optplan.explanation import Explanation
from optplan.figures.criteria import Measure, criterion_name
from optplan.language import text, year_name
from optplan.language.numbers import amount
from optplan.language.printable import file_name
from optplan.questions import Certain, Reach, Staircase, Value, WhyNot
from optplan.questions.certain.words import range_words
from optplan.tables.content import Tables
from optplan.tables.names import Names, called, title_of
from optplan.web.widgets import grid
from optplan.web.widgets.chart import show_chart
from optplan.web.widgets.choice import choose, choose_several
from optplan.web.widgets.file_button import file_button
from optplan.web.words import plain, sentence, words_of

say = words_of("questions")
ITEMS_AT_ONCE = 6  # in the picture of what is firm


def show_answer(answer: Answer, key: str = "answer") -> None:
    """Draw the whole answer; ``key`` tells it from others on the page."""
    first, *others = answer.sentences() or [""]
    match "partly" if isinstance(answer, Explanation) else answer.status:
        case "answered":
            st.success(plain(first))
        case "partly":
            st.info(plain(first))
        case "impossible":
            st.error(plain(first))
        case _:
            st.warning(plain(first))
    # what belongs to the sentence before it stands further in
    st.markdown("\n".join(("    - " if said.startswith(" ") else "- ") + plain(said.strip()) for said in others))
    if isinstance(answer, WhyNot):
        show_changes(answer)
    elif isinstance(answer, Value):
        show_worth(answer, key)
    elif isinstance(answer, Staircase):
        show_stairs(answer)
    elif isinstance(answer, Reach):
        show_requests(answer)
    elif isinstance(answer, Certain):
        show_firmness(answer, key)
    take_away(answer, key)


def show_changes(answer: WhyNot) -> None:
    """Each criterion before, after, and by how much it changes, as intervals."""
    rows, drawn = [], []
    for each in answer.document["criteria"]:
        measure, interval = answer.measure_in(each["name"]), interval_from(each["change"])
        ends = [between(measure, interval_from(each[when])) for when in ("before", "after")]
        change = between(measure, interval, change=True)
        rows.append([measure.name, *ends, change])
        if measure.unit == "percent" and interval.known:
            low, high = (side / float(measure.per) for side in (interval.low, interval.high))
            drawn.append({"name": measure.name, "low": low, "high": high, "said": change})
    if rows:
        heads = ("criterion", "before_high", "after_high", "change")
        grid.show_grid([sentence("answers", f"column-{head}").words for head in heads], rows)
        st.caption(say("page-changes"))
    if drawn:
        show_chart(intervals(pd.DataFrame(drawn)))


def show_worth(answer: Value, key: str) -> None:
    """The heat map of counties and years, for a criterion of the visitor's choice: of estimates where nothing is proven."""
    names = Names(answer.plan_tables)
    proven, estimates = (_heats(answer, estimated=each) for each in (False, True))
    estimated = not any(map(_helps, proven.values()))
    heats = estimates if estimated else proven
    if not heats:
        return
    criteria, helped = list(heats), [_helps(heat) for heat in heats.values()]
    chosen = choose(
        say("page-criterion"), criteria, criterion_name, f"{key}-criterion", first=helped.index(True) if any(helped) else 0
    )  # fmt: skip
    counties, measure = names.by_table["counties"], answer.measure_in(chosen)
    cells = _squares(heats[chosen], counties, measure, estimated=estimated)
    told = {(cell["county"], cell["year"]) for cell in cells}
    guesses = [
        {**cell, "said": f"≈{cell['said']}"}
        for cell in _squares(estimates[chosen], counties, measure, estimated=True)
        if (cell["county"], cell["year"]) not in told
    ]
    places = [lever for lever in answer.document["levers"] if lever["kind"] == "cell"]
    asked = {lever["county"] for lever in places}
    shown = [counties[row["county"]] for row in answer.plan_tables["counties"] if row["county"] in asked]
    years = [year_name(year) for year in sorted({lever["year"] for lever in places})]
    show_chart(
        heat_map(pd.DataFrame(cells), shown, years, change_unit(measure), estimated=estimated, guesses=pd.DataFrame(guesses)),
        legend_below=True,
    )
    st.caption(say("page-heat-estimated" if estimated else "page-heat"))


def _squares(heat: pd.DataFrame, counties: Mapping[str, str], measure: Measure, *, estimated: bool) -> list[dict[str, Any]]:
    """What a heat map shows of each county and year of which something is known."""
    found = []
    for row in heat.to_dict("records"):
        for year, change in row.items():
            if year == "county" or change is None or change != change:  # noqa: PLR0124
                continue
            gain = max(0.0, -float(change))
            found.append(
                {
                    "county": counties[row["county"]],
                    "year": year_name(int(str(year))),
                    "gain": gain / float(measure.per),
                    "said": (estimated_figure if estimated else figure)(measure, gain) if gain else "0",
                }
            )
    return found


def _heats(answer: Value, *, estimated: bool) -> dict[str, pd.DataFrame]:
    """By criterion, the heat maps that have anything in them."""
    heats = {name: answer.heat_map(name, estimated=estimated) for name in answer.document["base"]}
    return {name: heat for name, heat in heats.items() if len(heat)}


def _helps(heat: pd.DataFrame) -> bool:
    return bool((heat.drop(columns="county") < 0).any(axis=None))


def show_stairs(answer: Staircase) -> None:
    """The staircase of every criterion that moves."""
    rows = answer.tables()["stairs"]
    for name in dict.fromkeys(rows["criterion"]):
        own = rows[rows["criterion"] == name].copy()
        measure = answer.measure_in(name)
        own["low"], own["high"] = (own[side].astype(float) / float(measure.per) for side in ("low", "high"))
        own["amount"] = own["amount"].astype(float)
        if own["high"].nunique() > 1:
            drawn = staircase(own, measure.name, measure.symbol, answer.currency)
            show_chart(drawn)


def show_requests(answer: Reach) -> None:
    """Who must find how much, and when."""
    rows = answer.tables()["requests"]
    if not len(rows):
        return
    counties = called(answer.plan_tables)["county"]
    by_place = rows.groupby(["county", "year"])["amount"].sum().reset_index()
    years = sorted(by_place["year"].unique())
    shown = []
    asked = set(by_place["county"])
    for county in (row["county"] for row in answer.plan_tables["counties"] if row["county"] in asked):
        own: Mapping[Any, Any] = {
            each["year"]: each["amount"] for each in by_place[by_place["county"] == county].to_dict("records")
        }
        shown.append([counties[county], *(grid.money(own.get(year)) for year in years), amount(sum(own.values()))])
    heads = [sentence("answers", "column-county").words, *map(year_name, years), say("page-sum").words]
    grid.show_grid(heads, shown, caption=say("page-requests", currency=answer.currency).words)


def show_firmness(answer: Certain, key: str) -> None:
    """The schedule with what is firm, what is flexible and between what, a few items at a time."""
    tables, names = answer.plan_tables, called(answer.plan_tables)
    asked = {cell["subject"] for cell in answer.document["cells"] if cell["kind"] == "delivery"}
    items = [row["item"] for row in tables["items"] if row["item"] in asked]
    if not items:
        return
    chosen = choose_several(
        say("page-items"), items, lambda item: names["item"].get(item, item), f"{key}-items", default=items[:1],
        max_selections=ITEMS_AT_ONCE, placeholder=say("page-choose-items"),
    )  # fmt: skip
    if rows := firm_rows(answer.document["cells"], tables, chosen):
        show_chart(firmness(pd.DataFrame(rows)), legend_below=True)
        st.caption(say("page-firmness"))


def firm_rows(cells: Sequence[Mapping[str, Any]], tables: Tables, chosen: Sequence[str]) -> list[dict[str, str]]:
    """The squares of the picture of ``chosen`` items: items and counties in the order of the plan, one item without its name."""
    names = called(tables)
    items, places = ([row[kind] for row in tables[table]] for table, kind in (("items", "item"), ("counties", "county")))
    own = [cell for cell in cells if cell["kind"] == "delivery" and cell["subject"] in chosen]
    own.sort(key=lambda cell: (items.index(cell["subject"]), places.index(cell["county"]), cell["year"]))
    parts = (("item", "subject"), ("county", "county")) if len(chosen) > 1 else (("county", "county"),)
    return [
        {
            "row": " · ".join(names[kind][cell[field]] for kind, field in parts),
            "year": year_name(cell["year"]),
            "kind": {True: "firm", False: "flexible", None: "unknown"}[cell["firm"]],
            "said": range_words(cell),
        }
        for cell in own
    ]


def take_away(answer: Answer, key: str) -> None:
    """The answer as a workbook and as JSON, in files named by the plan and what was asked."""
    name = file_name(text("answers", f"title-{answer.question}", None, plan=title_of(answer.plan_tables)))
    with st.container(horizontal=True):
        file_button(say("page-workbook"), f"{name}.xlsx", answer.workbook, f"{key}-workbook")
        file_button(say("page-json"), f"{name}.json", lambda: answer.text().encode("utf-8"), f"{key}-json")
