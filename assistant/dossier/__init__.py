"""The dossier: what is handed over, worded for its readers."""

from assistant.dossier.build import HandInFacts, ProjectFacts, build_dossier, plain_answer
from assistant.dossier.model import AUDIENCES, AnswerEntry, Audience, Dossier, SignalEntry, canonical, frozen
from assistant.dossier.writer import Ended, answer_text, table

__all__ = [
    "AUDIENCES",
    "AnswerEntry",
    "Audience",
    "Dossier",
    "Ended",
    "HandInFacts",
    "ProjectFacts",
    "SignalEntry",
    "answer_text",
    "build_dossier",
    "canonical",
    "frozen",
    "plain_answer",
    "table",
]
