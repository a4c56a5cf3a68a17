"""Whatever stands in an address or a form: never an error of ours. For people whom the doors let in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask, url_for
from werkzeug.routing import Rule

from assistant.access import Role
from assistant.opening import Shell
from assistant.store.audit import verify_all
from assistant.store.dossiers import move_dossier

from .client import Client
from .desk import HEAVY, add_person, draft, handed_in, id_of, sign_in_as, signed_by
from .desk import TEAM as OWNER

HUGE = "9" * 5_000
VALUES = {  # what stands for each part of an address; every other is one of these
    "language": ["nl"],
    "number": [10**30, 2**63],
    "format": ["pdf.", "json"],
    "draft": ["dpia", "x"],
    "path": ["..%2f..", "x"],
}
ANY = ["4f6c1f5e-0000-4000-8000-00000000000a", "a\0b", "phase"]
QUERIES: list[dict[str, str] | str] = [
    "page=%ff&q=%ed%a0%80&next=%00&after=%ed%a0%80_%00&q=%f0%28",
    {"page": HUGE, "q": "\"'*%_\\ OR NEAR(", "year": HUGE, "before": HUGE, "after": HUGE, "state": "x\0y", "rev": HUGE},
    {"page": "٣", "q": "\0", "year": "٣", "before": "-1", "after": "\0", "part": HUGE, "next": "//x", "version": "0"},
]
FORM = {
    "do": "save", "rev": HUGE, "version": HUGE, "number": HUGE, "text": "a\0b", "reason": "\ud7ff\x00", "title": "\0",
    "hash": HUGE, "based_on": "\0", "edition": "\0", "texts": "x/y/z", "words": "(\n[", "data": '{"kind":"example"}',
    "page": HUGE, "until": "31-2-2026", "due": HUGE, "day": HUGE, "scope": "\0", "minutes": HUGE, "years": HUGE,
}  # fmt: skip


def addresses(app: Flask, rule: Rule, dossier: str) -> Iterator[str]:
    for turn in range(max((len(VALUES.get(name, ANY)) for name in rule.arguments - {"id", "language"}), default=1)):
        given = {
            name: dossier if name == "id" else VALUES.get(name, ANY)[turn % len(VALUES.get(name, ANY))]
            for name in rule.arguments
        }
        with app.test_request_context():
            yield url_for(rule.endpoint, **given)


@pytest.fixture
def dossiers(app: Flask, shell: Shell) -> dict[str, str]:
    """One a state; each of the demo's team."""
    closed = draft(shell, HEAVY)
    move_dossier(shell.engine, id_of(closed), "close", signed=signed_by(shell, OWNER))
    return {"new": id_of(draft(shell)), "officer": id_of(handed_in(app, shell)), "closed": id_of(closed)}


@pytest.mark.parametrize("who", ["team", "officer", "admin", "facilitator", "method_owner"])
def test_no_address_and_no_form_is_an_error_of_ours(
    app: Flask, shell: Shell, dossiers: dict[str, str], who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    roles = {"admin": Role.ADMIN, "facilitator": Role.FACILITATOR, "method_owner": Role.METHOD_OWNER}
    person = Client(app, person=who) if who not in roles else sign_in_as(app, shell, add_person(shell, roles[who]))
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    wrong = set()
    for rule in app.url_map.iter_rules():
        if rule.endpoint in ("account.sign_out", "mine.end_others", "demo.enter"):
            continue
        for state, dossier in dossiers.items() if "id" in rule.arguments else [("", "")]:
            for path in addresses(app, rule, dossier):
                for query in QUERIES if state in ("", "officer") else ():
                    page = person.browser.get(path, query_string=query)
                    if page.status_code >= 500:
                        wrong.add(("GET", rule.endpoint, state, page.status_code))
                if "POST" in (rule.methods or ()):
                    page = person.browser.post(path, data=FORM)
                    if page.status_code >= 500:
                        wrong.add(("POST", rule.endpoint, state, page.status_code))
    assert wrong == set()
    assert verify_all(shell.engine, shell.audit_key).faults == ()
