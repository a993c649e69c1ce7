"""What is solved: a plan of the generator, or one that ships."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.plans import Size, realistic_plan
from optplan.plan import Plan, read_plan

INPUTS = Path(__file__).resolve().parents[1] / "inputs"


@dataclass(frozen=True)
class Shipped:
    """A folder of ``inputs/``; its only seed is 0."""

    folder: str

    @property
    def name(self) -> str:
        """What results call it."""
        return self.folder


Subject = Size | Shipped


def subject_from(facts: Mapping[str, Any]) -> Subject:
    """A subject from the fields of its dataclass."""
    return Shipped(**facts) if "folder" in facts else Size(**facts)


def plan_of(subject: Subject, seed: int) -> Plan:
    """The plan to solve."""
    return read_plan(INPUTS / subject.folder) if isinstance(subject, Shipped) else realistic_plan(seed, subject)


def described(subject: Subject) -> str:
    """A title."""
    if isinstance(subject, Shipped):
        return f"The plan `{subject.folder}`"
    closed = f", {subject.closed} of them closed" if subject.closed else ""
    counties = "1 county" if subject.counties == 1 else f"{subject.counties} counties"
    years = "1 year" if subject.years == 1 else f"{subject.years} years"
    return f"{counties}, {years}{closed}, money for {subject.money:.0%} of everything"
