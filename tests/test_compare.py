"""What changed between two dossiers: all of it, nothing else, and the same both ways."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Answer
from assistant.compare import AnswerChange, Changes, compare
from assistant.dossier import AnswerEntry, Dossier, ProjectFacts, build_dossier, canonical
from assistant.dossier.read import read_dossier
from assistant.trees.edition import Edition
from assistant.walk import Mark

from .exports.samples import SCENARIOS, dossier_of
from .strategies import answers_of, texts
from .test_compare_words import after_of, before_of, came, drawn, turned
from .trees.samples import UNSURE, answer, both, choices, edition, question, signal, tree

TODAY = date(2026, 11, 21)
FACTS = ProjectFacts("Uitval per opleiding", "Gemeente Oeverland", version=1)


def asked(**ask: str) -> list[dict[str, Any]]:
    """One question of each kind; `children` only after `uses`, and worded otherwise where `ask` says so."""
    columns = [
        {"id": "name", "label": both("Bron"), "kind": "text"},
        {"id": "kind", "label": both("Soort"), "kind": "choice", "choices": choices("open", "gesloten")},
    ]
    made = [
        question("uses"),
        question("children", "choices", when="uses == 'a'"),
        question("purpose", "long_text"),
        question("sources", "table", columns=columns),
        question("people", "number"),
        question("starts", "date"),
        question("support", "scale"),
    ]
    return [one | {"ask": both(ask.get(one["id"], f"Wat is {one['id']}?"))} for one in made]


def made_edition(questions: list[dict[str, Any]], **thresholds: int) -> Edition:
    signals = [
        signal("uses_it", "uses", "uses == 'a'", says=both("Het raakt mensen.")),
        signal("no_source", "sources", "unsure(sources)", level="attention"),
        signal("children_in_it", "children", "'a' in children", level="stop"),
    ]
    return edition(tree(*questions, signals=signals), **(thresholds or {"min_group": 10}))


SMALL = made_edition(asked())


def dossier(said: dict[str, Any], made: Edition = SMALL, facts: ProjectFacts = FACTS) -> Dossier:
    return build_dossier(made, {id: answer(value) for id, value in said.items()}, facts, TODAY, "nl")


def changed(before: dict[str, Any], after: dict[str, Any]) -> Changes:
    return compare(dossier(before), dossier(after))


def the_change(changes: Changes, question: str) -> AnswerChange:
    return next(change for change in changes.answers if change.question == question)


def drawn_part(change: AnswerChange, part: str) -> list[str]:
    return [drawn(line) for passage in change.passages if passage.part == part for line in passage.lines]


BASE: dict[str, Any] = {
    "uses": "a",
    "children": ["a", "b"],
    "purpose": Answer(value="Wij willen weten wie stopt.", motivation="De raad vroeg het."),
    "sources": [{"id": "r1", "name": "Basisregister", "kind": "open"}, {"id": "r2", "name": "CBS", "kind": "open"}],
    "people": 1200,
}


def test_a_changed_answer_shows_its_words_and_the_others_stand_aside() -> None:
    changes = changed(BASE, BASE | {"purpose": replace(BASE["purpose"], value="Wij willen weten waarom iemand stopt.")})
    (change,) = changes.answers
    assert (change.kind, change.question, change.wording) == ("changed", "purpose", ())
    assert drawn_part(change, "answer") == ["Wij willen weten [-wie-][+waarom iemand+] stopt."]
    assert drawn_part(change, "motivation") == ["De raad vroeg het."]
    (theme,) = changes.themes
    assert [entry.question for entry in theme.unchanged] == [
        "uses",
        "children",
        "sources",
        "people",
        "starts",
        "support",
    ]


@pytest.mark.parametrize(
    ("before", "after", "part", "lines"),
    [
        ({"people": 5}, {"people": Answer(value=5, motivation="Geteld.")}, "motivation", ["[+Geteld.+]"]),
        ({"people": 5}, {"people": Answer(not_applicable="Geen mensen.")}, "not_applicable", ["[+Geen mensen.+]"]),
        ({"people": 5}, {"people": UNSURE}, "answer", ["[-5-]", "[+Weten wij nog niet+]"]),
        ({"people": UNSURE}, {"people": replace(UNSURE, owner="jurist")}, "owner", ["[+jurist+]"]),
        ({"people": UNSURE}, {"people": replace(UNSURE, due="2026-12-11")}, "due", ["[+11 december 2026+]"]),
        ({"people": UNSURE}, {"people": replace(UNSURE, owner="jurist")}, "answer", ["Weten wij nog niet"]),
        ({}, {"people": 5}, "answer", ["[-Niet ingevuld-]", "[+5+]"]),
        (
            {"uses": "a", "children": ["a", "b"]},
            {"uses": "a", "children": ["b", "c"]},
            "answer",
            ["[-a-]", "b", "[+c+]"],
        ),
        (
            {"people": Answer(value=5, other_views=("Te veel.", "Te weinig."))},
            {"people": Answer(value=5, other_views=("Te veel.", "Veel te weinig."))},
            "other_views",
            ["Te veel.", "[-Te-][+Veel te+] weinig."],
        ),
    ],
)
def test_every_part_of_an_answer_is_compared(
    before: dict[str, Any], after: dict[str, Any], part: str, lines: list[str]
) -> None:
    (change,) = changed(before, after).answers
    assert change.kind == "changed"
    assert drawn_part(change, part) == lines


def test_a_table_is_compared_row_by_row_and_a_row_stays_one_when_it_is_edited() -> None:
    rows = [
        {"id": "r2", "name": "Onderwijsinspectie", "kind": "gesloten"},
        {"id": "r3", "name": "Inspectie", "kind": "open"},
    ]
    change = the_change(changed(BASE, BASE | {"sources": rows}), "sources")
    assert drawn_part(change, "answer") == [
        "[-Bron: Basisregister; Soort: open-]",
        "Bron: [-CBS-][+Onderwijsinspectie+]; Soort: [-open-][+gesloten+]",
        "[+Bron: Inspectie; Soort: open+]",
    ]


def test_a_question_can_be_new_gone_or_back() -> None:
    without = BASE | {"uses": "b"}
    assert the_change(changed(BASE, without), "children").kind == "gone"
    assert the_change(changed(without, BASE), "children").kind == "new"
    again = compare(dossier(without), dossier(BASE), seen={"children", "uses"})
    assert the_change(again, "children").kind == "back"
    assert the_change(again, "uses").kind == "changed"
    assert drawn_part(the_change(again, "children"), "answer") == ["[+a+]", "[+b+]"]


def test_a_question_in_other_words_is_no_other_answer() -> None:
    reworded = made_edition(asked(purpose="Wat willen jullie met purpose?"))
    changes = compare(dossier(BASE), dossier(BASE, reworded))
    (change,) = changes.answers
    assert change.kind == "wording"
    assert drawn(change.wording) == "Wat [-is-][+willen jullie met+] purpose?"
    said = BASE | {"purpose": replace(BASE["purpose"], motivation="De wethouder vroeg het.")}
    assert the_change(compare(dossier(BASE), dossier(said, reworded)), "purpose").kind == "changed"


def test_a_choice_in_other_words_is_no_other_answer() -> None:
    questions = asked()
    questions[0]["choices"][0]["label"] = both("a, met uitleg")
    (change,) = compare(dossier(BASE), dossier(BASE, made_edition(questions))).answers
    assert (change.question, change.kind) == ("uses", "wording")
    assert drawn_part(change, "answer") == ["a[+, met uitleg+]"]


def test_rows_with_other_numbers_and_marks_in_other_words_change_nothing() -> None:
    numbered = BASE | {"sources": [row | {"id": f"new-{row['id']}"} for row in BASE["sources"]]}
    assert changed(BASE, numbered).is_empty
    reworded = made_edition(asked(sources="Welke bronnen?"))
    assert the_change(compare(dossier(BASE), dossier(numbered, reworded)), "sources").kind == "wording"
    (theme,) = dossier(BASE).themes
    marked = theme.model_copy(
        update={"answers": tuple(one.model_copy(update={"mark_says": "Leeg"}) for one in theme.answers)}
    )
    assert compare(dossier(BASE), dossier(BASE).model_copy(update={"themes": (marked,)})).is_empty


def test_spacing_is_told_apart_from_words() -> None:
    purpose = BASE["purpose"]
    for value, spacing in (("Wij willen weten\nwie stopt.", True), ("Wij willen weten wie blijft.", False)):
        change = the_change(changed(BASE, BASE | {"purpose": replace(purpose, value=value)}), "purpose")
        assert [(one.part, one.is_spacing) for one in change.passages] == [("answer", spacing), ("motivation", False)]


def test_a_question_that_moved_to_another_theme_is_the_same_question() -> None:
    early, late = (edition(tree(question("one"), id=id)) for id in ("old", "new"))
    changes = compare(dossier({"one": "a"}, early), dossier({"one": "a"}, late))
    assert [(theme.tree, theme.answers, len(theme.unchanged)) for theme in changes.themes] == [("new", (), 1)]


def test_a_theme_is_called_what_it_is_called_now() -> None:
    (theme,) = dossier(BASE).themes
    renamed = dossier(BASE).model_copy(update={"themes": (theme.model_copy(update={"title": "Anders"}),)})
    assert [one.title for one in compare(dossier(BASE), renamed).themes] == ["Anders"]


def test_a_theme_that_is_asked_no_longer_keeps_its_title_and_what_it_held() -> None:
    early, late = (
        edition(tree(question("one"), id="one"), tree(question("two"), id="two")),
        edition(tree(question("two"), id="two")),
    )
    changes = compare(dossier({"one": "a", "two": "b"}, early), dossier({"two": "b"}, late))
    assert [(theme.tree, len(theme.answers), len(theme.unchanged)) for theme in changes.themes] == [
        ("two", 0, 1),
        ("one", 1, 0),
    ]
    assert [(move.kind, move.entry.id) for move in changes.trees] == [("gone", "one")]


both_answers = st.tuples(answers_of(SMALL, typed=texts()), answers_of(SMALL, typed=texts()))


def contents(entry: AnswerEntry) -> dict[str, tuple[str, ...]]:
    said = entry.lines if entry.mark is Mark.ANSWERED else (*entry.lines, entry.mark_says)
    single = {name: getattr(entry, name) for name in ("motivation", "not_applicable", "owner", "due")}
    parts = {"answer": said, "other_views": entry.other_views, **{n: (t,) for n, t in single.items() if t}}
    return {name: lines for name, lines in parts.items() if lines}


def entries(made: Dossier) -> dict[str, AnswerEntry]:
    return {entry.question: entry for theme in made.themes for entry in theme.answers}


@given(both_answers)
def test_every_answer_is_unchanged_or_told_whole(pair: tuple[dict[str, Answer], dict[str, Answer]]) -> None:
    before, after = map(dossier, pair)
    changes, was, now = compare(before, after), entries(before), entries(after)
    told = {change.question: change for change in changes.answers}
    same = {entry.question for theme in changes.themes for entry in theme.unchanged}
    assert sorted([*told, *same]) == sorted({*was, *now})
    assert all(contents(was[id]) == contents(now[id]) for id in same)
    for id, change in told.items():
        for read, made in ((before_of, was), (after_of, now)):
            lines = {
                passage.part: tuple(text for text in map(read, passage.lines) if text is not None)
                for passage in change.passages
            }
            assert {name: text for name, text in lines.items() if text} == (contents(made[id]) if id in made else {})


@given(both_answers)
def test_the_other_way_round_new_is_gone_and_added_is_removed(
    pair: tuple[dict[str, Answer], dict[str, Answer]],
) -> None:
    before, after = map(dossier, pair)
    there, back = compare(before, after), compare(after, before)
    other = {"new": "gone", "gone": "new"}
    kinds = {change.question: change.kind for change in there.answers}
    assert {id: other.get(kind, kind) for id, kind in kinds.items()} == {c.question: c.kind for c in back.answers}
    for name in ("signals", "open_points", "conclusions"):
        moves = {repr((move.before, move.after)) for move in getattr(there, name)}
        assert moves == {repr((move.after, move.before)) for move in getattr(back, name)}
    for change in back.answers:
        theirs = {passage.part: passage.lines for passage in the_change(there, change.question).passages}
        for passage in change.passages:
            assert came(map(turned, passage.lines)) == came(theirs[passage.part])


@given(both_answers)
def test_nothing_changed_in_a_dossier_beside_itself(pair: tuple[dict[str, Answer], dict[str, Answer]]) -> None:
    for answers in pair:
        changes = compare(dossier(answers), dossier(answers, facts=replace(FACTS, version=2)))
        assert changes.is_empty
        assert not list(changes.answers)


@given(both_answers)
def test_frozen_versions_compare_as_the_dossiers_they_were(pair: tuple[dict[str, Answer], dict[str, Answer]]) -> None:
    before, after = map(dossier, pair)
    read = [read_dossier(canonical(made.model_dump(mode="json"))) for made in (before, after)]
    assert compare(*read) == compare(before, after)


def test_shipped_scenarios_lie_side_by_side() -> None:
    """All of the shipped questions: nothing is lost between two projects that differ in nearly everything."""
    light, heavy = (
        dossier_of(SCENARIOS / f"{name}.yaml", "nl") for name in ("trees-in-the-park", "early-school-leaving")
    )
    for before, after, most in ((light, heavy, "new"), (heavy, light, "gone")):
        changes = compare(before, after)
        listed = [c.question for c in changes.answers] + [e.question for t in changes.themes for e in t.unchanged]
        assert sorted(listed) == sorted({*before.path, *after.path})
        kinds = Counter(change.kind for change in changes.answers)
        assert kinds.most_common(1)[0][0] == most
        assert kinds["changed"] > 5
