"""Remarks on screen: at an answer, in a list, asked of the officer; and who said what before."""

from __future__ import annotations

import pytest
from flask import Flask
from lxml.html import HtmlElement

from assistant.demo import PEOPLE
from assistant.opening import Shell
from assistant.store.remarks import list_remarks

from .client import Client, Page

HOSTILE = "<script>alert(1)</script> {{ 7 * 7 }} & meer"
OWN = PEOPLE["team"].function


def at(address: str) -> str:
    return f"{address}/questions/description/remarks"


def add(client: Client, address: str, text: str = HOSTILE, **other: str) -> Page:
    client.send(client.get(at(address)), form="remark", text=text, **other)
    return client.get(at(address))


def of_remark(page: Page) -> HtmlElement:
    [form] = [form for form in page.all("form") if "/remarks/" in form.get("action", "") and not form.get("id")]
    return form


def press(client: Client, page: Page, do: str, status: int = 302, **typed: str) -> Page:
    form = of_remark(page)
    fields = {one.get("name"): one.get("value", "") for one in form.iter("input")}
    return client.post(form.get("action"), {**fields, "do": do, **typed}, status)


def remarks_of(shell: Shell, address: str) -> list[tuple[str, bool, bool]]:
    found = list_remarks(shell.engine, address.rsplit("/", 1)[-1])
    return [(one.text, one.shared, one.is_open) for one in found]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_remark_is_text_at_its_answer_and_in_the_list(app: Flask, shell: Shell, half: str, language: str) -> None:
    client = Client(app, language)
    page = add(client, half)
    assert HOSTILE in page.text
    assert HOSTILE in client.get(f"{half}/remarks").text
    assert remarks_of(shell, half) == [(HOSTILE, False, True)]


def test_without_words_there_is_none_and_nothing_typed_is_lost(client: Client, shell: Shell, half: str) -> None:
    page = client.send(client.get(at(half)), 422, form="remark", text=" ", assigned="Jurist")
    assert list(page.errors) == ["text"]
    assert page.value("assigned")[-1] == "Jurist"
    assert remarks_of(shell, half) == []


def test_settled_it_leaves_the_list_and_opened_it_comes_back(client: Client, shell: Shell, half: str) -> None:
    press(client, add(client, half, shared="y"), "settle")
    assert remarks_of(shell, half) == [(HOSTILE, True, False)]
    assert HOSTILE not in client.get(f"{half}/remarks").text
    assert HOSTILE in client.get(f"{half}/remarks?show=all").text
    press(client, client.get(at(half)), "reopen")
    assert HOSTILE in client.get(f"{half}/remarks").text


def test_a_reply_stands_under_it(client: Client, half: str) -> None:
    page = add(client, half)
    refused = press(client, page, "reply", 422, text=" ")
    assert [target.split("-")[0] for target in refused.errors] == ["reply"]
    assert refused.value("text") == ["", ""]
    press(client, page, "reply", text="Ja, dat klopt.")
    assert client.get(at(half)).texts("blockquote")[0].endswith("Ja, dat klopt.")


def test_who_comes_second_is_told(client: Client, half: str) -> None:
    page = add(client, half)
    press(client, page, "assign", assigned="Jurist")
    press(client, page, "settle", 409)


def test_what_is_assigned_to_my_function_waits_for_me(app: Flask, client: Client, half: str) -> None:
    press(client, add(client, half), "assign", assigned=OWN.upper())
    assert HOSTILE in client.get("/my-work").text
    assert HOSTILE not in Client(app, person="facilitator").get("/my-work").text
    press(client, client.get(at(half)), "settle")
    assert HOSTILE not in client.get("/my-work").text


def test_the_officer_is_asked_one_thing_and_answers_at_the_answer(app: Flask, client: Client, half: str) -> None:
    path, officer = f"{half}/questions/description/ask-officer", Client(app, person="officer")
    client.send(client.get(path), form="ask", text="Is dit genoeg?")
    officer.get(half, 404)
    assert "Is dit genoeg?" in client.get(at(half)).text


def test_who_gave_which_answer_when(client: Client, half: str) -> None:
    path = f"{half}/questions/description"
    client.answer(path, value=HOSTILE)
    client.answer(path, value="Korter.")
    page = client.get(f"{path}/history")
    lines = page.all("ol", kind="lines")[0].findall("li")
    read = [" ".join("".join(line.itertext()).split()) for line in lines]
    said = ["Korter.", HOSTILE, "Wij willen weten wie er stopt met school."]
    assert [text in line and PEOPLE["team"].name in line for text, line in zip(said, read, strict=True)] == [True] * 3


def test_a_reply_typed_beside_another_button_is_no_less_said(client: Client, shell: Shell, half: str) -> None:
    press(client, add(client, half), "settle", text="Dat is geregeld.")
    assert client.get(at(half)).texts("blockquote")[0].endswith("Dat is geregeld.")
    assert [is_open for text, _, is_open in remarks_of(shell, half) if text == HOSTILE] == [False]


def test_who_assigns_second_sees_both(client: Client, half: str) -> None:
    page = add(client, half)
    press(client, page, "assign", assigned="Jurist")
    refused = press(client, page, "assign", 409, assigned="Inkoper")
    assert "Jurist" in refused.text
    assert of_remark(refused).xpath(".//input[@name='assigned']/@value") == ["Inkoper"]
    press(client, refused, "assign", assigned="Inkoper")
    assert "Inkoper" in client.get(at(half)).text
