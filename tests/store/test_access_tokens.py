"""Tokens of other systems: who has to agree, until when they work, and that a changed row is seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from assistant.accounts.tokens import fingerprint
from assistant.errors import NotFound
from assistant.store.access_tokens import (
    PREFIX,
    Scope,
    agree_token,
    end_token,
    find_token,
    list_tokens,
    make_token,
    note_used,
)
from assistant.store.audit import verify_all
from assistant.store.changes import Signed

from .samples import AT, KEY, rows, run

TODAY = date(2026, 11, 26)
ADMIN, OFFICER = Signed("admin", AT, KEY), Signed("officer", AT, KEY)


def make(engine: Engine, scope: Scope = Scope.DOSSIERS, days: int = 30) -> str:
    return make_token(engine, "zaaksysteem", scope, TODAY + timedelta(days=days), signed=ADMIN)


def test_it_works_when_somebody_else_agreed_until_it_ends(engine: Engine) -> None:
    token = make(engine)
    id = fingerprint(token)
    assert find_token(engine, token, TODAY) is None
    with pytest.raises(NotFound):
        agree_token(engine, id, signed=ADMIN)
    agree_token(engine, id, signed=OFFICER)
    found = find_token(engine, token, TODAY)
    assert found
    assert (found.system, found.opens(Scope.REGISTER), found.opens(Scope.DOSSIERS)) == ("zaaksysteem", True, True)
    assert find_token(engine, token, TODAY + timedelta(days=30))
    assert find_token(engine, token, TODAY + timedelta(days=31)) is None
    end_token(engine, id, signed=ADMIN)
    assert find_token(engine, token, TODAY) is None
    for again in (agree_token, end_token):
        with pytest.raises(NotFound):
            again(engine, id, signed=OFFICER)


def test_the_register_alone(engine: Engine) -> None:
    token = make(engine, Scope.REGISTER)
    agree_token(engine, fingerprint(token), signed=OFFICER)
    found = find_token(engine, token, TODAY)
    assert found
    assert not found.opens(Scope.DOSSIERS)


def test_the_database_knows_no_token_and_no_moment_of_use(engine: Engine) -> None:
    token = make(engine)
    assert token.startswith(PREFIX)
    assert len(token) == len(PREFIX) + 43
    agree_token(engine, fingerprint(token), signed=OFFICER)
    found = find_token(engine, token, TODAY)
    assert found
    note_used(engine, found, TODAY)
    note_used(engine, replace(found, used_on="2026-11-26"), TODAY)
    [row] = rows(engine, "SELECT * FROM access_token")
    assert token not in map(str, row)
    assert row[-1] == "2026-11-26"
    kinds = [kind for (kind,) in rows(engine, "SELECT kind FROM organisation_event ORDER BY seq")]
    assert kinds == ["access_token_made", "access_token_agreed"]
    assert [one.state(TODAY) for one in list_tokens(engine)] == ["works"]


@pytest.mark.parametrize(
    "change",
    ["expires_on = '2036-01-01'", "scope = 'register'", "agreed_by = ''", "ended_at = ''", "system = 'x'"],
)
def test_a_changed_row_is_seen(engine: Engine, change: str) -> None:
    id = fingerprint(make(engine))
    agree_token(engine, id, signed=OFFICER)
    end_token(engine, id, signed=ADMIN)
    assert verify_all(engine, KEY).faults == ()
    run(engine, f"UPDATE access_token SET {change}")
    assert str(verify_all(engine, KEY)).count("a token is not what its events say") == 1


def test_a_row_that_was_put_in_or_taken_out_is_seen(engine: Engine) -> None:
    make(engine)
    run(engine, "DELETE FROM access_token")
    assert "a token is not" in str(verify_all(engine, KEY))
