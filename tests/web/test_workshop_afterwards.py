"""What a workshop gave: side by side, as a dossier, into a dossier, as a file, as a page to take home."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask

from assistant import clock
from assistant.answers import Answer
from assistant.answers_file import read_answers
from assistant.opening import Shell, import_answers
from assistant.store.actions import list_actions
from assistant.store.answers import save_answers
from assistant.store.database import writing
from assistant.store.dossiers import create_dossier, find_dossier, move_dossier
from assistant.store.lists import list_mine
from assistant.store.members import Reader
from assistant.store.remarks import list_remarks
from assistant.store.tables import dossier_origins, members
from assistant.store.workshop import running, tables
from assistant.store.workshop.origins import LATER, find_origin, list_asking, list_results
from assistant.store.workshop.rounds import Paper, close_round, save_paper
from assistant.web.facilitator.stories import story_from
from assistant.web.shell import seal_keys

from .checks import words
from .client import Client, Page
from .desk import signed_by
from .hall import FACILITATOR, Hall, open_hall, prepare

HARVEST = tables.Harvest(
    "Wij beginnen per school.",
    "Wie mag dit zien?",
    "De mentor bellen.",
    (tables.HarvestAction("Vraag de jurist", "beleid", "2027-01-15"),),
)


@pytest.fixture
def hall(app: Flask, shell: Shell) -> Hall:
    """A day with two tables, of which the first wrote things down and the room saw one round."""
    made = open_hall(app, shell, sheet="taster")
    engine = shell.engine
    tables.save_table_answer(
        engine, made.id, 1, "legal_task", 0, Answer(value=["compulsory_education"], motivation="Leerplichtwet.")
    )
    tables.save_table_answer(
        engine, made.id, 1, "who_decides", 0, Answer(unsure=True, owner="jurist", due="2027-01-15")
    )
    tables.add_table_view(engine, made.id, 1, "legal_task", "Dit is geen taak van ons.")
    tables.save_values(engine, made.id, 1, 0, ("care", "privacy"))
    tables.save_harvest(engine, made.id, 1, 0, HARVEST)
    number = made.place("stance:ring_the_bell")
    save_paper(engine, made.id, number, Paper({"ring_the_bell": [1, 2, 3, 1, 1]}))
    with app.app_context():
        close_round(engine, made.id, number, made.workshop.rounds[number], 5, seal_keys())
    running.park(engine, made.id, "Wie betaalt dit?")
    running.end(engine, made.id, clock.now())
    return made


def make(hall: Hall, number: int = 1) -> str:
    """The dossier of a table; its id."""
    token = hall.lead.get(f"{hall.url}/afterwards").value("csrf_token")[0]
    page = hall.lead.post(f"{hall.url}/tables/{number}/dossier", {"csrf_token": token})
    return page.response.headers["Location"].rsplit("/", 1)[-1]


def test_tables_stand_side_by_side_and_notes_apart(hall: Hall) -> None:
    page = hall.lead.get(f"{hall.url}/afterwards")
    for said in ("Tafel 1", "Tafel 2", "Dit is geen taak van ons.", "Wij beginnen per school.", "8 weken"):
        assert said in page.text
    facts, talk = page.text.split("Aantekeningen van het gesprek")
    assert "Wie betaalt dit?" in talk
    assert "Wie betaalt dit?" not in facts
    report = hall.lead.get(f"{hall.url}/report")
    for said in ("Wie betaalt dit?", "Vraag de jurist", "15 januari 2027", "Waar sta jij?"):
        assert said in report.text


def test_one_press_makes_a_dossier_and_two_the_same(shell: Shell, hall: Hall) -> None:
    id = make(hall)
    assert make(hall) == id
    kept = find_dossier(shell.engine, id)
    answers = kept.document.answers
    assert answers["legal_task"].value == ["compulsory_education"]
    assert answers["legal_task"].other_views == ("Dit is geen taak van ons.",)
    assert (answers["who_decides"].unsure, answers["who_decides"].owner) == (True, "jurist")
    assert answers["values_at_stake"].value == ["privacy", "care"]
    assert answers["personal_data"].value
    assert {one.text for one in list_actions(shell.engine, id)} == {"Vraag de jurist", "De mentor bellen."}
    texts = " ".join(one.text for one in list_remarks(shell.engine, id))
    assert "Wij beginnen per school." in texts
    assert "Wie mag dit zien?" in texts
    assert find_origin(shell.engine, id)
    page = hall.lead.get(f"/dossiers/{id}")
    assert "tafel 1" in page.text


def test_what_breaks_on_the_way_leaves_no_half_dossier(shell: Shell, hall: Hall) -> None:
    with writing(shell.engine) as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER broken BEFORE INSERT ON remark BEGIN SELECT RAISE(ABORT, 'out of order'); END"
        )
    token = hall.lead.get(f"{hall.url}/afterwards").value("csrf_token")[0]
    hall.lead.post(f"{hall.url}/tables/1/dossier", {"csrf_token": token}, 500)
    assert list_results(shell.engine, hall.id, FACILITATOR) == []
    with writing(shell.engine) as connection:
        connection.exec_driver_sql("DROP TRIGGER broken")
    assert len(list_remarks(shell.engine, make(hall))) == 2


def test_each_table_has_a_dossier_of_its_own(hall: Hall) -> None:
    assert make(hall, 1) != make(hall, 2)
    token = hall.lead.get(f"{hall.url}/afterwards").value("csrf_token")[0]
    hall.lead.post(f"{hall.url}/tables/9/dossier", {"csrf_token": token}, 404)


def test_a_file_opens_in_another_installation(shell: Shell, hall: Hall) -> None:
    raw = hall.lead.get(f"{hall.url}/tables/1/answers.json").response.get_data()
    read = read_answers(raw, "x.json", shell.edition)
    assert (read.title, read.language) == ("Voorspellen wie van school gaat (tafel 1)", "nl")
    assert read.answers["phase"].value == "prototype"
    assert read.answers["values_at_stake"].value == ["privacy", "care"]
    assert read.answers["legal_task"].other_views == ("Dit is geen taak van ons.",)
    made = import_answers(shell, raw, "x.json", FACILITATOR)
    assert made.document.answers["who_decides"].unsure


def upload(client: Client, raw: bytes, status: int) -> Page:
    token = client.get("/dossiers/new").value("csrf_token")[0]
    return client.post(
        "/dossiers/new", {"csrf_token": token, "do": "open", "file": (io.BytesIO(raw), "x.json")}, status
    )


def test_a_file_is_opened_in_the_browser_or_refused_with_every_fault(hall: Hall, client: Client) -> None:
    raw = hall.lead.get(f"{hall.url}/tables/1/answers.json").response.get_data()
    page = client.follow(upload(client, raw, 302))
    assert (
        "Voorspellen wie van school gaat" in client.get(page.path.rsplit("/questions", 1)[0].removeprefix("/nl")).text
    )
    wrong = upload(client, b"format: 1\nproject: {title: x}\nanswers: {nothing: 1, legal_task: 7}\n", 422)
    assert wrong.text.count("nothing") + wrong.text.count("legal_task") >= 2
    upload(client, b"", 422)


@pytest.fixture
def own(app: Flask, shell: Shell) -> Hall:
    """A day about a dossier of the facilitator's own, which somebody changed between preparing and the end."""
    made = create_dossier(
        shell.engine, title="Eigen", organisation="", language="nl", edition_hash=shell.edition.hash, trees=(),
        answers={"legal_task": Answer(value=["work_and_income"]), "group_heard": Answer(value="yes"),
                 "who_decides": Answer(value="nobody", motivation="Zo staat het er nu.")},
        actor=FACILITATOR, owner=FACILITATOR, at=clock.now(), audit_key=shell.audit_key,
    )  # fmt: skip
    today = clock.today(shell.settings.time_zone)
    story = story_from(find_dossier(shell.engine, made.id), shell.edition, shell.playbook, today)
    hall = open_hall(app, shell, sheet="taster", about_dossier=made.id, story=story)
    said = {"legal_task": ["compulsory_education"], "group_heard": "no", "who_decides": "together"}
    for question, value in said.items():
        tables.save_table_answer(shell.engine, hall.id, 1, question, 0, Answer(value=value))
    tables.add_table_view(shell.engine, hall.id, 1, "legal_task", "Dit is geen taak van ons.")
    tables.save_values(shell.engine, hall.id, 1, 0, ("care",))
    tables.save_harvest(shell.engine, hall.id, 1, 0, HARVEST)
    change(shell, made.id, "group_heard", Answer(unsure=True))
    running.end(shell.engine, hall.id, clock.now())
    return hall


def change(shell: Shell, id: str, question: str, answer: Answer) -> None:
    rev = find_dossier(shell.engine, id).document.answers[question].rev
    at, key = clock.now(), shell.audit_key
    save_answers(shell.engine, id, {question: (rev, answer)}, actor=FACILITATOR, at=at, audit_key=key)


def put_in(hall: Hall, status: int = 302) -> Page:
    token = hall.lead.get(f"{hall.url}/afterwards").value("csrf_token")[0]
    return hall.lead.post(f"{hall.url}/tables/1/into", {"csrf_token": token}, status)


def test_into_the_dossier_it_was_about(shell: Shell, own: Hall) -> None:
    id = own.workshop.about_dossier
    page = own.lead.follow(put_in(own))
    [told] = page.all("div", kind="warning")
    assert [words(line) for line in told.iter("li")] == [shell.edition.questions["group_heard"].ask.nl]
    now = find_dossier(shell.engine, id).document.answers
    assert now["legal_task"].value == ["compulsory_education"]
    assert now["legal_task"].other_views == ("Dit is geen taak van ons.",)
    assert now["who_decides"].value == "together"
    assert now["values_at_stake"].value == ["care"]
    assert now["group_heard"].unsure
    assert {one.text for one in list_actions(shell.engine, id)} == {"Vraag de jurist", "De mentor bellen."}
    origin = find_origin(shell.engine, id)
    assert origin is not None
    assert origin.workshop == own.id


def test_what_is_there_already_is_not_put_there_twice(shell: Shell, own: Hall) -> None:
    put_in(own)
    id = own.workshop.about_dossier
    once = find_dossier(shell.engine, id)
    change(shell, id, "legal_task", Answer(value=["statistics"]))
    page = own.lead.follow(put_in(own))
    [told] = page.all("div", kind="warning")
    assert len([*told.iter("li")]) == 2
    twice = find_dossier(shell.engine, id)
    assert twice.version == once.version + 1
    assert twice.document.answers["legal_task"].value == ["statistics"]
    assert len(list_actions(shell.engine, id)) == 2


def test_a_dossier_that_is_locked_or_no_longer_theirs_stays_as_it_is(shell: Shell, own: Hall) -> None:
    id = own.workshop.about_dossier
    assert "Eigen" in own.lead.get(f"{own.url}/afterwards").text
    move_dossier(shell.engine, id, "close", signed=signed_by(shell, FACILITATOR))
    locked = find_dossier(shell.engine, id)
    put_in(own, 409)
    assert not own.lead.get(f"{own.url}/afterwards").all("form", action=f"/nl{own.url}/tables/1/into")
    move_dossier(shell.engine, id, "reopen", signed=signed_by(shell, FACILITATOR))
    with writing(shell.engine) as connection:
        connection.execute(members.update().where(members.c.dossier_id == id).values(relation="viewer"))
    put_in(own, 409)
    with writing(shell.engine) as connection:
        connection.execute(members.delete().where(members.c.dossier_id == id))
    put_in(own, 404)
    assert find_dossier(shell.engine, id).document == locked.document


def test_a_dossier_that_is_going_on_is_made_when_the_day_is_over(shell: Shell, hall: Hall) -> None:
    running.reopen(shell.engine, hall.id)
    page = hall.lead.get(f"{hall.url}/afterwards")
    assert "nog bezig" in page.text
    token = page.value("csrf_token")[0]
    hall.lead.post(f"{hall.url}/tables/1/dossier", {"csrf_token": token})
    assert list_results(shell.engine, hall.id, FACILITATOR) == []


def test_two_presses_at_once_make_one_dossier(app: Flask, shell: Shell, hall: Hall) -> None:
    leads = [Client(app, person="facilitator") for _ in range(4)]
    tokens = [lead.get(f"{hall.url}/afterwards").value("csrf_token")[0] for lead in leads]
    with ThreadPoolExecutor(4) as pool:
        pages = pool.map(
            lambda lead, token: lead.post(f"{hall.url}/tables/1/dossier", {"csrf_token": token}), leads, tokens
        )
        assert len({page.response.headers["Location"] for page in pages}) == 1
    assert len(list_mine(shell.engine, Reader(FACILITATOR, frozenset(), "2026-01-01"), limit=9)) == 1


def test_the_way_to_invite_a_team_is_on_the_dossier(hall: Hall) -> None:
    id = make(hall)
    page = hall.lead.get(f"/dossiers/{id}")
    assert "uit een workshop op" in page.text
    assert f"/nl/dossiers/{id}/people" in [link.get("href") for link in page.all("a")]


def test_the_open_points_of_the_dossier_are_the_groups(shell: Shell, hall: Hall) -> None:
    id = make(hall)
    page = hall.lead.get(f"/dossiers/{id}/actions")
    assert shell.edition.questions["who_decides"].ask.nl in page.text
    assert "jurist" in page.text
    preview = hall.lead.get(f"/dossiers/{id}/preview")
    assert "Dit is geen taak van ons." in preview.text


def test_tables_that_say_something_else_are_pointed_out(shell: Shell, hall: Hall) -> None:
    assert "verschilt" not in hall.lead.get(f"{hall.url}/afterwards").text
    tables.save_table_answer(shell.engine, hall.id, 2, "legal_task", 0, Answer(value=["statistics"]))
    assert hall.lead.get(f"{hall.url}/afterwards").text.count("verschilt") == 1


def test_whatever_a_table_wrote_stays_text_up_to_the_dossier(app: Flask, shell: Shell, hall: Hall) -> None:
    hostile = "<script>alert(1)</script> {{ 7 * 7 }} \u202e 'x': [no]\n- \"y\" # z"
    long = "lang " * 3_000
    tables.save_table_answer(shell.engine, hall.id, 2, "legal_task", 0, Answer(unsure=True, motivation=hostile))
    tables.add_table_view(shell.engine, hall.id, 2, "legal_task", hostile)
    action = tables.HarvestAction(hostile, hostile[:200], "")
    tables.save_harvest(shell.engine, hall.id, 2, 0, tables.Harvest(hostile, long, hostile, (action,)))
    for client in (hall.lead, Client(app, "en", "facilitator")):
        for path in ("afterwards", "report"):
            page = client.get(f"{hall.url}/{path}")
            assert "<script>alert" not in page.source
            assert "alert(1)" in page.text
    for piece in ("report", "worksheet_filled"):
        assert hall.lead.get(f"{hall.url}/print/{piece}.pdf").response.get_data()[:5] == b"%PDF-"
    raw = hall.lead.get(f"{hall.url}/tables/2/answers.json").response.get_data()
    assert read_answers(raw, "x.json", shell.edition).answers["legal_task"].other_views == (hostile,)
    id = make(hall, 2)
    assert find_dossier(shell.engine, id).document.answers["legal_task"].motivation == hostile
    for path in ("", "/actions", "/remarks", "/preview"):
        assert "<script>alert" not in hall.lead.get(f"/dossiers/{id}{path}").source


def test_stopping_counts_as_much(hall: Hall) -> None:
    page = hall.lead.get(f"{hall.url}/afterwards")
    assert "beter kan stoppen" in page.text
    assert f"/nl{hall.url}/tables/1" in [link.get("href") for link in page.all("a")]


def test_reports_are_printed(hall: Hall) -> None:
    for piece in ("report", "worksheet_filled"):
        assert hall.lead.get(f"{hall.url}/print/{piece}.pdf").response.get_data()[:5] == b"%PDF-"


def test_who_has_the_projectors_link_reads_the_report_without_an_account(app: Flask, hall: Hall) -> None:
    page = Client(app, "en", person="").get(f"{hall.screen}/report")
    assert "Wij beginnen per school." in page.text
    Client(app, person="").get("/screen/nothing/report", 404)


def test_a_day_that_was_not_over_is_opened_again(hall: Hall) -> None:
    token = hall.lead.get(f"{hall.url}/afterwards").value("csrf_token")[0]
    hall.lead.post(f"{hall.url}/end", {"csrf_token": token, "do": "reopen"})
    assert hall.workshop.state == "open"


def test_before_the_day_there_is_nothing_to_read(shell: Shell, hall: Hall) -> None:
    id = prepare(shell, sheet="taster")
    assert hall.lead.get(f"/workshops/{id}/afterwards", 302).response.headers["Location"].endswith("/prepare")


def test_eight_weeks_later_the_dossier_asks_how_the_actions_stand(shell: Shell, hall: Hall) -> None:
    id = make(hall)
    assert "Hoe staan de actiepunten" not in hall.lead.get(f"/dossiers/{id}").text

    day = clock.today(shell.settings.time_zone) - LATER
    with writing(shell.engine) as connection:
        connection.exec_driver_sql(f"UPDATE dossier_origin SET day = '{day.isoformat()}'")
    assert "Hoe staan de actiepunten" in hall.lead.get(f"/dossiers/{id}").text
    assert "Hoe staan de actiepunten" in hall.lead.get("/my-work").text
    with writing(shell.engine) as connection:
        early = (day - LATER - timedelta(days=1)).isoformat()
        connection.exec_driver_sql(f"UPDATE dossier_origin SET day = '{early}'")
    assert "Hoe staan de actiepunten" not in hall.lead.get("/my-work").text


def test_eight_weeks_later_a_stopped_project_is_asked_what_was_learned(shell: Shell, hall: Hall) -> None:
    id = make(hall)
    day = clock.today(shell.settings.time_zone) - LATER
    with writing(shell.engine) as connection:
        connection.execute(dossier_origins.update().values(day=day.isoformat()))
    page = hall.lead.get(f"/dossiers/{id}")
    assert "Wat hebben jullie geleerd?" in page.text
    assert f"/nl/dossiers/{id}/remarks" in [link.get("href") for link in page.all("a")]
    move_dossier(shell.engine, id, "close", signed=signed_by(shell, FACILITATOR))
    assert "Open het dossier opnieuw" in hall.lead.get(f"/dossiers/{id}").text


def test_whose_time_is_over_is_not_asked(shell: Shell, hall: Hall) -> None:
    id = make(hall)
    today = clock.today(shell.settings.time_zone)
    with writing(shell.engine) as connection:
        connection.execute(dossier_origins.update().values(day=(today - LATER).isoformat()))
    assert [found for found, _ in list_asking(shell.engine, FACILITATOR, today)] == [id]
    for gone in ({"until": (today - timedelta(days=1)).isoformat()}, {"until": "", "relation": "adviser"}):
        with writing(shell.engine) as connection:
            connection.execute(members.update().where(members.c.dossier_id == id).values(**gone))
        assert list_asking(shell.engine, FACILITATOR, today) == []


def test_a_stranger_reaches_none_of_it(app: Flask, hall: Hall) -> None:
    other = Client(app, person="officer")
    for path in ("afterwards", "report", "tables/1/answers.json", "print/report.pdf"):
        other.get(f"{hall.url}/{path}", 404)
    token = other.get("/my-work").value("csrf_token")[0]
    for path in ("tables/1/dossier", "tables/1/into"):
        other.post(f"{hall.url}/{path}", {"csrf_token": token}, 404)


def test_a_table_that_is_not_there(hall: Hall) -> None:
    for path in ("tables/9/answers.json", "tables/0/answers.json", "print/tables.pdf"):
        hall.lead.get(f"{hall.url}/{path}", 404)
