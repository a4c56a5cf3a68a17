"""A table of all scenarios in docs/scenarios.md: how much is asked, how long it takes, what it raises."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdf
import pytest

from assistant.dossier import ProjectFacts, build_dossier
from assistant.trees.load import shipped_edition
from assistant.trees.model import Kind, Language, Level, Question, Text
from assistant.walk import Walk
from exports import to_pdf

from .test_scenarios import SCENARIOS, follow
from .texts import WORD

DOCUMENT = Path(__file__).parent.parent / "docs" / "scenarios.md"
WORDS_PER_MINUTE, MINUTES_A_TEXT, MINUTES_A_TABLE = 200, 1, 2
TEXTS = (Kind.TEXT, Kind.LONG_TEXT)
LEVELS = (Level.STOP, Level.HIGH, Level.ATTENTION)
HEAD = f"""# The scenarios

Generated from `question_trees/scenarios`; `make docs` writes it again. Minutes: reading what is asked, why, and the
choices at {WORDS_PER_MINUTE} words a minute, {MINUTES_A_TEXT} for each free text and {MINUTES_A_TABLE} for each table;
a talk about it takes longer. Pages: of the team's PDF. Signals: certain + possible, without those that another one
replaces.

| scenario | phase | asked | free texts | tables | minutes | pages | stop | high | attention | outcome |
|---|---|---|---|---|---|---|---|---|---|---|
"""


def minutes(questions: list[Question], language: Language) -> int:
    """What it takes to read the questions and to write, rounded up."""
    said = (text[language] for question in questions for text in _read(question))
    reading = sum(len(WORD.findall(text)) for text in said) / WORDS_PER_MINUTE
    kinds = Counter(question.kind for question in questions)
    writing = MINUTES_A_TEXT * sum(kinds[kind] for kind in TEXTS) + MINUTES_A_TABLE * kinds[Kind.TABLE]
    return -int(-(reading + writing) // 1)


def _read(question: Question) -> Iterator[Text]:
    yield from (question.ask, question.why)
    for part in (question, *question.columns):
        yield from (choice.label for choice in part.options)


def pages(file: Path) -> int:
    expect, read, _ = follow(file)
    facts = ProjectFacts(read.title, read.organisation)
    day = date.fromisoformat(expect["today"])
    dossier = build_dossier(shipped_edition(), read.answers, facts, day, read.language, open_by_hand=read.trees)
    return len(pypdf.PdfReader(io.BytesIO(to_pdf.render(dossier))).pages)


def signals(way: Walk, level: Level) -> str:
    at = [raised.certain for raised in way.signals if raised.signal.level is level and not raised.superseded_by]
    return f"{at.count(True)} + {at.count(False)}" if at else "-"


def row(file: Path) -> str:
    _, read, way = follow(file)
    questions = [step.question for step in way.steps]
    kinds = Counter(question.kind for question in questions)
    cells = (
        file.stem,
        way.phase,
        len(questions),
        sum(kinds[kind] for kind in TEXTS),
        kinds[Kind.TABLE],
        minutes(questions, read.language),
        pages(file),
        *(signals(way, level) for level in LEVELS),
        way.outcome.kind.replace("_", " "),
    )
    return "| " + " | ".join(map(str, cells)) + " |"


@pytest.mark.slow
def test_the_document_is_what_the_scenarios_make(update_examples: bool) -> None:
    made = HEAD + "\n".join(map(row, SCENARIOS)) + "\n"
    if update_examples:
        DOCUMENT.write_text(made, encoding="utf-8")
    assert DOCUMENT.read_text(encoding="utf-8") == made, "run: make docs, then read the diff"
