"""A network, a disk, a machine of a test's own: Linux namespaces, held open by a process that sleeps.

They need no root: whoever may make a user namespace is root in it. Where that is not allowed, tests are skipped.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

HOLD = "echo ready; exec cat"  # for as long as somebody holds its standard input
LOOPBACK = "ip link set lo up"


class Space:
    """One such place. Empty `inside`: with a user namespace of its own; else a part of that one."""

    def __init__(self, *kinds: str, inside: Space | None = None, first: Sequence[str] = ()) -> None:
        own = [] if inside else ["--user", "--map-root-user"]
        around = inside.around() if inside else []
        command = [*around, "unshare", *own, *(f"--{kind}" for kind in kinds), "sh", "-ec", "; ".join([*first, HOLD])]
        self.kinds = {*kinds, "user", *(inside.kinds if inside else ())}
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert self.process.stdout
        if self.process.stdout.readline() != "ready\n":
            assert self.process.stderr
            raise PermissionError(self.process.stderr.read().strip())

    @property
    def pid(self) -> int:
        return self.process.pid

    def around(self) -> list[str]:
        """What stands in front of a command that runs here."""
        kinds = [f"--{kind}" for kind in sorted(self.kinds)]
        return ["nsenter", f"--target={self.pid}", *kinds, "--preserve-credentials", "--"]

    def run(self, *command: str, **given: Any) -> str:
        """The output of a command that runs here."""
        done = subprocess.run([*self.around(), *command], capture_output=True, text=True, check=False, **given)
        if done.returncode:
            raise RuntimeError(f"{command}: {done.stderr}")
        return done.stdout

    def see(self, path: Path) -> Path:
        """A path of this place, as seen from outside."""
        return Path(f"/proc/{self.pid}/root{path}")

    def close(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(10)
        for stream in (self.process.stdout, self.process.stderr):
            assert stream
            stream.close()


@contextmanager
def space(*kinds: str, inside: Space | None = None, first: Sequence[str] = ()) -> Iterator[Space]:
    """A place of this kind (net, mount), or the test is skipped with the reason."""
    for program in ("unshare", "nsenter", *(["ip"] if "net" in kinds else [])):
        if not shutil.which(program):
            pytest.skip(f"{program} is missing (util-linux, iproute2)")
    try:
        made = Space(*kinds, inside=inside, first=[*([LOOPBACK] if "net" in kinds else []), *first])
    except PermissionError as refusal:
        pytest.skip(f"namespaces cannot be made here: {refusal}")
    try:
        yield made
    finally:
        made.close()


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Space]:
    """A place where this folder is a disk of some megabytes; from outside it is to be seen at `see(folder)`."""
    folder.mkdir(parents=True, exist_ok=True)
    with space("mount", first=[f"mount -t tmpfs -o size={megabytes}m,mode=700 tmpfs '{folder}'"]) as made:
        yield made
