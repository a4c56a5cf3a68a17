"""What looks like the project that a team describes: dossiers they may see and the library, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask import url_for
from flask_babel import gettext as _

from assistant.alike import find_shared, rank, telling_begins, words_of
from assistant.library import BECAME, Entry, list_library
from assistant.onward.words import ADVICES
from assistant.store.became import Became, find_became
from assistant.store.search import Hit, find_hits, find_sharing
from assistant.trees.model import Language
from assistant.web.languages import the_language
from assistant.web.question_form import Shown
from assistant.web.search import dossier_url
from assistant.web.shell import the_shell
from assistant.web.team.work import DossierWork, Work
from assistant.web.who import the_reader
from assistant.words import OUTCOMES, STATES, word

DESCRIPTION: Final = "description"  # the question where a team says what it wants
FIND: Final = "alike"  # the button that looks for it, and saves nothing
MOST_DOSSIERS: Final = 3
MOST_EXAMPLES: Final = 2
MOST_HAVING: Final = 200  # dossiers with a word; one that more have says nothing


@dataclass(frozen=True)
class Lookalike:
    """`became`: lines on how it ended; `link`: where it stands; `shared`: the words it has in common."""

    title: str
    link: str
    language: str
    became: tuple[str, ...]
    shared: tuple[str, ...]


@dataclass(frozen=True)
class Alike:
    """What was found for what is typed."""

    dossiers: tuple[Lookalike, ...]
    examples: tuple[Lookalike, ...]


def find_for(work: Work, shown: Sequence[Shown]) -> Alike | None:
    """What looks like the description in this form; None where there is none, or nothing is typed."""
    if len(shown) != 1 or shown[0].question.id != DESCRIPTION or not isinstance(work, DossierWork):
        return None
    text = shown[0].value
    if not isinstance(text, str) or not text.strip():
        return None
    begins = telling_begins(text)
    return Alike(
        _dossiers(text, begins, work.key), _examples(text, begins, "nl" if work.kept.language == "nl" else "en")
    )


def _dossiers(text: str, begins: Sequence[str], own: str) -> tuple[Lookalike, ...]:
    """Other dossiers: the rarest shared words lead."""
    reader, engine = the_reader(), the_shell().engine
    sharing = find_sharing(engine, reader, begins, most=MOST_HAVING, without=own)
    hits = find_hits(engine, reader, rank(sharing)[:MOST_DOSSIERS])
    became = find_became(engine, hits)
    return tuple(_of_dossier(hit, became[hit.dossier], words_of(sharing[hit.dossier], text)) for hit in hits)


def _examples(text: str, begins: Sequence[str], language: Language) -> tuple[Lookalike, ...]:
    """Entries of the library, in the language of the dossier where they come in both."""
    entries = {one.id: one for one in list_library(the_shell().engine, language)}
    shared = {id: find_shared(begins, f"{one.title} {one.text}") for id, one in entries.items()}
    return tuple(_of_entry(entries[id], words_of(shared[id], text)) for id in rank(shared)[:MOST_EXAMPLES])


def _of_entry(entry: Entry, shared: tuple[str, ...]) -> Lookalike:
    said = ((OUTCOMES, entry.outcome), (ADVICES, entry.advice), (BECAME, entry.became))
    lines = [word(catalogue, id, the_language()) for catalogue, id in said if id in catalogue]
    return Lookalike(entry.title, url_for("library.show", entry=entry.id), entry.language, tuple(lines), shared)


def _of_dossier(hit: Hit, became: Became, shared: tuple[str, ...]) -> Lookalike:
    advices = {
        "go_on": _("Can go on"),
        "go_on_with_conditions": _("Can go on, with conditions"),
        "dpia_first": _("First an assessment of risks (DPIA)"),
        "board_first": _("To the board first"),
        "do_not": _("Do not do this"),
    }
    decisions = {
        "go_on": _("The project goes on"),
        "change": _("Change the plan first"),
        "stop": _("The project stops"),
    }
    lines = [word(OUTCOMES, hit.outcome, the_language())] if hit.outcome else []
    lines += [_("Advice: %(advice)s", advice=advices[became.advice])] if became.advice else []
    lines += [_("Decision: %(decision)s", decision=decisions[became.decision])] if became.decision else []
    lines += [word(STATES, hit.reach.state, the_language())]
    link, title = dossier_url(hit), f"{hit.number} {hit.title}"
    return Lookalike(title, link, hit.language, tuple(lines), shared)
