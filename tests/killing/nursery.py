"""Programs to be killed: forks of a process that has loaded everything, so that a round of a test costs no seconds of imports.

They run the product's own entry points. Their searches are forks too, and talk through pipes as any search does.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

# Nothing that only the tests find by themselves: the process that loads it starts in the root of the repository.
LOADED = [
    "alembic.command", "alembic.config", "fluent.runtime", "psycopg", "optplan.cli", "optplan.console.commands", "optplan.console.keep_option",
    "optplan.console.plans", "optplan.console.progress", "optplan.console.reference", "optplan.console.report", "optplan.office",
    "optplan.proof.multipliers", "optplan.search.lexicographic", "optplan.search.worker", "optplan.solving.good_enough", "optplan.solving.solve",
    "optplan.store.kept", "optplan.store.ledgers", "optplan.store.migrating", "optplan.store.migrations.append_only", "optplan.sweeps.sweeping",
    "optplan.web.inputs.page", "optplan.web.overview.page", "optplan.web.page", "pandas",
    "rich.table", "streamlit.web.bootstrap", "streamlit.web.cli",
    "anyio._backends._asyncio", "anyio.streams.tls", "itsdangerous", "narwhals._pandas_like.dataframe", "narwhals.stable.v1._namespace",
    "pandas.io.formats.style", "pyarrow.pandas_compat", "starlette.applications", "starlette.middleware.sessions", "starlette.staticfiles",
    "streamlit.emojis", "streamlit.hello.streamlit_app", "streamlit.material_icon_names",
    "streamlit.web.server.starlette.starlette_agent_routes", "streamlit.web.skills", "uvicorn.lifespan.on", "uvicorn.main",
    "uvicorn.protocols.http.h11_impl", "uvicorn.protocols.websockets.websockets_sansio_impl", "websockets.server",
    "tests.killing.catalogue", "tests.killing.surviving",
]  # fmt: skip

context = multiprocessing.get_context("forkserver")
_nurseries: set[int | None] = set()  # the processes that were started to be forked from


def load() -> None:
    """Have a process with all that is loaded, also where other tests have started one with less."""
    own: Any = forkserver._forkserver  # type: ignore[attr-defined]
    if own._forkserver_pid not in _nurseries:
        own._stop()
    context.set_forkserver_preload(LOADED)
    forkserver.ensure_running()
    _nurseries.add(own._forkserver_pid)


class Search:
    """A search process as :class:`subprocess.Popen` would start it, but forked."""

    def __init__(self) -> None:
        pipes = [os.pipe() for _ in range(3)]
        theirs, ours = [pipes[0][0], pipes[1][1], pipes[2][1]], [pipes[0][1], pipes[1][0], pipes[2][0]]
        self.stdin = os.fdopen(ours[0], "wb")
        self.stdout, self.stderr = os.fdopen(ours[1], "rb"), os.fdopen(ours[2], "rb")
        ends = [Connection(theirs[0], writable=False), *(Connection(each, readable=False) for each in theirs[1:])]
        self._process = context.Process(target=_search, args=ends)
        self._process.start()
        for end in ends:
            end.close()
        self.pid = self._process.pid
        self.kill = self._process.kill

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self) -> int | None:
        self._process.join()
        return self._process.exitcode

    def __enter__(self) -> Search:
        return self

    def __exit__(self, *_: object) -> None:
        for pipe in (self.stdout, self.stderr, self.stdin):
            with suppress(BrokenPipeError):
                pipe.close()
        self.wait()


def _search(*ends: Connection) -> None:
    for number, end in enumerate(ends):
        os.dup2(end.fileno(), number)
        end.close()
    sys.stdin = os.fdopen(0, closefd=False)
    gc.freeze()  # what was loaded before is no garbage
    from optplan.search import worker

    worker.main()


def start(run: Callable[..., Any], *arguments: Any, said: Path, **settings: str) -> Any:
    """``run(*arguments)`` in a process of its own, which prints into the file ``said``. ``settings``: environment variables."""
    load()
    nursery = forkserver._forkserver._forkserver_address  # type: ignore[attr-defined]
    program = context.Process(target=_program, args=(run, arguments, str(said), settings, nursery))
    program.start()
    return program


def _program(run: Callable[..., Any], arguments: tuple[Any, ...], said: str, settings: dict[str, str], nursery: str) -> None:
    import tempfile

    os.environ.update(settings)
    tempfile.tempdir = None  # whoever loaded it asked for the place before
    to = os.open(said, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    for number in (1, 2):
        os.dup2(to, number)
    sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))
    gc.freeze()
    search_by_forks(nursery)
    code: Any = 0
    try:
        run(*arguments)
    except SystemExit as ended:
        code = ended.code
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code or 0)


def search_by_forks(nursery: str) -> None:
    """Have searches of this program started where the program itself was."""
    from optplan.search import standby

    own: Any = forkserver._forkserver  # type: ignore[attr-defined]
    own._forkserver_address, own.ensure_running = nursery, lambda: None
    standby._start = Search  # type: ignore[assignment]


def left_over() -> list[int]:
    """The processes that were started from here, or by what was, and are still there."""
    of = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]
    return (
        []
        if of is None
        else [int(each) for each in Path(f"/proc/{of}/task/{of}/children").read_text().split() if is_alive(int(each))]
    )


def is_alive(process: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except OSError:
        return False


def all_gone(patience: float = 20.0) -> bool:
    """Whether everything that was started ends by itself."""
    end = time.monotonic() + patience
    while left_over():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True
