"""Texts taken out of a frozen dossier: nothing of them is left, and nothing else changes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from assistant.answers import Answer
from assistant.answers_file import read_answers
from assistant.dossier import Ended, HandInFacts, ProjectFacts, build_dossier, frozen
from assistant.dossier.model import fingerprint
from assistant.dossier.read import read_dossier
from assistant.dossier.redaction import CONFIDENTIAL, KINDS, MARKERS, PERSONAL, Cut, list_taken, list_texts, redact
from assistant.trees.load import shipped_edition
from assistant.trees.model import Language
from exports import to_json

from .exports.samples import TODAY, dossier_that_says

NAME = "Kanariepiet"


def body_that_says(text: str, language: Language = "nl") -> bytes:
    """Everything typed is this: answers, the project, what was said at hand-in, how a signal ended."""
    made = dossier_that_says(text, language)
    edition = shipped_edition()
    facts = HandInFacts(text, "44444444-0000-4000-8000-000000000001", "", text, text)
    ended = {made.signals[0].id: Ended("accepted", True, text, "eigenaar", "2026-11-20")}
    read = read_answers(to_json.render(made), "x.json", edition)
    again = build_dossier(
        edition, read.answers, ProjectFacts(text, text, "2026-014", 1), TODAY, language, hand_in=facts, ended=ended
    )
    return frozen(again)


def words(body: bytes) -> list[str]:
    """Every text in it, in order."""

    def walk(one: Any) -> list[str]:
        if isinstance(one, str):
            return [one]
        if isinstance(one, dict | list):
            return [text for part in (one.values() if isinstance(one, dict) else one) for text in walk(part)]
        return []

    return walk(json.loads(body))


@pytest.mark.parametrize(
    "text", [f"Vraag het {NAME}, die weet het.", NAME, f"a\n- {NAME}\n\nb", f"{'lang ' * 30}{NAME}"]
)
def test_a_word_is_gone_wherever_it_was_typed(text: str) -> None:
    body = body_that_says(text)
    assert body.count(NAME.encode()) > 100
    after = redact(body, Cut(PERSONAL, words=(NAME.lower(),)))
    assert NAME.encode() not in after
    made = read_dossier(after)
    assert made.answers_hash == fingerprint(json.loads(after)["answers"])
    assert made.path == read_dossier(body).path


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_text_whole(kind: str, language: Language) -> None:
    body = body_that_says(f"x {NAME} y", language)
    cut = Cut(kind, texts=frozenset(one.key for one in list_texts(body)))
    after = redact(body, cut)
    assert NAME.encode() not in after
    marker = MARKERS[kind][0 if language == "nl" else 1]
    assert {one.text for one in list_texts(after)} >= {marker}
    read_dossier(after)


def test_nothing_but_that_changes() -> None:
    body = body_that_says("x")
    answers = json.loads(body)
    question = next(one for one in list_texts(body) if one.where == "answer").about
    said = answers["answers"][question]
    full = said if isinstance(said, dict) else {"value": said}
    answers["answers"][question] = full | {"owner": NAME}
    for theme in answers["themes"]:
        for one in theme["answers"]:
            if one["question"] == question:
                one["owner"] = NAME
    before = json.dumps(answers, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    [taken] = list_taken(before, Cut(PERSONAL, words=(NAME,)))
    assert taken.typed.about == question
    after = redact(before, Cut(PERSONAL, words=(NAME,)))
    old, new = words(before), words(after)
    assert len(old) == len(new)
    changed = {(a, b) for a, b in zip(old, new, strict=True) if a != b}
    hashes = {(answers["answers_hash"], json.loads(after)["answers_hash"])}
    assert (NAME, MARKERS[PERSONAL][0]) in changed
    assert all(b == MARKERS[PERSONAL][0] for _, b in changed - hashes)  # and where it was a reason of a signal


@pytest.mark.parametrize("word", ["yes", "no", "ethische", "gegevens", "answers", "id"])
def test_a_word_of_ours_is_left(word: str) -> None:
    body = body_that_says("iets anders")
    assert redact(body, Cut(CONFIDENTIAL, words=(word,))) == body


@pytest.mark.parametrize("word", [r"\g<0>", ".*", "(", "[a-z]+", "\\"])
def test_a_word_is_no_pattern(word: str) -> None:
    body = body_that_says(f"iets {word} anders")
    assert word not in {one.text for one in list_texts(redact(body, Cut(PERSONAL, words=("iets",))))}
    redact(body, Cut(PERSONAL, words=(word,)))


def test_a_part_of_a_word_stays() -> None:
    body = body_that_says("Kanariepieten zingen")
    assert list_taken(body, Cut(PERSONAL, words=(NAME,))) == []


@pytest.mark.parametrize("said", ["yes", "Ja"])
def test_a_choice_explained_in_its_own_words_stays_a_choice(said: str) -> None:
    edition, question = shipped_edition(), "dpia_assessed"
    facts = ProjectFacts("Een plan", "", "2026-014", 1)
    answers = {"phase": Answer(value="idea"), question: Answer(value="yes", motivation=said)}
    body = frozen(build_dossier(edition, answers, facts, TODAY, "nl", open_by_hand=["dpia-prescan"]))
    [typed] = [one for one in list_texts(body) if one.about == question]
    for cut in (Cut(PERSONAL, texts=frozenset({typed.key})), Cut(PERSONAL, words=(said,))):
        made = read_dossier(redact(body, cut))
        [entry] = [one for theme in made.themes for one in theme.answers if one.question == question]
        assert (made.answers[question]["value"], entry.lines) == ("yes", ("Ja",))
        assert entry.motivation == made.answers[question]["motivation"] == "[weggelaten: persoonsgegevens]"
