"""Who changed an answer, and when."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, render_template

from assistant.dossier import answer_text
from assistant.errors import NotFound
from assistant.store.history import Earlier, list_earlier
from assistant.store.moving import edition_then, list_moves
from assistant.store.people import find_names
from assistant.trees.model import Question
from assistant.web.languages import the_language
from assistant.web.shell import the_shell
from assistant.web.team.moving import question_then
from assistant.web.team.work import DossierWork

blueprint = Blueprint("history", __name__)


@blueprint.get("/dossiers/<id>/questions/<question>/history")
def show(id: str, question: str) -> str:
    """The answer now and those before, each as its edition words it, with author and moment; other views have none."""
    work, engine, language = DossierWork.open(id), the_shell().engine, the_language()
    moves = list_moves(engine, id)

    def asked_then(rev: int) -> Question | None:
        return the_shell().edition_of(edition_then(moves, rev, work.edition.hash)).questions.get(question)

    asked = work.edition.questions.get(question) or question_then(work, question)
    if asked is None:
        raise NotFound(question)
    now, earlier = work.answer(question), list_earlier(engine, id, question)
    names = find_names(engine, {now.by, *(one.by for one in earlier)})
    first = Earlier(now, now.by, datetime.fromisoformat(now.at) if now.at else None)
    given = [(one.answer, one.by, one.at) for one in (first, *earlier)]
    lines = [
        (answer_text(asked_then(answer.rev) or asked, answer, language), answer.motivation, names.get(by, ""), at)
        for answer, by, at in given
    ]
    return render_template("team/history.html", work=work, question=asked, lines=[line for line in lines if line[3]])
