"""A PostgreSQL server of the tests' own, in a temporary folder, reached through a socket in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import psycopg

ACCOUNT = "postgres"  # a server refuses to run as root, so for root it runs as this user of the package


def programs() -> Path | None:
    """The folder of the newest server's programs, or ``None`` if there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@dataclass
class Server:
    """A running server. ``place()`` is the address of a new, empty schema in its one database; making those is quick."""

    folder: Path
    made: int = 0

    @classmethod
    def start_new(cls) -> Server:
        folder = Path(tempfile.mkdtemp(prefix="optplan-pg-"))
        if os.geteuid() == 0:
            shutil.chown(folder, ACCOUNT)
        server = cls(folder)
        server._do("initdb", "--pgdata", "data", "--username", ACCOUNT, "--auth", "trust", "--encoding", "UTF8", "--locale", "C")
        server.start()
        return server

    def _do(self, program: str, *arguments: str) -> None:
        where = programs()
        assert where is not None, "install postgresql (tests/install-debian-packages.sh)"
        command = [str(where / program), *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", ACCOUNT, "--", *command]
        done = subprocess.run(
            command, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr.decode()

    def start(self) -> None:
        options = f"-c listen_addresses='' -c unix_socket_directories='{self.folder}'"
        self._do("pg_ctl", "start", "--pgdata", "data", "--log", "log", "--wait", "--options", options)

    def stop(self, mode: str = "fast") -> None:
        """Stop it; ``immediate`` is as if the power had failed."""
        self._do("pg_ctl", "stop", "--pgdata", "data", "--wait", "--mode", mode)

    def remove(self) -> None:
        self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self) -> str:
        return f"postgresql://{ACCOUNT}@/postgres?host={self.folder}"

    def place(self) -> str:
        """The URL of a new schema."""
        self.made += 1
        name = f"store_{self.made}"
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}")
        return f"{self.url()}&options=-csearch_path%3D{name}"
