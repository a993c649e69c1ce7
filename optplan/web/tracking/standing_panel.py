"""Where the plan stands: what is done beside what was planned, what can still be reached, last moments, and the reports of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

import streamlit as st

from optplan.following.adopted import schedule_of
from optplan.following.facts import facts_of, told_through
from optplan.following.lights import read_lights
from optplan.following.lines import Line
from optplan.following.moments import moment
from optplan.following.standing import Standing
from optplan.following.words import forecast_words, light, rate, shown
from optplan.language import year_name
from optplan.language.lists import in_brackets
from optplan.language.numbers import amount
from optplan.tables.units import currency_name
from optplan.web.tracking.forecast_panel import forecast_of, show_forecast
from optplan.web.tracking.ledger import MARK, Room, adopted_result, show_whether_adopted
from optplan.web.widgets import grid
from optplan.web.widgets.choice import choose
from optplan.web.widgets.grid import Card
from optplan.web.words import in_language, words_of

say = words_of("web_standing")
NOT_GREEN = ("red", "yellow")
MOST_YEARS = 5  # of a trend, the latest


def show_standing(room: Room) -> None:
    """Draw the part: cards, what is behind, the tables, then forecast and reports."""
    adopted = adopted_result(room)
    if not known_years(room) and room.plan.open_years:
        st.info(say("to-begin", year=room.plan.first_year))
        show_forecast(room, room.plan.first_year - 1, adopted)
        return
    year = choose_year(room)
    if year is None:
        return
    show_whether_adopted(adopted)
    standing = Standing(room.plan, facts_of(room.plan, room.records, year), schedule_of(adopted), read_lights())
    found = forecast_of(room, year, adopted)
    targets = found.targets if found else standing.targets
    grid.show_cards(cards(standing, targets))
    show_forecast(room, year, adopted, over=standing.is_over)
    st.subheader(say("targets"))
    behind = [line for line in targets if line.light in NOT_GREEN]
    chosen = st.segmented_control(
        say("targets"), ["behind", "all"], default="behind" if behind else "all",
        format_func=lambda name: say(f"show-{name}", number=len(behind) if name == "behind" else len(targets)),
        key=in_language(MARK + "standing.show"), label_visibility="collapsed", required=True,
    )  # fmt: skip
    show_lines(behind if chosen == "behind" else targets)
    if standing.indicators:
        st.subheader(say("indicators"))
        show_lines(found.indicators if found else standing.indicators)
    st.subheader(say("counties"))
    _counties(standing)
    st.subheader(say("money"))
    _money(standing, currency_name(room.plan.tables))


def choose_year(room: Room) -> int | None:
    """A year of which something is known; ``None``, and said so, if there is none."""
    years = known_years(room)
    if not years:
        st.info(say("nothing-known"))
        return None
    return int(
        choose(
            say("year"), years, partial(_when, room), MARK + "standing.year", first=len(years) - 1, width=200
        )
    )  # fmt: skip


def _when(room: Room, year: int) -> str:
    return moment(year, told_through(room.plan, room.records, year))


def known_years(room: Room) -> list[int]:
    """The years that are closed or have records."""
    told = {entry.year for entry in room.records.standing}
    return [year for year in room.plan.years if year <= room.plan.closed_through or year in told]


def cards(standing: Standing, targets: Sequence[Line]) -> list[Card]:
    """Targets on course, indicators at their goal, counties behind, money spent."""
    lights = Counter(line.light for line in targets)
    counties = Counter(line.light for line in standing.counties)
    seen = Counter(line.light for line in standing.indicators)
    money = standing.purse.all
    slow, late = lights["yellow"] + lights["red"], counties["yellow"] + counties["red"]
    behind = say("behind-and-not-due" if lights["none"] else "behind", number=slow, rest=lights["none"]).words
    found = [
        Card(say("card-targets").words, str(lights["green"]), f"/ {len(targets)}", behind, not slow),
        Card(
            say("card-counties").words,
            str(late),
            f"/ {len(standing.counties)}",
            say("counties-behind" if late else "counties-in-time").words,
            not late,
        )
        if counties.total() > counties["none"]
        else Card(say("card-counties").words, "—", "", say("counties-unmeasured").words),
        Card(say("card-money").words, rate(money.rate), "", light(money.light), money.light == "green"),
    ]
    if standing.indicators:
        met = seen["green"]
        card = Card(say("card-indicators").words, str(met), f"/ {len(standing.indicators)}", say("on-course").words, None)
        found.insert(1, card)
    return found


def show_lines(lines: Sequence[Line]) -> None:
    """Lines with what came in each year, what is done, planned and asked, and, where it was asked, what is proven of the years to
    come."""
    years = sorted({year for line in lines for year in line.by_year})[-MOST_YEARS:]
    forecast = any(line.forecast for line in lines)
    last = ("light", "forecast") if forecast else ("light",)
    heads = [say("head-name").words, *map(year_name, years)]
    heads += [say(f"head-{name}").words for name in ("done", "planned", "total", "rate", *last)]
    rows = [
        [in_brackets(line.name, line.unit), *(shown(line.by_year.get(year)) for year in years), shown(line.done),
         shown(line.planned), shown(line.total), rate(line.rate), light(line.light),
         *([forecast_words(line)] if forecast else [])]
        for line in lines
    ]  # fmt: skip
    grid.show_grid(heads, rows, words=(0, *range(len(heads) - len(last), len(heads))))


def _counties(standing: Standing) -> None:
    heads = [say(f"head-{name}").words for name in ("county", "progress", "milestones", "spent", "own-rate", "light")]
    rows = [
        [line.name, rate(line.progress), f"{line.milestones[0]}/{line.milestones[1]}", amount(line.spent), rate(line.money.rate),
         light(line.light)]
        for line in standing.counties
    ]  # fmt: skip
    grid.show_grid(heads, rows, words=(0, 5))


def _money(standing: Standing, currency: str) -> None:
    heads = [say(f"head-{name}", currency=currency).words for name in ("fund", "budgeted", "spent-of", "rate", "light")]
    lines = [*(line for line in standing.purse.funds if line.budgeted), standing.purse.all]
    rows = [
        [line.name or say("sum").words, amount(line.budgeted), amount(line.spent) if line.known else "—", rate(line.rate),
         light(line.light)]
        for line in lines
    ]  # fmt: skip
    grid.show_grid(heads, rows, words=(0, 4), strong=(-1,))
