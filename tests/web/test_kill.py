"""The server killed while people save over HTTP: what it answered with a redirect is there, and the chain is whole."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

import lxml.html
import pytest

from assistant.opening import Shell
from assistant.store.audit import verify_all
from assistant.store.database import reading

from ..postgres import free_port
from .work import saved, version

SERVER = Path(__file__).with_name("server.py")
KILLS = 30
QUESTIONS = ("description", "benefit")  # each is somebody who saves as fast as it goes
LONGEST_LIFE = 0.2  # seconds from the first answer to the kill


@dataclass
class Writer:
    """Somebody at a browser, who knows what the server said it saved."""

    path: str
    question: str
    cookie: str = ""
    acknowledged: int = 0
    last: str = ""
    under_way: str = ""
    said: threading.Event = field(default_factory=threading.Event)

    def save_until_killed(self, port: int) -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            if not self.cookie:
                self.ask(connection, "POST", {"person": "team"}, "/demo")
            while True:
                self.save(connection)
        except (OSError, HTTPException):
            connection.close()

    def save(self, connection: HTTPConnection) -> None:
        tree = lxml.html.fromstring(self.ask(connection, "GET"))
        fields = {one.get("name"): one.get("value", "") for one in tree.xpath("//form[@id='answer']//input[@name]")}
        self.under_way = f"{self.question} na {fields[f'{self.question}-rev']} " + "x" * (self.acknowledged % 7 * 300)
        self.under_way = self.under_way.strip()
        self.ask(connection, "POST", {**fields, f"{self.question}-value": self.under_way, "do": "save"})
        self.last, self.acknowledged = self.under_way, self.acknowledged + 1
        self.said.set()

    def ask(
        self, connection: HTTPConnection, method: str, fields: dict[str, str] | None = None, path: str = ""
    ) -> bytes:
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request(method, path or self.path, urlencode(fields) if fields else None, headers)
        response = connection.getresponse()
        body = response.read()
        assert response.status == (200 if method == "GET" else 302), (method, response.status)
        self.cookie = (response.headers["Set-Cookie"] or self.cookie).split(";")[0]
        return body


@contextmanager
def lives(data_dir: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, str(SERVER), str(data_dir)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, bufsize=1
    ) as server:
        assert server.stdin is not None
        try:
            yield server
        finally:
            server.stdin.close()


def live(server: subprocess.Popen[str], writers: list[Writer], seconds: float) -> None:
    """One life of the server: it starts, people save, it is killed."""
    assert server.stdin is not None
    assert server.stdout is not None
    port = free_port()
    server.stdin.write(f"{port}\n")
    lines = sorted(server.stdout.readline() for _ in range(2))
    assert f"http://127.0.0.1:{port}/" in lines[0]
    threads = [threading.Thread(target=writer.save_until_killed, args=(port,)) for writer in writers]
    for writer, thread in zip(writers, threads, strict=True):
        writer.said.clear()
        thread.start()
    assert writers[0].said.wait(20)
    time.sleep(seconds)
    os.kill(int(lines[1].split()[1]), signal.SIGKILL)
    for thread in threads:
        thread.join(20)
        assert not thread.is_alive()


@pytest.mark.slow
def test_kills_lose_no_acknowledged_answer(shell: Shell, example: str) -> None:
    writers = [Writer(f"/nl{example}/questions/{question}", question) for question in QUESTIONS]
    chance, before = random.Random(7), version(shell, example)
    with lives(shell.settings.data_dir) as server:
        for _ in range(KILLS):
            live(server, writers, chance.uniform(0, LONGEST_LIFE))
            for writer in writers:
                value = saved(shell, example, writer.question).value
                assert value in (writer.last, writer.under_way) or not writer.acknowledged
                writer.last = value  # perhaps what was under way: saved, and killed before it could say so
    acknowledged = sum(writer.acknowledged for writer in writers)
    assert acknowledged >= KILLS
    assert acknowledged <= version(shell, example) - before <= acknowledged + KILLS * len(writers)
    with reading(shell.engine) as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    assert verify_all(shell.engine, shell.audit_key).faults == ()
