"""What somebody has typed into the form of a quarter and not entered yet, on the server's disk: a reload or a second tab loses
nothing.

Both tabs of a person write into one form, cell by cell. Who the person is, and where files are, is as for drafts of plans.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from optplan.office.drawers import Drawers, short_hash
from optplan.office.people import Person

LARGEST_FILE = 1_000_000  # bytes
log = logging.getLogger("optplan.office")
Cells = Mapping[tuple[str, str], str]  # what was typed, by line and column


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    times: int = 0
    lines: dict[str, dict[str, str]] = {}


@dataclass(frozen=True)
class Typed:
    """What a form holds that is not entered: ``cells``; ``times``: how often it was entered before."""

    cells: Cells = field(default_factory=dict)
    times: int = 0


class Unentered:
    """The forms of a server's visitors, under ``root``; by default beside the user's other state."""

    def __init__(self, root: Path | None = None) -> None:
        self._drawers = Drawers("unentered", LARGEST_FILE, root)
        self._writing = threading.Lock()
        self._unwritten: dict[Path, Typed] = {}  # for want of room on the disk

    def of(self, person: Person, form: str) -> Typed:
        """What a person has typed into a form; nothing if it cannot be read."""
        file = self._file(person, form)
        if file in self._unwritten or not file.is_file():
            return self._unwritten.get(file, Typed())
        content = self._drawers.read(file, _File)
        if content is None:
            return Typed()
        return Typed({(line, name): text for line, cells in content.lines.items() for name, text in cells.items()}, content.times)

    def type(self, person: Person, form: str, cells: Cells) -> Cells:
        """Write ``cells`` into a form, blank ones too; what stood in them before."""
        with self._writing:
            before = self.of(person, form)
            now = {at: text for at, text in {**before.cells, **cells}.items() if text}
            self._write(person, form, Typed(now, before.times))
        return {at: before.cells.get(at, "") for at in cells}

    def entered(self, person: Person, form: str, cells: Cells) -> None:
        """``cells`` are entered: they leave the form, unless something else was typed into them meanwhile."""
        with self._writing:
            before = self.of(person, form)
            left = {at: text for at, text in before.cells.items() if cells.get(at) != text}
            self._write(person, form, Typed(left, before.times + 1))

    def _write(self, person: Person, form: str, typed: Typed) -> None:
        lines: dict[str, dict[str, str]] = {}
        for (line, name), text in typed.cells.items():
            lines.setdefault(line, {})[name] = text
        file = self._file(person, form)
        try:
            self._drawers.write(file, _File(times=typed.times, lines=lines))
        except OSError:
            log.exception("the form %s cannot be kept", file.name)
            self._unwritten[file] = typed
        else:
            self._unwritten.pop(file, None)

    def _file(self, person: Person, form: str) -> Path:
        return self._drawers.folder(person) / f"{short_hash(form)}.json"
