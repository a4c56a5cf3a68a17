"""What another system fetches: the register, dossiers, versions as they were frozen; and what it never sees."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import date
from hashlib import sha256
from typing import Any, get_args

import pytest
from flask import Flask

from assistant.access import State
from assistant.dossier.redaction import PERSONAL, Cut
from assistant.opening import Shell
from assistant.store import advices, decisions
from assistant.store.access_tokens import Scope, end_token, list_tokens
from assistant.store.actions import add_action
from assistant.store.advices import Asked, Opinion, give_advice
from assistant.store.archiving import gather_package
from assistant.store.database import writing
from assistant.store.decisions import Made, decide
from assistant.store.dossiers import find_dossier, move_dossier
from assistant.store.editions import save_edition
from assistant.store.forgetting import forget_dossier
from assistant.store.moving import move_edition
from assistant.store.redactions import redact_version
from assistant.store.register import add_lines
from assistant.store.versions import find_version, list_versions, return_version, withdraw
from assistant.web.api import answers, doors, openapi, operations, views
from assistant.web.gates import GATES

from ..trees import samples as trees
from .checks import CANARY
from .client import Client
from .desk import HEAVY, LIGHT, OFFICER, TEAM, draft, hand_in, handed_in, id_of, signed_by
from .systems import CaseSystem, open_token

GONE = "4f6c1f5e-0000-4000-8000-000000000000"
LINE = {"title": "Camera's", "owner": "beheerder", "reference": "Z-17", "look_again": "2027-02-01"}


@pytest.fixture
def system(app: Flask, shell: Shell) -> CaseSystem:
    return CaseSystem(app, open_token(shell))


@pytest.fixture
def known(app: Flask, shell: Shell) -> str:
    """The id of a dossier that was handed in."""
    return id_of(handed_in(app, shell, HEAVY))


def entries(system: CaseSystem, query: str = "") -> list[dict[str, Any]]:
    found = system.fetch(f"/register{query}").json
    assert found
    return list(found["entries"])


def advise(shell: Shell, id: str, **given: Any) -> None:
    [version, *_] = list_versions(shell.engine, id)
    opinion = Opinion("po", "go_on_with_conditions", "Goed zo.", function="privacy officer", **given)
    give_advice(shell.engine, id, version.id, opinion, signed=signed_by(shell, OFFICER))


def test_the_register_holds_what_was_handed_in_and_lines(system: CaseSystem, shell: Shell, known: str) -> None:
    draft(shell, LIGHT)
    add_lines(shell.engine, [LINE], signed=signed_by(shell, OFFICER))
    dossier, line = entries(system)
    assert (dossier["id"], dossier["state"], dossier["kind"]) == (known, "officer", "dossier")
    assert dossier["href"] == f"/api/v1/dossiers/{known}"
    assert line == {
        "kind": "line", "id": line["id"], **LINE, "number": None, "state": None, "phase": None, "domain": None,
        "outcome": None, "advice": None, "decision": None, "changed_at": line["changed_at"], "href": None,
    }  # fmt: skip


def test_pages_follow_each_other_and_skip_nothing(system: CaseSystem, shell: Shell, known: str) -> None:
    lines = [{**LINE, "title": f"Regel {number}"} for number in range(7)]
    add_lines(shell.engine, lines, signed=signed_by(shell, OFFICER))
    seen, page = [], "/register?limit=3"
    while page:
        found = system.fetch(page)
        assert found.json
        seen += [one["id"] for one in found.json["entries"]]
        page = found.json["next"]
        assert (f'<{page}>; rel="next"' in found.headers.getlist("Link")) == bool(page)
    assert len(seen) == len(set(seen)) == 8
    assert seen == [one["id"] for one in entries(system)]


def test_only_what_changed_since(system: CaseSystem, shell: Shell, known: str) -> None:
    other = id_of(handed_in(system.browser.application, shell, LIGHT))
    last = entries(system)[-1]["changed_at"]
    assert [one["id"] for one in entries(system, f"?changed_since={last}")] == [other]
    advise(shell, known)
    assert [one["id"] for one in entries(system)] == [other, known]
    assert entries(system, "?changed_since=9999-12-31T23:59:59-14:00") == []
    assert len(entries(system, "?changed_since=0001-01-01T00:00:00%2B14:00")) == 2


@pytest.mark.parametrize(
    ("query", "many"),
    [("?state=officer", 1), ("?state=closed", 0), ("?state=line", 1), ("?q=camera", 1), ("?q=%25", 0),
     ("?decision=stop", 0)],
)  # fmt: skip
def test_the_filters_are_those_of_the_page(system: CaseSystem, shell: Shell, known: str, query: str, many: int) -> None:
    add_lines(shell.engine, [LINE], signed=signed_by(shell, OFFICER))
    assert len(entries(system, query)) == many


@pytest.mark.parametrize(
    "query",
    ["?token=x", "?access_token=era_api_x", "?state=new", "?limit=0", "?limit=x", "?changed_since=yesterday", "?q=",
     "?changed_since=2026-02-30T00:00:00Z", "?after=x", "?limit=1&limit=2", "?q=%00", "?decision="],
)  # fmt: skip
def test_a_wrong_parameter_is_named_in_the_language_asked(system: CaseSystem, query: str) -> None:
    told = [system.fetch(f"/register{query}", 400, Accept_Language=language).json for language in ("nl", "en")]
    assert told[0]
    assert told[1]
    [dutch], [english] = told[0]["errors"], told[1]["errors"]
    assert dutch["name"] == english["name"] == query[1:].partition("=")[0]
    assert dutch["says"] != english["says"]


def test_a_dossier_tells_versions_advice_and_decision(system: CaseSystem, shell: Shell, known: str) -> None:
    advise(shell, known, conditions=(Asked("Leg het vast.", "jurist", "2027-01-01"),))
    made = Made("go_on", "college", "2026-11-20", departs=True, reason="Het kan.", reference="B-3")
    decide(shell.engine, known, made, signed=signed_by(shell, OFFICER))
    found = system.fetch(f"/dossiers/{known}").json
    assert found
    assert (found["state"], found["advice"], found["decision"]) == ("running", "go_on_with_conditions", "go_on")
    [version], [advice], [decision] = found["versions"], found["advices"], found["decisions"]
    assert version["ended_as"] == "advised"
    assert advice["version_sha256"] == version["sha256"]
    assert advice["function"] == "privacy officer"
    assert advice["conditions"] == [{"text": "Leg het vast.", "owner": "jurist", "due": "2027-01-01", "done_at": None}]
    assert (decision["decided_by"], decision["departs"]) == ("college", True)


def test_a_version_is_the_very_bytes_with_their_digest(system: CaseSystem, shell: Shell, known: str) -> None:
    kept = find_version(shell.engine, known, 1)
    found = system.fetch(f"/dossiers/{known}/versions/1")
    assert found.data == kept.body
    assert found.headers["ETag"] == f'"{kept.hash}"'
    assert found.headers["Repr-Digest"] == f"sha-256=:{b64encode(sha256(kept.body).digest()).decode()}:"
    head = system.fetch(f"/dossiers/{known}/versions/1", method="HEAD")
    assert (head.data, head.headers["ETag"]) == (b"", found.headers["ETag"])
    same = system.fetch(f"/dossiers/{known}/versions/1", 304, If_None_Match=found.headers["ETag"])
    assert same.data == b""
    system.fetch(f"/dossiers/{known}/versions/1", If_None_Match='"0"')


def test_every_file_of_a_version_is_there(system: CaseSystem, known: str) -> None:
    [version] = (system.fetch(f"/dossiers/{known}").json or {})["versions"]
    files = {one["href"]: system.fetch(one["href"]) for one in version["files"]}
    assert len(files) == 11
    assert [one["media_type"] for one in version["files"]] == [one.mimetype for one in files.values()]
    assert files[f"/api/v1/dossiers/{known}/versions/1/pdf"].data.startswith(b"%PDF")
    assert json.loads(files[f"/api/v1/dossiers/{known}/versions/1/drafts/register/json"].data)


def test_what_a_team_writes_is_never_fetched(
    app: Flask, system: CaseSystem, shell: Shell, client: Client, known: str
) -> None:
    signed = signed_by(shell, TEAM)
    add_action(shell.engine, known, about="", text=f"Plan {CANARY}", owner="", due="", signed=signed)
    before = entries(system)
    advise(shell, known)
    moved = entries(system)
    client.send(client.get(f"/dossiers/{known}/project"), form="project", title=f"Anders {CANARY}")
    client.send(client.get(f"/dossiers/{known}/questions/description"), value=f"Geheim {CANARY}")
    assert entries(system) == moved != before
    [version] = (system.fetch(f"/dossiers/{known}").json or {})["versions"]
    for one in (f"/dossiers/{known}", version["href"], *(file["href"] for file in version["files"])):
        assert CANARY.encode() not in system.fetch(one).data, one


def test_a_version_that_was_taken_back_is_not_there(app: Flask, system: CaseSystem, shell: Shell, known: str) -> None:
    withdraw(shell.engine, known, signed=signed_by(shell, TEAM))
    assert entries(system) == []
    paths = [f"/dossiers/{id}{rest}" for id in (known, GONE, "x") for rest in ("", "/versions/1")]
    gone = {system.fetch(path, 404).data[:90] for path in paths}
    assert len(gone) == 1
    hand_in(Client(app), f"/dossiers/{known}")
    assert [one["number"] for one in (system.fetch(f"/dossiers/{known}").json or {})["versions"]] == [2]
    system.fetch(f"/dossiers/{known}/versions/1", 404)


def test_a_redacted_version_is_new_bytes_and_says_so(app: Flask, system: CaseSystem, shell: Shell) -> None:
    id = id_of(handed_in(app, shell, note=f"Vraag {CANARY} er maar naar."))
    advise(shell, id)
    path = f"/dossiers/{id}/versions/1"
    before, [listed] = system.fetch(path), entries(system)
    old = sha256(before.data).hexdigest()
    cut = Cut(PERSONAL, words=(CANARY,))
    redact_version(shell.engine, id, 1, cut, "Een naam", based_on=old, typed=None, signed=signed_by(shell, OFFICER))
    after = system.fetch(path, If_None_Match=before.headers["ETag"])  # 200: what the system has is no longer there
    new = sha256(after.data).hexdigest()
    assert (after.headers["ETag"], CANARY.encode() in before.data, CANARY.encode() in after.data) == (
        f'"{new}"', True, False,
    )  # fmt: skip
    found = system.fetch(f"/dossiers/{id}").json or {}
    [version], [advice] = found["versions"], found["advices"]
    [redacted] = version["redacted"]
    assert (version["sha256"], redacted["sha256_before"], redacted["sha256_after"]) == (new, old, new)
    assert advice["version_sha256"] == old
    assert entries(system, f"?changed_since={redacted['at']}")[0]["changed_at"] == redacted["at"]
    assert listed["changed_at"] < redacted["at"]
    for one in (f"/dossiers/{id}", *(file["href"] for file in version["files"])):
        assert CANARY.encode() not in system.fetch(one).data, one


def test_a_dossier_that_moved_to_another_edition_keeps_its_versions(
    app: Flask, system: CaseSystem, shell: Shell
) -> None:
    id = id_of(handed_in(app, shell))
    return_version(shell.engine, id, signed=signed_by(shell, OFFICER))
    before = system.fetch(f"/dossiers/{id}/versions/1").data
    with writing(shell.engine) as connection:
        other = save_edition(connection, trees.edition(trees.tree(trees.question("q", kind="long_text"))).body)
    now = find_dossier(shell.engine, id).version
    move_edition(shell.engine, id, based_on=now, edition=other, answers={}, reopened=(), signed=signed_by(shell, TEAM))
    record = system.fetch(f"/dossiers/{id}").json or {}
    assert system.fetch(f"/dossiers/{id}/versions/1").data == before
    assert [file for one in record["versions"] for file in one["files"] if not system.fetch(file["href"]).data] == []


def test_a_destroyed_dossier_is_not_there(system: CaseSystem, shell: Shell, known: str) -> None:
    return_version(shell.engine, known, signed=signed_by(shell, OFFICER))
    move_dossier(shell.engine, known, "close", signed=signed_by(shell, TEAM))
    assert (system.fetch(f"/dossiers/{known}").json or {})["state"] == "closed"
    gather_package(shell.engine, known, signed=signed_by(shell, OFFICER))
    system.fetch(f"/dossiers/{known}/versions/1")  # handed to the archive, and still here
    signed = signed_by(shell, OFFICER)
    forget_dossier(shell.engine, known, actor=OFFICER, at=signed.at, audit_key=signed.audit_key)
    for path in ("", "/versions/1", "/versions/1/pdf", "/versions/1/drafts/register/json"):
        system.fetch(f"/dossiers/{known}{path}", 404)
    assert entries(system) == []


def test_a_token_for_the_register_opens_no_dossier(app: Flask, shell: Shell, known: str) -> None:
    system = CaseSystem(app, open_token(shell, Scope.REGISTER))
    assert [one["href"] for one in entries(system)] == [None]
    told = {json.dumps({**(system.fetch(f"/dossiers/{id}", 404).json or {}), "request_id": ""}) for id in (known, GONE)}
    assert len(told) == 1


def test_no_token_no_answer(app: Flask, shell: Shell, known: str) -> None:
    officer, token = Client(app, person="officer"), open_token(shell)
    assert officer.browser.get("/api/v1/register").status_code == 401  # a session opens nothing here
    system = CaseSystem(app, "")
    assert system.fetch("/register", 401).headers["WWW-Authenticate"].startswith("Bearer")
    longer, shorter = f"Bearer {token}x", f"Bearer {token[:-1]}"
    for wrong in (f"Basic {token}", token, "Bearer", longer, shorter, "Bearer é"):
        system.fetch("/register", 401, Authorization=wrong)
    system.fetch(f"/register?token={token}", 401)
    page = system.browser.get("/nl/desk", headers={"Authorization": f"Bearer {token}"})
    assert page.status_code == 302  # a token opens no page


@pytest.mark.parametrize("days", [0, -1])
def test_a_token_works_until_its_last_day_is_over(app: Flask, shell: Shell, days: int) -> None:
    CaseSystem(app, open_token(shell, days=days)).fetch("/register", 200 if days == 0 else 401)


def test_an_ended_token_works_no_more_and_the_day_of_use_is_kept(app: Flask, shell: Shell) -> None:
    system = CaseSystem(app, open_token(shell))
    system.fetch("/register")
    [token] = list_tokens(shell.engine)
    assert token.used_on == date.today().isoformat()
    end_token(shell.engine, token.id, signed=signed_by(shell, OFFICER))
    system.fetch("/register", 401)


def test_wrong_tokens_are_throttled_and_right_ones_are_not(app: Flask, shell: Shell, system: CaseSystem) -> None:
    guesser = CaseSystem(app, "era_api_" + "x" * 43)
    for _ in range(20):
        guesser.fetch("/register", 401)
    assert int(guesser.fetch("/register", 429).headers["Retry-After"]) > 0
    assert system.fetch("/register").json


def test_what_the_framework_refuses_is_a_problem_too(app: Flask, system: CaseSystem, known: str) -> None:
    for path in (
        "/register/",
        "/nothing",
        "/api",
        "/api/v2/register",
        f"/dossiers/{known}/versions/01",
        f"/dossiers/{known}/versions/0",
    ):
        system.fetch(path, 404)
    for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"):
        assert system.fetch("/register", 405, method=method).headers["Allow"] == "GET, HEAD"
    system.fetch("/register", 406, Accept="text/html")
    system.fetch("/register", Accept="application/*, text/html;q=0.5")
    system.fetch("/register", 400, Host="elsewhere.example")
    system.fetch("/register", 405, method="POST", Content_Length="9000000")
    system.fetch("/register", 400, method="POST", Sec_Fetch_Site="cross-site")


@pytest.mark.parametrize(("error", "status"), [("Unavailable", 503), ("UnknownEdition", 503), ("ValueError", 500)])
def test_what_fails_inside_is_a_problem_without_its_text(
    system: CaseSystem, monkeypatch: pytest.MonkeyPatch, error: str, status: int
) -> None:
    from assistant import errors

    def fail(*_given: Any) -> None:
        raise getattr(errors, error, ValueError)(CANARY)

    monkeypatch.setattr(views, "list_published", fail)
    found = system.fetch("/register", status)
    assert CANARY not in found.text
    if error == "Unavailable":
        assert found.headers["Retry-After"] == "5"


def test_when_all_places_for_pdfs_are_taken_it_is_to_wait(
    system: CaseSystem, known: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from exports import typesetting

    monkeypatch.setattr(typesetting, "WAIT", 0.01)
    for _ in range(typesetting.AT_ONCE):
        typesetting._PLACES.acquire()
    try:
        assert int(system.fetch(f"/dossiers/{known}/versions/1/pdf", 503).headers["Retry-After"]) > 0
    finally:
        typesetting._PLACES.release(typesetting.AT_ONCE)


def test_nothing_of_a_request_is_logged_but_its_route(system: CaseSystem, told: list[str], known: str) -> None:
    system.fetch(f"/register?q={CANARY}")
    system.fetch(f"/dossiers/{known}")
    assert not [line for line in told if system.token in line or known in line]


def test_the_words_are_the_programs_own() -> None:
    assert get_args(answers.StateWord) == tuple(one.value for one in State if one is not State.NEW)
    assert get_args(answers.AdviceWord) == advices.OUTCOMES
    assert get_args(answers.DecisionWord) == tuple(decisions.LEADS_TO)


def test_the_gates_are_those_of_the_operations() -> None:
    asked = {f"api.{one.name}": one.scope or GATES["api.openapi"] for one in operations.OPERATIONS}
    assert asked == {name: gate for name, gate in GATES.items() if name.startswith("api.")}
    assert openapi.BASE.startswith("/api/v")
    assert doors.PREFIX == "era_api_"
