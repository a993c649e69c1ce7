"""The page's server, to be started as :func:`killing.nursery.start` does."""

from __future__ import annotations

import os
import runpy
import sys
from pathlib import Path

from optplan.web.cache import plans
from optplan.web.server import OPTIONS

PAGE = Path(__file__).resolve().parents[2] / "app.py"


def serve(port: int) -> None:
    """Serve the page as ``optplan app --headless`` does, until it is killed."""
    plans.PLANS = Path(os.environ["OPTPLAN_PLANS"])  # which was looked up when the module was loaded, before the fork
    sys.argv = [
        "streamlit",
        "run",
        str(PAGE),
        "--server.address=localhost",
        f"--server.port={port}",
        *OPTIONS,
        "--server.headless=true",
    ]
    runpy.run_module("optplan.web.serving", run_name="__main__")
