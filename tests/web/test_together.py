"""Where working together goes wrong: late drafts, who left, a link that closed, a choice that was not in the form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, select

from assistant.demo import PEOPLE
from assistant.opening import Shell
from assistant.store.database import reading
from assistant.store.tables import METADATA

from .client import Client, Page
from .work import saved

TEAM, FACILITATOR = PEOPLE["team"], PEOPLE["facilitator"]


def ask_in(client: Client, address: str, relation: str = "editor") -> Client:
    page = client.get(f"{address}/people")
    client.send(page, form="ask-in", email=FACILITATOR.email, relation=relation)
    return Client(client.app, person="facilitator")


def keep_draft(client: Client, address: str, question: str, fields: dict[str, list[str]], status: int = 200) -> None:
    client.post(f"{address}/drafts/{question}", fields, status, headers={"Accept": "application/json"})


def test_a_draft_that_arrives_after_its_own_save_is_not_kept(anna: Client, dossier: str) -> None:
    path = f"{dossier}/questions/name"
    page = anna.get(path)
    anna.send(page, **{"name-value": "De tocht"})
    keep_draft(anna, dossier, "name", page.fields() | {"name-value": ["De to"]}, 409)
    assert anna.get(path).value("name-value") == ["De tocht"]


def test_a_draft_that_says_what_is_saved_is_none(anna: Client, dossier: str) -> None:
    path = f"{dossier}/questions/name"
    anna.answer(path, value="De tocht")
    keep_draft(anna, dossier, "name", anna.get(path).fields())
    assert not anna.get(path).all("div", kind="strip")


def test_who_left_sees_nothing_of_the_dossier_in_my_work(client: Client, half: str) -> None:
    colleague = ask_in(client, half)
    page = colleague.get(f"{half}/questions/description")
    keep_draft(colleague, half, "description", page.fields() | {"description-value": ["Van een collega"]})
    assert "Schoolverlaters" in colleague.get("/my-work").text
    token = client.get(f"{half}/people").fields("ask-in")["csrf_token"][0]
    client.post(f"{half}/people/{FACILITATOR.id}", {"csrf_token": token, "relation": "leave"})
    assert "Schoolverlaters" not in colleague.get("/my-work").text


def test_a_function_too_long_is_refused_and_kept(client: Client, half: str) -> None:
    path = f"{half}/questions/description/remarks"
    client.send(client.get(path), form="remark", text="Klopt dit?")
    page = client.get(path)
    [form] = [one for one in page.all("form") if "/remarks/" in one.get("action", "") and one.get("id") is None]
    fields = {
        "csrf_token": page.fields("remark")["csrf_token"][0],
        "rev": "1",
        "do": "assign",
        "assigned": "x" * 300,
        "text": "",
    }
    refused = client.post(form.get("action"), fields, 422)
    assert "x" * 300 in refused.value("assigned")


def test_theirs_can_be_chosen_when_mine_was_not_knowing(kinds: Shell, anna: Client, bram: Client, dossier: str) -> None:
    path = f"{dossier}/questions/way"
    page = anna.get(path)
    bram.answer(path, value="road", motivation="Van Bram.")
    refused = anna.send(page, 409, do="unsure:way", **{"way-motivation": "Van Anna."})
    anna.send(refused, **{"way-keep-value": "theirs", "way-keep-motivation": "mine"})
    now = saved(kinds, dossier, "way")
    assert (now.value, now.unsure, now.motivation) == ("road", False, "Van Anna.")


@pytest.mark.parametrize("value", ["mine", "theirs"])
@pytest.mark.parametrize("motivation", ["mine", "theirs"])
def test_each_part_is_chosen_apart(
    kinds: Shell, anna: Client, bram: Client, dossier: str, value: str, motivation: str
) -> None:
    path = f"{dossier}/questions/sources"
    page = anna.get(path)
    bram.answer(path, motivation="Van Bram.", **{"r1-title": "Het register"})
    refused = anna.send(page, 409, **{"sources-r1-title": "De lijst", "sources-motivation": "Van Anna."})
    anna.send(refused, **{"sources-keep-value": value, "sources-keep-motivation": motivation})
    now = saved(kinds, dossier, "sources")
    assert now.motivation == {"mine": "Van Anna.", "theirs": "Van Bram."}[motivation]
    assert now.value[0]["title"] == {"mine": "De lijst", "theirs": "Het register"}[value]


def test_a_choice_for_what_has_changed_again_is_asked_again(
    kinds: Shell, anna: Client, bram: Client, dossier: str
) -> None:
    path = f"{dossier}/questions/name"
    page = anna.get(path)
    bram.answer(path, value="Eerst")
    refused = anna.send(page, 409, **{"name-value": "Van Anna"})
    bram.answer(path, value="Daarna")
    again = anna.send(refused, 409, **{"name-keep-value": "theirs"})
    assert again.value("name-value") == ["Van Anna"]
    assert saved(kinds, dossier, "name").value == "Daarna"


def cells(engine: Engine) -> Iterator[str]:
    """Everything in the database but when a browser was last seen."""
    with reading(engine) as connection:
        for table in METADATA.sorted_tables:
            columns = [one for one in table.columns if one.name != "seen_at"]
            for row in connection.execute(select(*columns)):
                yield from (str(cell) for cell in row)


def test_whose_other_view_it_is_stands_nowhere(client: Client, shell: Shell, half: str) -> None:
    colleague = ask_in(client, half, "viewer")
    page = colleague.get(f"{half}/questions/description/views")
    names = (FACILITATOR.id, FACILITATOR.name, FACILITATOR.email, FACILITATOR.function)

    def traces() -> Counter[str]:
        return Counter(name for cell in cells(shell.engine) for name in names if name in cell)

    before = traces()
    colleague.send(page, form="add-view", view="Daar denk ik anders over.")
    assert traces() == before
    for shown in ("questions/description", "questions/description/history", "check", "trail", "preview"):
        text = client.get(f"{half}/{shown}").text
        assert not [name for name in names if name in text], shown
    for format in ("html", "json", "markdown"):
        export = client.get(f"{half}/download/{format}").source
        assert "Daar denk ik anders over." in export
        assert not [name for name in names if name in export], format


def test_the_last_owner_cannot_be_asked_in_as_something_less(client: Client, half: str) -> None:
    page = client.get(f"{half}/people")
    refused = client.send(page, 409, form="ask-in", email=TEAM.email, relation="viewer")
    assert refused.all("form", id="ask-in")


def send_link(client: Client, address: str, question: str) -> str:
    path = f"{address}/questions/{question}/send"
    made = client.send(client.get(path), 200, form="send", sent_to="Data-analist")
    [token] = re.findall(r"/sent/([\w-]+)", made.source)
    return f"/sent/{token}"


def closed(client: Client, address: str) -> Page:
    return client.get(address, 404)


def test_a_link_is_answered_once_and_keeps_who_finds_out(kinds: Shell, anna: Client, unsure: str) -> None:
    table = f"{unsure}/themes/kinds/every_kind/open-points"
    anna.send(anna.get(table), form="open", **{"way-owner": "Gids", "way-due": "21-11-2027"})
    address, guest = send_link(anna, unsure, "way"), Client(anna.app, person="")
    page = guest.get(address)
    guest.send(page, 200, **{"way-value": "road", "way-motivation": "Dat weet ik zeker."})
    now = saved(kinds, unsure, "way")
    assert (now.value, now.by, now.owner, now.due) == ("road", "", "Gids", "2027-11-21")
    again = guest.send(page, 404, **{"way-value": "water", "way-motivation": "Nog een keer."})
    assert "Nog een keer." in again.text
    assert saved(kinds, unsure, "way") == now
    assert closed(guest, address).text == closed(guest, "/sent/unknown").text


def test_what_was_typed_is_there_when_the_team_ended_the_link(anna: Client, dossier: str) -> None:
    address, guest = send_link(anna, dossier, "name"), Client(anna.app, person="")
    page = guest.get(address)
    sent = anna.get(f"{dossier}/questions/name/send")
    [end] = [form for form in sent.all("form") if form.get("action", "").endswith("/end")]
    anna.post(end.get("action"), {"csrf_token": sent.fields("send")["csrf_token"][0]})
    refused = guest.send(page, 404, **{"name-value": "<b>De lange tocht</b>"})
    assert "<b>De lange tocht</b>" in refused.text
