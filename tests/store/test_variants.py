"""Copies of a dossier: what comes along, what never does, and choosing between variants."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect

from assistant.access import Relation, Role, State
from assistant.answers import CARRIED, Answer
from assistant.errors import NotFound, Refused
from assistant.store.actions import add_action
from assistant.store.answers import add_other_view
from assistant.store.audit import verify_all
from assistant.store.changes import Signed
from assistant.store.database import open_database, upgrade
from assistant.store.dossiers import Dossier, find_dossier, move_dossier, save_trees
from assistant.store.endings import end_signal
from assistant.store.forgetting import forget_dossier
from assistant.store.links import send_question
from assistant.store.members import Reader, list_members, save_member
from assistant.store.remarks import add_remark
from assistant.store.trail import KINDS, list_events
from assistant.store.variants import (
    CHOSEN,
    EARLIER,
    FIRST,
    NEXT,
    VARIANT,
    WEIGHED,
    choose,
    copy_dossier,
    find_pair,
    list_related,
)
from assistant.store.versions import return_version
from assistant.walk import phase_of

from .desk import OFFICER, SECOND, TEAM, add_people, freeze
from .samples import AT, KEY, rows, run, start

WHY = "Met minder gegevens kan het ook."
LATER = replace(TEAM, at=AT + timedelta(days=1))
SAID = {
    "phase": Answer("pilot"),
    "q": Answer("a", motivation="Daarom.", owner="jurist", due="2026-12-01"),
    "unsure": Answer(unsure=True, owner="jurist"),
    "off": Answer(not_applicable="Dat is er niet."),
    "before": Answer("b", confirmed_in="idea"),
}


def reader(who: Signed, *roles: Role) -> Reader:
    return Reader(who.actor, frozenset(roles), AT.date().isoformat())


@pytest.fixture
def first(engine: Engine) -> Dossier:
    """A dossier with everything beside its answers that a dossier can have."""
    add_people(engine)
    made = start(engine, SAID, actor=TEAM.actor, owner=TEAM.actor, language="en")
    save_member(engine, made.id, SECOND.actor, Relation.EDITOR, signed=TEAM)
    save_trees(engine, made.id, opened=["extra"], actor=TEAM.actor, at=AT, audit_key=KEY)
    add_other_view(engine, made.id, "q", "Ik zie het anders.", at=AT, audit_key=KEY)
    add_remark(engine, made.id, "q", "Klopt dit?", signed=TEAM)
    add_action(engine, made.id, about="", text="Uitzoeken", owner="jurist", due="", signed=TEAM)
    send_question(engine, made.id, "q", "de leverancier", signed=TEAM)
    end_signal(engine, made.id, "s", "accepted", True, "Weten wij.", signed=TEAM)
    return find_dossier(engine, made.id)


def copy(engine: Engine, id: str, kind: str = VARIANT, signed: Signed = LATER, **other: Answer) -> str:
    return copy_dossier(engine, id, kind, "Lichter", signed=signed, changes=other)


def places(engine: Engine, id: str, who: Signed = TEAM) -> dict[str, str]:
    return {one.id: one.place for one in list_related(engine, id, reader(who))}


def states(engine: Engine, *ids: str) -> list[str]:
    found = dict(rows(engine, "SELECT id, state FROM dossier"))
    return [found[id] for id in ids]


def kinds(engine: Engine, id: str) -> list[str]:
    return [event.kind for event in reversed(list_events(engine, id))]


def became(engine: Engine) -> dict[str, str]:
    return dict(rows(engine, "SELECT dossier_id, became FROM variant"))


def test_the_answers_come_along_and_who_makes_the_copy_owns_it(engine: Engine, first: Dossier) -> None:
    made = find_dossier(engine, copy(engine, first.id, signed=replace(SECOND, at=LATER.at), q=Answer("c")))
    said = made.document
    assert {id: replace(one, rev=0, by="", at="") for id, one in said.answers.items()} == SAID | {"q": Answer("c")}
    assert {(one.rev, one.by) for one in said.answers.values()} == {(1, SECOND.actor)}
    assert (said.project.title, said.project.organisation, said.trees) == ("Lichter", "Oeverland", ("extra",))
    assert (made.language, made.edition_hash, made.number) == ("en", first.edition_hash, "2026-002")
    assert [(one.person, one.relation) for one in list_members(engine, made.id)] == [(SECOND.actor, Relation.OWNER)]
    assert verify_all(engine, KEY).faults == ()


@pytest.mark.parametrize("kind", [VARIANT, NEXT])
def test_nothing_of_people_is_ever_copied(engine: Engine, first: Dossier, kind: str) -> None:
    freeze(engine, first)
    return_version(engine, first.id, signed=OFFICER)
    made = copy(engine, first.id, kind)
    beside = [
        table
        for table in inspect(engine).get_table_names()
        if "dossier_id" in {column["name"] for column in inspect(engine).get_columns(table)}
        and rows(engine, f"SELECT 1 FROM {table} WHERE dossier_id = '{made}'")
    ]
    assert sorted(beside) == ["event", "member", "search_entry", "variant"]
    texts = str(rows(engine, f"SELECT document FROM dossier WHERE id = '{made}'"))
    texts += str(rows(engine, f"SELECT words FROM search_entry WHERE dossier_id = '{made}'"))
    assert "Ik zie het anders." not in texts
    assert states(engine, made) == [State.NEW]


def test_in_next_years_dossier_every_answer_is_to_be_confirmed(engine: Engine, first: Dossier) -> None:
    answers = find_dossier(engine, copy(engine, first.id, NEXT)).document.answers
    assert {one.confirmed_in for one in answers.values()} == {CARRIED}
    assert phase_of(answers) == "pilot"
    assert {id: one.value for id, one in answers.items()} == {id: one.value for id, one in SAID.items()}


def test_both_chains_tell_of_it_and_every_kind_of_event_is_known(engine: Engine, first: Dossier) -> None:
    made = copy(engine, first.id)
    assert kinds(engine, made) == ["created", "copied"]
    assert kinds(engine, first.id)[-1] == "variant_made"
    assert {*kinds(engine, made), *kinds(engine, first.id)} <= {*KINDS}


def test_a_copy_of_a_copy_is_a_variant_of_the_first(engine: Engine, first: Dossier) -> None:
    one = copy(engine, first.id)
    other = copy(engine, one)
    family = {first.id: FIRST, one: VARIANT, other: VARIANT}
    assert places(engine, first.id) == places(engine, one) == places(engine, other) == family


def test_next_years_dossier_begins_a_family_of_its_own(engine: Engine, first: Dossier) -> None:
    one, following = copy(engine, first.id), copy(engine, first.id, NEXT)
    variant = copy(engine, following)
    assert places(engine, first.id) == {first.id: FIRST, one: VARIANT, following: NEXT}
    assert places(engine, following) == {first.id: EARLIER, following: FIRST, variant: VARIANT}
    assert places(engine, variant) == places(engine, following)


def test_of_a_family_everyone_sees_what_they_may_read(engine: Engine, first: Dossier) -> None:
    made = copy(engine, first.id)
    assert places(engine, first.id, SECOND) == {first.id: FIRST}
    for who in (reader(SECOND), reader(SECOND, Role.PO), reader(OFFICER, Role.PO)):
        with pytest.raises(NotFound):
            find_pair(engine, first.id, made, who)
    this, that, _family = find_pair(engine, first.id, made, reader(TEAM))
    assert (this.id, this.place, that.id, that.place) == (first.id, FIRST, made, VARIANT)
    with pytest.raises(NotFound):
        find_pair(engine, first.id, first.id, reader(TEAM))
    with pytest.raises(NotFound):
        find_pair(engine, first.id, start(engine, owner=TEAM.actor).id, reader(TEAM))


def test_the_chosen_one_goes_on_and_the_others_stay_closed(engine: Engine, first: Dossier) -> None:
    one, other = copy(engine, first.id), copy(engine, first.id)
    following = copy(engine, first.id, NEXT)
    choose(engine, one, reader(TEAM), reason=WHY, rev=0, signed=LATER)
    assert states(engine, first.id, one, other, following) == ["closed", "new", "closed", "new"]
    assert became(engine) == {one: CHOSEN, other: WEIGHED, following: ""}
    assert [kinds(engine, id)[-1] for id in (first.id, one, other)] == ["closed", "variant_chosen", "closed"]
    assert find_dossier(engine, other).document.answers.keys() == SAID.keys()
    assert verify_all(engine, KEY).faults == ()


def test_choosing_the_first_leaves_the_variants(engine: Engine, first: Dossier) -> None:
    made = copy(engine, first.id)
    choose(engine, first.id, reader(TEAM), reason=WHY, rev=0, signed=LATER)
    assert (states(engine, first.id, made), became(engine)) == (["new", "closed"], {made: WEIGHED})
    assert verify_all(engine, KEY).faults == ()


def test_who_chooses_differently_later_opens_what_was_closed(engine: Engine, first: Dossier) -> None:
    one, other = copy(engine, first.id), copy(engine, first.id)
    choose(engine, one, reader(TEAM), reason=WHY, rev=0, signed=LATER)
    with pytest.raises(Refused):
        choose(engine, other, reader(TEAM), reason=WHY, rev=0, signed=LATER)
    move_dossier(engine, one, "close", signed=LATER)
    move_dossier(engine, other, "reopen", signed=LATER)
    choose(engine, other, reader(TEAM), reason=WHY, rev=0, signed=LATER)
    assert became(engine) == {one: WEIGHED, other: CHOSEN}
    assert kinds(engine, one)[-1] == "variant_weighed"
    assert verify_all(engine, KEY).faults == ()


def test_nothing_is_chosen_when_one_of_the_others_may_not_be_closed(engine: Engine, first: Dossier) -> None:
    made = copy(engine, first.id, signed=SECOND)
    with pytest.raises(Refused):  # an editor of the first does not close it
        choose(engine, made, reader(SECOND), reason=WHY, rev=0, signed=SECOND)
    save_member(engine, made, TEAM.actor, Relation.OWNER, signed=SECOND)
    freeze(engine, first)
    with pytest.raises(Refused):  # it is with the officer
        choose(engine, made, reader(TEAM), reason=WHY, rev=0, signed=LATER)
    assert states(engine, first.id, made) == ["officer", "new"]
    assert became(engine) == {made: ""}


def test_what_somebody_else_closed_is_left_as_it_is(engine: Engine, first: Dossier) -> None:
    made = copy(engine, first.id, signed=SECOND)
    save_member(engine, made, TEAM.actor, Relation.VIEWER, signed=SECOND)
    move_dossier(engine, made, "close", signed=SECOND)
    choose(engine, first.id, reader(TEAM), reason=WHY, rev=0, signed=LATER)
    assert (became(engine), kinds(engine, made)[-1]) == ({made: ""}, "closed")


def test_without_an_alternative_there_is_nothing_to_choose(engine: Engine, first: Dossier) -> None:
    copy(engine, first.id, NEXT)
    copy(engine, first.id, signed=SECOND)  # of somebody else, and not seen
    with pytest.raises(NotFound):
        choose(engine, first.id, reader(TEAM), reason=WHY, rev=0, signed=LATER)


def test_a_copy_outlives_the_first(engine: Engine, first: Dossier) -> None:
    made, other = copy(engine, first.id), copy(engine, first.id)
    forget_dossier(engine, first.id, actor="", at=AT, audit_key=KEY)
    assert places(engine, made) == {made: VARIANT, other: VARIANT}
    forget_dossier(engine, other, actor="", at=AT, audit_key=KEY)
    assert [id for (id,) in rows(engine, "SELECT dossier_id FROM variant")] == [made]
    assert verify_all(engine, KEY).faults == ()


def test_what_a_copy_took_along_goes_with_it(sqlite_url: str) -> None:
    engine = open_database(sqlite_url)
    upgrade(engine)
    add_people(engine)
    dossier = start(engine, {"q": Answer("kanariepiet")}, owner=TEAM.actor, actor=TEAM.actor)
    made = copy(engine, dossier.id)
    for id in (dossier.id, made):
        forget_dossier(engine, id, actor="", at=AT, audit_key=KEY)
    folder = Path(str(engine.url.database)).parent
    assert b"kanariepiet" not in b"".join(path.read_bytes() for path in folder.iterdir())
    engine.dispose()


@pytest.mark.parametrize("kind", ["", "first", "copy"])
def test_there_are_two_kinds(engine: Engine, first: Dossier, kind: str) -> None:
    with pytest.raises(ValueError, match=f"^{kind}$"):
        copy(engine, first.id, kind)


TAMPERED = {
    "that it was chosen": ("UPDATE variant SET became = ''", "a row in variant is not"),
    "that another was chosen": ("UPDATE variant SET became = 'chosen'", "a row in variant is not"),
    "of which it is a variant": ("UPDATE variant SET of_dossier = dossier_id", "a row in variant is not"),
    "what kind of copy it is": ("UPDATE variant SET kind = 'next'", "a row in variant is not"),
    "that it is a copy": ("DELETE FROM variant", "a row is gone"),
    "why it was chosen": ("UPDATE weighing SET reason = 'Zomaar.'", "a row in weighing is not"),
    "what was laid aside": ("UPDATE weighing SET laid_aside = '[]'", "a row in weighing is not"),
    "a copy that is none": (
        "INSERT INTO variant SELECT '22222222-0000-4000-8000-000000000001', dossier.id, dossier.id, 'variant', '', '' "
        "FROM dossier WHERE id NOT IN (SELECT dossier_id FROM variant)",
        "a row in variant that no event speaks of",
    ),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_tampering_is_seen(engine: Engine, first: Dossier, what: str) -> None:
    choose(engine, copy(engine, first.id), reader(TEAM), reason=WHY, rev=0, signed=LATER)
    copy(engine, first.id)
    statement, fault = TAMPERED[what]
    run(engine, statement)
    assert fault in "\n".join(verify_all(engine, KEY).faults)
