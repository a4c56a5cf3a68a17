"""The register: what there is and where it stands; lines for what has no dossier; a year in figures; as a file."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from typing import Any, Final

from flask import Blueprint, Response, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired

from assistant import clock
from assistant.access import State
from assistant.display import read_date
from assistant.errors import Conflict
from assistant.register_file import MOST, Read, read_register
from assistant.store.decisions import LEADS_TO
from assistant.store.register import (
    LINE,
    MOST_LINES,
    Entry,
    Wanted,
    add_lines,
    build_figures,
    find_line,
    forget_line,
    list_register,
    save_line,
)
from assistant.store.summaries import DOMAIN_QUESTION
from assistant.web.files import build_attachment
from assistant.web.forms import clean, existing_date, fits, storable, was_sent
from assistant.web.languages import the_language
from assistant.web.shell import the_shell
from assistant.web.who import signed
from assistant.words import OUTCOMES, PHASES, STATES, word
from exports import to_table

PAGE: Final = 100
EVERY: Final = 10_000  # lines of a file
LARGEST: Final = 1_000_000  # bytes of a file that is read
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

blueprint = Blueprint("register", __name__)


class LineForm(FlaskForm):  # type: ignore[misc]
    """Something that runs, without a dossier here."""

    title = StringField(
        validators=[DataRequired(lazy_gettext("Say what it is called.")), fits, storable], filters=[clean]
    )
    owner = StringField(validators=[fits, storable], filters=[clean])
    reference = StringField(validators=[fits, storable], filters=[clean])
    look_again = StringField(validators=[existing_date], filters=[clean])

    @property
    def said(self) -> dict[str, str]:
        """As the store keeps it."""
        return {
            "title": self.title.data or "",
            "owner": self.owner.data or "",
            "reference": self.reference.data or "",
            "look_again": read_date(self.look_again.data or "")[0] or "",
        }


@blueprint.get("/register")
def index() -> str:
    """A page of it. The filters stand in the address."""
    wanted, page = _wanted(), _page()
    entries = list_register(the_shell().engine, wanted, PAGE + 1, page * PAGE)
    return render_template(
        "officer/register.html",
        entries=entries[:PAGE],
        wanted=wanted,
        before=_address(wanted, page - 1) if page else "",
        more=_address(wanted, page + 1) if len(entries) > PAGE else "",
        address=lambda format: url_for("register.file", format=format, **_query(wanted)),
        states=[state.value for state in State if state is not State.NEW],
        decisions=[*LEADS_TO],
        domains=_domains(),
        today=clock.today(the_shell().settings.time_zone).isoformat(),
    )


@blueprint.get("/register/file.<format>")
def file(format: str) -> Response:
    """Everything that the filters show, as CSV, CSV for a spreadsheet (excel), or XLSX."""
    entries = list_register(the_shell().engine, _wanted(), EVERY)
    header, rows = _header(), [_row(entry) for entry in entries]
    name = f"register-{clock.today(the_shell().settings.time_zone).isoformat()}"
    match format:
        case "csv":
            return build_attachment(to_table.render_csv(header, rows), "text/csv; charset=utf-8", f"{name}.csv")
        case "excel":
            body = to_table.render_excel_csv(header, rows)
            return build_attachment(body, "text/csv; charset=utf-8", f"{name}-excel.csv")
        case "xlsx":
            return build_attachment(to_table.render_xlsx(header, rows, _("Register")), XLSX, f"{name}.xlsx")
        case _:
            abort(404)


@blueprint.route("/register/lines/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Write down what runs and has no dossier here; or read many from a file."""
    form = LineForm()
    if was_sent() and form.validate():
        return _add([form.said], form)
    return _new(form), 422 if form.errors else 200


@blueprint.post("/register/lines/file")
def read() -> ResponseReturnValue:
    """Lines from a CSV file: all of them, or none and what is wrong with which."""
    raw = _sent_file()
    found = read_register(raw) if len(raw) <= LARGEST else None
    form = LineForm(formdata=None)
    if found and found.lines:
        return _add(found.lines, form)
    return _new(form, _told(found)), 422


@blueprint.route("/register/lines/<line>", methods=["GET", "POST"])
def change(line: str) -> ResponseReturnValue:
    """Change a line, or take it off."""
    engine, kept = the_shell().engine, find_line(the_shell().engine, line)
    day = "-".join(reversed(kept.look_again.split("-"))) if kept.look_again else ""
    form = LineForm(data={"title": kept.title, "owner": kept.owner, "reference": kept.reference, "look_again": day})
    is_stale = False
    if request.form.get("do") == "remove":
        forget_line(engine, line, signed=signed())
        return _saved()
    if was_sent() and form.validate():
        try:
            save_line(engine, line, _rev(), form.said, signed=signed())
            return _saved()
        except Conflict:
            is_stale = True
    page = render_template("officer/register_line.html", form=form, line=kept, is_stale=is_stale)
    return page, 409 if is_stale else 422 if form.errors else 200


@blueprint.get("/register/figures")
def figures() -> str:
    """A year in figures, in tables and bars that say the same."""
    this_year = clock.today(the_shell().settings.time_zone).year
    given = request.args.get("year", "")
    year = int(given) if given.isdecimal() and len(given) == 4 and 2000 <= int(given) <= this_year else this_year
    return render_template(
        "officer/register_figures.html",
        figures=build_figures(the_shell().engine, year),
        domains=_domains(),
        this_year=this_year,
    )


def _sent_file() -> bytes:
    """What was sent, one byte more than is taken at most; a large one lies in a file that is closed at once."""
    sent = request.files.get("file")
    if sent is None:
        return b""
    with closing(sent):
        return sent.stream.read(LARGEST + 1)


def _add(lines: list[dict[str, str]], form: LineForm) -> ResponseReturnValue:
    try:
        add_lines(the_shell().engine, lines, signed=signed())
    except Conflict:
        full = _("The register has room for %(most)s lines. Take off what no longer runs.", most=MOST_LINES)
        return _new(form, [full]), 409
    return _saved()


def _new(form: LineForm, problems: Sequence[str] = ()) -> str:
    return render_template("officer/register_new.html", form=form, problems=problems, most=MOST)


def _told(found: Read | None) -> list[str]:
    """What is wrong with a file, a sentence each."""
    if found is None:
        return [_("This file is too large. Split it.")]
    says = {
        "not_utf8": _("The letters of this file cannot be read. In your spreadsheet, choose: save as CSV (UTF-8)."),
        "not_csv": _("This is no CSV file that can be read."),
        "empty": _("There are no lines in this file."),
        "no_title": _("The first line has no column called title."),
        "too_many": _("There are more than %(most)s lines in this file. Split it.", most=MOST),
        "uneven": _("This line has more or fewer fields than the first."),
        "title_missing": _("There is no title."),
        "date": _("This is no day. Write it as 21-11-2026 or 2026-11-21."),
        "unreadable": _("There are signs in it that cannot be kept."),
        "too_long": _("A field is longer than 200 characters."),
    }
    return [_told_of(one.line, says[one.key]) for one in found.problems[:50]]


def _told_of(line: int, says: str) -> str:
    return _("Line %(n)s: %(says)s", n=line, says=says) if line else says


def _saved() -> ResponseReturnValue:
    session["saved"] = True
    return redirect(url_for("register.index"))


def _wanted() -> Wanted:
    given = request.args
    state = given.get("state", "")
    return Wanted(
        state=state if state in {*State, LINE} else "",
        domain=given.get("domain", "")[:60],
        decision=given.get("outcome", "") if given.get("outcome", "") in LEADS_TO else "",
        search=given.get("q", "").strip().replace("\x00", "")[:200],
    )


def _query(wanted: Wanted) -> dict[str, Any]:
    given = {"state": wanted.state, "domain": wanted.domain, "outcome": wanted.decision, "q": wanted.search}
    return {name: value for name, value in given.items() if value}


def _address(wanted: Wanted, page: int) -> str:
    return url_for("register.index", **_query(wanted), after=str(page))


def _page() -> int:
    given = request.args.get("after", "")
    return int(given) if given.isdecimal() and len(given) < 5 else 0


def _rev() -> int:
    rev = request.form.get("rev", "")
    return int(rev) if rev.isdecimal() and len(rev) < 10 else -1


def _header() -> list[str]:
    return [
        _("Number"),
        _("Title"),
        _("State"),
        _("Phase"),
        _("Field of work"),
        _("Outcome"),
        _("Advice"),
        _("Decision"),
        _("Owner"),
        _("Reference"),
        _("Look again"),
    ]


def _row(entry: Entry) -> list[str]:
    language = the_language()

    def said(catalogue: Any, key: str) -> str:
        return word(catalogue, key, language) if key else ""

    state = said(STATES, entry.state) if entry.is_dossier else _("No dossier")
    return [
        entry.number,
        entry.title,
        state,
        said(PHASES, entry.phase),
        _domains().get(entry.domain, ""),
        said(OUTCOMES, entry.outcome),
        advice_words().get(entry.advice, ""),
        decision_words().get(entry.decision, ""),
        entry.owner,
        entry.reference,
        entry.look_again,
    ]


def advice_words() -> dict[str, str]:
    """What an advice says, in words."""
    return {
        "go_on": _("Can go on"),
        "go_on_with_conditions": _("Can go on, with conditions"),
        "dpia_first": _("First an assessment of risks (DPIA)"),
        "board_first": _("To the board first"),
        "do_not": _("Do not do this"),
    }


def decision_words() -> dict[str, str]:
    """What was decided, in words."""
    return {"go_on": _("The project goes on"), "change": _("Change the plan first"), "stop": _("The project stops")}


def _domains() -> dict[str, str]:
    question = the_shell().edition.questions.get(DOMAIN_QUESTION)
    return {choice.id: choice.label[the_language()] for choice in question.options} if question else {}
