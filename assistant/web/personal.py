"""Personal data in typed text: named by kind and place, while typing and at saving. Never kept, never logged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assistant.answers import MAX_TEXT, Answer
from assistant.personal_data import find_personal_data
from assistant.trees.model import Kind, Question
from assistant.web.languages import the_language
from assistant.words import PERSONAL_DATA, word

blueprint = Blueprint("personal", __name__)


def kinds_in(texts: Iterable[str]) -> list[str]:
    """The kinds of personal data that these texts seem to hold, each once."""
    return list(dict.fromkeys(finding.kind for text in texts for finding in find_personal_data(text[:MAX_TEXT])))


def texts_of(question: Question, answer: Answer) -> Iterator[str]:
    """Everything in an answer that somebody typed."""
    yield from (answer.motivation, answer.not_applicable)
    if question.kind in (Kind.TEXT, Kind.LONG_TEXT) and answer.has_value:
        yield answer.value
    if question.kind is Kind.TABLE and answer.has_value:
        typed = [column.id for column in question.columns if column.kind == "text"]
        yield from (row[id] for row in answer.value for id in typed if isinstance(row.get(id), str))


def found_in(question: Question, texts: Iterable[str]) -> tuple[str, ...]:
    """What `News.personal` holds for one question."""
    return tuple(f"{question.id} {kind}" for kind in kinds_in(texts))


def in_words(kinds: Iterable[str]) -> str:
    """The kinds as people call them."""
    return ", ".join(word(PERSONAL_DATA, kind, the_language()) for kind in kinds)


@blueprint.post("/personal-data")
def look() -> ResponseReturnValue:
    """What a text being typed seems to hold, in a sentence; the text is forgotten at once."""
    kinds = kinds_in([request.form.get("text", "")])
    warning = _("This looks like %(kinds)s. Do you need it here? Leave it out if you can.", kinds=in_words(kinds))
    return jsonify(warning=warning if kinds else "")
