"""A room that votes: two hundred phones in ten seconds, each asking every two seconds whether there is news."""

from __future__ import annotations

import asyncio
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from timing import Table

from assistant import clock
from assistant.accounts.sealed import load_seal_key
from assistant.opening import Shell, open_shell
from assistant.settings import Settings
from assistant.store.database import open_database, upgrade
from assistant.store.workshop import door, kept, rounds, running
from assistant.workshop.plan import Chosen, build_plan
from assistant.workshop.story import story_of

PHONES, SECONDS, POLL, WINDOW = 200, 10.0, 2.0, 13.0
STANCES = ("never", "rather_not", "only_if", "rather_yes", "certainly")
TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class Phone:
    """A browser as small as can be: one cookie, one connection a request, as phones come and go."""

    port: int
    cookie: str = ""
    etag: str = ""
    waits: list[float] = field(default_factory=list)

    async def ask(self, method: str, path: str, fields: Mapping[str, str] | None = None) -> tuple[int, str]:
        """Status and body; how long it took is kept."""
        body = urlencode(fields or {}).encode()
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", "Connection: close"]
        lines += [f"Cookie: {self.cookie}"] if self.cookie else []
        lines += [f"If-None-Match: {self.etag}"] if self.etag and path.endswith("/now") else []
        if method == "POST":
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        began = time.perf_counter()
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        answer = await reader.read()
        writer.close()
        self.waits.append(time.perf_counter() - began)
        head, _, text = answer.decode(errors="replace").partition("\r\n\r\n")
        for name, value in re.findall(r"^([\w-]+): (.*?)\r?$", head, re.M):
            if name.lower() == "set-cookie":
                self.cookie = value.partition(";")[0]
            if name.lower() == "etag":
                self.etag = value
        return int(head.split(" ", 2)[1]), text

    async def enter(self, key: str) -> None:
        """Sit down."""
        _, page = await self.ask("GET", f"/nl/room/join/{key}")
        status, _ = await self.ask("POST", f"/nl/room/join/{key}", token_of(page) | {"table": "1"})
        assert status == 302, status

    async def play(self, number: int, item: str) -> float:
        """See at the next poll that the round is open, vote once, poll all the time; the seconds that the vote took."""
        await asyncio.sleep(random.uniform(0, POLL))
        _, page = await self.ask("GET", "/nl/room")
        polls = asyncio.create_task(self.poll())
        await asyncio.sleep(random.uniform(0, SECONDS))
        voter = Phone(self.port, self.cookie)
        status, _ = await voter.ask(
            "POST",
            "/nl/room/vote",
            token_of(page) | {"number": str(number), item: random.choice(STANCES), "do": "save"},
        )
        assert status == 302, status
        await polls
        return voter.waits[0]

    async def poll(self) -> None:
        """Every two seconds, as long as it lasts."""
        ends = time.perf_counter() + WINDOW
        await asyncio.sleep(random.uniform(0, POLL))
        while time.perf_counter() < ends:
            status, _ = await self.ask("GET", "/nl/room/now")
            assert status in (200, 304), status
            await asyncio.sleep(POLL)


def token_of(page: str) -> dict[str, str]:
    """The form's token."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found, page[:500]
    return {"csrf_token": found[1]}


@contextmanager
def serving(settings: Settings, workers: int, threads: int) -> Iterator[tuple[int, list[int]]]:
    """Gunicorn on a free port: the port, and the ids of its processes."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "ASSISTANT_DATA_DIR": str(settings.data_dir),
        "ASSISTANT_DATABASE_URL": settings.database_url,
        "ASSISTANT_BASE_URL": f"http://127.0.0.1:{port}",
    }
    command = [sys.executable, "-m", "gunicorn", f"--workers={workers}", f"--threads={threads}", "--log-level=error"]
    command += ["--no-control-socket", f"--bind=127.0.0.1:{port}", "--backlog=512", "assistant.web.wsgi:app()"]
    server = subprocess.Popen(command, env=environment)
    try:
        asyncio.run(_wait_for(port))
        found = subprocess.run(["pgrep", "-P", str(server.pid)], capture_output=True, text=True, check=True)
        yield port, [int(pid) for pid in found.stdout.split()]
    finally:
        server.terminate()
        server.wait()


async def _wait_for(port: int) -> None:
    for _ in range(200):
        try:
            if (await Phone(port).ask("GET", "/healthz"))[0] == 200:
                return
        except OSError:
            await asyncio.sleep(0.1)
    raise RuntimeError("gunicorn does not answer")


def open_room(settings: Settings) -> tuple[Shell, str, int]:
    """A workshop whose first dilemma is open for answers."""
    shell = open_shell(settings)
    book = shell.playbook
    sheet, story = book.sheets["taster"], story_of(book.case_ids["early-school-leaving"])
    plan = build_plan(book, shell.edition, sheet, story, Chosen())
    made = kept.Preparation("Middag", "nl", shell.edition.hash, "taster", "early-school-leaving", story, Chosen(), plan)
    id = kept.create_workshop(shell.engine, "nobody", made, clock.now())
    running.start(shell.engine, id, clock.now())
    door.open_door(shell.engine, id, clock.now())
    number = next(n for n, one in enumerate(plan.played) if one.kind == "stance")
    running.go_to(shell.engine, id, 0, number)
    rounds.open_round(shell.engine, id, number, load_seal_key(settings.seal_key_path))
    return shell, id, number


def _cpu(pids: list[int]) -> float:
    """Seconds of processor that these processes have used."""
    total = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICK


async def _play(
    port: int, workshop: kept.Workshop, number: int, pids: list[int]
) -> tuple[list[float], list[float], float]:
    phones = [Phone(port) for _ in range(PHONES)]
    for phone in phones:
        await phone.enter(workshop.join_key)
        phone.waits.clear()
    floor = Phone(port)
    for _ in range(50):
        await floor.ask("GET", "/healthz")
    item = workshop.rounds[number].items[0].id
    before, began = _cpu(pids), time.perf_counter()
    votes = await asyncio.gather(*(phone.play(number, item) for phone in phones))
    cores = (_cpu(pids) - before) / (time.perf_counter() - began)
    return list(votes), floor.waits, cores


def _measure(name: str, settings: Settings, workers: int, threads: int, table: Table) -> None:
    shell, id, number = open_room(settings)
    workshop = kept.find_workshop(shell.engine, id)
    with serving(settings, workers, threads) as (port, pids):
        votes, floor, cores = asyncio.run(_play(port, workshop, number, pids))
    keys = load_seal_key(settings.seal_key_path)
    rounds.close_round(shell.engine, id, number, workshop.rounds[number], workshop.smallest, keys)
    kept_round = rounds.find_round(shell.engine, id, number)
    counted = kept_round.tally.people if kept_round and kept_round.tally else 0
    shell.engine.dispose()
    votes.sort()
    p50, p99 = median(votes), votes[int(len(votes) * 0.99) - 1]
    table.line(f"{name}: votes counted", f"{counted} of {PHONES}", f"{PHONES}")
    table.line(f"{name}: a vote, p50 / p99, ms", f"{p50 * 1000:.1f} / {p99 * 1000:.1f}", "p99 <= 50")
    table.line(f"{name}: a vote against /healthz, p50", f"{p50 / median(floor):.1f}")
    table.line(f"{name}: cores", f"{cores:.2f}", "<= 0.25")


def measure_halls() -> None:
    """SQLite with one process, PostgreSQL with two."""
    table = Table(f"{PHONES} phones vote in {SECONDS:.0f} seconds, and ask for news every {POLL:.0f}")
    with tempfile.TemporaryDirectory() as name:
        _measure("SQLite, 1 x 8", Settings(data_dir=Path(name), base_url="http://127.0.0.1"), 1, 8, table)
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from postgres import Postgres  # the tests' own server

    server = Postgres()
    try:
        url = server.create_database("hall")
        upgrade(open_database(url))
        with tempfile.TemporaryDirectory() as name:
            settings = Settings(data_dir=Path(name), database_url=url, base_url="http://127.0.0.1")
            _measure("PostgreSQL, 2 x 4", settings, 2, 4, table)
    finally:
        server.remove()
