"""The drawers of a server's visitors: a folder each, with what they are writing and have not kept yet."""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path
from typing import TypeVar

from platformdirs import user_state_path
from pydantic import BaseModel, ValidationError

from optplan.files import UnreadableFile, read_bounded, write_atomically
from optplan.office.people import Person

log = logging.getLogger("optplan.office")
Content = TypeVar("Content", bound=BaseModel)


class Drawers:
    """Files of one ``kind``, under ``root``; by default beside the user's other state. ``largest``: bytes of a file."""

    def __init__(self, kind: str, largest: int, root: Path | None = None) -> None:
        self.root = root or Path(user_state_path("optplan", appauthor=False)) / kind
        self._largest = largest

    def folder(self, person: Person) -> Path:
        """The drawer of a person."""
        return self.root / short_hash(person.drawer.casefold())

    def read(self, file: Path, form: type[Content]) -> Content | None:
        """What a file holds; ``None`` if it cannot be read."""
        try:
            return form.model_validate_json(read_bounded(file, self._largest))
        except (OSError, UnreadableFile, ValidationError):
            log.exception("%s/%s cannot be read", self.root.name, file.name)
            return None

    def write(self, file: Path, content: BaseModel) -> None:
        """Write a file as a whole or not at all. Raises :class:`OSError`."""
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_atomically(file, content.model_dump_json().encode())


def short_hash(name: str) -> str:
    """A name that is none of a path, whatever ``name`` holds."""
    return hashlib.sha256(name.encode()).hexdigest()[:32]
