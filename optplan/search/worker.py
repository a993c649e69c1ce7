"""The process that searches. Its caller talks to it through pipes (see :mod:`optplan.search.process`).

Standard input: a pickled :class:`~optplan.search.messages.Job`, then perhaps a wish to stop; where the job says that another may
follow, that. Standard output: pickled messages, nothing else; what libraries print goes to standard error.
"""

from __future__ import annotations

import gc
import importlib
import os
import pickle
import queue
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from optplan.search.endings import ENDING
from optplan.search.standby import RESTS

if TYPE_CHECKING:
    from optplan.search.messages import Job, Progress

BETWEEN_MESSAGES = 0.1  # seconds


def run(job: Job, send: Callable[[object], None], stop: threading.Event) -> None:
    """Search, sending Progress, Found and at last a Search message, and its Certificate where that is asked for."""
    from optplan.plan import Plan
    from optplan.proof.multipliers import proof_of
    from optplan.search.lexicographic import search
    from optplan.search.messages import Certificate
    from optplan.search.run import Orders

    last: tuple[float, Progress | None] = (0.0, None)

    def progress(now: Progress) -> None:
        nonlocal last
        moment, before = last
        news = before is None or (now.level, now.value, now.bound) != (before.level, before.value, before.bound)
        if news and (time.monotonic() - moment > BETWEEN_MESSAGES or before is None or now.level != before.level):
            last = (time.monotonic(), now)
            send(now)

    orders = Orders(job.gap, job.quick, job.seconds, progress, plan_found=send, stop=stop.is_set, parts=job.parts)
    plan = Plan(job.tables)
    outcome = search(plan, job.model, orders, job.reference, job.warm_start, job.known)
    certify = job.certify and outcome.schedule is not None and not stop.is_set()
    send(replace(outcome, warm_start=job.warm_start, certified_later=certify))
    if certify:
        send(Certificate(tuple(proof_of(plan, job.model, outcome.levels, job.reference))))


def main(niceness: int = 0, proving: int = 0) -> None:
    """Entry point of the process, which leaves the cores to others by ``niceness``, or by ``proving`` where a proof is wanted."""
    out: BinaryIO = os.fdopen(os.dup(1), "wb")
    for asked in ENDING:  # they reach the parent's whole group; stopping is the parent's to ask
        signal.signal(asked, signal.SIG_IGN)
    os.dup2(2, 1)  # HiGHS greets on standard output, which is the message pipe
    source = sys.stdin.buffer
    if hasattr(os, "nice"):
        os.nice(niceness)
    gc.disable()  # what is loaded stays, and to look among it for garbage takes a tenth of the time
    for heavy in ("optplan.search.lexicographic", "optplan.proof.multipliers"):
        importlib.import_module(heavy)  # while the caller may still be reading the plan
    gc.freeze()
    gc.enable()
    from optplan.search.messages import Job

    stop, jobs = threading.Event(), queue.Queue[Job]()

    def listen() -> None:
        try:
            while True:
                message = pickle.load(source)
                if isinstance(message, Job):
                    stop.clear()
                    jobs.put(message)
                else:
                    stop.set()
        except EOFError:
            pass  # the caller is gone: nobody waits for an outcome, and HiGHS may not look at a stop for a minute
        except Exception:
            traceback.print_exc()
        os._exit(1)

    threading.Thread(target=listen, daemon=True).start()
    lock = threading.Lock()

    def send(message: object) -> None:
        with lock:
            pickle.dump(message, out)
            out.flush()

    job = jobs.get()
    if hasattr(os, "nice") and not job.quick:
        os.nice(proving - niceness)
    try:
        while True:
            run(job, send, stop)
            if not job.another:
                break
            gc.collect()
            job = jobs.get(timeout=RESTS)  # as quick as those before
    except queue.Empty:
        pass
    os._exit(0)  # the listener may still be waiting in a read, which a tidy exit would wait for


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
