"""A PostgreSQL server of the tests' own: on loopback, in a folder of its own, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",  # what survives here is a killed client or server, not a power cut
    "max_connections": "200",
}


def find_program(name: str) -> str:
    """Debian keeps these out of the PATH."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = shutil.which(name) or shutil.which(name, path=os.pathsep.join(map(str, places)))
    if found is None:
        raise RuntimeError(
            f"{name} is missing: install PostgreSQL's server (apt-get install postgresql, "
            "dnf install postgresql-server, brew install postgresql), or leave these tests out: -m 'not postgres'"
        )
    return found


def unprivileged() -> dict[str, Any]:
    """For `subprocess`: the server refuses root, so root runs it as somebody without rights."""
    if os.getuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise RuntimeError("neither the user postgres nor nobody exists; run the tests as an ordinary user")


class Postgres:
    """Started when made; `stop` and `start` again as a test likes."""

    def __init__(self) -> None:
        self.user = {} if self.around() else unprivileged()
        self.folder = Path(tempfile.mkdtemp(prefix="assistant-postgres-"))
        if self.user:
            os.chown(self.folder, self.user["user"], self.user["group"])
        self.log = (self.folder / "log").open("ab")
        self._run("initdb", "--no-sync", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "-D", "data")
        self.port = free_port()
        self.start()

    def around(self) -> list[str]:
        """What stands in front of its commands."""
        return []

    def settings(self) -> dict[str, str]:
        """What it does otherwise than SETTINGS."""
        return {}

    def url(self, database: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def create_database(self, name: str, template: str = "template1") -> str:
        """The URL of a new database, empty or as the template is."""
        with self.connect() as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url(name)

    def drop_database(self, name: str) -> None:
        with self.connect() as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def connect(self, database: str = "postgres") -> psycopg.Connection[Any]:
        return psycopg.connect(self.url(database), autocommit=True)

    def start(self) -> None:
        """Start, and wait until it answers."""
        given = {**SETTINGS, **self.settings()}
        settings = [part for name, value in given.items() for part in ("-c", f"{name}={value}")]
        command = [*self.around(), find_program("postgres"), "-D", "data", "-p", str(self.port), *settings]
        self.process = subprocess.Popen(
            command, cwd=self.folder, stdout=self.log, stderr=self.log, start_new_session=True, **self.user
        )
        deadline = time.monotonic() + 30
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL does not start:\n{self.read_log()}")
            time.sleep(0.02)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """SIGINT: end all sessions and stop. SIGQUIT: drop everything, as in a crash."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        self.process.wait(30)

    def remove(self) -> None:
        self.stop()
        self.log.close()
        shutil.rmtree(self.folder)

    def read_log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")

    def _answers(self) -> bool:
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self.around(), find_program(program), *arguments]
        subprocess.run(command, cwd=self.folder, stdout=self.log, stderr=self.log, check=True, **self.user)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
