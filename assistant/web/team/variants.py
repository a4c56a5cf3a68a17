"""Variants: a copy of a dossier with other answers, laid beside the first; the one that is chosen goes on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from flask import Blueprint, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.validators import DataRequired, InputRequired

from assistant.access import Action, State
from assistant.answers import Answer
from assistant.compare import AnswerChange, Changes, compare
from assistant.dossier import AnswerEntry, Dossier, SignalEntry
from assistant.moving import carried_answers, carry
from assistant.store.dossiers import Dossier as Kept
from assistant.store.dossiers import open_dossier
from assistant.store.variants import NEXT, VARIANT, Related, copy_dossier, find_pair, list_related
from assistant.store.variants import choose as choose_variant
from assistant.trees.model import Level
from assistant.walk import Mark, Walk
from assistant.web.forms import ids, line_field, was_sent
from assistant.web.languages import the_language
from assistant.web.shell import the_shell
from assistant.web.team.work import DossierWork
from assistant.web.who import signed, the_reader

blueprint = Blueprint("variants", __name__)


class CopyForm(FlaskForm):  # type: ignore[misc]
    """What kind of copy to begin, and what it is called."""

    kind = RadioField(
        choices=ids((VARIANT, NEXT)),
        default=VARIANT,
        validators=[InputRequired(lazy_gettext("Choose what it is for."))],
    )
    title = line_field(DataRequired(lazy_gettext("Give it a name by which you can tell the two apart.")))


@dataclass(frozen=True)
class Side:
    """One of two dossiers laid beside each other: how it stands, and what it alone raises and asks."""

    related: Related
    made: Dossier
    way: Walk
    signals: tuple[SignalEntry, ...]
    questions: tuple[AnswerEntry, ...]

    @property
    def answered(self) -> int:
        """Questions on its path with an answer."""
        return sum(step.mark is not Mark.MISSING for step in self.way.steps)

    @property
    def levels(self) -> Iterator[tuple[str, int]]:
        """How many signals of each level that is there, the most serious first."""
        shown = [one.level for one in self.made.signals if not one.superseded_by]
        return ((level.value, shown.count(level)) for level in Level if level in shown)


@blueprint.route("/dossiers/<id>/variants", methods=["GET", "POST"])
def page(id: str) -> ResponseReturnValue:
    """What a variant is, those there are, and a form to begin one, or the dossier of next year."""
    work = DossierWork.open(id)
    form = CopyForm(data=None if was_sent() else {"title": work.facts.title, "kind": VARIANT})
    if was_sent() and form.validate():
        made = _copy(work, form.kind.data, form.title.data or "")
        session["saved"] = True
        return redirect(url_for("dossiers.tasks", id=made))
    family = list_related(the_shell().engine, id, the_reader())
    shown = render_template("team/variants.html", work=work, form=form, family=family, ready=ready_to_choose(family))
    return shown, 422 if form.errors else 200


def _copy(work: DossierWork, kind: str, title: str) -> str:
    """Next year's dossier asks the newest questions; a variant those of the dossier that it is weighed against."""
    shell, id = the_shell(), work.kept.id
    if kind == VARIANT:
        return copy_dossier(shell.engine, id, kind, title, signed=signed())

    def fit(answers: Mapping[str, Answer]) -> Mapping[str, Answer]:
        return carried_answers(carry(work.edition, shell.edition, answers))

    return copy_dossier(shell.engine, id, kind, title, signed=signed(), edition=shell.edition.hash, fit=fit)


@blueprint.post("/dossiers/<id>/variants/choose")
def choose(id: str) -> ResponseReturnValue:
    """Go on with this one; the others are closed, as the alternatives that were weighed."""
    choose_variant(the_shell().engine, id, the_reader(), signed=signed())
    session["saved"] = True
    return redirect(url_for("variants.page", id=id))


@blueprint.get("/dossiers/<id>/variants/<other>")
def beside(id: str, other: str) -> str:
    """This dossier and another of its family, side by side."""
    work = DossierWork.open(id)
    this, that, family = find_pair(the_shell().engine, id, other, the_reader())
    kept = open_dossier(the_shell().engine, other, the_reader(), Action.READ)
    works = _without_views(work.kept), _without_views(kept)
    first, second = (one.dossier(the_language()) for one in works)
    changes = compare(first, second)
    sides = (
        Side(this, first, works[0].way, *_only(changes, first, "gone")),
        Side(that, second, works[1].way, *_only(changes, second, "new")),
    )
    return render_template(
        "team/beside.html", work=work, sides=sides, changes=changes, differ=list(_differing(changes)),
        ready=ready_to_choose(family),
    )  # fmt: skip


def ready_to_choose(family: Iterable[Related]) -> frozenset[str]:
    """Which of the alternatives can be chosen now: those that are open, when each that is open may be closed."""
    alternatives = [one for one in family if one.is_alternative]
    still = [one for one in alternatives if one.state is not State.CLOSED]
    may = len(alternatives) > 1 and all(Action.CLOSE in one.allowed for one in still)
    return frozenset(one.id for one in still if may)


def _without_views(kept: Kept) -> DossierWork:
    """Other views are never copied: that one has them and the other has not, says nothing of the variant."""
    answers = {id: replace(answer, other_views=()) for id, answer in kept.document.answers.items()}
    return DossierWork(the_shell().edition_of(kept.edition_hash), answers, kept.document.trees, kept=kept)


def _only(changes: Changes, made: Dossier, kind: str) -> tuple[tuple[SignalEntry, ...], tuple[AnswerEntry, ...]]:
    """What one of the two raises and asks, and the other does not."""
    signals = {move.entry.id for move in changes.signals if move.kind == kind}
    asked = {change.question for change in changes.answers if change.kind == kind}
    return (
        tuple(one for one in made.signals if one.id in signals and not one.superseded_by),
        tuple(answer for theme in made.themes for answer in theme.answers if answer.question in asked),
    )


def _differing(changes: Changes) -> Iterator[tuple[str, list[AnswerChange]]]:
    """By theme: the questions that both ask and that were answered differently."""
    for theme in changes.themes:
        found = [change for change in theme.answers if change.kind in ("changed", "wording")]
        if found:
            yield theme.title, found
