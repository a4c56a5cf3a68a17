"""What a weekly mail is made of: whose it is, when it is due, and nothing but numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, update

from assistant.access import Relation, Role
from assistant.accounts.tokens import fingerprint
from assistant.mail.digest import Due
from assistant.sharing.draft import Draft
from assistant.store.access_tokens import Scope, agree_token, end_token, make_token
from assistant.store.actions import add_action, end_action, list_actions
from assistant.store.advices import Asked, Opinion, give_advice
from assistant.store.conditions import end_condition, list_conditions
from assistant.store.database import writing
from assistant.store.decisions import Made, decide
from assistant.store.dossiers import Dossier, move_dossier
from assistant.store.due import MOST, list_coming_up, list_due
from assistant.store.editions import save_edition
from assistant.store.members import Reader, save_member
from assistant.store.remarks import EARLY, QUESTION, add_remark
from assistant.store.shared import find_shared, save_draft, send
from assistant.store.tables import editions

from ..sharing import samples
from ..trees import samples as trees
from .desk import OFFICER, SECOND, TEAM, add_people, freeze
from .samples import AT, start

ME, MINE = TEAM.actor, "Éénheidsmanager"
TODAY, UNTIL = AT.date().isoformat(), "2026-12-09"
EDITION = "e" * 64  # none that is kept, so that none is new
READERS = {
    TEAM: Reader(ME, frozenset(), TODAY),
    OFFICER: Reader(OFFICER.actor, frozenset({Role.PO}), TODAY),
    SECOND: Reader(SECOND.actor, frozenset({Role.FG}), TODAY),
}


@pytest.fixture
def dossier(engine: Engine) -> Dossier:
    """One that I own, beside one of somebody else in which as much waits."""
    add_people(engine)
    for_another = start(engine, title="Van een ander", actor=SECOND.actor, owner=SECOND.actor)
    add_action(engine, for_another.id, about="", text="Bel.", owner=MINE, due=TODAY, signed=TEAM)
    return start(engine, actor=ME, owner=ME)


def due(engine: Engine, who: object = TEAM, *kinds: str, function: str = MINE) -> list[Due]:
    found = list_due(engine, READERS[who], function, UNTIL, EDITION)  # type: ignore[index]
    return [one for one in found if not kinds or one.kind in kinds]


def advised(engine: Engine, dossier: Dossier, again_on: str = "", *conditions: Asked) -> None:
    version = freeze(engine, dossier)
    opinion = Opinion("po", "go_on_with_conditions", "Goed.", conditions, again_on=again_on)
    give_advice(engine, dossier.id, version, opinion, signed=OFFICER)


@pytest.mark.parametrize(("day", "told"), [
    ("2026-11-01", True), (TODAY, True), (UNTIL, True), ("2026-12-10", False), ("", False),
])  # fmt: skip
def test_an_action_of_my_function_within_two_weeks_or_late(
    engine: Engine, dossier: Dossier, day: str, told: bool
) -> None:
    add_action(engine, dossier.id, about="", text="Bel.", owner=MINE.replace("heid", "HEID"), due=day, signed=TEAM)
    assert due(engine) == [Due("action", dossier.id, dossier.number, day, 1)] * told
    assert due(engine, function="jurist") == []
    [made] = list_actions(engine, dossier.id)
    end_action(engine, dossier.id, made.id, made.rev, "Gebeld.", signed=TEAM)
    assert due(engine) == []


def test_several_in_one_dossier_are_one_line_with_the_first_day(engine: Engine, dossier: Dossier) -> None:
    for day in ("2026-12-03", "2026-12-01", "2026-12-05"):
        add_action(engine, dossier.id, about="", text="Bel.", owner=MINE, due=day, signed=TEAM)
    assert due(engine) == [Due("action", dossier.id, dossier.number, "2026-12-01", 3)]


def test_questions_and_remarks_wait_without_a_day(engine: Engine, dossier: Dossier) -> None:
    add_remark(engine, dossier.id, "q", "Waarom?", kind=QUESTION, signed=OFFICER)
    add_remark(engine, dossier.id, "q", "Kijk.", assigned=MINE, signed=TEAM)
    add_remark(engine, dossier.id, "q", "Kijk.", assigned="jurist", signed=TEAM)
    assert [(one.kind, one.day, one.count) for one in due(engine)] == [("question", "", 1), ("remark", "", 1)]


def test_a_guest_whose_day_has_passed_is_told_nothing(engine: Engine, dossier: Dossier) -> None:
    add_remark(engine, dossier.id, "q", "Waarom?", kind=QUESTION, signed=OFFICER)
    for until, told in ((TODAY, 1), ("2026-11-24", 0)):
        save_member(engine, dossier.id, SECOND.actor, Relation.GUEST, until=until, signed=TEAM)
        assert len(due(engine, SECOND, "question")) == told


def test_an_advice_waits_until_there_is_a_decision(engine: Engine, dossier: Dossier) -> None:
    advised(engine, dossier)
    assert due(engine, TEAM, "advice") == [Due("advice", dossier.id, dossier.number, "", 1)]
    decide(engine, dossier.id, Made("go_on", "directeur", TODAY), signed=TEAM)
    assert due(engine, TEAM, "advice") == []


def test_conditions_of_an_advice_that_was_given(engine: Engine, dossier: Dossier) -> None:
    version = freeze(engine, dossier)
    asked = Opinion("po", "go_on_with_conditions", "Goed.", (Asked("Zet het uit.", "beheerder", TODAY),))
    proposed = give_advice(engine, dossier.id, version, asked, signed=OFFICER, needs_reader=True)
    assert proposed
    assert due(engine, TEAM, "condition") == due(engine, SECOND, "desk_condition") == []
    give_advice(engine, dossier.id, version, asked, signed=OFFICER)
    assert due(engine, TEAM, "condition") == [Due("condition", dossier.id, dossier.number, TODAY, 1)]
    assert due(engine, SECOND, "desk_condition") == [Due("desk_condition", "", "", TODAY, 1)]
    for one in list_conditions(engine, dossier.id):
        if one.is_open:
            end_condition(engine, dossier.id, one.id, "Uit.", "Z-1", signed=TEAM)
    assert due(engine, TEAM, "condition") == due(engine, SECOND, "desk_condition") == []


def test_looking_again_is_told_to_the_team_and_to_officers_of_the_newest_advice_alone(
    engine: Engine, dossier: Dossier
) -> None:
    advised(engine, dossier, again_on="2026-12-01")
    decide(engine, dossier.id, Made("go_on", "directeur", TODAY, look_again="2026-12-02"), signed=TEAM)
    assert [(one.kind, one.day) for one in due(engine)] == [("again", "2026-12-01"), ("again_decided", "2026-12-02")]
    assert [one.day for one in due(engine, SECOND, "desk_again")] == ["2026-12-01"]
    freeze(engine, dossier)  # handed in again: it is being looked at
    assert due(engine, TEAM, "again", "again_decided") == due(engine, SECOND, "desk_again") == []


def test_what_was_handed_in_waits_for_officers_who_do_not_own_it(engine: Engine, dossier: Dossier) -> None:
    freeze(engine, dossier)
    assert due(engine, OFFICER, "review") == [Due("review", dossier.id, dossier.number, "", 1)]
    assert due(engine, TEAM, "review") == []
    save_member(engine, dossier.id, OFFICER.actor, Relation.OWNER, signed=TEAM)
    assert due(engine, OFFICER, "review") == []


def test_early_questions_are_counted_without_the_number_of_a_draft(engine: Engine, dossier: Dossier) -> None:
    for _ in range(2):
        add_remark(engine, dossier.id, "q", "Mag dit?", kind=EARLY, signed=TEAM)
    assert due(engine, OFFICER) == [Due("early", "", "", "", 2)]
    assert due(engine) == []


def test_an_adviser_is_told_until_they_advised(engine: Engine, dossier: Dossier) -> None:
    version = freeze(engine, dossier)
    save_member(engine, dossier.id, SECOND.actor, Relation.ADVISER, theme="t", signed=OFFICER)
    assert due(engine, SECOND, "part") == [Due("part", dossier.id, dossier.number, "", 1)]
    give_advice(engine, dossier.id, version, Opinion("part", "go_on", "Goed.", theme="t"), signed=SECOND)
    assert due(engine, SECOND, "part") == []


def test_no_mail_is_endless(engine: Engine) -> None:
    add_people(engine)
    for _ in range(MOST + 3):
        made = start(engine, actor=ME, owner=ME)
        add_remark(engine, made.id, "q", "Waarom?", kind=QUESTION, signed=OFFICER)
    assert len(due(engine)) == MOST


def test_a_new_edition_is_told_for_two_weeks_while_the_team_may_move(engine: Engine, dossier: Dossier) -> None:
    with writing(engine) as connection:
        other = save_edition(connection, trees.edition(trees.tree(trees.question("other"))).body)
        connection.execute(update(editions).values(saved_at=f"{TODAY}T10:00:00.000000Z"))

    def told(edition: str, reader: Reader = READERS[TEAM]) -> list[Due]:
        assert list_coming_up(engine, reader, UNTIL, edition) == list_due(engine, reader, "", UNTIL, edition)
        return list_coming_up(engine, reader, UNTIL, edition)

    assert told(other) == [Due("edition", dossier.id, dossier.number, "", 1)]
    assert told(dossier.edition_hash) == told(other, replace(READERS[TEAM], today="2026-12-31")) == []
    freeze(engine, dossier)
    assert told(other) == []


def test_a_token_waits_for_another_officer_until_it_is_agreed_to_ended_or_over(engine: Engine) -> None:
    add_people(engine)
    until = date.fromisoformat(TODAY) + timedelta(days=1)
    ids = [fingerprint(make_token(engine, "zaaksysteem", Scope.REGISTER, until, signed=OFFICER)) for _ in range(2)]
    assert due(engine, SECOND) == [Due("token", "", "", "", 2)]
    assert due(engine, OFFICER) == due(engine, TEAM) == []  # who made it, and who is no officer
    late = replace(READERS[SECOND], today=UNTIL)
    assert list_due(engine, late, "", UNTIL, EDITION) == []
    agree_token(engine, ids[0], signed=SECOND)
    assert due(engine, SECOND) == list_coming_up(engine, READERS[SECOND], UNTIL, EDITION)
    end_token(engine, ids[1], signed=SECOND)
    assert due(engine, SECOND) == []


def test_an_example_waits_for_an_officer_who_does_not_own_the_dossier(engine: Engine, dossier: Dossier) -> None:
    move_dossier(engine, dossier.id, "close", signed=TEAM)
    save_draft(engine, dossier.id, 0, Draft(title="Titel"), signed=TEAM)
    assert due(engine, SECOND, "example") == []
    made = samples.example(Draft(title="Titel"), name=samples.LIGHT)
    kept = find_shared(engine, dossier.id)
    send(engine, dossier.id, kept.rev, made.model_copy(update={"key": kept.key, "issue": 1}), signed=TEAM)
    for who in (OFFICER, SECOND):
        assert due(engine, who, "example") == [Due("example", dossier.id, dossier.number, "", 1)]
    save_member(engine, dossier.id, SECOND.actor, Relation.OWNER, signed=TEAM)
    assert due(engine, SECOND, "example") == due(engine, TEAM) == []
