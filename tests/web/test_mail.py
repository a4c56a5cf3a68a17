"""The weekly mail on my account, mailed invitations, and what an admin sees of the outbox."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from assistant.access import Relation, Role
from assistant.answers import Answer
from assistant.mail.digest import PLACES
from assistant.mailing import Posted, post_mail
from assistant.opening import Shell
from assistant.sharing.draft import Draft
from assistant.store.access_tokens import Scope, make_token
from assistant.store.actions import add_action
from assistant.store.advices import Asked, Opinion, give_advice
from assistant.store.answers import save_answers
from assistant.store.changes import Signed
from assistant.store.database import reading, writing
from assistant.store.decisions import Made, decide
from assistant.store.dossiers import move_dossier
from assistant.store.editions import save_edition
from assistant.store.members import save_member
from assistant.store.people import Person, save_facts
from assistant.store.remarks import EARLY, QUESTION, add_remark
from assistant.store.shared import find_shared, save_draft, send
from assistant.web import create_app

from ..mailbox import Mailbox, mail_settings, open_mailbox
from ..sharing import samples
from ..store.desk import freeze
from ..store.samples import start
from ..trees import samples as trees
from .client import Client
from .town import BASE, OTHER, add, enter, open_town, signed

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with open_mailbox() as made:
        yield made


@pytest.fixture
def town(box: Mailbox, tmp_path: Path) -> Iterator[Shell]:
    made = open_town(tmp_path / "data", **mail_settings(box))
    yield made
    made.engine.dispose()


def come_in(town: Shell, name: str, *roles: Role) -> tuple[Person, Client]:
    person, client = add(town, name, *roles), Client(create_app(town), person="")
    enter(client, name)
    return person, client


def post(town: Shell) -> Posted:
    return post_mail(town, lambda: MONDAY)


def test_who_chooses_sees_the_address_and_never_is_never(town: Shell, box: Mailbox) -> None:
    anna, client = come_in(town, "anna")
    assert "/nl/account/mail" in client.get("/account").source
    page = client.get("/account/mail")
    assert anna.email in page.text
    assert (page.value("day"), page.value("language")) == (["0"], ["nl"])
    client.send(page, form="mail", day="never", language="en")
    page = client.get("/account/mail")
    assert (page.value("day"), page.value("language")) == (["never"], ["en"])
    made = start(town.engine, owner=anna.id, actor=anna.id)
    add_action(town.engine, made.id, about="", text="Bel.", owner="adviseur", due="2026-11-24", signed=signed(town))
    assert post(town) == Posted(0, 0)
    client.send(page, form="mail", day="0", language="en")
    assert post(town) == Posted(1, 0)
    assert "/en/account/mail" in box.texts[0]


@pytest.mark.parametrize("wrong", [{"day": "6"}, {"day": "x"}, {"language": "de"}])
def test_a_choice_that_is_none_is_refused(town: Shell, wrong: dict[str, str]) -> None:
    _, client = come_in(town, "anna")
    page = client.send(client.get("/account/mail"), 422, form="mail", **wrong)
    assert page.errors


def test_without_a_mail_server_nothing_shows(tmp_path: Path) -> None:
    town = open_town(tmp_path / "data")
    _, client = come_in(town, "anna", Role.ADMIN)
    assert "/mail" not in client.get("/account").source
    assert "mail" not in {button.get("value") for button in client.get("/admin/people/invite").all("button")}
    assert "verstuurt geen mail" in client.get("/account/mail").text
    assert "geen mailserver" in client.get("/admin/mail").text
    form = client.get("/admin/people/invite")
    client.send(form, 200, form="invite", do="mail", email="bram@oeverland.example")
    with reading(town.engine) as connection:
        assert connection.scalar(text("SELECT count(*) FROM mail")) == 0
    town.engine.dispose()


def test_an_admin_has_an_invitation_mailed_and_the_link_works(town: Shell, box: Mailbox) -> None:
    _, client = come_in(town, "beheer", Role.ADMIN)
    form = client.get("/admin/people/invite")
    page = client.send(form, 200, form="invite", do="mail", email="bram@oeverland.example", name="Bram")
    [address] = page.texts("code")
    assert "binnen een uur gemaild" in page.text
    assert post_mail(town) == Posted(1, 0)
    assert box.to == ["bram@oeverland.example"]
    assert address in box.texts[0]
    other = Client(client.app, person="")
    joining = other.get(address.removeprefix(f"{BASE}/nl"))
    other.send(joining, form="join", name="Bram", function="jurist", passphrase=OTHER)


def test_an_owner_has_an_invitation_into_a_dossier_mailed_without_its_title(town: Shell, box: Mailbox) -> None:
    anna, client = come_in(town, "anna")
    made = start(town.engine, owner=anna.id, actor=anna.id, edition_hash=town.edition.hash)
    form = client.get(f"/dossiers/{made.id}/people")
    page = client.send(form, 200, form="ask-in", do="mail", email="bram@oeverland.example", relation="editor")
    assert page.texts("code")
    assert post_mail(town) == Posted(1, 0)
    assert "Schoolverlaters" not in box.texts[0]
    assert page.texts("code")[0] in box.texts[0]


def test_an_owner_sees_that_it_could_not_be_mailed_an_admin_not_who_or_where(town: Shell, box: Mailbox) -> None:
    anna, client = come_in(town, "anna")
    made = start(town.engine, owner=anna.id, actor=anna.id, edition_hash=town.edition.hash)
    form = client.get(f"/dossiers/{made.id}/people")
    client.send(form, 200, form="ask-in", do="mail", email="bram@oeverland.example", relation="editor")
    box.answers["bram@oeverland.example"] = "550 No"
    assert post_mail(town) == Posted(0, 1)
    assert "kon niet per mail weg" in client.get(f"/dossiers/{made.id}/people").text
    _, admin = come_in(town, "beheer", Role.ADMIN)
    page = admin.get("/admin/mail")
    assert "Een uitnodiging voor een dossier" in page.text
    assert "bram@" not in page.text


def test_an_admin_sees_whose_mail_did_not_go_and_why_and_tries_again(town: Shell, box: Mailbox) -> None:
    anna = add(town, "anna")
    made = start(town.engine, owner=anna.id, actor=anna.id)
    add_action(town.engine, made.id, about="", text="Bel.", owner="adviseur", due="2026-11-24", signed=signed(town))
    box.answers[anna.email] = "550 No such user"
    assert post(town) == Posted(0, 1)
    _, client = come_in(town, "beheer", Role.ADMIN)
    page = client.get("/admin/mail")
    assert "Anna" in page.text
    assert "kent dit adres niet" in page.text
    client.send(page, form="mail", do="again")
    box.answers.clear()
    assert post_mail(town).sent == 1
    assert "kon niet weg" not in client.get("/admin/mail").text


def test_what_an_admin_leaves_is_not_sent(town: Shell, box: Mailbox) -> None:
    _, client = come_in(town, "beheer", Role.ADMIN)
    form = client.get("/admin/people/invite")
    client.send(form, 200, form="invite", do="mail", email="bram@oeverland.example")
    box.answers["bram@oeverland.example"] = "550 No"
    post_mail(town)
    page = client.get("/admin/mail")
    assert "bram@oeverland.example" in page.text
    assert "kon niet per mail weg" in client.get("/admin/people").text
    client.send(page, form="mail", do="let_go")
    assert not client.get("/admin/mail").all("li", kind="lines")
    with reading(town.engine) as connection:
        assert connection.execute(text("SELECT state, sealed FROM mail WHERE kind = 'invitation'")).all() == [
            ("empty", "")
        ]


# No content in any mail, and every link in one leads somewhere

SECRET = "Zqxgeheim"


def fill_with_secrets(town: Shell) -> tuple[Person, Person]:
    """Dossiers of everything that a digest can tell, every text of which holds the word."""
    team, officer = add(town, "anna"), add(town, "bram", Role.PO)
    for person in (team, officer):
        save_facts(town.engine, person.id, f"{SECRET} {person.name}", f"{SECRET} functie", signed=signed(town))
    for stage in range(4):
        fill_one(town, Signed(team.id, MONDAY, town.audit_key), Signed(officer.id, MONDAY, town.audit_key), stage)
    ask_for_an_officer(town, Signed(team.id, MONDAY, town.audit_key))
    return team, officer


def ask_for_an_officer(town: Shell, mine: Signed) -> None:
    """A closed dossier with an example, a token, and a dossier of an older edition."""
    engine, asked = town.engine, {"owner": mine.actor, "actor": mine.actor, "audit_key": town.audit_key}
    make_token(engine, f"{SECRET} systeem", Scope.REGISTER, date(2027, 1, 1), signed=mine)
    with writing(engine) as connection:
        old = save_edition(connection, trees.edition(trees.tree(trees.question("q"))).body)
    start(engine, title=f"{SECRET} oud", edition_hash=old, **asked)
    made = start(engine, title=f"{SECRET} voorbeeld", edition_hash=town.edition.hash, **asked)
    move_dossier(engine, made.id, "close", signed=mine)
    chosen = Draft(title=f"{SECRET} titel", about=SECRET)
    save_draft(engine, made.id, 0, chosen, signed=mine)
    example = samples.example(chosen, name=samples.LIGHT)
    key = {"key": find_shared(engine, made.id).key, "issue": 1}
    send(engine, made.id, 1, example.model_copy(update=key), signed=mine)


def fill_one(town: Shell, mine: Signed, theirs: Signed, stage: int) -> None:
    """A draft, one handed in, one advised, one that runs."""
    engine, day, said = town.engine, "2026-11-20", f"{SECRET} tekst"
    made = start(
        engine, title=f"{SECRET} titel", organisation=f"{SECRET} gemeente", owner=mine.actor, actor=mine.actor,
        edition_hash=town.edition.hash, audit_key=town.audit_key,
    )  # fmt: skip
    save_answers(
        engine, made.id, {"story": (0, Answer(value=said))}, actor=mine.actor, at=MONDAY, audit_key=town.audit_key
    )
    add_action(engine, made.id, about="", text=said, owner=f"{SECRET} functie", due=day, signed=mine)
    add_remark(engine, made.id, "q", said, assigned=f"{SECRET} functie", signed=mine)
    add_remark(engine, made.id, "q", said, kind=QUESTION, signed=theirs)
    if stage == 0:
        add_remark(engine, made.id, "q", said, kind=EARLY, signed=mine)
        return
    version = freeze(engine, made, signed=mine)
    if stage == 1:
        return
    asked = Asked(said, f"{SECRET} functie", day)
    opinion = Opinion("po", "go_on_with_conditions", said, (asked,), again_on=day, function=said)
    give_advice(engine, made.id, version, opinion, signed=theirs)
    if stage == 3:
        decide(engine, made.id, Made("go_on", said, day, reason=said, reference=said, look_again=day), signed=mine)


@pytest.fixture
def full_town(town: Shell) -> tuple[Shell, Person, Person]:
    return (town, *fill_with_secrets(town))


def test_no_word_that_anybody_typed_is_in_a_mail_a_log_or_the_outbox(
    full_town: tuple[Shell, Person, Person], box: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    town, team, officer = full_town
    with caplog.at_level(logging.DEBUG, "assistant"):
        assert post(town) == Posted(2, 0)
        box.answers |= dict.fromkeys((team.email, officer.email), f"550 {SECRET}")
        assert post_mail(town, lambda: datetime(2026, 11, 30, 8, tzinfo=UTC)) == Posted(0, 2)
    whole = b"".join(box.raw).decode() + "".join(box.texts)
    assert SECRET.lower() not in whole.lower()
    assert whole.count("2026-001") > 0
    assert SECRET not in caplog.text
    assert "@oeverland" not in "".join(line.getMessage() for line in caplog.records if line.name == "assistant.mail")
    with reading(town.engine) as connection:
        assert SECRET not in str(connection.execute(text("SELECT * FROM mail")).all())


def test_every_link_in_a_mail_opens_for_who_gets_it(full_town: tuple[Shell, Person, Person], box: Mailbox) -> None:
    town, team, officer = full_town
    assert post(town) == Posted(2, 0)
    seen: set[str] = set()
    for person, name in ((team, "anna"), (officer, "bram")):
        [body] = [body for to, body in zip(box.to, box.texts, strict=True) if to == person.email]
        client = Client(create_app(town), person="")
        enter(client, name)
        links = [part for part in body.split() if part.startswith(BASE)]
        for link in links:
            assert client.open(link.removeprefix(BASE)).status == 200, link
        seen |= {link.removeprefix(f"{BASE}/nl") for link in links}
    id = re.compile(r"[0-9a-f-]{36}")
    told = {id.sub("{}", link) for link in seen}
    assert {*PLACES.values()} - told == {PLACES["part"]}  # a colleague's, who is asked for one theme


def test_a_colleague_who_is_asked_for_a_theme_is_led_to_it(town: Shell, box: Mailbox) -> None:
    team, officer = add(town, "anna"), add(town, "bram", Role.PO)
    mine = Signed(team.id, MONDAY, town.audit_key)
    made = start(town.engine, owner=team.id, actor=team.id, edition_hash=town.edition.hash, audit_key=town.audit_key)
    freeze(town.engine, made, signed=mine)
    cato, client = come_in(town, "cato")
    asked = Signed(officer.id, MONDAY, town.audit_key)
    save_member(town.engine, made.id, cato.id, Relation.ADVISER, theme="tree/theme", signed=asked)
    post(town)
    [body] = [body for to, body in zip(box.to, box.texts, strict=True) if to == cato.email]
    assert f"/nl{PLACES['part'].format(made.id)}" in body
    assert client.open(PLACES["part"].format(made.id)).status == 200
