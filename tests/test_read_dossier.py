"""A frozen dossier is read back to the same bytes, or refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given

from assistant.answers import Answer
from assistant.dossier import AUDIENCES, Dossier, canonical
from assistant.dossier.read import UnreadableDossier, read_dossier

from .exports.samples import SCENARIOS, dossier_of, dossier_that_says
from .strategies import answers_of, texts
from .test_compare import SMALL, dossier

HEAVY = dossier_of(SCENARIOS / "early-school-leaving.yaml")


def frozen(made: Dossier) -> bytes:
    return canonical(made.model_dump(mode="json"))


@given(answers_of(SMALL, typed=texts()))
def test_what_is_read_is_what_was_frozen_and_gives_the_same_bytes(answers: dict[str, Answer]) -> None:
    made = dossier(answers)
    assert read_dossier(frozen(made)) == made
    assert frozen(read_dossier(frozen(made))) == frozen(made)


@pytest.mark.parametrize("made", [HEAVY, dossier_that_says("</script> é漢🙂\u2028", "en")], ids=["nl", "en"])
def test_the_words_are_those_of_its_language(made: Dossier) -> None:
    read = read_dossier(frozen(made))
    assert read == made
    assert read.words == made.words


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_audience_is_read(audience: str) -> None:
    made = HEAVY.model_copy(update={"audience": audience})
    assert read_dossier(frozen(made)).audience == audience


def test_a_version_from_before_a_field_came_is_still_read() -> None:
    data = json.loads(frozen(HEAVY))
    del data["decider"]
    assert read_dossier(canonical(data)).decider is None


def put(*path: str | int, value: Any) -> Callable[[dict[str, Any]], None]:
    def change(data: Any) -> None:
        for step in path[:-1]:
            data = data[step]
        data[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (put("format", value=2), "format"),
        (put("format", value=True), "format|canonical"),
        (put("kind", value="answers"), "kind"),
        (put("language", value="fr"), "language"),
        (put("language", value=["nl"]), "language"),
        (put("colour", value="blue"), "colour"),
        (put("words", value={}), "no dossier"),
        (put("signals", 0, "weight", value=3), r"signals\.0\.weight"),
        (put("themes", 0, "answers", 0, "mark", value="perhaps"), r"themes\.0\.answers\.0\.mark"),
        (put("outcome", value=None), "outcome"),
        (put("project", "version", value="3"), "canonical"),
        (put("answers", value=[]), "answers"),
    ],
)
def test_what_is_no_dossier_is_refused_by_place(change: Callable[[dict[str, Any]], None], reason: str) -> None:
    data = json.loads(frozen(HEAVY))
    change(data)
    with pytest.raises(UnreadableDossier, match=reason):
        read_dossier(canonical(data))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"null",
        b"\xff",
        b'{"language":"nl"',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        frozen(HEAVY) + b"\n",
        frozen(HEAVY).replace(b'"kind":"dossier"', b'"kind": "dossier"', 1),
        frozen(HEAVY).replace(b'"format":1', b'"format":1,"format":1', 1),
        frozen(HEAVY).replace(b'"answers":{', b'"answers":{"a":NaN,', 1),
        frozen(HEAVY).replace(b'"answers":{', b'"answers":{"a":"\\ud800",', 1),
        frozen(HEAVY).replace(b'"answers":{', b'"answers":{"a":' + b"[" * 900 + b"]" * 900 + b",", 1),
        frozen(HEAVY).replace(b'"answers":{', b'"answers":{"a":' + b"9" * 5000 + b",", 1),
    ],
    ids=lambda raw: repr(raw[:12]),
)
def test_bytes_that_nobody_froze_are_refused(raw: bytes) -> None:
    with pytest.raises(UnreadableDossier):
        read_dossier(raw)


def test_a_refusal_repeats_nothing_that_was_typed() -> None:
    data = json.loads(frozen(dossier_that_says("canary-7f3a")))
    data["themes"][0]["answers"][0]["motivation"] = ["canary-7f3a"]
    with pytest.raises(UnreadableDossier) as refused:
        read_dossier(canonical(data))
    assert "canary-7f3a" not in f"{refused.value} {refused.value.__cause__}"
