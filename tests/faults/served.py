"""The application as docs/install serves it: gunicorn, two processes of four threads each."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from types import TracebackType
from typing import Self

from ..postgres import free_port
from .wire import Address, Browser, Wire

ROOT = Path(__file__).parents[2]
ASSISTANT = Path(sys.executable).with_name("assistant")
WORKERS = ("--workers", "2", "--threads", "4", "--worker-tmp-dir", "/dev/shm")


class Served:
    """Ready when entered; stopped when left. `log` holds all it said. `around` is put in front of the command."""

    def __init__(
        self, address: Address, log: Path, settings: Mapping[str, str | Path], around: Sequence[str] = (), **more: str
    ) -> None:
        self.address, self.log, self.around = address, log, around
        own = {f"ASSISTANT_{name.upper()}": str(value) for name, value in settings.items()}
        self.environment = {**os.environ, "ASSISTANT_BASE_URL": "http://localhost", **own, **more}

    def __enter__(self) -> Self:
        bind = f"unix:{self.address}" if isinstance(self.address, Path) else f"127.0.0.1:{self.address}"
        command = [sys.executable, "-m", "gunicorn", *WORKERS, "--bind", bind, "assistant.web.wsgi:app()"]
        with self.log.open("ab") as told:
            self.process = subprocess.Popen(
                [*self.around, *command], cwd=ROOT, env=self.environment, stdout=told, stderr=told
            )
        try:
            self._wait()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    @property
    def wire(self) -> Wire:
        return Wire(self.address)

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + 60
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the server did not start:\n{self.log.read_text(errors='replace')}")
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            return Browser(self.address).get("/healthz").status_code in (200, 503)
        except (OSError, HTTPException):
            return False


@contextmanager
def demo(data: Path, log: Path, around: Sequence[str] = (), program: Sequence[str] = (), **more: str) -> Iterator[Wire]:
    """`assistant serve` over this folder, on a free port. `program`: another one; `more`: settings."""
    port = free_port()
    command = [*around, *(program or [str(ASSISTANT)]), "serve", "--port", f"{port}", "--data", str(data)]
    with (
        log.open("ab") as told,
        subprocess.Popen(command, env={**os.environ, **more}, stdout=subprocess.PIPE, stderr=told, text=True) as server,
    ):
        assert server.stdout
        assert "http://" in server.stdout.readline(), log.read_text()
        try:
            yield Wire(port)
        finally:
            server.terminate()
