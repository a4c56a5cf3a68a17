"""What a team works on: a quick scan that lives in the browser's session, or a dossier that is kept."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from flask import current_app, session, url_for
from flask.sessions import SecureCookieSessionInterface

from assistant import clock
from assistant.answers import NO_ANSWER, Answer, read_answer
from assistant.compare import Alternative, weigh
from assistant.dossier import Audience, Ended, HandInFacts, ProjectFacts, answer_text, build_dossier, plain_answer
from assistant.dossier import Dossier as Handover
from assistant.dossier.audiences import for_audience
from assistant.dossier.model import Alternatives
from assistant.errors import Unavailable
from assistant.moving import Carried, carried_answers, reopened
from assistant.store.answers import save_answers
from assistant.store.dossiers import Dossier
from assistant.store.endings import list_endings
from assistant.store.people import find_functions
from assistant.store.weighings import LaidAside, find_weighing, list_laid_aside
from assistant.trees.edition import Edition
from assistant.trees.model import Language, Tree
from assistant.walk import Step, Walk, phase_of, walk
from assistant.web.gates import wanted_dossier
from assistant.web.languages import the_language
from assistant.web.shell import the_shell
from assistant.web.who import the_person
from assistant.words import MARKS, word

MAX_COOKIE = 3_900  # bytes; with its name and attributes a browser takes 4,096


@dataclass(frozen=True)
class Work(ABC):
    """An edition with answers, and where its pages are."""

    edition: Edition
    answers: Mapping[str, Answer] = field(repr=False)
    by_hand: tuple[str, ...] = ()

    @cached_property
    def way(self) -> Walk:
        """The walk as it stands."""
        return self.walk_with(self.answers)

    @property
    def only(self) -> tuple[str, ...]:
        """The trees this work is about; none named: all that are open."""
        return ()

    @property
    def endings(self) -> Mapping[str, Ended]:
        """How signals ended; none in a scan."""
        return {}

    def walk_with(self, answers: Mapping[str, Answer]) -> Walk:
        """The walk as it would be with other answers."""
        today = clock.today(the_shell().settings.time_zone)
        return walk(
            self.edition,
            answers,
            phase_of(answers),
            today,
            open_by_hand=self.by_hand,
            only=self.only,
            ended={signal: one.certain for signal, one in self.endings.items()},
        )

    def answer(self, question: str) -> Answer:
        """What is saved for a question."""
        return self.answers.get(question, NO_ANSWER)

    def in_words(self, step: Step) -> str:
        """What is saved for a question, as a reader reads it."""
        said = answer_text(step.question, step.answer, the_language())
        return said or word(MARKS, step.mark, the_language())

    def dossier(self, language: Language, audience: Audience = "team", hand_in: HandInFacts | None = None) -> Handover:
        """The dossier as it would be handed over now. `hand_in`: as it is frozen."""
        whole = build_dossier(
            self.edition,
            self.answers,
            self.facts,
            clock.today(the_shell().settings.time_zone),
            language,
            open_by_hand=self.by_hand,
            only=self.only,
            hand_in=hand_in,
            ended=self.endings,
        )
        weighed = self.alternatives(whole, hand_in)
        if weighed:
            whole = whole.model_copy(update={"alternatives": weighed})
        return for_audience(whole, audience, self.edition.decider)

    def alternatives(self, whole: Handover, hand_in: HandInFacts | None) -> Alternatives | None:
        """What was weighed against it; nothing in a scan. `whole`: what it says itself."""
        return None

    @property
    @abstractmethod
    def key(self) -> str:
        """Tells this work from any other in the same browser."""

    @property
    @abstractmethod
    def facts(self) -> ProjectFacts:
        """What the dossier says of the project."""

    @property
    @abstractmethod
    def home_url(self) -> str:
        """Where the work begins."""

    @property
    @abstractmethod
    def end_url(self) -> str:
        """Where one comes when nothing is left to answer."""

    @abstractmethod
    def question_url(self, question: str, **values: Any) -> str:
        """The page of one question."""

    @abstractmethod
    def save(self, changes: Mapping[str, tuple[int, Answer]]) -> None:
        """Keep answers, each with the rev its form showed. Raises Conflict or Unavailable."""


class Scan(Work):
    """The quick scan: no account, no name, nothing outlives the browser session until someone keeps it."""

    is_scan = True

    @staticmethod
    def open() -> Scan:
        """The scan in this session, empty at first."""
        edition = the_shell().edition
        kept: Mapping[str, Any] = session.get("scan", {})
        read = {id: read_answer(edition.questions[id], raw)[0] for id, raw in kept.items() if id in edition.questions}
        # what does not fit the present edition is asked again
        return Scan(edition, {id: answer for id, answer in read.items() if not answer.is_missing})

    @cached_property
    def trees(self) -> tuple[Tree, ...]:
        """The trees where everyone begins."""
        opened = {opens.tree for tree in self.edition.trees for opens in tree.opens}
        return tuple(tree for tree in self.edition.trees if tree.id not in opened)

    @property
    def only(self) -> tuple[str, ...]:
        return tuple(tree.id for tree in self.trees)

    @property
    def key(self) -> str:
        return "scan"

    @property
    def facts(self) -> ProjectFacts:
        return ProjectFacts(title=self.trees[0].title[the_language()])

    @property
    def home_url(self) -> str:
        return url_for("scan.begin")

    @property
    def end_url(self) -> str:
        return url_for("scan.result")

    def question_url(self, question: str, **values: Any) -> str:
        return url_for("scan.question", question=question, **values)

    def save(self, changes: Mapping[str, tuple[int, Answer]]) -> None:
        new = {id: plain_answer(replace(answer, motivation="")) for id, (_, answer) in changes.items()}
        old = session.get("scan", {})
        session["scan"] = {**old, **new}
        if len(_cookie()) > MAX_COOKIE:  # a browser would drop it without a word
            session["scan"] = old
            raise Unavailable("the scan no longer fits in the browser's session")


def _cookie() -> str:
    signer = SecureCookieSessionInterface().get_signing_serializer(current_app)
    return str(signer.dumps(dict(session))) if signer else ""


@dataclass(frozen=True)
class DossierWork(Work):
    """A dossier that is kept in the store."""

    kept: Dossier = field(kw_only=True)
    reopened: frozenset[str] = field(default=frozenset(), kw_only=True)  # signals that a move would open again
    is_scan = False

    @staticmethod
    def open(id: str) -> DossierWork:
        """The dossier as it was last saved, if who is signed in may do what they ask. Raises NotFound or Refused."""
        shell = the_shell()
        kept = wanted_dossier(id)
        edition = shell.edition_of(kept.edition_hash)
        return DossierWork(edition, kept.document.answers, kept.document.trees, kept=kept)

    @property
    def key(self) -> str:
        return self.kept.id

    @cached_property
    def endings(self) -> Mapping[str, Ended]:
        """How signals ended, by the function of who said so."""
        if not self.kept.has_endings:
            return {}
        shell, zone = the_shell(), the_shell().settings.time_zone
        found = list_endings(shell.engine, self.kept.id)
        functions = find_functions(shell.engine, (one.person for one in found.values()))
        return {
            id: Ended(one.how, one.certain, one.reason, functions.get(one.person, ""), f"{clock.date_of(one.at, zone)}")
            for id, one in found.items()
            if id not in self.reopened
        }

    def alternatives(self, whole: Handover, hand_in: HandInFacts | None) -> Alternatives | None:
        weighing = find_weighing(the_shell().engine, self.kept.id) if self.kept.has_weighing else None
        if weighing is None:
            return None
        found = list_laid_aside(the_shell().engine, weighing)
        return weigh(whole, weighing.reason, (_laid_beside(one, whole.language, hand_in) for one in found))

    @property
    def facts(self) -> ProjectFacts:
        project = self.kept.document.project
        return ProjectFacts(project.title, project.organisation, self.kept.number, self.kept.version)

    @property
    def home_url(self) -> str:
        return url_for("dossiers.tasks", id=self.kept.id)

    @property
    def end_url(self) -> str:
        return url_for("dossiers.check", id=self.kept.id)

    def question_url(self, question: str, **values: Any) -> str:
        return url_for("questions.question", id=self.kept.id, question=question, **values)

    def open_points_url(self, tree: str, theme: str) -> str:
        """Where a theme asks who finds out what is not known yet."""
        return url_for("themes.open_points", id=self.kept.id, tree=tree, theme=theme)

    def save(self, changes: Mapping[str, tuple[int, Answer]]) -> None:
        shell = the_shell()
        save_answers(
            shell.engine,
            self.kept.id,
            changes,
            actor=the_person().id,
            at=clock.now(),
            audit_key=shell.audit_key,
            settled=self.settled_by(changes),
            edition=self.edition.hash,
        )

    def settled_by(self, changes: Mapping[str, tuple[int, Answer]]) -> set[str]:
        """Signals that ended, and that are not even raised any more with these changes."""
        if not self.endings:
            return set()
        after = self.walk_with({**self.answers, **{id: answer for id, (_, answer) in changes.items()}})
        return {*self.endings} - {raised.signal.id for raised in after.signals}

    def moved_to(self, edition: Edition, carried: Mapping[str, Carried]) -> DossierWork:
        """The same dossier as it would be in another edition."""
        there = replace(self, edition=edition, answers=carried_answers(carried))
        ended = {signal: one.certain for signal, one in self.endings.items()}
        return replace(there, reopened=reopened(self.way, there.way, ended))


def without_views(kept: Dossier) -> DossierWork:
    """A dossier of the same family. Other views are never copied: that one has them, says nothing of the variant."""
    answers = {id: replace(answer, other_views=()) for id, answer in kept.document.answers.items()}
    kept = replace(kept, has_weighing=False)  # an alternative is told of without its own alternatives
    return DossierWork(the_shell().edition_of(kept.edition_hash), answers, kept.document.trees, kept=kept)


def _laid_beside(one: LaidAside, language: Language, hand_in: HandInFacts | None) -> Alternative:
    """In the same language, and handed in as much, so that what is not known counts alike."""
    made = without_views(one.dossier).dossier(language, hand_in=hand_in) if one.dossier else None
    return Alternative(one.number, one.stands, made)
