"""What holds for every test."""

import sys

import pytest


@pytest.fixture(autouse=True)
def main_module():
    """Streamlit's AppTest leaves its script as the main module, which processes that tests start later would run."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main
