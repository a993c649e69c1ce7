"""What a plan consists of, as the rules see it: plain data in exact numbers (model.md §1)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Item:
    """Something that is delivered. ``kind``: ``goods``, ``staff`` (as hires of teams) or ``project`` (as openings)."""

    item: str
    whole: bool
    kind: str
    service_life: int | None = None  # years for which a unit stands; None: beyond the plan
    lead_years: int = 0  # from order to delivery


@dataclass(frozen=True)
class Target:
    """Σ x of ``items`` in ``counties`` from ``from_year`` up to ``by_year`` should reach ``total``."""

    target: str
    items: tuple[str, ...]
    counties: tuple[str, ...]
    from_year: int
    by_year: int
    total: Fraction
    exact: bool
    weight: Fraction
    at_least: Fraction = Fraction(0)  # what must be delivered of it, whatever else


@dataclass(frozen=True)
class Requirement:
    """A standard as it stands in one county and year. ``hard``: no gap to it is allowed.

    ``base``: what the share that is missing is measured against: what a row in force requires; where that is nothing, all that
    projects of the county would add, from the first year in which one of them could be open; 0 where the gap enters no sum.
    """

    standard: str
    items: tuple[str, ...]
    county: str
    year: int
    required: Fraction
    weight: Fraction
    base: Fraction
    hard: bool = False
    from_year: int | None = None  # of the row in force

    @property
    def counts(self) -> bool:
        """Whether its gap enters the criteria."""
        return self.base > 0


@dataclass(frozen=True)
class Limit:
    """min ≤ Σ x of ``items`` over ``counties`` and ``years`` ≤ max."""

    limit: str
    items: tuple[str, ...]
    counties: tuple[str, ...]
    years: tuple[int, ...]
    minimum: Fraction | None
    maximum: Fraction | None


@dataclass(frozen=True)
class Mix:
    """min_share·W ≤ A ≤ max_share·W for the deliveries A of ``part`` and W of ``whole`` in a scope.

    ``standing``: for what stands of them instead, in each of the ``years``.
    """

    mix: str
    part: tuple[str, ...]
    whole: tuple[str, ...]
    counties: tuple[str, ...]
    years: tuple[int, ...]
    min_share: Fraction | None
    max_share: Fraction | None
    standing: bool


@dataclass(frozen=True)
class Team:
    """A station or squad that hires; ``project`` is the one that opens it, ``None`` where it stands already.

    ``losses``: (year, how many) of those who leave at the beginning of a year. ``meets_by``: the year from which on it must
    meet its staffing standard; ``None``: it need not.
    """

    team: str
    county: str
    item: str
    staff: int
    min_staff: int
    max_staff: int
    project: str | None
    losses: tuple[tuple[int, int], ...] = ()
    meets_by: int | None = None

    def lost(self, year: int) -> int:
        """How many have left by ``year``."""
        return sum(number for at, number in self.losses if at <= year)


@dataclass(frozen=True)
class Link:
    """What ties project ``project`` to ``other``: ``after`` (it opens ``lag`` years later at the earliest), ``together`` or
    ``exclusive``."""

    project: str
    other: str
    kind: str
    lag: int


@dataclass(frozen=True)
class Project:
    """Something that is started, built and opened, once at most. ``openings``: the years in which it may open."""

    project: str
    county: str
    item: str
    build_years: int
    openings: tuple[int, ...]
    mandatory: bool
    started: int | None  # the closed year in which it was started


@dataclass(frozen=True)
class Fund:
    """A purse: of each county (``pool`` false), or one for all of them. Shares and rates as in model.md §3.7."""

    fund: str
    pool: bool
    pays: tuple[str, ...]
    carry_share: Fraction
    county_cap_share: Fraction | None
    support_floor: Fraction
    match_rate: Fraction
    match_rate_supported: Fraction
    carry_years: int | None = 1  # for how many years money of a year may be kept; None: for good
    repay_years: int | None = None  # of a loan: in how many years after it is spent it is paid back
    interest: Fraction = Fraction(0)
    order: int | None = None

    @property
    def annuity(self) -> Fraction:
        """r/(1 − (1+r)^−n), what a unit of a loan costs in each of the n years after it is spent; 1/n where r = 0."""
        assert self.repay_years
        rate, years = self.interest, self.repay_years
        return rate / (1 - (1 + rate) ** -years) if rate else Fraction(1, years)


@dataclass(frozen=True)
class Use:
    """What a fund may pay for: the ``classes`` of the ``purposes``, and what share of their cost in a county and year.

    ``key``: of its row in the table ``fund_uses``.
    """

    fund: str
    purposes: frozenset[str]
    classes: tuple[str, ...]
    min_share: Fraction | None
    max_share: Fraction | None
    key: tuple[str | None, ...] = ()
