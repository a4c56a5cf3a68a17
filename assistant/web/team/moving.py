"""Moving a dossier to the present edition: first what would happen, item by item, then one button; and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import HiddenField

from assistant.answers import Answer
from assistant.compare import Changes, compare
from assistant.compare.editions import EditionChanges, Reworded, compare_editions
from assistant.dossier import answer_text
from assistant.errors import Conflict, UnknownEdition
from assistant.moving import Carried, Fate, carry, changed_answers
from assistant.store.documents import build_raw
from assistant.store.moving import find_undoable, list_moves, move_back, move_edition
from assistant.trees.edition import Edition
from assistant.trees.model import Question
from assistant.web.forms import was_sent
from assistant.web.languages import the_language
from assistant.web.shell import the_shell
from assistant.web.team.work import DossierWork
from assistant.web.who import signed

FITS_NOT = (Fate.IN_PART, Fate.ASKED_ANEW, Fate.ASIDE)

blueprint = Blueprint("moving", __name__)


class MoveForm(FlaskForm):  # type: ignore[misc]
    """What the page showed: the version of the dossier, and the edition it would move to."""

    version = HiddenField()
    edition = HiddenField()


@dataclass(frozen=True)
class Misfit:
    """An answer that does not fit as it is: what it says, and what is left of it where it is asked."""

    fate: Fate
    ask: str
    before: str
    after: str


@dataclass(frozen=True)
class Preview:
    """What moving would do."""

    work: DossierWork
    edition: Edition

    @cached_property
    def carried(self) -> Mapping[str, Carried]:
        """What becomes of each answer."""
        return carry(self.work.edition, self.edition, self.work.answers)

    @cached_property
    def there(self) -> DossierWork:
        """The dossier after the move."""
        return self.work.moved_to(self.edition, self.carried)

    @cached_property
    def changes(self) -> Changes:
        """What would read differently in the dossier."""
        return compare(self.work.dossier(the_language()), self.there.dossier(the_language()))

    @cached_property
    def texts(self) -> EditionChanges:
        """What reads differently in the questions, signals and sources themselves."""
        return compare_editions(self.work.edition, self.edition, the_language())

    @cached_property
    def questions(self) -> list[tuple[Reworded, str]]:
        """Changed questions that they see or answered, and what becomes of the answer."""
        seen = {*self.work.way.path, *self.there.way.path, *(id for id in self.carried if not self._is_empty(id))}
        fates = {id: one.fate.value for id, one in self.carried.items() if not self._is_empty(id)}
        return [(one, fates.get(one.id, "")) for one in self.texts.questions if one.id in seen]

    @cached_property
    def signals(self) -> list[Reworded]:
        """Signals that stay raised, in other words."""
        both = {one.signal.id for one in self.work.way.signals} & {one.signal.id for one in self.there.way.signals}
        return [one for one in self.texts.signals if one.id in both]

    @cached_property
    def misfits(self) -> list[Misfit]:
        """Answers that do not fit any more."""
        return list(self._misfits())

    @property
    def reopened(self) -> list[str]:
        """What signals say that would be open again."""
        raised = {one.signal.id: one.signal.says[the_language()] for one in self.there.way.signals}
        return [raised[id] for id in sorted(self.there.reopened) if id in raised]

    def _misfits(self) -> Iterator[Misfit]:
        for id, one in self.carried.items():
            if one.fate in FITS_NOT and not self._is_empty(id):
                old, new = self.work.edition.questions.get(id), self.edition.questions.get(id)
                asked = new or old
                ask = asked.ask[the_language()] if asked else id
                yield Misfit(one.fate, ask, _words(old, one.before), _words(new, one.after))

    def _is_empty(self, question: str) -> bool:
        before = self.carried[question].before
        return before.is_missing and not before.motivation


def _words(question: Question | None, answer: Answer) -> str:
    return answer_text(question, answer, the_language()) if question and not answer.is_missing else ""


@blueprint.route("/dossiers/<id>/edition", methods=["GET", "POST"])
def page(id: str) -> ResponseReturnValue:
    """What a newer edition would change in this dossier; and moving it, if nothing changed since that was shown."""
    work, form = DossierWork.open(id), MoveForm()
    stale = False
    if was_sent() and form.validate():
        stale = not _move(work)
        if not stale:
            session["saved"] = True
            return redirect(url_for("moving.page", id=id))
        work = DossierWork.open(id)
    return _page(work, stale=stale), 409 if stale else 200


@blueprint.post("/dossiers/<id>/edition/back")
def back(id: str) -> ResponseReturnValue:
    """Undo the last move; when something was answered since, the page says why that cannot be."""
    version = request.form.get("version", "")
    based_on = int(version) if version.isdecimal() and len(version) < 10 else -1
    try:
        move_back(the_shell().engine, id, based_on=based_on, signed=signed())
    except Conflict:
        return _page(DossierWork.open(id), stale=True), 409
    session["saved"] = True
    return redirect(url_for("moving.page", id=id))


def _move(work: DossierWork) -> bool:
    """Whether it could be moved: False when the dossier, or the edition, is no longer what was shown."""
    edition = the_shell().edition
    if request.form.get("edition") != edition.hash or request.form.get("version") != str(work.kept.version):
        return False
    preview = Preview(work, edition)
    try:
        move_edition(
            the_shell().engine,
            work.kept.id,
            based_on=work.kept.version,
            edition=edition.hash,
            answers=changed_answers(preview.carried),
            reopened=preview.there.reopened,
            signed=signed(),
        )
    except Conflict:
        return False
    return True


def _page(work: DossierWork, *, stale: bool) -> str:
    shell = the_shell()
    moves = list_moves(shell.engine, work.kept.id)
    preview = Preview(work, shell.edition) if is_behind(work) else None
    form = MoveForm(formdata=None, data={"version": work.kept.version, "edition": shell.edition.hash})
    last = find_undoable(moves, build_raw(work.kept.document))
    return render_template(
        "team/edition.html", work=work, preview=preview, moves=moves, form=form, stale=stale, undoable=last
    )


def is_behind(work: DossierWork) -> bool:
    """Whether new dossiers ask the questions of another edition."""
    return work.edition.hash != the_shell().edition.hash


def question_then(work: DossierWork, question: str) -> Question | None:
    """A question that the present edition has no longer, as it was asked last in this dossier."""
    for one in reversed(list_moves(the_shell().engine, work.kept.id)):
        try:
            found = the_shell().edition_of(one.before).questions.get(question)
        except UnknownEdition:
            continue
        if found:
            return found
    return None
