"""What is solved: a plan of one of the generators, or one that ships."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.plans import Size, realistic_plan
from benchmarks.unlike import Unlike, unlike_plan
from optplan.plan import Plan, read_plan
from optplan.result import read_result
from optplan.scenarios import apply_scenarios
from optplan.schedule import Schedule

ROOT = Path(__file__).resolve().parents[1]
INPUTS = ROOT / "inputs"


@dataclass(frozen=True)
class Shipped:
    """A folder of ``inputs/``, under one of its scenarios if ``scenario`` is not blank; its only seed is 0."""

    folder: str
    scenario: str = ""

    @property
    def name(self) -> str:
        """What results call it."""
        return f"{self.folder}-{self.scenario}" if self.scenario else self.folder

    @property
    def scenario_files(self) -> tuple[str, ...]:
        """The scenario's file, relative to the folder of inputs, if there is one."""
        return (f"scenarios/{self.folder}/{self.scenario}.toml",) if self.scenario else ()


Subject = Size | Shipped | Unlike


def subject_from(facts: Mapping[str, Any]) -> Subject:
    """A subject from the fields of its dataclass."""
    kind = Shipped if "folder" in facts else Unlike if "kind" in facts else Size
    return kind(**facts)


def scenarios_of(folder: str) -> list[str]:
    """The scenarios that ship for a folder of ``inputs/``."""
    return sorted(path.stem for path in (INPUTS / "scenarios" / folder).glob("*.toml"))


def plan_of(subject: Subject, seed: int) -> Plan:
    """The plan to solve."""
    if isinstance(subject, Shipped):
        return apply_scenarios(read_plan(INPUTS / subject.folder), [INPUTS / file for file in subject.scenario_files])
    return unlike_plan(seed, subject) if isinstance(subject, Unlike) else realistic_plan(seed, subject)


def reference_of(subject: Subject) -> Schedule:
    """What changes of a plan that ships are measured against: the schedule of its committed sample."""
    if not isinstance(subject, Shipped):
        raise TypeError("only plans that ship have a schedule to stay near to")
    return read_result(ROOT / "reports" / "sample" / f"{subject.folder}-attain.json").to_schedule()


def described(subject: Subject) -> str:
    """A title."""
    if isinstance(subject, Shipped):
        return f"The plan `{subject.folder}`" + (f", scenario `{subject.scenario}`" if subject.scenario else "")
    if isinstance(subject, Unlike):
        return f"Unlike Shuozhou: {subject.kind.replace('-', ' ')}"
    closed = f", {subject.closed} of them closed" if subject.closed else ""
    counties = "1 county" if subject.counties == 1 else f"{subject.counties} counties"
    years = "1 year" if subject.years == 1 else f"{subject.years} years"
    return f"{counties}, {years}{closed}, money for {subject.money:.0%} of everything"
