"""No file of the product imports, by whatever way round, one that imports it: for types and inside functions neither."""

import ast
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MOST_LINES = 400


def modules():
    found = {}
    for path in sorted((ROOT / "optplan").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imported(path, known):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module in known:
            yield from (name if (name := f"{node.module}.{each.name}") in known else node.module for each in node.names)
        elif isinstance(node, ast.Import):
            yield from (each.name for each in node.names if each.name in known)


def test_no_circle_of_imports():
    known = modules()
    graph = {name: set(imported(path, known)) - {name} for name, path in known.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail(" → ".join(circle.args[1]))


def test_files_are_of_one_idea():
    written = [path for kind in ("py", "js", "css") for path in (ROOT / "optplan").rglob(f"*.{kind}")]
    assert not [str(path) for path in written if len(path.read_text("utf-8").splitlines()) > MOST_LINES]


def test_a_search_loads_nothing_that_only_workbooks_and_tables_of_answers_need():
    """Who waits for an answer waits for what its process loads too."""
    loaded = "import optplan.search.worker, optplan.search.lexicographic, optplan.proof.multipliers, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True, cwd=ROOT)
    assert not {"openpyxl", "pandas", "streamlit", "lxml"}.intersection(done.stdout.split())
