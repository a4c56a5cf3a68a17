"""Ways in: changed ones end every session, a code works once, an identity is one person's."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from assistant.access import Role
from assistant.errors import Conflict
from assistant.store.audit import verify_all
from assistant.store.changes import Signed
from assistant.store.credentials import (
    find_by_identity,
    find_credentials,
    find_credentials_of,
    forget_totp,
    list_identities,
    list_recovery_codes,
    save_identity,
    save_passphrase,
    save_recovery_codes,
    save_totp,
    use_recovery_code,
    use_step,
)
from assistant.store.database import writing
from assistant.store.leaving import end_person
from assistant.store.people import Person, save_person, save_roles
from assistant.store.sessions import list_sessions, save_session

from .samples import AT, KEY, rows

BY = Signed("", AT, KEY)


def add(engine: Engine, name: str) -> Person:
    with writing(engine) as connection:
        return save_person(
            connection, name=name, email=f"{name}@x.example", roles=(), passphrase=f"hash of {name}", signed=BY
        )


@pytest.fixture
def anna(engine: Engine) -> Person:
    anna = add(engine, "anna")
    with writing(engine) as connection:
        for session in ("here", "there"):
            save_session(connection, session, anna.id, "passphrase", AT)
    return anna


def sessions(engine: Engine, person: Person) -> set[str]:
    return {one.id for one in list_sessions(engine, person.id)}


def test_they_are_found_by_address_however_it_is_typed(engine: Engine, anna: Person) -> None:
    found = find_credentials(engine, " ANNA@x.example ")
    assert found == find_credentials_of(engine, anna.id)
    assert found
    assert "hash of" not in repr(found)


def test_another_passphrase_or_role_ends_every_session(engine: Engine, anna: Person) -> None:
    save_passphrase(engine, anna.id, "another", signed=BY)
    assert sessions(engine, anna) == set()
    with writing(engine) as connection:
        save_session(connection, "again", anna.id, "passphrase", AT)
    save_roles(engine, anna.id, [Role.PO], signed=BY)
    assert sessions(engine, anna) == set()


def test_turning_codes_on_and_off_leaves_only_the_session_that_did(engine: Engine, anna: Person) -> None:
    save_totp(engine, anna.id, "sealed", 7, ["one", "two"], signed=BY, but="here")
    assert sessions(engine, anna) == {"here"}
    assert sorted(list_recovery_codes(engine, anna.id)) == ["one", "two"]
    forget_totp(engine, anna.id, signed=BY)
    found = find_credentials_of(engine, anna.id)
    assert found
    assert (found.totp, found.totp_step) == ("", 0)
    assert list_recovery_codes(engine, anna.id) == []
    assert sessions(engine, anna) == set()


def test_a_code_works_once_also_when_it_comes_twice_at_once(engine: Engine, anna: Person) -> None:
    save_totp(engine, anna.id, "sealed", 7, ["one", "two"], signed=BY)
    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(lambda _: use_step(engine, anna.id, 8), range(8))) == 1
        assert sum(pool.map(lambda _: use_recovery_code(engine, anna.id, "one"), range(8))) == 1
    assert not use_step(engine, anna.id, 7)
    save_recovery_codes(engine, anna.id, ["three"], signed=BY)
    assert not use_recovery_code(engine, anna.id, "two")


def test_an_identity_is_one_persons_and_stays_so(engine: Engine, anna: Person) -> None:
    bram = add(engine, "bram")
    with writing(engine) as connection:
        save_identity(connection, anna.id, "https://idp", "s1", BY)
        save_identity(connection, anna.id, "https://idp", "s1", BY)
    with pytest.raises(Conflict), writing(engine) as connection:
        save_identity(connection, bram.id, "https://idp", "s1", BY)
    assert find_by_identity(engine, "https://idp", "s1") == anna
    assert find_by_identity(engine, "https://idp", "anna@x.example") is None
    assert find_by_identity(engine, "https://other", "s1") is None
    assert list_identities(engine, anna.id) == ["https://idp"]


def test_who_leaves_has_no_way_in_and_no_address_left(engine: Engine, anna: Person) -> None:
    save_totp(engine, anna.id, "sealed", 7, ["one"], signed=BY, but="here")
    with writing(engine) as connection:
        save_identity(connection, anna.id, "https://idp", "s1", BY)
    end_person(engine, anna, None, signed=BY)
    assert find_credentials(engine, anna.email) is None
    assert find_credentials_of(engine, anna.id) is None
    assert find_by_identity(engine, "https://idp", "s1") is None
    assert sessions(engine, anna) == set()
    assert list_recovery_codes(engine, anna.id) == []
    assert rows(engine, "SELECT name, email, passphrase, totp FROM person") == [("anna", anna.id, "", "")]
    assert add(engine, "anna").id != anna.id


def test_the_chain_tells_it_all_without_names(engine: Engine, anna: Person) -> None:
    save_passphrase(engine, anna.id, "another", signed=BY)
    save_totp(engine, anna.id, "sealed", 7, ["one"], signed=BY)
    forget_totp(engine, anna.id, signed=BY)
    kinds = [kind for (kind,) in rows(engine, "SELECT kind FROM organisation_event ORDER BY seq")]
    assert kinds == ["person_came", "passphrase", "codes_on", "codes_off"]
    assert "anna" not in str(rows(engine, "SELECT * FROM organisation_event"))
    assert verify_all(engine, KEY).faults == ()
