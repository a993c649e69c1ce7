"""What has to be paid once the plan is over."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import streamlit as st

from optplan.figures import money, origins
from optplan.figures.figures import ZERO, Figures
from optplan.language import year_name
from optplan.web.widgets import grid
from optplan.web.widgets.origin import show_origins
from optplan.web.words import words_of

say = words_of("web_schedule")


def show(figures: Figures) -> None:
    """Draw the section."""
    due = money.commitments(figures)
    if not due:
        st.success(say("no-commitments", year=figures.last))
        return
    running: dict[str, Decimal] = defaultdict(Decimal)
    for each in due:
        if each.kind == "running":
            running[each.county] += each.amount
    instalments = [each for each in due if each.kind != "running"]
    if running:
        total = sum(running.values(), ZERO)
        st.write(say("running-line", year=figures.last, amount=grid.money(total), currency=figures.currency))
        rows = [[figures.county_names[county], grid.money(amount)] for county, amount in running.items()]
        rows.append([say("column-sum"), grid.money(total)])
        heads = [say("column-county"), say("column-yearly", currency=figures.currency)]
        grid.show_grid(heads, rows, strong=(-1,))
    if instalments:
        st.write(say("instalments-line", year=figures.last))
        rows = [
            [
                say("loan-repayment") if each.kind == "loan" else figures.project_names.get(each.project or "", "–"),
                figures.county_names[each.county],
                year_name(each.year),
                grid.money(each.amount),
            ]
            for each in instalments
        ]
        heads = [say("column-project"), say("column-county"), say("column-year"), say("column-due", currency=figures.currency)]
        grid.show_grid(heads, rows, words=(0, 1))
    else:
        st.write(say("no-instalments", year=figures.last))
    show_origins(figures, origins.rows_of(figures, "costs", "projects"), "origin-later")
