"""The demo's five dossiers of Oeverland: a draft, two at the officer, one returned, one advised on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from assistant import clock
from assistant.demo import PEOPLE, TEAM
from assistant.dossier import HandInFacts, ProjectFacts, build_dossier, frozen
from assistant.opening import Shell, import_answers
from assistant.store.advices import Asked, Opinion, give_advice
from assistant.store.changes import Signed
from assistant.store.dossiers import Dossier
from assistant.store.lists import list_dossiers
from assistant.store.remarks import QUESTION, add_remark
from assistant.store.summaries import build_summary
from assistant.store.versions import Version, hand_in, return_version, take
from assistant.trees.load import shipped_folder

EXAMPLE = "early-school-leaving.yaml"
OFFICER = "officer"


@dataclass(frozen=True)
class Asks:
    """What the team says at hand-in, in the dossier's language."""

    note: str
    start_in: int  # days
    decider: str


def add_example(shell: Shell) -> None:
    """The finished example, unless there is a dossier already."""
    if not list_dossiers(shell.engine, limit=1):
        _start(shell, EXAMPLE)


def add_demo(shell: Shell) -> None:
    """All five, unless there is a dossier already."""
    if list_dossiers(shell.engine, limit=1):
        return
    _start(shell, EXAMPLE)
    _at_officer(shell, "absence-predicted.yaml", Asks("Wij willen in januari beginnen.", 45, "de directie"))
    _at_officer(shell, "library-visits-by-district.yaml", Asks("Alleen totalen, geen personen.", 14, "hoofd Cultuur"))
    _returned(shell)
    _advised(shell)


def _returned(shell: Shell) -> None:
    kept, _ = _at_officer(
        shell, "early-debt-contact.yaml", Asks("Graag advies voor de proef begint.", 60, "het college")
    )
    officer = _signed(shell, OFFICER)
    asked = (
        ("legal_task", "Op welk artikel steunt het benaderen van mensen? Vraag het de jurist en schrijf het hier."),
        ("informing", "Hoe horen mensen dat hun gegevens hiervoor gebruikt zijn, ook wie jullie niet bellen?"),
    )
    for question, text in asked:
        if question in kept.document.answers:
            add_remark(shell.engine, kept.id, question, text, kind=QUESTION, signed=officer)
    return_version(shell.engine, kept.id, signed=officer)


def _advised(shell: Shell) -> None:
    kept, version = _at_officer(
        shell, "care-cost-forecast.yaml", Asks("Voor de begroting van 2027.", 30, "de directie")
    )
    due = (clock.today() + timedelta(days=90)).isoformat()
    opinion = Opinion(
        kind="po",
        outcome="go_on_with_conditions",
        motivation="De raming werkt met groepen en raakt niemand persoonlijk. Houd dat zo.",
        conditions=(Asked("Laat groepen kleiner dan tien weg uit elke tabel.", "data-analist", due),),
        function=PEOPLE[OFFICER].function,
    )
    give_advice(shell.engine, kept.id, version.id, opinion, signed=_signed(shell, OFFICER))


def _at_officer(shell: Shell, file: str, asks: Asks) -> tuple[Dossier, Version]:
    kept, team = _start(shell, file), PEOPLE[TEAM]
    today = clock.today(shell.settings.time_zone)
    start = (today + timedelta(days=asks.start_in)).isoformat()
    project = kept.document.project
    made = build_dossier(
        shell.edition,
        kept.document.answers,
        ProjectFacts(project.title, project.organisation, kept.number, kept.version),
        today,
        "nl",
        open_by_hand=kept.document.trees,
        hand_in=HandInFacts(team.function, team.id, start, asks.decider, asks.note),
    )
    version = hand_in(
        shell.engine,
        kept.id,
        frozen(made),
        based_on=kept.version,
        note=asks.note,
        wanted_start=start,
        decider=asks.decider,
        summary=build_summary(made, start),
        signed=_signed(shell, TEAM),
    )
    if file.startswith("absence"):
        take(shell.engine, kept.id, PEOPLE[OFFICER].id, signed=_signed(shell, OFFICER))
    return kept, version


def _start(shell: Shell, file: str) -> Dossier:
    return import_answers(shell, (shipped_folder() / "scenarios" / file).read_bytes(), file)


def _signed(shell: Shell, person: str) -> Signed:
    return Signed(PEOPLE[person].id, clock.now(), shell.audit_key)
