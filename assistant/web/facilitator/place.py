"""A table of a workshop and whoever writes for it: the facilitator, or a note taker with a link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from flask import url_for

from assistant import clock
from assistant.answers import NO_ANSWER, Answer
from assistant.dossier import answer_text
from assistant.errors import NotFound
from assistant.store.workshop.kept import Workshop
from assistant.store.workshop.rounds import SHOWN, list_rounds
from assistant.store.workshop.tables import Table, find_by_pen, find_table
from assistant.trees.edition import Edition
from assistant.trees.model import Question
from assistant.trees.rounds import Option
from assistant.walk import Mark, Step, Walk, phase_of, walk
from assistant.web.gates import the_workshop
from assistant.web.languages import the_language
from assistant.web.shell import the_shell
from assistant.workshop.ballots import Tally
from assistant.workshop.plan import Planned
from assistant.workshop.story import known_answers


@dataclass(frozen=True)
class Place:
    """A table as it was last saved. `token`: the note taker's; the facilitator has none."""

    workshop: Workshop
    table: Table
    token: str = field(default="", repr=False)

    @staticmethod
    def of_facilitator(number: int) -> Place:
        """A table of the facilitator's own workshop. Raises NotFound."""
        return Place(the_workshop(), find_table(the_shell().engine, the_workshop().id, number))

    @staticmethod
    def of_note_taker(token: str) -> Place:
        """The one table that a link opens. Raises NotFound."""
        workshop, number = find_by_pen(the_shell().engine, token)
        return Place(workshop, find_table(the_shell().engine, workshop.id, number), token)

    @property
    def number(self) -> int:
        """Which table."""
        return self.table.number

    @property
    def key(self) -> str:
        """Tells the news of this table from any other in the same browser."""
        return f"{self.workshop.id}/{self.number}"

    def again(self) -> Place:
        """As it is saved by now."""
        return replace(self, table=find_table(the_shell().engine, self.workshop.id, self.number))

    def url(self, page: str, **values: Any) -> str:
        """A page of this table, for who is writing."""
        if self.token:
            return url_for(f"writing.pen_{page}", token=self.token, **values)
        return url_for(f"writing.{page}", workshop=self.workshop.id, number=self.number, **values)

    def question_url(self, question: str) -> str:
        """The page of one question."""
        return self.url("question", question=question)

    @cached_property
    def edition(self) -> Edition:
        """What the workshop pins."""
        return the_shell().edition_of(self.workshop.edition_hash)

    @cached_property
    def answers(self) -> Mapping[str, Answer]:
        """What the story tells, and over it what the table says."""
        return {
            **known_answers(self.workshop.story, self.edition),
            **{id: answer for id, answer in self.table.answers.items() if not answer.is_missing},
        }

    def answer(self, question: str) -> Answer:
        """What is saved for a question, with the other views."""
        views = self.table.answers.get(question, NO_ANSWER).other_views
        return replace(self.answers.get(question, NO_ANSWER), other_views=views)

    @cached_property
    def way(self) -> Walk:
        """The walk as it stands."""
        return self.walk_with(self.answers)

    def walk_with(self, answers: Mapping[str, Answer]) -> Walk:
        """The walk as it would be with other answers."""
        return walk(self.edition, answers, phase_of(answers), clock.today(the_shell().settings.time_zone))

    @property
    def questions(self) -> list[str]:
        """What the story asks, in its order."""
        return [id for id in self.workshop.story.questions if id in self.edition.questions]

    @cached_property
    def steps(self) -> list[Step]:
        """Those of them that are asked, given what was answered."""
        found = (self.way.step(id) for id in self.questions)
        return [step for step in found if step is not None]

    def question(self, id: str) -> Question:
        """A question of the story, asked now or not. Raises NotFound."""
        if id not in self.questions:
            raise NotFound("question")
        return self.edition.questions[id]

    def next_after(self, question: str = "") -> str:
        """The next question without an answer, looking on from this one first; empty when there is none."""
        ids = [step.question.id for step in self.steps]
        start = ids.index(question) + 1 if question in ids else 0
        ahead = (*self.steps[start:], *self.steps[:start])
        return next((step.question.id for step in ahead if step.mark is Mark.MISSING), "")

    @property
    def done(self) -> int:
        """How many questions have an answer; not knowing is one."""
        return sum(step.mark is not Mark.MISSING for step in self.steps)

    @property
    def unsure(self) -> int:
        """How many of them say that it is not known yet."""
        return sum(step.mark in (Mark.UNSURE, Mark.PARTLY) for step in self.steps)

    def in_words(self, question: str) -> str:
        """What is saved for a question, as a reader reads it."""
        return answer_text(self.edition.questions[question], self.answer(question), the_language())

    @property
    def values(self) -> tuple[Option, ...]:
        """The values there are to keep: those of the plan, else the organisation's."""
        planned = next((one for one in self.workshop.plan.rounds if one.kind in ("values", "values_together")), None)
        if planned:
            return planned.options
        return tuple(Option(id=value.id, label=value.label) for value in the_shell().playbook.values)

    @property
    def room_values(self) -> tuple[Planned, Tally] | None:
        """What everyone chose in silence, if the room saw it."""
        for number, kept in list_rounds(the_shell().engine, self.workshop.id).items():
            if kept.state == SHOWN and kept.tally and self.workshop.rounds[number].kind == "values":
                return self.workshop.rounds[number], kept.tally
        return None

    @property
    def is_harvested(self) -> bool:
        """Something of the harvest is written down."""
        harvest = self.table.harvest
        return bool(harvest.choice or harvest.question or harvest.tomorrow or harvest.actions)
