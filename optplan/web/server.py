"""Starts the page's server."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

OPTIONS = (
    "--browser.gatherUsageStats=false",
    "--client.toolbarMode=minimal",
    "--server.maxUploadSize=64",
    "--theme.base=light",
    "--theme.primaryColor=#0072B2",
)


def serve(port: int, headless: bool) -> int:
    """Run the page on ``port`` until it is stopped; ``headless``: without opening a browser. Returns the exit code."""
    page = Path(__file__).with_name("page.py")
    options = [f"--server.port={port}", *OPTIONS, *(["--server.headless=true"] if headless else [])]
    return subprocess.run([sys.executable, "-m", "optplan.web.serving", "run", str(page), *options], check=False).returncode
