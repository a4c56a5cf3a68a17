"""What a workshop gave: the overview, the report, the dossiers, the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from flask import Blueprint, Response, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

import exports
from assistant.errors import NotFound, Refused
from assistant.store.dossiers import Dossier
from assistant.store.org_settings import find_workshop_weeks
from assistant.store.workshop.kept import ENDED, PREPARED, Workshop
from assistant.store.workshop.origins import list_results
from assistant.store.workshop.tables import Table, find_table, list_tables
from assistant.web.facilitator.reporting import build_report
from assistant.web.facilitator.results import build_file, find_subject, make_dossier, put_into
from assistant.web.files import build_attachment
from assistant.web.gates import the_workshop
from assistant.web.languages import the_language
from assistant.web.shell import the_shell
from assistant.web.team.downloads import plain_name
from assistant.web.who import the_person
from assistant.workshop.report import Said, TableReport

LEFT = "left_alone"  # in the session: questions of the dossier that were left as they were

blueprint = Blueprint("afterwards", __name__)


@dataclass(frozen=True)
class Asked:
    """A question, and what each table said to it, in the tables' order."""

    ask: str
    said: tuple[Said | None, ...] = field(repr=False)

    @property
    def differs(self) -> bool:
        """Two tables that answered it said something else."""
        return len({one.answer for one in self.said if one}) > 1


@dataclass(frozen=True)
class OpenPoint:
    """What a table does not know yet, and who finds out."""

    ask: str
    table: int
    owner: str = field(repr=False)
    due: str


@blueprint.get("/workshops/<workshop>/afterwards")
def show(workshop: str) -> ResponseReturnValue:
    """Every table side by side; what can be made of it; apart from that, the notes of the talk."""
    kept, engine = the_workshop(), the_shell().engine
    if kept.state == PREPARED:
        return redirect(url_for("preparing.show", workshop=workshop))
    edition, language = the_shell().edition_of(kept.edition_hash), the_language()
    left, report, tables = session.pop(LEFT, []), build_report(kept, language), list_tables(engine, kept.id)
    return render_template(
        "facilitator/afterwards.html",
        kept=kept,
        report=report,
        tables=tables,
        asked=_side_by_side(report.tables),
        open_points=list(_open_points(kept, report.tables, tables)),
        results=dict(list_results(engine, kept.id, the_person().id)),
        about=_about(kept),
        weeks=find_workshop_weeks(engine),
        has_pdf=exports.is_ready("pdf"),
        left=[edition.questions[id].ask[language] for id in left if id in edition.questions],
    )


def _side_by_side(tables: Sequence[TableReport]) -> list[Asked]:
    by_ask = [{one.ask: one for one in table.said} for table in tables]
    asks = dict.fromkeys(ask for table in by_ask for ask in table)
    return [Asked(ask, tuple(table.get(ask) for table in by_ask)) for ask in asks]


def _open_points(kept: Workshop, reports: Sequence[TableReport], tables: Sequence[Table]) -> Iterator[OpenPoint]:
    """Of what is asked given the answers, as the report has it."""
    edition, language = the_shell().edition_of(kept.edition_hash), the_language()
    for report, table in zip(reports, tables, strict=True):
        unknown = {one.ask for one in report.said if not one.known}
        for id, answer in table.answers.items():
            if answer.unsure and id in edition.questions and (ask := edition.questions[id].ask[language]) in unknown:
                yield OpenPoint(ask, table.number, answer.owner, answer.due)


def _about(kept: Workshop) -> Dossier | None:
    """The dossier that it was about, as long as who is signed in may answer there."""
    with suppress(NotFound, Refused):
        return find_subject(kept)
    return None


@blueprint.get("/workshops/<workshop>/report")
def report(workshop: str) -> str:
    """The page that participants take home, as they see it."""
    kept = the_workshop()
    return render_template("room/report.html", report=build_report(kept, the_language()), workshop=kept)


@blueprint.post("/workshops/<workshop>/tables/<int:number>/dossier")
def dossier(workshop: str, number: int) -> ResponseReturnValue:
    """A dossier of what a table said, once the day is over. Pressed twice, it is the same one."""
    kept = the_workshop()
    if kept.state != ENDED:
        return redirect(url_for("afterwards.show", workshop=workshop))
    made = make_dossier(kept, find_table(the_shell().engine, kept.id, number))
    session["saved"] = True
    return redirect(url_for("dossiers.tasks", id=made))


@blueprint.post("/workshops/<workshop>/tables/<int:number>/into")
def into(workshop: str, number: int) -> ResponseReturnValue:
    """Into the dossier that the workshop was about; what changed there meanwhile is left alone, and told."""
    kept = the_workshop()
    if kept.state != ENDED or not kept.about_dossier:
        return redirect(url_for("afterwards.show", workshop=workshop))
    try:
        session[LEFT] = put_into(kept, find_table(the_shell().engine, kept.id, number))
    except Refused:
        return render_template("facilitator/locked.html", kept=kept), 409
    session["saved"] = True
    return redirect(url_for("afterwards.show", workshop=workshop))


@blueprint.get("/workshops/<workshop>/tables/<int:number>/answers.json")
def file(workshop: str, number: int) -> Response:
    """What a table said, for another installation."""
    kept = the_workshop()
    body = build_file(kept, find_table(the_shell().engine, kept.id, number))
    return build_attachment(body, "application/json", plain_name(f"{kept.title} {number}") + ".json")
