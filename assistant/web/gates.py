"""Which door asks what: a line a route. A route without a line stops the application from starting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeAlias

from flask import Flask, g, request

from assistant.access import Action, Task
from assistant.errors import NotFound, NotReady
from assistant.store.access_tokens import Scope
from assistant.store.dossiers import Dossier as Opened
from assistant.store.dossiers import open_dossier
from assistant.store.members import Reach, find_reach
from assistant.store.workshop.kept import Workshop, find_workshop
from assistant.web.api.doors import enter_system
from assistant.web.shell import the_shell
from assistant.web.who import someone, the_person, the_reader


class Open(Enum):
    """Doors that ask nobody who they are."""

    ANYONE = "anyone"
    LINK = "link"  # who holds the link; the view looks it up


class SignedIn(Enum):
    """A door for everyone with an account."""

    ANYONE = "signed in"


@dataclass(frozen=True)
class Dossier:
    """A door into a dossier: what it takes to look, and to send. Officers read versions, not the `document`."""

    look: Action
    send: Action | None = None
    document: bool = True

    @property
    def action(self) -> Action:
        """What this request wants to do."""
        return self.send if self.send and request.method == "POST" else self.look


Gate: TypeAlias = Open | SignedIn | Task | Dossier | Scope  # a scope: for another system, with a token
ANYONE, LINK, SIGNED_IN = Open.ANYONE, Open.LINK, SignedIn.ANYONE

GATES: Final[Mapping[str, Gate]] = {
    "static": ANYONE,
    "look.theme": ANYONE,
    "shell.front_door": ANYONE,
    "shell.health": ANYONE,
    "shell.security": ANYONE,
    "start.start": ANYONE,
    "start.about": ANYONE,
    "statements.privacy": ANYONE,
    "statements.accessibility": ANYONE,
    "demo.enter": ANYONE,
    "account.sign_in": ANYONE,
    "account.code": ANYONE,
    "account.sign_out": SIGNED_IN,
    "joining.join": LINK,
    "joining.by_sign_on": LINK,
    "joining.another_passphrase": LINK,
    "single.start": ANYONE,
    "single.arrive": ANYONE,
    "single.connect": SIGNED_IN,
    "landing.back": ANYONE,
    "mine.show": SIGNED_IN,
    "mine.data": SIGNED_IN,
    "mine.passphrase": SIGNED_IN,
    "mine.sessions": SIGNED_IN,
    "mine.end": SIGNED_IN,
    "mine.end_others": SIGNED_IN,
    "my_mail.show": SIGNED_IN,
    "codes.show": SIGNED_IN,
    "codes.image": SIGNED_IN,
    "people.index": Task.PEOPLE,
    "people.invitation": Task.PEOPLE,
    "people.withdraw": Task.PEOPLE,
    "people.show": Task.PEOPLE,
    "people.codes": Task.PEOPLE,
    "people.passphrase": Task.PEOPLE,
    "people.end": Task.PEOPLE,
    "settings.show": Task.PEOPLE,
    "outbox.index": Task.PEOPLE,
    "settings.archive": Task.PEOPLE,
    "editions.index": Task.EDITIONS,
    "systems.index": Task.SYSTEMS,
    "systems.new": Task.PEOPLE,
    "systems.agree": Task.DESK,
    "systems.end": Task.SYSTEMS,
    "editions.remove": Task.EDITIONS,
    "retention.index": Task.RETENTION,
    "retention.show": Task.RETENTION,
    "retention.hold": Dossier(Action.HOLD, document=False),
    "redacting.page": Dossier(Action.REDACT, document=False),
    "archiving.page": Dossier(Action.ARCHIVE, document=False),
    "trees.index": ANYONE,
    "trees.show": ANYONE,
    "personal.look": ANYONE,
    "scan.begin": ANYONE,
    "scan.question": ANYONE,
    "scan.result": ANYONE,
    "scan.forget": ANYONE,
    "scan.download": ANYONE,
    "dossiers.new": Task.WORK,
    "my_work.show": SIGNED_IN,
    "search.show": SIGNED_IN,
    "dossiers.tasks": Dossier(Action.READ),
    "dossiers.project": Dossier(Action.ANSWER),
    "dossiers.check": Dossier(Action.READ),
    "dossiers.signals": Dossier(Action.READ),
    "dossiers.preview": Dossier(Action.READ),
    "dossiers.downloads": Dossier(Action.DOWNLOAD),
    "dossiers.go_on": Dossier(Action.READ),
    "sharing.page": Dossier(Action.SHARE),
    "sharing.texts": Dossier(Action.SHARE),
    "sharing.preview": Dossier(Action.SHARE),
    "sharing.hand_over": Dossier(Action.SHARE),
    "sharing.back": Dossier(Action.SHARE),
    "sharing.file": Dossier(Action.SHARE),
    "library.index": SIGNED_IN,
    "library.show": SIGNED_IN,
    "library.begin": Task.WORK,
    "moving.page": Dossier(Action.READ, Action.CHANGE_EDITION),
    "moving.back": Dossier(Action.CHANGE_EDITION),
    "variants.page": Dossier(Action.READ, Action.COPY),
    "weighing.choose": Dossier(Action.CLOSE),
    "weighing.reason": Dossier(Action.CLOSE),
    "variants.beside": Dossier(Action.READ),
    "lighter.show": Dossier(Action.READ, Action.COPY),
    "downloads.download": Dossier(Action.DOWNLOAD),
    "onward.show": Dossier(Action.READ),
    "onward.download": Dossier(Action.DOWNLOAD),
    "onward.of_version": Dossier(Action.REVIEW, document=False),
    "questions.question": Dossier(Action.READ, Action.ANSWER),
    "questions.views": Dossier(Action.OTHER_VIEW),
    "themes.theme": Dossier(Action.READ, Action.ANSWER),
    "themes.open_points": Dossier(Action.ANSWER),
    "map.show": Dossier(Action.READ),
    "handing_in.page": Dossier(Action.READ, Action.HAND_IN),
    "handing_in.take_back": Dossier(Action.WITHDRAW),
    "handing_in.close": Dossier(Action.CLOSE),
    "handing_in.reopen": Dossier(Action.REOPEN),
    "versions.every": Dossier(Action.READ),
    "versions.one": Dossier(Action.READ),
    "versions.download": Dossier(Action.DOWNLOAD),
    "trail.show": Dossier(Action.TRAIL),
    "links.send": Dossier(Action.SEND),
    "links.end": Dossier(Action.SEND),
    "links.answer": LINK,
    "remarks.page": Dossier(Action.READ),
    "remarks.at": Dossier(Action.READ, Action.REMARK),
    "remarks.change": Dossier(Action.REMARK),
    "remarks.ask_officer": Dossier(Action.ASK_EARLY),
    "actions.page": Dossier(Action.READ),
    "calendar.download": Dossier(Action.READ),
    "again.page": Dossier(Action.READ, Action.PLAN),
    "actions.new": Dossier(Action.PLAN),
    "actions.change": Dossier(Action.PLAN),
    "actions.done": Dossier(Action.PLAN),
    "actions.end": Dossier(Action.END_SIGNAL),
    "outcomes.advice": Dossier(Action.READ),
    "outcomes.conditions": Dossier(Action.FOLLOW, document=False),
    "outcomes.due": Task.DESK,
    "deciding.page": Dossier(Action.DECIDED, Action.DECIDE, document=False),
    "desk.queue": Task.DESK,
    "desk.light": Dossier(Action.ADVISE, document=False),
    "early.answer": Task.DESK,
    "opening.show": Dossier(Action.REVIEW, document=False),
    "opening.take": Dossier(Action.TAKE, document=False),
    "whole.show": Dossier(Action.REVIEW, Action.JUDGE, document=False),
    "judging.agree": Dossier(Action.JUDGE, document=False),
    "judging.differ": Dossier(Action.JUDGE, document=False),
    "returning.send_back": Dossier(Action.RETURN, document=False),
    "advising.advise": Dossier(Action.ADVISE, document=False),
    "advising.agree": Dossier(Action.ADVISE, document=False),
    "colleagues.ask": Dossier(Action.JUDGE, document=False),
    "colleagues.part": Dossier(Action.REVIEW, Action.PART_ADVISE, document=False),
    "register.index": Task.DESK,
    "register.file": Task.DESK,
    "register.new": Task.DESK,
    "register.read": Task.DESK,
    "register.change": Task.DESK,
    "register.figures": Task.DESK,
    "approving.index": Task.DESK,
    "approving.show": Dossier(Action.APPROVE, document=False),
    "approving.file": Dossier(Action.APPROVE, document=False),
    "approving.read": Task.DESK,
    "approving.keep": Task.DESK,
    "approving.remove": Task.DESK,
    "phrases.index": Task.DESK,
    "phrases.forget": Task.DESK,
    "standing.index": Task.DESK,
    "standing.end": Task.DESK,
    "workshops.index": Task.WORKSHOPS,
    "workshops.new": Task.WORKSHOPS,
    "workshops.forget": Task.WORKSHOPS,
    "preparing.show": Task.WORKSHOPS,
    "preparing.story": Task.WORKSHOPS,
    "printing.piece": Task.WORKSHOPS,
    "running.show": Task.WORKSHOPS,
    "running.now": Task.WORKSHOPS,
    "running.move": Task.WORKSHOPS,
    "rounds.change": Task.WORKSHOPS,
    "rounds.paper": Task.WORKSHOPS,
    "rounds.notes": Task.WORKSHOPS,
    "rounds.rates": Task.WORKSHOPS,
    "day.door": Task.WORKSHOPS,
    "day.phones": Task.WORKSHOPS,
    "day.time": Task.WORKSHOPS,
    "day.park": Task.WORKSHOPS,
    "day.end": Task.WORKSHOPS,
    "afterwards.show": Task.WORKSHOPS,
    "afterwards.report": Task.WORKSHOPS,
    "afterwards.dossier": Task.WORKSHOPS,
    "afterwards.file": Task.WORKSHOPS,
    "afterwards.into": Task.WORKSHOPS,
    "writing.tables": Task.WORKSHOPS,
    "writing.pen": Task.WORKSHOPS,
    "writing.table": Task.WORKSHOPS,
    "writing.question": Task.WORKSHOPS,
    "writing.view": Task.WORKSHOPS,
    "writing.values": Task.WORKSHOPS,
    "writing.harvest": Task.WORKSHOPS,
    "writing.pen_table": LINK,
    "writing.pen_question": LINK,
    "writing.pen_view": LINK,
    "writing.pen_values": LINK,
    "writing.pen_harvest": LINK,
    "entrance_short.short": ANYONE,
    "entrance.enter": ANYONE,
    "entrance.by_link": LINK,
    "phone.show": LINK,
    "phone.vote": LINK,
    "phone.leave_room": LINK,
    "phone.now": LINK,
    "screen.show": LINK,
    "screen.now": LINK,
    "screen.code": LINK,
    "screen.report": LINK,
    "history.show": Dossier(Action.READ),
    "drafts.keep": Dossier(Action.ANSWER),
    "drafts.forget": Dossier(Action.ANSWER),
    "members.page": Dossier(Action.READ, Action.INVITE),
    "members.change": Dossier(Action.INVITE),
    "members.withdraw": Dossier(Action.INVITE),
    "api.openapi": ANYONE,
    "api.register": Scope.REGISTER,
    "api.dossier": Scope.DOSSIERS,
    "api.version": Scope.DOSSIERS,
    "api.file": Scope.DOSSIERS,
    "api.draft": Scope.DOSSIERS,
}

# no page has a person there
WITHOUT_PERSON: Final = {"static", "look.theme", "shell.health", "shell.security", "shell.front_door", "api.openapi"}


def set_up(app: Flask, gates: Mapping[str, Gate] = GATES) -> None:
    """Ask at every door. Called when all routes are there."""
    without = sorted({rule.endpoint for rule in app.url_map.iter_rules()} - {*gates})
    if without:
        raise NotReady(f"a route without a line in the gates: {', '.join(without)}")

    @app.before_request
    def ask() -> None:
        gate = gates.get(request.endpoint or "")
        if gate is ANYONE and request.endpoint not in WITHOUT_PERSON:
            someone()
        elif isinstance(gate, SignedIn):
            the_person()
        elif isinstance(gate, Task):
            enter_task(gate)
        elif isinstance(gate, Scope):
            enter_system(gate)
        elif isinstance(gate, Dossier):
            enter(gate, (request.view_args or {})["id"])


def enter_task(task: Task) -> None:
    """Let who has this task in; to a workshop only who made it, for whom it is kept for the view."""
    person = the_person()
    if task not in person.tasks:
        raise NotFound(request.path)
    if task is Task.WORKSHOPS and (id := (request.view_args or {}).get("workshop")):
        g.workshop = find_workshop(the_shell().engine, id, person.id)


def the_workshop() -> Workshop:
    """The workshop of this request, of who is signed in."""
    found: Workshop = g.workshop
    return found


def enter(gate: Dossier, id: str) -> None:
    """Let this request into a dossier, or not; the dossier is kept for the view, which need not ask again."""
    if gate.document:
        g.kept = open_dossier(the_shell().engine, id, the_reader(), gate.action)
        g.reach = g.kept.reach
    else:
        g.reach = find_reach(the_shell().engine, the_reader(), id, gate.action)


def wanted_dossier(id: str) -> Opened:
    """The dossier as this request may have it; read again when the view asks again."""
    gate = GATES[request.endpoint or ""]
    if not isinstance(gate, Dossier):
        raise NotFound(id)
    if "kept" not in g:
        enter(gate, id)
    opened: Opened = g.pop("kept")
    return opened


def reach() -> Reach:
    """What who is signed in may do with the dossier of this request."""
    found: Reach = g.reach
    return found
