"""What a run was made with: so that a result is repeated when the code behind it changes, and only then."""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.contenders import FLOOR, OPTPLAN
from benchmarks.rivals import RIVALS
from benchmarks.subjects import Shipped, Subject
from benchmarks.unlike import Unlike

ROOT = Path(__file__).resolve().parents[1]
RULES = (
    "optplan/decision_model.py", "optplan/schedule.py", "optplan/plan/**/*.py", "optplan/rules/*.py",
    "optplan/search/solver/matrix.py",
)  # fmt: skip
SOLVING = (
    *RULES, "optplan/search/**/*.py", "optplan/solving/*.py", "optplan/document/*.py", "optplan/result.py", "optplan/audit/*.py",
)  # fmt: skip
IN_ORDER = ("benchmarks/program.py", "benchmarks/lexicographic.py", "benchmarks/rivals/rival.py")
STRAIGHT = (*IN_ORDER, "benchmarks/formulation.py", "benchmarks/objectives.py", "optplan/plan/**/*.py")
OWN_MATRIX = (*IN_ORDER, "benchmarks/own_matrix.py", *RULES)


@cache
def code_version(tool: str, model: str, subject: Subject) -> str:
    """A short hash of the files that a run of ``tool`` under a shipped ``model`` depends on, and of its solver's version."""
    patterns: tuple[str, ...] = (*_inputs(subject), f"models/{model}.toml")
    if tool in RIVALS:
        module = RIVALS[tool].module.replace(".", "/")
        patterns += (*(OWN_MATRIX if RIVALS[tool].own_matrix else STRAIGHT), f"{module}.py")
    else:
        patterns += SOLVING + (("benchmarks/floor.py", "benchmarks/rivals/highs.py") if tool == FLOOR else ())
    return _short_hash(solver_version(tool), patterns)


def _inputs(subject: Subject) -> tuple[str, ...]:
    if isinstance(subject, Shipped):
        return (f"inputs/{subject.folder}/*.csv", *(f"inputs/{file}" for file in subject.scenario_files))
    return ("benchmarks/unlike.py",) if isinstance(subject, Unlike) else ("benchmarks/plans.py", "benchmarks/catalogue.py")


def page_version() -> str:
    """The same of the files that a solve of Shuozhou on the page depends on."""
    return _short_hash(code_version(OPTPLAN, "attain", Shipped("shuozhou")), ("optplan/office/*.py", "optplan/web/**/*.py"))


def _short_hash(start: str, patterns: Iterable[str]) -> str:
    digest = hashlib.sha256(start.encode())
    for pattern in patterns:
        paths = sorted(ROOT.glob(pattern))
        if not paths:
            raise FileNotFoundError(pattern)  # what moved away would no longer count, and old results would pass for new
        for path in paths:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def solver_version(tool: str) -> str:
    """The package that solves, with its version."""
    package = RIVALS[tool].package if tool in RIVALS else "highspy"
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return f"{package} –"


@cache
def machine() -> str:
    """What it runs on; no names."""
    model = platform.processor() or platform.machine()
    cpus = Path("/proc/cpuinfo")
    if cpus.exists():
        names = [line.split(":", 1)[1].strip() for line in cpus.read_text().splitlines() if line.startswith("model name")]
        model = names[0] if names else model
    return f"{os.cpu_count()} × {model}, {platform.system()}, Python {platform.python_version()}"
