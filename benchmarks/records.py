"""Results as JSON lines under ``benchmarks/results``: one line a run, appended when it ends, so that nothing is done twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from math import inf
from pathlib import Path
from typing import Any

from benchmarks.subjects import Subject, subject_from

RESULTS = Path(__file__).resolve().parent / "results"
FAILED, REFUSED = "failed", "refused"
BETWEEN_PLANS = 0.1  # seconds: of plans that follow each other faster only the last is kept
FINER = 1e-3  # relative: values that improve by less are not kept, except the last


@dataclass(frozen=True)
class Run:
    """One run. ``moments``: (seconds, level, value) whenever a better plan was found; ``levels``: how each criterion ended.

    ``plans``: (seconds, what every criterion of the decision model comes to) of the plans found, of those in a tenth of a second
    the last; optplan's are sealed by then, its rivals' as they found them. ``began``: day and minute (UTC) when it began, and
    ``load``: how many processes wanted a core in the minute before, on the average; blank where neither was kept.
    """

    tool: str
    seed: int
    subject: Subject
    model: str
    limit: float
    code: str
    solver: str
    machine: str
    status: str
    seconds: float
    first: float | None = None
    sealed: float | None = None
    memory_mb: int | None = None
    columns: int | None = None
    rows: int | None = None
    violation: float | None = None
    fault: str = ""
    moments: list[tuple[float, int, float]] = field(default_factory=list)
    plans: list[tuple[float, list[float]]] = field(default_factory=list)
    levels: list[dict[str, Any]] = field(default_factory=list)
    reached: dict[str, float | None] = field(default_factory=dict)
    began: str = ""
    load: float | None = None

    @property
    def question(self) -> tuple[Any, ...]:
        """What was run, whatever the code."""
        return self.tool, self.seed, self.subject, self.model, self.limit

    @property
    def counts(self) -> bool:
        """Whether it says something about speed: the program broke down neither here nor there, and the tool took the plan."""
        return self.status not in {FAILED, REFUSED}

    @property
    def proven(self) -> bool:
        """Whether every criterion was proven within the limit."""
        return self.status == "optimal"


def run_from(job: dict[str, Any], told: dict[str, Any], *, code: str, solver: str, machine: str) -> Run:
    """A run as it is kept, from what the measured process said."""
    news = told["news"]
    end = next((line for line in news if "end" in line), None)
    built: dict[str, Any] = next((line for line in news if "built" in line), {})
    sealed = [line["at"] for line in news if line.get("sealed")]
    valued = [line["at"] for line in news if line.get("value") is not None]
    status = end["end"] if end else ("stopped" if told["killed"] else FAILED)
    return Run(
        tool=job["tool"], seed=job["seed"], subject=subject_from(job["subject"]), model=job["model"], limit=job["limit"],
        code=code, solver=solver, machine=machine, status=status,
        seconds=end["at"] if end else job["limit"],
        first=min(valued + sealed, default=None),
        sealed=min(sealed, default=None),
        memory_mb=told["memory_mb"],
        columns=built.get("columns"), rows=built.get("rows"),
        violation=end.get("violation") if end else None,
        fault=(end or {}).get("fault", "") or ("" if end or told["killed"] else told["log"]),
        moments=_moments(news),
        plans=_plans(news),
        levels=[{key: line[key] for key in ("done", "value", "bound", "seconds", "proven")} for line in news if "done" in line],
        reached=_reached(news),
        began=told["began"], load=told["load"],
    )  # fmt: skip


def _moments(news: list[dict[str, Any]]) -> list[tuple[float, int, float]]:
    """When values got better, thinned out."""
    found: list[tuple[float, int, float]] = []
    levels = [line["done"] for line in news if "done" in line]
    values = [
        (line["at"], line["level"] if "level" in line else levels.index(line["done"]), line["value"])
        for line in news
        if line.get("value") is not None
    ]
    for number, (at, level, value) in enumerate(values):
        last = number + 1 == len(values) or values[number + 1][1] != level
        if not found or found[-1][1] != level or last or value < found[-1][2] - FINER * abs(value):
            found.append((at, level, value))
    return found


def _plans(news: list[dict[str, Any]]) -> list[tuple[float, list[float]]]:
    """The plans told of, thinned out."""
    found = [(line["at"], line["plan"]) for line in news if "plan" in line]
    following = [at for at, _ in found[1:]] + [inf]
    return [plan for plan, later in zip(found, following, strict=False) if later - plan[0] > BETWEEN_PLANS]


def _reached(news: list[dict[str, Any]]) -> dict[str, float | None]:
    """Level, value and bound when it ended: of the level that it was at."""
    last: dict[str, float | None] = {}
    for line in news:
        if "level" in line:
            last = {"level": line["level"], "value": line["value"], "bound": line["bound"]}
    return last


class Records:
    """The results that are there. ``folder``: where they are kept."""

    def __init__(self, folder: Path = RESULTS) -> None:
        self.folder = folder

    def __iter__(self) -> Iterator[Run]:
        for path in sorted(self.folder.glob("plans-*.jsonl")):
            for line in path.read_text(encoding="utf-8").splitlines():
                content = json.loads(line)
                content["subject"] = subject_from(content["subject"])
                lists = {name: [tuple(each) for each in content.get(name, ())] for name in ("moments", "plans")}
                yield Run(**{**content, **lists})

    def newest(self) -> dict[tuple[Any, ...], Run]:
        """The last run of each question."""
        return {run.question: run for run in self}

    def keep(self, run: Run) -> None:
        """Appends a run."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / f"plans-{run.subject.name}.jsonl").open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(asdict(run)) + "\n")
