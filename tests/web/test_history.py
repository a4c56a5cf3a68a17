"""Who changed an answer, and when: for everyone in the dossier, as text."""

from __future__ import annotations

import pytest
from flask import Flask

from assistant.demo import PEOPLE
from assistant.opening import Shell

from .client import Client, Page
from .work import saved

HOSTILE = "<b>Korter</b> {{ 7 * 7 }} &"
FIRST = "Wij willen weten wie er stopt met school."
TEAM, OTHER = PEOPLE["team"], PEOPLE["facilitator"]


def lines(page: Page) -> list[str]:
    return [" ".join("".join(line.itertext()).split()) for line in page.all("ol", kind="lines")[0].findall("li")]


@pytest.mark.parametrize(("language", "now"), [("nl", "nu"), ("en", "now")])
def test_each_answer_with_who_gave_it_the_last_one_first(app: Flask, half: str, language: str, now: str) -> None:
    client = Client(app, language)
    client.send(client.get(f"{half}/people"), form="ask-in", email=OTHER.email, relation="editor")
    colleague = Client(app, language, "facilitator")
    colleague.answer(f"{half}/questions/description", value=HOSTILE, motivation="Want te lang.")
    read = lines(client.get(f"{half}/questions/description/history"))
    assert len(read) == 2
    assert all(part in read[0] for part in (HOSTILE, "Want te lang.", OTHER.name, f"· {now}"))
    assert all(part in read[1] for part in (FIRST, TEAM.name))
    assert now not in read[1].split("·")[-1].split()


def test_not_knowing_and_not_applicable_are_answers_too(client: Client, half: str) -> None:
    path = f"{half}/questions/description"
    client.answer(path, do="unsure:description", value=None)
    client.answer(path, do="not_applicable:description", not_applicable="Dat is er niet.")
    read = lines(client.get(f"{path}/history"))
    assert len(read) == 3
    assert "Dat is er niet." in read[0]


def test_another_view_is_no_line(client: Client, half: str) -> None:
    path = f"{half}/questions/description"
    client.send(client.get(f"{path}/views"), form="add-view", view="Daar denk ik anders over.")
    page = client.get(f"{path}/history")
    assert len(lines(page)) == 1
    assert "anders over" not in page.text


def test_before_anyone_answered(client: Client, shell: Shell, half: str) -> None:
    unanswered = next(id for id in shell.edition.questions if saved(shell, half, id).is_missing)
    page = client.get(f"{half}/questions/{unanswered}/history")
    assert not page.all("ol", kind="lines")
    assert shell.edition.questions[unanswered].ask["nl"] in page.text


def test_of_a_question_that_is_not_there(client: Client, half: str) -> None:
    client.get(f"{half}/questions/nothing/history", 404)
