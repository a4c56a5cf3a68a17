"""Why single sign-on did not work, in words."""

from __future__ import annotations

import logging
from typing import Final

from flask import session
from flask_babel import gettext as _

log = logging.getLogger("assistant.sign_on")
_KEY: Final = "sign_on_refused"
_AWAY: Final = {"unreachable", "too_slow", "provider_error", "redirected", "too_large", "not_json", "certificate"}


def keep_refusal(reason: str) -> None:
    """For the next page, once; and for the log, where an administrator finds it. Nothing of a person is in it."""
    log.warning("single sign-on refused: %s", reason)
    session[_KEY] = reason


def take_refusal() -> str:
    """What to tell, if single sign-on was just refused."""
    reason = session.pop(_KEY, "")
    return refusal_text(reason) if reason else ""


def refusal_text(reason: str) -> str:
    """A reason in words, with what to do."""
    match reason:
        case "state" | "no_code" | "nonce":
            return str(_("Signing in took too long, or was begun in another window. Try once more."))
        case "denied":
            return str(_("Your organisation did not let you in, or you stopped halfway. Nothing was changed."))
        case "mfa":
            return str(
                _("Your organisation asked you for no second step, and here that is needed. Tell your administrator.")
            )
        case "unknown":
            return str(
                _(
                    "You have no account here yet. Ask for an invitation. "
                    "If you have a passphrase, sign in with it and connect the two at your account."
                )
            )
        case "taken":
            return str(_("This sign-on already belongs to another account."))
        case _ if reason in _AWAY:
            return str(_("Your organisation's sign-on does not answer. Try again in a moment."))
        case _:
            return str(
                _(
                    "What your organisation's sign-on answered cannot be trusted. Tell your administrator: %(reason)s.",
                    reason=reason,
                )
            )
