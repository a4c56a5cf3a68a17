"""What is said in a dossier: answers, and other views beside them. Each save is one transaction with its event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, Engine

from assistant.access import Action
from assistant.answers import Answer, without_meta
from assistant.errors import Conflict
from assistant.store.changes import Change, Saved, Signed, lock_open, save_change
from assistant.store.database import writing
from assistant.store.documents import Raw, answer_fields, find_answer, find_phase, write_json
from assistant.store.endings import lapse
from assistant.store.sealed_rows import write_about
from assistant.store.tables import endings

EDITION: Final = "edition"  # what a conflict names when the questions themselves were replaced


def save_answers(
    engine: Engine,
    id: str,
    changes: Mapping[str, tuple[int, Answer]],
    *,
    actor: str,
    at: datetime,
    audit_key: bytes,
    settled: Iterable[str] = (),
    edition: str = "",
) -> int:
    """Save answers, each with the `rev` that its form showed; the version that the dossier then has.

    Other views stay as they are. What says the same as what is saved is left alone, whatever its `rev`:
    a form sent twice is no conflict. If all of it does, no version is made. `settled`: signals that the answers no
    longer raise, so that how they ended holds no longer either. `edition`: the hash of the one they were read with;
    Conflict of `EDITION` when the dossier has moved to another, in which they may not fit.
    """
    signed = Signed(actor, at, audit_key)
    with writing(engine) as connection:
        row, said = lock_open(connection, id, Action.ANSWER)
        refuse_moved(row, edition)
        changed = _find_changed(said, changes)
        if not changed:
            return int(row["version"])
        also = write_about(row["salt"], (endings, lapse(connection, id, settled, at)))
        return write_answers(connection, row, said, changed, signed, also=also)


def refuse_moved(row: Saved, edition: str) -> None:
    """Conflict of `EDITION` when answers were read with another edition than the dossier now has; "": any will do."""
    if edition and edition != row["edition_hash"]:
        raise Conflict([EDITION])


def write_answers(
    connection: Connection,
    row: Saved,
    said: Raw,
    changed: Mapping[str, Answer],
    signed: Signed,
    kind: str = "answered",
    also: str = "",
) -> int:
    """Put answers in place of what a locked dossier says; the version that it then has.

    `also`: what the event says beside the questions' ids.
    """
    replaced, phase = find_replaced(said, changed), find_phase(said)
    for question, answer in changed.items():
        said["answers"][question] = answer_fields(signed.sign(answer, row["version"] + 1))
    if phase and phase != find_phase(said):
        _keep_phase(said, phase, set(said["answers"]) - set(changed))
    return save_change(connection, row, Change(kind, " ".join([*changed, *also.split()]), said, replaced), signed)


def _find_changed(said: Raw, changes: Mapping[str, tuple[int, Answer]]) -> dict[str, Answer]:
    """Those that say something else than what is saved; refused if a form did not show what is saved."""
    saved = {question: find_answer(said, question) for question in changes}
    changed = {
        question: answer for question, (_, answer) in changes.items() if _content(answer) != _content(saved[question])
    }
    stale = [question for question in changed if changes[question][0] != saved[question].rev]
    if stale:
        raise Conflict(stale)
    return changed


def _content(answer: Answer) -> Answer:
    return replace(without_meta(answer), other_views=(), confirmed_in=answer.confirmed_in)


def _keep_phase(said: Raw, phase: str, questions: Iterable[str]) -> None:
    """The phase moves on: as `answers_after`, without building every answer."""
    for question in questions:
        said["answers"][question].setdefault("confirmed_in", phase)


def find_replaced(said: Raw, questions: Iterable[str]) -> tuple[tuple[int, str, str], ...]:
    """What is said to these questions, as `Change.replaced` wants it."""
    old = {question: said["answers"][question] for question in questions if question in said["answers"]}
    return tuple((answer["rev"], question, write_json(answer)) for question, answer in old.items())


def add_other_view(engine: Engine, id: str, question: str, text: str, *, at: datetime, audit_key: bytes) -> int:
    """Keep how someone else sees a question, beside its answer. Who that is, is asked and kept nowhere."""
    with writing(engine) as connection:
        row, said = lock_open(connection, id, Action.OTHER_VIEW)
        said["other_views"].setdefault(question, []).append(text)
        return save_change(connection, row, Change("other_view", question, said), Signed("", at, audit_key))
