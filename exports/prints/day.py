"""What the prints of a workshop are made of, and what several of them show alike."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any, Final

from assistant.trees.edition import Edition
from assistant.trees.model import Language, Question, Text
from assistant.trees.playbook import Playbook
from assistant.workshop.plan import Plan, Planned
from assistant.workshop.story import Story

Data = dict[str, Any]

_QUIET: Final = 4  # modules of white around a QR code, as its standard asks


@dataclass(frozen=True)
class Join:
    """How phones join: the code, a link short enough to type, and the whole link that the QR code holds."""

    code: str
    link: str
    qr_link: str


@dataclass(frozen=True)
class Day:
    """A workshop as planned, in one language. Without a way to join it is a day on paper."""

    plan: Plan
    story: Story
    playbook: Playbook
    edition: Edition
    language: Language
    join: Join | None = None

    @property
    def dilemmas(self) -> dict[str, Planned]:
        """The first round on every dilemma that is played, by the dilemma's id."""
        found: dict[str, Planned] = {}
        for one in self.plan.played:
            if one.between:
                found.setdefault(dilemma_of(one), one)
        return found

    @property
    def questions(self) -> list[Question]:
        """Those of the story that this edition still asks."""
        return [self.edition.questions[id] for id in self.story.questions if id in self.edition.questions]

    def plays(self, *kinds: str) -> bool:
        """Whether a round of such a kind is played."""
        return any(one.kind in kinds for one in self.plan.played)


def dilemma_of(planned: Planned) -> str:
    """The id of the dilemma that a round is about; empty when it is about none."""
    return planned.key.partition(":")[2]


def pair_of(planned: Planned, language: Language) -> list[Data]:
    """The two values that pull at a dilemma."""
    return [named(value, language) for value in planned.between]


def named(label: Text, language: Language) -> Data:
    """A value's label taken apart: the name, and what is meant by it."""
    name, _, says = label[language].partition(" - ")
    return {"name": name, "says": says[:1].upper() + says[1:]}


def join_data(join: Join | None, alt: str) -> Data | None:
    """How to join, the QR code drawn as SVG; `alt` says what it holds to who cannot see it."""
    if join is None:
        return None
    import segno  # here: it takes 16 ms to load

    drawn = io.BytesIO()
    segno.make_qr(join.qr_link, error="m").save(drawn, kind="svg", border=_QUIET, xmldecl=False)
    return {"code": join.code, "link": join.link, "qr": drawn.getvalue().decode(), "alt": alt.format(link=join.link)}
