"""Money by fund: what is given, carried on, spent and lapses, year by year and county by county."""

from __future__ import annotations

import streamlit as st

from optplan.charts import money_by_year
from optplan.figures import lapses, loans, money, origins
from optplan.figures.figures import Figures
from optplan.figures.money import Account
from optplan.language import year_name
from optplan.language.numbers import exact_percent
from optplan.result import Result
from optplan.tables.labels import choice_label
from optplan.web.cache.results import summary_of
from optplan.web.widgets import grid
from optplan.web.widgets.chart import show_chart
from optplan.web.widgets.choice import choose
from optplan.web.widgets.origin import show_origins
from optplan.web.words import plain, words_of

MOST_LAPSES = 5
CHART = 520  # points of height, legend included
say = words_of("web_schedule")
EVERY = "*"


def show(figures: Figures, result: Result) -> None:
    """Draw the section."""
    show_chart(money_by_year(summary_of(result)), CHART, legend_below=True)
    told = (*loans.sentences(figures), *lapses.sentences(figures, MOST_LAPSES))  # of all funds, before one is chosen
    if told:
        st.markdown("\n".join(f"- {plain(line)}" for line in told))
    used = {row["fund"]: row for row in figures.funds if money.accounts(figures, row["fund"])}
    if not used:
        st.info(say("no-funds"))
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        fund = choose(say("choose-fund"), list(used), figures.fund_names.__getitem__, "fund", width=320)
        kept = money.accounts(figures, fund)
        holders = list(dict.fromkeys(each.holder for each in kept))
        holder = holders[0]
        if len(holders) > 1:
            holder = choose(
                say("choose-holder"),
                [EVERY, *holders],
                lambda each: figures.county_names.get(each, say("every-holder")),
                f"holder-{fund}",
                width=220,
            )
    row = used[fund]
    pays = choice_label(row.table.column("pays"), row["pays"])
    st.write(say("fund-line", pays=pays, share=exact_percent(row["carry_share"]), level=say(f"level-{row['level']}")))
    account = money.added_up(kept) if holder == EVERY else [each for each in kept if each.holder == holder]
    _account(figures, account)
    show_origins(figures, origins.rows_behind_money(figures, {fund}), "origin-funds")


def _account(figures: Figures, account: list[Account]) -> None:
    lines = [
        (say("money-given"), [each.given for each in account]),
        (say("money-carried-in"), [each.carried_in for each in account]),
        (say("money-available"), [each.given + each.carried_in for each in account]),
        (say("money-spent"), [each.spent for each in account]),
        (say("money-carried-out"), [each.carried_out for each in account]),
        (say("money-lapsed"), [each.lapsed for each in account]),
    ]
    heads = [say("column-money"), *(year_name(each.year) for each in account)]
    rows = [[name, *map(grid.money, amounts)] for name, amounts in lines]
    grid.show_grid(heads, rows, strong=(2, 3), caption=say("caption-account", currency=figures.currency))
