"""Preparing a workshop: choosing, changing, printing; until the day begins."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

import exports
from assistant.access import Role
from assistant.opening import Shell
from assistant.store.people import save_roles
from assistant.store.workshop import kept, running
from assistant.store.workshop.kept import list_workshops

from .client import Client, Page
from .desk import TEAM, draft, id_of, signed_by
from .hall import FACILITATOR, prepare


@pytest.fixture
def lead(app: Flask) -> Client:
    return Client(app, person="facilitator")


def found(shell: Shell, id: str) -> kept.Workshop:
    return kept.find_workshop(shell.engine, id)


def make(lead: Client, status: int = 302, **typed: Any) -> Page:
    given = {"title": "Middag", "sheet": "taster", "about": "case:early-school-leaving"} | typed
    return lead.send(lead.get("/workshops/new"), status, form="new", **given)


def test_an_empty_list_says_what_a_workshop_is(lead: Client) -> None:
    page = lead.get("/workshops")
    assert "zaal" in page.text
    assert "Bereid een workshop voor" in page.text


@pytest.mark.parametrize(("sheet", "long"), [
    ("taster", "1 uur 30 minuten"), ("good-talk", "3 uur 45 minuten"), ("awareness-day", "7 uur"),
])  # fmt: skip
def test_a_case_in_a_format(shell: Shell, lead: Client, sheet: str, long: str) -> None:
    page = lead.follow(make(lead, sheet=sheet))
    [line] = list_workshops(shell.engine, FACILITATOR)
    made = found(shell, line.id)
    assert (made.sheet, made.case, made.state, made.smallest, made.tables) == (
        sheet,
        "early-school-leaving",
        "prepared",
        5,
        1,
    )
    assert long in page.text
    assert page.h1 == "Middag"
    assert "Middag" in lead.get("/workshops").text


@pytest.mark.parametrize(("typed", "field"), [
    ({"title": ""}, "title"), ({"sheet": None}, "sheet"), ({"about": None}, "about"), ({"sheet": "nothing"}, "sheet"),
])  # fmt: skip
def test_what_is_missing_is_said(shell: Shell, lead: Client, typed: dict[str, Any], field: str) -> None:
    page = make(lead, 422, **typed)
    assert list(page.errors) == [field]
    assert list_workshops(shell.engine, FACILITATOR) == []


def test_a_case_that_is_not_there(lead: Client) -> None:
    make(lead, 404, about="case:nothing")
    make(lead, 404, about="dossier:00000000-0000-4000-8000-000000000000")


def test_a_dossier_of_ones_own_brings_what_it_says_and_asks_what_it_does_not(app: Flask, shell: Shell) -> None:
    dossier, team = draft(shell, "absence-predicted"), Client(app)

    save_roles(shell.engine, TEAM, [Role.FACILITATOR], signed=signed_by(shell, ""))
    team = Client(app)
    page = team.follow(make(team, about=f"dossier:{id_of(dossier)}"))
    assert page.h1 == "Het verhaal"
    [line] = list_workshops(shell.engine, TEAM)
    made = found(shell, line.id)
    assert made.about_dossier == id_of(dossier)
    assert made.story.answers
    assert made.story.questions
    assert not set(made.story.questions) & set(made.story.answers)


def test_a_dossier_of_others_is_not_there(shell: Shell, lead: Client) -> None:
    make(lead, 404, about=f"dossier:{id_of(draft(shell))}")


def test_minutes_rounds_dilemmas_tables_and_how_few(shell: Shell, lead: Client) -> None:
    id = prepare(shell, sheet="taster")
    page = lead.get(f"/workshops/{id}/prepare")
    before = found(shell, id)
    lead.send(
        page, form="prepare", tables="3", smallest="4", dilemma=["help_or_label"],
        **{"minutes-welcome": "25", "in-own_work": None},
    )  # fmt: skip
    after = found(shell, id)
    keys = {one.key for one in after.rounds}
    assert (after.tables, after.smallest) == (3, 4)
    assert "own_work" not in keys
    assert "stance:help_or_label" in keys
    assert "stance:ring_the_bell" not in keys
    assert next(one.minutes for one in after.rounds if one.key == "welcome") == 25
    again = lead.get(f"/workshops/{id}/prepare")
    assert again.value("minutes-welcome") == ["25"]
    assert after.version == before.version + 1
    lead.send(again, form="prepare", **{"in-own_work": "y"})
    assert "own_work" in {one.key for one in found(shell, id).rounds}


@pytest.mark.parametrize(("typed", "field"), [
    ({"title": ""}, "title"), ({"minutes-welcome": "veel"}, "minutes-welcome"),
    ({"minutes-welcome": "0"}, "minutes-welcome"),
    ({"minutes-welcome": "99999999"}, "minutes-welcome"),
])  # fmt: skip
def test_nothing_typed_is_lost(shell: Shell, lead: Client, typed: dict[str, str], field: str) -> None:
    id = prepare(shell, sheet="taster")
    page = lead.send(lead.get(f"/workshops/{id}/prepare"), 422, form="prepare", **{"tables": "4"} | typed)
    assert list(page.errors) == [field]
    assert page.value("tables") == ["4"]
    if field != "title":
        assert page.value(field) == [typed[field]]


def test_what_is_in_no_list_changes_nothing(shell: Shell, lead: Client) -> None:
    id = prepare(shell, sheet="taster")
    for typed in ("99", "1x", "", "-3"):
        lead.send(lead.get(f"/workshops/{id}/prepare"), form="prepare", tables=typed, smallest=typed)
        assert (found(shell, id).tables, found(shell, id).smallest) == (2, 5)


def test_a_day_keeps_at_least_one_round(shell: Shell, lead: Client) -> None:
    id = prepare(shell, sheet="taster")
    page = lead.get(f"/workshops/{id}/prepare")
    keys = page.value("listed")
    wrong = lead.send(page, 422, form="prepare", **{f"in-{key}": None for key in keys})
    assert list(wrong.errors) == [f"in-{keys[0]}"]
    lead.send(page, form="prepare", **{f"in-{key}": None for key in keys[1:]})
    assert [one.key for one in found(shell, id).rounds] == keys[:1]


def test_another_language_keeps_what_was_typed(shell: Shell, lead: Client) -> None:
    id = prepare(shell, sheet="taster")
    typed = {"title": "Nog niet", "minutes-welcome": "17", "in-own_work": None, "tables": "7"}
    page = lead.send(lead.get(f"/workshops/{id}/prepare"), 200, form="prepare", do="show", **typed)
    assert page.value("title") == ["Nog niet"]
    assert page.value("minutes-welcome") == ["17"]
    assert page.value("tables") == ["7"]
    assert page.value("in-own_work") == []
    assert found(shell, id).title == "Data Awareness-dag"
    page = story(lead, id, 200, do="show", story="Iets anders")
    assert page.value("story") == ["Iets anders"]


def test_two_tabs_do_not_overwrite_each_other(shell: Shell, lead: Client) -> None:
    id = prepare(shell, sheet="taster")
    first = lead.get(f"/workshops/{id}/prepare")
    lead.send(first, form="prepare", title="Een")
    late = lead.send(first, 409, form="prepare", title="Twee")
    assert late.value("title") == ["Twee"]
    assert found(shell, id).title == "Een"


def story(lead: Client, id: str, status: int = 302, **typed: Any) -> Page:
    return lead.send(lead.get(f"/workshops/{id}/story"), status, form="telling", **typed)


def test_a_copy_of_a_case_keeps_both_languages_where_it_is_unchanged(shell: Shell, lead: Client) -> None:
    id = prepare(shell, sheet="taster")
    old = found(shell, id).story
    story(lead, id, story="In onze gemeente is het anders.", role=["parent", "analyst"], twist="")
    new = found(shell, id).story
    assert new.story.nl == new.story.en == "In onze gemeente is het anders."
    assert new.title == old.title
    assert new.facts == old.facts
    assert new.dilemmas == old.dilemmas
    assert new.twist is None
    assert set(new.roles) == {"parent", "analyst"}
    assert not any(one.news for one in found(shell, id).plan.rounds)


def test_a_changed_story_leaves_the_choices_as_they_were(shell: Shell, lead: Client) -> None:
    id = prepare(shell, sheet="taster")
    typed = {"dilemma": ["help_or_label"], "in-own_work": None, "minutes-welcome": "25"}
    lead.send(lead.get(f"/workshops/{id}/prepare"), form="prepare", **typed)
    before = found(shell, id).chosen
    story(lead, id, title="Anders")
    assert found(shell, id).chosen == before


def test_dilemmas_come_and_go(shell: Shell, lead: Client) -> None:
    id = prepare(shell, sheet="taster")
    many = len(found(shell, id).story.dilemmas)
    more = story(lead, id, 200, do="add_row")
    assert len(more.all("input", name="dilemma")) == min(many + 3, 8)
    typed = {f"asks-{many}": "Mag het ook zo?", f"first-{many}": "care", f"second-{many}": "trust", "asks-0": ""}
    lead.send(more, form="telling", **typed)
    asks = [one.asks.nl for one in found(shell, id).story.dilemmas]
    assert len(asks) == many
    assert asks[-1] == "Mag het ook zo?"


def test_a_dilemma_never_takes_the_place_of_another(shell: Shell, lead: Client) -> None:
    id = prepare(shell, sheet="taster")
    many = len(found(shell, id).story.dilemmas)
    between = {f"{side}-{n}": value for n in range(8) for side, value in (("first", "care"), ("second", "trust"))}
    emptied = {f"asks-{n}": "" for n in range(many)}
    story(lead, id, **between, **(emptied | {"asks-0": "Een?", "asks-1": "Twee?", "dilemma": ["", ""]}))
    assert [one.id for one in found(shell, id).story.dilemmas] == ["own_1", "own_2"]
    story(lead, id, **between, **{"asks-0": "", "asks-2": "Drie?"})
    assert [(one.id, one.asks.nl) for one in found(shell, id).story.dilemmas] == [
        ("own_2", "Twee?"),
        ("own_3", "Drie?"),
    ]
    story(lead, id, **between, **{"asks-1": "Vier?", "dilemma": ["own_2", "own_2"]})
    assert len({one.id for one in found(shell, id).story.dilemmas}) == 2


@pytest.mark.parametrize(("typed", "field"), [
    ({"title": ""}, "title"), ({"story": "x" * 1201}, "story"), ({"twist": "x" * 401}, "twist"),
    ({"asks-0": "Een?", "first-0": "care", "second-0": "care"}, "asks-0"), ({"first-0": ""}, "asks-0"),
    ({"asks-0": "Een?", "first-0": "care", "second-0": "nothing"}, "asks-0"), ({"asks-0": "x" * 301}, "asks-0"),
    ({"facts": "a\x00b"}, "facts"), ({"facts": "\n".join("abcdefghijklm")}, "facts"),
    ({"story": "x" * 30_000}, "story"),
])  # fmt: skip
def test_what_is_wrong_with_a_story_is_said(shell: Shell, lead: Client, typed: dict[str, str], field: str) -> None:
    id = prepare(shell, sheet="taster")
    old = found(shell, id).story
    page = story(lead, id, 422, **typed)
    assert list(page.errors) == [field]
    assert found(shell, id).story == old


def test_a_story_from_a_blank_page(shell: Shell, lead: Client) -> None:
    page = lead.follow(make(lead, about="blank"))
    assert page.h1 == "Het verhaal"
    [line] = list_workshops(shell.engine, FACILITATOR)
    typed = {"asks-0": "Mag dit?", "first-0": "care", "second-0": "privacy", "facts": "Een\nTwee"}
    prepared = lead.follow(lead.send(page, form="telling", story="Het gaat over camera's.", **typed))
    made = found(shell, line.id)
    assert len(made.story.questions) == 15
    assert made.story.questions[0] == "phase"
    assert [fact.nl for fact in made.story.facts] == ["Een", "Twee"]
    assert [one.key for one in made.rounds if one.kind == "stance"] == ["stance:own_1", "stance_again:own_1"]
    assert prepared.h1 == "Middag"


def test_beginning_keeps_first_what_stands_in_the_form(shell: Shell, lead: Client) -> None:
    id = prepare(shell, sheet="taster")
    page = lead.get(f"/workshops/{id}/prepare")
    wrong = lead.send(page, 422, form="prepare", do="begin", title="")
    assert list(wrong.errors) == ["title"]
    assert found(shell, id).state == "prepared"
    running_now = lead.follow(lead.send(page, form="prepare", do="begin", title="Vandaag"))
    assert running_now.path.endswith("/run")
    assert (found(shell, id).state, found(shell, id).title) == ("open", "Vandaag")


def test_a_day_that_was_changed_in_another_tab_does_not_begin(shell: Shell, lead: Client) -> None:
    id = prepare(shell, sheet="taster")
    page = lead.get(f"/workshops/{id}/prepare")
    lead.send(page, form="prepare", title="Een")
    lead.send(page, 409, form="prepare", do="begin")
    assert found(shell, id).state == "prepared"


def test_once_the_day_began_nothing_is_prepared_any_more(shell: Shell, lead: Client) -> None:
    id = prepare(shell, sheet="taster")
    page, telling = lead.get(f"/workshops/{id}/prepare"), lead.get(f"/workshops/{id}/story")
    for _ in range(2):
        assert lead.follow(lead.send(page, form="prepare", do="begin")).path.endswith("/run")
    for path in ("prepare", "story"):
        assert lead.follow(lead.get(f"/workshops/{id}/{path}", 302)).path.endswith("/run")
    lead.send(page, form="prepare", title="Te laat")
    lead.send(telling, form="telling", title="Te laat")
    assert found(shell, id).title == "Data Awareness-dag"
    assert found(shell, id).story.title.nl != "Te laat"


@pytest.mark.parametrize("piece", ["worksheet_a0", "worksheet_a3", "cards", "forms", "tent"])
def test_everything_is_printed(shell: Shell, lead: Client, piece: str) -> None:
    id = prepare(shell, sheet="taster")
    response = lead.get(f"/workshops/{id}/print/{piece}.pdf").response
    assert response.mimetype == "application/pdf"
    assert response.get_data()[:5] == b"%PDF-"


def test_what_is_no_print_is_not_there(shell: Shell, lead: Client) -> None:
    lead.get(f"/workshops/{prepare(shell, sheet='taster')}/print/nothing.pdf", 404)


def test_without_what_makes_pdf_the_page_says_what_to_install(
    shell: Shell, lead: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "is_ready", lambda _format: False)
    id = prepare(shell, sheet="taster")
    assert "ethical-review-assistant[pdf]" in lead.get(f"/workshops/{id}/prepare").text
    lead.get(f"/workshops/{id}/print/tent.pdf", 404)


def test_a_workshop_is_thrown_away_after_asking(shell: Shell, lead: Client) -> None:
    id = prepare(shell, sheet="taster")
    assert "nog geen dossier" not in lead.get(f"/workshops/{id}/forget").text
    running.start(shell.engine, id, found(shell, id).made_at)
    page = lead.get(f"/workshops/{id}/forget")
    assert "nog geen dossier" in page.text
    lead.send(page, form="forget")
    lead.get(f"/workshops/{id}/prepare", 404)
    assert list_workshops(shell.engine, FACILITATOR) == []


def test_who_leads_one_sees_no_one_elses(app: Flask, shell: Shell, lead: Client) -> None:
    id, mine = prepare(shell, sheet="taster"), prepare(shell, sheet="taster", owner=TEAM)
    save_roles(shell.engine, TEAM, [Role.FACILITATOR], signed=signed_by(shell, ""))
    other = Client(app)
    token = other.get(f"/workshops/{mine}/prepare").value("csrf_token")[0]
    assert id not in other.get("/workshops").source
    for path in ("prepare", "story", "forget", "afterwards", "report", "print/tent.pdf"):
        other.get(f"/workshops/{id}/{path}", 404)
        lead.get(f"/workshops/00000000-0000-4000-8000-000000000000/{path}", 404)
        lead.get(f"/workshops/nothing/{path}", 404)
    for path in ("prepare", "story", "forget"):
        other.post(f"/workshops/{id}/{path}", {"csrf_token": token, "do": "save", "version": "1", "title": "x"}, 404)
    assert found(shell, id).title == "Data Awareness-dag"


def test_whatever_is_typed_stays_text(shell: Shell, lead: Client, app: Flask) -> None:
    hostile = "<script>alert(1)</script> {{ 7 * 7 }} \u202e &amp; 'x' \"y\""
    page = lead.follow(make(lead, about="blank", title=hostile))
    [line] = list_workshops(shell.engine, FACILITATOR)
    typed = {"asks-0": hostile, "first-0": "care", "second-0": "privacy", "facts": hostile, "twist": hostile}
    lead.send(page, form="telling", title=hostile, story=hostile, **typed)
    for client in (lead, Client(app, "en", "facilitator")):
        for path in ("prepare", "story", "forget"):
            page = client.get(f"/workshops/{line.id}/{path}")
            assert "<script>alert" not in page.source
            assert "{{ 7 * 7 }}" in page.source
    assert lead.get(f"/workshops/{line.id}/print/worksheet_a3.pdf").response.get_data()[:5] == b"%PDF-"
    assert found(shell, line.id).title == hostile


def test_a_title_that_does_not_fit(shell: Shell, lead: Client) -> None:
    assert list(make(lead, 422, title="x" * 201).errors) == ["title"]
    id = prepare(shell, sheet="taster")
    page = lead.send(lead.get(f"/workshops/{id}/prepare"), 422, form="prepare", title="x" * 201)
    assert list(page.errors) == ["title"]
    lead.send(page, form="prepare", title="a\x00b")
    assert found(shell, id).title == "ab"


def test_in_english(app: Flask, shell: Shell) -> None:
    lead = Client(app, "en", "facilitator")
    page = lead.follow(make(lead, title="Afternoon"))
    assert "1 hour 30 minutes" in page.text
    [line] = list_workshops(shell.engine, FACILITATOR)
    assert found(shell, line.id).language == "en"
    for path in ("story", "forget"):
        lead.get(f"/workshops/{line.id}/{path}")
