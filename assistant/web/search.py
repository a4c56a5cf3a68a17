"""Search what one may see: a page of dossiers, each with where the words stand, and how it stands itself."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _

from assistant import clock
from assistant.access import Action
from assistant.library import list_library, search_entries
from assistant.search_terms import MOST_QUERY, Extract, Term, count_found, extract, read_query
from assistant.store.became import Became, find_became
from assistant.store.dossiers import find_dossier
from assistant.store.search import Hit, search
from assistant.store.search_index import TITLE, Layer
from assistant.walk import phase_of, walk
from assistant.web.languages import the_language
from assistant.web.shell import the_shell
from assistant.web.who import the_reader

PAGE: Final = 10
MOST_PAGES: Final = 1_000
MOST_ENTRIES: Final = 5  # of the library

blueprint = Blueprint("search", __name__)


@dataclass(frozen=True)
class Line:
    """A dossier that was found: what it is called, where the words stand, and what became of it."""

    hit: Hit
    where: str
    where_url: str
    pieces: Extract
    is_off_path: bool
    became: Became

    @property
    def url(self) -> str:
        """Where this reader reads the dossier."""
        return dossier_url(self.hit)


@blueprint.get("/search")
def show() -> str:
    """By GET, so that a search can be kept and sent. What is searched for is logged nowhere."""
    query, number = request.args.get("q", "")[:MOST_QUERY], _page_number()
    terms = read_query(query)
    found = search(the_shell().engine, the_reader(), terms, PAGE, (number - 1) * PAGE)
    became = find_became(the_shell().engine, found.hits)
    return render_template(
        "search.html",
        query=query,
        is_empty=not terms,
        count=found.count,
        lines=[_line(hit, terms, became[hit.dossier]) for hit in found.hits],
        number=number,
        pages=-(-found.count // PAGE),
        entries=search_entries(list_library(the_shell().engine, the_language()), terms)[:MOST_ENTRIES],
    )


def dossier_url(hit: Hit) -> str:
    """To the work for who reads that, else to the desk."""
    return url_for("dossiers.tasks" if Action.READ in hit.reach.allowed else "opening.show", id=hit.dossier)


def _page_number() -> int:
    given = request.args.get("page", "")
    return min(max(int(given), 1), MOST_PAGES) if given.isdecimal() and len(given) < 6 else 1


def _line(hit: Hit, terms: tuple[Term, ...], became: Became) -> Line:
    place, text = max(hit.parts, key=lambda part: count_found(part[1], terms), default=(TITLE, ""))
    if not count_found(text, terms):  # by its number
        place, text = TITLE, ""
    pieces = extract(text, terms) if text and place != TITLE else ()
    is_off = place != TITLE and hit.layer is Layer.WORK and place not in _path(hit)
    return Line(hit, _where(hit, place, bool(text)), _where_url(hit, place), pieces, is_off, became)


def _path(hit: Hit) -> Collection[str]:
    """The questions that are asked as the answers now are."""
    shell = the_shell()
    kept = find_dossier(shell.engine, hit.dossier)
    answers, today = kept.document.answers, clock.today(shell.settings.time_zone)
    edition = shell.edition_of(kept.edition_hash)
    return walk(edition, answers, phase_of(answers), today, open_by_hand=kept.document.trees).path


def _where(hit: Hit, place: str, has_text: bool) -> str:
    names: dict[str, str] = {
        TITLE: _("The title") if has_text else _("The number"),
        "advice": _("An advice"),
        "condition": _("A condition of an advice"),
        "decision": _("A decision"),
    }
    if place == TITLE or hit.layer in (Layer.ADVICE, Layer.DECISION):
        return names[place]
    asked = the_shell().edition_of(hit.edition_hash).questions.get(place)
    return asked.ask[the_language()] if asked else place


def _where_url(hit: Hit, place: str) -> str:
    if hit.layer is Layer.DECISION:
        return url_for("deciding.page", id=hit.dossier)
    is_team = Action.READ in hit.reach.allowed
    if hit.layer is Layer.ADVICE:
        return url_for("outcomes.advice" if is_team else "opening.show", id=hit.dossier)
    if hit.layer is Layer.WORK and place != TITLE:
        return url_for("questions.question", id=hit.dossier, question=place)
    return dossier_url(hit) if hit.layer is Layer.WORK or place == TITLE else url_for("whole.show", id=hit.dossier)
