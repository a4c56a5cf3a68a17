"""Serving the pages on this computer until stopped."""

from __future__ import annotations

import logging
from collections.abc import Callable

from waitress.server import create_server

from assistant.opening import add_example, open_shell
from assistant.settings import Settings
from assistant.web import create_app
from assistant.web.vendor import vendor_notice

THREADS = 4


def serve(settings: Settings, host: str, port: int, *, with_example: bool, say: Callable[[str], None]) -> None:
    """Serve until stopped."""
    logging.basicConfig(format="%(asctime)s %(message)s")
    logging.getLogger("assistant").setLevel(logging.INFO)
    shell = open_shell(settings)
    if with_example:
        add_example(shell)
    server = create_server(create_app(shell), host=host, port=port, threads=THREADS, ident=None)
    notice = vendor_notice()
    if notice:
        say(notice)
    say(f"The assistant is ready: http://{host}:{server.effective_port}/  (Ctrl+C stops it)")
    try:
        server.run()
    except KeyboardInterrupt:
        server.close()
