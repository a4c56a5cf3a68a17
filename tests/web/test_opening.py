"""A dossier opens on one page: what was handed in, what changed since an officer looked, and nothing of a draft."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from lxml.html import HtmlElement

from assistant.access import Relation
from assistant.opening import Shell
from assistant.store.members import save_member
from assistant.store.remarks import EARLY, add_remark, list_early, list_remarks
from assistant.store.reviews import list_stances
from assistant.store.versions import find_version

from .checks import CANARY, words
from .client import Client
from .desk import (
    HEAVY,
    LIGHT,
    OFFICER,
    TEAM,
    add_person,
    draft,
    frozen,
    hand_in,
    handed_in,
    id_of,
    press,
    sign_in_as,
    signed_by,
)

PAGES = ("", "/whole", "/return", "/advise", "/colleagues", "/light")


@pytest.fixture
def officer(app: Flask) -> Client:
    return Client(app, person="officer")


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", [HEAVY, LIGHT])
def test_every_page(app: Flask, shell: Shell, name: str, language: str) -> None:
    address, officer = handed_in(app, shell, name), Client(app, language, "officer")
    for path in ("/desk", "/desk/conditions", "/desk/phrases", "/desk/standing", *(address + part for part in PAGES)):
        officer.get(path)


def test_it_says_what_counts_for_an_officer(app: Flask, shell: Shell, officer: Client) -> None:
    address = handed_in(app, shell, HEAVY, note="Let vooral op de jongste groep.", decider="wethouder")
    page, made = officer.get(address), find_version(shell.engine, id_of(address))
    assert "Let vooral op de jongste groep." in page.text
    assert "wethouder" in page.text
    assert made.hash in page.texts("code")
    dossier = frozen(shell, address)
    assert page.h1 == dossier.project.title
    expected = [dossier.signal(id).says for id in dossier.matters_most]
    expected += [point.ask for point in dossier.open_points] + [view.view for view in dossier.other_views]
    expected += [one.reason for one in dossier.set_aside] + [dossier.signal(id).says for id in dossier.strengths]
    assert not [text for text in expected if " ".join(text.split()) not in page.text]


def test_a_draft_is_closed_and_what_is_typed_after_handing_in_too(app: Flask, shell: Shell, officer: Client) -> None:
    dossier, team = draft(shell), Client(app)
    for part in PAGES:
        officer.get(f"/desk{dossier}{part}", 404)
    address = hand_in(team, dossier)
    officer.send(officer.get(f"{address}/return"), form="return", **{"row0-text": "Wie ziet dit?"})
    team.answer(f"{dossier}/questions/description", value=f"{CANARY} Wij werken eraan.")
    assert CANARY not in officer.get(address).source
    assert CANARY not in officer.get(f"{address}/whole").source
    hand_in(team, dossier)
    assert CANARY in officer.get(address).source


def test_what_changed_comes_before_what_did_not(app: Flask, shell: Shell, officer: Client) -> None:
    dossier, team = draft(shell, HEAVY), Client(app)
    address = hand_in(team, dossier)
    assert not officer.get(address).all("h2", id="changed")
    officer.send(officer.get(f"{address}/return"), form="return", **{"row0-text": "Wie ziet dit?"})
    team.answer(f"{dossier}/questions/description", value="Wij kijken alleen naar totalen.")
    hand_in(team, dossier)
    head = officer.get(address).tree.find(".//main//h2")
    assert head.get("id") == "changed"
    shown = " ".join(words(element) for element in until_next_heading(head) if element.tag != "details")
    asks = {one.question: one.ask for theme in frozen(shell, address).themes for one in theme.answers}
    assert "totalen." in shown
    assert {id for id, ask in asks.items() if ask in shown} == {"description"}


def until_next_heading(head: HtmlElement) -> Iterator[HtmlElement]:
    for element in head.itersiblings():
        if element.tag == "h2":
            return
        yield element


def test_taking_it_shows_in_the_queue(app: Flask, shell: Shell, officer: Client) -> None:
    address = handed_in(app, shell)
    press(officer, address, f"{address}/take")
    assert "Joost van Dijk" in officer.get("/desk").text


def test_agreeing_with_all_at_once_takes_no_reason(app: Flask, shell: Shell, officer: Client) -> None:
    address = handed_in(app, shell, HEAVY)
    version = find_version(shell.engine, id_of(address))
    raised = [one for one in frozen(shell, address).signals if not one.superseded_by and one.level != "strength"]
    press(officer, address, f"{address}/judge")
    said = list_stances(shell.engine, version.id)
    assert {one.signal for one in said} == {one.id for one in raised}
    assert {(one.kind, one.reason, one.person) for one in said} == {("agree", "", OFFICER)}
    assert not officer.get(address).tree.xpath("//form[contains(@action, '/judge')]")


def test_an_early_question_opens_one_answer(app: Flask, shell: Shell, officer: Client) -> None:
    dossier, team = draft(shell, HEAVY), Client(app)
    team.answer(f"{dossier}/questions/benefit", value=f"{CANARY} Dit blijft van ons.")
    add_remark(shell.engine, id_of(dossier), "description", "Mag dit zo?", kind=EARLY, signed=signed_by(shell, TEAM))
    [asked] = list_early(shell.engine)
    page = officer.get("/desk")
    [link] = [one.get("href") for one in page.all("a") if "/desk/early/" in one.get("href", "")]
    assert shell.edition.questions["description"].ask["nl"] in page.text
    one = officer.get(link)
    assert "Mag dit zo?" in one.text
    assert CANARY not in one.source + page.source
    officer.send(one, 422, form="reply", text=" ")
    officer.send(one, form="reply", text="Ja, als het bij totalen blijft.")
    assert not list_early(shell.engine)
    reply = list_remarks(shell.engine, id_of(dossier), shared_only=True)[-1]
    assert (reply.answers, reply.text, reply.made_by) == (asked.id, "Ja, als het bij totalen blijft.", OFFICER)


def test_a_colleague_sees_one_theme_and_advises_on_it(app: Flask, shell: Shell, officer: Client) -> None:
    address, ciso = handed_in(app, shell, HEAVY), add_person(shell)
    theme, other = frozen(shell, address).themes[-2:]
    form = officer.get(f"{address}/colleagues")
    officer.send(form, 422, form="ask")
    officer.send(form, form="ask", person=ciso, theme=f"{theme.tree}/{theme.theme}")
    nora = sign_in_as(app, shell, ciso)
    page = nora.follow(nora.get(address, 302))
    assert page.h1 == theme.title
    assert not [answer.ask for answer in other.answers if answer.ask in page.text]
    for closed in ("/whole", "/return", "/advise"):
        nora.get(address + closed, 403)
    nora.send(page, 422, form="part", outcome="go_on")
    nora.send(page, form="part", outcome="go_on", motivation="De toegang is op orde.")
    assert "De toegang is op orde." in officer.get(address).text
    assert "De toegang is op orde." in nora.get(f"{address}/theme").text


def test_someone_of_the_team_is_no_officer(app: Flask, shell: Shell) -> None:
    address, team = handed_in(app, shell), Client(app)
    for part in PAGES:
        team.get(address + part, 403)
    for path in ("/desk", "/desk/phrases", "/desk/standing", "/desk/conditions"):
        team.get(path, 404)


def test_an_officer_who_owns_it_may_look_and_no_more(app: Flask, shell: Shell, officer: Client) -> None:
    address = handed_in(app, shell)
    save_member(shell.engine, id_of(address), OFFICER, Relation.OWNER, signed=signed_by(shell, TEAM))
    page = officer.get(address)
    assert not page.tree.xpath("//main//form")
    officer.get(f"{address}/whole")
    for part in ("/return", "/advise", "/light"):
        officer.get(address + part, 403)
