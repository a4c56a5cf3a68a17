"""What an answer opens, closes, raises and settles: told on the next page, once, and never in between."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.opening import Shell

from .client import Client, Page
from .work import make_dossier, saved


def strip(page: Page) -> str:
    return " ".join(page.texts("div", kind="strip"))


def ask(shell: Shell, question: str) -> str:
    return shell.edition.questions[question].ask["nl"]


def says(shell: Shell, signal: str) -> str:
    return shell.edition.signals[signal].says["nl"]


@pytest.fixture
def walked(kinds: Shell) -> str:
    """Everything is answered."""
    return make_dossier(
        kinds,
        {
            "phase": "idea", "people": "yes", "words": "Een tocht", "way": "cliff", "tools": ["rope"], "sure": "yes",
            "far": 2, "amount": 5, "day": "2026-11-21", "name": "De tocht", "story": "Er was eens.",
            "sources": [{"title": "Verzuim"}], "reason": {"value": "safe", "motivation": "Het regent."},
            "confirmed": "yes", "detail": "Dit staat precies vast.", "rescue": "nobody",
        },
    )  # fmt: skip


def test_answers_that_fall_away_are_named_and_kept_and_come_back(kinds: Shell, anna: Client, walked: str) -> None:
    files = [f"{walked}/download/{format}" for format in ("markdown", "html", "json")]
    assert all("Dit staat precies vast." in anna.get(file).source for file in files)
    gone = anna.follow(anna.answer(f"{walked}/questions/sure", value="no"))
    assert ask(kinds, "detail") in strip(gone)
    assert saved(kinds, walked, "detail").value == "Dit staat precies vast."
    for file in [*files, f"{walked}/preview", f"{walked}/check"]:
        assert "Dit staat precies vast." not in anna.get(file).source
    assert anna.get(f"{walked}/questions/detail").h1 != ask(kinds, "detail")
    back = anna.follow(anna.answer(f"{walked}/questions/sure", value="yes"))
    assert ask(kinds, "detail") in strip(back)
    assert all("Dit staat precies vast." in anna.get(file).source for file in files)
    assert anna.get(f"{walked}/questions/detail").value("detail-value") == ["Dit staat precies vast."]


def test_a_whole_tree_falls_away_and_comes_back(kinds: Shell, anna: Client, walked: str) -> None:
    gone = anna.follow(anna.answer(f"{walked}/questions/people", value="no"))
    assert all(ask(kinds, question) in strip(gone) for question in ("way", "tools", "sure"))
    assert says(kinds, "at_the_cliff") not in anna.get(f"{walked}/signals").text
    anna.answer(f"{walked}/questions/people", value="yes")
    assert says(kinds, "at_the_cliff") in anna.get(f"{walked}/signals").text


def test_a_signal_from_a_branch_that_closed_is_settled(kinds: Shell, anna: Client, walked: str) -> None:
    page = anna.follow(anna.answer(f"{walked}/questions/way", value="road"))
    assert says(kinds, "at_the_cliff") in strip(page)
    assert says(kinds, "nobody_rescues") in strip(page)
    assert ask(kinds, "rescue") in strip(page)
    assert saved(kinds, walked, "rescue").value == "nobody"


def test_questions_that_come_say_because_of_which_answer(kinds: Shell, anna: Client) -> None:
    dossier = make_dossier(kinds, {"phase": "idea", "people": "yes", "way": "road", "sure": "no"})
    page = anna.follow(anna.answer(f"{dossier}/questions/sure", value="yes"))
    assert ask(kinds, "sure") in strip(page)
    detail = anna.get(f"{dossier}/questions/detail")
    assert ask(kinds, "sure") in " ".join(detail.texts("details"))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_strip_tells_heavy_signals_in_full_and_counts_the_others(
    kinds: Shell, someone: Callable[..., Client], dossier: str, language: str
) -> None:
    client, signals = someone(language), kinds.edition.signals
    page = client.follow(client.answer(f"{dossier}/questions/tools", value=["rope", "map", "knife"]))
    told = strip(page)
    assert signals["knife_along"].says[language] in told
    assert signals["knife_along"].action[language] in told
    assert signals["map_along"].says[language] in told
    assert signals["knife_noticed"].says[language] not in told
    [link] = [a.get("href") for box in page.all("div", kind="strip") for a in box.iter("a")]
    assert signals["knife_noticed"].says[language] in client.get(link).text


def test_a_stop_is_told_in_full(kinds: Shell, anna: Client, dossier: str) -> None:
    page = anna.follow(anna.answer(f"{dossier}/questions/way", value="cliff"))
    assert says(kinds, "at_the_cliff") in strip(page)
    assert page.all("div", kind="signal")[0].get("class").split() == ["signal", "stop"]


def test_news_is_told_once_and_on_a_page_of_its_own_dossier(kinds: Shell, anna: Client, dossier: str) -> None:
    other = make_dossier(kinds, {"people": "yes"})
    next_page = anna.answer(f"{dossier}/questions/way", value="cliff").response.headers["Location"]
    assert not strip(anna.get(other))
    assert not strip(anna.get(f"{other}/questions/way"))
    assert strip(anna.get(next_page))
    assert not strip(anna.get(next_page))


def test_an_answer_without_news_has_no_strip(anna: Client, dossier: str) -> None:
    assert not strip(anna.follow(anna.answer(f"{dossier}/questions/name", value="De tocht")))


def test_a_signal_that_is_only_possible_says_so(kinds: Shell, anna: Client, dossier: str) -> None:
    path = f"{dossier}/questions/way"
    possible = anna.follow(anna.answer(path, do="unsure:way")).texts("strong")[0]
    path = path.replace(dossier, make_dossier(kinds, {"phase": "idea", "people": "yes"}))
    certain = anna.follow(anna.answer(path, value="cliff")).texts("strong")[0]
    assert possible != certain
    assert possible.endswith(says(kinds, "at_the_cliff"))
    assert certain.endswith(says(kinds, "at_the_cliff"))


def test_the_whole_example_falls_away_and_comes_back(shell: Shell, client: Client, example: str) -> None:
    before = client.get(f"{example}/download/markdown").source
    client.answer(f"{example}/questions/personal_data", value="none")
    fewer = client.get(f"{example}/download/markdown").source
    assert saved(shell, example, "legal_task").motivation not in fewer
    client.answer(f"{example}/questions/personal_data", value="traceable")
    after = client.get(f"{example}/download/markdown").source
    assert [line for line in after.splitlines() if "2026-" not in line] == [
        line for line in before.splitlines() if "2026-" not in line
    ]
