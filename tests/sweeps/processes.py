"""The search processes that this process has started to search, but not those of a page it serves, to be killed by their ids."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from optplan.search import standby


def searches(parent: int | None = None) -> list[int]:
    """The ids of the search processes below ``parent`` (this process, if not said), without one that only stands by here."""
    idle = {child.pid for child in (*standby._waiting, *(child for child, _, _ in standby._resting))}
    known: dict[int, tuple[int, bytes]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                above = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                known[int(entry.name)] = above, (entry / "cmdline").read_bytes()
            except OSError:
                continue
    found = []
    for process, (parent_of, command) in known.items():
        # a word of its own: a process that is kept to be forked from names all that it has loaded in one
        if b"optplan.search.worker" not in command.split(b"\0") or process in idle:
            continue
        above = parent_of
        while above in known and above != (parent or os.getpid()) and b"optplan.web.serving" not in known[above][1]:
            above = known[above][0]
        if above == (parent or os.getpid()):
            found.append(process)
    return sorted(found)


def is_solving(process: int) -> bool:
    """Whether a search has its work and has loaded the solver."""
    try:
        return "highs" in Path(f"/proc/{process}/maps").read_text(errors="replace")
    except OSError:
        return False


def kill_one(after: float = 0.0, patience: float = 30.0, *, solving: bool = True) -> int:
    """Kill the first search that is ``solving`` (or has only begun), ``after`` seconds later; its id."""
    if killed := kill_next(lambda: False, after, patience, solving=solving):
        return killed
    raise AssertionError("no search was to be seen")


def kill_next(enough: Callable[[], bool], after: float = 0.0, patience: float = 30.0, *, solving: bool = True) -> int | None:
    """As :func:`kill_one`; ``None`` if there was no search before it was ``enough``."""
    end = time.monotonic() + patience
    while time.monotonic() < end and not enough():
        if found := [process for process in searches() if is_solving(process) or not solving]:
            time.sleep(after)
            try:
                os.kill(found[0], signal.SIGKILL)
            except ProcessLookupError:
                continue  # it was quicker
            return found[0]
        time.sleep(0.01)
    return None
