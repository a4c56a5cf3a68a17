"""After the advice somebody answerable decides; the owner or the officer writes it down."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from assistant.access import Relation
from assistant.opening import Shell
from assistant.store.advices import Opinion, give_advice
from assistant.store.audit import verify_all
from assistant.store.database import writing
from assistant.store.decisions import list_decisions
from assistant.store.endings import list_endings
from assistant.store.members import save_member
from assistant.store.versions import list_versions

from .client import Client, Page
from .desk import HEAVY, LIGHT, OFFICER, add_person, handed_in, id_of, sign_in_as, signed_by

GOES_ON = {"outcome": "go_on", "decided_by": "college", "decided_on": "20-11-2026", "departs": "no"}


def advised(app: Flask, shell: Shell, name: str = LIGHT) -> str:
    """A dossier with an advice; its address."""
    id = id_of(handed_in(app, shell, name))
    [version, *_] = list_versions(shell.engine, id)
    opinion = Opinion("po", "go_on_with_conditions", "Goed doordacht.")
    give_advice(shell.engine, id, version.id, opinion, signed=signed_by(shell, OFFICER))
    return f"/dossiers/{id}"


def write(client: Client, dossier: str, status: int = 302, **typed: Any) -> Page:
    return client.send(client.get(f"{dossier}/decision"), status, form="decide", **GOES_ON | typed)


def state(client: Client, dossier: str) -> str:
    return client.get(dossier).texts("section", kind="state")[0]


@pytest.mark.parametrize(("outcome", "leads_to"), [
    ("go_on", "Besloten en lopend"), ("change", "Bij het team"), ("stop", "Gesloten"),
])  # fmt: skip
def test_a_decision_moves_the_dossier_where_it_leads(
    app: Flask, shell: Shell, client: Client, outcome: str, leads_to: str
) -> None:
    dossier = advised(app, shell)
    write(client, dossier, outcome=outcome, reference="Z-2026-17", look_again="01-06-2027", reason="Past bij ons.")
    assert state(client, dossier).startswith(leads_to)
    page = client.get(f"{dossier}/decision")
    for said in ("college", "20 november 2026", "Z-2026-17", "1 juni 2027", "Past bij ons."):
        assert said in page.text
    assert verify_all(shell.engine, shell.audit_key).faults == ()


def test_the_officer_may_write_it_down_too(app: Flask, shell: Shell) -> None:
    dossier, officer = advised(app, shell), Client(app, person="officer")
    assert "Het besluit" in officer.get(f"/desk{dossier}").text
    write(officer, dossier)
    [decision] = list_decisions(shell.engine, id_of(dossier))
    assert (decision.person, decision.decided_by) == (OFFICER, "college")


def test_who_only_reads_reads_the_decision_and_cannot_write_one(app: Flask, shell: Shell, client: Client) -> None:
    dossier, viewer = advised(app, shell), add_person(shell)
    save_member(shell.engine, id_of(dossier), viewer, Relation.VIEWER, signed=signed_by(shell, OFFICER))
    write(client, dossier)
    page = sign_in_as(app, shell, viewer).get(f"{dossier}/decision")
    assert "college" in page.text
    assert page.all("form", id="decide") == []


def test_before_an_advice_there_is_nothing_to_decide_on(app: Flask, shell: Shell, client: Client) -> None:
    dossier = f"/dossiers/{id_of(handed_in(app, shell))}"
    client.get(f"{dossier}/decision", 404)
    assert "Het besluit" not in client.get(dossier).text


@pytest.mark.parametrize(("typed", "field"), [
    ({"outcome": None}, "outcome"), ({"decided_by": " "}, "decided_by"), ({"decided_on": "31-02-2026"}, "decided_on"),
    ({"decided_on": ""}, "decided_on"), ({"departs": None}, "departs"), ({"departs": "yes"}, "reason"),
    ({"look_again": "later"}, "look_again"), ({"decided_on": "01-01-2999"}, "decided_on"),
])  # fmt: skip
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    app: Flask, shell: Shell, client: Client, typed: dict[str, Any], field: str
) -> None:
    dossier = advised(app, shell)
    page = write(client, dossier, 422, **{"reference": "Z-17"} | typed)
    assert list(page.errors) == [field]
    assert page.value("reference") == ["Z-17"]
    assert list_decisions(shell.engine, id_of(dossier)) == []


def test_going_on_in_spite_of_a_stop_asks_why_at_each_and_stays_visible(
    app: Flask, shell: Shell, client: Client
) -> None:
    dossier = advised(app, shell, HEAVY)
    page = client.get(f"{dossier}/decision")
    stops = [field.get("name") for field in page.all("textarea") if field.get("name", "").startswith("stop-")]
    assert stops
    refused = write(client, dossier, 422)
    assert list(refused.errors) == stops
    write(client, dossier, **dict.fromkeys(stops, "Het college neemt dit risico."))
    ended = list_endings(shell.engine, id_of(dossier))
    assert {f"stop-{signal}" for signal in ended} == set(stops)
    assert all(one.how == "accepted" for one in ended.values())
    assert "Het college neemt dit risico." in client.get(f"{dossier}/signals").text
    assert verify_all(shell.engine, shell.audit_key).faults == ()


def test_stopping_needs_no_reason_at_a_stop(app: Flask, shell: Shell, client: Client) -> None:
    dossier = advised(app, shell, HEAVY)
    write(client, dossier, outcome="stop")
    assert list_endings(shell.engine, id_of(dossier)) == {}


def test_a_new_decision_follows_the_one_before(app: Flask, shell: Shell, client: Client) -> None:
    dossier = advised(app, shell)
    write(client, dossier)
    write(client, dossier, outcome="stop", departs="yes", reason="De raad wil het niet.")
    assert [one.outcome for one in list_decisions(shell.engine, id_of(dossier))] == ["stop", "go_on"]
    page = client.get(f"{dossier}/decision")
    assert page.text.index("De raad wil het niet.") < page.text.index("Het project gaat door")


def test_where_a_choice_belongs_to_the_council_the_page_says_so(app: Flask, shell: Shell, client: Client) -> None:
    page = client.get(f"{advised(app, shell, HEAVY)}/decision")
    assert "college of raad" in page.text


def test_a_decision_changed_in_the_database_is_seen(app: Flask, shell: Shell, client: Client) -> None:
    write(client, advised(app, shell))
    with writing(shell.engine) as connection:
        connection.exec_driver_sql("UPDATE decision SET decided_by = 'iemand anders'")
    assert any("decision" in fault for fault in verify_all(shell.engine, shell.audit_key).faults)
