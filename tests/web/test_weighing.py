"""Going on with one of the alternatives on screen: why, what the dossier then tells, and what an officer reads."""

from __future__ import annotations

import json

import pytest
from flask import Flask

from assistant.access import Relation
from assistant.opening import Shell
from assistant.store.audit import verify_all
from assistant.store.dossiers import find_dossier, move_dossier
from assistant.store.forgetting import forget_dossier
from assistant.store.members import save_member
from assistant.store.versions import find_version, return_version
from assistant.store.weighings import find_weighing

from .checks import CANARY, words
from .client import Client, Page
from .desk import HEAVY, OFFICER, TEAM, add_person, draft, frozen, hand_in, id_of, sign_in_as, signed_by
from .test_variants import make

WHY = "Zonder model helpen wij te laat."
LANGUAGES = pytest.mark.parametrize("language", ["nl", "en"])


@pytest.fixture
def heavy(shell: Shell) -> str:
    return draft(shell, HEAVY)


@pytest.fixture
def lighter(client: Client, heavy: str) -> str:
    """A variant of it, in which one answer is another."""
    made = make(client, heavy, title="Alleen tellen")
    client.answer(f"{made}/questions/ai_about_persons", value="no")
    return made


def go_on(client: Client, dossier: str, reason: str = WHY, status: int = 302) -> Page:
    return client.send(client.get(f"{dossier}/variants/choose"), status, form="reason-form", reason=reason)


def told(client: Client, dossier: str) -> str:
    """The part of the dossier about alternatives, as it reads before handing in."""
    [section] = client.get(f"{dossier}/preview").all("section", **{"aria-labelledby": "weighed"}) or [None]
    return words(section) if section is not None else ""


@LANGUAGES
def test_it_asks_why_and_says_what_will_be_closed(app: Flask, heavy: str, lighter: str, language: str) -> None:
    client = Client(app, language)
    page = client.get(f"{heavy}/variants/choose")
    assert "Alleen tellen" in page.text
    assert {"nl": "wordt gesloten", "en": "will be closed"}[language] in page.text
    go_on(client, heavy)
    assert WHY in client.get(f"{heavy}/variants").text
    assert client.get(f"{heavy}/variants/reason").value("reason") == [WHY]


def test_without_a_reason_nothing_is_chosen(shell: Shell, client: Client, heavy: str, lighter: str) -> None:
    page = go_on(client, heavy, "  ", 422)
    assert len(page.errors) == 1
    assert find_weighing(shell.engine, id_of(heavy)) is None
    assert "Afgesloten" not in client.get(lighter).text


def test_the_dossier_tells_what_was_weighed(client: Client, shell: Shell, heavy: str, lighter: str) -> None:
    assert told(client, heavy) == ""
    go_on(client, heavy)
    text = told(client, heavy)
    number = find_dossier(shell.engine, id_of(lighter)).number
    assert all(one in text for one in (WHY, f"{number}: Alleen tellen"))
    assert shell.edition.questions["ai_about_persons"].ask["nl"] in text
    assert shell.edition.signals["ai_since_unknown"].says["nl"] in text
    assert told(client, lighter) == ""


@pytest.mark.parametrize("format", ["markdown", "html", "json", "pdf", "docx"])
def test_every_file_of_the_team_has_it(client: Client, heavy: str, lighter: str, format: str) -> None:
    go_on(client, heavy)
    assert client.get(f"{heavy}/download/{format}").response.data
    if format in ("markdown", "html"):
        assert b"Alleen tellen" in client.get(f"{heavy}/download/{format}").response.data
        assert b"Alleen tellen" not in client.get(f"{heavy}/download/{format}?for=public").response.data
    if format == "json":
        said = json.loads(client.get(f"{heavy}/download/json").response.data)["alternatives"]
        assert (said["reason"], said["laid_aside"][0]["title"]) == (WHY, "Alleen tellen")


def test_it_is_changed_later_and_nothing_typed_is_lost(app: Flask, shell: Shell, heavy: str, lighter: str) -> None:
    client = Client(app)
    go_on(client, heavy)
    page = client.get(f"{heavy}/variants/reason")
    client.send(client.get(page.path), form="reason-form", reason="Eerst dit.")
    late = client.send(page, 409, form="reason-form", reason=f"{CANARY} En toen dit.")
    assert late.value("reason") == [f"{CANARY} En toen dit."]
    assert "Eerst dit." in " ".join(late.texts("blockquote"))
    client.send(late, form="reason-form")
    assert find_weighing(shell.engine, id_of(heavy)).reason == f"{CANARY} En toen dit."  # type: ignore[union-attr]
    assert verify_all(shell.engine, shell.audit_key).faults == ()


def test_the_other_language_keeps_what_was_typed(app: Flask, heavy: str, lighter: str) -> None:
    client = Client(app)
    page = client.get(f"{heavy}/variants/choose")
    fields = page.fields("reason-form") | {"reason": "Half getypt", "do": "show"}
    assert client.post(f"/en{heavy}/variants/choose", fields, 200).value("reason") == ["Half getypt"]
    assert "Alleen tellen" in client.get(f"{heavy}/variants/choose").text  # not chosen yet


def test_personal_data_in_the_reason_is_named(app: Flask, heavy: str, lighter: str) -> None:
    client = Client(app, "en")
    assert "This looks like" not in client.get(f"{heavy}/variants").text
    go_on(client, heavy, "Bel 06-12345678 maar.")
    assert "This looks like" in client.get(f"{heavy}/variants").text


def test_what_cannot_be_chosen_leads_back_to_the_list(client: Client, heavy: str) -> None:
    for page in ("choose", "reason"):
        assert client.follow(client.get(f"{heavy}/variants/{page}", 302)).path == f"/nl{heavy}/variants"
    token = client.get(f"{heavy}/variants").value("csrf_token")[0]
    for page in ("choose", "reason"):
        client.post(f"{heavy}/variants/{page}", {"csrf_token": token, "reason": "x", "rev": "0"}, 404)


def test_while_an_officer_has_it_the_reason_stays(client: Client, heavy: str, lighter: str) -> None:
    go_on(client, heavy)
    page = client.get(f"{heavy}/variants/reason")
    hand_in(client, heavy)
    client.get(page.path, 403)
    client.send(page, 403, form="reason-form", reason="Toch anders.")
    assert WHY in client.get(f"{heavy}/variants").text


def test_who_reads_this_dossier_alone_reads_the_same(app: Flask, shell: Shell, heavy: str, lighter: str) -> None:
    viewer = add_person(shell)
    save_member(shell.engine, id_of(heavy), viewer, Relation.VIEWER, signed=signed_by(shell, TEAM))
    go_on(Client(app), heavy)
    client = sign_in_as(app, shell, viewer)
    assert "Alleen tellen" in told(client, heavy)
    client.get(lighter, 404)


def test_opened_again_or_destroyed(shell: Shell, client: Client, heavy: str, lighter: str) -> None:
    go_on(client, heavy)
    move_dossier(shell.engine, id_of(lighter), "reopen", signed=signed_by(shell, TEAM))
    assert "Alleen tellen" not in told(client, heavy)
    assert "weer geopend" in told(client, heavy)
    signed = signed_by(shell, TEAM)
    forget_dossier(shell.engine, id_of(lighter), actor=TEAM, at=signed.at, audit_key=shell.audit_key)
    assert "vernietigd" in told(client, heavy)


@LANGUAGES
def test_the_officer_reads_it_frozen_and_sees_it_change(
    app: Flask, shell: Shell, heavy: str, lighter: str, language: str
) -> None:
    team, officer = Client(app), Client(app, language, person="officer")
    go_on(team, heavy)
    desk = hand_in(team, heavy)
    assert frozen(shell, desk).alternatives
    for page in (desk, f"{desk}/whole"):
        shown = officer.get(page)
        assert all(text in shown.text for text in (WHY, "Alleen tellen"))
    number = find_version(shell.engine, id_of(desk)).number
    assert "Alleen tellen" in team.get(f"{heavy}/versions/{number}").text
    return_version(shell.engine, id_of(heavy), signed=signed_by(shell, OFFICER))
    team.send(team.get(f"{heavy}/variants/reason"), form="reason-form", reason="Toch om iets anders.")
    hand_in(team, heavy)
    changed = officer.get(desk)
    assert WHY in " ".join(words(one) for one in changed.all("del"))
    assert "Toch om iets anders." in " ".join(words(one) for one in changed.all("ins"))


def test_what_is_not_known_yet_counts_alike_on_both_sides(app: Flask, shell: Shell, heavy: str) -> None:
    """Handed in, a question without an answer may raise something: then it would on both sides."""
    team = Client(app)
    make(team, heavy, title="Hetzelfde")
    go_on(team, heavy)
    weighed = frozen(shell, hand_in(team, heavy)).alternatives
    assert weighed
    [one] = weighed.laid_aside
    assert (one.differing, one.raised_there, one.raised_here) == ((), (), ())


def test_taken_out_of_a_version_it_is_gone_from_the_reason_too(
    app: Flask, shell: Shell, heavy: str, lighter: str
) -> None:
    team, officer = Client(app), Client(app, person="officer")
    go_on(team, heavy, f"Vraag {CANARY} maar.")
    desk = hand_in(team, heavy)
    page = officer.get(f"{desk}/versions/1/redact")
    given = {"words": CANARY, "reason": "Een naam", "do": "preview", "clean": "y"}
    officer.send(officer.send(page, 200, form="redact", **given), form="redact", do="save")
    assert CANARY not in find_version(shell.engine, id_of(heavy), 1).body.decode()
    assert CANARY not in find_weighing(shell.engine, id_of(heavy)).reason  # type: ignore[union-attr]
    assert verify_all(shell.engine, shell.audit_key).faults == ()


def test_the_dpia_draft_says_where_it_comes_from(client: Client, shell: Shell, heavy: str, lighter: str) -> None:
    go_on(client, heavy)
    text = client.get(f"{heavy}/onward/dpia.md").response.data.decode()
    number = find_dossier(shell.engine, id_of(lighter)).number
    assert WHY in text
    assert f"Dit komt uit dossier {number}" in text
