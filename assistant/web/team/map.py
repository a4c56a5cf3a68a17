"""The walk as a map: a line through the themes with what is done, raised and open; and the same in words."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template

from assistant.trees.model import Level
from assistant.web.languages import the_language
from assistant.web.team.dossiers import Part, parts_of
from assistant.web.team.work import DossierWork

ROW = 48  # pixels between two stops
HEAD = 60  # pixels for a tree's name
LONGEST = 40  # characters of a theme's name that fit

blueprint = Blueprint("map", __name__)


@dataclass(frozen=True)
class Stop:
    """One theme on the line. `stop`, `high` and `attention` count what counts there, possible ones included."""

    part: Part
    y: int
    head: int  # where the tree's name stands, 0 if not here
    name: str
    stop: int
    high: int
    attention: int


def stops_of(work: DossierWork) -> list[Stop]:
    """The themes from top to bottom, each with its place and what it raised."""
    language, stops, y, tree = the_language(), list[Stop](), 0, ""
    for part in parts_of(work):
        head = 0
        if part.tree.id != tree:
            tree, y = part.tree.id, y + HEAD
            head = y
        y += ROW
        about = {question.id for question in part.theme.questions}
        levels = [
            raised.signal.level
            for raised in work.way.signals
            if raised.signal.about in about and not raised.superseded_by
        ]
        name = part.theme.title[language]
        stops.append(
            Stop(
                part=part,
                y=y,
                head=head,
                name=name if len(name) <= LONGEST else name[: LONGEST - 1] + "…",
                stop=levels.count(Level.STOP),
                high=levels.count(Level.HIGH),
                attention=levels.count(Level.ATTENTION),
            )
        )
    return stops


@blueprint.get("/dossiers/<id>/map")
def show(id: str) -> str:
    """The map, and the same in a table."""
    work = DossierWork.open(id)
    stops = stops_of(work)
    height = stops[-1].y + ROW if stops else ROW
    return render_template("team/map.html", work=work, stops=stops, height=height)
