"""Moving a dossier to the present edition: told before, done by one button, and a way on when somebody was faster."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from assistant.access import Relation
from assistant.answers import REWORDED
from assistant.opening import Shell
from assistant.store.audit import verify_all
from assistant.store.database import writing
from assistant.store.dossiers import find_dossier
from assistant.store.editions import save_edition
from assistant.store.members import save_member
from assistant.trees.edition import Edition
from assistant.trees.model import Question, Text

from ..test_moving import mutate
from .checks import words
from .client import Client, Page
from .desk import TEAM, add_person, hand_in, id_of, press, sign_in_as, signed_by
from .work import make_dossier, saved, version

ANSWERS = {
    "phase": "exploration",
    "personal_data": "traceable",
    "purpose": {"value": ["policy", "help"], "motivation": "Wij helpen graag."},
    "former_note": "Wij willen weten wie er stopt met school.",
}
OTHERWISE = Text(nl="Waarvoor doen jullie dit echt?", en="What do you really do this for?")
LANGUAGES = pytest.mark.parametrize("language", ["nl", "en"])


FORMER = "former_note"


def former(edition: Edition) -> Edition:
    """With one more question at the beginning."""
    asked = edition.questions["description"]
    note = asked.model_copy(update={"id": FORMER, "code": "ZZ99", "when": None, "prefill": None})
    tree = edition.trees[0]
    theme = tree.themes[0].model_copy(update={"questions": (*tree.themes[0].questions, note)})
    tree = tree.model_copy(update={"themes": (theme, *tree.themes[1:])})
    kept = {name: getattr(edition, name) for name in Edition.model_fields}
    return Edition(**kept | {"trees": (tree, *edition.trees[1:])})


def changed(edition: Edition) -> Edition:
    """A choice that somebody chose is gone, and its question reads otherwise."""

    def change(question: Question) -> Question:
        if question.id != "purpose":
            return question
        choices = tuple(choice for choice in question.choices if choice.id != "policy")
        return question.model_copy(update={"ask": OTHERWISE, "choices": choices})

    return mutate(edition, change)


@pytest.fixture
def began(shell: Shell) -> Shell:
    """The installation as it was before the upgrade."""
    older = former(shell.edition)
    with writing(shell.engine) as connection:
        save_edition(connection, older.body)
    return replace(shell, edition=older)


@pytest.fixture
def moved_on(shell: Shell) -> Shell:
    """The installation after it: new dossiers ask other questions."""
    newer = changed(shell.edition)
    with writing(shell.engine) as connection:
        save_edition(connection, newer.body)
    return replace(shell, edition=newer)


@pytest.fixture
def behind(app: Flask, began: Shell, moved_on: Shell) -> str:
    """A dossier that began before it."""
    made = make_dossier(began, ANSWERS)
    app.extensions["shell"] = moved_on
    return made


def hash_of(shell: Shell, dossier: str) -> str:
    return find_dossier(shell.engine, id_of(dossier)).edition_hash


def move(client: Client, page: Page, status: int = 302) -> Page:
    return client.send(page, status, form="move")


@LANGUAGES
def test_both_languages(app: Flask, behind: str, language: str) -> None:
    page = Client(app, language).get(f"{behind}/edition")
    assert OTHERWISE[language] in page.text


def test_nothing_is_said_in_the_present_edition(client: Client, empty: str) -> None:
    assert "/edition" not in client.get(empty).text
    page = client.get(f"{empty}/edition")
    assert "nieuwste vragen" in page.text
    assert not [form for form in page.tree.iter("form") if "edition" in str(form.get("action"))]


def test_it_is_told_before_and_nothing_is_changed_by_looking(client: Client, behind: str, moved_on: Shell) -> None:
    before = version(moved_on, behind)
    assert f"/nl{behind}/edition" in [link.get("href") for link in client.get(behind).all("a")]
    page = client.get(f"{behind}/edition")
    told = words(page.tree)
    assert "2 antwoorden passen niet meer" in told
    assert "Wij willen weten wie er stopt met school." in told
    assert "Waarvoor doen jullie dit echt?" in told
    assert version(moved_on, behind) == before


def test_one_button_and_nothing_is_lost(client: Client, behind: str, moved_on: Shell, began: Shell) -> None:
    page = move(client, client.get(f"{behind}/edition"))
    assert page.response.headers["Location"] == f"/nl{behind}/edition"
    assert hash_of(moved_on, behind) == moved_on.edition.hash
    now = saved(moved_on, behind, "purpose")
    assert (now.value, now.motivation, now.confirmed_in) == (["help"], "Wij helpen graag.", REWORDED)
    assert saved(moved_on, behind, FORMER).value == ANSWERS[FORMER]
    history = client.get(f"{behind}/questions/purpose/history")
    other = next(one for one in began.edition.questions["purpose"].choices if one.id == "policy")
    assert other.label["nl"] in history.text
    gone = client.get(f"{behind}/questions/former_note")
    assert "nieuwere uitgave" in gone.text
    assert ANSWERS[FORMER] in client.get(f"{behind}/questions/former_note/history").text
    asked = client.get(f"{behind}/questions/purpose")
    assert "nieuwere uitgave" in asked.text
    assert "/edition" not in client.get(behind).text
    for place in ("", "/check", "/signals", "/preview", "/map", "/trail", "/hand-in", "/actions", "/remarks"):
        client.get(behind + place)
    assert not verify_all(moved_on.engine, moved_on.audit_key).faults


def test_somebody_who_saved_meanwhile_is_shown_first(client: Client, behind: str, moved_on: Shell) -> None:
    page = client.get(f"{behind}/edition")
    client.answer(f"{behind}/questions/personal_data", value="coded")
    again = move(client, page, 409)
    assert "Er is niets overgezet" in again.text
    assert hash_of(moved_on, behind) != moved_on.edition.hash
    move(client, again)
    assert hash_of(moved_on, behind) == moved_on.edition.hash


def test_a_form_that_was_open_conflicts_and_keeps_what_was_typed(client: Client, behind: str) -> None:
    open_form = client.get(f"{behind}/questions/purpose")
    gone_form = client.get(f"{behind}/questions/former_note")
    move(client, client.get(f"{behind}/edition"))
    client.send(open_form, 409, **{"purpose-value": ["help", "research"], "purpose-motivation": "Net getypt."})
    page = client.send(gone_form, 409, **{"former_note-value": "Een hele nieuwe zin."})
    assert "Een hele nieuwe zin." in page.text


def test_back_while_nothing_was_answered(client: Client, behind: str, moved_on: Shell, began: Shell) -> None:
    move(client, client.get(f"{behind}/edition"))
    place = f"{behind}/edition/back"
    press(client, f"{behind}/edition", place, 409, version="1")
    press(client, f"{behind}/edition", place, version=str(version(moved_on, behind)))
    assert hash_of(moved_on, behind) == began.edition.hash
    assert saved(moved_on, behind, "purpose").value == ["policy", "help"]
    move(client, client.get(f"{behind}/edition"))
    client.answer(f"{behind}/questions/purpose", value=["help"])
    page = client.get(f"{behind}/edition")
    assert "niet terug" in page.text
    press(client, f"{behind}/edition", place, 409, version=str(version(moved_on, behind)))


def test_what_is_with_the_officer_is_looked_at_and_not_moved(client: Client, behind: str, moved_on: Shell) -> None:
    shown = client.get(f"{behind}/edition")
    client.send(client.get(f"{behind}/hand-in"), form="hand-in")
    assert "/edition" not in client.get(behind).text
    assert "terugkomt" in client.get(f"{behind}/edition").text
    move(client, shown, 403)
    assert hash_of(moved_on, behind) != moved_on.edition.hash
    press(client, behind, f"{behind}/withdraw")
    move(client, client.get(f"{behind}/edition"))


def test_who_reads_along_sees_it_and_has_no_button(app: Flask, behind: str, moved_on: Shell) -> None:
    other = add_person(moved_on)
    save_member(moved_on.engine, id_of(behind), other, Relation.VIEWER, signed=signed_by(moved_on, TEAM))
    reader = sign_in_as(app, moved_on, other)
    assert "/edition" not in reader.get(behind).text
    page = reader.get(f"{behind}/edition")
    assert "leest mee" in page.text


def test_the_officer_reads_apart_what_the_edition_changed_and_what_the_team(
    app: Flask, client: Client, behind: str, moved_on: Shell
) -> None:
    desk = hand_in(client, behind)
    officer = Client(app, person="officer")
    officer.send(officer.get(f"{desk}/return"), form="return", **{"row0-text": "Kijk nog eens."})
    move(client, client.get(f"{behind}/edition"))
    client.answer(f"{behind}/questions/personal_data", value="coded")
    hand_in(client, behind)
    page = officer.get(desk)
    assert "nieuwere uitgave" in page.text
    team, edition = (words(one) for one in page.all("details") if "Veranderd door" in words(one))
    assert ANSWERS[FORMER] in edition
    assert ANSWERS[FORMER] not in team
    coded = next(one for one in moved_on.edition.questions["personal_data"].options if one.id == "coded")
    assert {"code", "naam"} <= {*coded.label["nl"].split()} & {*team.split()}  # marked word by word
    assert "code" not in edition.split()


def test_next_years_dossier_asks_the_newest_questions_and_a_variant_the_same(
    client: Client, behind: str, moved_on: Shell, began: Shell
) -> None:
    made = {}
    for kind in ("next", "variant"):
        page = client.send(client.get(f"{behind}/variants"), form="copy", kind=kind, title=kind)
        made[kind] = page.response.headers["Location"].removeprefix("/nl")
    assert hash_of(moved_on, made["variant"]) == began.edition.hash
    assert hash_of(moved_on, made["next"]) == moved_on.edition.hash
    carried = saved(moved_on, made["next"], "purpose")
    assert (carried.value, carried.confirmed_in) == (["help"], "carried")
    client.get(made["next"])
    client.get(f"{behind}/variants/{id_of(made['variant'])}")


def test_a_name_in_an_answer_whose_question_is_gone_is_taken_out_too(
    app: Flask, client: Client, behind: str, moved_on: Shell
) -> None:
    move(client, client.get(f"{behind}/edition"))
    desk, officer = hand_in(client, behind, note="Wij vragen het de school."), Client(app, person="officer")
    given = {"words": "school", "reason": "Te herkennen", "clean": "y", "do": "preview"}
    page = officer.send(officer.get(f"{desk}/versions/1/redact"), 200, form="redact", **given)
    officer.send(page, form="redact", do="save")
    answer = find_dossier(moved_on.engine, id_of(behind)).document.answers[FORMER]
    assert answer.value == "Wij willen weten wie er stopt met [weggelaten: persoonsgegevens]."
    assert verify_all(moved_on.engine, moved_on.audit_key).faults == ()


@pytest.mark.parametrize("version", ["9" * 5_000, "-1", "", "1e9", "\u0662", "x"])
def test_no_version_that_somebody_makes_up_is_an_error_of_ours(client: Client, behind: str, version: str) -> None:
    token = client.get(behind).value("csrf_token")[0]
    client.post(f"{behind}/edition/back", {"csrf_token": token, "version": version}, 409)
