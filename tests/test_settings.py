"""Settings about mail that would send nothing, or send it where others listen, are refused at once."""

from __future__ import annotations

import pytest

from assistant.errors import NotReady
from assistant.settings import Settings, load_settings

MAIL = {
    "base_url": "https://toets.example.nl",
    "mail_server": "post.oeverland.example",
    "mail_sender": "toets@oeverland.example",
}


def test_the_usual_way_is_starttls() -> None:
    made = load_settings({}, **MAIL)
    assert (made.has_mail, made.mail_port, made.mail_security) == (True, 587, "starttls")
    assert not Settings().has_mail


@pytest.mark.parametrize(("changed", "says"), [
    ({"base_url": ""}, "mail_server needs base_url"),
    ({"mail_sender": ""}, "mail_sender"),
    ({"mail_sender": "Toets <toets@oeverland.example>"}, "mail_sender"),
    ({"mail_sender": "toets@oeverland.example\r\nBcc: x@y.example"}, "mail_sender"),
    ({"mail_user": "toets"}, "belong together"),
    ({"mail_password_file": "/etc/geheim"}, "belong together"),
    ({"mail_security": "plain"}, "this computer alone"),
    (
        {"mail_security": "plain_over_network", "mail_user": "toets", "mail_password_file": "/etc/geheim"},
        "no password goes over a network in the open",
    ),
    ({"mail_security": "none"}, "mail_security"),
    ({"mail_port": "0"}, "mail_port"),
])  # fmt: skip
def test_what_would_not_do_is_refused_with_its_name(changed: dict[str, str], says: str) -> None:
    with pytest.raises(NotReady, match=says):
        load_settings({}, **{**MAIL, **changed})


def test_plain_is_possible_where_nobody_else_listens_or_when_one_means_it() -> None:
    assert load_settings({}, **{**MAIL, "mail_server": "127.0.0.1", "mail_security": "plain"}).has_mail
    assert load_settings({}, **MAIL, mail_security="plain_over_network").has_mail
