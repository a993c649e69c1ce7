"""A Dask cluster as the executor of a sweep. Nothing else of the product imports Dask."""

from __future__ import annotations

import importlib
import uuid
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any

from optplan.sweeps.executor import Future
from optplan.sweeps.findings import SweepError, refused

PATIENCE = 20  # seconds that a cluster may take to answer


class Cluster:
    """The Dask cluster whose scheduler is at ``address``. Searches under way there end when the sweep is stopped.

    Raises :class:`SweepError`, in words, if Dask is not installed or the cluster does not answer.
    """

    def __init__(self, address: str) -> None:
        try:
            distributed: Any = importlib.import_module("distributed")
        except ImportError as problem:
            raise SweepError([refused("dask-missing", "--dask")]) from problem
        try:
            self._client = distributed.Client(address, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as problem:
            reason = str(problem).strip() or type(problem).__name__
            raise SweepError([refused("dask-unreachable", "--dask", address=address, reason=reason)]) from problem
        self.stopping = distributed.Event(f"optplan-sweep-{uuid.uuid4().hex}", client=self._client)

    def submit(self, function: Callable[..., Any], /, *arguments: Any) -> Future:
        """Hand in a call of ``function``."""
        future: Future = self._client.submit(function, *arguments)
        return future

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None) -> None:
        with suppress(OSError, ValueError, TimeoutError):
            self._client.close()
