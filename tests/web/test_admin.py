"""People and settings: what an admin can do, what an admin never sees, and that every change is told."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import text

from assistant.access import Relation, Role
from assistant.opening import Shell
from assistant.store.audit import verify_all
from assistant.store.credentials import find_credentials_of, save_totp
from assistant.store.database import reading
from assistant.store.members import list_members
from assistant.store.org_settings import find_second_reader
from assistant.store.people import Person, find_person, list_people

from .checks import CANARY
from .client import Client, Page
from .town import BASE, OTHER, add, enter, is_in, kinds_of_events, signed
from .work import make_dossier


@pytest.fixture
def admin(town: Shell) -> Person:
    return add(town, "admin", Role.ADMIN)


@pytest.fixture
def client(town_app: Flask, admin: Person) -> Client:
    client = Client(town_app, person="")
    enter(client, "admin")
    return client


@pytest.fixture
def anna(town: Shell) -> Person:
    return add(town, "anna", Role.PO)


def come_in(client: Client, name: str) -> Client:
    other = Client(client.app, person="")
    enter(other, name)
    return other


def link_in(page: Page) -> str:
    [address] = page.texts("code")
    assert address.startswith(f"{BASE}/nl/")
    return address.removeprefix(f"{BASE}/nl")


def press(client: Client, on: str, address: str, status: int = 302) -> Page:
    """Press the button of a page that sends something to this address."""
    return client.post(address, {"csrf_token": client.get(on).value("csrf_token")[0]}, status)


def test_an_invitation_from_link_to_roles_and_it_can_be_withdrawn(town: Shell, client: Client) -> None:
    form = client.get("/admin/people/invite")
    page = client.send(
        form, 200, form="invite", email="bram@oeverland.example", name="Bram", roles=["po", "facilitator"]
    )
    address = link_in(page)
    page = client.get("/admin/people")
    assert "bram@oeverland.example" in page.text
    assert address.rsplit("/", 1)[-1] not in page.source
    other = Client(client.app, person="")
    joining = other.get(address)
    other.send(joining, form="join", name="Bram", function="jurist", passphrase=OTHER)
    [bram] = [one for one in list_people(town.engine) if one.name == "Bram"]
    assert bram.roles == {Role.PO, Role.FACILITATOR}
    second = link_in(client.send(form, 200, form="invite", email="cato@oeverland.example"))
    [withdraw] = [form.get("action") for form in client.get("/admin/people").tree.findall(".//main//li/form")]
    press(client, "/admin/people", withdraw)
    Client(client.app, person="").get(second, 404)
    assert kinds_of_events(town)[-2:] == ["invited", "invitation_withdrawn"]


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"email": ""}, ["email"]),
        ({"email": "bram"}, ["email"]),
        ({"email": "admin@oeverland.example", "roles": ["po"]}, ["email"]),
        ({"email": "b@x.example", "roles": ["guest", "po"]}, ["roles"]),
        ({"email": "b@x.example", "roles": ["king"]}, ["roles"]),
    ],
)
def test_invitations_that_are_not_made(
    town: Shell, client: Client, typed: dict[str, str | list[str]], wrong: list[str]
) -> None:
    page = client.send(client.get("/admin/people/invite"), 422, form="invite", **typed)
    assert list(page.errors) == wrong
    with reading(town.engine) as connection:
        assert connection.scalar(text("SELECT count(*) FROM invitation")) == 0


def test_other_roles_end_the_sessions(town: Shell, client: Client, anna: Person) -> None:
    hers = come_in(client, "anna")
    page = client.get(f"/admin/people/{anna.id}")
    assert page.value("roles") == ["po"]
    client.send(page, form="person", roles=["fg", "method_owner"])
    assert find_person(town.engine, anna.id).roles == {Role.FG, Role.METHOD_OWNER}
    assert not is_in(hers)
    assert kinds_of_events(town)[-1] == "roles"


def test_nobody_changes_their_own_rights(town: Shell, client: Client, admin: Person) -> None:
    page = client.get(f"/admin/people/{admin.id}")
    assert not page.all("input", name="roles")
    token = {"csrf_token": page.value("csrf_token")[0]}
    for path in ("", "/end", "/codes", "/passphrase"):
        client.post(f"/admin/people/{admin.id}{path}", token | {"roles": "po"}, 404)
    assert find_person(town.engine, admin.id).roles == {Role.ADMIN}
    assert "admin" not in kinds_of_events(town)


def test_a_lost_telephone(town: Shell, client: Client, anna: Person) -> None:
    save_totp(town.engine, anna.id, "v1.sealed.secret", 1, ["hash"], signed=signed(town))
    page = client.get(f"/admin/people/{anna.id}")
    assert "sealed" not in page.source
    press(client, f"/admin/people/{anna.id}", f"/admin/people/{anna.id}/codes")
    found = find_credentials_of(town.engine, anna.id)
    assert found
    assert not found.totp
    assert kinds_of_events(town)[-1] == "codes_off"


def test_a_lost_passphrase(town: Shell, client: Client, anna: Person) -> None:
    page = press(client, f"/admin/people/{anna.id}", f"/admin/people/{anna.id}/passphrase", 200)
    hers = come_in(client, "anna")  # until the link is used nothing changes
    other = Client(client.app, person="")
    other.send(other.get(link_in(page)), form="another", passphrase=OTHER)
    assert not is_in(hers)
    enter(other, "anna", passphrase=OTHER)
    assert "anna" not in client.get("/admin/people").texts("code")


def test_who_leaves_hands_over_by_number(town: Shell, client: Client, anna: Person, admin: Person) -> None:
    bram = add(town, "bram")
    dossier = make_dossier(town, owner=anna.id, title=f"{CANARY} plan")
    hers = come_in(client, "anna")
    page = client.get(f"/admin/people/{anna.id}/end")
    assert "-001" in page.text
    assert CANARY not in page.source
    offered = {option.get("value") for option in page.all("option")}
    assert offered == {"", bram.id}
    for heir in ("", admin.id, anna.id, "x"):
        assert list(client.send(page, 422, form="end", heir=heir).errors) == ["heir"]
    assert is_in(hers)
    client.send(page, form="end", heir=bram.id)
    assert not is_in(hers)
    enter(Client(client.app, person=""), "anna", 422)
    owners = [
        one.person for one in list_members(town.engine, dossier.rsplit("/", 1)[-1]) if one.relation is Relation.OWNER
    ]
    assert set(owners) == {anna.id, bram.id}
    page = client.get(f"/admin/people/{anna.id}")
    assert anna.email not in page.source
    client.get(f"/admin/people/{anna.id}/end", 404)
    assert verify_all(town.engine, town.audit_key).faults == ()


def test_a_second_reader(town: Shell, client: Client) -> None:
    assert find_second_reader(town.engine) == "none"
    page = client.get("/admin/settings")
    client.send(page, 422, form="settings", second_reader="always")
    client.send(page, form="settings", second_reader="high")
    assert find_second_reader(town.engine) == "high"
    before = kinds_of_events(town)
    assert before[-1] == "setting"
    client.send(client.get("/admin/settings"), form="settings")
    assert kinds_of_events(town) == before  # nothing changed


def test_a_number_that_is_none_is_told_once_and_keeps_standing_there(client: Client) -> None:
    page = client.get("/admin/settings")
    shown = client.send(page, 422, form="settings", workshop_weeks="acht weken", retention_years="-1")
    assert shown.fields("settings")["workshop_weeks"] == ["acht weken"]
    assert shown.fields("settings")["retention_years"] == ["-1"]
    assert len([one for one in shown.all("p") if "error" in one.get("class", "").split()]) == 2


def test_no_page_of_an_admin_shows_what_a_dossier_says(
    town: Shell, client: Client, anna: Person, admin: Person
) -> None:
    dossier = make_dossier(town, {"description": f"{CANARY} tekst"}, title=f"{CANARY} titel", owner=anna.id)
    paths = ("/", "/account", "/admin/people", "/admin/settings", f"/admin/people/{anna.id}", "/admin/people/invite")
    for path in (*paths, f"/admin/people/{anna.id}/end", "/my-work"):
        assert CANARY not in client.get(path).source
    for path in ("", "/check", "/preview", "/download/json", "/people", "/trail"):
        assert CANARY not in client.get(dossier + path, 404).source
    client.get("/desk", 404)
    client.get("/admin/editions", 404)


def test_pages_of_people_are_for_admins(town: Shell, town_app: Flask, anna: Person) -> None:
    client = Client(town_app, person="")
    for path in ("/admin/people", "/admin/settings", f"/admin/people/{anna.id}"):
        assert client.get(path, 302).response.headers["Location"].startswith("/nl/sign-in")
    enter(client, "anna")
    for path in ("/admin/people", "/admin/settings", f"/admin/people/{anna.id}"):
        client.get(path, 404)


def test_in_english_too(town: Shell, town_app: Flask, admin: Person, anna: Person) -> None:
    client = Client(town_app, "en", person="")
    enter(client, "admin")
    for path in ("", "/sessions", "/passphrase", "/codes"):
        client.get(f"/account{path}")
    for path in ("people", "people/invite", "settings", f"people/{anna.id}", f"people/{anna.id}/end"):
        client.get(f"/admin/{path}")
