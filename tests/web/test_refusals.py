"""What is refused, and how: a form without a token or from elsewhere, a foreign host, too much, another method."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode
from pathlib import Path

import pytest
from flask import Flask, url_for

from assistant.opening import Shell, open_shell
from assistant.settings import Settings
from assistant.web import create_app

from .checks import CANARY
from .client import Client
from .forms import check_kept, each_form
from .work import count_rows, saved

UNKNOWN = "4f6c1f5e-0000-4000-8000-000000000000"


@pytest.mark.parametrize("token", ["missing", "empty", "made up", "of another browser"])
@each_form
def test_a_form_without_a_good_token_is_refused(
    kinds: Shell, anna: Client, bram: Client, unsure: str, path: str, form: str, typed: dict[str, str], token: str
) -> None:
    page, before = anna.get(path.format(unsure)), count_rows(kinds.engine)
    theirs = bram.get("/dossiers/new").value("csrf_token")[0]
    given = {"missing": None, "empty": "", "made up": "IjEyMyI.aaaa.bbbb", "of another browser": theirs}[token]
    refused = anna.send(page, 400, form=form, csrf_token=given, **typed)
    check_kept(refused, typed)
    assert count_rows(kinds.engine) == before
    anna.follow(anna.send(refused, form=form))


def test_every_address_that_takes_a_form_asks_for_a_token(kinds: Shell, anna: Client, unsure: str) -> None:
    """Also those of forms not written yet; what is not there is not there, token or no token."""
    values = {
        "id": unsure.split("/")[-1],
        "question": "words",
        "tree": "kinds",
        "theme": "every_kind",
        "language": "nl",
        "number": "1",
    }
    posts = [rule for rule in anna.app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    assert len(posts) >= 9
    for rule in posts:
        with anna.app.test_request_context():
            path = url_for(rule.endpoint, **{name: values.get(name, UNKNOWN) for name in rule.arguments})
        if rule.endpoint == "demo.enter":  # lets in anyone at this computer as it is
            continue
        anna.post(path, {"title": "x", "do": "save"}, 400)
        gone = path.replace(values["id"], UNKNOWN)
        assert anna.open(gone, "POST", data={"do": "save"}).status == (
            400 if gone == path else anna_sees(rule.endpoint)
        )


def anna_sees(endpoint: str) -> int:
    """Question pages look for their dossier first, to give the text back."""
    return 404 if endpoint in ("questions.question", "themes.theme", "handing_in.page") else 400


@pytest.mark.parametrize("site", ["cross-site", "same-site", "anything"])
@each_form
def test_a_form_from_another_site_is_refused(
    kinds: Shell, anna: Client, unsure: str, path: str, form: str, typed: dict[str, str], site: str
) -> None:
    page, before = anna.get(path.format(unsure)), count_rows(kinds.engine)
    fields = page.fields(form) | {name: [value] for name, value in typed.items()}
    refused = anna.post(page.path, fields, 400, headers={"Sec-Fetch-Site": site})
    assert CANARY not in refused.source
    assert count_rows(kinds.engine) == before


@pytest.mark.parametrize("host", ["evil.nl", "localhost.evil.nl", "127.0.0.1.evil.nl:8000", "a b", "[::1", ""])
def test_a_host_that_is_not_ours(client: Client, host: str) -> None:
    for path in ("/", "/about", "/dossiers/x", "/./nothing", "/./static/app.css"):
        page = client.get(path, 400, headers={"Host": host}, language="nl")
        assert "evil" not in str(page.response.headers) + page.source


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:9"])
def test_a_host_that_is_ours(client: Client, host: str) -> None:
    client.get("/", headers={"Host": host})


def test_a_body_that_is_too_large(kinds: Shell, anna: Client, unsure: str) -> None:
    page = anna.get(f"{unsure}/questions/story")
    refused = anna.send(page, 413, **{"story-value": CANARY + "x" * 2_000_000})
    assert CANARY not in refused.source
    assert saved(kinds, unsure, "story").is_missing


def test_a_method_that_is_not_there(client: Client, example: str) -> None:
    for path, method in ((example, "POST"), ("/scan/forget", "GET"), (f"{example}/project", "DELETE")):
        page = client.get(path, 405, method=method)
        assert "OPTIONS" in page.response.headers["Allow"]


PROBLEMS = [("/nothing", "GET", 404), ("/dossiers/new", "POST", 400), ("/scan", "PUT", 405)]


@pytest.mark.parametrize(("path", "method", "status"), PROBLEMS)
def test_a_script_gets_a_problem_with_its_number(client: Client, path: str, method: str, status: int) -> None:
    page = client.get(path, status, method=method, headers={"Accept": "application/json"})
    assert page.response.content_type == "application/problem+json"
    problem = json.loads(page.source)
    assert problem.keys() == {"type", "title", "status", "request_id"}
    assert problem["status"] == status
    assert re.fullmatch("[0-9a-f]{16}", problem["request_id"])


def test_over_https_the_cookie_and_the_connection_are_bound_to_it(tmp_path: Path) -> None:
    address = "https://toets.example.nl"
    shell = open_shell(Settings(data_dir=tmp_path, base_url=address, trusted_hosts=("toets.example.nl",)))
    browser = create_app(shell).test_client()
    response = browser.get("/nl/scan/questions/phase", base_url=address)
    [cookie] = response.headers.getlist("Set-Cookie")
    assert re.fullmatch(r"__Host-session=[^;]+; Secure; HttpOnly; Path=/; SameSite=Lax", cookie)
    assert response.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    [token] = re.findall(r'name="csrf_token" value="([^"]+)"', response.get_data(as_text=True))
    form = {"phase-value": "idea", "csrf_token": token, "do": "save"}
    for referrer, status in ((None, 400), ("https://evil.nl/", 400), (f"{address}/nl/scan/questions/phase", 302)):
        headers = {"Referer": referrer} if referrer else {}
        answer = browser.post("/nl/scan/questions/phase", data=form, base_url=address, headers=headers)
        assert answer.status_code == status
    shell.engine.dispose()


def test_cookie_and_form_tokens_are_signed_with_sha_256(app: Flask) -> None:
    browser = app.test_client()
    page = browser.get("/nl/sign-in").get_data(as_text=True)
    [token] = re.findall(r'name="csrf_token" value="([^"]+)"', page)[:1]
    cookie = browser.get_cookie("session")
    assert cookie
    for signed in (token, cookie.value):
        assert len(urlsafe_b64decode(signed.rpartition(".")[2] + "==")) == 32  # of SHA-1 it would be 20
