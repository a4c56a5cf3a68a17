"""From what a table said to a dossier: its answers, other views, values and actions, each as a dossier keeps it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from assistant import clock
from assistant.access import Action
from assistant.answers import NO_ANSWER, Answer, without_meta
from assistant.store.actions import add_action, list_actions, plan_action
from assistant.store.answers import add_other_view, save_answers
from assistant.store.chain import write_time
from assistant.store.changes import Signed
from assistant.store.database import writing
from assistant.store.documents import Document, Project, build_raw
from assistant.store.dossiers import Dossier, begin_dossier, open_dossier
from assistant.store.members import find_reach
from assistant.store.remarks import add_remark, list_remarks, write_remark
from assistant.store.workshop.kept import Workshop, lock_workshop
from assistant.store.workshop.origins import add_origin, find_origin, find_results, save_origin
from assistant.store.workshop.tables import Harvest, Table
from assistant.trees.edition import Edition
from assistant.trees.model import Kind
from assistant.web.forms import MAX_LINE
from assistant.web.shell import the_shell
from assistant.web.who import signed, the_person, the_reader
from assistant.workshop.story import known_answers


def answers_of(workshop: Workshop, table: Table, edition: Edition) -> dict[str, Answer]:
    """What the story tells, and over it what the table said."""
    return {**known_answers(workshop.story, edition), **_said(table, edition)}


def _said(table: Table, edition: Edition) -> dict[str, Answer]:
    """What the table answered; its values where a question asks for values and it answered nothing itself."""
    said = {
        id: replace(without_meta(answer), other_views=())
        for id, answer in table.answers.items()
        if id in edition.questions and not answer.is_missing
    }
    for question in edition.questions.values():
        if question.choices_from == "values" and question.kind is Kind.CHOICES and question.id not in said:
            kept = [choice.id for choice in question.choices if choice.id in table.values]
            if kept:
                said[question.id] = Answer(value=kept[: question.max_choices or len(kept)])
    return said


def make_dossier(workshop: Workshop, table: Table) -> str:
    """The dossier of what a table said, the facilitator's own; its id. Asked twice, even at once, it is the same."""
    shell, by = the_shell(), signed()
    edition = shell.edition_of(workshop.edition_hash)
    with writing(shell.engine) as connection:
        lock_workshop(connection, workshop.id, state=workshop.state)
        there = dict(find_results(connection, workshop.id, by.actor)).get(table.number)
        if there:
            return there
        said = build_raw(_document(workshop, table, edition, by))
        language, owner = workshop.language, the_person().id
        made: str = begin_dossier(connection, said, language, edition.hash, owner=owner, signed=by)["id"]
        add_origin(connection, made, workshop.id, table.number, _day(workshop))
        for text, owner, due in _actions(table.harvest):
            plan_action(connection, made, about="", text=text, owner=owner, due=due, signed=by)
        for text in _remarks(workshop, table.harvest):
            write_remark(connection, made, "", text, signed=by)
    return made


def _document(workshop: Workshop, table: Table, edition: Edition, by: Signed) -> Document:
    """Answers as the facilitator writes them down, other views as nobody's."""
    answers = {id: by.sign(answer, 1) for id, answer in answers_of(workshop, table, edition).items()}
    for id, views in _views(table, edition).items():
        answers[id] = replace(answers.get(id, NO_ANSWER), other_views=views)
    return Document(Project(_title(workshop, table), "", 1), (), answers)


def _views(table: Table, edition: Edition) -> dict[str, tuple[str, ...]]:
    return {id: said.other_views for id, said in table.answers.items() if said.other_views and id in edition.questions}


def _day(workshop: Workshop) -> date:
    return clock.date_of(workshop.opened_at or workshop.made_at, the_shell().settings.time_zone)


def _title(workshop: Workshop, table: Table) -> str:
    title: str = workshop.story.title["nl" if workshop.language == "nl" else "en"]
    if workshop.tables < 2:
        return title[:MAX_LINE]
    with force_locale(workshop.language):
        which = f" ({_('table %(n)s', n=table.number)})"
    return title[: MAX_LINE - len(which)] + which


def find_subject(workshop: Workshop) -> Dossier:
    """The dossier that it was about, for who may answer and plan in it. Raises NotFound or Refused."""
    engine, reader, id = the_shell().engine, the_reader(), workshop.about_dossier
    find_reach(engine, reader, id, Action.PLAN)
    return open_dossier(engine, id, reader, Action.ANSWER)


def put_into(workshop: Workshop, table: Table) -> list[str]:
    """Put what a table said into the dossier that the workshop was about; the questions that were left alone.

    Left alone is what somebody changed there since the workshop was prepared. What is there already is not put there
    twice. Raises NotFound or Refused when this facilitator may not answer and plan there, or nobody may.
    """
    shell, by = the_shell(), signed()
    kept = find_subject(workshop)
    edition, prepared = shell.edition_of(kept.edition_hash), write_time(workshop.made_at)
    changes: dict[str, tuple[int, Answer]] = {}
    left = []
    for id, said in _said(table, edition).items():
        there = kept.document.answers.get(id, NO_ANSWER)
        if without_meta(replace(there, other_views=())) == said:
            continue
        if there.is_missing or there.at <= prepared:
            changes[id] = (there.rev, said)
        else:
            left.append(id)
    save_answers(
        shell.engine, kept.id, changes, actor=by.actor, at=by.at, audit_key=shell.audit_key, edition=edition.hash
    )
    for id, views in _views(table, edition).items():
        for view in views:
            if view not in kept.document.answers.get(id, NO_ANSWER).other_views:
                add_other_view(shell.engine, kept.id, id, view, at=by.at, audit_key=shell.audit_key)
    if find_origin(shell.engine, kept.id) is None:
        save_origin(shell.engine, kept.id, workshop.id, table.number, _day(workshop))
    _add_harvest(kept.id, workshop, table)
    return left


def _add_harvest(dossier: str, workshop: Workshop, table: Table) -> None:
    """Actions, and the choice and the open question as remarks at the whole; those that are there already are left."""
    engine, by = the_shell().engine, signed()
    planned = {one.text for one in list_actions(engine, dossier)}
    for text, owner, due in _actions(table.harvest):
        if text not in planned:
            add_action(engine, dossier, about="", text=text, owner=owner, due=due, signed=by)
    remarked = {one.text for one in list_remarks(engine, dossier)}
    for text in _remarks(workshop, table.harvest):
        if text not in remarked:
            add_remark(engine, dossier, "", text, signed=by)


def _actions(harvest: Harvest) -> list[tuple[str, str, str]]:
    """What is to be done, who does it and by when: as it was written down."""
    actions = [(one.text, one.owner, one.due) for one in harvest.actions]
    return actions + ([(harvest.tomorrow, "", "")] if harvest.tomorrow else [])


def _remarks(workshop: Workshop, harvest: Harvest) -> list[str]:
    with force_locale(workshop.language):
        return [text for text in (_choice(harvest.choice), _question(harvest.question)) if text]


def _choice(text: str) -> str:
    return _("The choice of the workshop: %(text)s", text=text) if text else ""


def _question(text: str) -> str:
    return _("The open question of the workshop: %(text)s", text=text) if text else ""


def build_file(workshop: Workshop, table: Table) -> bytes:
    """What any installation opens as a dossier: as a dossier's JSON, which can hold whatever was typed."""
    edition = the_shell().edition_of(workshop.edition_hash)
    answers, views = answers_of(workshop, table, edition), _views(table, edition)
    said = {id: _plain(answers.get(id, NO_ANSWER), views.get(id, ())) for id in dict.fromkeys([*answers, *views])}
    project = {"title": _title(workshop, table)}
    plain = {"format": 1, "language": workshop.language, "project": project, "answers": said}
    return json.dumps(plain, ensure_ascii=False, indent=2).encode()


def _plain(answer: Answer, views: Sequence[str]) -> dict[str, Any]:
    said: dict[str, Any] = {"value": answer.value} if answer.has_value else {}
    given = {name: getattr(answer, name) for name in ("unsure", "not_applicable", "motivation", "owner", "due")}
    return said | {name: value for name, value in given.items() if value} | ({"other_views": [*views]} if views else {})
