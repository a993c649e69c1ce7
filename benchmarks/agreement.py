"""Whether what contenders found can all be true: nobody has a better value than optplan, or a bound above it."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.records import Run
from optplan.decision_model import DecisionModel

ARITHMETIC = 1e-6  # relative: what values in floating point may differ by
BROKEN = 1e-3  # of a unit, or of the currency unit: what a rounded plan may break a row by before it counts for nothing


@dataclass(frozen=True)
class Finding:
    """How the value of one criterion compares. ``verdict``: ``agrees``, ``worse``, ``looser``, ``impossible``, ``unproven``."""

    rival: str
    seed: int
    criterion: str
    ours: float
    theirs: float
    verdict: str


def compared(ours: Run, theirs: Run, model: DecisionModel) -> list[Finding]:
    """A finding for every criterion that both reached.

    ``worse``: optplan's value is above the rival's by more than the tolerance, though the rival kept all criteria before it at
    least as well. ``looser``: it is, and the rival kept one of those worse (within its tolerance), which lets it gain here.
    ``impossible``: the rival proved that no value as good as optplan's exists. ``unproven``: optplan was stopped here.
    """
    if theirs.violation is not None and theirs.violation > BROKEN:
        return []
    findings, looser, stricter = [], False, False
    for level, criterion in enumerate(model.criteria):
        if len(ours.levels) <= level or len(theirs.levels) <= level:
            break
        mine, other = ours.levels[level], theirs.levels[level]
        noise = ARITHMETIC * max(1.0, abs(other["value"]))
        allowed = max(float(criterion.tolerance), float(criterion.relative_tolerance) * abs(other["value"])) + noise
        if mine["value"] > other["value"] + allowed:
            verdict = "unproven" if not mine["proven"] else "looser" if looser else "worse"
        elif other["bound"] > mine["value"] + noise and not stricter:
            verdict = "impossible"
        else:
            verdict = "agrees"
        findings.append(Finding(theirs.tool, theirs.seed, criterion.name, mine["value"], other["value"], verdict))
        looser = looser or other["value"] > mine["value"] + noise
        stricter = stricter or mine["value"] > other["value"] + noise
    return findings
