"""Python runs this when it starts in an environment of :func:`holding.holding`. Only the process that searches is touched."""

import os
import sys
from pathlib import Path

if "optplan.search.worker" in sys.orig_argv:
    from optplan.search import worker
    from optplan.search.messages import Found

    counties, _, before = os.environ["TEST_HOLDS_SEARCHES"].partition(" ")
    search = worker.run

    def held(job, send, stop):
        def hold(message):
            send(message)
            if isinstance(message, Found):
                if mark := os.environ["TEST_MARKS_HELD_SEARCHES"]:
                    Path(mark).touch()
                stop.wait()

        if len(job.tables.rows["counties"]) != int(counties):
            search(job, send, stop)
            return
        if before == "the first plan":
            stop.wait()
        search(job, hold, stop)

    worker.run = held
    worker.main(*map(int, sys.orig_argv[sys.orig_argv.index("optplan.search.worker") + 1 :]))
