"""What an officer has before them: a version as it was frozen, and all that was said about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from flask import session, url_for

from assistant.access import Action, Relation
from assistant.compare import Causes, Changes, compare, split_causes
from assistant.dossier import Dossier, SignalEntry
from assistant.dossier.model import AnswerEntry, ThemeEntry
from assistant.dossier.read import read_dossier
from assistant.errors import NotFound, Refused, UnknownEdition
from assistant.store.advices import Advice, list_advices
from assistant.store.conditions import Condition, list_conditions
from assistant.store.people import find_names
from assistant.store.redactions import Redaction, list_redactions
from assistant.store.remarks import Remark, list_remarks
from assistant.store.reviews import Stance, list_stances
from assistant.store.versions import WITHDRAWN, Version, find_version, list_versions
from assistant.web.gates import reach
from assistant.web.personal import in_words, kinds_in
from assistant.web.shell import the_shell
from assistant.web.who import the_person

LOOKED_AT = ("returned", "advised")  # how a version ends that an officer has seen
PERSONAL = "desk_personal"


@dataclass(frozen=True)
class Review:
    """One version under review."""

    id: str
    version: Version
    made: Dossier = field(repr=False)

    @staticmethod
    def open(id: str) -> Review:
        """What was handed in last. Raises NotFound if nothing was; Refused for who may see one theme of it alone."""
        if Relation.OFFICER not in reach().relations:
            raise Refused(Action.REVIEW, reach().state)
        return Review._find(id)

    @staticmethod
    def open_theme(id: str) -> tuple[Review, ThemeEntry]:
        """The one theme that an adviser is asked about. Raises NotFound when the version has none of that name."""
        review = Review._find(id)
        asked = next((theme for theme in review.made.themes if theme_key(theme) == reach().theme), None)
        if asked is None:
            raise NotFound(id)
        return review, asked

    @staticmethod
    def _find(id: str) -> Review:
        version = find_version(the_shell().engine, id)
        return Review(id, version, read_dossier(version.body))

    @property
    def url(self) -> str:
        """Where the review begins."""
        return url_for("opening.show", id=self.id)

    @property
    def is_here(self) -> bool:
        """Whether it waits for an officer."""
        return self.version.ended_as == ""

    @cached_property
    def signals(self) -> tuple[SignalEntry, ...]:
        """What the answers raise, strengths and what another one covers left out."""
        return tuple(one for one in self.made.signals if not one.superseded_by and one.level != "strength")

    @cached_property
    def by_question(self) -> Mapping[str, list[SignalEntry]]:
        """The signals by the question that they are about."""
        found: dict[str, list[SignalEntry]] = {}
        for signal in self.signals:
            found.setdefault(signal.about, []).append(signal)
        return found

    @cached_property
    def answers(self) -> Mapping[str, AnswerEntry]:
        """Every answer by its question."""
        return {answer.question: answer for theme in self.made.themes for answer in theme.answers}

    @cached_property
    def stances(self) -> Mapping[str, list[Stance]]:
        """What officers said of the signals, by signal."""
        found: dict[str, list[Stance]] = {}
        for stance in list_stances(the_shell().engine, self.version.id):
            found.setdefault(stance.signal, []).append(stance)
        return found

    @property
    def unjudged(self) -> list[SignalEntry]:
        """Signals of which who is signed in said nothing yet."""
        mine = {id for id, said in self.stances.items() if any(one.person == the_person().id for one in said)}
        return [signal for signal in self.signals if signal.id not in mine]

    @cached_property
    def advices(self) -> list[Advice]:
        """Earlier advice, and that on this version."""
        return list_advices(the_shell().engine, self.id)

    @cached_property
    def conditions(self) -> list[Condition]:
        """What the advices ask."""
        return list_conditions(the_shell().engine, self.id)

    @cached_property
    def remarks(self) -> list[Remark]:
        """What the team and the officers said to each other and did not settle; a reply with what it replies to."""
        found = list_remarks(the_shell().engine, self.id, shared_only=True)
        replied = {remark.answers for remark in found}
        return [remark for remark in found if not remark.settled_at or remark.id in replied]

    @cached_property
    def before(self) -> Version | None:
        """The version that an officer looked at last, with its text."""
        engine = the_shell().engine
        older = (one for one in list_versions(engine, self.id) if one.number < self.version.number)
        seen = next((one for one in older if one.ended_as in LOOKED_AT), None)
        return find_version(engine, self.id, seen.number) if seen else None

    @cached_property
    def all_versions(self) -> list[Version]:
        """Every version that officers may read, the newest first, without its text."""
        return [one for one in list_versions(the_shell().engine, self.id) if one.ended_as != WITHDRAWN]

    @cached_property
    def redactions(self) -> list[Redaction]:
        """What was taken out of them."""
        return list_redactions(the_shell().engine, self.id)

    @cached_property
    def changes(self) -> Changes | None:
        """What reads differently since then; None at a first look."""
        if self.before is None:
            return None
        return compare(read_dossier(self.before.body), self.made, seen=self.asked_before)

    @cached_property
    def causes(self) -> Causes | None:
        """The same in two steps when the dossier moved to another edition since; None when it did not."""
        if self.before is None or self.changes is None or self.changes.edition is None:
            return None
        shell, was = the_shell(), read_dossier(self.before.body)
        try:
            editions = shell.edition_of(was.edition.hash), shell.edition_of(self.made.edition.hash)
        except UnknownEdition:  # put back from elsewhere, without it
            return None
        return split_causes(was, self.made, *editions, seen=self.asked_before)

    @cached_property
    def asked_before(self) -> frozenset[str]:
        """What the versions before that one asked."""
        engine, last = the_shell().engine, self.before.number if self.before else 0
        older = [
            find_version(engine, self.id, one.number) for one in list_versions(engine, self.id) if one.number < last
        ]
        return frozenset(question for version in older for question in read_dossier(version.body).path)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Who everyone is that said something here."""
        people = [self.version.made_by, *(one.person for one in self.advices), *(one.read_by for one in self.advices)]
        people += [one.person for said in self.stances.values() for one in said]
        people += [one.made_by for one in self.remarks] + [one.done_by for one in self.conditions]
        return find_names(the_shell().engine, people)


def theme_key(theme: ThemeEntry) -> str:
    """How a theme stands in a membership or a part-advice."""
    return f"{theme.tree}/{theme.theme}"


def notice_personal(texts: Iterable[str]) -> None:
    """Remember for the next page what kinds of personal data these texts seem to hold; never the texts."""
    if kinds := kinds_in(texts):
        session[PERSONAL] = kinds


def personal_noticed() -> str:
    """Those kinds in words; asked once."""
    return in_words(session.pop(PERSONAL, []))
