"""What a search process and its caller say to each other, pickled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from optplan.decision_model import DecisionModel, Level
from optplan.schedule import Schedule
from optplan.search.known_plan import KnownPlan, RicherPlan
from optplan.search.parts import EVERY, Parts
from optplan.search.warm_start import WarmStart
from optplan.tables.content import Tables


@dataclass(frozen=True)
class Job:
    """What to search: a plan's tables under a decision model, how exactly (``gap``, ``quick``) and for how many ``seconds``.

    ``warm_start``: of a search before; what this one leaves comes back with the outcome. ``parts`` of the search are used.
    ``known``: a plan that keeps every rule of this one, or one of a plan that allows more.
    ``another``: one much like it may follow soon, for which the process stays.
    ``certify``: the outcome comes with what proves a part of its bounds without a solver (:mod:`optplan.proof`).
    """

    tables: Tables
    model: DecisionModel
    reference: Schedule | None
    gap: float
    seconds: float
    warm_start: WarmStart | None = None
    parts: Parts = EVERY
    certify: bool = False
    quick: bool = False
    known: KnownPlan | RicherPlan | None = None
    another: bool = False


STOP = "stop"  # what the caller says to a search that is to end with the best it has


@dataclass(frozen=True)
class Progress:
    """Where the search stands: the level being minimised, its best value so far (``inf``: none yet), and its proven bound.

    ``good``: a sealed plan is good enough in every criterion, as the decision model says; whoever asked finds it out.
    """

    level: int
    levels: int
    criterion: str
    value: float
    bound: float
    seconds: float
    good: bool = False


@dataclass(frozen=True)
class Found:
    """A complete plan, better than those before it, with what is proven of it so far."""

    schedule: Schedule
    levels: tuple[Level, ...]


@dataclass(frozen=True)
class Search:
    """What a search ends with. ``status``: ``optimal``, ``feasible``, ``infeasible`` or ``unknown`` (model.md §5).

    ``certified_later``: a :class:`Certificate` follows, with what ``proof`` will be.
    """

    status: str
    schedule: Schedule | None
    levels: tuple[Level, ...] = ()
    broken_rule: tuple[str, ...] = ()
    warm_start: WarmStart | None = None
    proof: tuple[Mapping[str, Any], ...] = ()
    fault: str = ""  # what the search process said when it died, having found a plan before
    certified_later: bool = False


@dataclass(frozen=True)
class Certificate:
    """What proves a part of the bounds of a search that has ended, without a solver (:mod:`optplan.proof`)."""

    proof: tuple[Mapping[str, Any], ...]
