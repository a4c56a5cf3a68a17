"""What changed between two dossiers: two versions, two variants, or one in two editions."""

from assistant.compare.causes import Causes, split_causes
from assistant.compare.model import AnswerChange, Changes, Difference, Line, Move, Passage, Span, ThemeChanges
from assistant.compare.weighing import Alternative, weigh
from assistant.compare.whole import compare

__all__ = [
    "Alternative",
    "AnswerChange",
    "Causes",
    "Changes",
    "Difference",
    "Line",
    "Move",
    "Passage",
    "Span",
    "ThemeChanges",
    "compare",
    "split_causes",
    "weigh",
]
