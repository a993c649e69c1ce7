"""One colour for each fund, year and result on every chart, on page, paper and in workbooks, told apart by the colour-blind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from optplan.tables.content import Tables

SERIES = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8C6D31", "#5E3C99")  # Okabe and Ito, and two more
NEUTRAL = "#999999"  # what is no fund: money that is asked for, all others together
INK = "#1F2933"
MORE, LESS = "#F4A261", "#7FB3D5"  # than the base; dark letters can be read on both
MET, MISSED = "#0072B2", "#D55E00"
NOT_KNOWN = "#ECECEC"
FIRMNESS = {"firm": "#DFF2E3", "flexible": "#FDE8CF", "unknown": NOT_KNOWN}  # as on the page's tables; dark letters can be read
EARLY, LATE = "#BBD9EC", "#08406B"  # the first and the last year


def fund_colours(tables: Tables) -> dict[str, str]:
    """The colour of each fund of a plan, by id, in the order of the plan."""
    return _in_order(row["fund"] for row in tables["funds"])


def result_colours(labels: Iterable[str]) -> dict[str, str]:
    """The colour of each result that stands beside others, by its letter."""
    return _in_order(labels)


def year_colours(years: Sequence[int]) -> list[str]:
    """Years from light to dark, so that their order is seen."""
    steps = max(1, len(years) - 1)
    return [between(EARLY, LATE, at / steps) for at in range(len(years))]


def between(one: str, other: str, share: float) -> str:
    """The colour that lies at a share of the way from ``one`` (0) to ``other`` (1)."""
    ends = [[int(colour[at : at + 2], 16) for at in (1, 3, 5)] for colour in (one, other)]
    return "#" + "".join(f"{round(first + (last - first) * share):02x}" for first, last in zip(*ends, strict=True))


def _in_order(keys: Iterable[str]) -> dict[str, str]:
    return {key: SERIES[at % len(SERIES)] for at, key in enumerate(dict.fromkeys(keys))}
