"""Starts the page's server."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def serve(port: int, headless: bool) -> int:
    """Run the page on ``port`` until it is stopped; ``headless``: without opening a browser. Returns the exit code."""
    page = Path(__file__).with_name("page.py")
    options = [f"--server.port={port}", "--browser.gatherUsageStats=false", "--client.toolbarMode=minimal"]
    if headless:
        options.append("--server.headless=true")
    return subprocess.run([sys.executable, "-m", "streamlit", "run", str(page), *options], check=False).returncode
