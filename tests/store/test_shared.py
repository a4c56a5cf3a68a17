"""The example of a dossier and the library, as they are kept: sealed, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from assistant.errors import Conflict, NotFound, Refused
from assistant.sharing.draft import Draft
from assistant.sharing.model import Example
from assistant.store.audit import verify_all
from assistant.store.dossiers import Dossier, move_dossier
from assistant.store.forgetting import forget_dossier
from assistant.store.library import Place, find_kept, find_place, forget_entry, keep_imported, list_kept
from assistant.store.shared import (
    NONE,
    find_closing,
    find_shared,
    list_waiting,
    save_draft,
    send,
    settle,
    take_back,
)
from assistant.store.trail import KINDS, list_events

from ..sharing import samples
from .desk import OFFICER, TEAM, add_people
from .samples import AT, KEY, rows, run, start

DRAFT = Draft(title="Een titel", about="Waar het over ging")
OTHER = samples.example(DRAFT, name=samples.LIGHT)


@pytest.fixture
def closed(engine: Engine) -> Dossier:
    add_people(engine)
    made = start(engine, actor=TEAM.actor, owner=TEAM.actor)
    move_dossier(engine, made.id, "close", signed=TEAM)
    return made


def sent(engine: Engine, dossier: Dossier) -> Example:
    save_draft(engine, dossier.id, find_shared(engine, dossier.id).rev, DRAFT, signed=TEAM)
    kept = find_shared(engine, dossier.id)
    made = OTHER.model_copy(update={"key": kept.key, "issue": kept.next_issue})
    send(engine, dossier.id, kept.rev, made, signed=TEAM)
    return made


def approved(engine: Engine, dossier: Dossier) -> Example:
    made = sent(engine, dossier)
    settle(engine, dossier.id, made.hash, approved=True, signed=OFFICER)
    return made


def kinds(engine: Engine, dossier: Dossier) -> list[str]:
    return [one.kind for one in reversed(list_events(engine, dossier.id)) if one.kind.startswith("example")]


def test_from_a_draft_to_the_library(engine: Engine, closed: Dossier) -> None:
    assert find_shared(engine, closed.id) == NONE
    made = sent(engine, closed)
    assert [one.dossier for one in list_waiting(engine)] == [closed.id]
    settle(engine, closed.id, made.hash, approved=True, signed=OFFICER)
    kept = find_shared(engine, closed.id)
    assert (kept.state, kept.issue, kept.example, list_waiting(engine)) == ("approved", 1, made, [])
    [entry] = list_kept(engine)
    assert (entry.source, entry.title, entry.outcome) == ("own", "Een titel", made.outcome and made.outcome.id)
    assert find_kept(engine, entry.id)[1] == made
    assert kinds(engine, closed) == ["example_begun", "example_sent", "example_approved"]
    assert {*kinds(engine, closed)} <= {*KINDS}
    assert verify_all(engine, KEY).faults == ()


def test_a_change_takes_the_approval_and_the_entry_away(engine: Engine, closed: Dossier) -> None:
    approved(engine, closed)
    kept = find_shared(engine, closed.id)
    save_draft(engine, closed.id, kept.rev, Draft(title="Anders"), signed=TEAM)
    now = find_shared(engine, closed.id)
    assert (now.state, now.example, now.issue, list_kept(engine)) == ("draft", None, 1, [])
    assert kinds(engine, closed)[-1] == "example_withdrawn"
    assert approved(engine, closed).issue == 2
    take_back(engine, closed.id, find_shared(engine, closed.id).rev, signed=TEAM)
    assert list_kept(engine) == []
    assert verify_all(engine, KEY).faults == ()


def test_saving_the_same_draft_changes_nothing(engine: Engine, closed: Dossier) -> None:
    save_draft(engine, closed.id, 0, DRAFT, signed=TEAM)
    save_draft(engine, closed.id, 1, DRAFT, signed=TEAM)
    assert kinds(engine, closed) == ["example_begun"]


def test_what_is_not_what_was_read_is_not_approved(engine: Engine, closed: Dossier) -> None:
    made = sent(engine, closed)
    with pytest.raises(Conflict):
        settle(engine, closed.id, "0" * 64, approved=True, signed=OFFICER)
    settle(engine, closed.id, made.hash, approved=False, reason="Noem niemand.", signed=OFFICER)
    with pytest.raises(Conflict):
        settle(engine, closed.id, made.hash, approved=True, signed=OFFICER)
    kept = find_shared(engine, closed.id)
    assert (kept.state, kept.reason, list_kept(engine)) == ("returned", "Noem niemand.", [])


def test_an_example_of_something_else_is_not_sent(engine: Engine, closed: Dossier) -> None:
    save_draft(engine, closed.id, 0, DRAFT, signed=TEAM)
    with pytest.raises(NotFound):
        send(engine, closed.id, 1, OTHER, signed=TEAM)
    for call in (lambda: save_draft(engine, closed.id, 7, DRAFT, signed=TEAM), lambda: take_back(
        engine, closed.id, 7, signed=TEAM)):  # fmt: skip
        with pytest.raises(Conflict):
            call()


def test_a_new_dossier_is_not_shared(engine: Engine) -> None:
    add_people(engine)
    made = start(engine, actor=TEAM.actor, owner=TEAM.actor)
    assert find_closing(engine, made.id) is None
    with pytest.raises(Refused):
        save_draft(engine, made.id, 0, DRAFT, signed=TEAM)


def test_it_is_closed_when_it_was_closed_last(engine: Engine, closed: Dossier) -> None:
    save_draft(engine, closed.id, 0, DRAFT, signed=TEAM)
    assert find_closing(engine, closed.id) == AT


def test_an_approved_one_outlives_its_dossier_and_nothing_else_does(engine: Engine, closed: Dossier) -> None:
    made = approved(engine, closed)
    forget_dossier(engine, closed.id, actor="", at=AT, audit_key=KEY)
    assert rows(engine, "SELECT count(*) FROM example") == [(0,)]
    [(body,)] = rows(engine, "SELECT body FROM library_entry")
    assert body == made.body.decode()
    assert closed.id not in str(rows(engine, "SELECT * FROM library_entry"))
    assert verify_all(engine, KEY).faults == ()


def test_the_same_example_is_one_entry_and_a_newer_issue_takes_its_place(engine: Engine) -> None:
    add_people(engine)
    id = keep_imported(engine, OTHER, signed=OFFICER)
    assert keep_imported(engine, OTHER, signed=OFFICER) == id
    newer = OTHER.model_copy(update={"issue": 2, "title": "Nieuwer"})
    assert find_place(engine, newer) == (Place.NEWER, id)
    assert keep_imported(engine, newer, signed=OFFICER) == id
    assert [one.title for one in list_kept(engine)] == ["Nieuwer"]
    for place, one in ((Place.OLDER, OTHER), (Place.OTHER, newer.model_copy(update={"title": "Vals"}))):
        assert find_place(engine, one) == (place, id)
        with pytest.raises(Conflict):
            keep_imported(engine, one, signed=OFFICER)
    forget_entry(engine, id, signed=OFFICER)
    assert find_place(engine, OTHER) == (Place.NEW, "")
    with pytest.raises(NotFound):
        forget_entry(engine, id, signed=OFFICER)
    assert verify_all(engine, KEY).faults == ()


def test_what_was_made_here_is_not_replaced_from_a_file(engine: Engine, closed: Dossier) -> None:
    made = approved(engine, closed)
    forged = made.model_copy(update={"issue": 9, "title": "Vervalst"})
    assert find_place(engine, forged)[0] is Place.OWN
    with pytest.raises(Conflict):
        keep_imported(engine, forged, signed=OFFICER)


TAMPERED = {
    "what was approved": "UPDATE example SET body = '{}'",
    "that it was approved": "UPDATE example SET state = 'draft'",
    "what the owner chose": "UPDATE example SET draft = '{}'",
    "a row less": "DELETE FROM example",
    "what the library says": "UPDATE library_entry SET body = '{}'",
    "how it is called": "UPDATE library_entry SET title = 'Anders'",
    "where it is from": "UPDATE library_entry SET source = 'imported'",
    "an entry less": "DELETE FROM library_entry",
}


@pytest.mark.parametrize("what", TAMPERED)
def test_tampering_is_seen(engine: Engine, closed: Dossier, what: str) -> None:
    approved(engine, closed)
    run(engine, TAMPERED[what])
    assert verify_all(engine, KEY).faults != ()


def test_two_officers_who_keep_the_same_file_at_once_make_one_entry(engine: Engine) -> None:
    add_people(engine)
    for number in range(5):
        one = OTHER.model_copy(update={"key": f"4f6c1f5e-0000-4000-8000-00000000010{number}"})
        with ThreadPoolExecutor(3) as pool:
            found = [pool.submit(keep_imported, engine, one, signed=OFFICER) for _ in range(3)]
            assert len({entry.result() for entry in found}) == 1
    assert len(list_kept(engine)) == 5
    assert verify_all(engine, KEY).faults == ()
