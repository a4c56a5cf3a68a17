"""The dossier says what the edition and the answers say, and to each audience no more than it may read."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import exports
from assistant.answers import Answer, answers_after
from assistant.answers_file import read_answers
from assistant.dossier import (
    AUDIENCES,
    Audience,
    Dossier,
    ProjectFacts,
    SignalEntry,
    answer_text,
    build_dossier,
    canonical,
    plain_answer,
)
from assistant.dossier.audiences import most_serious
from assistant.trees.load import shipped_edition
from assistant.trees.model import LANGUAGES, Language, Level, Phase
from assistant.walk import Mark, phase_of, walk
from assistant.words import HEADINGS

from .strategies import answers_of, seldom
from .trees.samples import edition, question, tree

EDITION = shipped_edition()
TODAY = date(2026, 11, 21)
FACTS = ProjectFacts("Uitval per opleiding", "Gemeente Oeverland", number="2026-014", version=3)
SCENARIO = Path(__file__).parent.parent / "question_trees" / "scenarios" / "early-school-leaving.yaml"
CANARY = "canary-7f3a"
HEAVY = ("stop", "high")


def done_for_now(answers: dict[str, Answer]) -> dict[str, Answer]:
    """With an idea, all that is asked for certain or may be a stop: the rest comes later, or hangs on what does."""
    said = answers | {"phase": Answer(value="idea")}
    way = walk(EDITION, said, Phase.IDEA, TODAY)
    asked = {step.question.id for step in way.steps if step.certain} | EDITION.program.can_stop
    return {id: answer for id, answer in said.items() if id in asked}


some_answers = answers_of(EDITION) | answers_of(EDITION, complete=True).map(done_for_now)


def scenario() -> dict[str, Answer]:
    return read_answers(SCENARIO.read_bytes(), SCENARIO.name, EDITION).answers


def dossier(answers: dict[str, Answer], language: Language = "nl", audience: Audience = "team") -> Dossier:
    return build_dossier(EDITION, answers, FACTS, TODAY, language, audience=audience)


@seldom
@given(some_answers)
def test_it_holds_what_the_walk_found(answers: dict[str, Answer]) -> None:
    way = walk(EDITION, answers, phase_of(answers), TODAY)
    made = dossier(answers)
    assert made.path == way.path
    assert made.outcome.id == way.outcome.kind
    assert [(s.id, s.certainty == "certain", s.counts) for s in made.signals] == [
        (r.signal.id, r.certain, r.counts) for r in way.signals
    ]
    assert [point.question for point in made.open_points] == [point.question for point in way.open_points]
    assert [a.question for theme in made.themes for a in theme.answers] == list(way.path)
    assert [named.id for named in made.later] == [
        q.id for q in (*(step.question for step in way.later), *way.undecided)
    ]


@seldom
@given(some_answers)
def test_every_question_is_asked_later_or_not_asked_and_counted(answers: dict[str, Answer]) -> None:
    """But for what hangs on a question that is still to be answered: nobody can say of that yet."""
    made, way = dossier(answers), walk(EDITION, answers, phase_of(answers), TODAY)
    unsaid = sum(truth == 1 for truth in way.state.paths.values()) - len(way.undecided)
    counted = len(made.path) + len(made.later) + sum(entry.questions for entry in made.not_asked)
    assert counted + unsaid == len(EDITION.questions)


@seldom
@given(some_answers)
def test_it_leads_with_three_signals_that_count_one_a_question(answers: dict[str, Answer]) -> None:
    made = dossier(answers)
    leading = [made.signal(id) for id in made.matters_most]
    rest = [s for s in made.signals if s.counts and s.level not in ("info", "strength")]
    assert len(leading) == min(3, len({signal.about for signal in rest}))
    assert len({signal.about for signal in leading}) == len(leading)
    assert all(signal in rest for signal in leading)


@seldom
@given(some_answers)
def test_what_the_team_said_leads_and_one_doubt_stays(answers: dict[str, Answer]) -> None:
    made = dossier(answers)
    leading = [made.signal(id) for id in made.matters_most]
    said = {s.about for s in made.signals if s.counts and s.level in HEAVY and s.certainty == "certain"}
    doubtful = [signal for signal in leading if signal.certainty == "possible"]
    assert [signal.certainty for signal in leading[: len(said)][:2]] == ["certain"] * min(2, len(said), len(leading))
    if len(said) >= 3:
        assert [signal.level for signal in doubtful] in ([], ["stop"])


@seldom
@given(some_answers)
def test_both_languages_say_the_same_in_other_words(answers: dict[str, Answer]) -> None:
    nl, en = dossier(answers, "nl"), dossier(answers, "en")
    same = ("path", "matters_most", "strengths", "answers", "answers_hash", "trees", "made_on", "format", "kind")
    assert [getattr(nl, name) for name in same] == [getattr(en, name) for name in same]
    assert [s.id for s in nl.signals] == [s.id for s in en.signals]
    assert nl.fixed_sentence != en.fixed_sentence


@seldom
@given(some_answers)
def test_it_keeps_what_was_said_beside_an_answer_that_is_missing(answers: dict[str, Answer]) -> None:
    """Another view on a question that nobody answered yet is not lost when the dossier is handed over."""
    answers = answers | {"personal_data": Answer(other_views=("Het gaat wel over mensen.",))}
    made = dossier(answers)
    assert made.answers["personal_data"] == {"other_views": ["Het gaat wel over mensen."]}
    assert [view.question for view in made.other_views].count("personal_data") == 1


@seldom
@given(some_answers)
def test_the_hash_of_the_answers_is_of_what_stands_in_it(answers: dict[str, Answer]) -> None:
    made = dossier(answers)
    changed = answers | {"phase": Answer(value="stopped", motivation="nieuw")}
    assert dossier(changed).answers_hash != made.answers_hash
    assert dossier(dict(reversed(answers.items()))).answers_hash == made.answers_hash


def test_canonical_json_is_one_text_for_one_content() -> None:
    assert canonical({"b": 1, "a": "é"}) == canonical({"a": "é", "b": 1}) == '{"a":"é","b":1}'.encode()


@pytest.mark.parametrize(
    ("answer", "plain"),
    [
        (Answer(), {}),
        (Answer(value=0), 0),
        (Answer(value=0.0), 0.0),
        (Answer(value=["a"]), ["a"]),
        (Answer(value="a", rev=4, by="a1", at="x", confirmed_in="y"), "a"),
        (Answer(value="a", motivation="want"), {"value": "a", "motivation": "want"}),
        (Answer(unsure=True), {"unsure": True}),
        (Answer(not_applicable="geen"), {"not_applicable": "geen"}),
        (Answer(other_views=("x",)), {"other_views": ["x"]}),
    ],
)
def test_an_answer_is_written_as_short_as_it_can_be(answer: Answer, plain: Any) -> None:
    assert plain_answer(answer) == plain
    assert type(plain_answer(answer)) is type(plain)


def test_the_example_reads_as_a_privacy_officer_needs_it() -> None:
    made = dossier(scenario())
    assert made.format == 1
    assert made.outcome.id == "solve_first"
    assert made.project.number == "2026-014"
    leading = [made.signal(id) for id in made.matters_most]
    assert [(signal.level, signal.certainty) for signal in leading] == [
        ("high", "certain"), ("high", "certain"), ("stop", "possible"),
    ]  # fmt: skip
    assert made.signal("no_exception_found").certainty == "possible"
    assert [because.question for because in made.signal("cohort_predicted").because]
    assert {point.owner for point in made.open_points} == {"jurist", "projectleider", "adviseur informatiebeveiliging"}
    assert all(theme.answers for theme in made.themes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_fixed_word_is_missing_or_the_same_in_both_languages(language: Language) -> None:
    same = {key for key, (nl, en) in HEADINGS.items() if nl == en}
    assert same <= {"dossier", "prototype", "phase"}
    assert all(pair[LANGUAGES.index(language)].strip() for pair in HEADINGS.values())


def planted() -> dict[str, Answer]:
    """The scenario with a text of its own in everything that stays inside."""
    answers = {
        id: Answer(
            value=answer.value,
            unsure=answer.unsure,
            motivation=answer.motivation,
            owner=f"{CANARY}-owner",
            due="2026-12-11",
            other_views=(f"{CANARY}-view",),
        )
        for id, answer in scenario().items()
    }
    for id, asked in EDITION.questions.items():
        if asked.deliberation and id in answers:
            kept = answers[id]
            text = asked.kind in ("text", "long_text")
            answers[id] = Answer(value=f"{CANARY}-said" if text else kept.value, motivation=f"{CANARY}-why")
    return answers


@pytest.mark.parametrize("name", ["markdown", "html", "json"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_public_reads_no_other_view_no_deliberation_and_nobody_who_finds_out(name: str, language: Language) -> None:
    assert CANARY.encode() not in exports.FORMATS[name].render(dossier(planted(), language, "public"))


@pytest.mark.parametrize("name", ["markdown", "html", "json"])
def test_the_team_does_read_all_that(name: str) -> None:
    assert exports.FORMATS[name].render(dossier(planted())).count(CANARY.encode()) > 50


@seldom
@given(some_answers, st.sampled_from(AUDIENCES))
def test_every_audience_gets_every_format_whatever_the_answers(answers: dict[str, Answer], audience: Audience) -> None:
    made = dossier(answers, audience=audience)
    assert made.audience == audience
    for name in ("markdown", "html", "json"):
        assert exports.FORMATS[name].render(made)


@seldom
@given(some_answers, st.sampled_from(AUDIENCES))
def test_what_an_audience_reads_points_only_at_what_it_reads(answers: dict[str, Answer], audience: Audience) -> None:
    made = dossier(answers, audience=audience)
    ids = {signal.id for signal in made.signals}
    assert {*made.matters_most, *made.strengths} <= ids
    assert {signal.superseded_by for signal in made.signals} <= {*ids, ""}
    assert {reason.question for signal in made.signals for reason in signal.because} <= set(made.path)


@seldom
@given(some_answers)
def test_the_public_reads_nothing_the_team_does_not(answers: dict[str, Answer]) -> None:
    team, public = dossier(answers), dossier(answers, audience="public")
    assert set(public.path) <= set(team.path)
    assert {signal.id for signal in public.signals} <= {signal.id for signal in team.signals}
    inward = {id for id, asked in EDITION.questions.items() if asked.deliberation}
    assert not inward & set(public.path)
    assert not inward & {answer.question for theme in public.themes for answer in theme.answers}
    assert not inward & set(json.loads(exports.FORMATS["json"].render(public))["answers"])


def test_an_answer_in_a_reason_is_the_answer_in_one_line() -> None:
    answers = scenario()
    made = dossier(answers)
    for signal in made.signals:
        for reason in signal.because:
            assert reason.answer == answer_text(EDITION.questions[reason.question], answers[reason.question], "nl")
            assert "\n" not in reason.answer


@seldom
@given(some_answers)
def test_marks_say_what_was_said(answers: dict[str, Answer]) -> None:
    for theme in dossier(answers).themes:
        for entry in theme.answers:
            assert (entry.mark is Mark.NOT_APPLICABLE) == bool(entry.not_applicable)
            assert (entry.mark in (Mark.ANSWERED, Mark.PARTLY)) == bool(entry.lines)


def test_what_was_said_to_a_question_that_comes_later_waits_with_it() -> None:
    made = edition(tree(question("first"), question("second", when="first == 'a'")))
    answers = {"first": Answer(unsure=True), "second": Answer(other_views=(CANARY,))}
    told = build_dossier(made, answers, FACTS, TODAY, "nl")
    assert [named.id for named in told.later] == ["second"]
    assert CANARY not in told.model_dump_json()


def leads(*raised: tuple[str, str, str]) -> list[str]:
    """What a dossier leads with when these are raised: about which question, how serious, how certain."""
    entries = [
        SignalEntry(
            id=f"s{n}",
            code="",
            level=Level(level),
            level_says="",
            certainty=certainty,
            gate="",
            gate_says="",
            counts=True,
            superseded_by="",
            about=about,
            theme="",
            says="",
            action="",
            because=(),
            sources=(),
        )
        for n, (about, level, certainty) in enumerate(raised)
    ]
    return list(most_serious(entries))


@pytest.mark.parametrize(
    ("raised", "first"),
    [
        ([("a", "stop", "possible"), ("b", "stop", "certain")], ["s1", "s0"]),
        ([("a", "stop", "possible"), ("b", "stop", "possible"), ("c", "high", "certain")], ["s2", "s0", "s1"]),
        ([(id, "stop", "certain") for id in "abc"] + [("d", "stop", "possible")], ["s0", "s1", "s2"]),
        ([("d", "stop", "possible")] + [(id, "high", "certain") for id in "abc"], ["s1", "s2", "s0"]),
        ([("d", "high", "possible")] + [(id, "high", "certain") for id in "abc"], ["s1", "s2", "s3"]),
        ([("a", "high", "certain"), ("a", "stop", "possible")], ["s0"]),
        ([("a", "attention", "certain"), ("b", "stop", "possible")], ["s1", "s0"]),
        ([("a", "info", "certain"), ("b", "strength", "certain")], []),
    ],
)
def test_which_three_lead(raised: list[tuple[str, str, str]], first: list[str]) -> None:
    assert leads(*raised) == first


def moved_on() -> dict[str, Answer]:
    """The scenario as it was in the idea phase, now in a pilot."""
    return answers_after(scenario(), {"phase": Answer("pilot")})


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_of_each_answer_of_an_earlier_phase_that_it_is_to_be_confirmed(language: Language) -> None:
    made = dossier(moved_on(), language)
    way = walk(EDITION, moved_on(), Phase.PILOT, TODAY)
    asked = {named.id: named.says for named in made.to_confirm}
    assert tuple(asked) == way.to_confirm
    assert "purpose" in asked
    marked = {answer.question: answer.to_confirm for theme in made.themes for answer in theme.answers}
    assert {id for id, says in marked.items() if says} == set(asked)
    idea = {"nl": "Idee", "en": "Idea"}[language]
    assert idea in marked["purpose"]
    for name in ("markdown", "html"):
        text = exports.FORMATS[name].render(made).decode()
        assert text.count(made.words["to_confirm"]) >= 1
        assert text.count(marked["purpose"]) == len(asked)


def test_what_is_to_be_confirmed_stays_so_when_a_dossier_is_imported() -> None:
    made = dossier(moved_on())
    read = read_answers(exports.FORMATS["json"].render(made), "dossier.json", EDITION)
    assert dossier(read.answers).to_confirm == made.to_confirm
    assert "confirmed_in" not in json.dumps(dossier(scenario()).answers)


def test_the_first_page_says_in_which_step_of_a_data_project_it_is() -> None:
    steps = {phase: dossier(scenario() | {"phase": Answer(str(phase))}).project.step for phase in Phase}
    assert steps[Phase.IDEA] == "Stap 1 van de 6 van een dataproject: Feitelijk beeld."
    assert steps[Phase.STOPPED] == ""
    assert len(set(steps.values())) == len(Phase)
    for name in ("markdown", "html"):
        assert steps[Phase.IDEA] in exports.FORMATS[name].render(dossier(scenario())).decode()
