"""The examples of docs/api.md, run as they stand there by a real curl against a real server."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from werkzeug.serving import make_server

from assistant.opening import Shell
from assistant.store.versions import find_version

from .desk import handed_in, id_of
from .systems import open_token

DOC = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLES = [block for block in re.findall(r"```sh\n(.*?)```", DOC, re.DOTALL) if "curl" in block]


@pytest.fixture
def served(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl on this machine")
def test_every_example_of_the_docs_works(app: Flask, shell: Shell, served: str, tmp_path: Path) -> None:
    id = id_of(handed_in(app, shell))
    kept = find_version(shell.engine, id, 1)
    place = {"ASSISTANT": served, "TOKEN": open_token(shell), "DOSSIER": id, "SHA256": kept.hash}
    told = [
        subprocess.run(["bash", "-euc", block], env=place | {"PATH": "/usr/bin:/bin"}, cwd=tmp_path,
                       capture_output=True, text=True, check=True, timeout=60).stdout
        for block in EXAMPLES
    ]  # fmt: skip
    assert len(told) == 6
    assert json.loads(told[0])["entries"][0]["id"] == json.loads(told[2])["id"] == id
    assert (tmp_path / "version-1.json").read_bytes() == kept.body
    assert told[3].split()[0] == sha256(kept.body).hexdigest()
    assert (tmp_path / "dossier.pdf").read_bytes().startswith(b"%PDF")
    assert json.loads((tmp_path / "algorithm-register.json").read_text(encoding="utf-8"))
    assert told[-1] == "304"
