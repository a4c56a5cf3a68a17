"""What the tables write down: by a note taker's link, or by the facilitator from paper."""

from __future__ import annotations

import pytest
from flask import Flask

from assistant import clock
from assistant.answers import MAX_VIEWS, Answer
from assistant.opening import Shell
from assistant.store.workshop import running, tables
from assistant.store.workshop.tables import Table

from .client import Client, Page
from .hall import Hall, open_hall
from .pressing import press
from .test_workshop_running import cast

FIRST, SECOND = "legal_task", "sources"
WHOLE = {
    "choice": "Wij bellen niet aan",
    "question": "Mag de school dit delen?",
    "tomorrow": "De wethouder bellen",
    "action0-text": "Uitzoeken wat de wet zegt",
    "action0-owner": "Jurist",
    "action0-due": "1-12-2026",
    "action2-text": "Met ouders praten",
}


@pytest.fixture
def hall(app: Flask, shell: Shell) -> Hall:
    return open_hall(app, shell, "en")


class Writer:
    """Somebody who writes for a table, at its first page."""

    def __init__(self, client: Client, home: str) -> None:
        self.client, self.home = client, home

    def get(self, part: str = "", status: int = 200) -> Page:
        return self.client.get(f"{self.home}{part}", status)


@pytest.fixture(params=["note taker", "facilitator"])
def writer(request: pytest.FixtureRequest, hall: Hall) -> Writer:
    """The same pages under two addresses; a note taker has no account."""
    if request.param == "facilitator":
        return Writer(hall.lead, f"{hall.url}/tables/1")
    return by_link(hall, 1)


def by_link(hall: Hall, number: int) -> Writer:
    return Writer(Client(hall.app, "en", person=""), f"/pen/{tables.new_pen(hall.shell.engine, hall.id, number)}")


def table(hall: Hall, number: int = 1) -> Table:
    return tables.find_table(hall.shell.engine, hall.id, number)


def location(page: Page) -> str:
    return page.response.headers["Location"]


class TestOverview:
    def test_each_table_and_its_link(self, hall: Hall) -> None:
        page = hall.lead.get(f"{hall.url}/tables")
        assert page.texts("h2") == ["Table 1", "Table 2"]
        assert "Questions: 0 of 12" in page.text
        form = next(one for one in page.all("form") if one.get("action", "").endswith("/tables/2/link"))
        token = page.value("csrf_token")[0]
        link = hall.lead.follow(hall.lead.post(form.get("action"), {"csrf_token": token}))
        [address] = link.texts("code")
        pen = table(hall, 2).pen
        assert pen
        assert address == f"http://localhost/nl/pen/{pen}"
        assert link.all("svg")
        assert "style" not in link.source.partition("<svg")[2].partition("</svg")[0]

    def test_another_link_ends_the_one_before(self, hall: Hall) -> None:
        first = by_link(hall, 1)
        page = hall.lead.get(f"{hall.url}/tables/1/link")
        press(hall.lead, page, "Make another link")
        assert "works as long as the day lasts" in first.get(status=404).text
        Client(hall.app, "nl", person="").get(f"/pen/{table(hall).pen}")

    def test_it_says_how_far_each_table_is(self, hall: Hall) -> None:
        engine = hall.shell.engine
        tables.save_table_answer(engine, hall.id, 2, FIRST, 0, Answer(value=["education"]))
        tables.save_table_answer(engine, hall.id, 2, SECOND, 0, Answer(unsure=True))
        tables.save_values(engine, hall.id, 2, 0, ("privacy", "care"))
        action = tables.HarvestAction("Bellen", "Projectleider", "2026-12-01")
        tables.save_harvest(engine, hall.id, 2, 0, tables.Harvest(choice="Stoppen", actions=(action,)))
        text = hall.lead.get(f"{hall.url}/tables").text
        assert "Questions: 2 of 12, 1 not known yet" in text
        assert "Values: 2" in text
        assert "written down, 1 action" in text

    def test_a_table_that_is_not_there(self, hall: Hall) -> None:
        for part in ("/tables/3", "/tables/0", "/tables/3/values", "/tables/3/link", "/tables/1/questions/nothing"):
            hall.lead.get(f"{hall.url}{part}", 404)


class TestTable:
    def test_it_says_what_the_table_does_now(self, hall: Hall, writer: Writer) -> None:
        for key, link in (
            ("values_together", "/values"),
            ("questions", f"/questions/{FIRST}"),
            ("harvest", "/harvest"),
        ):
            hall.go_to(key)
            page = writer.get()
            assert f"Now: {hall.workshop.now.title.en}" in page.text
            [main] = [a for a in page.all("a") if "primary" in a.get("class", "")]
            assert main.get("href").endswith(f"{writer.home}{link}")

    def test_the_questions_of_the_story_that_are_asked(self, hall: Hall, writer: Writer) -> None:
        asked = hall.shell.edition.questions
        page = writer.get()
        links = [a.text for a in page.all("a") if "/questions/" in a.get("href")]
        assert links == [asked[id].ask.en for id in hall.workshop.story.questions]
        assert "0 of 12 answered" in page.text

    def test_silent_answers_need_no_note_taker(self, hall: Hall, writer: Writer) -> None:
        hall.go_to("values_silent")
        assert "nothing to write down" in writer.get().text


class TestQuestion:
    def test_saving_goes_on_to_the_next_open_question(self, hall: Hall, writer: Writer) -> None:
        choice = hall.shell.edition.questions[FIRST].options[0].id
        answered = writer.client.answer(f"{writer.home}/questions/{FIRST}", value=choice, motivation="De wet")
        assert location(answered).endswith(f"{writer.home}/questions/{SECOND}")
        assert table(hall).answers[FIRST].value == [choice]
        assert writer.client.follow(answered).all("p", kind="saved")
        assert "1 of 12 answered" in writer.get().text

    def test_after_the_last_one_comes_the_table(self, hall: Hall, writer: Writer) -> None:
        for id in hall.workshop.story.questions[1:]:
            tables.save_table_answer(hall.shell.engine, hall.id, 1, id, 0, Answer(unsure=True))
        done = writer.client.answer(f"{writer.home}/questions/{FIRST}", do=f"unsure:{FIRST}")
        assert location(done).endswith(writer.home)

    def test_not_known_yet_becomes_an_action(self, hall: Hall, writer: Writer) -> None:
        given = {"owner": "Jurist", "due": "1-12-2026"}
        writer.client.answer(f"{writer.home}/questions/{FIRST}", do=f"unsure:{FIRST}", **given)
        said = table(hall).answers[FIRST]
        assert (said.unsure, said.owner, said.due) == (True, "Jurist", "2026-12-01")
        page = writer.get(f"/questions/{FIRST}")
        assert (page.value(f"{FIRST}-owner"), page.value(f"{FIRST}-due")) == (["Jurist"], ["01-12-2026"])

    def test_nothing_typed_is_lost_on_a_wrong_date(self, hall: Hall, writer: Writer) -> None:
        given = {"owner": "Jurist", "due": "ooit", "motivation": "Wij weten het echt niet"}
        page = writer.client.answer(f"{writer.home}/questions/{FIRST}", 422, do=f"unsure:{FIRST}", **given)
        shown = {name: page.value(f"{FIRST}-{name}")[0] for name in given if page.value(f"{FIRST}-{name}")}
        assert shown.items() <= given.items()
        assert {"owner", "due"} <= shown.keys()
        assert f"{FIRST}-due" in page.errors
        assert FIRST not in table(hall).answers

    def test_an_empty_answer_is_refused(self, hall: Hall, writer: Writer) -> None:
        page = writer.client.answer(f"{writer.home}/questions/{FIRST}", 422)
        assert f"{FIRST}-value" in page.errors

    def test_rows_can_be_added_without_saving(self, hall: Hall, writer: Writer) -> None:
        page = writer.get(f"/questions/{SECOND}")
        column = hall.shell.edition.questions[SECOND].columns[0].id
        again = writer.client.send(page, 200, do="add_row", **{f"{SECOND}-r1-{column}": "Verzuim"})
        assert again.value(f"{SECOND}-r1-{column}") == ["Verzuim"]
        assert SECOND not in table(hall).answers

    def test_what_an_answer_raises_is_told_once(self, hall: Hall, writer: Writer) -> None:
        answered = writer.client.answer(f"{writer.home}/questions/{FIRST}", do=f"unsure:{FIRST}")
        first = writer.client.follow(answered)
        assert first.all("div", kind="strip")
        assert not writer.client.get(first.path).all("div", kind="strip")

    def test_two_devices_at_one_table(self, hall: Hall, writer: Writer) -> None:
        options = [option.id for option in hall.shell.edition.questions[FIRST].options]
        page, path = writer.get(f"/questions/{FIRST}"), f"{writer.home}/questions/{FIRST}"
        other = by_link(hall, 1) if writer.client is hall.lead else Writer(hall.lead, f"{hall.url}/tables/1")
        other.client.answer(f"{other.home}/questions/{FIRST}", value=options[0], motivation="Van de ander")
        mine = {f"{FIRST}-value": options[1], f"{FIRST}-motivation": "Van mij"}
        clash = writer.client.send(page, 409, **mine)
        assert clash.path.endswith(path)
        assert "Someone else at this table" in clash.text
        assert hall.shell.edition.questions[FIRST].options[0].label.en in clash.texts("blockquote")[0]
        assert clash.value(f"{FIRST}-value") == [options[1]]
        assert table(hall).answers[FIRST].value == [options[0]]
        writer.client.send(clash)
        assert table(hall).answers[FIRST].value == [options[1]]

    def test_another_view_stands_beside_the_answer(self, hall: Hall, writer: Writer) -> None:
        form = writer.get(f"/questions/{FIRST}/views")
        empty = writer.client.send(form, 422, form="add-view", view="  ")
        assert "view" in empty.errors
        writer.client.send(form, form="add-view", view="Dit hoort bij de school")
        assert table(hall).answers[FIRST].other_views == ("Dit hoort bij de school",)
        page = writer.get(f"/questions/{FIRST}")
        assert "Dit hoort bij de school" in page.text
        assert "0 of 12 answered" in writer.get().text

    def test_there_is_an_end_to_other_views(self, hall: Hall, writer: Writer) -> None:
        for number in range(MAX_VIEWS):
            tables.add_table_view(hall.shell.engine, hall.id, 1, FIRST, f"{number}")
        page = writer.client.send(writer.get(f"/questions/{FIRST}/views"), 422, form="add-view", view="Nog een")
        assert page.value("view") == ["Nog een"]

    def test_what_the_story_tells_can_be_answered_otherwise(self, hall: Hall, writer: Writer) -> None:
        known = [id for id in hall.workshop.story.answers if id in hall.workshop.story.questions]
        for id in known:
            assert writer.get(f"/questions/{id}").value(f"{id}-value")

    def test_the_language_can_be_switched_with_an_answer_half_given(self, hall: Hall, writer: Writer) -> None:
        page = writer.get(f"/questions/{FIRST}")
        [button] = page.all("button", value="show")
        fields = page.fields() | {f"{FIRST}-owner": ["Jurist"], "do": ["show"]}
        other = writer.client.open(button.get("formaction"), "POST", data=fields, language="nl")
        assert other.value(f"{FIRST}-owner") == ["Jurist"]


class TestValues:
    def test_at_most_five(self, hall: Hall, writer: Writer) -> None:
        page = writer.get("/values")
        all_ids = [one.get("value") for one in page.all("input", type="checkbox")]
        refused = writer.client.send(page, 422, form="values", values=all_ids[:6])
        assert refused.value("values") == all_ids[:6]
        assert "These are 6" in refused.text
        writer.client.send(refused, form="values", values=all_ids[:5])
        assert table(hall).values == tuple(all_ids[:5])
        writer.client.send(writer.get("/values"), form="values", values=None)
        assert table(hall).values == ()

    def test_they_lie_beside_what_the_room_chose(self, hall: Hall, writer: Writer) -> None:
        assert not writer.get("/values").all("table")
        hall.go_to("values_silent")
        press(hall.lead, hall.lead.get(f"{hall.url}/run"), "Open for answers")
        cast(hall, *["privacy"] * 6)
        assert not writer.get("/values").all("table")
        press(hall.lead, hall.lead.get(f"{hall.url}/run"), "Close and show")
        assert writer.get("/values").texts("td") == ["6"]

    def test_two_devices_at_one_table(self, hall: Hall, writer: Writer) -> None:
        page = writer.get("/values")
        tables.save_values(hall.shell.engine, hall.id, 1, 0, ("care",))
        clash = writer.client.send(page, 409, form="values", values=["privacy"])
        assert "Someone else" in clash.text
        assert clash.value("values") == ["privacy"]
        assert table(hall).values == ("care",)
        writer.client.send(clash, form="values")
        assert table(hall).values == ("privacy",)

    def test_what_is_no_value_is_as_nothing(self, hall: Hall, writer: Writer) -> None:
        writer.client.send(writer.get("/values"), form="values", values=["privacy", "nonsense"])
        assert table(hall).values == ("privacy",)


class TestHarvest:
    def test_it_is_kept_and_shown_again(self, hall: Hall, writer: Writer) -> None:
        writer.client.send(writer.get("/harvest"), form="harvest", **WHOLE)
        harvest = table(hall).harvest
        assert (harvest.choice, harvest.question, harvest.tomorrow) == tuple(WHOLE.values())[:3]
        assert [(one.text, one.owner, one.due) for one in harvest.actions] == [
            ("Uitzoeken wat de wet zegt", "Jurist", "2026-12-01"),
            ("Met ouders praten", "", ""),
        ]
        page = writer.get("/harvest")
        assert page.value("action0-due") == ["01-12-2026"]
        assert page.value("action1-text") == ["Met ouders praten"]
        assert "Met ouders praten" in writer.get().text

    def test_an_action_is_taken_off_by_emptying_it(self, hall: Hall, writer: Writer) -> None:
        writer.client.send(writer.get("/harvest"), form="harvest", **WHOLE)
        gone = {"action0-text": "", "action0-owner": "", "action0-due": ""}
        writer.client.send(writer.get("/harvest"), form="harvest", **gone)
        assert [one.text for one in table(hall).harvest.actions] == ["Met ouders praten"]

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"action1-owner": "Jurist"}, "action1-text"),
            ({"action0-due": "31-2-2026"}, "action0-due"),
            ({"action0-owner": "x" * 201}, "action0-owner"),
            ({"choice": "x" * 20_001}, "choice"),
        ],
    )
    def test_nothing_typed_is_lost(self, hall: Hall, writer: Writer, wrong: dict[str, str], field: str) -> None:
        given = WHOLE | wrong
        page = writer.client.send(writer.get("/harvest"), 422, form="harvest", **given)
        assert set(page.errors) == {field}
        assert {name: page.value(name)[0] for name in given} == given
        assert not table(hall).harvest.choice

    def test_more_rows_keep_what_was_typed(self, hall: Hall, writer: Writer) -> None:
        page = writer.client.send(writer.get("/harvest"), 200, form="harvest", do="add_row", **WHOLE)
        assert page.value("rows") == ["6"]
        assert page.value("action2-text") == ["Met ouders praten"]
        for _ in range(6):
            page = writer.client.send(page, 200, form="harvest", do="add_row")
        assert page.value("rows") == [f"{tables.MOST_ACTIONS}"]
        writer.client.send(page, form="harvest", **{"action19-text": "De laatste"})
        assert table(hall).harvest.actions[-1].text == "De laatste"

    def test_two_devices_at_one_table(self, hall: Hall, writer: Writer) -> None:
        page = writer.get("/harvest")
        tables.save_harvest(hall.shell.engine, hall.id, 1, 0, tables.Harvest(choice="Van de ander"))
        clash = writer.client.send(page, 409, form="harvest", **WHOLE)
        assert "Van de ander" in clash.texts("blockquote")[0]
        assert {name: clash.value(name)[0] for name in WHOLE} == WHOLE
        assert table(hall).harvest.choice == "Van de ander"
        writer.client.send(clash, form="harvest")
        assert table(hall).harvest.choice == WHOLE["choice"]


class TestLink:
    def test_it_opens_one_table_and_no_other(self, hall: Hall) -> None:
        writer = by_link(hall, 1)
        for part in ("/tables", "/tables/1", "/tables/2/values", "/run", "/phones", "/tables/1/link"):
            writer.client.get(f"{hall.url}{part}", 302)  # to signing in
        page = writer.get("/values")
        writer.client.send(page, form="values", values=["privacy"], number="2", place="2", workshop="x")
        assert (table(hall, 1).values, table(hall, 2).values) == (("privacy",), ())
        links = {a.get("href") for a in writer.get().all("a")}
        assert not [link for link in links if "/workshops" in link]

    def test_nonsense_opens_nothing(self, hall: Hall) -> None:
        nobody = Client(hall.app, "en", person="")
        for part in ("", "/values", "/harvest", f"/questions/{FIRST}", f"/questions/{FIRST}/views"):
            assert "This link does not work" in nobody.get(f"/pen/nonsense{part}", 404).text

    def test_the_day_ends_while_somebody_is_typing(self, hall: Hall) -> None:
        writer = by_link(hall, 1)
        page = writer.get("/harvest")
        running.end(hall.shell.engine, hall.id, clock.now())
        late = writer.client.send(page, 404, form="harvest", choice="Wij bellen niet aan")
        assert "Wij bellen niet aan" in late.text
        hall.lead.get(f"{hall.url}/tables/1")
        typed = hall.lead.send(hall.lead.get(f"{hall.url}/tables/1/harvest"), form="harvest", choice="Van papier")
        assert typed.status == 302
        assert table(hall).harvest.choice == "Van papier"
        assert "the links no longer work" in hall.lead.get(f"{hall.url}/tables").text

    def test_a_question_of_no_story(self, hall: Hall) -> None:
        other = next(id for id in hall.shell.edition.questions if id not in hall.workshop.story.questions)
        by_link(hall, 1).get(f"/questions/{other}", 404)
