"""Answers under a key that goes when the round closes: counted once, shown once, linked to nobody."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from assistant.accounts.tokens import fingerprint
from assistant.errors import Conflict, NotFound
from assistant.store.database import open_database, upgrade
from assistant.store.tables import METADATA
from assistant.store.workshop.door import forget_seat, leave, take_seat
from assistant.store.workshop.notes import add_note, group_notes, list_notes
from assistant.store.workshop.rounds import (
    HELD,
    SHOWN,
    TAKING,
    WITHHELD,
    Paper,
    cast,
    close_round,
    count_in,
    decide,
    find_my_ballot,
    find_round,
    list_rounds,
    open_round,
    save_paper,
)
from assistant.store.workshop.running import end, go_to
from assistant.workshop.ballots import Tally

from ...workshop import samples
from ..samples import rows
from .days import AGAIN, AT, KEYS, REASONS, STANCE, VALUES, begin, say, seats, vote

RING = samples.planned("stance:ring")
SIX = ("never", "rather_not", "only_if", "only_if", "certainly", "certainly")


def close(engine: Engine, id: str, smallest: int = 5) -> str:
    return close_round(engine, id, STANCE, RING, smallest, KEYS)


def tally_of(engine: Engine, id: str, number: int) -> Tally:
    """What the room sees of a round."""
    kept = find_round(engine, id, number)
    assert kept
    assert kept.state == SHOWN
    assert kept.tally
    return kept.tally


@pytest.fixture
def day(engine: Engine) -> str:
    """A workshop whose first round on a dilemma is open."""
    id = begin(engine)
    open_round(engine, id, STANCE, KEYS)
    return id


def test_answers_are_counted_and_shown_when_the_round_closes(engine: Engine, day: str) -> None:
    vote(engine, seats(engine, day, 6), *SIX)
    assert list_rounds(engine, day)[STANCE].tally is None
    assert close(engine, day) == SHOWN
    tally = tally_of(engine, day, STANCE)
    assert tally.counts == {"ring": {"never": 1, "rather_not": 1, "only_if": 2, "certainly": 2}}
    assert tally.people == 6


def test_a_changed_answer_takes_the_place_of_the_first_and_one_taken_back_is_none(engine: Engine, day: str) -> None:
    phones = seats(engine, day, 7)
    vote(engine, phones, *SIX, "never")
    cast(engine, phones[0], STANCE, say("certainly"), KEYS)
    cast(engine, phones[0], STANCE, say("certainly"), KEYS)
    cast(engine, phones[6], STANCE, {}, KEYS)
    assert count_in(engine, day, STANCE) == (7, 7)  # who would rather not say is ready too
    assert find_my_ballot(engine, day, phones[6], STANCE, KEYS) == {}
    close(engine, day)
    tally = tally_of(engine, day, STANCE)
    assert tally.counts["ring"] == {"rather_not": 1, "only_if": 2, "certainly": 3}
    assert tally.people == 6


def test_who_would_rather_not_say_is_not_among_the_few_that_are_shown(engine: Engine, day: str) -> None:
    phones = seats(engine, day, 6)
    vote(engine, phones[:4], *SIX[:4])
    for phone in phones[4:]:
        cast(engine, phone, STANCE, {}, KEYS)
    sizes = {len(body) for [body] in rows(engine, "SELECT body FROM workshop_ballot")}
    assert len(sizes) == 1  # no row tells that nothing was said
    assert close(engine, day) == WITHHELD
    assert list_rounds(engine, day)[STANCE].tally is None


def test_a_phone_sees_its_own_answer_as_long_as_it_can_change_it(engine: Engine, day: str) -> None:
    phones = seats(engine, day, 6)
    vote(engine, phones, *SIX)
    assert find_my_ballot(engine, day, phones[1], STANCE, KEYS) == say("rather_not")
    assert find_my_ballot(engine, day, fingerprint("other"), STANCE, KEYS) is None
    close(engine, day)
    assert find_my_ballot(engine, day, phones[1], STANCE, KEYS) is None


def test_too_few_are_not_shown_and_nothing_of_them_is_kept(engine: Engine, day: str) -> None:
    vote(engine, seats(engine, day, 4), *SIX[:4])
    assert close(engine, day) == WITHHELD
    assert rows(engine, "SELECT state, round_key, paper, tally FROM workshop_round") == [(WITHHELD, "", "", "")]
    assert rows(engine, "SELECT * FROM workshop_ballot") == []


def test_a_round_that_was_not_shown_may_be_tried_again_and_one_that_was_may_not(engine: Engine, day: str) -> None:
    phones = seats(engine, day, 6)
    vote(engine, phones[:4], *SIX[:4])
    close(engine, day)
    open_round(engine, day, STANCE, KEYS)
    vote(engine, phones, *SIX)
    assert close(engine, day) == SHOWN
    shown = find_round(engine, day, STANCE)
    again: tuple[Callable[[], object], ...] = (
        lambda: open_round(engine, day, STANCE, KEYS),
        lambda: close(engine, day),
        lambda: decide(engine, day, STANCE, show=False),
        lambda: save_paper(engine, day, STANCE, Paper()),
    )
    for one in again:
        with pytest.raises(Conflict):
            one()
    assert find_round(engine, day, STANCE) == shown


def test_all_but_one_agreeing_waits_for_the_facilitator(engine: Engine, day: str) -> None:
    vote(engine, seats(engine, day, 6), *["never"] * 5, "certainly")
    assert close(engine, day) == HELD
    with pytest.raises(Conflict):
        vote(engine, seats(engine, day, 1), "never")
    decide(engine, day, STANCE, show=True)
    assert list_rounds(engine, day)[STANCE].state == SHOWN


def test_what_is_held_and_not_shown_is_gone(engine: Engine, day: str) -> None:
    vote(engine, seats(engine, day, 6), *["never"] * 5, "certainly")
    close(engine, day)
    decide(engine, day, STANCE, show=False)
    assert rows(engine, "SELECT state, tally FROM workshop_round") == [(WITHHELD, "")]


def test_no_answer_is_taken_before_after_or_in_another_round(engine: Engine, day: str) -> None:
    phones = seats(engine, day, 6)
    for number in (AGAIN, REASONS, 99):
        with pytest.raises(Conflict):
            cast(engine, phones[0], number, say("never"), KEYS)
    vote(engine, phones, *SIX)
    close(engine, day)
    with pytest.raises(Conflict):
        cast(engine, phones[0], STANCE, say("never"), KEYS)


def test_who_is_not_in_cannot_answer(engine: Engine, day: str) -> None:
    other = begin(engine)
    stranger = seats(engine, other, 1)
    for seat in (*stranger, fingerprint("nobody")):
        with pytest.raises(Conflict):
            cast(engine, seat, STANCE, say("never"), KEYS)
    assert rows(engine, "SELECT * FROM workshop_ballot") == []


def test_a_phone_that_goes_out_takes_its_answer_along(engine: Engine, day: str) -> None:
    token = take_seat(engine, day, 1)
    phones = [fingerprint(token), *seats(engine, day, 6)]
    vote(engine, phones, "never", *SIX)
    forget_seat(engine, day, 2, KEYS)
    leave(engine, token, KEYS)
    leave(engine, token, KEYS)
    assert count_in(engine, day, STANCE) == (5, 5)
    with pytest.raises(NotFound):
        forget_seat(engine, day, 2, KEYS)


def test_moving_on_lets_go_of_what_nobody_closed(engine: Engine, day: str) -> None:
    vote(engine, seats(engine, day, 6), *SIX)
    go_to(engine, day, STANCE, REASONS)
    assert rows(engine, "SELECT state, round_key, tally FROM workshop_round") == [(WITHHELD, "", "")]
    assert rows(engine, "SELECT * FROM workshop_ballot") == []


def test_paper_alone_and_beside_phones(engine: Engine) -> None:
    id = begin(engine)
    save_paper(engine, id, STANCE, Paper({"ring": [0, 2, 5, 1, 3]}))
    assert list_rounds(engine, id)[STANCE].paper.counts == {"ring": [0, 2, 5, 1, 3]}
    open_round(engine, id, STANCE, KEYS)
    vote(engine, seats(engine, id, 1), "never")
    assert close(engine, id) == SHOWN
    tally = tally_of(engine, id, STANCE)
    assert tally.counts["ring"] == {
        "never": 1,
        "rather_not": 2,
        "only_if": 5,
        "rather_yes": 1,
        "certainly": 3,
    }


def test_a_day_on_paper_needs_no_phone(engine: Engine) -> None:
    id = begin(engine)
    save_paper(engine, id, VALUES, Paper({"values": [4, 1, 2, 0, 3, 5]}, forms=5))
    assert close_round(engine, id, VALUES, samples.planned("silent"), 5, KEYS) == SHOWN
    tally = tally_of(engine, id, VALUES)
    assert (tally.people, tally.counts["values"]["autonomy"]) == (5, 5)


def reasons(engine: Engine, id: str, many: int) -> str:
    open_round(engine, id, REASONS, KEYS)
    for number, seat in enumerate(seats(engine, id, many)):
        cast(engine, seat, REASONS, {"for": [f"voor {number}"], **({"against": ["tegen"]} if number < 2 else {})}, KEYS)
    return close_round(engine, id, REASONS, samples.planned("reasons:ring"), 5, KEYS)


def test_reasons_become_notes_from_nobody(engine: Engine) -> None:
    id = begin(engine)
    assert reasons(engine, id, 5) == SHOWN
    notes = list_notes(engine, id, REASONS)
    assert sorted(note.text for note in notes if note.side == "for") == [f"voor {n}" for n in range(5)]
    assert [note.text for note in notes if note.side == "against"] == ["tegen"] * 2
    assert list_notes(engine, id, STANCE) == []


def test_reasons_of_too_few_are_gone(engine: Engine) -> None:
    id = begin(engine)
    assert reasons(engine, id, 4) == WITHHELD
    assert list_notes(engine, id) == []


def test_the_facilitator_groups_notes_adds_one_and_takes_some_away(engine: Engine) -> None:
    id = begin(engine)
    reasons(engine, id, 5)
    add_note(engine, id, REASONS, "against", "van papier")
    notes = {note.text: note.id for note in list_notes(engine, id, REASONS)}
    headings = {notes["voor 1"]: "Hulp", notes["voor 2"]: "Hulp", notes["van papier"]: ""}
    group_notes(engine, id, REASONS, headings, {notes["van papier"]})
    assert [note.text for note in list_notes(engine, id, REASONS) if note.heading == "Hulp"] in (
        ["voor 1", "voor 2"],
        ["voor 2", "voor 1"],
    )
    assert "van papier" not in {note.text for note in list_notes(engine, id)}


def test_notes_of_another_workshop_or_round_are_not_touched(engine: Engine) -> None:
    id, other = begin(engine), begin(engine)
    reasons(engine, id, 5)
    [note, *_] = list_notes(engine, id)
    group_notes(engine, other, REASONS, {note.id: "X"}, {note.id})
    group_notes(engine, id, STANCE, {note.id: "X"}, {note.id})
    assert note in list_notes(engine, id)


def test_an_answer_is_sealed_and_says_nothing_by_its_length(engine: Engine, day: str) -> None:
    vote(engine, seats(engine, day, 6), *SIX)
    bodies = [body for (body,) in rows(engine, "SELECT body FROM workshop_ballot")]
    assert len({len(body) for body in bodies}) == 1
    assert not any("never" in body or b"never".hex() in body for body in bodies)


def traces(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


def test_after_closing_no_file_links_a_phone_to_an_answer(sqlite_url: str) -> None:
    engine = open_database(sqlite_url)  # PostgreSQL overwrites freed space in its own time
    upgrade(engine)
    id = begin(engine)
    open_round(engine, id, STANCE, KEYS)
    phones = seats(engine, id, 6)
    vote(engine, phones, *SIX)
    voters = [voter.encode() for (voter,) in rows(engine, "SELECT voter FROM workshop_ballot")]
    bodies = [body.encode()[:60] for (body,) in rows(engine, "SELECT body FROM workshop_ballot")]
    [(key,)] = rows(engine, "SELECT round_key FROM workshop_round")
    folder = Path(str(engine.url.database)).parent
    before = traces(folder)
    assert all(trace in before for trace in (*voters, *bodies, key.encode()))
    close(engine, id)
    after = traces(folder)
    assert not any(trace in after for trace in (*voters, *bodies, key.encode()))
    end(engine, id, AT)
    assert not any(phone.encode() in traces(folder) for phone in phones)
    engine.dispose()


def test_rows_of_participants_carry_no_moment_and_lie_in_no_order_of_coming(engine: Engine) -> None:
    moments = ("_at", "until", "since")
    for table in ("workshop_ballot", "workshop_seat", "workshop_note"):
        names = [name for name in METADATA.tables[table].c.keys() if name.endswith(moments)]
        assert names == []
        assert METADATA.tables[table].dialect_options["sqlite"]["with_rowid"] is False


def test_a_round_in_the_present_round_alone(engine: Engine, day: str) -> None:
    assert list_rounds(engine, day)[STANCE].state == TAKING
    assert count_in(engine, day, AGAIN) == (0, 0)
