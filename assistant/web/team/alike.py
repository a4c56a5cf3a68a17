"""What looks like the project that a team describes: dossiers they may see, and examples, with what became of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from flask_babel import gettext as _

from assistant.alike import Candidate, find_shared, rank, telling_begins, words_of
from assistant.store.became import Became, find_became
from assistant.store.search import Hit, find_hits, find_sharing
from assistant.trees.load import shipped_folder, tree_files
from assistant.trees.model import LANGUAGES, Language
from assistant.trees.yaml import read_yaml
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
class Alike:
    """What was found for what is typed."""

    dossiers: tuple[Candidate, ...]
    examples: tuple[Candidate, ...]


def find_for(work: Work, shown: Sequence[Shown]) -> Alike | None:
    """What looks like the description in this form; None where there is none, or nothing is typed."""
    if len(shown) != 1 or shown[0].question.id != DESCRIPTION or not isinstance(work, DossierWork):
        return None
    text = shown[0].value
    return find_alike(text, work.key) if isinstance(text, str) and text.strip() else None


def find_alike(text: str, dossier: str) -> Alike:
    """Dossiers other than this one, and examples: the rarest shared words lead."""
    begins, reader, engine = telling_begins(text), the_reader(), the_shell().engine
    sharing = find_sharing(engine, reader, begins, most=MOST_HAVING, without=dossier)
    examples = list(find_examples(the_language()))
    shared = {n: found for n, one in enumerate(examples) if (found := find_shared(begins, f"{one.title} {one.text}"))}
    hits = find_hits(engine, reader, rank(sharing)[:MOST_DOSSIERS])
    became = find_became(engine, hits)
    return Alike(
        tuple(_dossier(hit, became[hit.dossier], words_of(sharing[hit.dossier], text)) for hit in hits),
        tuple(replace(examples[n], shared=words_of(shared[n], text)) for n in rank(shared)[:MOST_EXAMPLES]),
    )


def find_examples(language: Language) -> Iterable[Candidate]:
    """Everything beside dossiers that a description is compared with."""
    for source in EXAMPLES:
        yield from source(language)


def shipped_scenarios(language: Language) -> Iterable[Candidate]:
    """The worked examples in the package; they are written for its own trees."""
    return () if the_shell().settings.trees_dir else _scenarios(language)


@cache  # they never change, and reading them takes a fifth of a second
def _scenarios(language: Language) -> tuple[Candidate, ...]:
    found = []
    for file in tree_files(shipped_folder() / "scenarios"):
        said = read_yaml(file.read_bytes(), file.name).data
        texts = (said["answers"].get(DESCRIPTION, ""), *said["persona"].values())
        outcome = word(OUTCOMES, said["expect"]["outcome"], language)
        found.append(
            Candidate(
                title=said["project"]["title"],
                text=" ".join(map(str, texts)),
                became=(outcome,),
                story=said["persona"][language],
                language=said["language"],
            )
        )
    return tuple(found)


def practice_cases(language: Language) -> Iterable[Candidate]:
    """The practice cases of workshops, with one way out that others found."""
    for case in the_shell().playbook.cases:
        text = " ".join((*(case.story[one] for one in LANGUAGES), *(fact[language] for fact in case.facts)))
        yield Candidate(case.title[language], text, (case.way_out[language],), story=case.story[language])


EXAMPLES: Final[tuple[Callable[[Language], Iterable[Candidate]], ...]] = (shipped_scenarios, practice_cases)


def _dossier(hit: Hit, became: Became, shared: tuple[str, ...]) -> Candidate:
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
    return Candidate(title, "", tuple(lines), link, language=hit.language, shared=shared)
