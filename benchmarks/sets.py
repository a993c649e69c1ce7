"""What is measured: a set for a look, one small enough for an hour, and one that takes a night.

The plans are of many kinds, so that a search which fits one city's plan and little else is found out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from benchmarks.contenders import FLOOR, OPTPLAN, WITHOUT
from benchmarks.plans import Size
from benchmarks.subjects import Shipped, Subject, scenarios_of
from benchmarks.unlike import KINDS, Unlike

TO_BEAT = "highs-matrix"
BOTH = (OPTPLAN, TO_BEAT)
EVERYBODY = (OPTPLAN, TO_BEAT, "scip-matrix", "highs", "cpsat", "cbc")
SHUOZHOU = Shipped("shuozhou")
SHORT_OF_MONEY = Shipped("shuozhou", "own-funds-all-down-10")


@dataclass(frozen=True)
class Series:
    """A plan that ships, or plans of one kind and several seeds, and who solves them."""

    subject: Subject
    seeds: Sequence[int]
    tools: Sequence[str]
    limit: float
    model: str = "attain"


def quarter() -> list[Series]:
    """A quarter of an hour at most, for a look after a change: time to good and to proof, beside HiGHS on the same matrix."""
    return [
        Series(SHUOZHOU, [0], BOTH, 14),
        *(Series(Shipped("shuozhou", scenario), [0], BOTH, 14) for scenario in scenarios_of("shuozhou")),
        *(Series(Size(money=money), range(1, 6), BOTH, 9) for money in (1.0, 0.9, 0.75)),
        *(Series(Unlike(kind), [1], BOTH, 9) for kind in KINDS),
    ]


def hour() -> list[Series]:
    """Under an hour even if every run reaches its limit: optplan beside HiGHS on its own matrix, all others on Shuozhou alone."""
    return [
        Series(SHUOZHOU, [0], EVERYBODY, 60),
        *(Series(Shipped("shuozhou", scenario), [0], BOTH, 60) for scenario in scenarios_of("shuozhou")),
        *(Series(Size(money=money), [1, 2], BOTH, 45) for money in (1.0, 0.9, 0.75)),
        *(Series(Unlike(kind), [1], BOTH, 30) for kind in KINDS),
        Series(Size(counties=20, money=0.9), [1], BOTH, 60),
        *(Series(SHORT_OF_MONEY, [0], BOTH, 45, model) for model in ("price", "fair", "replan", "thrift", "full")),
    ]


def night() -> list[Series]:
    """Everything, beside everybody."""
    ten, five = range(1, 11), range(1, 6)
    return [
        Series(SHUOZHOU, [0], (*EVERYBODY, FLOOR), 300),
        *(Series(Shipped("shuozhou", scenario), [0], EVERYBODY, 120) for scenario in scenarios_of("shuozhou")),
        *(Series(Size(money=money), seeds, EVERYBODY, 120) for money, seeds in ((1.0, ten), (0.9, ten), (0.75, five))),
        *(Series(Unlike(kind), [1], EVERYBODY, 120) for kind in KINDS),
        *(Series(Size(counties=20, money=money), [1], BOTH, 300) for money in (1.0, 0.9)),
        *(Series(Size(counties=119, money=money), [1], BOTH, 300) for money in (1.0, 0.9)),
        *(
            Series(plan, [0], BOTH, 120, model)
            for plan in (SHUOZHOU, SHORT_OF_MONEY)
            for model in ("price", "fair", "replan", "thrift", "full")
        ),
        *(Series(Size(money=0.9), range(1, 4), BOTH, 120, model) for model in ("price", "fair", "thrift", "full")),
        *(Series(Size(counties=counties), range(1, 4), (OPTPLAN,), 300) for counties in (3, 7, 20, 50)),
        *(Series(Size(years=years), range(1, 4), (OPTPLAN,), 300) for years in (3, 8)),
    ]


def ablation() -> list[Series]:
    """The questions of the hour, by optplan with each part of its search left out in turn."""
    return [replace(one, tools=(OPTPLAN, *WITHOUT)) for one in hour()]


def ablation_sample() -> list[Series]:
    """A few questions of the quarter of an hour, of each kind, by the same; twenty minutes. None has many counties."""
    tools = (OPTPLAN, *(tool for tool, part in WITHOUT.items() if part != "rens"))
    return [
        *(Series(plan, [0], tools, 14) for plan in (SHUOZHOU, SHORT_OF_MONEY, Shipped("shuozhou", "own-funds-pinglu-down-20"))),
        Series(Size(money=1.0), [1], tools, 9),
        Series(Size(money=0.9), [3], tools, 9),
        *(Series(Unlike(kind), [1], tools, 9) for kind in ("few-units", "one-rich-six-poor")),
    ]


SETS = {"quarter": quarter, "hour": hour, "night": night, "ablation": ablation, "ablation-sample": ablation_sample}


def longest(series: Sequence[Series]) -> float:
    """Seconds that the runs take if all reach their limits."""
    return sum(chain.from_iterable([one.limit] * (len(one.seeds) * len(one.tools)) for one in series))
