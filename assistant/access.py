"""Who may do what: one table. Pure; the store gives rows only through it, and the pages ask nobody else.

A person has *roles* in the organisation and a *relation* to a dossier; a dossier has a *state*. Functional
admins have no relation to any dossier by being admin: they manage people and see no content.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What someone is in the organisation; who has none is a team member."""

    PO = "po"  # privacy officer
    FG = "fg"  # data protection officer (functionaris gegevensbescherming)
    FACILITATOR = "facilitator"
    ADMIN = "admin"  # functional admin
    METHOD_OWNER = "method_owner"
    GUEST = "guest"  # there for the dossiers of others alone


class Relation(StrEnum):
    """What someone is to a dossier."""

    OWNER = "owner"
    EDITOR = "editor"
    VIEWER = "viewer"
    GUEST = "guest"
    ADVISER = "adviser"  # advises on one theme, asked by an officer
    OFFICER = "officer"  # by role, never by invitation
    NONE = "none"


class State(StrEnum):
    """Where a dossier is."""

    NEW = "new"
    TEAM = "team"
    OFFICER = "officer"
    ADVISED = "advised"
    RUNNING = "running"
    CLOSED = "closed"


class Action(StrEnum):
    """What can be done with a dossier."""

    READ = "read"
    ANSWER = "answer"
    OTHER_VIEW = "other_view"
    REMARK = "remark"
    SEND = "send"  # one question to who knows
    ASK_EARLY = "ask_early"
    PLAN = "plan"  # actions: owner, date, done
    END_SIGNAL = "end_signal"  # accepted or contested by the owner
    INVITE = "invite"
    HAND_IN = "hand_in"
    WITHDRAW = "withdraw"
    CLOSE = "close"
    REOPEN = "reopen"
    DOWNLOAD = "download"
    CHANGE_EDITION = "change_edition"  # ask the questions of another edition
    COPY = "copy"  # begin another dossier with its answers
    TRAIL = "trail"
    REVIEW = "review"  # read what was handed in
    TAKE = "take"
    JUDGE = "judge"  # agree, raise, lower, ask back, close; remarks
    RETURN = "return"
    ADVISE = "advise"
    PART_ADVISE = "part_advise"
    FOLLOW = "follow"  # conditions: done or not
    DECIDED = "decided"  # read what was decided
    DECIDE = "decide"  # write it down
    SHARE = "share"  # prepare an example for others
    APPROVE = "approve"  # let it go to others
    HOLD = "hold"  # keep it from being destroyed
    REDACT = "redact"  # take a text out of a frozen version
    ARCHIVE = "archive"  # take all of it out for the archive


class Task(StrEnum):
    """What can be done beside any dossier."""

    WORK = "work"  # own dossiers: start one, see them
    DESK = "desk"  # the officers' queue, phrases, standing advice
    PEOPLE = "people"  # invite, end, roles, settings
    EDITIONS = "editions"
    WORKSHOPS = "workshops"
    SYSTEMS = "systems"  # which other systems may fetch what was handed in: agree, end
    RETENTION = "retention"  # which dossiers are destroyed: number, dates and ground, never their content


_ALL: Final = frozenset(State)
_OPEN: Final = frozenset({State.NEW, State.TEAM, State.ADVISED, State.RUNNING})
_DRAFT: Final = frozenset({State.NEW, State.TEAM})
_LIVE: Final = _ALL - {State.CLOSED}
_DESK: Final = _ALL - {State.NEW}
_HERE: Final = frozenset({State.OFFICER})
_AFTER: Final = frozenset({State.ADVISED, State.RUNNING})
_TEAM: Final = (Relation.OWNER, Relation.EDITOR, Relation.VIEWER, Relation.GUEST)
_WRITERS: Final = (Relation.OWNER, Relation.EDITOR, Relation.GUEST)
_MAKERS: Final = (Relation.OWNER, Relation.EDITOR)
_OWNER: Final = (Relation.OWNER,)
_OFFICER: Final = (Relation.OFFICER,)

TABLE: Final[Mapping[Action, tuple[tuple[Relation, ...], frozenset[State]]]] = {
    Action.READ: (_TEAM, _ALL),
    Action.ANSWER: (_WRITERS, _OPEN),
    Action.OTHER_VIEW: (_TEAM, _OPEN),
    Action.REMARK: (_TEAM, _LIVE),
    Action.SEND: (_MAKERS, _OPEN),
    Action.ASK_EARLY: (_MAKERS, _DRAFT),
    Action.PLAN: (_MAKERS, _LIVE),
    Action.END_SIGNAL: (_OWNER, _OPEN),
    Action.INVITE: (_OWNER, _LIVE),
    Action.HAND_IN: (_OWNER, _OPEN),
    Action.WITHDRAW: (_OWNER, _HERE),
    Action.CLOSE: (_OWNER, _OPEN),
    Action.REOPEN: (_OWNER, frozenset({State.CLOSED})),
    Action.DOWNLOAD: ((Relation.OWNER, Relation.EDITOR, Relation.VIEWER), _ALL),
    Action.CHANGE_EDITION: (_MAKERS, _OPEN),
    Action.COPY: (_MAKERS, _ALL),
    Action.TRAIL: (_OWNER, _ALL),
    Action.REVIEW: ((Relation.OFFICER, Relation.ADVISER), _DESK),
    Action.TAKE: (_OFFICER, _HERE),
    Action.JUDGE: (_OFFICER, _HERE),
    Action.RETURN: (_OFFICER, _HERE),
    Action.ADVISE: (_OFFICER, _HERE | _AFTER),
    Action.PART_ADVISE: ((Relation.ADVISER,), _HERE),
    Action.DECIDED: ((Relation.OWNER, Relation.EDITOR, Relation.VIEWER, Relation.OFFICER), _DESK),
    Action.SHARE: (_OWNER, _DESK),
    Action.APPROVE: (_OFFICER, _DESK),
    Action.HOLD: (_OFFICER, _DESK),
    Action.REDACT: (_OFFICER, _DESK),
    Action.ARCHIVE: (_OFFICER, frozenset({State.CLOSED})),
    Action.DECIDE: ((Relation.OWNER, Relation.OFFICER), _AFTER),
    Action.FOLLOW: ((*_MAKERS, Relation.OFFICER), _LIVE - {State.NEW}),
}

OFFICERS: Final = frozenset({Role.PO, Role.FG})
TASKS: Final[Mapping[Task, frozenset[Role]]] = {
    Task.DESK: OFFICERS,
    Task.PEOPLE: frozenset({Role.ADMIN}),
    Task.EDITIONS: frozenset({Role.METHOD_OWNER}),
    Task.WORKSHOPS: frozenset({Role.FACILITATOR}),
    Task.RETENTION: OFFICERS | {Role.ADMIN},
    Task.SYSTEMS: OFFICERS | {Role.ADMIN},
}


def may(relations: Collection[Relation], state: State) -> frozenset[Action]:
    """What someone with these relations to a dossier may do while it is in this state.

    The owner of a dossier never advises on it, and never takes anything out of a version: whoever wrote it does not
    judge it, nor hides what was said.
    """
    allowed = {action for action, (who, when) in TABLE.items() if state in when and not {*who}.isdisjoint(relations)}
    if Relation.OWNER in relations:
        allowed -= {Action.ADVISE, Action.JUDGE, Action.RETURN, Action.TAKE, Action.APPROVE, Action.REDACT}
    return frozenset(allowed)


def may_do(roles: Iterable[Role]) -> frozenset[Task]:
    """What someone with these roles may do beside any dossier; everyone but a guest has own work."""
    held = frozenset(roles)
    tasks = {task for task, needed in TASKS.items() if needed & held}
    return frozenset(tasks if Role.GUEST in held else tasks | {Task.WORK})


def relations_of(roles: Iterable[Role], membership: str, until: str, today: str) -> frozenset[Relation]:
    """The relations that roles and a membership give; a guest's ends after its last day. Days in ISO."""
    found = {Relation.OFFICER} if OFFICERS & frozenset(roles) else set()
    if membership and (not until or today <= until):
        found.add(Relation(membership))
    return frozenset(found or {Relation.NONE})
