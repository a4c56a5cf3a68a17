"""Two machines serve one PostgreSQL on a third; one is cut off, and comes back. Nothing is lost or doubled.

Three network namespaces with a cable between each machine and the database; a cut cable answers nothing at all, which
is worse than a server that is down.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from assistant.store.audit import verify_all

from ..long import LONG
from ..postgres import Postgres
from .served import Served
from .spaces import Space, space
from .town import Town, a_town
from .writers import Writer, check_nothing_lost_or_doubled, gather, writing

WRITERS, CUTS = (40, 5) if LONG else (8, 1)
CUT = 12.0 if LONG else 7.0  # seconds
HANGS = 20.0  # seconds in which everybody at either machine has an answer, whatever it is
BACK = 5.0
PAUSE = 12.0  # seconds until what the lost machine had locked is free again


class FarPostgres(Postgres):
    """On a machine of its own: by TCP for the others, by a socket in the file system for the test."""

    def __init__(self, place: Space) -> None:
        self.place = place
        super().__init__()

    def around(self) -> list[str]:
        """The server refuses to run as root, which we are in a user namespace: there we become somebody again."""
        return [*self.place.around(), "unshare", "--user", "--map-user=65534", "--map-group=65534", "--"]

    def settings(self) -> dict[str, str]:
        return {"listen_addresses": "*", "unix_socket_directories": str(self.folder)}

    def _run(self, program: str, *arguments: str) -> None:
        super()._run(program, *arguments)
        if program == "initdb":
            with (self.folder / "data" / "pg_hba.conf").open("a") as rules:
                rules.write("host all all 10.88.0.0/16 trust\n")

    def url(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={self.folder}&port={self.port}"


@contextmanager
def cabled(hub: Space, number: int) -> Iterator[Space]:
    """A machine with a cable to the hub: it is 10.88.<number>.2, and the hub 10.88.<number>.1."""
    with space("net", inside=hub) as machine:
        hub.run("ip", "link", "add", f"to{number}", "type", "veth", "peer", "name", "cable", "netns", f"{machine.pid}")
        for place, name, end in ((hub, f"to{number}", 1), (machine, "cable", 2)):
            place.run("ip", "address", "add", f"10.88.{number}.{end}/24", "dev", name)
            place.run("ip", "link", "set", name, "up")
        yield machine


@pytest.fixture
def folder() -> Iterator[Path]:
    """With a name short enough for a socket in it."""
    made = Path(tempfile.mkdtemp(prefix="hosts-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


@pytest.mark.slow
@pytest.mark.postgres
def test_a_machine_that_is_cut_off_keeps_nobody_waiting_and_loses_nothing(folder: Path) -> None:
    with ExitStack() as stack:
        hub = stack.enter_context(space("net"))
        machines = [stack.enter_context(cabled(hub, number)) for number in (1, 2)]
        postgres = FarPostgres(hub)
        stack.callback(postgres.remove)
        town = stack.enter_context(a_town(folder, WRITERS, postgres.create_database("town")))
        served = [stack.enter_context(_serve(town, postgres, one, folder, n)) for n, one in enumerate(machines, 1)]
        cut_off = gather(town, served[0], range(0, WRITERS, 2))
        others = gather(town, served[1], range(1, WRITERS, 2))
        with writing([*cut_off, *others]):
            told = [_cut(machines[0], cut_off, others) for _ in range(CUTS)]
            time.sleep(1)
        saves = check_nothing_lost_or_doubled(town, [*cut_off, *others])
        slowest = max(one.slowest for one in (*cut_off, *others))
        back, pause = max(one for one, _ in told), max(one for _, one in told)
        print(f"{saves} saves, back in {back:.1f} s, the others waited {pause:.1f} s at most, slowest {slowest:.1f} s")  # noqa: T201
        assert all(one.waits for one in cut_off)
        assert slowest < HANGS
        assert back < BACK
        assert pause < PAUSE
        assert verify_all(town.shell.engine, town.shell.audit_key).faults == ()


def _serve(town: Town, postgres: Postgres, machine: Space, folder: Path, number: int) -> Served:
    settings = {**town.settings, "database_url": f"postgresql://postgres@10.88.{number}.1:{postgres.port}/town"}
    return Served(folder / f"{number}", folder / f"{number}.log", settings, machine.around())


def _cut(machine: Space, cut_off: list[Writer], others: list[Writer]) -> tuple[float, float]:
    """Pull the cable for a while: seconds until all who were cut off save again, and the longest that others waited."""
    time.sleep(2)
    begun = time.monotonic()
    machine.run("ip", "link", "set", "cable", "down")
    time.sleep(CUT)
    machine.run("ip", "link", "set", "cable", "up")
    back = time.monotonic()
    time.sleep(BACK)
    return max(one.first_after(back) for one in cut_off), max(one.first_after(begun + 1) for one in others)
