"""What is kept about a person, all of it, and nothing that proves who they are."""

from __future__ import annotations

import json

from sqlalchemy import Engine

from assistant.store.person_data import _LEFT_OUT, EVERY, POINTS, find_person_data
from assistant.store.remarks import add_remark
from assistant.store.tables import METADATA

from .desk import OFFICER, TEAM, add_people, freeze
from .samples import start


def test_every_table_that_speaks_of_people_is_looked_at() -> None:
    who = {
        column.name for table in METADATA.sorted_tables for column in table.c if column.name.endswith(("_by", "actor"))
    }
    assert who - {"decided_by"} <= set(POINTS)  # that one is a function or a body
    assert {"event", "member", "session", "remark", "advice", "workshop"} <= {table.name for table in EVERY}
    assert set(_LEFT_OUT) <= {table.name for table in EVERY} | {"person"}


def test_what_somebody_did_is_in_it_and_what_others_did_is_not(engine: Engine) -> None:
    add_people(engine)
    dossier = start(engine, owner=TEAM.actor, actor=TEAM.actor)
    add_remark(engine, dossier.id, "q", "Waarom?", signed=TEAM)
    freeze(engine, dossier)
    mine, theirs = find_person_data(engine, TEAM.actor), find_person_data(engine, OFFICER.actor)
    assert mine["person"][0]["email"] == "1@oeverland.example"
    assert {event["kind"] for event in mine["event"]} >= {"created", "remarked", "handed_in"}
    assert [row["text"] for row in mine["remark"]] == ["Waarom?"]
    assert mine["member"][0]["relation"] == "owner"
    assert "remark" not in theirs
    assert find_person_data(engine, "nobody") == {}


def test_no_secret_and_no_dossier_is_in_it(engine: Engine) -> None:
    add_people(engine)
    dossier = start(engine, owner=TEAM.actor, actor=TEAM.actor)
    freeze(engine, dossier)
    found = find_person_data(engine, TEAM.actor)
    names = {name for rows in found.values() for row in rows for name in row}
    assert not names & {"passphrase", "totp", "body", "document", "salt", "digest"}
    assert "Schoolverlaters" not in json.dumps(found)
