"""My work: what waits for me, what I typed and did not save, and the dossiers that I am in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask

from assistant.demo import PEOPLE
from assistant.opening import Shell
from assistant.store.access_tokens import Scope, make_token
from assistant.store.actions import add_action
from assistant.store.database import writing
from assistant.store.editions import save_edition
from assistant.store.remarks import QUESTION, add_remark

from ..store.samples import start
from ..trees import samples as trees
from .client import Client, Page
from .desk import signed_by
from .work import TEAM, make_dossier

HOSTILE = "<b>Waarom</b> {{ 7 * 7 }} & dan?"
ME = PEOPLE["team"].function
OFFICER = PEOPLE["officer"].id
WORDS = {
    "nl": ("De privacy officer vraagt", "te laat", "15 januari 2020"),
    "en": ("The privacy officer asks", "late", "15 January 2020"),
}


def ask(shell: Shell, dossier: str) -> None:
    id = dossier.rsplit("/", 1)[-1]
    add_remark(shell.engine, id, "description", HOSTILE, kind=QUESTION, signed=signed_by(shell, OFFICER))
    add_action(
        shell.engine, id, about="", text="Bel de school.", owner=ME, due="2020-01-15", signed=signed_by(shell, TEAM)
    )


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_waits_says_what_it_is_where_and_when(app: Flask, shell: Shell, half: str, language: str) -> None:
    ask(shell, half)
    client = Client(app, language)
    page = client.get("/my-work")
    says, late, day = WORDS[language]
    assert f"{says}: {HOSTILE}" in page.text
    assert day in page.text
    assert [one.strip("()") for one in page.texts("strong")] == [late]
    ways = [a.get("href") for a in page.all("a") if HOSTILE in "".join(a.itertext()) or "school." in a.text_content()]
    assert [client.get(way).h1 != "" for way in ways] == [True, True]


def test_nothing_waits_for_who_is_in_no_dossier(app: Flask, shell: Shell, half: str) -> None:
    ask(shell, half)
    page = Client(app, person="facilitator").get("/my-work")
    assert HOSTILE not in page.text
    assert not [a for a in page.all("a") if "/dossiers/" in a.get("href", "") and a.get("href")[-3:] != "new"]


def test_answered_on_the_page_it_leads_to_it_waits_no_longer(client: Client, shell: Shell, half: str) -> None:
    ask(shell, half)
    page = client.get(f"{half}/questions/description/remarks")
    [form] = [form for form in page.all("form") if "/remarks/" in form.get("action", "") and not form.get("id")]
    fields = {one.get("name"): one.get("value", "") for one in form.iter("input")}
    client.post(form.get("action"), {**fields, "do": "settle"})
    assert HOSTILE not in client.get("/my-work").text


def test_twenty_a_page_those_saved_last_first(client: Client, shell: Shell) -> None:
    for number in range(22):
        make_dossier(shell, title=f"Dossier nummer {number}")
    first = client.get("/my-work")
    assert first.text.index("nummer 21") < first.text.index("nummer 3")
    assert "nummer 1 " not in first.text
    [more] = pages_on(first)
    second = client.get(more)
    assert "nummer 1 " in second.text
    assert "nummer 2 " not in second.text
    assert not pages_on(second)


def pages_on(page: Page) -> list[str]:
    """Links to another page of the list; the same page in another language is none."""
    return [a.get("href") for a in page.all("a") if "before=" in a.get("href", "") and not a.get("hreflang")]


@pytest.mark.parametrize("before", ["x", "4f6c1f5e-0000-4000-8000-000000000000", "%00"])
def test_a_page_that_begins_nowhere(client: Client, half: str, before: str) -> None:
    assert client.open(f"/my-work?before={before}").status in (200, 404)


def test_what_comes_up_has_a_number_and_a_way_there(app: Flask, shell: Shell) -> None:
    signed = signed_by(shell, PEOPLE["team"].id)
    make_token(shell.engine, "zaaksysteem", Scope.REGISTER, date.today() + timedelta(days=9), signed=signed)
    with writing(shell.engine) as connection:
        old = save_edition(connection, trees.edition(trees.tree(trees.question("q"))).body)
    given = {"owner": PEOPLE["team"].id, "actor": PEOPLE["team"].id, "audit_key": shell.audit_key}
    made = start(shell.engine, title="Oud", edition_hash=old, **given)
    way = f"/nl/dossiers/{made.id}/edition"
    page = Client(app).get("/my-work")
    [link] = page.all("a", href=way)
    assert made.number in link.text_content()
    assert Client(app).get(way).status == 200
    officer = Client(app, person="officer")
    assert officer.get("/my-work").all("a", href="/nl/systems")
    assert not page.all("a", href="/nl/systems")
    assert officer.get("/systems").status == 200
