"""The rounds of a workshop as data: what the room does, what a phone asks, what a facilitator says and hears."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from assistant.trees.model import Id, Part, Text
from assistant.trees.scope import closest
from assistant.trees.yaml import Path

Kind: TypeAlias = Literal[
    "talk",  # nothing to fill in
    "vote",  # one option for each item
    "values",  # a few of the organisation's values, in silence
    "values_together",  # what a table keeps of them
    "stance",  # one dilemma, from never to certainly
    "arguments",  # the best reason for and the best reason against
    "staircase",  # how far one may go: the choices of a question of the trees
    "hundred",  # how many of those a model flags are flagged rightly
    "questions",  # the case's questions, answered by a table
    "own_work",  # the quick scan, on one's own phone
    "harvest",  # what a table takes home
]
Finding: TypeAlias = tuple[Path, str, str]  # where, what is wrong, how to mend it

BY_PHONE = frozenset({"vote", "values", "stance", "arguments", "staircase", "hundred"})
BY_TABLE = frozenset({"values_together", "questions", "harvest"})


class Option(Part):
    """One of the answers that can be given to every item of a round."""

    id: Id
    label: Text


class Item(Part):
    """What is judged in a round: a statement, a card, a row."""

    id: Id
    says: Text
    right: str = ""  # the id of the option that fits, told when the round is shown; empty: there is none


class Exhibit(Part):
    """A small table that a round is about. Every row has a cell a column."""

    columns: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]


class Round(Part):
    """One round. `minutes` weighs it within its part of the day."""

    kind: Kind
    title: Text
    minutes: Annotated[int, Field(ge=1, le=120)]
    asks: Text  # on the projector and the phones
    says: Text  # what the facilitator says
    listen: Text  # what the facilitator listens for
    prompts: tuple[Text, ...] = ()  # for when it stalls; else those of the whole workshop
    options: tuple[Option, ...] = ()
    items: tuple[Item, ...] = ()
    most: Annotated[int, Field(ge=1, le=5)] = 1  # how many options one may choose
    exhibit: Exhibit | None = None
    reveal: Text | None = None  # told when the round is shown
    question: Id | None = None  # of the trees, whose choices a staircase has
    again: Id | None = None  # the earlier round that this one is laid beside
    news: bool = False  # begins with the news of the case
    tells: Literal["", "story", "rules"] = ""  # what the room gets to read: the story's facts, or the house rules


def round_findings(rounds: dict[Id, Round], questions: Sequence[str]) -> Iterator[Finding]:
    """Rounds that cannot be played: names that do not exist, items without options, rows without cells."""
    for id, one in rounds.items():
        place: Path = ("rounds", id)
        if one.again and one.again not in rounds:
            yield (*place, "again"), f"no round is called '{one.again}'", closest(one.again, rounds)
        if one.question and one.question not in questions:
            yield (*place, "question"), f"no question is called '{one.question}'", closest(one.question, questions)
        if one.kind in ("vote", "hundred") and not (one.options and one.items):
            yield (*place, "options"), "there is nothing to choose", "give it items and options"
        if one.kind == "stance" and not one.options:
            yield (*place, "options"), "there is nothing to choose", "give it options"
        if one.kind == "staircase" and not one.question:
            yield (*place, "question"), "a staircase has the steps of a question", "name that question"
        yield from _item_findings(one, place)


def _item_findings(one: Round, place: Path) -> Iterator[Finding]:
    options = {option.id for option in one.options}
    for number, item in enumerate(one.items):
        if item.right and item.right not in options:
            yield (
                (*place, "items", number, "right"),
                f"no option is called '{item.right}'",
                closest(item.right, options),
            )
    for ids in ([item.id for item in one.items], [option.id for option in one.options]):
        if len(set(ids)) < len(ids):
            yield place, "an id stands here twice", "rename one"
    if one.exhibit:
        for number, row in enumerate(one.exhibit.rows):
            if len(row) != len(one.exhibit.columns):
                yield (*place, "exhibit", "rows", number), "a row has a cell for every column", "add or take away one"
