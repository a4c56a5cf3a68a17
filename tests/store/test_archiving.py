"""What is gathered of a closed dossier for the archive, and that its export stands in the chain."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from assistant.access import State
from assistant.archive import ArchiveSettings
from assistant.dossier.redaction import PERSONAL, Cut
from assistant.errors import Conflict, NotFound, Refused
from assistant.store.advices import Asked, Opinion, give_advice
from assistant.store.archiving import find_exports, gather_package, save_export
from assistant.store.audit import verify_all
from assistant.store.decisions import Made, decide
from assistant.store.dossiers import Dossier, find_dossier, move_dossier
from assistant.store.org_settings import ARCHIVE, RETENTION, find_archive, save_setting
from assistant.store.redactions import redact_version
from assistant.store.versions import find_version, return_version, withdraw

from .desk import OFFICER, SECOND, TEAM, add_people, freeze
from .samples import AT, KEY, rows, start


def closed(engine: Engine) -> Dossier:
    """Returned once, withdrawn once, then advised on and stopped."""
    add_people(engine)
    dossier = start(engine, owner=TEAM.actor, actor=TEAM.actor)
    freeze(engine, dossier)
    return_version(engine, dossier.id, signed=OFFICER)
    freeze(engine, dossier)
    withdraw(engine, dossier.id, signed=TEAM)
    last = freeze(engine, dossier)
    opinion = Opinion(
        "po", "do_not", "Niet doen", conditions=(Asked("Stop", "directeur", "2027-01-01"),), function="PO"
    )
    give_advice(engine, dossier.id, last, opinion, signed=OFFICER)
    decide(engine, dossier.id, Made("stop", "directeur", "2026-11-25", reference="B-7"), signed=TEAM)
    return dossier


def test_it_holds_what_an_officer_saw_with_advice_and_decision(engine: Engine) -> None:
    dossier = closed(engine)
    save_setting(engine, RETENTION, {"years": 7, "ground": "x"}, signed=OFFICER)
    save_setting(engine, ARCHIVE, {"municipality": "Gemeente Oeverland"}, signed=OFFICER)
    package = gather_package(engine, dossier.id, signed=OFFICER)
    assert [one.number for one in package.versions] == [1, 3]  # 2 was taken back: no officer reads it
    assert [one.body for one in package.versions] == [find_version(engine, dossier.id, n).body for n in (1, 3)]
    assert [len(one.advices) for one in package.versions] == [0, 1]
    [advice] = package.versions[1].advices
    assert (advice.version_hash, advice.conditions[0].text) == (package.versions[1].hash, "Stop")
    assert [one.reference for one in package.decisions] == ["B-7"]
    assert [one.kind for one in package.happenings] == ["created", "advised", "decided_stop", "archived"]
    assert (package.years, package.closed_on, package.settings.municipality) == (7, AT.date(), "Gemeente Oeverland")
    assert package.settings.missing


def version(engine: Engine, dossier: Dossier) -> int:
    return find_dossier(engine, dossier.id).version


def test_a_package_that_still_holds_what_was_taken_out_meanwhile_is_not_given(engine: Engine) -> None:
    dossier = closed(engine)
    package = gather_package(engine, dossier.id, signed=OFFICER)
    last = find_version(engine, dossier.id, 3)
    cut = Cut(PERSONAL, words=("Schoolverlaters",))
    redact_version(engine, dossier.id, 3, cut, "Een naam", based_on=last.hash, typed=None, signed=OFFICER)
    with pytest.raises(Conflict):
        save_export(engine, dossier.id, b"zip", based_on=package.based_on, signed=OFFICER)
    assert find_exports(engine, [dossier.id]) == {}
    assert "archived" not in [kind for (kind,) in rows(engine, "SELECT kind FROM event")]


def test_nothing_that_an_officer_saw_is_no_package(engine: Engine) -> None:
    add_people(engine)
    dossier = start(engine, owner=TEAM.actor, actor=TEAM.actor)
    freeze(engine, dossier)
    withdraw(engine, dossier.id, signed=TEAM)
    move_dossier(engine, dossier.id, "close", signed=TEAM)
    with pytest.raises(NotFound):
        gather_package(engine, dossier.id, signed=OFFICER)


def test_an_export_stands_in_the_chain_with_who_did_it(engine: Engine) -> None:
    dossier = closed(engine)
    later = replace(SECOND, at=AT + timedelta(days=2))
    save_export(engine, dossier.id, b"zip", based_on=version(engine, dossier), signed=OFFICER)
    save_export(engine, dossier.id, b"another", based_on=version(engine, dossier), signed=later)
    kept = rows(engine, "SELECT actor, question FROM event WHERE kind = 'archived' ORDER BY seq")
    assert [actor for actor, _ in kept] == [OFFICER.actor, SECOND.actor]
    assert len({hash for _, hash in kept}) == 2
    assert find_exports(engine, [dossier.id, "x"]) == {dossier.id: later.at.date()}
    assert [one.result for one in gather_package(engine, dossier.id, signed=later).happenings][-3:-1] == [
        hash for _, hash in kept
    ]
    assert verify_all(engine, KEY).faults == ()


def test_only_a_closed_dossier_is_exported(engine: Engine) -> None:
    dossier = closed(engine)
    move_dossier(engine, dossier.id, "reopen", signed=TEAM)
    with pytest.raises(Refused) as refused:
        save_export(engine, dossier.id, b"zip", based_on=version(engine, dossier), signed=OFFICER)
    assert refused.value.state == State.TEAM
    assert not find_exports(engine, [dossier.id])


def test_settings_are_empty_until_they_are_set(engine: Engine) -> None:
    assert find_archive(engine) == ArchiveSettings()
