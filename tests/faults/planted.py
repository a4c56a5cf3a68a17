"""`assistant`, with something planted in it that asks another server: what `test_no_way_out` has to see."""

from __future__ import annotations

import contextlib
import socket

from flask import Flask

from assistant.cli import main
from assistant.web import logs

set_up = logs.set_up


def set_up_and_ask(app: Flask) -> None:
    set_up(app)

    @app.before_request
    def ask() -> None:
        with contextlib.suppress(OSError):
            socket.create_connection(("192.0.2.1", 443), timeout=1)


logs.set_up = set_up_and_ask

if __name__ == "__main__":
    main()
