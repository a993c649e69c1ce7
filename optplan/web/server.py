"""Starts the page's server."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

OPTIONS = (
    "--browser.gatherUsageStats=false",
    "--client.toolbarMode=minimal",
    "--server.fileWatcherType=none",  # code that changes under a running server must not be mixed with what it is solving
    "--server.maxUploadSize=64",
    "--theme.base=light",
    "--theme.primaryColor=#0072B2",
)


def serve(port: int, headless: bool) -> int:
    """Run the page on ``port`` until it is stopped; ``headless``: without opening a browser. Returns the exit code."""
    page = Path(__file__).resolve().parents[2] / "app.py"  # not page.py: Streamlit takes the folder pages beside it for its own
    options = [f"--server.port={port}", *OPTIONS, *(["--server.headless=true"] if headless else [])]
    return subprocess.run([sys.executable, "-m", "optplan.web.serving", "run", str(page), *options], check=False).returncode
