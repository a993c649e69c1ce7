"""What child processes of the tests do: save, and say so. Kept apart because children import it anew."""

from __future__ import annotations

import contextlib
import os
import random
from multiprocessing.connection import Connection

from plans.resealing import took

import optplan
from optplan.plan import Plan
from optplan.result import Result

PRELOAD = ["optplan.store.kept", "optplan.store.migrating", "alembic.command", "psycopg", "fluent.runtime", "store.saving"]


def told_apart(result: Result, mark: float) -> Result:
    """The same answer of a search that took another time, and so other bytes."""
    return took(result, mark)


def save_and_say(url: str, plan: Plan, document: dict[str, object], say: Connection, how_many: int, who: str) -> None:
    """Open the store, save runs, and say the id and the mark of each once it is saved."""
    dice = random.Random(os.urandom(8))
    with contextlib.suppress(optplan.StoreError), optplan.open_store(url) as store:  # the server may be killed
        for _ in range(how_many):
            mark = dice.random()
            record = store.save_run(told_apart(Result(document), mark), plan=plan, who=who)
            say.send((record.id, mark))
    say.send(None)
