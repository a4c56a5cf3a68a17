"""Opening the installation: database, keys and current edition made ready; importing into it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Engine

from assistant import clock, demo
from assistant.answers_file import edition_named_in, read_answers
from assistant.errors import NotReady
from assistant.settings import Settings
from assistant.store.audit import load_audit_key
from assistant.store.changes import Signed
from assistant.store.database import open_database, reading, require_head, upgrade, writing
from assistant.store.dossiers import Dossier, create_dossier
from assistant.store.editions import find_edition, save_edition
from assistant.store.org_settings import EDITION, read_setting, save_setting
from assistant.trees.edition import Edition, read_edition
from assistant.trees.load import current_edition, current_playbook
from assistant.trees.playbook import Playbook


@dataclass(frozen=True)
class Shell:
    """What every command and view needs at hand; made once, never changed."""

    settings: Settings
    engine: Engine
    edition: Edition  # for new dossiers
    audit_key: bytes = field(repr=False)

    def edition_of(self, hash: str) -> Edition:
        """The edition that a dossier pins. Raises UnknownEdition."""
        return self.edition if hash == self.edition.hash else _stored_edition(self.engine, hash)

    @property
    def playbook(self) -> Playbook:
        """What new workshops are made of; those that are prepared keep what they were made of."""
        return _playbook(self.settings.trees_dir)


@lru_cache(maxsize=4)
def _playbook(folder: Path | None) -> Playbook:
    return current_playbook(folder)


@lru_cache(maxsize=16)  # editions never change, so each is read once a process
def _stored_edition(engine: Engine, hash: str) -> Edition:
    with reading(engine) as connection:
        return read_edition(find_edition(connection, hash))


def open_shell(settings: Settings) -> Shell:
    """Everything ready. SQLite is upgraded by itself, after a copy; PostgreSQL waits for `assistant migrate`."""
    engine = open_database(settings.url)
    if engine.dialect.name == "sqlite":
        upgrade(engine)
    else:
        require_head(engine)
    edition = _current_edition(engine, settings)
    audit_key = load_audit_key(settings.audit_key_path)
    if settings.is_demo:
        demo.add_people(engine, audit_key)
    else:
        demo.refuse_people(engine)
    return Shell(settings, engine, edition, audit_key)


def _current_edition(engine: Engine, settings: Settings) -> Edition:
    """Of an own folder, else what was published here, else the shipped one; kept, as dossiers will pin it."""
    with writing(engine) as connection:
        published = None if settings.trees_dir else read_setting(connection, EDITION)
        if published:
            return read_edition(find_edition(connection, published))
        edition = current_edition(settings.trees_dir)
        save_edition(connection, edition.body)
    return edition


def publish(shell: Shell, edition: Edition | None, *, signed: Signed) -> None:
    """This edition for new dossiers, from the next start on; None: the shipped one again. Old dossiers keep theirs.

    In the database and not in a folder, so that every machine that serves it has the same one.
    """
    if shell.settings.trees_dir:
        raise NotReady("ASSISTANT_TREES_DIR says which trees there are: without it, they can be published")
    if edition:
        with writing(shell.engine) as connection:
            save_edition(connection, edition.body)
    save_setting(shell.engine, EDITION, edition.hash if edition else None, signed=signed)


def import_answers(shell: Shell, raw: bytes, file: str, owner: str = "") -> Dossier:
    """A new draft of the answers in a file, for `owner`, in a demo its team member.

    Raises InvalidAnswers or UnknownEdition; then nothing is kept.
    """
    owner = owner or demo.PEOPLE[demo.TEAM].id
    named = edition_named_in(raw, file)
    edition = shell.edition_of(named) if named else shell.edition
    read = read_answers(raw, file, edition)
    return create_dossier(
        shell.engine,
        title=read.title,
        organisation=read.organisation,
        language=read.language,
        edition_hash=edition.hash,
        answers=read.answers,
        trees=read.trees,
        actor=owner,
        owner=owner,
        at=clock.now(),
        audit_key=shell.audit_key,
    )
