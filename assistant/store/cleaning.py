"""A dossier's own rows without texts that were taken out of a version: what it says and said, and what is beside it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from sqlalchemy import Connection, Table, bindparam, delete, select, update

from assistant.dossier.redaction import Cut, Taken, marker_of
from assistant.store.documents import Raw, write_json
from assistant.store.tables import actions, answer_history, drafts, endings, question_links, remarks, weighings
from assistant.trees.model import Language

Clean = Callable[[str, str], str]  # a question and a text -> the text without what is taken out
Typed = Mapping[str, frozenset[str]]  # questions whose value is typed: "" for all of it, else the columns of its table
_HISTORY: Final = select(*answer_history.c).where(answer_history.c.dossier_id == bindparam("dossier"))
_UPDATE_HISTORY: Final = update(answer_history).where(
    answer_history.c.dossier_id == bindparam("dossier"),
    answer_history.c.version == bindparam("of_version"),
    answer_history.c.question == bindparam("of_question"),
)
_DRAFTS: Final = select(drafts.c.person_id, drafts.c.question, drafts.c.body).where(
    drafts.c.dossier_id == bindparam("dossier")
)
_FORGET_DRAFT: Final = delete(drafts).where(
    drafts.c.dossier_id == bindparam("dossier"),
    drafts.c.person_id == bindparam("person"),
    drafts.c.question == bindparam("asked"),
)
_OF_PROJECT: Final = ("title", "organisation")  # what these were before stands in the history too
BESIDE: Final = {
    remarks: ("text", "assigned"),
    actions: ("text", "owner", "done_note"),
    endings: ("reason",),
    weighings: ("reason",),
}
UNSEALED: Final = {question_links: ("sent_to",)}  # no event speaks of these rows
_COLUMNS: Final = {**BESIDE, **UNSEALED}


def build_cleaner(language: Language, taken: list[Taken], cut: Cut) -> Clean:
    """How a text that was said to a question ("": to none) reads without what is taken out."""
    marker = marker_of(cut.kind, language)
    swaps: dict[str, dict[str, str]] = {}
    for one in taken:
        swaps.setdefault(one.typed.about if one.typed.where == "answer" else "", {})[one.typed.text] = one.after
    return lambda question, text: swaps.get(question, {}).get(text) or cut.without(text, marker)


def clean_document(said: Raw, version: int, typed: Typed, clean: Clean) -> Raw:
    """What the dossier says; what changed gets this version, so that who has the old text in a form is told."""
    cleaned: Raw = json.loads(json.dumps(said))
    project = cleaned["project"]
    project |= {name: clean("", project[name]) for name in _OF_PROJECT}
    if project != said["project"]:
        project["rev"] = version
    for question, answer in said["answers"].items():
        new = _clean_answer(answer, question, typed, clean)
        if new != answer:
            cleaned["answers"][question] = {**new, "rev": version}
    for question, views in said["other_views"].items():
        cleaned["other_views"][question] = [clean(question, view) for view in views]
    return cleaned


def clean_rows(connection: Connection, dossier: str, table: Table, clean: Clean) -> list[dict[str, Any]]:
    """The rows beside the dossier that were changed, as they now are."""
    changed = []
    for row in connection.execute(select(*table.c).where(table.c.dossier_id == dossier)).mappings().all():
        new = {name: clean("", row[name]) for name in _COLUMNS[table]}
        if any(row[name] != text for name, text in new.items()):
            connection.execute(update(table).where(table.c.id == row["id"]).values(**new))
            changed.append({**row, **new})
    return changed


def _clean_answer(answer: Mapping[str, Any], question: str, typed: Typed, clean: Clean) -> dict[str, Any]:
    new = dict(answer)
    for name in ("motivation", "not_applicable", "owner", *_OF_PROJECT):
        if new.get(name):
            new[name] = clean(question, new[name])
    columns, value = typed.get(question, frozenset()), new.get("value")
    if "" in columns and isinstance(value, str):
        new["value"] = clean(question, value)
    elif columns and isinstance(value, list):
        new["value"] = [
            {
                name: clean(question, cell) if name in columns and isinstance(cell, str) else cell
                for name, cell in one.items()
            }
            for one in value
        ]
    return new


def clean_history(connection: Connection, dossier: str, typed: Typed, clean: Clean) -> None:
    """What was replaced in it before."""
    for old in connection.execute(_HISTORY, {"dossier": dossier}).mappings().all():
        answer = json.loads(old["body"])
        new = _clean_answer(answer, old["question"], typed, clean)
        if new != answer:
            where = {"dossier": dossier, "of_version": old["version"], "of_question": old["question"]}
            connection.execute(_UPDATE_HISTORY.values(body=write_json(new)), where)


def forget_drafts(connection: Connection, dossier: str, taken: list[Taken], cut: Cut) -> None:
    """Drafts at a question that was cleaned, and those that hold a word, go as they are: nobody else may read them."""
    questions = {one.typed.about for one in taken}
    for person, question, body in connection.execute(_DRAFTS, {"dossier": dossier}).all():
        if question in questions or any(names(text, cut) for text in _strings(json.loads(body))):
            connection.execute(_FORGET_DRAFT, {"dossier": dossier, "person": person, "asked": question})


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


def names(text: str, cut: Cut) -> bool:
    """Whether a text holds a word that is taken out."""
    return cut.without(text, "") != text
