"""From the command to the first page on an empty folder, against importing what the assistant is built on."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Final

from timing import Table

LIBRARIES: Final = "import flask, flask_wtf, flask_babel, sqlmodel, markdown, nh3"
ROUNDS: Final = 7


@contextmanager
def serving(folder: str) -> Iterator[tuple[str, int]]:
    """The assistant in a process of its own: its address and process id."""
    command = [Path(sys.executable).with_name("assistant"), "serve", "--port", "0", "--data", folder]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout
        address = re.search(r"http://[^/\s]+", process.stdout.readline())
        assert address, "the assistant did not start"
        yield address[0], process.pid
        process.terminate()


def get(url: str) -> bytes:
    with urllib.request.urlopen(url) as answer:
        page: bytes = answer.read()
    return page


def first_page() -> float:
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        with serving(folder) as (address, _):
            get(f"{address}/nl/")
            return time.perf_counter() - began


def imports() -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", LIBRARIES], check=True)
    return time.perf_counter() - began


def measure_start() -> None:
    first_page()  # bytecode is written once
    pairs = [(first_page(), imports()) for _ in range(ROUNDS)]
    table = Table("Start, with an empty folder: tables made, edition kept, keys made")
    table.line("import of the libraries", f"{median(b for _, b in pairs):.2f} s")
    table.line("command to first page", f"{median(a for a, _ in pairs):.2f} s")
    table.line("first page / import", f"{median(a / b for a, b in pairs):.2f}", "<= 1.6")


def measure_memory() -> None:
    table = Table("Memory of the process that serves, after 200 pages")
    with tempfile.TemporaryDirectory() as folder, serving(folder) as (address, process):
        for _ in range(100):
            get(f"{address}/nl/")
            get(f"{address}/en/scan/questions/purpose")
        rollup = Path(f"/proc/{process}/smaps_rollup")
        if not rollup.exists():
            table.line("only Linux tells", "-")
            return
        sizes = dict(re.findall(r"^(Rss|Pss):\s+(\d+) kB", rollup.read_text(), re.MULTILINE))
        table.line("PSS", f"{int(sizes['Pss']) / 1024:.0f} MiB", "<= 60 MiB")
        table.line("RSS", f"{int(sizes['Rss']) / 1024:.0f} MiB")
