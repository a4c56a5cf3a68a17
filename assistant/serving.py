"""Serving the pages until stopped: the demo on this computer alone, an installation wherever its proxy reaches it."""

from __future__ import annotations

import logging
from collections.abc import Callable

from waitress.server import create_server

from assistant.examples import add_demo
from assistant.opening import open_shell
from assistant.settings import Settings
from assistant.web import create_app
from assistant.web.vendor import vendor_notice

THREADS = 4


def serve(settings: Settings, host: str, port: int, *, with_example: bool, say: Callable[[str], None]) -> None:
    """Serve until stopped."""
    logging.basicConfig(format="%(asctime)s %(message)s")
    logging.getLogger("assistant").setLevel(logging.INFO)
    shell = open_shell(settings)
    if with_example and settings.is_demo:
        add_demo(shell)
    server = create_server(
        create_app(shell),
        host=host,
        port=port,
        threads=THREADS,
        ident=None,
        clear_untrusted_proxy_headers=not settings.is_https,  # over https there is a proxy, which says who asks
    )
    notice = vendor_notice()
    if notice:
        say(notice)
    address = settings.base_url or f"http://{host}:{server.effective_port}"
    say(f"The assistant is ready: {address}/  (Ctrl+C stops it)")
    try:
        server.run()
    except KeyboardInterrupt:
        server.close()
