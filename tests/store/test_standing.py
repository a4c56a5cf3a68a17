"""Standing advice: for the kind of project it is for, and no other; each tenth comes by for a check."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from assistant.answers_file import read_answers
from assistant.dossier import Dossier, ProjectFacts, build_dossier
from assistant.errors import NotFound
from assistant.store.advices import Asked, agree_with, list_advices
from assistant.store.conditions import list_conditions
from assistant.store.standing import (
    CHECK_EACH,
    Picks,
    StandingAdvice,
    apply_standing,
    end_standing,
    fits,
    list_standing,
    save_standing,
)
from assistant.trees.load import current_edition, shipped_folder

from .desk import OFFICER, TEAM, add_people, freeze
from .samples import rows, start

EDITION = current_edition(None)
TOTALS = Picks({"personal_data": ("totals", "anonymous")}, {"only_totals": True, "beyond_totals": False})
LIGHT = StandingAdvice(
    "Totalen", "Alleen aantallen, niemand merkt er iets van.", TOTALS, (Asked("Toon groepen vanaf tien."),)
)


def scenario(name: str, **changed: Any) -> Dossier:
    """A shipped scenario as it would be handed in."""
    path = shipped_folder() / "scenarios" / f"{name}.yaml"
    read = read_answers(path.read_bytes(), path.name, EDITION)
    answers = {id: answer for id, answer in read.answers.items() if id not in changed}
    answers |= {id: answer for id, answer in changed.items() if answer is not None}
    return build_dossier(EDITION, answers, ProjectFacts(read.title), date(2026, 11, 25), "nl", open_by_hand=read.trees)


@pytest.mark.parametrize(
    ("name", "picks"),
    [
        ("library-visits-by-district", TOTALS),
        ("opening-hours", TOTALS),
        ("energy-of-buildings", Picks({"personal_data": ("none",)}, {})),
        ("drop-out-per-course", Picks({"purpose": ("policy", "help", "research")}, {"only_totals": True})),
    ],
)
def test_what_fits(name: str, picks: Picks) -> None:
    assert fits(picks, scenario(name), EDITION)


@pytest.mark.parametrize(
    ("name", "picks"),
    [
        ("library-visits-by-district", Picks({"personal_data": ("none",)}, {})),
        ("drop-out-per-course", TOTALS),  # it goes beyond totals
        ("drop-out-per-course", Picks({"purpose": ("policy",)}, {})),  # help is among its purposes too
        ("drop-out-per-course", Picks({"no_such_question": ("yes",)}, {})),
        ("drop-out-per-course", Picks({}, {"no_such_fact": True})),
    ],
)
def test_what_does_not_fit(name: str, picks: Picks) -> None:
    assert not fits(picks, scenario(name), EDITION)


def test_never_where_the_dpia_tree_opens_or_something_has_to_be_solved_first() -> None:
    everything = Picks({}, {})
    assert fits(everything, scenario("drop-out-per-course"), EDITION)
    for name in ("fall-prevention-prototype", "youth-care-in-tiny-groups", "absence-predicted", "welfare-pilot"):
        assert not fits(everything, scenario(name), EDITION), name


def test_what_is_not_known_for_certain_does_not_fit() -> None:
    said = scenario("drop-out-per-course")
    unsure = said.model_copy(update={"answers": {**said.answers, "purpose": {"value": ["policy"], "unsure": True}}})
    assert not fits(Picks({"purpose": ("policy", "help")}, {}), unsure, EDITION)
    possibly = [fact.model_copy(update={"says": f"{fact.says} (mogelijk)"}) for fact in said.facts]
    doubtful = said.model_copy(update={"facts": tuple(possibly)})
    assert not fits(Picks({}, {"only_totals": True}), doubtful, EDITION)
    assert not fits(Picks({}, {"only_totals": False}), doubtful, EDITION)


def give(engine: Engine, made: Dossier, today: str = "2026-11-25") -> str | None:
    """A new dossier, handed in."""
    dossier = start(engine)
    version = freeze(engine, dossier)
    return apply_standing(engine, dossier.id, version, made, EDITION, today=today, signed=TEAM)


def test_a_dossier_that_fits_gets_it_at_hand_in(engine: Engine) -> None:
    add_people(engine)
    id = save_standing(engine, LIGHT, signed=OFFICER)
    given = give(engine, scenario("library-visits-by-district"))
    assert given
    [(dossier, state)] = rows(engine, "SELECT id, state FROM dossier")
    [advice] = list_advices(engine, dossier)
    assert (advice.id, advice.standing, advice.person, advice.kind) == (given, id, OFFICER.actor, "po")
    assert (advice.outcome, advice.motivation, state) == ("go_on_with_conditions", LIGHT.motivation, "advised")
    assert [one.text for one in list_conditions(engine, dossier)] == ["Toon groepen vanaf tien."]
    assert rows(engine, "SELECT actor FROM event WHERE kind = 'standing_advice'") == [("",)]


def test_one_that_does_not_fit_waits_for_an_officer(engine: Engine) -> None:
    add_people(engine)
    save_standing(engine, LIGHT, signed=OFFICER)
    assert give(engine, scenario("fall-prevention-prototype")) is None
    assert rows(engine, "SELECT state FROM dossier") == [("officer",)]
    assert list_standing(engine)[0].used == 0


def test_each_tenth_stays_in_the_queue_and_its_maker_may_check_it(engine: Engine) -> None:
    add_people(engine)
    save_standing(engine, LIGHT, signed=OFFICER)
    made = scenario("library-visits-by-district")
    given = [give(engine, made) for _ in range(2 * CHECK_EACH)]
    waiting = rows(engine, "SELECT a.id, a.dossier_id FROM advice a JOIN dossier d ON d.id = a.dossier_id"
                           " WHERE d.state = 'officer' ORDER BY a.at")  # fmt: skip
    assert {id for id, _ in waiting} == {given[9], given[19]}
    assert list_standing(engine)[0].used == 20
    for id, dossier in waiting:
        agree_with(engine, dossier, id, signed=OFFICER)
    assert {state for (state,) in rows(engine, "SELECT state FROM dossier")} == {"advised"}


def test_it_ends_on_its_last_day_or_when_an_officer_ends_it(engine: Engine) -> None:
    add_people(engine)
    until = save_standing(engine, StandingAdvice("Totalen", "Goed.", TOTALS, until="2026-11-25"), signed=OFFICER)
    made = scenario("library-visits-by-district")
    assert give(engine, made, "2026-11-25")
    assert give(engine, made, "2026-11-26") is None
    end_standing(engine, until, signed=OFFICER)
    assert give(engine, made, "2026-11-25") is None
    with pytest.raises(NotFound):
        end_standing(engine, until, signed=OFFICER)
    [kept] = list_standing(engine)
    assert (kept.used, bool(kept.ended_at), kept.picks) == (1, True, TOTALS)
