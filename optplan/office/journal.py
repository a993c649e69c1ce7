"""What is under way, on disk, so that a server that was killed can say what became of it: saved as far as it was, or lost.

Each server has a folder of its own, held by a lock that the operating system lets go of when the server dies, however it dies.
"""

from __future__ import annotations

import json
import logging
import secrets
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from platformdirs import user_state_path

from optplan.document.sealed import sealed
from optplan.files import write_atomically
from optplan.office.solve import Solve
from optplan.result import Result, read_result
from optplan.solving.effort import Effort
from optplan.tables.findings import InputError

ENTRY, BEST = "solve.json", "best.json"
BETWEEN_WRITES = 5.0  # seconds between copies of the best plan of one solve
log = logging.getLogger("optplan.office")


@dataclass(frozen=True)
class Entry:
    """What the journal says of a solve. ``keys`` say where the store has what was asked, or the saved ``run``; empty: neither."""

    id: str
    content: dict[str, Any]
    keys: dict[str, Any]
    best: Result | None
    folder: Path


def standard_folder() -> Path:
    """Beside the user's other state."""
    return Path(user_state_path("optplan", appauthor=False)) / "solves"


class Journal:
    """The journal of this server, in a new folder under ``root``. Raises :class:`OSError` if there can be none."""

    def __init__(self, root: Path) -> None:
        self._root = root
        root.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder = root / f"server-{secrets.token_hex(6)}"
        self._lock = FileLock(_lock_of(self._folder))
        self._lock.acquire(timeout=0)
        self._folder.mkdir()  # only now: a folder without a held lock is taken for that of a dead server
        self._written: dict[str, float] = {}

    def begin(self, solve: Solve, keys: dict[str, Any] | None = None) -> None:
        """A solve was asked; with ``keys``, it is being searched."""
        person = solve.person
        content = {
            "person": {"name": person.name, "role": person.role.value, "address": person.address},
            "plan_title": solve.title,
            "model": solve.model.model_dump(mode="json"),
            "scenarios": list(solve.scenarios),
            "currency": solve.currency,
            "asked_at": solve.asked_at.isoformat(),
            "effort": solve.effort.as_dict(),
            "keys": keys or {},
        }
        write_atomically(self._folder / solve.id / ENTRY, json.dumps(content, ensure_ascii=False).encode())

    def better(self, solve: Solve, result: Result) -> None:
        """A better plan was found; it is written at most every few seconds."""
        now = time.monotonic()
        if now - self._written.get(solve.id, -BETWEEN_WRITES) >= BETWEEN_WRITES:
            self._written[solve.id] = now
            result.to_json(self._folder / solve.id / BEST)

    def end(self, solve: Solve) -> None:
        """Nothing more will happen to it."""
        self._written.pop(solve.id, None)
        shutil.rmtree(self._folder / solve.id, ignore_errors=True)

    def hand_over(self, solve: Solve) -> None:
        """It ended because this server stops; the next one can say where its plan is, or that it is lost."""
        (self._folder / solve.id / BEST).unlink(missing_ok=True)
        self.begin(solve, {"run": solve.run} if solve.run else None)

    def close(self) -> None:
        """The server stops. What has not ended stays, for the next server to find."""
        empty = not any(self._folder.iterdir())
        if empty:
            self._folder.rmdir()
        self._lock.release()
        if empty:
            _lock_of(self._folder).unlink(missing_ok=True)

    def left_behind(self) -> Iterator[Entry]:
        """What servers that are no more left unfinished. An entry comes again next time unless it was settled."""
        self._clear_locks()
        for folder in sorted(self._root.glob("server-*/")):
            lock = FileLock(_lock_of(folder))
            try:
                lock.acquire(timeout=0)
            except (Timeout, OSError):
                continue  # that server is alive, as this one is
            try:
                yield from [entry for file in sorted(folder.glob(f"*/{ENTRY}")) if (entry := _read(file)) is not None]
                if not any(folder.glob(f"*/{ENTRY}")):
                    shutil.rmtree(folder, ignore_errors=True)
                    _lock_of(folder).unlink(missing_ok=True)
            finally:
                lock.release()

    def _clear_locks(self) -> None:
        """Put away the locks of servers that were killed before they had a folder."""
        for file in self._root.glob("server-*.lock"):
            with suppress(Timeout, OSError), FileLock(file, timeout=0):
                if not file.with_suffix("").exists():
                    file.unlink()

    def settle(self, entry: Entry) -> None:
        """It is known what became of ``entry``."""
        shutil.rmtree(entry.folder, ignore_errors=True)


def _lock_of(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.lock")


def _read(file: Path) -> Entry | None:
    try:
        content = json.loads(file.read_bytes())
        keys = content.pop("keys")
    except (OSError, ValueError, KeyError):
        log.exception("%s cannot be read", file)
        return None
    best = None
    if (file.parent / BEST).is_file():
        try:
            best = sealed(read_result(file.parent / BEST))
        except InputError:
            log.exception("%s cannot be read", file.parent / BEST)
    return Entry(file.parent.name, content, keys, best, file.parent)


def keys_of(plan: str, scenarios: Sequence[str], reference: str | None, effort: Effort) -> dict[str, Any]:
    """Where the store has what a search was asked, and with which effort."""
    return {"plan": plan, "scenarios": list(scenarios), "reference": reference, "effort": effort.as_dict()}
