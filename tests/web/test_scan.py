"""The quick scan: nothing of it is written anywhere but in the browser, until somebody keeps it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import Engine

from assistant.opening import Shell
from assistant.store.dossiers import find_dossier
from assistant.trees.model import Kind, Question

from .checks import CANARY
from .client import Client, Page
from .work import count_rows

BROWSER_TAKES = 4_096  # bytes of a cookie with its name and attributes
ABOUT_PERSONS = {"personal_data": "traceable", "outcome_about": "person", "analysis_level": "predict"}


def walk_through(client: Client, said: Callable[[Question], dict[str, Any]], shell: Shell) -> Page:
    """From the front page to the result, a button at a time."""
    page = client.follow(client.get(client.get("/scan").all("a", kind="button")[0].get("href")))
    for _ in range(20):
        if not page.all("form", id="answer"):
            break
        question = shell.edition.questions[page.path.rsplit("/", 1)[-1]]
        page = client.follow(client.send(page, **{f"{question.id}-value": said(question)}))
    return page


def heaviest(question: Question) -> Any:
    ids = [choice.id for choice in question.options if not choice.exclusive]
    return ids if question.kind is Kind.CHOICES else ABOUT_PERSONS.get(question.id, ids[-1])


def lightest(question: Question) -> Any:
    first = question.options[0].id
    return [first] if question.kind is Kind.CHOICES else first


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_scan_writes_nothing_and_ends_with_a_route(app: Flask, shell: Shell, language: str) -> None:
    client, before = Client(app, language), count_rows(shell.engine)
    page = walk_through(client, heaviest, shell)
    assert page.path == f"/{language}/scan/result"
    assert page.texts("p", kind="outcome")
    outcomes = [outcome.says[language] for tree in shell.edition.trees for outcome in tree.outcomes]
    assert page.texts("p", kind="outcome")[0] in outcomes
    assert len(page.all("h2")) >= 3
    for format in ("html", "markdown", "json"):
        assert client.get(f"/scan/download/{format}").response.data
    assert count_rows(shell.engine) == before


def test_everything_ticked_fits_in_the_cookie(client: Client, shell: Shell) -> None:
    walk_through(client, heaviest, shell)
    for question in ("purpose", "data_origin", "parties"):
        client.answer(f"/scan/questions/{question}", do=f"unsure:{question}")
    [cookie] = client.browser._cookies.values()
    assert len(cookie._to_request_header()) < BROWSER_TAKES - 200


def test_a_light_project_hears_so(client: Client, shell: Shell) -> None:
    page = walk_through(client, lightest, shell)
    assert [o.says["nl"] for o in shell.edition.trees[0].outcomes if o.id == "no_review"] == page.texts(
        "p", kind="outcome"
    )


@pytest.mark.parametrize("language", ["nl", "en"])
def test_kept_it_is_a_dossier_and_no_scan_any_more(app: Flask, shell: Shell, language: str) -> None:
    client = Client(app, language)
    page = walk_through(client, heaviest, shell)
    refused = client.send(page, 422, form="keep", title=" ")
    assert list(refused.errors) == ["title"]
    kept = client.follow(client.send(refused, form="keep", title="Schoolverlaters", organisation="Oeverland"))
    assert kept.h1 == "Schoolverlaters"
    dossier = find_dossier(shell.engine, kept.path.rsplit("/", 1)[-1])
    assert dossier.language == language
    assert dossier.document.answers["personal_data"].value == "traceable"
    client.get("/scan/result", 302)


def test_another_language_at_the_end_keeps_the_title_and_makes_no_dossier(client: Client, shell: Shell) -> None:
    page, before = walk_through(client, heaviest, shell), count_rows(shell.engine)
    [button] = page.all("button", lang="en")
    fields = page.fields("keep") | {"title": ["Half"], "do": [button.get("value")]}
    english = client.post(button.get("formaction"), fields, 200)
    assert english.tree.get("lang") == "en"
    assert english.value("title") == ["Half"]
    assert count_rows(shell.engine) == before


def test_thrown_away_it_is_gone(client: Client, shell: Shell) -> None:
    page = walk_through(client, heaviest, shell)
    [form] = [form for form in page.tree.iter("form") if "forget" in (form.get("action") or "")]
    token = form.xpath(".//input[@name='csrf_token']")[0].get("value")
    client.post(form.get("action"), {"csrf_token": token})
    assert client.get("/scan/questions/purpose").value("purpose-value") == []
    client.get("/scan/result", 302)


def test_another_browser_sees_nothing_of_it(app: Flask, client: Client, shell: Shell) -> None:
    client.answer("/scan/questions/personal_data", value="traceable")
    assert Client(app).get("/scan/questions/personal_data").value("personal_data-value") == []


def test_not_knowing_is_an_answer_in_the_scan(client: Client, shell: Shell) -> None:
    for question in ("phase", "personal_data"):
        client.answer(f"/scan/questions/{question}", do=f"unsure:{question}")
    page = client.get("/scan/result")
    assert shell.edition.questions["personal_data"].ask["nl"] in page.text


@pytest.mark.parametrize("question", ["description", "no_such", "sources"])
def test_only_questions_of_the_scan(client: Client, question: str) -> None:
    client.get(f"/scan/questions/{question}", 404)


def test_what_does_not_fit_in_the_cookie_is_refused_with_the_text_kept(kinds: Shell, anna: Client) -> None:
    """A browser drops a cookie that is too large without a word."""
    anna.answer("/scan/questions/people", value="yes")
    text = CANARY + "".join(chr(0x4E00 + n * 37 % 20_000) for n in range(4_000))
    page = anna.answer("/scan/questions/words", 503, value=text)
    assert page.value("words-value") == [text]
    assert anna.get("/scan/questions/people").value("people-value") == ["yes"]
    assert anna.get("/scan/questions/words").value("words-value") == [""]
    anna.answer("/scan/questions/words", value="kort")


def cookies(app: Flask) -> Iterator[str]:
    yield "rommel"
    yield "e30.e30.e30"
    yield "." * 3_000
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer is not None
    good = signer.dumps({"scan": {"personal_data": "traceable"}})
    yield str(good)[:-3] + "abc"
    yield str(good)[:-3]
    for scan in (
        {"personal_data": "no_such_choice", "purpose": ["help", "gone"], "no_such_question": "x"},
        {"personal_data": ["none"], "purpose": "help", "sensitive_data": {"value": ["none"], "unsure": True}},
        {"personal_data": None, "purpose": [], "phase": 3, "consequence": {"odd": 1}},
        {"phase": "stopped", "outcome_about": "person", "software": {"unsure": "yes"}},
    ):
        yield str(signer.dumps({"scan": scan}))
    yield str(signer.dumps({"news": {"work": "scan", "question": "gone", "raised": ["gone"], "came": ["gone"]}}))


@pytest.mark.parametrize("which", range(10))
def test_a_cookie_that_is_broken_or_of_another_edition(app: Flask, engine: Engine, which: int) -> None:
    """It starts anew, or goes on with what still fits."""
    client = Client(app)
    client.browser.set_cookie("session", list(cookies(app))[which])
    for path in ("/", "/scan", "/scan/questions/phase", "/scan/questions/personal_data"):
        client.get(path)
    client.follow(client.open("/scan/result"))
    client.get("/scan/download/json")
    client.answer("/scan/questions/personal_data", value="none")
    client.sign_in("team")
    page = client.get("/scan/result")
    assert client.follow(client.send(page, form="keep", title="Toch bewaard")).h1 == "Toch bewaard"
