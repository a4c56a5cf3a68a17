"""An example for others: chosen, looked at, approved, passed on, and found again in a library."""

from __future__ import annotations

import io
import re
from hashlib import sha256

import pytest
from flask import Flask

from assistant.demo import PEOPLE
from assistant.library import list_library
from assistant.opening import Shell
from assistant.sharing.read import read_example
from assistant.store.audit import verify_all
from assistant.store.dossiers import find_dossier
from assistant.store.forgetting import forget_dossier
from assistant.store.shared import find_shared
from exports import to_example

from .checks import CANARY
from .client import Client, Page
from .desk import HEAVY, add_person, draft, hand_in, id_of, sign_in_as
from .work import TEAM, count_rows

TITLE = "Schooluitval in een middelgrote gemeente"
THEME = "quick-scan.the_outcome"
LANGUAGES = pytest.mark.parametrize("language", ["nl", "en"])


@pytest.fixture
def officer(app: Flask) -> Client:
    return Client(app, person="officer")


@pytest.fixture
def advised(client: Client, officer: Client, shell: Shell) -> str:
    """A heavy dossier with an advice: its address."""
    dossier = draft(shell, HEAVY)
    desk = hand_in(client, dossier)
    page = officer.get(f"{desk}/advise")
    officer.send(page, form="advise", outcome="do_not", motivation=f"{CANARY} Zo kan het niet.")
    return dossier


@pytest.fixture
def chosen(client: Client, advised: str) -> str:
    """With a title, and nothing to look at: its address."""
    save(client, advised, title=TITLE, about="Een model voor scholen.", learned="Begin bij de vraag.")
    return advised


@pytest.fixture
def approved(client: Client, officer: Client, chosen: str) -> str:
    send(client, chosen)
    approve(officer, chosen)
    return chosen


def save(client: Client, dossier: str, status: int = 302, **typed: str | None) -> Page:
    return client.send(client.get(f"{dossier}/example"), status, form="example", **typed)


def send(client: Client, dossier: str, status: int = 302) -> Page:
    return client.send(client.get(f"{dossier}/example"), status, form="send")


def approve(officer: Client, dossier: str) -> Page:
    return officer.send(officer.get(f"/desk{dossier}/example"), form="approve", do="approve")


def state(shell: Shell, dossier: str) -> str:
    return find_shared(shell.engine, id_of(dossier)).state


def own_titles(shell: Shell) -> list[str]:
    return [one.title for one in list_library(shell.engine, "nl") if one.source == "own"]


def upload(officer: Client, raw: bytes, status: int = 200) -> Page:
    page = officer.get("/desk/examples/import")
    fields = page.fields("import") | {"file": (io.BytesIO(raw), "voorbeeld.html")}
    return officer.post("/desk/examples/import", fields, status, content_type="multipart/form-data")


@LANGUAGES
def test_every_page_in_both_languages(app: Flask, approved: str, language: str) -> None:
    team, officer = Client(app, language), Client(app, language, person="officer")
    for page in ("", "/page", "/texts/after", f"/texts/{THEME}"):
        assert team.get(f"{approved}/example{page}").h1
    for page in ("/desk/examples", f"/desk{approved}/example", "/desk/examples/import", "/library"):
        assert officer.get(page).h1
    for link in team.get("/library").all("a"):
        if "/library/" in link.get("href", ""):
            assert team.get(link.get("href")).h1 == " ".join("".join(link.itertext()).split())


def test_before_an_advice_there_is_nothing_to_share(client: Client, shell: Shell) -> None:
    dossier = draft(shell)
    client.get(f"{dossier}/example", 403)
    hand_in(client, dossier)
    page = client.get(f"{dossier}/example")
    assert "Dit kan als er een advies is" in page.text
    assert page.tree.findall(".//main//form") == []
    client.get(f"{dossier}/example/page", 404)
    assert f"{dossier}/example" not in str([link.get("href") for link in client.get("/dossiers/new").all("a")])


def test_a_closed_dossier_can_be_an_example_without_an_advice(client: Client, officer: Client, shell: Shell) -> None:
    dossier = draft(shell)
    token = client.get(dossier).value("csrf_token")[0]
    client.post(f"{dossier}/close", {"csrf_token": token})
    save(client, dossier, title=TITLE, learned="Stoppen kost een middag.")
    page = client.get(f"{dossier}/example/page")
    assert "Gestopt of afgerond" in page.text
    send(client, dossier)
    approve(officer, dossier)
    assert own_titles(shell) == [TITLE]


def test_typed_texts_are_off_and_each_can_be_switched_on_and_rewritten(
    client: Client, chosen: str, shell: Shell
) -> None:
    address, key = f"{chosen}/example/texts/{THEME}", "analysis_level-motivation"
    page = client.get(address)
    assert not [name for name in page.fields("texts") if name.startswith("goes-")]
    client.send(page, form="texts", **{f"goes-{key}": "y", f"text-{key}": "Een bureau schat een kans."})
    assert "Een bureau schat een kans." in client.get(f"{chosen}/example/page").text
    assert "1 gaat mee" in client.get(f"{chosen}/example").text
    again = client.get(address)
    assert again.value(f"text-{key}") == ["Een bureau schat een kans."]
    client.send(again, form="texts", **{f"goes-{key}": None})
    assert "Een bureau schat een kans." not in client.get(f"{chosen}/example/page").text


@pytest.mark.parametrize(
    "text", ["Bel 06-12345678.", f"Vraag het {PEOPLE['officer'].name}.", "In Gemeente Oeverland.", "Op 12 mei 2026."]
)
def test_what_may_point_at_somebody_holds_it_up(client: Client, chosen: str, shell: Shell, text: str) -> None:
    save(client, chosen, about=text)
    page = client.get(f"{chosen}/example")
    assert page.all("mark")
    refused = send(client, chosen, 422)
    assert list(refused.errors) != []
    assert state(shell, chosen) == "draft"
    save(client, chosen, about=text, **{"cleared-about": "y"})
    send(client, chosen)
    assert state(shell, chosen) == "sent"
    if "Gemeente" not in text:  # the officer knows whose it is
        assert Client(client.app, person="officer").get(f"/desk{chosen}/example").all("mark")


def test_calling_it_none_holds_for_the_text_that_was_shown(client: Client, chosen: str, shell: Shell) -> None:
    save(client, chosen, about="Bel 06-12345678.", **{"cleared-about": "y"})  # nobody saw yet what was found
    send(client, chosen, 422)
    save(client, chosen, **{"cleared-about": "y"})
    save(client, chosen, about="Bel 06-87654321.", **{"cleared-about": "y"})
    send(client, chosen, 422)
    assert state(shell, chosen) == "draft"


def test_a_text_of_the_dossier_is_looked_at_too(client: Client, chosen: str, shell: Shell) -> None:
    page = client.get(f"{chosen}/example/texts/after")
    typed = {"goes-advice-motivation": "y", "text-advice-motivation": "Mail nora@oeverland.nl"}
    client.send(page, form="texts", **typed)
    refused = send(client, chosen, 422)
    assert "een e-mailadres" in refused.text
    again = client.get(f"{chosen}/example/texts/after")
    client.send(again, form="texts", **{"cleared-advice-motivation": "y"})
    send(client, chosen)
    assert state(shell, chosen) == "sent"


def test_without_a_title_it_is_not_sent(client: Client, advised: str, shell: Shell) -> None:
    save(client, advised, about="Iets.")
    assert list(send(client, advised, 422).errors) == ["title"]


def test_the_officer_reads_all_of_it_approves_and_both_download_it(
    client: Client, officer: Client, chosen: str, shell: Shell
) -> None:
    client.get(f"{chosen}/example/file", 404)
    officer.get(f"/desk{chosen}/example/file", 404)
    send(client, chosen)
    assert find_dossier(shell.engine, id_of(chosen)).number in officer.get("/desk/examples").text
    assert "1 voorbeeld voor anderen wacht op jou" in officer.get("/desk").text
    page = officer.get(f"/desk{chosen}/example")
    shown = page.all("div", kind="document")[0]
    example = find_shared(shell.engine, id_of(chosen)).example
    assert example
    for told in (told for chapter in example.themes for told in chapter.answers):
        assert told.ask in "".join(shown.itertext())
    approve(officer, chosen)
    files = {
        client.get(f"{chosen}/example/file").response.data,
        officer.get(f"/desk{chosen}/example/file").response.data,
    }
    [raw] = files
    sha = sha256(raw).hexdigest()
    assert sha in client.get(f"{chosen}/example").text
    assert sha in officer.get(f"/desk{chosen}/example").text
    assert read_example(raw) == example
    assert own_titles(shell) == [TITLE]
    assert "Voorbeeld goedgekeurd voor anderen" in client.get(f"{chosen}/trail").text
    assert verify_all(shell.engine, shell.audit_key).faults == ()


def test_given_back_with_a_reason(client: Client, officer: Client, chosen: str, shell: Shell) -> None:
    send(client, chosen)
    page = officer.get(f"/desk{chosen}/example")
    assert list(officer.send(page, 422, form="return", do="return", reason="").errors) == ["reason"]
    officer.send(page, form="return", do="return", reason="Noem het bureau niet.")
    assert "Noem het bureau niet." in client.get(f"{chosen}/example").text
    assert (state(shell, chosen), own_titles(shell)) == ("returned", [])
    save(client, chosen, about="Anders.")
    send(client, chosen)
    assert state(shell, chosen) == "sent"


def test_a_change_takes_the_approval_away(client: Client, officer: Client, approved: str, shell: Shell) -> None:
    save(client, approved)  # nothing changed, and yet somebody saved
    assert (state(shell, approved), own_titles(shell)) == ("draft", [])
    client.get(f"{approved}/example/file", 404)
    send(client, approved)
    approve(officer, approved)
    assert find_shared(shell.engine, id_of(approved)).issue == 2
    assert own_titles(shell) == [TITLE]
    assert verify_all(shell.engine, shell.audit_key).faults == ()


def test_taken_back(client: Client, approved: str, shell: Shell) -> None:
    client.send(client.get(f"{approved}/example"), form="back")
    assert (state(shell, approved), own_titles(shell)) == ("draft", [])


def test_an_officer_approves_what_they_read_and_nothing_newer(
    client: Client, officer: Client, chosen: str, shell: Shell
) -> None:
    send(client, chosen)
    page = officer.get(f"/desk{chosen}/example")
    save(client, chosen, about="Stiekem anders.")
    assert "Iemand anders" in officer.send(page, 409, form="approve", do="approve").text
    send(client, chosen)
    officer.send(page, 409, form="approve", do="approve")
    assert (state(shell, chosen), own_titles(shell)) == ("sent", [])


def test_two_owners_do_not_undo_each_other(client: Client, chosen: str, shell: Shell) -> None:
    stale = client.get(f"{chosen}/example")
    old = client.get(f"{chosen}/example/texts/after")
    save(client, chosen, about="Van de een.")
    page = client.send(stale, 409, form="example", about="Van de ander.")
    assert page.value("about") == ["Van de ander."]
    typed = {"goes-advice-motivation": "y", "text-advice-motivation": "In andere woorden."}
    page = client.send(old, 409, form="texts", **typed)
    assert page.value("text-advice-motivation") == ["In andere woorden."]
    client.send(stale, 409, form="send")
    assert find_shared(shell.engine, id_of(chosen)).draft.about == "Van de een."
    client.send(page, form="texts")  # they looked, and save again
    kept = find_shared(shell.engine, id_of(chosen)).draft
    assert (kept.about, kept.texts["advice-motivation"].text) == ("Van de een.", "In andere woorden.")


def test_an_approved_example_outlives_its_dossier(client: Client, approved: str, shell: Shell) -> None:
    forget_dossier(shell.engine, id_of(approved), actor="", at=find_dossier(shell.engine, id_of(approved)).updated_at,
                   audit_key=shell.audit_key)  # fmt: skip
    assert own_titles(shell) == [TITLE]
    assert count_rows(shell.engine)["example"] == 0
    assert verify_all(shell.engine, shell.audit_key).faults == ()


def test_the_library_is_filtered_and_each_entry_has_its_page(client: Client) -> None:
    page = client.get("/library")
    assert len([link for link in page.all("a") if "/library/" in link.get("href", "")]) == 10
    some = client.get("/library?field=compulsory_education&outcome=solve_first")
    [link] = [link for link in some.all("a") if "/library/" in link.get("href", "")]
    shown = client.get(link.get("href"))
    for heading in (
        "Waar het over ging",
        "Wat wij leerden",
        "Het advies",
        "Wat ervan werd",
        "Wat de antwoorden opriepen",
    ):
        assert heading in shown.texts("h2")
    assert "Geen voorbeeld gevonden" in client.get("/library?field=nowhere").text
    client.get("/library/no-such-entry", 404)


def test_a_dossier_begins_like_an_example(client: Client, shell: Shell) -> None:
    page = client.get("/library/example-early-school-leaving")
    assert list(client.send(page, 422, form="begin", title="").errors) == ["title"]
    made = client.send(page, form="begin", title="Ons plan", organisation="Elders")
    id = re.search(r"/dossiers/([0-9a-f-]{36})", made.response.headers["Location"])
    assert id
    answers = find_dossier(shell.engine, id[1]).document.answers
    assert len(answers) > 80
    assert {one.confirmed_in for one in answers.values()} == {"carried"}
    assert not any(one.motivation or one.by != TEAM for one in answers.values())
    assert "te bevestigen" in client.get(f"/dossiers/{id[1]}").text


def test_a_guest_reads_the_library_and_nobody_else_does(app: Flask, shell: Shell) -> None:
    assert Client(app, person="").open("/library").status == 302
    assert "begin" not in [form.get("id") for form in
                           sign_in_as(app, shell, add_person(shell)).get("/library").tree.iter("form")]  # fmt: skip


def test_a_file_is_read_before_it_is_kept(
    app: Flask, client: Client, officer: Client, approved: str, shell: Shell
) -> None:
    raw = client.get(f"{approved}/example/file").response.data
    assert "al in jullie bibliotheek" in upload(officer, raw).text
    mine = read_example(raw).model_copy(update={"issue": 7, "title": "Vervalst"})
    assert "hier gemaakt" in upload(officer, to_example.render(mine)).text
    other = read_example(raw).model_copy(update={"key": "4f6c1f5e-0000-4000-8000-00000000000b", "title": "Van elders"})
    before = count_rows(shell.engine)
    page = upload(officer, to_example.render(other))
    assert sha256(to_example.render(other)).hexdigest() in page.text
    assert count_rows(shell.engine) == before
    kept = officer.follow(officer.send(page, form="keep"))
    assert kept.h1 == "Van elders"
    assert "al in jullie bibliotheek" in upload(officer, to_example.render(other)).text
    officer.send(page, form="keep")  # the same once more
    assert sorted(one.source for one in list_library(shell.engine, "nl"))[-4:] == [
        "imported",
        "own",
        "shipped",
        "shipped",
    ]
    newer = other.model_copy(update={"issue": 2, "title": "Van elders, opnieuw"})
    page = upload(officer, to_example.render(newer))
    assert "Vervang de oudere uitgave" in page.source
    officer.send(page, form="keep")
    assert "nieuwere uitgave" in upload(officer, to_example.render(other)).text
    assert officer.get(kept.path).h1 == "Van elders, opnieuw"
    changed = newer.model_copy(update={"title": "Vervalst"})
    assert "welke klopt" in upload(officer, to_example.render(changed)).text
    officer.send(officer.get(kept.path), form="remove")
    officer.get(kept.path, 404)
    assert verify_all(shell.engine, shell.audit_key).faults == ()


@pytest.mark.parametrize("raw", [b"", b"{}", b"<p>", b"\xff", b"<script></script>"])
def test_a_file_that_is_none_says_why(officer: Client, shell: Shell, raw: bytes) -> None:
    before = count_rows(shell.engine)
    assert list(upload(officer, raw, 422).errors) == ["file"]
    token = officer.get("/desk/examples/import").value("csrf_token")[0]
    officer.post("/desk/examples/keep", {"csrf_token": token, "data": raw.decode(errors="replace")}, 422)
    assert count_rows(shell.engine) == before


def test_what_was_typed_is_text_on_every_page(client: Client, officer: Client, chosen: str) -> None:
    evil = "<script>alert(1)</script>"
    save(client, chosen, title=evil, about=evil, learned=evil)
    send(client, chosen)
    approve(officer, chosen)
    raw = client.get(f"{chosen}/example/file").response.data
    assert b"<script" not in raw
    other = read_example(raw).model_copy(update={"key": "4f6c1f5e-0000-4000-8000-00000000000b"})
    page = officer.follow(officer.send(upload(officer, to_example.render(other)), form="keep"))
    assert (page.h1, "<script>alert" in page.source) == (evil, False)


def test_nothing_of_people_is_in_the_file(client: Client, officer: Client, advised: str, shell: Shell) -> None:
    """Sentinels in every place of a full dossier, and not one of them in the file."""
    client.send(client.get(f"{advised}/questions/informing/views"), form="add-view", view="SENTINEL-zienswijze")
    client.send(client.get(f"{advised}/questions/informing/remarks"), form="remark", text="SENTINEL-opmerking")
    page = client.get(f"{advised}/decision")
    client.send(page, form="decision", outcome="stop", decided_by="SENTINEL-beslisser", decided_on="20-11-2026",
                departs="no", reason="SENTINEL-reden", reference="SENTINEL-zaak")  # fmt: skip
    save(client, advised, title=TITLE)
    send(client, advised)
    approve(officer, advised)
    raw = client.get(f"{advised}/example/file").response.data.decode()
    kept = find_dossier(shell.engine, id_of(advised))
    away = ["SENTINEL", CANARY, kept.number, kept.id, *(person.name for person in PEOPLE.values()), "Oeverland"]
    away += [person.id for person in PEOPLE.values()]
    away += [view for answer in kept.document.answers.values() for view in answer.other_views]
    owners = {answer.owner for answer in kept.document.answers.values() if answer.owner}
    own_words = shell.edition.body.decode()  # some functions are named in the questions themselves
    away += [owner for owner in owners if owner.casefold() not in own_words.casefold()]
    assert not [one for one in away if one in raw]
    assert not re.search(r"\d{1,2} (?:november|december|januari) \d{4}|2026-\d\d-\d\d", raw)
