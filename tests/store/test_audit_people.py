"""Roles, settings, phrases and standing advices that somebody changed in the database are seen."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from assistant.access import Role
from assistant.store.audit import verify_all
from assistant.store.org_settings import save_setting
from assistant.store.people import save_facts, save_roles
from assistant.store.phrases import add_phrase, forget_phrase
from assistant.store.standing import Picks, StandingAdvice, end_standing, save_standing

from .desk import OFFICER, SECOND, TEAM, add_people
from .samples import KEY, run


@pytest.fixture
def office(engine: Engine) -> None:
    """People, settings and texts that came, changed and went."""
    add_people(engine)
    save_facts(engine, TEAM.actor, "Iemand anders", "jurist", signed=TEAM)
    save_roles(engine, SECOND.actor, [Role.FG, Role.ADMIN], signed=OFFICER)
    for value in ("high", "stop"):
        save_setting(engine, "second_reader", value, signed=OFFICER)
    save_setting(engine, "edition", "abc", signed=OFFICER)
    save_setting(engine, "edition", None, signed=OFFICER)
    add_phrase(engine, "Waar staat dat?", signed=OFFICER)
    forget_phrase(engine, add_phrase(engine, "Weg ermee.", signed=OFFICER), signed=OFFICER)
    save_standing(engine, StandingAdvice("Bezoek tellen", "Kan zo.", Picks({}, {})), signed=OFFICER)
    old = save_standing(engine, StandingAdvice("Oud", "Kon zo.", Picks({}, {})), signed=OFFICER)
    end_standing(engine, old, signed=OFFICER)


def test_an_office_left_alone_has_no_faults(engine: Engine, office: None) -> None:
    assert verify_all(engine, KEY).faults == ()


TAMPERED = {
    "a role more": f"UPDATE person SET roles = 'po' WHERE id = '{TEAM.actor}'",
    "a role less": f"UPDATE person SET roles = '' WHERE id = '{SECOND.actor}'",
    "someone who is gone": f"DELETE FROM person WHERE id = '{TEAM.actor}'",
    "someone who never came": "INSERT INTO person "
    "SELECT '33333333-0000-4000-8000-000000000001', organisation_id, name, 'x@y.example', function, roles, "
    "passphrase, totp, totp_step, ended_at, created_at FROM person WHERE roles = ''",
    "a setting": "UPDATE setting SET value = '\"none\"' WHERE name = 'second_reader'",
    "a setting that is gone": "DELETE FROM setting",
    "a setting that nobody set": "INSERT INTO setting (organisation_id, name, value) VALUES (1, 'edition', '\"abc\"')",
    "a phrase": "UPDATE phrase SET text = 'x'",
    "a phrase that is gone": "DELETE FROM phrase",
    "a standing advice": "UPDATE standing_advice SET picks = '{}' WHERE title = 'Bezoek tellen'",
    "a standing advice that is gone": "DELETE FROM standing_advice WHERE title = 'Oud'",
    "a standing advice that holds again": "UPDATE standing_advice SET ended_at = '' WHERE title = 'Oud'",
}


@pytest.mark.parametrize("what", TAMPERED)
def test_tampering_is_seen(engine: Engine, office: None, what: str) -> None:
    run(engine, TAMPERED[what])
    [fault] = verify_all(engine, KEY).faults
    assert "is not what its events say" in fault


def test_what_cannot_be_seen(engine: Engine, office: None) -> None:
    """Listed in the docstring of `store.audit`: what people are called changes freely."""
    run(engine, "UPDATE person SET name = 'x', function = 'y'")
    assert verify_all(engine, KEY).faults == ()
