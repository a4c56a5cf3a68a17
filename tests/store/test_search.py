"""Searching: what is found and in which order, on both databases; and that nobody finds what they may not see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from assistant.access import Relation, Role, State, may, relations_of
from assistant.answers import Answer
from assistant.dossier import ProjectFacts, build_dossier, frozen
from assistant.search_terms import read_query
from assistant.store.advices import Asked, Opinion, agree_with, give_advice
from assistant.store.answers import add_other_view, save_answers
from assistant.store.changes import Signed
from assistant.store.database import wipe_log, writing
from assistant.store.decisions import Made, decide
from assistant.store.dossiers import Dossier, find_dossier, save_project
from assistant.store.forgetting import forget_dossier
from assistant.store.members import Reader, save_member
from assistant.store.people import save_person
from assistant.store.reindex import reindex, reindex_missing
from assistant.store.search import find_hits, find_sharing, search
from assistant.store.search_index import Layer
from assistant.store.summaries import build_summary
from assistant.store.versions import hand_in, return_version, withdraw

from ..trees import samples as trees
from ..web.cast import ACTORS, Actor
from .desk import OFFICER, SECOND, TEAM, add_people
from .samples import AT, KEY, SIGNED, rows, run, start

TODAY = "2026-11-26"
OWNER = Reader(TEAM.actor, frozenset(), TODAY)
PO = Reader(OFFICER.actor, frozenset({Role.PO}), TODAY)
LAYERS = {
    Layer.WORK: "werkwoord",
    Layer.VERSION: "versiewoord",
    Layer.ADVICE: "advieswoord",
    Layer.DECISION: "besluitwoord",
}
TREE = trees.edition(trees.tree(trees.question("q", kind="long_text")))


def make(engine: Engine, title: str = "Titel", texts: Mapping[str, str] | None = None, hour: int = 0) -> Dossier:
    add_people(engine)
    answers = {id: Answer(value=text) for id, text in (texts or {}).items()}
    return start(engine, answers, title=title, owner=TEAM.actor, at=AT + timedelta(hours=hour))


def found(engine: Engine, query: str, reader: Reader = OWNER, **page: Any) -> list[str]:
    return [hit.title for hit in search(engine, reader, read_query(query), **page).hits]


def submit(engine: Engine, dossier: Dossier, text: str) -> str:
    """Hand it in as if this was answered; the version's id."""
    facts = ProjectFacts(dossier.document.project.title, "Oeverland", dossier.number)
    said = build_dossier(TREE, {"q": Answer(value=text), "off": Answer(value="buitenspel")}, facts, AT.date(), "nl")
    now = find_dossier(engine, dossier.id).version
    asked: dict[str, Any] = {"note": "notitiewoord", "wanted_start": "", "decider": ""}
    made = hand_in(
        engine, dossier.id, frozen(said), based_on=now, summary=build_summary(said, ""), signed=TEAM, **asked
    )
    return made.id


def in_every_layer(engine: Engine, mark: str = "") -> Dossier:
    """A dossier with a word of its own in each layer, decided on."""
    dossier = make(engine, f"Dossier{mark}", {"q": LAYERS[Layer.WORK] + mark})
    version = submit(engine, dossier, LAYERS[Layer.VERSION] + mark)
    opinion = Opinion("po", "go_on", LAYERS[Layer.ADVICE] + mark, (Asked("voorwaardewoord" + mark),))
    give_advice(engine, dossier.id, version, opinion, signed=OFFICER)
    decide(engine, dossier.id, Made("go_on", "het college", TODAY, reason=LAYERS[Layer.DECISION] + mark), signed=TEAM)
    return dossier


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("jeugdhulp", ["Jeugdhulp per buurt", "Wijkteams"]),  # the title first, though the other is newer
        ("JEUGDH", ["Jeugdhulp per buurt", "Wijkteams"]),
        ("jeugd wijkteams", []),  # only the last word may go on
        ("wijkteams jeugd", ["Wijkteams"]),
        ('"per buurt"', ["Jeugdhulp per buurt"]),
        ('"buurt per"', []),
        ('"jeugdhulp per', ["Jeugdhulp per buurt"]),
        ('"buurt waar"', []),  # no phrase goes on from one text into the next
        ("cafe", ["Wijkteams"]),
        ("CAFÉ", ["Wijkteams"]),
        ("buurt", ["Jeugdhulp per buurt"]),
        ("2026-002", ["Wijkteams"]),
        ("2026-00", ["Wijkteams", "Jeugdhulp per buurt"]),
        ("школ", ["Wijkteams"]),
        ("yes", []),
        ("nergens", []),
    ],
)
def test_what_is_found_and_in_which_order(engine: Engine, query: str, titles: list[str]) -> None:
    make(engine, "Jeugdhulp per buurt", {"a": "Waar is hulp nodig?", "b": "yes"})
    make(engine, "Wijkteams", {"a": "In het Café, over jeugdhulp. Школа."}, hour=1)
    assert found(engine, query) == titles
    assert search(engine, OWNER, read_query(query)).count == len(titles)


def test_explanations_owners_and_tables_are_found_and_other_views_are_not(engine: Engine) -> None:
    dossier = make(engine)
    said = Answer(
        value=[{"id": "r1", "name": "Leerplichtregister"}], unsure=True, motivation="Toelichting", owner="jurist"
    )
    save_answers(engine, dossier.id, {"q": (0, said)}, **SIGNED)
    add_other_view(engine, dossier.id, "q", "zienswijze", at=AT, audit_key=KEY)
    assert [found(engine, word) for word in ("leerplichtreg", "toelichting", "jurist")] == [["Titel"]] * 3
    assert found(engine, "zienswijze") == found(engine, "r1") == []


def test_a_save_moves_what_is_found_in_its_transaction(engine: Engine) -> None:
    dossier = make(engine, "Oud", {"q": "eerst"})
    save_answers(engine, dossier.id, {"q": (1, Answer(value="daarna"))}, **SIGNED)
    save_project(engine, dossier.id, 1, "Nieuw", "", **SIGNED)
    assert (found(engine, "eerst"), found(engine, "oud"), found(engine, "daarna nieuw")) == ([], [], ["Nieuw"])


def test_pages(engine: Engine) -> None:
    for number in range(5):
        make(engine, f"Dossier {number}", hour=number)
    assert found(engine, "dossier", limit=2) == ["Dossier 4", "Dossier 3"]
    assert found(engine, "dossier", limit=2, skip=4) == ["Dossier 0"]
    assert search(engine, OWNER, read_query("dossier"), limit=2).count == 5
    assert found(engine, "dossier", limit=2, skip=1_000_000) == []


hostile = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from([
        '"', "'", "*", "(", ")", "NEAR", "AND", "OR", "NOT", "a", ":", "<->", "&", "|", "!", "\\", "--", "^", "-", "%",
        "_",
        "title:", "\x00", "\ud800", "\u0301", "ﷺ", "ß", "İ", "🙂", "²", "जी", "x" * 300, ";",
    ]), max_size=12).map(" ".join),
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(query=hostile)
def test_no_query_fails_and_a_text_is_found_by_its_own_words(engine: Engine, query: str) -> None:
    search(engine, OWNER, read_query(query))
    find_sharing(engine, OWNER, [word for term in read_query(query) for word in term.words], most=3, without="")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(text=st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=40))
def test_every_text_is_found_by_itself(engine: Engine, text: str) -> None:
    dossier = make(engine, "Zelf", {"q": f"{text} ."})
    query = read_query(text.replace('"', " "))
    if query:
        assert dossier.id in {hit.dossier for hit in search(engine, OWNER, query, limit=100).hits}
    forget_dossier(engine, dossier.id, actor="", at=AT, audit_key=KEY)


# Who finds what


def expected(actor: Actor, state: State, *, own: bool) -> set[Layer]:
    """What the table in `access` says, and that an adviser sees one theme alone."""
    relations = relations_of(actor.roles, actor.relation or "" if own else "", actor.until, TODAY)
    allowed = may(relations, state)
    team, officer = "read" in allowed, "review" in allowed and Relation.OFFICER in relations
    reads = {
        Layer.WORK: team,
        Layer.VERSION: officer,
        Layer.ADVICE: team or officer,
        Layer.DECISION: "decided" in allowed,
    }
    return {layer for layer, may_read in reads.items() if may_read}


def test_nobody_finds_what_they_may_not_see(engine: Engine) -> None:
    own, foreign = in_every_layer(engine, "eigen"), in_every_layer(engine, "vreemd")
    people: dict[str, str] = {}
    with writing(engine) as connection:
        for number, actor in enumerate(ACTORS):
            made = save_person(connection, name="x", email=f"{number}@x.example", roles=actor.roles, signed=TEAM)
            people[actor.name] = made.id
    for actor in ACTORS:
        if actor.relation:
            save_member(engine, own.id, people[actor.name], actor.relation, until=actor.until, signed=TEAM)
    for state in State:
        run(engine, "UPDATE dossier SET state = :state", state=state.value)
        for actor in ACTORS:
            reader = Reader(people[actor.name], frozenset(actor.roles), TODAY)
            for dossier, mark in ((own, "eigen"), (foreign, "vreemd")):
                due = expected(actor, state, own=dossier is own)
                for layer, word in LAYERS.items():
                    seen = search(engine, reader, read_query(word + mark))
                    ids = [hit.dossier for hit in seen.hits]
                    assert (ids, seen.count) == (([dossier.id], 1) if layer in due else ([], 0)), (actor, state, layer)
                shared = find_sharing(engine, reader, [word + mark for word in LAYERS.values()], most=9, without="")
                allowed = {LAYERS[layer] + mark for layer in due & {Layer.WORK, Layer.VERSION}}
                assert shared == ({dossier.id: allowed} if allowed else {}), (actor, state)
                assert bool(find_hits(engine, reader, [dossier.id])) == bool(allowed)


def test_what_one_may_not_see_changes_neither_order_nor_count(engine: Engine) -> None:
    add_people(engine)
    for number in range(3):
        make(engine, f"Eigen {number}", {"q": "jeugd " * (number + 1)}, hour=number)
    before = search(engine, OWNER, read_query("jeugd"))
    for number in range(20):
        other = start(engine, {"q": Answer(value="jeugd " * 50)}, title="jeugd", owner=SECOND.actor)
        if number % 2:
            submit(engine, other, "jeugd")
    assert search(engine, OWNER, read_query("jeugd")) == before


def test_an_officer_reads_what_was_handed_in_and_never_what_is_being_written(engine: Engine) -> None:
    dossier = make(engine, "Ingediend", {"q": "ingediend"})
    assert found(engine, "ingediend", PO) == []
    version = submit(engine, dossier, "bevroren")
    assert (found(engine, "bevroren", PO), found(engine, "buitenspel", PO)) == (["Ingediend"], [])
    return_version(engine, dossier.id, signed=OFFICER)
    save_answers(engine, dossier.id, {"q": (1, Answer(value="geheim"))}, **SIGNED)
    save_project(engine, dossier.id, 1, "Nog niet gezegd", "", **SIGNED)
    assert (found(engine, "geheim", PO), found(engine, "gezegd", PO)) == ([], [])
    assert found(engine, "bevroren", PO) == ["Ingediend"]  # by the title that was handed in
    assert version


def test_what_was_taken_back_is_found_no_more(engine: Engine) -> None:
    dossier = make(engine)
    submit(engine, dossier, "bevroren")
    withdraw(engine, dossier.id, signed=TEAM)
    assert found(engine, "bevroren", PO) == []


def test_a_proposal_is_found_once_a_second_reader_agrees(engine: Engine) -> None:
    dossier = make(engine)
    version = submit(engine, dossier, "bevroren")
    proposal = give_advice(
        engine, dossier.id, version, Opinion("po", "go_on", "voorstel"), signed=OFFICER, needs_reader=True
    )
    assert found(engine, "voorstel") == found(engine, "voorstel", PO) == []
    agree_with(engine, dossier.id, proposal, signed=SECOND)
    assert found(engine, "voorstel") == found(engine, "voorstel", PO) == ["Titel"]


def test_conditions_are_found_and_notes_are_not(engine: Engine) -> None:
    in_every_layer(engine)
    assert found(engine, "voorwaardewoord", PO) == ["Dossier"]
    assert found(engine, "notitiewoord", PO) == found(engine, "notitiewoord") == []


def test_words_that_many_share_say_nothing(engine: Engine) -> None:
    made = [make(engine, texts={"q": "jeugd" if number else "jeugdhulp zeldzaam"}) for number in range(4)]
    shared = find_sharing(engine, OWNER, ["jeugd", "zeldz"], most=3, without="")
    assert shared == {made[0].id: {"zeldz"}}
    assert find_sharing(engine, OWNER, ["jeugd", "zeldz"], most=4, without=made[0].id) == {
        one.id: {"jeugd"} for one in made[1:]
    }


# Made again, and gone


def entries(engine: Engine) -> list[tuple[Any, ...]]:
    return rows(engine, "SELECT dossier_id, layer, title, words FROM search_entry ORDER BY dossier_id, layer")


def test_made_again_it_is_the_same(engine: Engine) -> None:
    in_every_layer(engine)
    make(engine, "Concept")
    before = entries(engine)
    run(engine, "UPDATE search_entry SET words = 'onzin', title = ''")
    reindex(engine)
    assert entries(engine) == before
    run(engine, "DELETE FROM search_entry")
    assert (reindex_missing(engine), reindex_missing(engine)) == (2, 0)
    assert entries(engine) == before
    assert found(engine, LAYERS[Layer.ADVICE], PO) == ["Dossier"]


def test_a_failed_save_leaves_the_words_as_they_were(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    dossier, before = make(engine), entries(engine)
    broken = Signed("a1", AT, KEY)
    monkeypatch.setattr("assistant.store.changes._INSERT_HISTORY", None)
    save_answers(engine, dossier.id, {"q": (0, Answer(value="eerst"))}, actor="a1", at=broken.at, audit_key=KEY)
    before = entries(engine)
    with pytest.raises(Exception):  # noqa: B017, PT011  whatever the driver says of it
        save_answers(engine, dossier.id, {"q": (2, Answer(value="daarna"))}, actor="a1", at=AT, audit_key=KEY)
    assert entries(engine) == before


def test_a_destroyed_dossier_leaves_no_word(sqlite_engine_file: tuple[Engine, Path]) -> None:
    engine, file = sqlite_engine_file
    sentinels = [word + "spoor" for word in (*LAYERS.values(), "voorwaardewoord")]
    dossier = in_every_layer(engine, "spoor")
    for number in range(40):  # rounds of change, so that words lie in several parts of the index
        answer = {"q": (find_dossier(engine, dossier.id).document.answers["q"].rev, Answer(value=f"spoorvan{number}"))}
        run(engine, "UPDATE dossier SET state = 'team' WHERE id = :id", id=dossier.id)
        save_answers(engine, dossier.id, answer, **SIGNED)
        make(engine, f"Ander {number}", {"q": "blijft"}, hour=number)
    raw = file.read_bytes() + Path(f"{file}-wal").read_bytes()
    assert all(word.encode() in raw for word in sentinels)
    forget_dossier(engine, dossier.id, actor="", at=AT, audit_key=KEY)
    assert wipe_log(engine)
    raw = file.read_bytes() + Path(f"{file}-wal").read_bytes()
    assert not [word for word in (*sentinels, "spoorvan") if word.encode() in raw]
    assert found(engine, "blijft", limit=1) == ["Ander 39"]


@pytest.fixture
def sqlite_engine_file(engine: Engine, request: pytest.FixtureRequest) -> tuple[Engine, Path]:
    if engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL overwrites freed space in its own time")
    return engine, Path(str(engine.url.database))


def test_a_text_longer_than_postgresql_takes_is_cut_at_a_word(engine: Engine) -> None:
    long = " ".join(f"woord{number:06}é" for number in range(60_000))
    dossier = make(engine, texts={f"q{number}": long[number * 19_000 : (number + 1) * 19_000] for number in range(40)})
    assert found(engine, "woord000001") == ["Titel"]
    [(words,)] = rows(engine, "SELECT words FROM search_entry")
    assert len(words.encode()) <= 500_000
    assert dossier


def test_a_guest_finds_until_the_last_day(engine: Engine) -> None:
    dossier = make(engine)
    with writing(engine) as connection:
        guest = save_person(connection, name="x", email="g@x.example", roles=[Role.GUEST], signed=TEAM)
    save_member(engine, dossier.id, guest.id, Relation.GUEST, until=TODAY, signed=TEAM)
    reader = Reader(guest.id, frozenset({Role.GUEST}), TODAY)
    assert found(engine, "titel", reader) == ["Titel"]
    assert found(engine, "titel", replace(reader, today="2026-11-27")) == []
