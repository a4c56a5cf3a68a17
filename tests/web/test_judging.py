"""Agreeing is the default; to differ takes a sentence; questions at answers go back to the team."""

from __future__ import annotations

import pytest
from flask import Flask

from assistant.opening import Shell
from assistant.store.actions import list_actions
from assistant.store.dossiers import find_dossier
from assistant.store.endings import list_endings
from assistant.store.phrases import add_phrase
from assistant.store.remarks import list_remarks
from assistant.store.reviews import list_stances
from assistant.store.versions import find_version
from assistant.web.officer.review import theme_key

from .client import Client
from .desk import HEAVY, OFFICER, frozen, handed_in, id_of, press, signed_by


@pytest.fixture
def officer(app: Flask) -> Client:
    return Client(app, person="officer")


@pytest.fixture
def address(app: Flask, shell: Shell) -> str:
    return handed_in(app, shell, HEAVY)


def judged(shell: Shell, address: str) -> dict[str, tuple[str, str, str]]:
    version = find_version(shell.engine, id_of(address))
    return {one.signal: (one.kind, one.level, one.reason) for one in list_stances(shell.engine, version.id)}


def test_a_theme_is_agreed_with_by_itself_and_what_was_said_stays(shell: Shell, officer: Client, address: str) -> None:
    made = frozen(shell, address)
    open_ones = [one for one in made.signals if not one.superseded_by and one.level != "strength"]
    first, *_ = [one for one in open_ones if one.level == "high"]
    form = officer.get(f"{address}/judge/{first.id}")
    officer.send(form, form="judge", kind="lower", level="attention", reason="Het blijft bij één school.")
    theme = next(one for one in made.themes if first.about in [answer.question for answer in one.answers])
    press(officer, address, f"{address}/judge", theme=theme_key(theme))
    inside = {answer.question for answer in theme.answers}
    expected = {one.id: ("agree", "", "") for one in open_ones if one.about in inside}
    assert judged(shell, address) == expected | {first.id: ("lower", "attention", "Het blijft bij één school.")}
    assert "Het blijft bij één school." in officer.get(f"{address}/whole").text
    assert frozen(shell, address) == made


@pytest.mark.parametrize(
    ("kind", "level", "reason", "wrong"),
    [
        ("raise", "stop", "", "reason"),
        ("lower", "attention", " ", "reason"),
        ("ask", "", "", "reason"),
        ("close", "", "", "reason"),
        ("action", "", "", "reason"),
        ("raise", "", "Zwaar.", "level"),
        ("raise", "high", "Zwaar.", "level"),
        ("raise", "info", "Zwaar.", "level"),
        ("lower", "stop", "Licht.", "level"),
        ("lower", "high", "Licht.", "level"),
    ],
)
def test_to_differ_takes_a_sentence_and_a_level_that_fits(
    shell: Shell, officer: Client, address: str, kind: str, level: str, reason: str, wrong: str
) -> None:
    high = next(one for one in frozen(shell, address).signals if one.level == "high" and not one.superseded_by)
    form = officer.get(f"{address}/judge/{high.id}")
    page = officer.send(form, 422, form="judge", kind=kind, level=level, reason=reason)
    assert list(page.errors) == [wrong]
    assert page.value("reason") == [reason.strip()]
    assert not judged(shell, address)


def test_asking_solving_and_adding_an_action(shell: Shell, officer: Client, address: str) -> None:
    ask, solve, act = [one for one in frozen(shell, address).signals if one.level == "high" and not one.superseded_by][
        :3
    ]
    for signal, kind in ((ask, "ask"), (solve, "close"), (act, "action")):
        form = officer.get(f"{address}/judge/{signal.id}")
        officer.send(form, form="judge", kind=kind, reason=f"Reden bij {kind}.")
    id = id_of(address)
    assert judged(shell, address) == {
        ask.id: ("ask", "", "Reden bij ask."),
        solve.id: ("close", "", "Reden bij close."),
    }
    [remark] = list_remarks(shell.engine, id, shared_only=True)
    assert (remark.question, remark.kind, remark.text) == (ask.about, "question", "Reden bij ask.")
    assert {signal: one.how for signal, one in list_endings(shell.engine, id).items()} == {solve.id: "solved"}
    assert [(one.about, one.text) for one in list_actions(shell.engine, id)] == [(act.id, "Reden bij action.")]


def test_a_signal_that_is_not_raised(officer: Client, address: str) -> None:
    officer.get(f"{address}/judge/no_such_signal", 404)


def test_remarks_typed_at_answers_are_kept_together(shell: Shell, officer: Client, address: str) -> None:
    phrase = add_phrase(shell.engine, "Noem de bewaartermijn.", signed=signed_by(shell, OFFICER))
    page = officer.get(f"{address}/whole")
    typed = {
        "description-text": "Voor wie is dit?",
        "benefit-text": "Helder.",
        "benefit-kind": "remark",
        "sources-phrase": phrase,
        "sources-text": "En wie wist ze?",
        "no_such_question-text": "Niets.",
    }
    fields = {name: value for name, value in page.fields("remarks").items() if name == "csrf_token"}
    officer.post(f"{address}/whole", {**fields, **typed, "do": "save"})
    kept = {one.question: (one.kind, one.text, one.shared) for one in list_remarks(shell.engine, id_of(address))}
    assert kept == {
        "description": ("question", "Voor wie is dit?", True),
        "benefit": ("remark", "Helder.", True),
        "sources": ("question", "Noem de bewaartermijn.\nEn wie wist ze?", True),
    }


def test_what_cannot_be_kept_stays_in_the_form(shell: Shell, officer: Client, address: str) -> None:
    token = officer.get(f"{address}/whole").value("csrf_token")[0]
    typed = {"csrf_token": token, "do": "save", "description-text": "x" * 20_001, "benefit-text": "Helder."}
    page = officer.post(f"{address}/whole", typed, 422)
    assert list(page.errors) == ["description-text"]
    [area] = page.all("textarea", id="benefit-text")
    assert area.text == "Helder."
    assert not list_remarks(shell.engine, id_of(address))


def test_returned_with_questions_from_two_pages(shell: Shell, officer: Client, address: str) -> None:
    token = officer.get(f"{address}/whole").value("csrf_token")[0]
    officer.post(f"{address}/whole", {"csrf_token": token, "do": "save", "benefit-text": "Voor wie?"})
    page = officer.get(f"{address}/return")
    assert "Voor wie?" in page.text
    rows = {"row0-about": "description", "row0-text": "Wat is een groep?", "row1-text": "Wie leest mee?"}
    officer.send(page, form="return", **rows)
    kept = {one.text: one.question for one in list_remarks(shell.engine, id_of(address), shared_only=True)}
    assert kept == {"Voor wie?": "benefit", "Wat is een groep?": "description", "Wie leest mee?": ""}
    assert find_version(shell.engine, id_of(address)).ended_as == "returned"
    for part in ("/return", "/advise"):
        officer.get(address + part, 403)


def test_straight_from_the_whole_too(shell: Shell, officer: Client, address: str) -> None:
    page = officer.get(f"{address}/whole")
    [button] = page.all("button", formaction=f"/nl{address}/return")
    typed = {"csrf_token": page.value("csrf_token")[0], "do": button.get("value"), "benefit-text": "Voor wie?"}
    officer.post(button.get("formaction"), typed)
    assert [one.question for one in list_remarks(shell.engine, id_of(address))] == ["benefit"]
    assert find_version(shell.engine, id_of(address)).ended_as == "returned"


def test_without_a_question_nothing_goes_back(shell: Shell, officer: Client, address: str) -> None:
    page = officer.send(officer.get(f"{address}/return"), 422, form="return")
    assert list(page.errors) == ["row0-text"]
    assert find_version(shell.engine, id_of(address)).ended_as == ""


def test_personal_data_is_named_by_kind(officer: Client, address: str) -> None:
    token = officer.get(f"{address}/whole").value("csrf_token")[0]
    typed = {"csrf_token": token, "do": "save", "benefit-text": "Bel 06-12345678 even."}
    page = officer.follow(officer.post(f"{address}/whole", typed))
    [notice] = page.texts("p", kind="possible")[:1]
    assert "telefoonnummer" in notice
    assert "06-12345678" not in notice


@pytest.mark.parametrize(("part", "form", "typed"), [
    ("/whole", "remarks", {"description-text": "Voor wie?"}),
    ("/return", "return", {"row0-text": "Voor wie?"}),
    ("/advise", "advise", {"motivation": "Omdat het zo is.", "conditions-0-text": "Zet de export uit."}),
    ("/light", "light", {"again_on": "01-02-2028"}),
])  # fmt: skip
def test_another_language_keeps_what_was_typed(
    shell: Shell, officer: Client, address: str, part: str, form: str, typed: dict[str, str]
) -> None:
    page = officer.get(address + part)
    before = find_dossier(shell.engine, id_of(address)).version
    [button] = page.all("button", lang="en")
    assert button.get("form") == form
    fields = page.fields(form) | typed | {"do": button.get("value")}
    english = officer.post(button.get("formaction"), fields, 200)
    found = {one.get("name"): one.get("value") or one.text for one in english.tree.iter("input", "textarea")}
    assert {name: found[name] for name in typed} == typed
    assert not english.errors
    assert find_dossier(shell.engine, id_of(address)).version == before


def test_the_team_reads_where_the_officer_differed_once_it_is_back(
    app: Flask, shell: Shell, officer: Client, address: str
) -> None:
    high = next(one for one in frozen(shell, address).signals if one.level == "high" and not one.superseded_by)
    form = officer.get(f"{address}/judge/{high.id}")
    officer.send(form, form="judge", kind="raise", level="stop", reason="Dit zijn jonge kinderen.")
    page = f"{address.removeprefix('/desk')}/advice"
    assert "Dit zijn jonge kinderen." not in Client(app).get(page).text
    officer.send(officer.get(f"{address}/return"), form="return", **{"row0-text": "Wie?"})
    assert "Dit zijn jonge kinderen." in Client(app).get(page).text
