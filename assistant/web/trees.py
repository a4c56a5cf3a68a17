"""The question trees for readers: what is asked, when, and what it can raise; the same as a picture."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, abort, render_template
from markupsafe import Markup

from assistant.draw import draw_tree
from assistant.trees.edition import Edition
from assistant.trees.in_words import Words, condition_in_words
from assistant.trees.model import Depth, Language, Phase, Question, Signal, Theme, Tree
from assistant.trees.program import opening_groups
from assistant.web.languages import the_language
from assistant.web.shell import the_shell
from assistant.words import GATES, word

blueprint = Blueprint("trees", __name__)


@dataclass(frozen=True)
class Reader:
    """What the page asks of an edition."""

    edition: Edition
    language: Language

    def words(self, condition: str) -> Words:
        """A condition in words."""
        return condition_in_words(self.edition, condition, self.language)

    def when(self, *conditions: str | None) -> list[Words]:
        """Those of the conditions that there are, in words; all of them must hold."""
        return [self.words(condition) for condition in conditions if condition]

    def openings(self, tree: Tree, depth: Depth) -> list[list[Words]]:
        """What opens a tree at a depth: of each group one must hold; no group for a tree that is always open."""
        groups = opening_groups(self.edition.trees)[tree.id, depth]
        return [[self.words(text) for text in texts] for texts in groups]

    def signals(self, question: Question) -> list[Signal]:
        """What stands at a question, the most serious first."""
        about = (signal for signal in self.edition.signals.values() if signal.about == question.id)
        return sorted(about, key=lambda signal: signal.level.rank)

    def phases(self, question: Question) -> tuple[Phase, ...]:
        """The phases in which it is asked; empty where that is all of them."""
        return () if set(question.phases) == set(Phase) else question.phases

    def gate(self, signal: Signal, theme: Theme) -> str:
        """Before which moment it has to be settled."""
        return word(GATES, signal.gate or theme.gate, self.language)


@blueprint.get("/trees")
def index() -> str:
    """The trees there are, and how they hang together."""
    reader = Reader(the_shell().edition, the_language())
    return render_template("trees/index.html", reader=reader, trees=reader.edition.trees, depths=Depth)


@blueprint.get("/trees/<tree>")
def show(tree: str) -> str:
    """One tree of the current edition: the picture, then everything in words."""
    reader = Reader(the_shell().edition, the_language())
    found = reader.edition.tree_ids.get(tree) or abort(404)
    picture = draw_tree(reader.edition, found, reader.language, standalone=False)
    return render_template(
        "trees/tree.html",
        reader=reader,
        tree=found,
        depths=Depth,
        picture=Markup(picture),  # noqa: S704  every text in it was escaped where it was drawn
    )
