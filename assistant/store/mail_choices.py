"""Who wants the weekly mail, on which day, in which language. Who never chose gets it, unless they are a guest.

A reminder that one first has to ask for reminds nobody. Guests are people from outside, there for a while. Who came
by single sign-on without an invitation typed an address that nobody ever wrote to: for them it is off until they ask.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, Engine, bindparam, delete, select, text

from assistant.access import Role
from assistant.store.database import reading, writing
from assistant.store.people import COLUMNS, Person, build_person
from assistant.store.tables import ORGANISATION, mail_choices, mails, people
from assistant.trees.model import Language

MONDAY: Final = 0
WORKDAYS: Final = 5
_FACTS: Final = (mail_choices.c.wants, mail_choices.c.weekday, mail_choices.c.language)
_EVERY: Final = (
    select(*COLUMNS, *_FACTS)
    .join_from(people, mail_choices, people.c.id == mail_choices.c.person_id, isouter=True)
    .where(people.c.organisation_id == ORGANISATION, people.c.ended_at == "")
)
_ONE: Final = _EVERY.where(people.c.id == bindparam("person"))
_SAVE: Final = text(  # the same words in both databases
    "INSERT INTO mail_choice (person_id, wants, weekday, language) VALUES (:person, :wants, :weekday, :language) "
    "ON CONFLICT (person_id) DO UPDATE "
    "SET wants = excluded.wants, weekday = excluded.weekday, language = excluded.language"
)
_FORGET: Final = delete(mail_choices).where(mail_choices.c.person_id == bindparam("person"))
_FORGET_MAILS: Final = delete(mails).where(mails.c.person_id == bindparam("person"))


@dataclass(frozen=True, slots=True)
class MailChoice:
    """Whether someone wants a mail, and on which day of the week (0 is Monday)."""

    wants: bool
    weekday: int
    language: Language


def list_choices(engine: Engine, default: Language) -> list[tuple[Person, MailChoice]]:
    """Everyone with an account, and what they chose; `default`: the language of who never did."""
    with reading(engine) as connection:
        return [_build(tuple(row), default) for row in connection.execute(_EVERY)]


def find_choice(engine: Engine, person: str, default: Language) -> tuple[Person, MailChoice] | None:
    """The same of one person; None when they have no account any more."""
    with reading(engine) as connection:
        row = connection.execute(_ONE, {"person": person}).one_or_none()
    return _build(tuple(row), default) if row else None


def save_choice(engine: Engine, person: str, choice: MailChoice) -> None:
    """What someone chose."""
    with writing(engine) as connection:
        write_choice(connection, person, choice)


def write_choice(connection: Connection, person: str, choice: MailChoice) -> None:
    """As `save_choice`, in a transaction of yours."""
    given = {"wants": int(choice.wants), "weekday": choice.weekday, "language": choice.language}
    connection.execute(_SAVE, {"person": person, **given})


def forget_mail(connection: Connection, person: str) -> None:
    """What someone who leaves chose, and every mail that was or would have been theirs."""
    connection.execute(_FORGET, {"person": person})
    connection.execute(_FORGET_MAILS, {"person": person})


def _build(row: tuple[str | int | None, ...], default: Language) -> tuple[Person, MailChoice]:
    *facts, wants, weekday, language = row
    person = build_person(*map(str, facts))
    if wants is None:
        return person, MailChoice(Role.GUEST not in person.roles, MONDAY, default)
    return person, MailChoice(bool(wants), int(str(weekday)), "en" if language == "en" else "nl")
