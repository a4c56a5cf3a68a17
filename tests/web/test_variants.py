"""Variants on screen: what would lift a signal, trying it, side by side, choosing, and next year's dossier."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask

from assistant.access import Relation
from assistant.demo import PEOPLE
from assistant.opening import Shell
from assistant.store.audit import verify_all
from assistant.store.dossiers import find_dossier
from assistant.store.members import list_members, save_member
from assistant.store.variants import NEXT, VARIANT, copy_dossier

from .checks import CANARY, words
from .client import Client, Page
from .desk import HEAVY, TEAM, add_person, draft, hand_in, id_of, sign_in_as, signed_by
from .work import TITLE, count_rows, make_dossier, saved, version

LANGUAGES = pytest.mark.parametrize("language", ["nl", "en"])


@pytest.fixture
def heavy(shell: Shell) -> str:
    return draft(shell, HEAVY)


def make(client: Client, dossier: str, **typed: Any) -> str:
    """Make a copy by the form; its address."""
    page = client.send(client.get(f"{dossier}/variants"), form="copy", **typed)
    return page.response.headers["Location"].removeprefix(f"/{client.language}")


def possibilities(page: Page) -> list[dict[str, Any]]:
    return [json.loads(key) for key in page.value("lift")]


def attempt(client: Client, page: Page, key: str, status: int = 302) -> Page:
    """Press "try this" at a possibility."""
    token = page.value("csrf_token")[0]
    return client.post(page.path, {"csrf_token": token, "do": "save", "lift": key}, status)


def columns(page: Page) -> list[str]:
    return [words(card) for card in page.all("section", kind="card")]


def choose(client: Client, page: Page, dossier: str, status: int = 302) -> Page:
    token = page.value("csrf_token")[0]
    return client.post(f"{dossier}/variants/choose", {"csrf_token": token, "reason": "Daarom.", "rev": "0"}, status)


def choices_on(page: Page) -> list[str]:
    """Which dossiers lead to the page to go on with them."""
    addresses = [str(link.get("href")) for link in page.tree.iter("a")]
    return [one[3:].removesuffix("/variants/choose") for one in addresses if one.endswith("/choose")]


@LANGUAGES
def test_every_page_in_both_languages(app: Flask, heavy: str, language: str) -> None:
    client = Client(app, language)
    made = make(client, heavy, title="Lichter")
    for page in ("/variants", f"/variants/{id_of(made)}", "/signals/proxy_trait/lighter"):
        assert client.get(heavy + page).h1


def test_the_list_and_each_signal_lead_there(client: Client, heavy: str) -> None:
    links = [link.get("href") for page in (heavy, f"{heavy}/signals") for link in client.get(page).all("a")]
    assert f"/nl{heavy}/variants" in links
    assert f"/nl{heavy}/signals/proxy_trait/lighter" in links
    assert f"/nl{heavy}/signals/doing_less/lighter" not in links  # a strength


def test_what_would_lift_a_signal_is_tried_as_a_variant(shell: Shell, client: Client, heavy: str) -> None:
    page = client.get(f"{heavy}/signals/people_not_informed/lighter")
    keys = page.value("lift")
    assert len(keys) == 5
    [changed] = possibilities(page)[0]
    before = saved(shell, heavy, changed)
    shown = client.follow(attempt(client, page, keys[0]))
    made = f"/dossiers/{id_of(shown.path)}"
    assert saved(shell, made, changed).value == json.loads(keys[0])[changed]
    assert saved(shell, heavy, changed) == before
    says = shell.edition.signals["people_not_informed"].says["nl"]
    first, second = columns(shown)
    assert (says in first, says in second) == (True, False)
    assert shell.edition.questions[changed].ask["nl"] in shown.text
    assert says not in client.get(f"{made}/signals").text


def test_it_says_that_it_is_no_advice_and_what_comes_and_goes(app: Flask, heavy: str, shell: Shell) -> None:
    page = Client(app, "en").get(f"{heavy}/signals/cohort_predicted/lighter")
    assert "possibilities, not advice" in page.text
    assert shell.edition.signals["dropout_special_data"].says["en"] in page.text
    assert page.texts("dd")[0].startswith("now: ")


@pytest.mark.parametrize("signal", ["nothing_of_the_kind", "doing_less", "%00"])
def test_only_what_is_raised_and_weighs_can_be_lifted(client: Client, heavy: str, signal: str) -> None:
    client.get(f"{heavy}/signals/{signal}/lighter", 404)


@pytest.mark.parametrize("key", ["", "{}", '{"informing": ["nobody"]}', CANARY, "[" * 5_000])
def test_only_what_was_found_is_tried(app: Flask, shell: Shell, heavy: str, key: str) -> None:
    client = Client(app, "en")
    page, before = client.get(f"{heavy}/signals/people_not_informed/lighter"), count_rows(shell.engine)
    again = attempt(client, page, key, 409)
    assert "No copy was made" in again.text
    assert possibilities(again) == possibilities(page)
    assert count_rows(shell.engine) == before


def test_a_variant_begins_with_the_same_answers_and_its_maker_alone(shell: Shell, client: Client, heavy: str) -> None:
    client.send(client.get(f"{heavy}/questions/informing/views"), form="add-view", view=f"{CANARY} Dat kan anders.")
    made = make(client, heavy, title=f"{CANARY} Lichter")
    old, new = (find_dossier(shell.engine, id_of(one)).document for one in (heavy, made))
    assert {id: one.value for id, one in new.answers.items()} == {id: one.value for id, one in old.answers.items()}
    assert not any(one.other_views for one in new.answers.values())
    assert [one.person for one in list_members(shell.engine, id_of(made))] == [TEAM]
    page = client.get(f"{heavy}/variants/{id_of(made)}")
    assert page.all("del") == page.all("ins") == []
    assert "Dat kan anders." not in client.get(f"{made}/check").text


def test_two_columns_tell_what_only_one_raises_and_asks(shell: Shell, client: Client, heavy: str) -> None:
    made = make(client, heavy, title="Niet over personen")
    client.answer(f"{made}/questions/ai_about_persons", value="no")
    page = client.get(f"{heavy}/variants/{id_of(made)}")
    first, second = columns(page)
    gone = shell.edition.signals["ai_since_unknown"].says["nl"]
    assert (gone in first, gone in second) == (True, False)
    asked = shell.edition.questions["ai_since"].ask["nl"]
    assert (asked in first, asked in second) == (True, False)
    mirrored = client.get(f"{made}/variants/{id_of(heavy)}")
    assert (gone in columns(mirrored)[0], gone in columns(mirrored)[1]) == (False, True)
    assert [words(one).endswith("Nee") for one in page.all("ins")] == [True]
    assert [words(one).endswith("Ja") for one in page.all("del")] == [True]


@pytest.mark.parametrize(
    "typed", [{"title": ""}, {"kind": None, "title": TITLE}, {"kind": "first"}, {"title": "x" * 201}]
)
def test_a_form_that_is_not_right_comes_back_and_nothing_is_made(
    shell: Shell, client: Client, heavy: str, typed: dict[str, Any]
) -> None:
    before = count_rows(shell.engine)
    page = client.send(client.get(f"{heavy}/variants"), 422, form="copy", **typed)
    assert len(page.errors) == 1
    assert count_rows(shell.engine) == before


def test_the_other_language_keeps_what_was_typed(app: Flask, shell: Shell, heavy: str) -> None:
    client = Client(app)
    page, before = client.get(f"{heavy}/variants"), version(shell, heavy)
    fields = page.fields("copy") | {"title": "Half getypt", "do": "show"}
    other = client.post(f"/en{heavy}/variants", fields, 200)
    assert (other.value("title"), version(shell, heavy)) == (["Half getypt"], before)


def test_the_one_that_is_chosen_goes_on(app: Flask, shell: Shell, heavy: str) -> None:
    client = Client(app, "en")
    one, other = make(client, heavy, title="Een"), make(client, heavy, title="Twee")
    page = client.get(f"{heavy}/variants/{id_of(one)}")
    assert choices_on(page) == [heavy, one]
    assert choices_on(client.get(f"{one}/variants")) == [heavy, one, other]
    page = client.follow(choose(client, page, one))
    assert page.path == f"/en{one}/variants"
    assert (page.text.count("chosen to go on with"), page.text.count("weighed as an alternative")) == (1, 1)
    states = {id: client.get(id).text for id in (heavy, one, other)}
    assert ["Closed." in states[id] for id in (heavy, one, other)] == [True, False, True]
    client.get(f"{other}/check")  # nothing is thrown away
    assert choices_on(page) == []
    assert verify_all(shell.engine, shell.audit_key).faults == ()


def test_a_dossier_with_the_officer_is_not_closed_by_choosing(shell: Shell, client: Client, heavy: str) -> None:
    made = make(client, heavy, title="Lichter")
    hand_in(client, heavy)
    page = client.get(f"{made}/variants")
    assert choices_on(page) == []
    choose(client, page, made, 403)
    assert [choices_on(client.get(f"{one}/variants")) for one in (made, heavy)] == [[], []]


def test_who_may_not_read_the_other_is_told_that_it_is_not_there(app: Flask, shell: Shell, heavy: str) -> None:
    somebody = add_person(shell)
    made = copy_dossier(shell.engine, id_of(heavy), VARIANT, f"{CANARY} Lichter", signed=signed_by(shell, TEAM))
    save_member(shell.engine, id_of(heavy), somebody, Relation.EDITOR, signed=signed_by(shell, TEAM))
    for client in (sign_in_as(app, shell, somebody), Client(app, person="officer")):
        client.get(f"{heavy}/variants/{made}", 404)
    listed = sign_in_as(app, shell, somebody).get(f"{heavy}/variants")
    assert CANARY not in listed.text
    for other in (id_of(heavy), "x", "00000000-0000-4000-8000-000000000000", id_of(make_dossier(shell))):
        Client(app).get(f"{heavy}/variants/{other}", 404)


def test_who_reads_along_sees_variants_and_makes_none(app: Flask, shell: Shell, heavy: str) -> None:
    viewer = add_person(shell)
    made = copy_dossier(shell.engine, id_of(heavy), VARIANT, "Lichter", signed=signed_by(shell, TEAM))
    for id in (id_of(heavy), made):
        save_member(shell.engine, id, viewer, Relation.VIEWER, signed=signed_by(shell, TEAM))
    client = sign_in_as(app, shell, viewer)
    pages = [f"{heavy}/variants", f"{heavy}/variants/{made}", f"{heavy}/signals/proxy_trait/lighter"]
    for address in pages:
        page = client.get(address)
        assert page.tree.findall(".//main//form") == []
    token = {"csrf_token": client.get(pages[0]).value("csrf_token")[0]}
    client.post(pages[0], token | {"title": "x", "kind": VARIANT, "do": "save"}, 403)
    client.post(pages[2], token, 403)
    for address in ("choose", "reason"):
        client.get(f"{heavy}/variants/{address}", 403)
        client.post(f"{heavy}/variants/{address}", token | {"reason": "x", "rev": "0"}, 403)


def test_the_dossier_of_next_year_asks_to_confirm_every_answer(app: Flask, shell: Shell, heavy: str) -> None:
    client = Client(app, "en")
    made = make(client, heavy, kind=NEXT, title="Schoolverlaters 2027")
    listed = client.get(f"{made}/variants")
    assert choices_on(listed) == []
    assert heavy in str([link.get("href") for link in listed.all("a")])
    kept = find_dossier(shell.engine, id_of(made)).document.answers
    page = client.get(f"{made}/questions/personal_data")
    assert [button.get("value") for button in page.all("button", name="do")].count("confirm:personal_data") == 1
    known = [id for id, one in kept.items() if one.has_value]
    assert f"{len(known)} answers to confirm" in client.get(made).text
    client.send(page, do="confirm:personal_data")
    after = saved(shell, made, "personal_data")
    assert (after.value, after.confirmed_in) == (kept["personal_data"].value, "")
    assert f"{len(known) - 1} answers to confirm" in client.get(made).text
    assert "for it comes from an earlier dossier" in client.get(f"{made}/preview").text
    client.get(f"{heavy}/variants/{id_of(made)}")


def test_what_is_to_be_confirmed_travels_with_the_file(shell: Shell, client: Client, heavy: str) -> None:
    made = make(client, heavy, kind=NEXT, title="Volgend jaar")
    said = json.loads(client.get(f"{made}/download/json").response.data)["answers"]
    assert said["personal_data"]["confirmed_in"] == "carried"


def test_the_trail_tells_of_it(client: Client, heavy: str) -> None:
    make(client, heavy, title="Lichter")
    assert "Kopie van dit dossier gemaakt" in client.get(f"{heavy}/trail").text
    assert PEOPLE["team"].name in client.get(f"{heavy}/trail").text
