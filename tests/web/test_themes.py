"""A theme on one page, and the table that asks who finds out what is not known yet."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.answers import Answer
from assistant.opening import Shell
from assistant.store.audit import verify_all
from assistant.store.dossiers import find_dossier

from .client import Client, Page
from .test_questions import KINDS
from .work import make_dossier, saved, version

THEME = "/themes/kinds/every_kind"
START = "/themes/start/first"
EVERYTHING: dict[str, Any] = {
    "way-value": "road",
    "tools-value": ["rope", "map"],
    "sure-value": "yes",
    "far-value": "2",
    "amount-value": "3,5",
    "day-value": "21-11-2026",
    "name-value": "De tocht",
    "story-value": "Er was eens.",
    "sources-r1-title": "Verzuim",
}


def test_many_questions_are_saved_at_once(kinds: Shell, anna: Client, dossier: str) -> None:
    before = version(kinds, dossier)
    anna.send(anna.get(dossier + THEME), **EVERYTHING)
    assert version(kinds, dossier) == before + 1
    assert [saved(kinds, dossier, id).is_missing for id in KINDS] == [False] * len(KINDS)
    anna.send(anna.get(dossier + THEME))
    assert version(kinds, dossier) == before + 1


def test_what_nobody_touched_is_no_mistake(kinds: Shell, anna: Client, dossier: str) -> None:
    page = anna.get(dossier + THEME)
    anna.send(page)
    assert version(kinds, dossier) == 1
    anna.send(page, **{"way-value": "road"})
    assert saved(kinds, dossier, "way").value == "road"
    assert [saved(kinds, dossier, id) for id in KINDS[1:]] == [Answer()] * (len(KINDS) - 1)


def test_one_mistake_keeps_everything_typed(kinds: Shell, anna: Client, dossier: str) -> None:
    page = anna.send(anna.get(dossier + THEME), 422, **(EVERYTHING | {"amount-value": "veel"}))
    assert list(page.errors) == ["amount-value"]
    assert {name: page.value(name) for name in EVERYTHING} == {
        name: value if isinstance(value, list) else [value]
        for name, value in (EVERYTHING | {"amount-value": "veel"}).items()
    }
    assert version(kinds, dossier) == 1


@pytest.mark.parametrize("question", KINDS)
def test_not_knowing_one_in_one_tap_saves_the_others_too(
    kinds: Shell, anna: Client, dossier: str, question: str
) -> None:
    other = "way" if question != "way" else "sure"
    typed = {f"{other}-value": "road" if other == "way" else "no"}
    anna.send(anna.get(dossier + THEME), do=f"unsure:{question}", **typed)
    assert saved(kinds, dossier, question).unsure
    assert saved(kinds, dossier, other).value == typed[f"{other}-value"]


def test_an_explanation_of_not_knowing_can_be_added(kinds: Shell, anna: Client, dossier: str) -> None:
    anna.send(anna.get(dossier + THEME), do="unsure:way")
    anna.send(anna.get(dossier + THEME), **{"way-motivation": "De kaart is zoek."})
    answer = saved(kinds, dossier, "way")
    assert (answer.unsure, answer.motivation) == (True, "De kaart is zoek.")


def test_what_nobody_touched_never_conflicts(kinds: Shell, anna: Client, bram: Client, dossier: str) -> None:
    anna.send(anna.get(dossier + THEME), **EVERYTHING)
    page = anna.get(dossier + THEME)
    for question, typed in (("way", "water"), ("story", "Iets heel anders."), ("amount", "7")):
        bram.answer(f"{dossier}/questions/{question}", value=typed)
    bram.answer(f"{dossier}/questions/sources", **{"r1-title": "Van Bram"})
    bram.answer(f"{dossier}/questions/tools", do="unsure:tools")
    anna.send(page, **{"name-value": "Van Anna"})
    document = find_dossier(kinds.engine, dossier.rsplit("/", 1)[-1]).document.answers
    assert document["name"].value == "Van Anna"
    assert (document["way"].value, document["amount"].value) == ("water", 7)
    assert document["story"].value == "Iets heel anders."
    assert document["sources"].value == [{"id": "r1", "title": "Van Bram"}]
    assert document["tools"].unsure


def test_what_both_changed_does_conflict_and_nothing_is_written(
    kinds: Shell, anna: Client, bram: Client, dossier: str
) -> None:
    anna.send(anna.get(dossier + THEME), **EVERYTHING)
    page = anna.get(dossier + THEME)
    bram.answer(f"{dossier}/questions/story", value="Van Bram.")
    before = version(kinds, dossier)
    refused = anna.send(page, 409, **{"story-value": "Van Anna.", "name-value": "Van Anna"})
    assert version(kinds, dossier) == before
    assert "Van Bram." in " ".join(refused.texts("blockquote"))
    assert refused.value("story-value") == ["Van Anna."]
    anna.send(refused)
    assert (saved(kinds, dossier, "story").value, saved(kinds, dossier, "name").value) == ("Van Anna.", "Van Anna")
    assert verify_all(kinds.engine, kinds.audit_key).faults == ()


def test_cells_not_known_yet_are_untouched_too(kinds: Shell, anna: Client, bram: Client) -> None:
    """Whatever a table holds comes back from the form as it went out."""
    row = {"id": "r7", "title": {"unsure": True}, "sort": {"unsure": True}, "tags": ["open"], "good": 3, "size": 2.5}
    dossier = make_dossier(kinds, {"people": "yes", "sources": {"value": [row], "unsure": True}})
    page = anna.get(dossier + THEME)
    bram.answer(f"{dossier}/questions/sources", **{"r7-good": "1"})
    anna.send(page, **{"name-value": "Van Anna"})
    assert saved(kinds, dossier, "sources").value[0]["good"] == 1


def test_a_proposal_is_taken_by_saving_the_theme(kinds: Shell, anna: Client, dossier: str) -> None:
    anna.answer(f"{dossier}/questions/sure", value="yes")
    page = anna.get(f"{dossier}/themes/kinds/what_follows")
    assert page.value("confirmed-value") == ["yes"]
    anna.send(page)
    assert saved(kinds, dossier, "confirmed").value == "yes"


def finish_first_theme(client: Client, dossier: str) -> Page:
    """The last answer of the theme is given; one in it is not known yet."""
    client.answer(f"{dossier}/questions/people", do="unsure:people")
    return client.answer(f"{dossier}/questions/words", value="Een tocht")


@pytest.mark.parametrize("phase", ["idea", "exploration"])
def test_who_finds_out_is_asked_once_and_may_stay_open_early(kinds: Shell, anna: Client, phase: str) -> None:
    dossier = make_dossier(kinds, {"phase": phase})
    page = anna.follow(finish_first_theme(anna, dossier))
    assert page.path.endswith(f"{dossier}{START}/open-points")
    assert page.fields("open").keys() >= {"people-owner", "people-due"}
    before = version(kinds, dossier)
    assert anna.follow(anna.send(page, form="open")).path.endswith("/questions/way")
    assert version(kinds, dossier) == before


@pytest.mark.parametrize("phase", ["prototype", "pilot", "in_use", "change"])
def test_later_somebody_must_find_out(kinds: Shell, anna: Client, phase: str) -> None:
    dossier = make_dossier(kinds, {"phase": phase})
    page = anna.follow(finish_first_theme(anna, dossier))
    refused = anna.send(page, 422, form="open", **{"people-due": "1-12-2026"})
    assert list(refused.errors) == ["people-owner"]
    assert refused.value("people-due") == ["1-12-2026"]
    anna.send(refused, form="open", **{"people-owner": "jurist"})
    answer = saved(kinds, dossier, "people")
    assert (answer.owner, answer.due, answer.unsure) == ("jurist", "2026-12-01", True)
    again = anna.get(f"{dossier}{START}/open-points")
    assert (again.value("people-owner"), again.value("people-due")) == (["jurist"], ["01-12-2026"])
    assert "jurist" in anna.get(f"{dossier}/download/markdown").source


@pytest.mark.parametrize(
    ("field", "typed"), [("due", "31-2-2026"), ("due", "morgen vroeg"), ("owner", "x" * 201), ("due", "1" * 300)]
)
def test_an_owner_or_date_that_cannot_be_kept(kinds: Shell, anna: Client, field: str, typed: str) -> None:
    dossier = make_dossier(kinds, {"phase": "idea"})
    page = anna.follow(finish_first_theme(anna, dossier))
    refused = anna.send(page, 422, form="open", **{f"people-{field}": typed})
    assert list(refused.errors) == [f"people-{field}"]
    assert refused.value(f"people-{field}") == [typed]


def test_an_owner_stays_when_the_answer_changes(kinds: Shell, anna: Client) -> None:
    dossier = make_dossier(kinds, {"phase": "idea"})
    page = anna.follow(finish_first_theme(anna, dossier))
    anna.send(page, form="open", **{"people-owner": "jurist"})
    anna.answer(f"{dossier}/questions/people", do="unsure:people", motivation="Zij zoekt het uit.")
    assert saved(kinds, dossier, "people").owner == "jurist"


def test_two_who_name_an_owner(kinds: Shell, anna: Client, bram: Client) -> None:
    dossier = make_dossier(kinds, {"phase": "idea"})
    finish_first_theme(anna, dossier)
    pages = [client.get(f"{dossier}{START}/open-points") for client in (anna, bram)]
    bram.send(pages[1], form="open", **{"people-owner": "van Bram"})
    refused = anna.send(pages[0], 409, form="open", **{"people-owner": "van Anna"})
    assert saved(kinds, dossier, "people").owner == "van Bram"
    assert refused.value("people-owner") == ["van Anna"]
    anna.send(refused, form="open")
    assert saved(kinds, dossier, "people").owner == "van Anna"
