"""What child processes of the tests do: enter what happened, and say so. Kept apart because children import it anew."""

from __future__ import annotations

import contextlib
import os
from multiprocessing.connection import Connection
from pathlib import Path

from optplan.records import Admission, draft
from optplan.store import LedgerFile, StoredLedger, StoreError, open_store
from records.life import ENGINE, TODAY, small_plan

PRELOAD = [
    "optplan.store.ledgers",
    "optplan.store.migrating",
    "alembic.command",
    "psycopg",
    "fluent.runtime",
    "records.recording",
]


def enter_and_say(place: str, county: str, say: Connection, how_many: int) -> None:
    """Open the ledger, enter for a county, and say the number and the document of each entry once it is kept."""
    plan = small_plan()
    admission = Admission(plan.tables, TODAY, (county,))
    with contextlib.suppress(StoreError), contextlib.ExitStack() as stack:  # the server may be killed
        in_file = place.endswith(".csv")
        ledger = LedgerFile(Path(place)) if in_file else StoredLedger(plan.title, stack.enter_context(open_store(place)))
        for number in range(how_many):
            document = f"{county} {os.getpid()} {number}"
            [entry], _ = ledger.enter([draft({**ENGINE, "county": county, "document": document})], admission, county)
            say.send((entry.number, document))
    say.send(None)
