"""What officers say of signals: beside them, one word each, on the version that lies there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from assistant.errors import Conflict, Refused
from assistant.store.dossiers import Dossier
from assistant.store.reviews import Stance, StanceKind, list_stances, save_stances
from assistant.store.versions import return_version, withdraw

from .desk import OFFICER, SECOND, TEAM, freeze
from .samples import rows

AGREES = Stance("children", OFFICER.actor, StanceKind.AGREE)
RAISES = Stance("children", OFFICER.actor, StanceKind.RAISE, "stop", "Dit zijn kinderen onder de twaalf.")


def test_the_last_word_of_an_officer_counts_and_that_of_another_stays(engine: Engine, dossier: Dossier) -> None:
    version = freeze(engine, dossier)
    save_stances(engine, dossier.id, version, [AGREES], signed=OFFICER)
    save_stances(engine, dossier.id, version, [replace(AGREES, person=SECOND.actor)], signed=SECOND)
    save_stances(engine, dossier.id, version, [RAISES], signed=OFFICER)
    said = {stance.person: (stance.kind, stance.level, stance.reason) for stance in list_stances(engine, version)}
    assert said == {
        OFFICER.actor: ("raise", "stop", "Dit zijn kinderen onder de twaalf."),
        SECOND.actor: ("agree", "", ""),
    }


def test_the_version_stays_as_it_was(engine: Engine, dossier: Dossier) -> None:
    version = freeze(engine, dossier)
    before = rows(engine, "SELECT body, hash FROM version")
    save_stances(engine, dossier.id, version, [RAISES], signed=OFFICER)
    assert rows(engine, "SELECT body, hash FROM version") == before


def test_nothing_said_is_no_event(engine: Engine, dossier: Dossier) -> None:
    version = freeze(engine, dossier)
    before = rows(engine, "SELECT count(*) FROM event")
    save_stances(engine, dossier.id, version, [], signed=OFFICER)
    assert rows(engine, "SELECT count(*) FROM event") == before


def test_the_event_holds_no_word_of_it(engine: Engine, dossier: Dossier) -> None:
    save_stances(engine, dossier.id, freeze(engine, dossier), [RAISES], signed=OFFICER)
    [(about,)] = rows(engine, "SELECT question FROM event WHERE kind = 'judged'")
    assert "twaalf" not in about
    assert len(about.split()) == 2


@pytest.mark.parametrize("back", [withdraw, return_version])
def test_too_late_when_the_team_has_it_again(engine: Engine, dossier: Dossier, back: object) -> None:
    version = freeze(engine, dossier)
    {withdraw: withdraw, return_version: return_version}[back](
        engine, dossier.id, signed=TEAM if back is withdraw else OFFICER
    )
    with pytest.raises(Refused):
        save_stances(engine, dossier.id, version, [RAISES], signed=OFFICER)
    freeze(engine, dossier)
    with pytest.raises(Conflict):
        save_stances(engine, dossier.id, version, [RAISES], signed=OFFICER)
    assert not list_stances(engine, version)
