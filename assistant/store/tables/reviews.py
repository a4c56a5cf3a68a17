"""What is said about answers, and what the officer does with a version."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, Text, UniqueConstraint
from sqlmodel import Field

from assistant.store.tables.base import Row, key, typed, word

BY_SIGN: Any = Text().with_variant(Text(collation="C"), "postgresql")  # else what begins so is not found in the index


def _in_dossier(*others: str) -> tuple[ForeignKeyConstraint, ...]:
    columns = [("dossier_id", "dossier"), *((f"{other}_id", other) for other in others)]
    return tuple(ForeignKeyConstraint([column], [f"{table}.id"]) for column, table in columns)


class RemarkRow(Row, table=True):
    """At an answer, or at the whole where `question` is empty. `answers` is the remark it replies to.

    `kind`: remark, question (the officer asks back) or early (the team asks from a draft).
    `shared`: the officer sees it too. `rev` counts its changes.
    """

    __tablename__ = "remark"
    __table_args__ = (*_in_dossier(), Index(None, "dossier_id", "question"))
    id: str = key()
    dossier_id: str = word()
    question: str = word()
    kind: str = word()
    answers: str = word()
    text: str = typed()
    shared: int
    assigned: str = typed()
    made_by: str = word()
    made_at: str = word()
    settled_by: str = word()
    settled_at: str = word()
    rev: int


class ActionRow(Row, table=True):
    """What to do about a signal or an answer: the function that does it, a day, and how it ended."""

    __tablename__ = "action"
    __table_args__ = (*_in_dossier(), Index(None, "dossier_id"))
    id: str = key()
    dossier_id: str = word()
    about: str = word()
    text: str = typed()
    owner: str = typed()
    due: str = word()
    made_by: str = word()
    made_at: str = word()
    done_at: str = word()
    done_by: str = word()
    done_note: str = typed()
    rev: int


class VersionRow(Row, table=True):
    """A dossier frozen at hand-in: the bytes of its JSON, and their SHA-256."""

    __tablename__ = "version"
    __table_args__ = (*_in_dossier(), UniqueConstraint("dossier_id", "number"))
    id: str = key()
    dossier_id: str = word()
    number: int
    body: str = typed()
    hash: str = word()
    note: str = typed()
    wanted_start: str = word()
    decider: str = typed()
    made_by: str = word()
    made_at: str = word()
    ended_as: str = word()  # "", withdrawn, returned or advised
    ended_at: str = word()


class RedactionRow(Row, table=True):
    """Texts taken out of a version: its old bytes are gone, their hash and the reason stay. `texts`: how many."""

    __tablename__ = "redaction"
    __table_args__ = (*_in_dossier("version", "person"), Index(None, "dossier_id"))
    id: str = key()
    dossier_id: str = word()
    version_id: str = word()
    old_hash: str = word()
    new_hash: str = word()
    kind: str = word()
    reason: str = typed()
    texts: int
    person_id: str = word()
    at: str = word()


class SummaryRow(Row, table=True):
    """What the queue shows of a dossier that was handed in; made again by `assistant reindex`."""

    __tablename__ = "summary"
    __table_args__ = (
        *_in_dossier(),
        Index("ix_summary_queue", "organisation_id", "state", "wanted_start", "dossier_id"),
        *(
            Index(f"ix_summary_{name}", "organisation_id", "state", name, "wanted_start", "dossier_id")
            for name in ("domain", "outcome", "taken_by")
        ),
    )
    dossier_id: str = key()
    organisation_id: int
    state: str = word()
    number: str = word()
    title: str = typed()
    phase: str = word()
    domain: str = word()
    outcome: str = word()
    stops: int
    highs: int
    open_points: int
    wanted_start: str = word()  # 9999-12-31 where none was given, so that it sorts last
    waiting_since: str = word()
    taken_by: str = word()
    is_light: int


class SummaryWordRow(Row, table=True):
    """A word of a title, or a number, folded. The key leads to the lines of a state, in the queue's order."""

    __tablename__ = "summary_word"
    __table_args__ = (*_in_dossier(), Index(None, "dossier_id", "word"))
    word: str = Field(primary_key=True, sa_type=BY_SIGN)
    state: str = key()
    wanted_start: str = key()
    dossier_id: str = key()


class StanceRow(Row, table=True):
    """What an officer thinks of a signal, beside what the answers raised. `kind`: agree, raise, lower, ask, close."""

    __tablename__ = "stance"
    __table_args__ = _in_dossier("version", "person")
    version_id: str = key()
    signal: str = key()
    person_id: str = key()
    dossier_id: str = word()
    kind: str = word()
    level: str = word()
    reason: str = typed()
    at: str = word()


class EndingRow(Row, table=True):
    """How a signal ended: solved, accepted or contested. It lapses when the signal goes, or comes back heavier."""

    __tablename__ = "ending"
    __table_args__ = (*_in_dossier("person"), Index(None, "dossier_id", "signal"))
    id: str = key()
    dossier_id: str = word()
    signal: str = word()
    how: str = word()
    certain: int
    reason: str = typed()
    person_id: str = word()
    at: str = word()
    lapsed_at: str = word()


class AdviceRow(Row, table=True):
    """An advice on one frozen version, by its hash. `kind`: po, fg or part; `theme`: of a part-advice.

    `state`: proposed until the second reader agrees, where one is asked; then given, and never changed.
    """

    __tablename__ = "advice"
    __table_args__ = (*_in_dossier("version", "person"), Index(None, "dossier_id"))
    id: str = key()
    dossier_id: str = word()
    version_id: str = word()
    version_hash: str = word()
    kind: str = word()
    theme: str = word()
    outcome: str = word()
    motivation: str = typed()
    person_id: str = word()
    function: str = typed()
    thought_along: int
    standing_id: str = word()
    again_on: str = word()  # look again on this day
    state: str = word()
    read_by: str = word()
    at: str = word()


class ConditionRow(Row, table=True):
    """What an advice asks. Done with a sentence and a document or case number."""

    __tablename__ = "condition"
    __table_args__ = (*_in_dossier("advice"), Index(None, "dossier_id"), Index(None, "due"))
    id: str = key()
    advice_id: str = word()
    dossier_id: str = word()
    text: str = typed()
    owner: str = typed()
    due: str = word()
    done_at: str = word()
    done_by: str = word()
    done_note: str = typed()
    done_reference: str = typed()


class StandingAdviceRow(Row, table=True):
    """An advice for a kind of project. `picks`: JSON of what its answers and facts have to be."""

    __tablename__ = "standing_advice"
    __table_args__ = (ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),)
    id: str = key()
    organisation_id: int
    title: str = typed()
    motivation: str = typed()
    conditions: str = typed()
    picks: str = word()
    until: str = word()
    used: int  # how often it was given: each tenth comes by for a check
    made_by: str = word()
    made_at: str = word()
    ended_at: str = word()


class PhraseRow(Row, table=True):
    """A sentence that officers use often."""

    __tablename__ = "phrase"
    __table_args__ = (ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),)
    id: str = key()
    organisation_id: int
    text: str = typed()
    made_by: str = word()
    made_at: str = word()
