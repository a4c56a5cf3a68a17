"""What the tables say together: by a note taker's link, or typed in by the facilitator.

Every page stands under two addresses. A note taker's link opens one table, as long as the day lasts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import segno
from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from assistant.answers import MAX_VIEWS, Answer, answers_after
from assistant.display import read_date
from assistant.errors import Conflict, NotFound
from assistant.store.workshop.kept import OPEN, PREPARED
from assistant.store.workshop.tables import (
    add_table_view,
    list_tables,
    new_pen,
    save_harvest,
    save_table_answer,
    save_values,
)
from assistant.web.facilitator.harvest import HarvestForm, rows_of, said, show_harvest
from assistant.web.facilitator.place import Place
from assistant.web.facilitator.running import home
from assistant.web.forms import SHOW, OpenPointForm, OtherViewForm, was_sent
from assistant.web.gates import the_workshop
from assistant.web.languages import the_language
from assistant.web.news import build_strip, keep_news, news_of, take_news
from assistant.web.personal import found_in, texts_of
from assistant.web.question_form import Shown, read_posted, show_answer
from assistant.web.shell import the_shell
from assistant.web.stage import build_stage
from assistant.web.team.asking import ADD_ROW
from assistant.workshop.plan import MOST_KEPT

blueprint = Blueprint("writing", __name__)


@blueprint.get("/workshops/<workshop>/tables")
def tables(workshop: str) -> ResponseReturnValue:
    """Every table, how far it is, and who writes for it."""
    kept = the_workshop()
    if kept.state == PREPARED:
        return home(kept)
    places = [Place(kept, table) for table in list_tables(the_shell().engine, workshop)]
    return render_template("facilitator/tables.html", kept=kept, places=places, is_open=kept.state == OPEN)


@blueprint.route("/workshops/<workshop>/tables/<int:number>/link", methods=["GET", "POST"])
def pen(workshop: str, number: int) -> ResponseReturnValue:
    """The note taker's link, large enough to scan; or another one, after which the one before no longer works."""
    place = Place.of_facilitator(number)
    if request.method == "POST" and place.workshop.state == OPEN:
        new_pen(the_shell().engine, workshop, number)
        return redirect(url_for("writing.pen", workshop=workshop, number=number))
    token, language = place.table.pen, place.workshop.language
    link = url_for("writing.pen_table", token=token, language=language, _external=True) if token else ""
    drawn = segno.make_qr(link, error="m").svg_inline(omitsize=True, light="white") if link else ""
    qr = Markup(drawn)  # noqa: S704  made here, of an address
    return render_template("facilitator/tables_pen.html", kept=place.workshop, place=place, link=link, qr=qr)


@blueprint.get("/workshops/<workshop>/tables/<int:number>")
def table(workshop: str, number: int) -> ResponseReturnValue:
    """A table, for the facilitator."""
    return _table(Place.of_facilitator(number))


@blueprint.route("/workshops/<workshop>/tables/<int:number>/questions/<question>", methods=["GET", "POST"])
def question(workshop: str, number: int, question: str) -> ResponseReturnValue:
    """One question of a table, for the facilitator."""
    return _question(Place.of_facilitator(number), question)


@blueprint.route("/workshops/<workshop>/tables/<int:number>/questions/<question>/views", methods=["GET", "POST"])
def view(workshop: str, number: int, question: str) -> ResponseReturnValue:
    """Another view, typed by the facilitator."""
    return _view(Place.of_facilitator(number), question)


@blueprint.route("/workshops/<workshop>/tables/<int:number>/values", methods=["GET", "POST"])
def values(workshop: str, number: int) -> ResponseReturnValue:
    """The values that a table keeps, typed by the facilitator."""
    return _values(Place.of_facilitator(number))


@blueprint.route("/workshops/<workshop>/tables/<int:number>/harvest", methods=["GET", "POST"])
def harvest(workshop: str, number: int) -> ResponseReturnValue:
    """What a table takes home, typed by the facilitator."""
    return _harvest(Place.of_facilitator(number))


@blueprint.get("/pen/<token>")
def pen_table(token: str) -> ResponseReturnValue:
    """The table, for its note taker."""
    return _by_pen(token, _table)


@blueprint.route("/pen/<token>/questions/<question>", methods=["GET", "POST"])
def pen_question(token: str, question: str) -> ResponseReturnValue:
    """One question, for the note taker."""
    return _by_pen(token, lambda place: _question(place, question))


@blueprint.route("/pen/<token>/questions/<question>/views", methods=["GET", "POST"])
def pen_view(token: str, question: str) -> ResponseReturnValue:
    """Another view, typed by the note taker."""
    return _by_pen(token, lambda place: _view(place, question))


@blueprint.route("/pen/<token>/values", methods=["GET", "POST"])
def pen_values(token: str) -> ResponseReturnValue:
    """The values that the table keeps, typed by the note taker."""
    return _by_pen(token, _values)


@blueprint.route("/pen/<token>/harvest", methods=["GET", "POST"])
def pen_harvest(token: str) -> ResponseReturnValue:
    """What the table takes home, typed by the note taker."""
    return _by_pen(token, _harvest)


def _by_pen(token: str, view: Callable[[Place], ResponseReturnValue]) -> ResponseReturnValue:
    """A page for who holds the link; also kind when the day ended while somebody was typing."""
    try:
        place = Place.of_note_taker(token)
    except NotFound:
        sentences = [text for text in request.form.values() if " " in text.strip()]
        return render_template("room/pen_closed.html", typed=sentences), 404
    return view(place)


def _table(place: Place) -> ResponseReturnValue:
    return render_template("room/pen.html", place=place, stage=build_stage(place.workshop), most=MOST_KEPT)


def _question(place: Place, id: str) -> ResponseReturnValue:
    asked, language, before = place.question(id), the_language(), place.answer(id)
    if request.method == "GET":
        return _question_page(place, show_answer(asked, before, language), _point(id, before))
    posted, point = read_posted(asked, request.form, language, before), _point(id, before)
    if request.form.get("do", "").partition(":")[0] in (SHOW, ADD_ROW):
        return _question_page(place, replace(posted.shown, errors={}), point)
    if not point.validate() or posted.answer is None:
        return _question_page(place, posted.shown, point, 422)
    due = read_date(point.due.data or "")[0] or ""
    answer = replace(posted.answer, owner=point.owner.data or "", due=due)
    try:
        save_table_answer(the_shell().engine, place.workshop.id, place.number, id, posted.rev, answer)
    except Conflict:
        now = place.again()
        return _question_page(now, replace(posted.shown, rev=now.answer(id).rev), point, 409)
    _keep_news(place, id, answer)
    session["saved"] = True
    following = place.again().next_after(id)
    return redirect(place.question_url(following) if following else place.url("table"))


def _point(question: str, answer: Answer) -> OpenPointForm:
    due = "-".join(reversed(answer.due.split("-"))) if answer.due else ""
    return OpenPointForm(prefix=f"{question}-", data={"owner": answer.owner, "due": due}, meta={"csrf": False})


def _question_page(place: Place, shown: Shown, point: OpenPointForm, status: int = 200) -> tuple[str, int]:
    id = shown.question.id
    strip = build_strip(take_news(place.key), place.way, the_language()) if request.method == "GET" else None
    page = render_template(
        "room/pen_question.html",
        place=place,
        work=place,  # as the macros around a question call it
        shown=shown,
        point=point,
        strip=strip,
        theirs=place.in_words(id) if status == 409 else "",
        their_motivation=place.answer(id).motivation if status == 409 else "",
        views=place.answer(id).other_views,
        is_asked=id in [step.question.id for step in place.steps],
        nth=place.questions.index(id) + 1,
        has_errors=status != 200,
    )
    return page, status


def _keep_news(place: Place, id: str, answer: Answer) -> None:
    """What the answer raises, for the next page; of the questions only those that this story asks."""
    answers = answers_after(place.answers, {id: answer})
    news, mine = news_of(id, place.way, place.walk_with(answers), answers), set(place.questions)
    came, fell, back = (tuple(one for one in ids if one in mine) for ids in (news.came, news.fell, news.back))
    asked = place.edition.questions[id]
    personal = found_in(asked, texts_of(asked, answer))
    keep_news(place.key, replace(news, came=came, fell=fell, back=back, personal=personal))


def _view(place: Place, id: str) -> ResponseReturnValue:
    asked, form, views = place.question(id), OtherViewForm(), place.answer(id).other_views
    if was_sent() and len(views) >= MAX_VIEWS:
        form.view.errors = [_("There are too many other views on this question. Put some together.")]
    elif was_sent() and form.validate():
        add_table_view(the_shell().engine, place.workshop.id, place.number, id, form.view.data or "")
        session["saved"] = True
        return redirect(place.question_url(id))
    page = render_template("room/pen_view.html", place=place, question=asked, form=form, views=views)
    return page, 422 if form.errors else 200


def _values(place: Place) -> ResponseReturnValue:
    options, rev = place.values, request.form.get("rev", place.table.values_rev, type=int)
    chosen, error, status = [*place.table.values], "", 200
    theirs: tuple[str, ...] | None = None
    if request.method == "POST":
        chosen = [option.id for option in options if option.id in request.form.getlist("values")]
    if was_sent() and len(chosen) > MOST_KEPT:
        error, status = _("These are %(n)s. Keep at most %(most)s.", n=len(chosen), most=MOST_KEPT), 422
    elif was_sent():
        try:
            save_values(the_shell().engine, place.workshop.id, place.number, rev, tuple(chosen))
        except Conflict:
            place = place.again()
            theirs, rev, status = place.table.values, place.table.values_rev, 409
        else:
            session["saved"] = True
            return redirect(place.url("table"))
    page = render_template(
        "room/pen_values.html",
        place=place,
        options=options,
        chosen=chosen,
        theirs=theirs,
        rev=rev,
        error=error,
        most=MOST_KEPT,
        room=place.room_values,
        has_errors=status != 200,
    )
    return page, status


def _harvest(place: Place) -> ResponseReturnValue:
    form, theirs, status = HarvestForm(data=show_harvest(place.table.harvest)), None, 200
    rows, rev = rows_of(place.table.harvest), request.form.get("rev", place.table.harvest_rev, type=int)
    if was_sent() and request.form.get("do") != ADD_ROW:
        if not all([form.validate(), *(row.validate() for row in rows)]):
            status = 422
        else:
            try:
                save_harvest(the_shell().engine, place.workshop.id, place.number, rev, said(form, rows))
            except Conflict:
                place = place.again()
                theirs, rev, status = place.table.harvest, place.table.harvest_rev, 409
            else:
                session["saved"] = True
                return redirect(place.url("table"))
    page = render_template(
        "room/pen_harvest.html",
        place=place,
        form=form,
        rows=rows,
        rev=rev,
        theirs=theirs,
        has_errors=status != 200,
    )
    return page, status
