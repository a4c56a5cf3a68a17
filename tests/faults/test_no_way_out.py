"""A whole dossier where there is no network but loopback: nothing even tries to leave.

The kernel counts for every process in a network namespace, children included: what found no route, every TCP
connection begun, every UDP packet. Names are asked of a server that is nowhere, so asking one counts too.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from .served import ROOT
from .spaces import Space, space

SEEN = {
    "Ip": ("OutNoRoutes",), "Tcp": ("ActiveOpens",), "Udp": ("OutDatagrams",),
    "Ip6": ("OutNoRoutes",), "Udp6": ("OutDatagrams",),
}  # fmt: skip
PLANTED = Path(__file__).with_name("planted.py")
AWAY = {
    "an address": "import socket; socket.create_connection(('192.0.2.1', 443), 1)",
    "an IPv6 address": "import socket; socket.create_connection(('2001:db8::1', 443), 1)",
    "a name": "import socket; socket.getaddrinfo('example.nl', 443)",
    "a proxy on this machine": "import socket; socket.create_connection(('127.0.0.1', 3128), 1)",
    "a packet": "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 514))",
    "a child": "import subprocess, sys; subprocess.run([sys.executable, '-c', "
    "'import socket; socket.create_connection((chr(49) + \".1.1.1\", 443), 1)'])",
}


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Space]:
    """A place with loopback alone, and without the services that look up names for others."""
    names = tmp_path / "resolv.conf"
    names.write_text("nameserver 192.0.2.53\noptions timeout:1 attempts:1\n")
    mounts = [f"mount --bind '{names}' '{Path('/etc/resolv.conf').resolve()}'", "mount -t tmpfs tmpfs /run"]
    with space("net", "mount", first=mounts) as place:
        yield place


def read_counters(place: Space) -> dict[str, int]:
    """What was tried in this place until now."""
    lines = Path(f"/proc/{place.pid}/net/snmp").read_text().splitlines()
    found: dict[str, int] = {}
    for names, values in zip(lines[::2], lines[1::2], strict=True):
        kind = names.split(":")[0]
        found |= {
            f"{kind}{name}": int(value) for name, value in zip(names.split()[1:], values.split()[1:], strict=True)
        }
    text = Path(f"/proc/{place.pid}/net/snmp6").read_text()
    found |= {name: int(value) for name, value in re.findall(r"(\w+)\s+(\d+)", text)}
    return {f"{kind}{name}": found[f"{kind}{name}"] for kind, names in SEEN.items() for name in names}


@pytest.mark.slow
def test_a_whole_dossier_asks_nothing_of_anybody(alone: Space, tmp_path: Path) -> None:
    before = read_counters(alone)
    own = int(alone.run(sys.executable, "-m", "tests.faults.journey", str(tmp_path), cwd=ROOT))
    tried = {name: count - before[name] for name, count in read_counters(alone).items()}
    print(f"{own} connections of the browsers, {sum(tried.values()) - own} of anything else")  # noqa: T201
    assert own > 80
    assert tried == {**dict.fromkeys(tried, 0), "TcpActiveOpens": own}


def test_what_a_page_would_ask_is_seen(alone: Space, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.faults.journey", str(tmp_path), sys.executable, str(PLANTED)]
    assert int(alone.run(*command, cwd=ROOT)) == 1  # the page itself was asked for
    assert read_counters(alone)["IpOutNoRoutes"] == 1


@pytest.mark.parametrize("what", AWAY)
def test_whatever_somebody_asks_is_seen(alone: Space, what: str) -> None:
    before = read_counters(alone)
    alone.run("sh", "-c", '"$0" -c "$1" || true', sys.executable, AWAY[what])
    assert read_counters(alone) != before
