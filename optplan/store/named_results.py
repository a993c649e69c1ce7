"""A result by whatever name a person has for it: its file, or the id of a run that the store keeps."""

from __future__ import annotations

import re
from pathlib import Path

from optplan.document.sealed import sealed
from optplan.result import Result, read_result
from optplan.store.store import open_store

RUN_ID = re.compile("[0-9a-f]{4,64}")


def result_called(name: str | Path) -> Result:
    """The result in the file ``name``; where there is no such file, that of the run whose id begins with ``name``.

    Raises :class:`InputError` if the file is no result, and :class:`StoreError` if the store has no such run.
    """
    if RUN_ID.fullmatch(str(name)) and not Path(name).exists():
        with open_store() as store:
            return store.open(str(name))
    return read_result(name)


def sealed_result_called(name: str | Path) -> Result:
    """The same for those who show it or make something of it. Raises :class:`SealBroken` if it is not what was sealed."""
    return sealed(result_called(name), name)
