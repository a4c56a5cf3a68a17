"""The table of who may do what: as a table to read, and the rules that no change of it may break."""

from __future__ import annotations

from itertools import chain, combinations

import pytest

from assistant.access import OFFICERS, TABLE, TASKS, Action, Relation, Role, State, Task, may, may_do, relations_of

WRITES = frozenset(Action) - {Action.READ, Action.REVIEW, Action.DOWNLOAD, Action.TRAIL, Action.DECIDED}
PAIRS = [(relation, state) for relation in Relation for state in State]


def test_every_action_has_a_line() -> None:
    assert set(TABLE) == set(Action)
    assert set(TASKS) | {Task.WORK} == set(Task)


@pytest.mark.parametrize(("relation", "state"), PAIRS)
def test_who_is_nobody_here_may_do_nothing(relation: Relation, state: State) -> None:
    allowed = may({relation}, state)
    if relation is Relation.NONE:
        assert not allowed
    if relation in (Relation.OFFICER, Relation.ADVISER):
        assert not allowed & {Action.READ, Action.ANSWER, Action.DOWNLOAD, Action.INVITE}
        assert bool(allowed) is (state is not State.NEW)
    if relation in (Relation.OWNER, Relation.EDITOR, Relation.VIEWER, Relation.GUEST):
        assert Action.READ in allowed
        assert not allowed & {Action.REVIEW, Action.JUDGE, Action.RETURN, Action.TAKE, Action.ADVISE}


def test_answers_are_locked_from_hand_in_until_returned_or_advised() -> None:
    for relation in Relation:
        for state in (State.OFFICER, State.CLOSED):
            assert not may({relation}, state) & {Action.ANSWER, Action.OTHER_VIEW, Action.HAND_IN, Action.END_SIGNAL}
    for state in (State.NEW, State.TEAM, State.ADVISED, State.RUNNING):
        assert Action.ANSWER in may({Relation.OWNER}, state)
    assert [state for state in State if Action.WITHDRAW in may({Relation.OWNER}, state)] == [State.OFFICER]


@pytest.mark.parametrize("state", State)
def test_a_viewer_changes_no_answer_and_a_guest_invites_nobody(state: State) -> None:
    assert may({Relation.VIEWER}, state) & WRITES <= {Action.OTHER_VIEW, Action.REMARK}
    assert not may({Relation.GUEST}, state) & {Action.INVITE, Action.HAND_IN, Action.DOWNLOAD, Action.TRAIL}


@pytest.mark.parametrize("state", State)
def test_who_wrote_it_does_not_judge_it(state: State) -> None:
    both = may({Relation.OWNER, Relation.OFFICER}, state)
    assert not both & {Action.ADVISE, Action.JUDGE, Action.RETURN, Action.TAKE}
    assert Action.READ in both
    helper = may({Relation.VIEWER, Relation.OFFICER}, State.OFFICER)
    assert Action.ADVISE in helper  # who thought along may advise, and it shows


@pytest.mark.parametrize(("relation", "state"), PAIRS)
def test_one_more_relation_takes_nothing_away(relation: Relation, state: State) -> None:
    for other in set(Relation) - {Relation.OWNER}:
        if relation is not Relation.OWNER:
            assert may({relation}, state) <= may({relation, other}, state)


def test_roles_and_tasks() -> None:
    every = chain.from_iterable(combinations(Role, size) for size in range(len(Role) + 1))
    for roles in every:
        tasks = may_do(roles)
        assert (Task.DESK in tasks) is bool(OFFICERS & set(roles))
        assert (Task.PEOPLE in tasks) is (Role.ADMIN in roles)
        assert (Task.EDITIONS in tasks) is (Role.METHOD_OWNER in roles)
        assert (Task.WORKSHOPS in tasks) is (Role.FACILITATOR in roles)
        assert (Task.WORK in tasks) is (Role.GUEST not in roles)


@pytest.mark.parametrize(
    ("roles", "membership", "until", "found"),
    [
        ([], "", "", {Relation.NONE}),
        ([Role.ADMIN, Role.METHOD_OWNER, Role.FACILITATOR], "", "", {Relation.NONE}),
        ([Role.ADMIN], "editor", "", {Relation.EDITOR}),
        ([Role.PO], "", "", {Relation.OFFICER}),
        ([Role.FG], "viewer", "", {Relation.OFFICER, Relation.VIEWER}),
        ([Role.GUEST], "guest", "2026-11-25", {Relation.GUEST}),
        ([Role.GUEST], "guest", "2026-11-24", {Relation.NONE}),
    ],
)
def test_relations(roles: list[Role], membership: str, until: str, found: set[Relation]) -> None:
    assert relations_of(roles, membership, until, "2026-11-25") == found
