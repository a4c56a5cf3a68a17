"""Serving the pages until stopped: the demo on this computer alone, an installation wherever its proxy reaches it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Final

from waitress.server import create_server

from assistant import clock
from assistant.errors import NotReady, Unavailable
from assistant.examples import add_demo
from assistant.mailing import post_mail
from assistant.opening import Shell, open_shell
from assistant.settings import Settings
from assistant.upkeep import tidy
from assistant.web import create_app
from assistant.web.vendor import vendor_notice

THREADS: Final = 4
HOUR: Final = 3_600  # seconds
WITH_MAIL: Final = 300  # somebody who was invited waits
log = logging.getLogger("assistant.upkeep")


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
    if shell.engine.dialect.name == "sqlite":
        threading.Thread(target=keep_tidy, args=(shell, WITH_MAIL if settings.has_mail else HOUR), daemon=True).start()
    notice = vendor_notice()
    if notice:
        say(notice)
    address = settings.base_url or f"http://{host}:{server.effective_port}"
    say(f"The assistant is ready: {address}/  (Ctrl+C stops it)")
    try:
        server.run()
    except KeyboardInterrupt:
        server.close()


def keep_tidy(shell: Shell, every: float = HOUR, stop: threading.Event | None = None) -> None:
    """Do what time asks for, now and `every` so many seconds: who serves a SQLite file needs no timer beside it."""
    stop = stop or threading.Event()
    while True:
        try:
            tidy(shell, clock.now())
            post_mail(shell)
        except (Unavailable, NotReady) as error:
            log.warning("upkeep waits for the next time: %s", error)
        if stop.wait(every):
            return
