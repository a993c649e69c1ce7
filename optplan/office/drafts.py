"""What somebody is changing and has not kept yet, on the server's disk, so that a closed tab or a reload loses nothing.

Each visit has a file of its own, so that two tabs of one person do not write over each other. A draft is found under its writer's
signature: where people sign in, nobody chooses that for themselves. Where they do not, it is under the mark of their browser, and
who knows the name of the visit, which nobody can guess, finds its draft under any.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
import time
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from optplan.editing import Draft, Unread
from optplan.office.drawers import Drawers
from optplan.office.people import Person
from optplan.scenarios import Change

LARGEST_FILE = 4_000_000  # bytes
MOST_KEPT = 20  # drafts of one person
KEPT_DAYS = 90
log = logging.getLogger("optplan.office")


class _Unread(BaseModel):
    model_config = ConfigDict(extra="forbid")

    table: str
    key: list[str | int | None] | None
    cells: dict[str, str]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    plan: str
    moved: str = ""  # the visit that went on with it
    name: str = Field(default="", max_length=100)
    reason: str = Field(default="", max_length=2_000)
    changes: tuple[Change, ...] = ()
    unread: tuple[_Unread, ...] = ()


@dataclass(frozen=True)
class KeptDraft:
    """A draft of a visit: of the plan with the hash ``plan``, last written at ``when`` (seconds since 1970)."""

    visit: str
    plan: str
    draft: Draft
    name: str
    reason: str
    when: float


def new_visit() -> str:
    """A name for a visit that nobody can guess."""
    return secrets.token_hex(8)


class Drafts:
    """The drafts of a server's visitors, under ``root``; by default beside the user's other state."""

    def __init__(self, root: Path | None = None) -> None:
        self._drawers = Drawers("drafts", LARGEST_FILE, root)

    def keep(self, person: Person, kept: KeptDraft) -> None:
        """Write a draft down; one without a change is forgotten instead. A full disk costs nobody what they see."""
        file = self._file(person, kept.visit)
        if kept.draft == Draft():
            self.forget(person, kept.visit)
            return
        unread = tuple(
            _Unread(table=entry.table, key=None if entry.key is None else list(entry.key), cells=dict(entry.cells))
            for entry in kept.draft.unread
            if entry.key is None or all(part is None or isinstance(part, (str, int)) for part in entry.key)
        )
        content = _File(plan=kept.plan, name=kept.name, reason=kept.reason, changes=kept.draft.changes, unread=unread)
        try:
            self._drawers.write(file, content)
            self._thin_out(file.parent)
        except OSError:
            log.exception("the draft of visit %s cannot be kept", kept.visit)

    def forget(self, person: Person, visit: str) -> None:
        """Put a draft away for good."""
        self._left(person, visit).unlink(missing_ok=True)

    def of(self, person: Person) -> list[KeptDraft]:
        """The drafts of a person, the latest first; files that cannot be read are passed over."""
        folder = self._drawers.folder(person)
        found = [self._read(file) for file in folder.glob("*.json")] if folder.is_dir() else []
        return sorted((each for each in found if each is not None), key=lambda each: -each.when)

    def find(self, person: Person, visit: str) -> KeptDraft | None:
        """The draft of a visit of this person."""
        for _ in range(MOST_KEPT):
            file = self._left(person, visit)
            content = self._drawers.read(file, _File) if file.is_file() else None
            if content is None or not content.moved:
                return None if content is None else self._kept(file, content)
            visit = content.moved
        return None

    def move(self, person: Person, visit: str, to: str) -> None:
        """Another visit has gone on with the draft; whoever still asks for the old one finds the new."""
        try:
            self._drawers.write(self._left(person, visit), _File(plan="", moved=to))
        except OSError:
            log.exception("the draft of visit %s cannot be put away", visit)

    def _read(self, file: Path) -> KeptDraft | None:
        content = self._drawers.read(file, _File)
        return None if content is None or content.moved else self._kept(file, content)

    def _kept(self, file: Path, content: _File) -> KeptDraft:
        unread = tuple(
            Unread(entry.table, None if entry.key is None else tuple(entry.key), entry.cells) for entry in content.unread
        )
        draft = Draft(content.changes, unread)
        return KeptDraft(file.stem, content.plan, draft, content.name, content.reason, file.stat().st_mtime)

    def _file(self, person: Person, visit: str) -> Path:
        name = visit if visit.isalnum() and len(visit) <= 64 else hashlib.sha256(visit.encode()).hexdigest()[:16]
        return self._drawers.folder(person) / f"{name}.json"

    def _left(self, person: Person, visit: str) -> Path:
        file = self._file(person, visit)
        if person.address or file.is_file():
            return file
        return next(iter(self._drawers.root.glob(f"*/{file.name}")), file)

    def _thin_out(self, folder: Path) -> None:
        files = sorted(folder.glob("*.json"), key=lambda file: file.stat().st_mtime, reverse=True)
        for at, file in enumerate(files):
            if at >= MOST_KEPT or time.time() - file.stat().st_mtime > KEPT_DAYS * 86_400:
                file.unlink(missing_ok=True)
