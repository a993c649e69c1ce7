"""Other solvers, each behind the same few calls: load a program, minimise an objective, hold it, and so on."""

from __future__ import annotations

import importlib
from importlib.metadata import PackageNotFoundError, version

from benchmarks.program import Program
from benchmarks.rivals.rival import Rival

# name on the command line: module, package whose version is recorded, what the report calls it
RIVALS = {
    "highs": ("benchmarks.rivals.highs", "highspy", "HiGHS"),
    "cbc": ("benchmarks.rivals.cbc", "pulp", "CBC (PuLP)"),
    "scip": ("benchmarks.rivals.scip", "pyscipopt", "SCIP"),
    "cpsat": ("benchmarks.rivals.cpsat", "ortools", "CP-SAT"),
}


def load(name: str, program: Program) -> Rival:
    """The rival called ``name``, holding ``program``."""
    rival: Rival = importlib.import_module(RIVALS[name][0]).make(program)
    return rival


def installed(name: str) -> str | None:
    """The version of the package that a rival needs, ``None`` if it is not there."""
    try:
        return version(RIVALS[name][1])
    except PackageNotFoundError:
        return None
