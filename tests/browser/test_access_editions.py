"""The page that shows what a newer edition changes in a dossier, before and after moving."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.opening import Shell
from assistant.store.database import writing
from assistant.store.editions import save_edition
from assistant.trees.edition import Edition
from assistant.trees.model import Question, Text

from ..test_moving import mutate
from ..web.work import make_dossier
from .conftest import OpenPage, Site
from .looks import SOME, find_faults
from .review import Review


def older(edition: Edition) -> Edition:
    """With a question asked otherwise, and a choice that is gone since."""

    def change(question: Question) -> Question:
        if question.id != "purpose":
            return question
        more = question.choices[0].model_copy(update={"id": "former"})
        said = Text(nl="Waarvoor dient het?", en="What is it for?")
        return question.model_copy(update={"ask": said, "choices": (*question.choices, more)})

    return mutate(edition, change)


def begin_behind(shell: Shell) -> str:
    """A dossier of before the present edition."""
    was = older(shell.edition)
    with writing(shell.engine) as connection:
        save_edition(connection, was.body)
    said = {"phase": "exploration", "personal_data": "traceable", "purpose": ["former", "help"]}
    return make_dossier(replace(shell, edition=was), said)


def test_no_fault_on_the_page_of_a_newer_edition(site: Site, open_page: OpenPage) -> None:
    team = Review(open_page(), begin_behind(site.shell))
    faults = [f"{state}: {fault}" for state in moving(team) for fault in find_faults(team.page, SOME)]
    assert not faults, "\n".join(faults)


def test_no_fault_where_an_officer_compares_across_a_move(site: Site, open_page: OpenPage) -> None:
    dossier = begin_behind(site.shell)
    team, officer = Review(open_page(), dossier), Review(open_page("officer"), dossier)
    come_back_moved(team, officer)
    officer.open(at="/desk")
    faults = [f"{state}: {fault}" for state in comparing(officer) for fault in find_faults(officer.page, SOME)]
    assert not faults, "\n".join(faults)


def come_back_moved(team: Review, officer: Review) -> None:
    """Handed in, returned, moved, and handed in again without another answer."""
    team.hand_in("", "15-01-2027", "directeur")
    officer.pick_up()
    officer.send_back([("", "Waarom?")])
    team.open("/edition")
    team.go("#move button")
    team.hand_in("", "15-01-2027", "directeur")


def comparing(officer: Review) -> Iterator[str]:
    """The team changed nothing, so what the edition changed lies open; both parts work by keyboard."""
    by_team, by_edition = officer.page.locator("#changed ~ details").all()[:2]
    assert "Er is niets veranderd" in by_team.inner_text()
    assert "verschillende uitgaven van de vragen" in by_edition.inner_text()
    yield "what the edition changed"
    by_edition.locator("summary").first.focus()
    officer.page.keyboard.press("Enter")
    assert "verschillende uitgaven van de vragen" not in by_edition.inner_text()
    yield "what the edition changed, folded"


def moving(team: Review) -> Iterator[str]:
    team.open()
    yield "the notice"
    team.go("a[href$='/edition']")
    yield "what would change"
    team.go("#move button")
    yield "moved, and the way back"
