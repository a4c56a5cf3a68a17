"""Every route, asked by everyone, for a dossier in every state: who gets in. The doors alone; no view runs.

What is expected comes from docs/access.md, which a person reads before it is committed: not from the program. So a
line of the gates or of the table that gets weaker is noticed, and so is a check that is taken out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias, cast

import pytest
from flask import Flask, Response, url_for
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from assistant import access
from assistant.access import TABLE, TASKS, Action, Relation, Role, State, Task
from assistant.opening import Shell, open_shell
from assistant.settings import Settings
from assistant.store import dossiers, members, people
from assistant.store.access_tokens import Scope
from assistant.web import create_app, gates

from .cast import ACTORS, GONE, SYSTEMS, Actor, Cast, System, at_browser, gather
from .hall import prepare

DOC = Path(__file__).parents[2] / "docs" / "access.md"
IN, SIGN_IN, REFUSED, NOT_THERE = "in", "sign in", "refused", "not there"
ANSWERS = {299: IN, 302: SIGN_IN, 401: SIGN_IN, 403: REFUSED, 404: NOT_THERE}
NEVER = ("advise", "judge", "return", "take", "approve", "redact")  # by the owner
SAMPLES = {
    "question": "way", "tree": "kinds", "theme": "every_kind", "format": "json", "path": "x", "filename": "app.css",
    "name": "theme.css", "language": "nl", "number": 1, "token": "x" * 43, "signal": "lost", "hash": "0" * 64,
    "draft": "dpia",
}  # fmt: skip
Stage: TypeAlias = tuple[Flask, Shell, Cast]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The application with every door, and nothing behind them."""
    folder = tmp_path_factory.mktemp("matrix") / "data"
    shell = open_shell(Settings(data_dir=folder, trees_dir=Path(__file__).with_name("trees")))
    app = create_app(shell)
    app.config["WTF_CSRF_ENABLED"] = False  # tokens are another test's; here it is who may, not how

    @app.before_request
    def let_in() -> Response:
        return Response("in", 299)

    them = gather(shell)
    SAMPLES["workshop"] = prepare(shell, owner=them.people["facilitator"])  # whose is asked in test_workshop_doors
    yield app, shell, them
    shell.engine.dispose()


def doors(app: Flask) -> Iterator[tuple[Rule, str]]:
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.endpoint):
        for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"}):
            yield rule, method


def short(rule: Rule) -> str:
    return rule.rule.replace("/<any(nl, en):language>", "") or "/"


def ask(app: Flask, browser: FlaskClient, rule: Rule, method: str, dossier: str) -> str:
    """What the door says."""
    values = {name: dossier if name == "id" else SAMPLES.get(name, GONE) for name in rule.arguments}
    with app.test_request_context():
        path = url_for(rule.endpoint, **values)
    status = browser.open(path, method=method).status_code
    return ANSWERS.get(status, str(status))


@dataclass(frozen=True)
class Written:
    """What docs/access.md says: action -> who and when, task -> roles, (path, method) -> what it takes."""

    table: dict[str, tuple[set[str], set[str]]]
    tasks: dict[str, set[str]]
    doors: dict[tuple[str, str], str]

    def expect(self, actor: Actor | None, action: str, state: State | None, *, own: bool) -> str:
        """What this person is told at a dossier; no state: there is no such dossier."""
        if actor is None:
            return SIGN_IN
        if state is None:
            return NOT_THERE
        relations = {"officer"} if {*actor.roles} & {Role.PO, Role.FG} else set()
        if own and actor.relation and actor.until != "2020-01-01":
            relations.add(actor.relation.value)
        allowed = {name for name, (who, when) in self.table.items() if who & relations and state in when}
        if "owner" in relations:
            allowed.difference_update(NEVER)
        if action in allowed:
            return IN
        return REFUSED if allowed & {"read", "review"} else NOT_THERE

    def expect_beside(self, actor: Actor | None, needed: str) -> str:
        """What this person is told at a door that leads to no dossier."""
        if needed in ("anyone", "link"):
            return IN
        if needed.startswith("token: "):
            return SIGN_IN  # whoever is signed in at a browser, it opens nothing for other systems
        if actor is None:
            return SIGN_IN
        who = self.tasks.get(needed.removeprefix("task: "), set())
        everyone = "everyone but a guest" in who and Role.GUEST not in actor.roles
        return IN if needed == "signed in" or everyone or {*actor.roles} & who else NOT_THERE

    def expect_system(self, system: System, needed: str) -> str:
        """What a system is told that sends this token along: it opens no page."""
        if needed in ("anyone", "link"):
            return IN
        if not needed.startswith("token: ") or not system.works:
            return SIGN_IN
        return IN if needed in ("token: register", f"token: {system.scope}") else NOT_THERE


def read_document() -> Written:
    """docs/access.md as a person reads it."""
    parts = DOC.read_text(encoding="utf-8").split("\n## ")
    found = {part.partition("\n")[0]: _cells(part) for part in parts[1:]}
    states = {state.value for state in State}
    return Written(
        {
            action: ({*who.split(", ")}, states if when == "any" else {*when.split(", ")})
            for action, who, when in found["With a dossier"]
        },
        {task: {*who.split(", ")} for task, who in found["Beside any dossier"]},
        {
            (path.strip("`"), method): needed
            for path, look, send in found["Doors"]
            for method, needed in (("GET", look), ("POST", send))
            if needed
        },
    )


def _cells(part: str) -> list[list[str]]:
    rows = [line for line in part.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[1:]]


def ask_everyone(stage: Stage, actors: Iterable[Actor | None] = (*ACTORS, None), endpoint: str = "") -> Iterator[str]:
    """What each is told that the docs do not say, nothing if they do. `endpoint`: at this door alone."""
    app, shell, them = stage
    written = read_document()
    places = [(id, state, True) for state, id in them.dossiers.items()]
    places += [(id, state, False) for state, id in them.foreign.items()]
    at_dossiers: list[tuple[str, State | None, bool]] = [*places, (GONE, None, False)]
    for actor in actors:
        with at_browser(app, shell, them.people[actor.name] if actor else "") as browser:
            for rule, method in doors(app):
                if endpoint and rule.endpoint != endpoint:
                    continue
                needed, leads = written.doors[short(rule), method], "id" in rule.arguments
                for id, state, own in at_dossiers if leads else [("", None, False)]:
                    found = ask(app, browser, rule, method, id)
                    if leads:
                        due = written.expect(actor, needed, state, own=own)
                    else:
                        due = written.expect_beside(actor, needed)
                    name = actor.name if actor else "nobody"
                    yield "" if found == due else f"{name}: {method} {rule.rule}: {found}, not {due}"


def ask_systems(stage: Stage, endpoint: str = "") -> Iterator[str]:
    """What each token is told that the docs do not say, nothing if they do."""
    app, _, them = stage
    written = read_document()
    for system in SYSTEMS:
        browser = app.test_client()
        browser.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {them.tokens[system.name]}"
        for rule, method in doors(app):
            if endpoint and rule.endpoint != endpoint:
                continue
            due = written.expect_system(system, written.doors[short(rule), method])
            found = ask(app, browser, rule, method, them.dossiers[State.ADVISED])
            yield "" if found == due else f"{system.name}: {method} {rule.rule}: {found}, not {due}"


def access_document(app: Flask) -> str:
    """docs/access.md: the table and the doors."""
    lines = ["# Who may do what", "", "Made by the tests from `assistant/access.py` and `assistant/web/gates.py`.", ""]
    lines += ["## With a dossier", "", "| action | who | while it is |", "|---|---|---|"]
    for action, (who, when) in TABLE.items():
        states = "any" if when == frozenset(State) else ", ".join(state for state in State if state in when)
        lines.append(f"| {action} | {', '.join(who)} | {states} |")
    lines += [
        "",
        "An officer who owns a dossier does not take, judge, return, redact or advise on it, or approve its example.",
    ]
    lines += [
        "Who has no relation to a dossier is told that there is none; who may read it but not do this now is told so.",
        "",
    ]
    lines += ["## Beside any dossier", "", "| task | who |", "|---|---|"]
    for task in Task:
        lines.append(f"| {task} | {', '.join(sorted(TASKS[task])) if task in TASKS else 'everyone but a guest'} |")
    lines += ["", "## Doors", "", "| route | to look | to send |", "|---|---|---|"]
    rules = {rule.endpoint: rule for rule, _ in doors(app)}
    for endpoint, gate in gates.GATES.items():
        methods = rules[endpoint].methods or set()
        look, send = _in_words(gate)
        cells = f"{look if 'GET' in methods else ''} | {send if 'POST' in methods else ''}"
        lines.append(f"| `{short(rules[endpoint])}` | {cells} |")
    return "\n".join(lines) + "\n"


def _in_words(gate: gates.Gate) -> tuple[str, str]:
    if isinstance(gate, gates.Dossier):
        return gate.look.value, (gate.send or gate.look).value
    kind = "task: " if isinstance(gate, Task) else "token: " if isinstance(gate, Scope) else ""
    name = f"{kind}{gate.value}"
    return name, name


def test_the_access_table_in_the_docs_is_the_programs(stage: Stage, update_examples: bool) -> None:
    text = access_document(stage[0])
    if update_examples:
        DOC.write_text(text, encoding="utf-8")
    assert DOC.read_text(encoding="utf-8") == text


def test_every_door_for_everyone(stage: Stage) -> None:
    answers = list(ask_everyone(stage))
    assert not [*filter(None, answers)]
    assert len(answers) >= 3_500


def test_every_door_for_every_token(stage: Stage) -> None:
    answers = list(ask_systems(stage))
    assert not [*filter(None, answers)]
    assert len(answers) >= 500


def test_every_route_into_a_dossier_has_a_line_that_says_so(stage: Stage) -> None:
    for rule, _ in doors(stage[0]):
        assert isinstance(gates.GATES[rule.endpoint], gates.Dossier) == ("id" in rule.arguments), rule.rule
    assert {rule.endpoint for rule, _ in doors(stage[0])} == set(gates.GATES)


def test_a_route_without_a_line_stops_the_application() -> None:
    app = Flask("without")
    app.add_url_rule("/secret", "secret.page", lambda: "")
    with pytest.raises(Exception, match=r"secret\.page"):
        gates.set_up(app, {"static": gates.ANYONE})


def test_a_strangers_dossier_answers_like_one_that_is_not_there(stage: Stage) -> None:
    app, shell, them = stage
    seen: Counter[str] = Counter()
    for name in ("member of another team", "functional admin", "guest whose time is over"):
        with at_browser(app, shell, them.people[name]) as browser:
            bodies = set()
            for id in (*them.foreign.values(), GONE):
                body = browser.get(f"/nl/dossiers/{id}/check").get_data(as_text=True).replace(id, "")
                bodies.add(re.sub(r'[0-9a-f]{16}|value="[^"]{60,}"', "", body))
            seen[name] = len(bodies)
    assert set(seen.values()) == {1}


def _weaker(gate: gates.Gate) -> Iterator[gates.Gate]:
    """What is left when a check is taken away."""
    if isinstance(gate, gates.Dossier):
        yield replace(gate, look=Action.READ, send=Action.READ)
        yield replace(gate, look=Action.REVIEW, send=Action.REVIEW)
        yield gates.SIGNED_IN
    elif isinstance(gate, Scope):
        yield Scope.REGISTER
        yield gates.SIGNED_IN
    elif isinstance(gate, Task):
        yield gates.SIGNED_IN
    yield gates.ANYONE


SOME = ("member of another team", "owner", "viewer", "guest", "adviser", "privacy officer")
FEW = tuple(actor for actor in ACTORS if actor.name in SOME)
CLOSED_DOORS = [endpoint for endpoint, gate in gates.GATES.items() if not isinstance(gate, gates.Open)]


@pytest.mark.parametrize("endpoint", CLOSED_DOORS)
def test_a_weaker_door_is_noticed(stage: Stage, endpoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    [methods] = {frozenset(rule.methods or ()) for rule in stage[0].url_map.iter_rules() if rule.endpoint == endpoint}
    gate = gates.GATES[endpoint]
    for weaker in _weaker(gate):
        if weaker == gate:
            continue
        if isinstance(gate, gates.Dossier) and isinstance(weaker, gates.Dossier):
            asked = (("GET", gate.look, weaker.look), ("POST", gate.send or gate.look, weaker.send))
            if all(old == new for method, old, new in asked if method in methods):
                continue
        monkeypatch.setitem(cast(dict[str, gates.Gate], gates.GATES), endpoint, weaker)
        told = ask_systems(stage, endpoint) if isinstance(gate, Scope) else ask_everyone(stage, (*FEW, None), endpoint)
        assert any(told), weaker


USED = {
    action: endpoint
    for endpoint, gate in gates.GATES.items()
    if isinstance(gate, gates.Dossier)
    for action in (gate.look, gate.send)
    if action
}


def test_every_action_has_a_door() -> None:
    assert set(USED) == set(Action)


@pytest.mark.parametrize("action", sorted(USED))
def test_a_weaker_line_of_the_table_is_noticed(stage: Stage, action: Action, monkeypatch: pytest.MonkeyPatch) -> None:
    who, when = access.TABLE[action]
    for weaker in ((tuple(Relation), when), (who, frozenset(State))):
        if weaker != (who, when):
            monkeypatch.setitem(cast(dict[Action, Any], access.TABLE), action, weaker)
            assert any(ask_everyone(stage, ACTORS, USED[action])), weaker


@pytest.mark.parametrize(
    ("module", "name", "instead"),
    [
        (members, "check_reach", lambda reach, action, id: None),
        (members, "relations_of", lambda roles, membership, until, today: frozenset({Relation.OWNER})),
        (members, "may", lambda relations, state: frozenset(Action)),
        (people, "may_do", lambda roles: frozenset(Task)),
    ],
)
def test_a_check_taken_out_is_noticed(
    stage: Stage, module: ModuleType, name: str, instead: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, name, instead)
    if name == "check_reach":
        monkeypatch.setattr(dossiers, name, instead)
    assert any(ask_everyone(stage, FEW))
