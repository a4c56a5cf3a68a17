"""The page of one question, for every kind: saving, what is wrong, not knowing yet, not applicable."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from assistant.answers import MAX_TEXT, Answer
from assistant.opening import Shell
from assistant.store.dossiers import find_dossier

from .checks import CANARY
from .client import Client, Page
from .work import saved, version

ROW = {"r1-title": "Verzuim", "r1-sort": "special", "r1-tags": ["old", "open"], "r1-good": "4", "r1-allowed": "?"}
ROW_SAVED = {
    "id": "r1",
    "title": "Verzuim",
    "sort": "special",
    "tags": ["old", "open"],
    "good": 4,
    "allowed": {"unsure": True},
}
ANSWERS: list[tuple[str, dict[str, Any], Any]] = [
    ("way", {"value": "water"}, "water"),
    ("tools", {"value": ["map", "rope"]}, ["rope", "map"]),
    ("tools", {"value": ["nothing"]}, ["nothing"]),
    ("sure", {"value": "no"}, "no"),
    ("far", {"value": "5"}, 5),
    ("amount", {"value": "1234"}, 1234),
    ("amount", {"value": " 12,5 "}, 12.5),
    ("amount", {"value": "0"}, 0),
    ("day", {"value": "21-11-2026"}, "2026-11-21"),
    ("day", {"value": "1/2/2027"}, "2027-02-01"),
    ("day", {"value": "2026-11-21"}, "2026-11-21"),
    ("name", {"value": "  De tocht <b>"}, "De tocht <b>"),
    ("story", {"value": "Regel een\r\n\r\n- punt & meer"}, "Regel een\n\n- punt & meer"),
    ("sources", ROW, [ROW_SAVED]),
    ("sources", ROW | {"r1-size": "1,5", "r1-since": "3-4-2025"}, [ROW_SAVED | {"size": 1.5, "since": "2025-04-03"}]),
]
KINDS = ("way", "tools", "sure", "far", "amount", "day", "name", "story", "sources")
SHORT = "Omdat het kan."


@pytest.mark.parametrize(("question", "typed", "value"), ANSWERS, ids=[f"{one[0]} {one[2]}"[:40] for one in ANSWERS])
def test_what_is_saved_is_shown_again(
    kinds: Shell, anna: Client, dossier: str, question: str, typed: dict[str, Any], value: Any
) -> None:
    path = f"{dossier}/questions/{question}"
    anna.follow(anna.answer(path, motivation=SHORT, **typed))
    assert saved(kinds, dossier, question).value == value
    assert saved(kinds, dossier, question).motivation == SHORT
    before = version(kinds, dossier)
    anna.follow(anna.send(anna.get(path)))
    assert version(kinds, dossier) == before, "what the page shows again is not what was saved"


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("way", {}),
    ("way", {"value": "elsewhere"}),
    ("tools", {"value": ["nothing", "rope"]}),
    ("tools", {"value": ["rope", "spoon"]}),
    ("tools", {"value": ["nothing"], "maybe_more": "y"}),
    ("sure", {"value": "maybe"}),
    ("far", {"value": "6"}),
    ("amount", {"value": "veel"}),
    ("amount", {"value": "-3"}),
    ("amount", {"value": "1.250"}),
    ("amount", {"value": "1" * 30}),
    ("day", {"value": "31-2-2026"}),
    ("day", {"value": "morgen"}),
    ("name", {"value": "x" * (MAX_TEXT + 1)}),
    ("name", {"value": "a\0b"}),
    ("story", {"value": ""}),
    ("story", {"value": "x" * (MAX_TEXT + 1)}),
    ("story", {"value": "a\0b"}),
    ("story", {"value": "goed", "motivation": "a\0b"}),
    ("story", {"value": "goed", "motivation": "x" * (MAX_TEXT + 1)}),
    ("sources", {}),
    ("sources", {"r1-good": "9"}),
    ("sources", {"r1-size": "veel"}),
    ("sources", {"r1-since": "ooit"}),
    ("sources", {"r1-title": "a\0b"}),
    ("sources", {"r1-sort": "odd"}),
    ("sources", {"r1-tags": ["odd"]}),
]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(("question", "typed"), WRONG)
def test_what_cannot_be_saved_stays_in_the_form(
    kinds: Shell, someone: Callable[..., Client], dossier: str, question: str, typed: dict[str, Any], language: str
) -> None:
    client, before = someone(language), version(kinds, dossier)
    if (language, typed.get("value")) == ("en", "1.250"):
        typed = {"value": "1,250"}
    page = client.answer(f"{dossier}/questions/{question}", 422, **typed)
    assert page.errors
    assert page.all("title")[0].text.startswith(("Fout: ", "Error: "))
    assert [one for one in page.tree.iter() if one.get("aria-invalid") == "true"] or question == "sources"
    assert shown(page, question, typed) == {name: value for name, value in typed.items() if _can_be_shown(value)}
    assert version(kinds, dossier) == before


def shown(page: Page, question: str, typed: dict[str, Any]) -> dict[str, Any]:
    """What the form shows of what was typed."""
    found = {name: page.value(f"{question}-{name}") for name, value in typed.items() if _can_be_shown(value)}
    return {name: value if isinstance(typed[name], list) else value[0] for name, value in found.items()}


def _can_be_shown(value: Any) -> bool:
    """A choice that does not exist has no button, and HTML holds no NUL."""
    odd = ("elsewhere", "spoon", "maybe", "6", "9", "odd")
    return not any(one in odd or "\0" in one for one in (value if isinstance(value, list) else [value]))


@pytest.mark.parametrize("question", KINDS)
def test_not_knowing_yet_takes_one_tap(kinds: Shell, anna: Client, dossier: str, question: str) -> None:
    path = f"{dossier}/questions/{question}"
    anna.follow(anna.answer(path, do=f"unsure:{question}"))
    answer = saved(kinds, dossier, question)
    assert (answer.unsure, answer.value) == (True, None)
    assert [mark for mark in anna.get(path).texts("p", kind="mark") if "weten wij nog niet" in mark.lower()]


@pytest.mark.parametrize(
    ("question", "typed", "value"),
    [
        ("tools", {"value": ["rope"]}, ["rope"]),
        ("sources", {"r1-title": "Verzuim"}, [{"id": "r1", "title": "Verzuim"}]),
    ],
)
@pytest.mark.parametrize("how", ["button", "box"])
def test_these_and_maybe_more(
    kinds: Shell, anna: Client, dossier: str, question: str, typed: dict[str, Any], value: Any, how: str
) -> None:
    path = f"{dossier}/questions/{question}"
    if how == "button":
        anna.answer(path, do=f"unsure:{question}", **typed)
    else:
        anna.answer(path, maybe_more="y", **typed)
    answer = saved(kinds, dossier, question)
    assert (answer.unsure, answer.value) == (True, value)
    assert anna.get(path).value(f"{question}-maybe_more") == ["y"]


@pytest.mark.parametrize(("question", "typed"), [("story", "Half verhaal"), ("name", "Half"), ("amount", "12")])
def test_not_knowing_throws_no_text_away(kinds: Shell, anna: Client, dossier: str, question: str, typed: str) -> None:
    page = anna.answer(f"{dossier}/questions/{question}", 422, do=f"unsure:{question}", value=typed)
    assert page.value(f"{question}-value") == [typed]
    assert saved(kinds, dossier, question) == Answer()


@pytest.mark.parametrize("question", KINDS)
def test_it_does_not_apply_because(kinds: Shell, anna: Client, dossier: str, question: str) -> None:
    path = f"{dossier}/questions/{question}"
    page = anna.answer(path, 422, do=f"not_applicable:{question}")
    assert list(page.errors) == [f"{question}-not_applicable"]
    anna.answer(path, do=f"not_applicable:{question}", not_applicable="Er is geen berg.")
    assert saved(kinds, dossier, question).not_applicable == "Er is geen berg."
    assert anna.get(path).value(f"{question}-not_applicable") == ["Er is geen berg."]


def test_an_explanation_may_be_required(kinds: Shell, anna: Client, dossier: str) -> None:
    path = f"{dossier}/questions/reason"
    page = anna.answer(path, 422, value="short")
    assert list(page.errors) == ["reason-motivation"]
    assert page.value("reason-value") == ["short"]
    anna.answer(path, value="short", motivation="Het regent.")
    assert saved(kinds, dossier, "reason").motivation == "Het regent."


@pytest.mark.parametrize(
    ("language", "typed"), [("nl", "12.345,5"), ("en", "12,345.5"), ("nl", "12345.5"), ("en", "12345.5")]
)
def test_numbers_are_typed_by_language(
    kinds: Shell, someone: Callable[..., Client], dossier: str, language: str, typed: str
) -> None:
    someone(language).answer(f"{dossier}/questions/amount", value=typed)
    assert saved(kinds, dossier, "amount").value == 12345.5
    assert someone("nl").get(f"{dossier}/questions/amount").value("amount-value") == ["12345,5"]
    assert someone("en").get(f"{dossier}/questions/amount").value("amount-value") == ["12345.5"]


def test_spare_rows_and_more_of_them(kinds: Shell, anna: Client, dossier: str) -> None:
    path = f"{dossier}/questions/sources"
    page = anna.get(path)
    assert page.value("sources-rows") == ["r1", "r2"]
    fields = page.fields() | {"sources-r1-title": ["Een"], "sources-r2-title": ["Twee"], "do": ["add_row"]}
    more = anna.post(path, fields, 200)
    assert more.value("sources-rows")[:2] == ["r1", "r2"]
    assert len(more.value("sources-rows")) > 2
    assert more.value("sources-r2-title") == ["Twee"]
    assert saved(kinds, dossier, "sources") == Answer()
    anna.send(more, **{"sources-r3-title": "Drie"})
    assert [row["title"] for row in saved(kinds, dossier, "sources").value] == ["Een", "Twee", "Drie"]


def test_a_row_goes_by_emptying_it_and_the_others_keep_their_id(kinds: Shell, anna: Client, dossier: str) -> None:
    path = f"{dossier}/questions/sources"
    anna.answer(path, **{"r1-title": "Een", "r2-title": "Twee"})
    anna.answer(path, **{"r1-title": ""})
    assert saved(kinds, dossier, "sources").value == [{"id": "r2", "title": "Twee"}]
    assert anna.get(path).value("sources-rows")[0] == "r2"


def test_a_proposal_is_shown_and_counts_for_nothing_until_it_is_saved(kinds: Shell, anna: Client, dossier: str) -> None:
    anna.answer(f"{dossier}/questions/sure", value="yes")
    page = anna.get(f"{dossier}/questions/confirmed")
    assert page.value("confirmed-value") == ["yes"]
    assert kinds.edition.questions["sure"].ask["nl"] in " ".join(page.texts("p", kind="proposal"))
    assert saved(kinds, dossier, "confirmed") == Answer()
    assert b'"confirmed":' not in anna.get(f"{dossier}/download/json").response.data
    anna.send(page)
    assert saved(kinds, dossier, "confirmed").value == "yes"
    assert not anna.get(f"{dossier}/questions/confirmed").all("p", kind="proposal")


@pytest.mark.parametrize("typed", [CANARY + " heel veel tekst", "veel", ""])
@pytest.mark.parametrize("question", ["story", "amount", "day"])
def test_another_language_keeps_what_was_typed(
    kinds: Shell, anna: Client, dossier: str, question: str, typed: str
) -> None:
    page, before = anna.get(f"{dossier}/questions/{question}"), version(kinds, dossier)
    [button] = page.all("button", lang="en")
    fields = page.fields() | {
        f"{question}-value": [typed],
        f"{question}-motivation": [SHORT],
        "do": [button.get("value")],
    }
    english = anna.post(button.get("formaction"), fields, 200)
    assert english.tree.get("lang") == "en"
    assert english.value(f"{question}-value") == [typed]
    assert english.value(f"{question}-motivation") == [SHORT]
    assert not english.errors
    assert version(kinds, dossier) == before


def test_another_view_is_kept_beside_the_answer_and_whose_it_is_nowhere(
    kinds: Shell, anna: Client, dossier: str
) -> None:
    path = f"{dossier}/questions/way"
    anna.answer(path, value="road")
    page = anna.get(f"{path}/views")
    assert anna.send(page, 422, form="add-view", view="  ").errors
    anna.send(page, form="add-view", view="Ik zou het water nemen.")
    anna.send(page, form="add-view", view="- liever niets\n- of later")
    assert saved(kinds, dossier, "way").other_views == ("Ik zou het water nemen.", "- liever niets\n- of later")
    assert "Ik zou het water nemen." in anna.get(path).texts("blockquote")
    assert "Ik zou het water nemen." in anna.get(f"{dossier}/download/markdown").source
    with kinds.engine.connect() as connection:
        actors = connection.exec_driver_sql("SELECT actor FROM event WHERE kind = 'other_view'").scalars()
        assert set(actors) == {""}


def test_a_question_that_closed_while_one_typed_shows_the_text_again(
    kinds: Shell, anna: Client, bram: Client, dossier: str
) -> None:
    anna.answer(f"{dossier}/questions/sure", value="yes")
    page = anna.get(f"{dossier}/questions/detail")
    bram.answer(f"{dossier}/questions/sure", value="no")
    refused = anna.send(page, 409, **{"detail-value": "Dit staat precies vast."})
    assert "Dit staat precies vast." in refused.text
    assert saved(kinds, dossier, "detail") == Answer()


def test_back_leads_to_the_question_before_and_check_back_to_check(anna: Client, dossier: str) -> None:
    page = anna.get(f"{dossier}/questions/tools")
    assert page.all("p", kind="back")[0].find("a").get("href").endswith(f"{dossier}/questions/way")
    change = anna.get(f"{dossier}/questions/tools?back=check")
    assert anna.send(change, **{"tools-value": ["map"]}).response.headers["Location"].endswith(f"{dossier}/check")


def test_the_whole_way_ends_at_the_check(kinds: Shell, anna: Client, dossier: str) -> None:
    page = anna.follow(anna.get(f"{dossier}/continue", 302))
    for _ in range(20):
        if not page.all("form", id="answer"):
            break
        question = page.path.rsplit("/", 1)[-1]
        page = anna.follow(anna.send(page, do=f"unsure:{question}"))
        if page.path.endswith("open-points"):
            page = anna.follow(anna.send(page, form="open"))
    assert page.path.endswith(f"{dossier}/check")
    document = find_dossier(kinds.engine, dossier.rsplit("/", 1)[-1]).document
    assert {id for id, answer in document.answers.items() if answer.unsure} >= set(KINDS)
