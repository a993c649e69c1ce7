"""Many at once: visitors who read and edit on one server while plans are solved there, by Streamlit's own protocol.

Every visitor has a session of their own and thinks between touches as people do. A touch takes until the server has said
all of the page that follows it; what a browser takes to paint that is not in it.
"""

from __future__ import annotations

import os
import random
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.protocol import Visit, connected, visiting

PAGES = ("overview", "schedule", "inputs", "comparing", "history")
THINKING = (2.0, 6.0)  # seconds between touches
EDITS = 0.5  # the share of touches that change a figure
PATIENCE = 120.0  # seconds for an answer
LESS = (90.0, 85.0)  # per cent of the first lever: each is solved by somebody meanwhile, and takes longer than the crowd stays
KINDS = ("first", "page", "edit")


def start_solve(address: str, percent: float) -> Visit:
    """A visitor who wants it proven what the plan comes to with less of the first lever, and stays."""
    here = connected(address)
    here.draw(patience=PATIENCE)
    here.draw("inputs", patience=PATIENCE)
    here.draw("inputs", [pulled(here.widgets("slider")[0], percent)], PATIENCE)
    here.draw("solving", patience=PATIENCE)
    efforts = here.widgets("button_group")[0]
    effort = WidgetState(id=efforts.id)
    effort.string_array_value.data.append(efforts.options[-1].content)
    here.draw("solving", [effort], PATIENCE)
    start = next(button for button in here.widgets("button") if button.type == "primary")
    here.draw("solving", [WidgetState(id=start.id, trigger_value=True)], PATIENCE)
    return here


def pulled(slider: Any, percent: float) -> WidgetState:
    """A lever at so many per cent."""
    state = WidgetState(id=slider.id)
    state.double_array_value.data.append(percent)
    return state


def one_visitor(address: str, seed: int, until: float) -> dict[str, list[float]]:
    """Reads and edits until a moment; the seconds of each kind of touch."""
    choose, took = random.Random(seed), defaultdict[str, list[float]](list)
    with visiting(address) as here:
        time.sleep(choose.uniform(0, THINKING[1]))
        took["first"].append(here.draw(patience=PATIENCE))
        while time.monotonic() < until:
            time.sleep(choose.uniform(*THINKING))
            if choose.random() >= EDITS:
                took["page"].append(here.draw(choose.choice(PAGES), patience=PATIENCE))
                continue
            took["page"].append(here.draw("inputs", patience=PATIENCE))
            time.sleep(choose.uniform(*THINKING))
            state = pulled(choose.choice(here.widgets("slider")), float(choose.randrange(50, 150, 5)))
            took["edit"].append(here.draw("inputs", [state], PATIENCE))
    return took


def percentile(values: list[float], share: float) -> float:
    """The value below which that share of them lies."""
    return sorted(values)[max(0, ceil(share * len(values)) - 1)]


def server_of(started: int) -> Path:
    """What the system knows of the page's server: the child of the command ``started``; searches are its grandchildren."""
    return Path("/proc") / Path(f"/proc/{started}/task/{started}/children").read_text("ascii").split()[0]


def searched(server: Path) -> float:
    """For how many seconds of a core the searches have run that the server has begun and not ended."""
    children = Path(f"/proc/{server.name}/task").glob("*/children")
    return sum(work(Path("/proc") / child) for each in children for child in each.read_text("ascii").split())


def memory(server: Path) -> float:
    """What a process holds, in megabytes."""
    lines = (server / "status").read_text("ascii").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmRSS"))) / 1024


def work(server: Path) -> float:
    """For how many seconds a process has had a core."""
    user, system = (server / "stat").read_text("ascii").rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Crowd:
    """Seconds of touches by kind; the server's memory in megabytes before and with all; its work, and that of searches."""

    took: dict[str, list[float]]
    before: float
    after: float
    work: float
    searches: float
    touches: int
    visitors: int

    @property
    def each(self) -> float:
        """Megabytes a visitor."""
        return (self.after - self.before) / self.visitors

    @property
    def work_each(self) -> float:
        """Seconds of a core that a touch takes on the server, however busy the machine is."""
        return self.work / self.touches

    def __str__(self) -> str:
        lines = [
            f"memory: {self.before:.0f} MB, then {self.after:.0f} MB: {self.each:.1f} MB a visitor",
            f"work: {self.work:.1f} s of a core for {self.touches} touches: {self.work_each:.2f} s each",
            f"searches meanwhile: {self.searches:.1f} s of a core",
        ]
        for kind, took in self.took.items():
            half, most = percentile(took, 0.5), percentile(took, 0.95)
            lines.append(f"{kind}: {len(took)} times, half within {half:.2f} s, 95 % within {most:.2f} s")
        return "\n".join(lines)


def crowd(address: str, started: int, visitors: int = 20, seconds: float = 60.0) -> Crowd:
    """Have so many visitors read and edit for so long while others solve (:data:`LESS`).

    ``started``: the process that ``optplan app`` is.
    """
    with visiting(address) as first:
        first.draw(patience=PATIENCE)
    searching = [start_solve(address, percent) for percent in LESS]
    server = server_of(started)
    before, busy, searches = memory(server), work(server), searched(server)
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(visitors) as people:
        each = list(people.map(lambda seed: one_visitor(address, seed, until), range(visitors)))
    after, busy, searches = memory(server), work(server) - busy, searched(server) - searches
    for here in searching:
        here.socket.close()
    took = {kind: [value for one in each for value in one[kind]] for kind in KINDS}
    touches = sum(map(len, took.values()))
    return Crowd({kind: values for kind, values in took.items() if values}, before, after, busy, searches, touches, visitors)
