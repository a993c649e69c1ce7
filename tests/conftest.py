"""What holds for every test."""

import os
import sys
from pathlib import Path

import pytest

# Rooms whose files take longest. They begin first, so that no core is left with one of them alone at the end.
LONG = (
    "page",
    "killing",
    "store",
    "answers",
    "optimum",
    "workbook",
    "explanation",
    "brief",
    "damage",
    "attribution",
    "sweeps",
    "shell",
)


def pytest_collection_modifyitems(items):
    """The long rooms first, otherwise in the order of files and of tests in them."""
    items.sort(key=lambda item: LONG.index(room) if (room := Path(item.path).parent.name) in LONG else len(LONG))


@pytest.fixture(autouse=True)
def main_module():
    """Streamlit's AppTest leaves its script as the main module, which processes that tests start later would run."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session", autouse=True)
def home_of_the_run(tmp_path_factory):
    """What programs keep for their user is kept for this run alone: no draft or store of an earlier one is found."""
    with pytest.MonkeyPatch.context() as patch:
        for kind in ("STATE", "DATA"):
            patch.setenv(f"XDG_{kind}_HOME", os.fspath(tmp_path_factory.mktemp(kind.lower())))
        yield
