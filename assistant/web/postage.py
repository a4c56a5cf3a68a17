"""Whether a link is mailed as well: where there is mail, and somebody pressed the button for it."""

from __future__ import annotations

from flask import request

from assistant.store.invitations import Postage
from assistant.web.languages import the_language
from assistant.web.shell import seal_keys, the_shell

MAIL_IT = "mail"  # the button that does


def has_mail() -> bool:
    """Whether this installation mails."""
    return the_shell().settings.has_mail


def postage() -> Postage | None:
    """What it takes to mail the link of this form, in the language of the page; None: it is passed on by hand."""
    if has_mail() and request.form.get("do") == MAIL_IT:
        return Postage(seal_keys(), the_language())
    return None
