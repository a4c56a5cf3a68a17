"""What a workshop gave, collected from what is kept of it."""

from __future__ import annotations

from collections.abc import Iterator

from assistant import clock
from assistant.dossier import answer_text
from assistant.store.workshop.door import list_seats
from assistant.store.workshop.kept import Workshop
from assistant.store.workshop.notes import Note, list_notes
from assistant.store.workshop.rounds import SHOWN, Kept, list_rounds
from assistant.store.workshop.tables import Table, list_tables
from assistant.trees.model import Language
from assistant.trees.rounds import Option
from assistant.walk import phase_of, walk
from assistant.web.shell import the_shell
from assistant.workshop.report import Report, Said, Shown, TableReport, Todo
from assistant.workshop.story import known_answers


def build_report(workshop: Workshop, language: Language) -> Report:
    """The whole of it, in one language."""
    engine, zone = the_shell().engine, the_shell().settings.time_zone
    rounds = list_rounds(engine, workshop.id)
    began = workshop.opened_at or workshop.made_at
    tables = [_table(workshop, table, language) for table in list_tables(engine, workshop.id)]
    return Report(
        title=workshop.title,
        day=clock.date_of(began, zone).isoformat(),
        language=language,
        people=len(list_seats(engine, workshop.id)),
        shown=tuple(_shown(workshop, rounds)),
        tables=tuple(tables),
        reasons=tuple(_reasons(workshop, list_notes(engine, workshop.id), language)),
        parked=workshop.parked,
    )


def _shown(workshop: Workshop, rounds: dict[int, Kept]) -> Iterator[Shown]:
    by_key = {one.key: rounds.get(number) for number, one in enumerate(workshop.rounds)}
    for number, planned in enumerate(workshop.rounds):
        kept = rounds.get(number)
        if kept and kept.tally and kept.state == SHOWN and not planned.typed:
            before = by_key.get(planned.again)
            is_shown = before is not None and before.state == SHOWN
            yield Shown(planned, kept.tally, before.tally if before and is_shown else None)


def _reasons(
    workshop: Workshop, notes: list[Note], language: Language
) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """By dilemma; a group is its heading with what was written under it."""
    for number, planned in enumerate(workshop.rounds):
        mine = [note for note in notes if note.number == number]
        if mine:
            yield planned.asks[language], _side(mine, "for"), _side(mine, "against")


def _side(notes: list[Note], side: str) -> tuple[str, ...]:
    mine = sorted((note for note in notes if note.side == side), key=lambda note: (not note.heading, note.heading))
    return tuple(f"{note.heading}: {note.text}" if note.heading else note.text for note in mine)


def _table(workshop: Workshop, table: Table, language: Language) -> TableReport:
    harvest = table.harvest
    labels = {option.id: option.label[language] for option in _values(workshop)}
    return TableReport(
        number=table.number,
        said=tuple(_said(workshop, table, language)),
        values=tuple(labels.get(value, value) for value in table.values),
        choice=harvest.choice,
        question=harvest.question,
        tomorrow=harvest.tomorrow,
        todo=tuple(Todo(one.text, one.owner, one.due) for one in harvest.actions),
    )


def _values(workshop: Workshop) -> tuple[Option, ...]:
    return next((one.options for one in workshop.plan.rounds if one.kind in ("values", "values_together")), ())


def _said(workshop: Workshop, table: Table, language: Language) -> Iterator[Said]:
    """What is asked given the answers, in the story's order; what nobody answered is left out."""
    edition = the_shell().edition_of(workshop.edition_hash)
    answers = {
        **known_answers(workshop.story, edition),
        **{id: answer for id, answer in table.answers.items() if not answer.is_missing},
    }
    way = walk(edition, answers, phase_of(answers), clock.today(the_shell().settings.time_zone))
    for id in workshop.story.questions:
        step, answer = way.step(id), table.answers.get(id)
        if step and answer and (not answer.is_missing or answer.other_views):
            said = answer_text(step.question, answer, language)
            yield Said(step.question.ask[language], said, known=not answer.unsure, other_views=answer.other_views)
