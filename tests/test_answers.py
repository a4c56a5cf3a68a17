"""Reading one answer: every kind, right and wrong, all problems at once, and no typed text in any of them."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import (
    MAX_NUMBER,
    MAX_ROWS,
    MAX_TEXT,
    NO_ANSWER,
    Answer,
    check_text,
    clean_text,
    is_iso_date,
    read_answer,
    read_value,
    shown,
    without_meta,
)
from assistant.dossier import plain_answer
from assistant.trees.load import shipped_edition
from assistant.trees.model import Question
from assistant.words import PROBLEMS, problem_text

from .strategies import answers_of, texts
from .trees.samples import both, choices, question

CANARY = "canary-7f3a typed in confidence"


def made(kind: str, **extra: Any) -> Question:
    return Question.model_validate(question("q", kind, **extra))


COLUMNS = [
    {"id": "name", "label": both(), "kind": "text"},
    {"id": "kind", "label": both(), "kind": "choice", "choices": choices("a", "b")},
    {"id": "kinds", "label": both(), "kind": "choices", "choices": choices("a", "b", "none", exclusive="none")},
    {"id": "sure", "label": both(), "kind": "yes_no"},
    {"id": "rate", "label": both(), "kind": "scale", "optional": True},
    {"id": "size", "label": both(), "kind": "number", "optional": True},
    {"id": "day", "label": both(), "kind": "date", "optional": True},
]
ASKED = {
    "choice": made("choice"),
    "choices": made("choices", choices=choices("a", "b", "none", exclusive="none"), max_choices=2),
    "three": made("choices", choices=choices("a", "b", "c"), max_choices=2),
    "yes_no": made("yes_no"),
    "scale": made("scale"),
    "number": made("number"),
    "date": made("date"),
    "text": made("text"),
    "long_text": made("long_text"),
    "table": made("table", columns=COLUMNS),
}

TAKEN: list[tuple[str, Any, Any]] = [
    ("choice", "b", "b"),
    ("choices", ["b", "a"], ["a", "b"]),
    ("choices", ["a", "a"], ["a"]),
    ("choices", ["none"], ["none"]),
    ("yes_no", "no", "no"),
    ("scale", 1, 1),
    ("scale", 5, 5),
    ("number", 0, 0),
    ("number", 12.5, 12.5),
    ("number", MAX_NUMBER, MAX_NUMBER),
    ("date", "2028-02-29", "2028-02-29"),
    ("text", "  Hallo\r\nwereld\x07  ", "Hallo\nwereld"),
    ("long_text", "é漢🙂 <b>&</b>", "é漢🙂 <b>&</b>"),
    ("text", "x" * MAX_TEXT, "x" * MAX_TEXT),
    ("table", [{"name": "x"}], [{"id": "r1", "name": "x"}]),
    ("table", [{"id": "r1", "name": "x"}, {"kind": "a"}], [{"id": "r1", "name": "x"}, {"id": "r2", "kind": "a"}]),
    ("table", [{"kind": {"unsure": True}}], [{"id": "r1", "kind": {"unsure": True}}]),
    ("table", [{"name": "  "}, {"name": "x", "kinds": []}], [{"id": "r2", "name": "x"}]),
    ("table", [{"name": "\x01", "size": 0}], [{"id": "r1", "size": 0}]),
    *[(kind, nothing, None) for kind in ASKED for nothing in (None, "", [])],
    ("text", " \n ", None),
    ("table", [{}], None),
]

REFUSED: list[tuple[str, Any, list[str]]] = [
    ("choice", "z", ["not_a_choice"]),
    ("choice", ["a"], ["not_a_choice"]),
    ("choice", True, ["not_a_choice"]),
    ("choice", {"a": 1}, ["unknown_key"]),
    ("choices", "a", ["list_expected"]),
    ("choices", ["y", "a", "z"], ["not_a_choice", "not_a_choice"]),
    ("choices", ["a", ["b"], {}], ["not_a_choice", "not_a_choice"]),
    ("choices", ["a", "none"], ["exclusive_with_others"]),
    ("three", ["a", "b", "c"], ["too_many_choices"]),
    ("yes_no", True, ["not_a_choice"]),
    ("yes_no", "ja", ["not_a_choice"]),
    *[("scale", wrong, ["not_on_scale"]) for wrong in (0, 6, 3.0, True, "3", [3])],
    *[
        ("number", wrong, ["not_a_number"])
        for wrong in (-1, -0.1, MAX_NUMBER + 1, 10**400, float("inf"), float("nan"), True, "12", [1])
    ],
    *[
        ("date", wrong, ["not_a_date"])
        for wrong in ("2027-02-29", "21-11-2026", "2026-1-1", "20261121", "2026-W01-1", 20261121, "0000-01-01", True)
    ],
    *[("text", wrong, ["text_expected"]) for wrong in (1, True, ["x"], 1.5)],
    ("text", "x" * (MAX_TEXT + 1), ["text_too_long"]),
    ("text", "a\0b", ["text_unstorable"]),
    ("text", "a\ud800b", ["text_unstorable"]),
    ("table", "x", ["rows_expected"]),
    ("table", ["x"], ["rows_expected"]),
    ("table", [{"name": "x"}] * (MAX_ROWS + 1), ["too_many_rows"]),
    ("table", [{"id": "r1", "name": "x"}, {"id": "r1", "name": "y"}], ["same_row_id"]),
    ("table", [{"id": "a b", "name": "x"}, {"id": 7, "name": "y"}], ["bad_row_id", "bad_row_id"]),
    ("table", [{"id": ["x"], "name": "x"}], ["bad_row_id"]),
    ("table", [{"nmae": "x", "kind": "z"}, {"rate": 9}], ["unknown_column", "not_a_choice", "not_on_scale"]),
    ("table", [{"kinds": ["a", "none"], "sure": True}], ["exclusive_with_others", "not_a_choice"]),
    ("table", [{"size": 10**400, "day": "morgen", "name": 3}], ["not_a_number", "not_a_date", "text_expected"]),
    ("table", [{"kind": {"unsure": False}}], ["not_a_choice"]),
]


@pytest.mark.parametrize(("kind", "raw", "value"), TAKEN)
def test_a_value_that_fits_is_taken_clean(kind: str, raw: Any, value: Any) -> None:
    assert read_answer(ASKED[kind], raw) == (Answer(value=value), [])


@pytest.mark.parametrize(("kind", "raw", "keys"), REFUSED)
def test_a_value_that_does_not_fit_is_refused_with_every_reason(kind: str, raw: Any, keys: list[str]) -> None:
    answer, problems = read_answer(ASKED[kind], raw)
    assert [problem.key for problem in problems] == keys
    assert answer.value is None


@pytest.mark.parametrize(("kind", "raw", "keys"), REFUSED)
def test_every_problem_reads_as_a_sentence_in_both_languages(kind: str, raw: Any, keys: list[str]) -> None:
    _, problems = read_answer(ASKED[kind], raw)
    for problem in problems:
        nl, en = problem_text(problem, "nl"), problem_text(problem, "en")
        assert nl != en
        assert "{" not in nl + en


@pytest.mark.parametrize("problem", PROBLEMS)
def test_both_languages_of_a_problem_name_the_same_things(problem: str) -> None:
    named = [{word for word in ("name", "most", "now", "row", "choices", "near") if f"{{{word}}}" in text}
             for text in PROBLEMS[problem]]  # fmt: skip
    assert named[0] == named[1]


MORE: list[tuple[str, dict[str, Any], Answer]] = [
    ("choice", {"value": "a", "motivation": " omdat "}, Answer(value="a", motivation="omdat")),
    ("choice", {"unsure": True, "owner": "jurist", "due": "2026-12-01"},
     Answer(unsure=True, owner="jurist", due="2026-12-01")),
    ("choice", {"not_applicable": "er is er geen"}, Answer(not_applicable="er is er geen")),
    ("choices", {"value": ["a"], "unsure": True}, Answer(value=["a"], unsure=True)),
    ("table", {"value": [{"name": "x"}], "unsure": True}, Answer(value=[{"id": "r1", "name": "x"}], unsure=True)),
    ("choice", {"value": "a", "other_views": ["anders", "  "]}, Answer(value="a", other_views=("anders",))),
    ("choice", {"value": None, "motivation": None, "other_views": None}, NO_ANSWER),
    ("choice", {}, NO_ANSWER),
]  # fmt: skip

TOGETHER: list[tuple[str, dict[str, Any], list[str]]] = [
    ("choice", {"value": "a", "unsure": True}, ["unsure_alone"]),
    ("choices", {"value": ["none"], "unsure": True}, ["exclusive_unsure"]),
    ("choice", {"value": "a", "not_applicable": "geen"}, ["not_applicable_alone"]),
    ("choice", {"unsure": True, "not_applicable": "geen"}, ["not_applicable_alone"]),
    ("choice", {"unsure": "true"}, ["unsure_is_true"]),
    ("choice", {"unsure": None}, ["unsure_is_true"]),
    ("choice", {"not_applicable": True}, ["text_expected"]),
    ("choice", {"other_views": "anders"}, ["views_are_a_list"]),
    ("choice", {"other_views": [1, "a\0"]}, ["text_expected", "text_unstorable"]),
    ("choice", {"due": "morgen"}, ["not_a_date"]),
    ("choice", {"vlaue": "a", "value": "z", "unsure": 1, "motivation": 5, "due": "x"},
     ["unknown_key", "not_a_choice", "unsure_is_true", "text_expected", "not_a_date"]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "raw", "answer"), MORE)
def test_an_answer_with_more_than_a_value_is_taken_whole(kind: str, raw: dict[str, Any], answer: Answer) -> None:
    assert read_answer(ASKED[kind], raw) == (answer, [])


@pytest.mark.parametrize(("kind", "raw", "keys"), TOGETHER)
def test_what_does_not_go_together_is_refused(kind: str, raw: dict[str, Any], keys: list[str]) -> None:
    _, problems = read_answer(ASKED[kind], raw)
    assert [problem.key for problem in problems] == keys


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.just(10**400), st.just("\ud800")),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from(["value", "unsure", "motivation", "due", "other_views", "name", "id"]), inner),
    ),
    max_leaves=12,
)


@given(st.sampled_from(sorted(ASKED)), JSON)
def test_anything_at_all_is_taken_or_refused_and_never_breaks(kind: str, raw: Any) -> None:
    answer, problems = read_answer(ASKED[kind], raw)
    again = read_answer(ASKED[kind], plain_answer(answer))
    assert problems or again == (answer, [])
    assert all(problem_text(problem, "nl") for problem in problems)


@pytest.mark.parametrize("kind", ASKED)
def test_no_problem_repeats_what_was_typed(kind: str) -> None:
    everywhere: list[Any] = [
        CANARY,
        [CANARY],
        [{"name": CANARY + "\0", "kind": CANARY, "day": CANARY, CANARY: 1, "id": CANARY}],
        {CANARY: CANARY, "value": CANARY, "motivation": CANARY + "\0", "due": CANARY, "unsure": CANARY},
        {"value": CANARY, "other_views": CANARY, "not_applicable": [CANARY]},
    ]
    for raw in everywhere:
        _, problems = read_answer(ASKED[kind], raw)
        assert "canary" not in repr(problems) + "".join(problem_text(p, "en") for p in problems)


@pytest.mark.parametrize(
    ("raw", "text"), [("look_up", "look_up"), (True, "True"), (3, "3"), ("een zin", "…"), (["x"], "…"), ("x" * 61, "…")]
)
def test_a_message_shows_only_what_looks_like_an_id(raw: object, text: str) -> None:
    assert shown(raw) == text


@given(answers_of(shipped_edition(), typed=texts()))
def test_an_answer_written_as_a_file_writes_it_reads_the_same(answers: dict[str, Answer]) -> None:
    for id, answer in answers.items():
        assert read_answer(shipped_edition().questions[id], plain_answer(answer)) == (answer, [])


def test_a_zero_is_an_answer() -> None:
    assert plain_answer(Answer(value=0)) == 0
    assert plain_answer(Answer(value=0, motivation="geen")) == {"value": 0, "motivation": "geen"}


@pytest.mark.parametrize("text", ["", "Hallo", "x" * MAX_TEXT, "é漢🙂", "a\x01b"])
def test_text_that_can_be_stored_is_taken(text: str) -> None:
    assert check_text(text) == []


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once
    assert not any(ord(char) < 32 and char not in "\n\t" for char in once)
    assert not any("\x7f" <= char <= "\x9f" for char in once)


def test_cleaning_the_longest_text_takes_no_time() -> None:
    started = time.perf_counter()
    clean_text("\x1b[31m\r\n" * (MAX_TEXT // 7))
    assert time.perf_counter() - started < 0.05


@given(st.text(max_size=12))
def test_what_passes_for_a_date_is_one(text: str) -> None:
    if is_iso_date(text):
        assert text.isascii()


def test_comparing_leaves_out_who_and_when() -> None:
    saved = Answer(value="a", rev=3, by="a1", at="2026-11-21T10:00:00Z", confirmed_in="x")
    assert without_meta(saved) == Answer(value="a")


def test_reading_a_value_alone_says_the_same_as_reading_an_answer() -> None:
    assert read_value(ASKED["choices"], ["b", "a"]) == (["a", "b"], [])
