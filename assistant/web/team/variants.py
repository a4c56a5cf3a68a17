"""Variants: a copy of a dossier with other answers, laid beside the first; the one that is chosen goes on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.validators import DataRequired, InputRequired

from assistant.access import Action
from assistant.answers import Answer
from assistant.compare import AnswerChange, Changes, compare
from assistant.dossier import AnswerEntry, Dossier, SignalEntry
from assistant.moving import carried_answers, carry
from assistant.store.dossiers import open_dossier
from assistant.store.variants import (
    NEXT,
    VARIANT,
    Related,
    copy_dossier,
    find_pair,
    list_related,
    ready_to_choose,
)
from assistant.store.weighings import find_weighing
from assistant.trees.model import Level
from assistant.walk import Mark, Walk
from assistant.web.forms import ids, line_field, was_sent
from assistant.web.languages import the_language
from assistant.web.personal import in_words, kinds_in
from assistant.web.shell import the_shell
from assistant.web.team.work import DossierWork, without_views
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
    family, weighing = list_related(the_shell().engine, id, the_reader()), find_weighing(the_shell().engine, id)
    shown = render_template(
        "team/variants.html",
        work=work,
        form=form,
        family=family,
        ready=_choices(family),
        weighing=weighing,
        personal=in_words(kinds_in([weighing.reason])) if weighing else "",
    )
    return shown, 422 if form.errors else 200


def _choices(family: Iterable[Related]) -> frozenset[str]:
    """Which ones can be gone on with; not the one for which everything else was laid aside already."""
    alternatives = [one for one in family if one.is_alternative]
    ready = ready_to_choose(alternatives)
    weighing = find_weighing(the_shell().engine, *ready) if len(ready) == 1 else None
    others = {one.id for one in alternatives if one.can_be_laid_aside} - ready
    return frozenset() if weighing and others <= weighing.laid_aside.keys() else ready


def _copy(work: DossierWork, kind: str, title: str) -> str:
    """Next year's dossier asks the newest questions; a variant those of the dossier that it is weighed against."""
    shell, id = the_shell(), work.kept.id
    if kind == VARIANT:
        return copy_dossier(shell.engine, id, kind, title, signed=signed())

    def fit(answers: Mapping[str, Answer]) -> Mapping[str, Answer]:
        return carried_answers(carry(work.edition, shell.edition, answers))

    return copy_dossier(shell.engine, id, kind, title, signed=signed(), edition=shell.edition.hash, fit=fit)


@blueprint.get("/dossiers/<id>/variants/<other>")
def beside(id: str, other: str) -> str:
    """This dossier and another of its family, side by side."""
    work = DossierWork.open(id)
    this, that, family = find_pair(the_shell().engine, id, other, the_reader())
    kept = open_dossier(the_shell().engine, other, the_reader(), Action.READ)
    works = without_views(work.kept), without_views(kept)
    first, second = (one.dossier(the_language()) for one in works)
    changes = compare(first, second)
    sides = (
        Side(this, first, works[0].way, *_only(changes, first, "gone")),
        Side(that, second, works[1].way, *_only(changes, second, "new")),
    )
    return render_template(
        "team/beside.html", work=work, sides=sides, changes=changes, differ=list(_differing(changes)),
        ready=_choices(family),
    )  # fmt: skip


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
