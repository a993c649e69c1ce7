"""``optplan solve --keep``: the store is opened before the search, and what goes wrong with it costs nobody the result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from optplan.language import text

if TYPE_CHECKING:
    from optplan.console.output import Output
    from optplan.result import Result
    from optplan.store import RunRecord, Store
    from optplan.tables.findings import Finding


class Keeper:
    """Keeps a result in the store, if that was asked. ``findings`` say why it could not be kept."""

    def __init__(self, asked: bool) -> None:
        self.findings: list[Finding] = []
        self._run: RunRecord | None = None
        self._store: Store | None = None
        if asked:
            from optplan.store import open_store

            self._store = open_store()

    def keep(self, result: Result, **asked: Any) -> None:
        """Keep ``result`` with what was ``asked``."""
        if self._store is None:
            return
        from optplan.store import StoreError

        try:
            self._run = self._store.save_run(result, **asked)
        except StoreError as problem:
            self.findings = problem.findings

    def as_dict(self) -> dict[str, Any]:
        """What the JSON document says beside the result."""
        return {} if self._store is None else {"run": self._run.id if self._run else None}

    def tell(self, output: Output) -> None:
        """Under which id the run is kept, or why it is not."""
        output.findings(self.findings)
        if self._store is not None and self._run is not None:
            output.lines([text("store", "kept", None, run=self._run.short, place=self._store.place)])
            if not self._run.replayable:
                output.lines([text("store", "kept-stopped")])
