"""What is kept about a person, all of it, and nothing that proves who they are."""

from __future__ import annotations

import json

from sqlalchemy import Engine, select

from assistant.access import Relation
from assistant.accounts.tokens import fingerprint
from assistant.dossier.read import read_dossier
from assistant.dossier.redaction import PERSONAL, Cut
from assistant.sharing.draft import Draft
from assistant.store.access_tokens import Scope, agree_token, end_token, make_token
from assistant.store.advices import Opinion, give_advice
from assistant.store.audit import verify_all
from assistant.store.database import reading
from assistant.store.leaving import end_person
from assistant.store.mail_choices import MailChoice, save_choice
from assistant.store.members import forget_member, save_member
from assistant.store.outbox import add_digests
from assistant.store.people import find_person
from assistant.store.person_data import _LEFT_OUT, EVERY, POINTS, find_person_data
from assistant.store.redactions import redact_version
from assistant.store.remarks import add_remark
from assistant.store.shared import find_shared, save_draft, send, settle
from assistant.store.tables import METADATA
from assistant.store.versions import find_version

from ..sharing import samples
from .desk import OFFICER, SECOND, TEAM, add_people, freeze
from .samples import AT, KEY, start


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
    assert "event" not in theirs
    save_member(engine, dossier.id, OFFICER.actor, Relation.VIEWER, signed=TEAM)
    [event] = find_person_data(engine, OFFICER.actor)["event"]
    assert (event["kind"], event["actor"]) == ("member", TEAM.actor)
    forget_member(engine, dossier.id, OFFICER.actor, signed=TEAM)
    assert [one["kind"] for one in find_person_data(engine, OFFICER.actor)["event"]] == ["member", "member_left"]
    assert find_person_data(engine, "nobody") == {}


def test_no_secret_and_no_dossier_is_in_it(engine: Engine) -> None:
    add_people(engine)
    dossier = start(engine, owner=TEAM.actor, actor=TEAM.actor)
    freeze(engine, dossier)
    found = find_person_data(engine, TEAM.actor)
    names = {name for rows in found.values() for row in rows for name in row}
    assert not names & {"passphrase", "totp", "body", "document", "salt", "digest"}
    assert "Schoolverlaters" not in json.dumps(found)


def test_every_column_that_holds_somebodys_id_is_looked_at(engine: Engine) -> None:
    add_people(engine)
    everyone = {TEAM.actor, OFFICER.actor, SECOND.actor}
    dossier = start(engine, owner=TEAM.actor, actor=TEAM.actor)
    freeze(engine, dossier)
    version = find_version(engine, dossier.id, 1)
    cut = Cut(PERSONAL, words=(read_dossier(version.body).project.title,))
    redact_version(engine, dossier.id, 1, cut, "Een naam", based_on=version.hash, typed=None, signed=OFFICER)
    give_advice(engine, dossier.id, version.id, Opinion("po", "go_on", "Goed."), signed=OFFICER)
    save_draft(engine, dossier.id, 0, Draft(title="Titel"), signed=TEAM)
    made = samples.example(Draft(title="Titel"), name=samples.LIGHT)
    made = made.model_copy(update={"key": find_shared(engine, dossier.id).key, "issue": 1})
    send(engine, dossier.id, 1, made, signed=TEAM)
    settle(engine, dossier.id, made.hash, approved=True, signed=OFFICER)
    token = fingerprint(make_token(engine, "zaaksysteem", Scope.REGISTER, AT.date(), signed=SECOND))
    agree_token(engine, token, signed=OFFICER)
    end_token(engine, token, signed=SECOND)
    save_choice(engine, TEAM.actor, MailChoice(True, 0, "nl"))
    add_digests(engine, "2026-W48", [(TEAM.actor, "nl")], AT)
    pointing = {"mail", "mail_choice", "access_token", "example", "library_entry", "redaction"}
    found = {who: find_person_data(engine, who) for who in everyone}
    assert pointing <= {name for tables in found.values() for name in tables}
    with reading(engine) as connection:
        for table in METADATA.sorted_tables:
            for row in connection.execute(select(table)).mappings():
                for column in table.c:
                    if row[column.name] in everyone and (table.name, column.name) != ("person", "id"):
                        assert column.name in POINTS, f"{table.name}.{column.name}"
    assert {name for rows in found[SECOND.actor].values() for row in rows for name in row} >= {"ended_by", "system"}


def test_who_leaves_takes_their_mail_along_and_the_trail_stays(engine: Engine) -> None:
    add_people(engine)
    save_choice(engine, TEAM.actor, MailChoice(True, 0, "nl"))
    add_digests(engine, "2026-W48", [(TEAM.actor, "nl")], AT)
    make_token(engine, "zaaksysteem", Scope.REGISTER, AT.date(), signed=TEAM)
    end_person(engine, find_person(engine, TEAM.actor), None, signed=OFFICER)
    left = find_person_data(engine, TEAM.actor)
    assert not {"mail", "mail_choice", "session"} & set(left)
    assert {"access_token", "organisation_event"} <= set(left)
    assert verify_all(engine, KEY).faults == ()
