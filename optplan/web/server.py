"""Starts the page's server."""

from __future__ import annotations

import ipaddress
import os
import subprocess
import sys
import tomllib
from pathlib import Path

from optplan.office.visitors import LOCAL_ROLE

OPTIONS = (
    "--browser.gatherUsageStats=false",
    "--client.toolbarMode=minimal",
    # what a visitor does next waits for what they did before: two runs of one visit at once would write over each other's changes
    "--runner.fastReruns=false",
    # Python looks for garbage often enough by itself; all of it after every touch took a fifth of the server's time
    "--runner.postScriptGC=false",
    "--server.fileWatcherType=none",  # code that changes under a running server must not be mixed with what it is solving
    "--server.maxUploadSize=16",
    "--server.maxMessageSize=64",  # what a browser may say at once, too
    "--theme.base=light",
    "--theme.primaryColor=#00629B",
    # letters that can be told from white: Streamlit's own are fainter
    "--theme.redTextColor=#B00020",
    "--theme.orangeTextColor=#A63F00",
    "--theme.greenTextColor=#00694B",
    "--theme.grayTextColor=#4A5562",
)


def serve(port: int, headless: bool, host: str, local_role: str | None = None) -> int:
    """Run the page on ``port`` of the address ``host`` until it is stopped. Returns the exit code.

    ``headless``: without opening a browser. ``local_role``: what a visitor at this machine may do where nobody signs in.
    """
    page = Path(__file__).resolve().parents[2] / "app.py"  # not page.py: Streamlit takes the folder pages beside it for its own
    options = [f"--server.address={host}", f"--server.port={port}", *OPTIONS, *(["--server.headless=true"] if headless else [])]
    environment = {**os.environ, **({LOCAL_ROLE: local_role} if local_role else {})}
    served = [sys.executable, "-m", "optplan.web.serving", "run", str(page), *options]
    return subprocess.run(served, env=environment, check=False).returncode


def is_only_here(host: str) -> bool:
    """Whether a server at the address ``host`` is reached from its own machine only."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def signs_people_in() -> bool:
    """Whether the secrets that Streamlit will read say who signs people in."""
    for folder in (Path.cwd(), Path.home()):
        file = folder / ".streamlit" / "secrets.toml"
        try:
            if "auth" in tomllib.loads(file.read_text("utf-8")):
                return True
        except (OSError, ValueError):
            continue
    return False
