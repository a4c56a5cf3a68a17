"""The queue: wanted start first, filters in the address, drafts by title alone, light ones closed in one step."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from assistant import clock
from assistant.opening import Shell
from assistant.store.advices import Asked, Opinion, give_advice, list_advices
from assistant.store.versions import find_version
from assistant.web.officer.queue import next_year

from .checks import CANARY
from .client import Client, Page
from .desk import HEAVY, LIGHT, OFFICER, hand_in, handed_in, id_of, press, signed_by
from .work import make_dossier


@pytest.fixture
def officer(app: Flask) -> Client:
    return Client(app, person="officer")


def numbers(page: Page) -> list[str]:
    """The dossiers on a page of the queue, in order."""
    return [head.split()[0] for head in page.texts("th", scope="row")]


def queued(shell: Shell, team: Client, title: str, **typed: str) -> str:
    """A small dossier that waits: its address on the desk."""
    return hand_in(team, make_dossier(shell, {"phase": "idea"}, title=title), **typed)


def test_the_earliest_wanted_start_comes_first_and_none_last(app: Flask, shell: Shell, officer: Client) -> None:
    team = Client(app)
    for title, start in (("Geen dag", ""), ("Later", "01-06-2027"), ("Eerst", "15-01-2027")):
        queued(shell, team, title, wanted_start=start)
    titles = [head.partition(" ")[2] for head in officer.get("/desk").texts("th", scope="row")]
    assert titles == ["Eerst", "Later", "Geen dag"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Fietsen", "Parken"}),
        ("?state=all", {"Fietsen", "Parken", "Terug"}),
        ("?state=team", {"Terug"}),
        ("?state=closed", set()),
        ("?q=fiets", {"Fietsen"}),
        ("?q=FIETSEN&taken=nobody", {"Fietsen"}),
        (f"?taken={OFFICER}", {"Parken"}),
        ("?outcome=go_on", set()),
        ("?domain=nothing", set()),
        ("?state=nonsense", {"Fietsen", "Parken"}),
        ("?after=nonsense~nonsense", set()),
        ("?q=%00", {"Fietsen", "Parken"}),
        ("?q=!!%21", {"Fietsen", "Parken"}),
    ],
)
def test_filters_stand_in_the_address(app: Flask, shell: Shell, officer: Client, query: str, found: set[str]) -> None:
    team = Client(app)
    queued(shell, team, "Fietsen")
    press(officer, "/desk", f"{queued(shell, team, 'Parken')}/take")
    back = queued(shell, team, "Terug")
    officer.send(officer.get(f"{back}/return"), form="return", **{"row0-text": "Wie?"})
    page = officer.get(f"/desk{query}")
    assert {head.split()[1] for head in page.texts("th", scope="row")} == found
    if query and "%" not in query:
        [other] = [link.get("href") for link in page.all("a", hreflang="en")]
        assert set(query[1:].split("&")) <= set(other.partition("?")[2].split("&"))


def test_fifty_a_page_and_each_once(app: Flask, shell: Shell, officer: Client) -> None:
    team = Client(app)
    for number in range(53):
        queued(shell, team, f"Project {number}", wanted_start="15-01-2027" if number % 2 else "")
    first = officer.get("/desk?q=project")
    [more] = [link.get("href") for link in first.all("a") if "after=" in link.get("href", "") and not link.get("lang")]
    second = officer.get(more)
    assert (len(numbers(first)), len(numbers(second))) == (50, 3)
    assert len({*numbers(first), *numbers(second)}) == 53
    assert first.texts("h2")
    assert not second.texts("h2")


def test_of_a_draft_title_phase_and_date_alone(app: Flask, shell: Shell, officer: Client) -> None:
    dossier = make_dossier(shell, {"phase": "idea", "description": f"{CANARY} Geheim."}, title="Nog een idee")
    page = officer.get("/desk")
    assert "Nog een idee" in page.text
    assert CANARY not in page.source
    assert id_of(dossier) not in page.source
    assert not numbers(page)


def test_a_light_one_is_closed_from_its_row(app: Flask, shell: Shell, officer: Client) -> None:
    address = handed_in(app, shell, LIGHT)
    page = officer.get("/desk")
    [form] = page.tree.xpath("//form[contains(@action, '/light')]")
    fields = {one.get("name"): one.get("value") for one in form.iter("input", "button")}
    today = clock.today()
    assert fields["again_on"] == next_year(today).strftime("%d-%m-%Y")
    officer.post(form.get("action"), fields)
    [advice] = list_advices(shell.engine, id_of(address))
    assert (advice.outcome, advice.again_on, advice.kind) == ("go_on", next_year(today).isoformat(), "po")
    assert not numbers(officer.get("/desk"))


def test_only_a_light_one_and_only_as_it_was_seen(app: Flask, shell: Shell, officer: Client) -> None:
    heavy, light = handed_in(app, shell, HEAVY), handed_in(app, shell, LIGHT)
    assert len(officer.get("/desk").tree.xpath("//form[contains(@action, '/light')]")) == 1
    officer.send(officer.get(f"{heavy}/light"), 409, form="light")
    seen = officer.get(f"{light}/light")
    press(Client(app), light.removeprefix("/desk"), f"{light.removeprefix('/desk')}/withdraw")
    hand_in(Client(app), light.removeprefix("/desk"))
    officer.send(seen, 409, form="light")
    officer.send(officer.get(f"{light}/light"), 422, form="light", again_on="ooit")
    assert not list_advices(shell.engine, id_of(light))


def test_conditions_show_on_their_day(app: Flask, shell: Shell, officer: Client) -> None:
    address = handed_in(app, shell, LIGHT)
    version = find_version(shell.engine, id_of(address))
    asked = (Asked("Zet de export uit.", due="2020-01-01"), Asked("Kijk later nog eens.", due="2099-01-01"))
    opinion = Opinion("po", "go_on_with_conditions", "Goed.", asked)
    give_advice(shell.engine, id_of(address), version.id, opinion, signed=signed_by(shell, OFFICER))
    for path in ("/desk", "/desk/conditions"):
        text = officer.get(path).text
        assert "Zet de export uit." in text
        assert "Kijk later nog eens." not in text


@pytest.mark.parametrize(
    ("day", "then"), [(date(2026, 11, 25), date(2027, 11, 25)), (date(2028, 2, 29), date(2029, 3, 1))]
)
def test_a_year_on(day: date, then: date) -> None:
    assert next_year(day) == then


def test_the_team_sees_no_queue(app: Flask) -> None:
    Client(app).get("/desk", 404)
    Client(app, person="facilitator").get("/desk", 404)
