"""Other solvers, each behind the same few calls: load a program, minimise an objective, hold it, and so on."""

from __future__ import annotations

import importlib
from importlib.metadata import PackageNotFoundError, version
from typing import NamedTuple

from benchmarks.program import Program
from benchmarks.rivals.rival import Rival


class Facts(NamedTuple):
    """A rival: its module, the package whose version is recorded, what the report calls it, and which program it is given.

    ``own_matrix``: the one that optplan itself builds and searches, instead of the plain formulation.
    """

    module: str
    package: str
    title: str
    own_matrix: bool = False


# by the name on the command line; the first is the one to beat
RIVALS = {
    "highs-matrix": Facts("benchmarks.rivals.highs", "highspy", "HiGHS on optplan's matrix", own_matrix=True),
    "scip-matrix": Facts("benchmarks.rivals.scip", "pyscipopt", "SCIP on optplan's matrix", own_matrix=True),
    "highs": Facts("benchmarks.rivals.highs", "highspy", "HiGHS"),
    "cbc": Facts("benchmarks.rivals.cbc", "pulp", "CBC (PuLP)"),
    "scip": Facts("benchmarks.rivals.scip", "pyscipopt", "SCIP"),
    "cpsat": Facts("benchmarks.rivals.cpsat", "ortools", "CP-SAT"),
}


def load(name: str, program: Program) -> Rival:
    """The rival called ``name``, holding ``program``."""
    rival: Rival = importlib.import_module(RIVALS[name].module).make(program)
    return rival


def installed(name: str) -> str | None:
    """The version of the package that a rival needs, ``None`` if it is not there."""
    try:
        return version(RIVALS[name].package)
    except PackageNotFoundError:
        return None
