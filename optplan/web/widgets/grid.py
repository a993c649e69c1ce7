"""Tables and cards on the page: text that wraps and can be read aloud, figures in full, where they come from on pointing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import streamlit as st

from optplan.language.numbers import amount, quantity
from optplan.language.printable import html

PHONE = 58  # letters that a line of a table may have on a telephone; wider ones show each row as a list there


@dataclass(frozen=True)
class Noted:
    """A cell with a remark that shows when it is pointed at."""

    words: str
    note: str


@dataclass(frozen=True)
class Askable:
    """A figure that can be asked about; ``at`` tells it from the others of its table.

    ``tone`` chooses its colour (``firm``, ``flexible``, ``unknown``), and ``note`` is shown when it is pointed at.
    """

    words: str
    at: str
    tone: str = ""
    note: str = ""


@dataclass(frozen=True)
class Changed:
    """A cell that is not what it was."""

    words: str


@dataclass(frozen=True)
class Card:
    """A figure by itself: what it is, its value and unit, and how that stands, in words. ``good`` chooses the colour."""

    name: str
    figure: str
    unit: str
    state: str
    good: bool | None = None
    note: str = ""


Cell = str | Noted | Askable | Changed


def show_grid(
    heads: Sequence[Cell],
    rows: Sequence[Sequence[Cell]],
    *,
    words: Collection[int] = (0,),
    long: Collection[int] = (),
    strong: Collection[int] = (),
    caption: str = "",
    asked: str = "",
    scrolls: bool = False,
) -> str:
    """A table. Columns numbered in ``words`` hold text, those in ``long`` sentences, all others figures; ``strong`` are rows.

    ``scrolls``: within a part of the screen, for tables of many rows.
    ``asked``: the key of a table with figures that can be asked about; the one that was pressed last comes back, by its ``at``.
    """
    names = [_words(cell) for cell in heads]
    kinds = ["w sentence" if column in long else "w" if column in words else "" for column in range(len(heads))]
    strong_rows = {row % len(rows) for row in strong} if rows else set()
    head = "".join(_cell("th", cell, kind, scope="col") for cell, kind in zip(heads, kinds, strict=True))
    body = "".join(_row(row, kinds, names, "strong" if at in strong_rows else "") for at, row in enumerate(rows))
    inner = _element("caption", html(caption)) if caption else ""
    inner += _element("thead", _element("tr", head)) + _element("tbody", body)
    room = " long" if long else " wide" if _width([names, *rows]) > PHONE else ""
    table = _element("div", _element("table", inner), look=f"optplan-grid{room}{' scrolls' if scrolls else ''}")
    if not asked:
        st.html(table)
        return ""
    kept = st.session_state.get(asked)
    at = str(kept.get("at") or "") if isinstance(kept, Mapping) else ""
    _asked_grid()(key=asked, data={"table": table, "at": at}, on_at_change=_heard)
    return at


@st.cache_resource(show_spinner=False)
def _asked_grid() -> Callable[..., Any]:
    script = Path(__file__).with_name("asked_grid.js").read_text("utf-8")
    # styles are those of the page, where tables look alike
    return st.components.v2.component("optplan_asked_grid", html='<div class="host"></div>', js=script, isolate_styles=False)


def _heard() -> None:
    """That a figure was pressed shows when the page is drawn anew."""


def _row(row: Sequence[Cell], kinds: Sequence[str], names: Sequence[str], look: str) -> str:
    """A row; each cell says its column's name too, for where the row is shown as a list."""
    first, *others = zip(row, kinds, names, strict=True)
    cells = _cell("th", first[0], first[1], scope="row")
    cells += "".join(_cell("td", cell, kind, **{"data-name": name}) for cell, kind, name in others)
    return _element("tr", cells, look=look)


def _width(rows: Sequence[Sequence[Cell]]) -> int:
    """How many letters wide a table is, the first column, which wraps, at eight; a Chinese letter counts as two."""
    columns = list(zip(*rows, strict=True))[1:]
    return 8 + sum(1 + max(_letters(_words(cell)) for cell in column) for column in columns)


def _words(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell.words


def _letters(words: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in words)


def show_cards(cards: Sequence[Card]) -> None:
    """Cards beside each other, as many as there is room for."""
    st.html(f'<div class="optplan-cards">{"".join(map(_card, cards))}</div>')


def _cell(tag: str, cell: Cell, kind: str, **attributes: str) -> str:
    if isinstance(cell, Noted):
        return _element(tag, _element("span", html(cell.words), title=cell.note), look=kind, **attributes)
    if isinstance(cell, Askable):
        button = _element("button", html(cell.words), type="button", title=cell.note, **{"data-at": cell.at})
        return _element(tag, button, look=" ".join(filter(None, (kind, cell.tone))), **attributes)
    if isinstance(cell, Changed):
        return _element(tag, html(cell.words), look=f"{kind} changed".strip(), **attributes)
    return _element(tag, html(cell), look=kind, **attributes)


def _card(card: Card) -> str:
    tone = "" if card.good is None else " optplan-good" if card.good else " optplan-bad"
    figure = html(card.figure) + " " + _element("small", html(card.unit))
    parts = (("name", html(card.name)), ("figure", figure), ("state" + tone, html(card.state)))
    return _element(
        "div", "".join(_element("div", inner, look=look) for look, inner in parts), look="optplan-card", title=card.note
    )


def _element(tag: str, inner: str, look: str = "", **attributes: str) -> str:
    """An HTML element. ``inner`` is HTML already; attributes are not, and empty ones are left out."""
    given = {"class": look, **attributes}
    written = "".join(f' {name}="{html(value)}"' for name, value in given.items() if value)
    return f"<{tag}{written}>{inner}</{tag}>"


def number(value: Decimal | None) -> str:
    """A quantity with thousands separators; a dash for nothing."""
    if value is None or not value:
        return "–"
    return quantity(value)


def money(value: Decimal | None) -> str:
    """An amount of money with thousands separators; a dash for nothing."""
    return "–" if value is None or not value else amount(value)
