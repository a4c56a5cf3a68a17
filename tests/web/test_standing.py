"""The pages of standing advice and phrases, and a dossier that gets one at hand-in."""

from __future__ import annotations

import pytest
from flask import Flask

from assistant.opening import Shell
from assistant.store.advices import list_advices
from assistant.store.phrases import list_phrases
from assistant.store.standing import Picks, list_standing

from .checks import words
from .client import Client
from .desk import HEAVY, LIGHT, handed_in, id_of, press

TYPED = {
    "title": "Alleen totalen",
    "motivation": "Niemand merkt er iets van.",
    "pick-personal_data": ["totals", "anonymous"],
    "fact-only_totals": "true",
    "fact-beyond_totals": "false",
    "conditions-0-text": "Toon groepen vanaf tien.",
    "until": "31-12-2099",
}


@pytest.fixture
def officer(app: Flask) -> Client:
    return Client(app, person="officer")


def test_written_given_and_ended(app: Flask, shell: Shell, officer: Client) -> None:
    officer.send(officer.get("/desk/standing"), form="standing", **TYPED)
    [kept] = list_standing(shell.engine)
    picks = Picks({"personal_data": ("anonymous", "totals")}, {"only_totals": True, "beyond_totals": False})
    assert (kept.title, kept.picks, kept.until) == ("Alleen totalen", picks, "2099-12-31")
    light, heavy = handed_in(app, shell, LIGHT), handed_in(app, shell, HEAVY)
    [advice] = list_advices(shell.engine, id_of(light))
    assert (advice.standing, advice.is_given) == (kept.id, True)
    assert not list_advices(shell.engine, id_of(heavy))
    [row] = officer.get("/desk?state=advised").tree.xpath(f"//tr[.//a[contains(@href, '{id_of(light)}')]]")
    assert "standing advice" in words(row) or "vast advies" in words(row)
    text = Client(app).get(f"{light.removeprefix('/desk')}/advice").text
    assert "Niemand merkt er iets van." in text
    press(officer, "/desk/standing", f"/desk/standing/{kept.id}/end")
    assert list_standing(shell.engine)[0].ended_at
    assert not list_advices(shell.engine, id_of(handed_in(app, shell, LIGHT)))


@pytest.mark.parametrize("left_out", ["title", "motivation"])
def test_what_is_missing(shell: Shell, officer: Client, left_out: str) -> None:
    page = officer.send(officer.get("/desk/standing"), 422, form="standing", **{**TYPED, left_out: " "})
    assert list(page.errors) == [left_out]
    assert [one.get("checked") is not None for one in page.all("input", name="pick-personal_data", value="totals")] == [
        True
    ]
    assert not list_standing(shell.engine)


@pytest.mark.parametrize(
    "picks", [{}, {"pick-personal_data": ["no_such_choice"]}, {"pick-description": ["x"]}, {"fact-nothing": "true"}]
)
def test_it_is_never_for_everything(shell: Shell, officer: Client, picks: dict[str, object]) -> None:
    plain = {name: value for name, value in TYPED.items() if not name.startswith(("pick-", "fact-"))}
    page = officer.send(officer.get("/desk/standing"), 422, form="standing", **plain, **picks)
    assert list(page.errors) == ["picks"]
    assert not list_standing(shell.engine)


def test_another_row_keeps_what_was_typed(officer: Client) -> None:
    page = officer.send(officer.get("/desk/standing"), 200, form="standing", do="add_row", **TYPED)
    assert page.all("textarea", id="conditions-1-text")
    assert page.value("title") == ["Alleen totalen"]
    assert sorted(page.value("pick-personal_data")) == ["anonymous", "totals"]
    assert page.value("fact-beyond_totals") == ["false"]


def test_phrases(shell: Shell, officer: Client) -> None:
    officer.send(officer.get("/desk/phrases"), 422, form="phrase", text=" ")
    officer.send(officer.get("/desk/phrases"), form="phrase", text="Noem de bewaartermijn.")
    [phrase] = list_phrases(shell.engine)
    assert "Noem de bewaartermijn." in officer.get("/desk/phrases").text
    press(officer, "/desk/phrases", f"/desk/phrases/{phrase.id}/remove")
    assert not list_phrases(shell.engine)
    press(officer, "/desk", f"/desk/phrases/{phrase.id}/remove", 404)
