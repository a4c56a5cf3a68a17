"""Mail: what a weekly digest says, how a message is built, and how it is handed to a mail server."""

from __future__ import annotations

from typing import Literal

Failure = Literal["connection", "tls", "sign_in", "sender", "recipient", "refused", "address", "seal"]


class MailFailed(Exception):
    """A mail was not taken. `kind` alone is kept and logged: what a server says often holds the address."""

    def __init__(self, kind: Failure, *, for_good: bool = False, for_all: bool = False) -> None:
        super().__init__(kind)
        self.kind = kind
        self.for_good = for_good  # trying again would not help
        self.for_all = for_all  # no other mail would go either
