"""What a dossier tells of the alternatives that were weighed against it, and what becomes of that for other readers."""

from __future__ import annotations

import json
from typing import Any

import pytest

from assistant.answers import Answer
from assistant.compare import Alternative, compare, split_causes, weigh
from assistant.compare.weighing import MOST
from assistant.dossier import Dossier, ProjectFacts, canonical, frozen
from assistant.dossier.model import AlternativeEntry, Differing
from assistant.dossier.read import read_dossier
from assistant.dossier.redaction import MARKERS, PERSONAL, Cut, list_texts, redact

from .exports.samples import SCENARIOS, dossier_of, weighed_dossier
from .test_compare import SMALL, asked, dossier, made_edition
from .trees.samples import edition as edition_of
from .trees.samples import question, signal, tree

SAID: dict[str, Any] = {"uses": "a", "children": ["a"], "people": 10, "purpose": "Weten wie stopt."}
NAME = "Kanariepiet"


def weighed(theirs: dict[str, Any], ours: dict[str, Any] = SAID) -> AlternativeEntry:
    other = dossier(theirs, facts=ProjectFacts("Lichter"))
    [entry] = weigh(dossier(ours), "Daarom.", [Alternative("2026-002", "weighed", other)]).laid_aside
    return entry


def told(entry: AlternativeEntry) -> dict[str, tuple[str, str]]:
    return {one.question: (one.ours, one.theirs) for one in entry.differing}


def test_the_same_answers_say_so() -> None:
    entry = weighed(SAID)
    assert (entry.number, entry.title, entry.differing) == ("2026-002", "Lichter", ())
    assert entry.stands_says == "De antwoorden zijn dezelfde."
    assert entry.raised_there == entry.raised_here == ()


def test_both_answers_stand_side_by_side_in_words() -> None:
    entry = weighed(
        {**SAID, "uses": "b", "people": Answer(unsure=True), "purpose": Answer(not_applicable="Geen doel.")}
    )
    assert told(entry) == {
        "uses": ("a", "b"),
        "children": ("a", "niet gevraagd"),
        "purpose": ("Weten wie stopt.", "Niet van toepassing: Geen doel."),
        "people": ("10", "Weten wij nog niet"),
    }
    assert entry.stands_says == ""


def test_reasons_and_other_views_are_no_difference() -> None:
    assert told(weighed({**SAID, "uses": Answer("a", motivation="Zo is het.", other_views=("Nee.",))})) == {}


def test_what_only_one_of_the_two_raises() -> None:
    entry = weighed({"uses": "b", "sources": Answer(unsure=True)})
    assert [(one.id, one.level) for one in entry.raised_here] == [("children_in_it", "stop"), ("uses_it", "high")]
    assert [(one.id, one.level_says) for one in entry.raised_there] == [("no_source", "Aandachtspunt")]


def test_the_most_serious_differences_come_first_and_the_rest_is_counted() -> None:
    ids = [f"q{n:02}" for n in range(15)]
    signals = [signal("last", "q14", "q14 == 'a'", level="stop"), signal("mid", "q07", "q07 == 'b'", level="info")]
    many = edition_of(tree(*(question(id) for id in ids), signals=signals))
    ours, theirs = (dossier(dict.fromkeys(ids, said), many) for said in "ab")
    [entry] = weigh(ours, "", [Alternative("2026-002", "weighed", theirs)]).laid_aside
    assert [one.question for one in entry.differing] == ["q14", "q07", *ids[:7], "q08"]
    assert (len(entry.differing), entry.more_differing) == (MOST, 5)


def test_signals_are_counted_too() -> None:
    ids = [f"q{n:02}" for n in range(12)]
    many = edition_of(
        tree(*(question(id) for id in ids), signals=[signal(f"s_{id}", id, f"{id} == 'a'") for id in ids])
    )
    ours, theirs = (dossier(dict.fromkeys(ids, said), many) for said in "ab")
    [entry] = weigh(ours, "", [Alternative("2026-002", "weighed", theirs)]).laid_aside
    assert (len(entry.raised_here), entry.more_here, entry.raised_there) == (MOST, 2, ())
    [entry] = weigh(theirs, "", [Alternative("2026-001", "weighed", ours)]).laid_aside
    assert (len(entry.raised_there), entry.more_there, entry.raised_here) == (MOST, 2, ())


@pytest.mark.parametrize(("stands", "says"), [("reopened", "weer geopend"), ("destroyed", "Alleen het nummer")])
def test_what_cannot_be_told_is_said_to_be_so(stands: Any, says: str) -> None:
    [entry] = weigh(dossier(SAID), "", [Alternative("2026-002", stands)]).laid_aside
    assert (entry.title, entry.differing) == ("", ())
    assert says in entry.stands_says


def test_a_newer_wording_is_no_difference() -> None:
    newer = dossier(SAID, made_edition(asked(uses="Waarvoor gebruiken jullie het?")))
    [entry] = weigh(newer, "", [Alternative("2026-002", "weighed", dossier(SAID))]).laid_aside
    assert entry.differing == ()


def test_a_version_keeps_it_and_older_ones_are_read_without() -> None:
    made = weighed_dossier()
    body = frozen(made)
    assert read_dossier(body) == made
    assert "alternatives" not in json.loads(frozen(dossier_of(SCENARIOS / "early-school-leaving.yaml")))
    data = json.loads(body)
    del data["alternatives"]
    assert read_dossier(canonical(data)).alternatives is None


def test_who_decides_reads_which_and_why_and_the_public_nothing() -> None:
    said = f"{NAME} " * 200
    page = weighed_dossier(audience="decider", says=said).alternatives
    assert page
    assert [one.number for one in page.laid_aside] == ["2026-015", "2026-016", "2026-017"]
    assert len(page.reason) < 260
    assert {(one.differing, one.raised_there, one.raised_here) for one in page.laid_aside} == {((), (), ())}
    public = weighed_dossier(audience="public", says=said)
    assert public.alternatives is None
    assert NAME not in public.model_dump_json()


def other_reason(made: Dossier, reason: str) -> Dossier:
    assert made.alternatives
    return made.model_copy(update={"alternatives": made.alternatives.model_copy(update={"reason": reason})})


def test_another_reason_is_a_change_and_nothing_else_is() -> None:
    made = weighed_dossier()
    changes = compare(made, other_reason(made, "Om iets anders."))
    assert [(one.name, one.after) for one in changes.chosen_because] == [("reason", "Om iets anders.")]
    assert (changes.alternatives, tuple(changes.answers), changes.is_empty) == ((), (), False)
    assert compare(made, made).is_empty


def test_alternatives_that_came_went_or_stand_otherwise() -> None:
    plain, made = dossier_of(SCENARIOS / "early-school-leaving.yaml"), weighed_dossier()
    assert [one.kind for one in compare(plain, made).alternatives] == ["new"] * 3
    assert [one.kind for one in compare(made, plain).alternatives] == ["gone"] * 3
    gone = weigh(made, made.alternatives.reason if made.alternatives else "", [
        Alternative("2026-015", "reopened"), Alternative("2026-016", "reopened"), Alternative("2026-017", "destroyed"),
    ])  # fmt: skip
    [move] = compare(made, made.model_copy(update={"alternatives": gone})).alternatives
    assert (move.entry.number, move.kind) == ("2026-015", "changed")
    assert {one.name for one in move.differences} == {"title", "stands", "differing"}


def test_another_edition_alone_changes_nothing_of_it() -> None:
    newer = made_edition(asked(uses="Waarvoor gebruiken jullie het?"))
    before = dossier(SAID)
    before = before.model_copy(update={"alternatives": weigh(before, "Daarom.", [])})
    after = dossier(SAID, newer)
    causes = split_causes(before, after, SMALL, newer)
    assert causes.by_edition.chosen_because == ()
    assert [one.before for one in causes.by_answers.chosen_because] == ["Daarom."]


@pytest.mark.parametrize("text", [NAME, f"Vraag het {NAME}, die weet het."])
def test_a_word_typed_in_an_alternative_can_be_taken_out(text: str) -> None:
    body = frozen(heavy_that_says(text))
    assert body.count(NAME.encode()) >= 3
    after = redact(body, Cut(PERSONAL, words=(NAME.lower(),)))
    assert NAME.encode() not in after
    read_dossier(after)


def heavy_that_says(text: str) -> Dossier:
    """Typed in the reason, as title, and in an answer of either that is among the ten most serious differences."""
    made = weighed_dossier(says=text)
    assert made.alternatives
    first, *others = made.alternatives.laid_aside
    each = Differing(question="description", code="QS01", ask="Wat?", ours="Kort", theirs=text, typed=True)
    first = first.model_copy(update={"differing": (each, *first.differing[1:])})
    return made.model_copy(
        update={"alternatives": made.alternatives.model_copy(update={"laid_aside": (first, *others)})}
    )


def test_each_text_of_it_can_be_taken_out_as_a_whole() -> None:
    body = frozen(heavy_that_says(NAME))
    keys = {one.key for one in list_texts(body) if one.where == "alternative"}
    assert keys == {"alternative/reason", "alternative/0", "alternative/0/description"}
    after = redact(body, Cut(PERSONAL, texts=frozenset(keys)))
    assert NAME.encode() not in after
    weighed = read_dossier(after).alternatives
    assert weighed
    marker = MARKERS[PERSONAL][0]
    assert (weighed.reason, weighed.laid_aside[0].title) == (marker, marker)
    assert weighed.laid_aside[0].differing[0].theirs == marker
    assert weighed.laid_aside[0].differing[0].ours == "Kort"


def test_an_answer_that_is_taken_out_is_not_left_beside_the_alternative() -> None:
    body = frozen(heavy_that_says("x"))
    own = [one.key for one in list_texts(body) if one.where == "answer" and one.about == "description"]
    weighed = read_dossier(redact(body, Cut(PERSONAL, texts=frozenset(own)))).alternatives
    assert weighed
    assert weighed.laid_aside[0].differing[0].ours == MARKERS[PERSONAL][0]
