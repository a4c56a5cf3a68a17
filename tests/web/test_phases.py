"""The phase moves on: what was answered before is confirmed with one tap, without JavaScript."""

from __future__ import annotations

import pytest
from flask import Flask

from assistant.opening import Shell

from .checks import words
from .client import Client, Page
from .work import make_dossier, saved, version

SAID = {
    "phase": "exploration",
    "personal_data": "coded",
    "purpose": {"value": ["help"], "motivation": "De mentor belt."},
    "analysis_level": {"unsure": True},
    "sensitive_data": {"not_applicable": "Die zijn er niet."},
    "outcome_about": "person",
}
THEME = "/themes/quick-scan/the_idea"


@pytest.fixture
def moved(shell: Shell, client: Client) -> str:
    """A dossier whose phase has just moved from exploration to a pilot."""
    dossier = make_dossier(shell, SAID)
    client.answer(f"{dossier}/questions/phase", value="pilot")
    return dossier


def buttons(page: Page) -> list[str]:
    return [str(button.get("value")) for button in page.all("button", name="do")]


def tap(client: Client, dossier: str, question: str) -> Page:
    return client.send(client.get(f"{dossier}/questions/{question}"), do=f"confirm:{question}")


def test_each_answer_keeps_the_phase_it_was_given_in(shell: Shell, moved: str) -> None:
    assert {id: saved(shell, moved, id).confirmed_in for id in SAID} == dict.fromkeys(SAID, "exploration") | {
        "phase": ""
    }
    assert saved(shell, moved, "purpose").rev == 1, "nobody changed it: a form that is open elsewhere is no conflict"


def test_one_tap_confirms_an_answer_and_changes_nothing_else(shell: Shell, client: Client, moved: str) -> None:
    page = client.get(f"{moved}/questions/purpose")
    assert "confirm:purpose" in buttons(page)
    assert "Verkenning" in page.text
    before = saved(shell, moved, "purpose")
    tap(client, moved, "purpose")
    after = saved(shell, moved, "purpose")
    assert (after.value, after.motivation, after.confirmed_in) == (before.value, before.motivation, "")
    assert version(shell, moved) == 3
    assert "confirm:purpose" not in buttons(client.get(f"{moved}/questions/purpose"))


def test_a_question_set_aside_is_confirmed_as_it_is(shell: Shell, client: Client, moved: str) -> None:
    tap(client, moved, "sensitive_data")
    kept = saved(shell, moved, "sensitive_data")
    assert (kept.not_applicable, kept.confirmed_in) == ("Die zijn er niet.", "")


def test_what_is_not_known_yet_is_open_already(client: Client, moved: str) -> None:
    assert "confirm:analysis_level" not in buttons(client.get(f"{moved}/questions/analysis_level"))


def test_saving_the_same_answer_confirms_it_too(shell: Shell, client: Client, moved: str) -> None:
    client.send(client.get(f"{moved}/questions/personal_data"))
    assert saved(shell, moved, "personal_data").confirmed_in == ""


def test_what_was_typed_before_the_tap_is_saved_and_not_thrown_away(shell: Shell, client: Client, moved: str) -> None:
    page = client.get(f"{moved}/questions/purpose")
    client.send(page, do="confirm:purpose", **{"purpose-motivation": "De wijkcoach belt."})
    assert saved(shell, moved, "purpose").motivation == "De wijkcoach belt."


def test_who_confirms_what_another_changed_meanwhile_is_told(shell: Shell, client: Client, moved: str) -> None:
    page = client.get(f"{moved}/questions/personal_data")
    client.answer(f"{moved}/questions/personal_data", value="traceable")
    client.send(page, 409, do="confirm:personal_data")
    assert saved(shell, moved, "personal_data").value == "traceable"


def test_a_whole_theme_is_confirmed_at_once(shell: Shell, client: Client, moved: str) -> None:
    client.send(client.get(moved + THEME), do="confirm")
    assert [saved(shell, moved, id).confirmed_in for id in ("personal_data", "purpose")] == ["", ""]
    assert saved(shell, moved, "outcome_about").confirmed_in == "exploration"


def test_saving_a_theme_confirms_nothing_that_nobody_touched(shell: Shell, client: Client, moved: str) -> None:
    client.send(client.get(moved + THEME))
    assert saved(shell, moved, "purpose").confirmed_in == "exploration"


def test_the_list_says_how_many_and_leads_there(shell: Shell, client: Client, moved: str) -> None:
    page = client.get(moved)
    assert f"/nl{moved}/questions/personal_data" in [link.get("href") for link in page.all("a")]
    [here] = page.all("li", **{"aria-current": "step"})
    assert (here.text or "").strip() == shell.edition.steps[3].label["nl"]
    assert "confirm" not in buttons(client.get(f"{moved}/themes/ethical-review/project"))


def test_a_theme_of_which_only_the_rest_is_left_says_so_and_with_whom(shell: Shell, app: Flask) -> None:
    core = {id: {"unsure": True} for id in ("description", "benefit")}
    dossier, client = make_dossier(shell, SAID | core), Client(app, "en")
    link = f"/en{dossier}/themes/ethical-review/project"
    [row] = [words(li) for li in client.get(dossier).all("li") if link in li.xpath(".//a/@href")]
    assert "Core done" in row
    assert "to work out: 3 questions, with project lead" in row
    assert "This works out the core." in client.get(f"{dossier}/questions/purpose_sharpness").text
    assert "This works out the core." not in client.get(f"{dossier}/questions/description").text
