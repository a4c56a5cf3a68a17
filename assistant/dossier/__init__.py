"""The dossier: what is handed over, worded for its readers."""

from assistant.dossier.build import ProjectFacts, build_dossier, plain_answer
from assistant.dossier.model import AUDIENCES, AnswerEntry, Audience, Dossier, SignalEntry, canonical
from assistant.dossier.writer import answer_text, table

__all__ = [
    "AUDIENCES",
    "AnswerEntry",
    "Audience",
    "Dossier",
    "ProjectFacts",
    "SignalEntry",
    "answer_text",
    "build_dossier",
    "canonical",
    "plain_answer",
    "table",
]
