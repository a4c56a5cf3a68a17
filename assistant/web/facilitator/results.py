"""From what a table said to a dossier: its answers, other views, values and actions, each as a dossier keeps it."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from ruamel.yaml import YAML

from assistant import clock
from assistant.answers import NO_ANSWER, Answer, without_meta
from assistant.store.actions import add_action
from assistant.store.answers import add_other_view, save_answers
from assistant.store.dossiers import create_dossier, find_dossier
from assistant.store.remarks import add_remark
from assistant.store.workshop.kept import Workshop
from assistant.store.workshop.origins import save_origin
from assistant.store.workshop.tables import Table
from assistant.trees.edition import Edition
from assistant.trees.model import PHASE_QUESTION, Kind
from assistant.web.shell import the_shell
from assistant.web.who import signed, the_person
from assistant.workshop.story import known_answers


def answers_of(workshop: Workshop, table: Table, edition: Edition) -> dict[str, Answer]:
    """What the story tells, over it what the table answered; its values where a question asks for values."""
    said = {
        id: replace(without_meta(answer), other_views=())
        for id, answer in table.answers.items()
        if id in edition.questions and not answer.is_missing
    }
    found = {**known_answers(workshop.story, edition), **said}
    for question in edition.questions.values():
        if question.choices_from == "values" and question.kind is Kind.CHOICES and table.values:
            kept = [choice.id for choice in question.choices if choice.id in table.values]
            if kept and question.id not in said:
                found[question.id] = Answer(value=kept[: question.max_choices or len(kept)])
    return found


def make_dossier(workshop: Workshop, table: Table) -> str:
    """A new dossier of the facilitator's own; its id."""
    shell, by = the_shell(), signed()
    edition = shell.edition_of(workshop.edition_hash)
    made = create_dossier(
        shell.engine,
        title=_title(workshop, table),
        organisation="",
        language=workshop.language,
        edition_hash=edition.hash,
        answers=answers_of(workshop, table, edition),
        trees=(),
        actor=the_person().id,
        owner=the_person().id,
        at=by.at,
        audit_key=shell.audit_key,
    )
    _add_beside(made.id, table, edition)
    day = clock.date_of(workshop.opened_at or workshop.made_at, shell.settings.time_zone)
    save_origin(shell.engine, made.id, workshop.id, table.number, day)
    return made.id


def _title(workshop: Workshop, table: Table) -> str:
    title = workshop.story.title["nl" if workshop.language == "nl" else "en"]
    return (f"{title} ({_('table %(n)s', n=table.number)})" if workshop.tables > 1 else title)[:200]


def put_into(workshop: Workshop, table: Table) -> list[str]:
    """Put what a table answered into the dossier that the workshop was about; the questions that were left alone.

    Left alone is what somebody changed there since the workshop was prepared. Raises Refused where it is locked.
    """
    shell, by = the_shell(), signed()
    kept = find_dossier(shell.engine, workshop.about_dossier)
    edition = shell.edition_of(kept.edition_hash)
    changes, left = {}, []
    for id, answer in table.answers.items():
        if id not in edition.questions or answer.is_missing:
            continue
        there = kept.document.answers.get(id, NO_ANSWER)
        if there.value != workshop.story.answers.get(id) or there.not_applicable or there.motivation:
            left.append(id)
        else:
            changes[id] = (there.rev, replace(without_meta(answer), other_views=()))
    save_answers(shell.engine, kept.id, changes, actor=by.actor, at=by.at, audit_key=shell.audit_key)
    _add_beside(kept.id, table, edition)
    return left


def _add_beside(dossier: str, table: Table, edition: Edition) -> None:
    """Other views, actions, and what the table takes home as remarks at the whole."""
    engine, by, key = the_shell().engine, signed(), the_shell().audit_key
    for question, answer in table.answers.items():
        for view in answer.other_views if question in edition.questions else ():
            add_other_view(engine, dossier, question, view, at=by.at, audit_key=key)
    harvest = table.harvest
    actions = [(one.text, one.owner, one.due) for one in harvest.actions]
    actions += [(harvest.tomorrow, "", "")] if harvest.tomorrow else []
    for text, owner, due in actions:
        add_action(engine, dossier, about="", text=text, owner=owner, due=due, signed=by)
    for text in (_choice(harvest.choice), _question(harvest.question)):
        if text:
            add_remark(engine, dossier, "", text, signed=by)


def _choice(text: str) -> str:
    return _("The choice of the workshop: %(text)s", text=text) if text else ""


def _question(text: str) -> str:
    return _("The open question of the workshop: %(text)s", text=text) if text else ""


def build_file(workshop: Workshop, table: Table) -> bytes:
    """An answers file, which any installation opens."""
    edition = the_shell().edition_of(workshop.edition_hash)
    answers = answers_of(workshop, table, edition)
    views = {id: list(answer.other_views) for id, answer in table.answers.items() if answer.other_views}
    phase = answers.pop(PHASE_QUESTION, NO_ANSWER).value
    project = {"title": _title(workshop, table)} | ({"phase": phase} if phase else {})
    plain = {id: _plain(answers.get(id, NO_ANSWER), views.get(id, [])) for id in dict.fromkeys([*answers, *views])}
    out = io.BytesIO()
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style, yaml.allow_unicode, yaml.width = False, True, 110
    yaml.dump({"format": 1, "language": workshop.language, "project": project, "answers": plain}, out)
    return out.getvalue()


def _plain(answer: Answer, views: list[str]) -> Any:
    said: dict[str, Any] = {"value": answer.value} if answer.has_value else {}
    said |= {"unsure": True} if answer.unsure else {}
    for name in ("not_applicable", "motivation", "owner", "due"):
        if getattr(answer, name):
            said[name] = getattr(answer, name)
    return said | ({"other_views": views} if views else {})
