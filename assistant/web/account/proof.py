"""Whether it is really them: every try is counted first, and takes as long for somebody who does not exist."""

from __future__ import annotations

from typing import Final

from flask import request

from assistant import clock
from assistant.accounts.codes import check_code, find_recovery_code
from assistant.accounts.passwords import check_passphrase, hash_passphrase, needs_rehash
from assistant.accounts.sealed import open_sealed
from assistant.store.credentials import (
    Credentials,
    find_credentials,
    find_credentials_of,
    list_recovery_codes,
    save_rehash,
    use_recovery_code,
    use_step,
)
from assistant.store.people import Person, write_email
from assistant.store.throttle import begin_code, begin_sign_in, take_back
from assistant.web.shell import seal_keys, the_shell

DIGITS: Final = 6


def try_passphrase(email: str, passphrase: str) -> Credentials | None:
    """Whose they are, if they belong together. Raises TooManyTries."""
    shell, address, at = the_shell(), request.remote_addr or "", clock.now()
    tried = begin_sign_in(shell.engine, shell.audit_key, write_email(email), address, at)
    found = find_credentials(shell.engine, email)
    if not check_passphrase(found.passphrase if found else None, passphrase) or found is None:
        return None
    take_back(shell.engine, tried, at)
    if needs_rehash(found.passphrase):
        save_rehash(shell.engine, found.person.id, found.passphrase, hash_passphrase(passphrase))
    return found


def try_own_passphrase(person: Person, passphrase: str) -> bool:
    """Whether it is the passphrase of who is signed in. Raises TooManyTries."""
    shell, at = the_shell(), clock.now()
    tried = begin_code(shell.engine, shell.audit_key, person.id, at)
    found = find_credentials_of(shell.engine, person.id)
    if not check_passphrase(found.passphrase if found else None, passphrase):
        return False
    take_back(shell.engine, tried, at)
    return True


def try_code(found: Credentials, typed: str) -> bool:
    """Whether it is a code of their telephone or a recovery code, not used before. Raises TooManyTries."""
    shell, at = the_shell(), clock.now()
    tried = begin_code(shell.engine, shell.audit_key, found.person.id, at)
    if not (_is_of_telephone(found, typed) or _is_recovery_code(found.person.id, typed)):
        return False
    take_back(shell.engine, tried, at)
    return True


def totp_place(person: str) -> str:
    """Where the sealed secret of someone's telephone stands: it opens nowhere else."""
    return f"person/{person}/totp"


def _is_of_telephone(found: Credentials, typed: str) -> bool:
    if len("".join(typed.split())) != DIGITS:
        return False
    secret = open_sealed(seal_keys(), found.totp, totp_place(found.person.id))
    step = check_code(secret, typed, found.totp_step, clock.now())
    return step is not None and use_step(the_shell().engine, found.person.id, step)


def _is_recovery_code(person: str, typed: str) -> bool:
    engine = the_shell().engine
    hash = find_recovery_code(typed, person, list_recovery_codes(engine, person))
    return hash is not None and use_recovery_code(engine, person, hash)
