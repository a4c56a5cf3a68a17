"""Coming in by a link: as somebody new, with an account, and with a link that does not work (any more)."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from assistant.access import Relation, Role
from assistant.opening import Shell
from assistant.store.invitations import ANOTHER_KEY, invite
from assistant.store.members import list_members
from assistant.store.people import find_person, list_people

from .client import Client, Page
from .town import OTHER, PASSPHRASE, add, enter, is_in, signed
from .work import make_dossier


@pytest.fixture
def client(town_app: Flask) -> Client:
    return Client(town_app, person="")


def link(town: Shell, name: str = "anna", by: str = "", **given: Any) -> str:
    email = f"{name}@oeverland.example"
    return f"/join/{invite(town.engine, name=name.title(), email=email, signed=signed(town, by), **given)}"


def fill_in(client: Client, address: str, status: int = 302, **typed: str) -> Page:
    fields = {"name": "Anna", "function": "jurist", "passphrase": PASSPHRASE} | typed
    return client.send(client.get(address), status, form="join", **fields)


def test_somebody_new_is_in_at_once(town: Shell, client: Client) -> None:
    by = add(town, "samira")
    address = link(town, by=by.id, roles=[Role.PO])
    page = client.get(address)
    assert "Samira" in page.text
    assert page.value("name") == ["Anna"]
    client.follow(fill_in(client, address))
    [anna] = [one for one in list_people(town.engine) if one.name == "Anna"]
    assert (anna.email, anna.function, anna.roles) == ("anna@oeverland.example", "jurist", {Role.PO})
    assert is_in(client)
    again = Client(client.app, person="")
    enter(again, "anna")
    assert is_in(again)


def test_a_guest_comes_straight_into_the_dossier_and_sees_nothing_else(town: Shell, client: Client) -> None:
    owner = add(town, "samira")
    dossier, other = make_dossier(town, owner=owner.id), make_dossier(town, owner=owner.id, title="Ander plan")
    id = dossier.rsplit("/", 1)[-1]
    given = {"dossier": id, "relation": "guest", "roles": [Role.GUEST], "until": "2099-12-31"}
    page = client.follow(fill_in(client, link(town, by=owner.id, **given)))
    assert page.path == f"/nl{dossier}"
    client.get(other, 404)
    client.get("/dossiers/new", 404)
    relations = {member.relation for member in list_members(town.engine, id)}
    assert relations == {Relation.OWNER, Relation.GUEST}


def test_all_problems_come_at_once_and_only_the_passphrase_is_typed_again(town: Shell, client: Client) -> None:
    address = link(town)
    page = fill_in(client, address, 422, name="", function="", passphrase="oeverland")
    assert list(page.errors) == ["name", "function", "passphrase"]
    page = fill_in(client, address, 422, name="Anna de Bruin", passphrase="Anna de Bruin 2026")
    assert list(page.errors) == ["passphrase"]
    assert page.value("name") == ["Anna de Bruin"]
    assert page.value("function") == ["jurist"]
    assert page.value("passphrase") == [""]
    assert "Anna de Bruin 2026" not in page.source
    fill_in(client, address)


@pytest.mark.parametrize("status", [200, 422])
def test_another_language_keeps_all_but_the_passphrase(town: Shell, client: Client, status: int) -> None:
    address = link(town)
    fields = client.get(address).fields("join") | {"function": "jurist", "passphrase": PASSPHRASE}
    english = client.post(f"/en{address}", fields | {"do": "show" if status == 200 else "save", "name": ""}, status)
    assert english.value("function") == ["jurist"]
    assert PASSPHRASE not in english.source


def test_links_that_do_not_work_look_alike(town: Shell, client: Client) -> None:
    used, late, key = link(town), link(town, "bram", days=0), link(town, "cato", relation=ANOTHER_KEY)
    fill_in(client, used)
    client = Client(client.app, person="")
    pages = {client.get(address, 404).text for address in (used, late, key, f"/join/{'x' * 43}", "/join/%00")}
    pages |= {client.get(address.replace("/join/", "/another-passphrase/"), 404).text for address in (used, late)}
    assert len(pages) == 1
    assert client.get(f"{late}/sign-on", 404).text in pages


def test_who_has_an_account_signs_in_and_gets_what_comes_with_it(town: Shell, client: Client) -> None:
    anna = add(town, "anna")
    address = link(town, roles=[Role.FACILITATOR])
    page = client.get(address)
    assert not page.all("input", name="passphrase")
    [door] = [one.get("href") for one in page.all("a", kind="button")]
    sign_in = client.get(door)
    fields = sign_in.fields("sign-in") | {"email": anna.email, "passphrase": PASSPHRASE}
    page = client.follow(client.post("/sign-in", fields))
    assert page.path == f"/nl{address}"
    old = client.browser.get_cookie("session")
    client.send(page, form="join")
    assert find_person(town.engine, anna.id).roles == {Role.FACILITATOR}
    assert is_in(client)
    assert old
    client.browser.set_cookie("session", old.value)  # other rights, so another session
    assert not is_in(client)
    client.get(address, 404)


def test_a_forgotten_passphrase(town: Shell, client: Client) -> None:
    add(town, "anna")
    elsewhere = Client(client.app, person="")
    enter(elsewhere, "anna")
    address = link(town, relation=ANOTHER_KEY).replace("/join/", "/another-passphrase/")
    assert list(client.send(client.get(address), 422, form="another", passphrase="kort").errors) == ["passphrase"]
    client.send(client.get(address), form="another", passphrase=OTHER)
    assert not is_in(elsewhere)
    assert not is_in(client)  # the link is no way round a second step
    enter(client, "anna", 422)
    enter(client, "anna", passphrase=OTHER)
    client.get(address, 404)
