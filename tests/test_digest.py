"""What a weekly mail says: kinds, numbers, days and links."""

from __future__ import annotations

import pytest

from assistant.mail.digest import PLACES, Due, build_digest
from assistant.mail.words import KINDS
from assistant.trees.model import LANGUAGES, Language

TODAY = "2026-11-25"
BASE = "https://toets.example.nl"


def test_nothing_to_say_is_no_text() -> None:
    assert build_digest([], TODAY, "nl", BASE) == ""


def test_every_kind_has_words_and_a_place() -> None:
    assert set(KINDS) == set(PLACES)


@pytest.mark.parametrize(("due", "line"), [
    (Due("action", "d", "2026-014", "2026-12-03", 1), "- 2026-014, op 3 december 2026"),
    (Due("action", "d", "2026-014", "2026-12-03", 3), "- 2026-014, 3 x, de eerste op 3 december 2026"),
    (Due("condition", "d", "2026-014", "2026-11-20", 1), "- 2026-014, te laat, was op 20 november 2026"),
    (Due("condition", "d", "2026-014", "2026-11-20", 2), "- 2026-014, 2 x, te laat, de eerste was op 20 november 2026"),
    (Due("again", "d", "2026-014", TODAY, 1), "- 2026-014, op 25 november 2026"),
    (Due("review", "d", "2026-014", "", 1), "- 2026-014"),
    (Due("early", "", "", "", 1), "- 1 x"),
])  # fmt: skip
def test_a_line_says_number_how_many_and_when(due: Due, line: str) -> None:
    lines = build_digest([due], TODAY, "nl", BASE).splitlines()
    assert line in lines
    assert lines[lines.index(line) + 1] == f"  {BASE}/nl{PLACES[due.kind].format(due.dossier)}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_stands_in_the_readers_language_with_a_way_to_end_it(language: Language) -> None:
    text = build_digest([Due("part", "d", "2026-014", "", 1)], TODAY, language, BASE)
    assert f"{BASE}/{language}/account/mail" in text
    assert KINDS["part"][LANGUAGES.index(language)] in text
