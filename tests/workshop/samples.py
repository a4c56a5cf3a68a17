"""A small playbook made by hand: two dilemmas, and a round of every kind that a phone answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.trees.cases import Case, RunSheet, Workshop
from assistant.trees.model import Choice
from assistant.trees.playbook import Playbook, build_playbook
from assistant.workshop.plan import Chosen, Plan, Planned, build_plan
from assistant.workshop.story import Story, story_of

from ..trees import samples as trees

both = trees.both
STANCES = ("never", "rather_not", "only_if", "rather_yes", "certainly")
EDITION = trees.edition(trees.tree(trees.question("q"), trees.question("w"), trees.question("steps")))
VALUES = ("care", "privacy", "trust", "safety", "openness", "autonomy")


AS_IT_IS = Chosen()


def statements() -> dict[str, Any]:
    items = [{"id": id, "says": both(f"says {id}")} for id in ("s1", "s2")]
    return {"kind": "vote", "options": trees.choices("no", "yes"), "items": items}


def stance(**more: Any) -> dict[str, Any]:
    return {"kind": "stance", "options": trees.choices(*STANCES)} | more


ROUNDS: dict[str, dict[str, Any]] = {
    "rules": {"kind": "talk", "tells": "rules"},
    "case": {"kind": "talk", "tells": "story"},
    "wall": statements(),
    "silent": {"kind": "values", "most": 3},
    "together": {"kind": "values_together"},
    "stance": stance(),
    "reasons": {"kind": "arguments"},
    "stance_again": stance(again="stance"),
    "stairs": {"kind": "staircase", "question": "steps"},
    "turn": stance(again="stance_again", news=True),
    "questions": {"kind": "questions"},
    "harvest": {"kind": "harvest"},
    "wall_after": statements() | {"again": "wall"},
}


def step(begins: int, ends: int, *rounds: str, **more: Any) -> dict[str, Any]:
    return {"minutes": [begins, ends], "title": both(f"part {begins}"), "does": both(), "rounds": [*rounds]} | more


STEPS = (
    step(0, 10),
    step(10, 20, "rules", "case", "wall"),
    step(20, 40, "silent", "together"),
    step(40, 100, "stance", "reasons", "stance_again", each_dilemma=True),
    step(100, 120, "stairs", "turn"),
    step(120, 150, "questions", "harvest", "wall_after"),
)


def case(**changed: Any) -> Case:
    dilemmas = [
        {"id": id, "between": list(between), "asks": both(f"asks {id}")}
        for id, between in (("ring", ("care", "privacy")), ("tell", ("openness", "trust")), ("more", ("care", "trust")))
    ]
    made = {
        "format": 1, "case": "school", "title": both("School"), "domain": "education", "minutes": 60,
        "story": both("A story"), "facts": [both("one"), both("two")], "roles": ["parent", "analyst", "mayor"],
        "dilemmas": dilemmas, "twist": both("News"), "questions": ["q", "w", "steps"], "lessons": ["law"],
        "way_out": both("Way out"),
    }  # fmt: skip
    return Case.model_validate(made | changed)


def playbook(rounds: dict[str, dict[str, Any]] = ROUNDS, steps: Sequence[dict[str, Any]] = STEPS) -> Playbook:
    told = {name: both(name) for name in ("asks", "says", "listen")}
    card = {"title": both(), "says": both()}
    workshop = {
        "format": 1, "house_rules": [both()], "prompts": [both("prompt")], "roles": {},
        "cards": {"parent": card, "analyst": card, "mayor": card},
        "rounds": {id: {"title": both(id), "minutes": 5, **told, **one} for id, one in rounds.items()},
        "run_sheets": [{"id": "day", "title": both("Day"), "people": both(), "steps": steps}],
    }  # fmt: skip
    values = tuple(Choice.model_validate({"id": id, "label": both(id)}) for id in VALUES)
    return build_playbook([case()], Workshop.model_validate(workshop), values)


def sheet() -> RunSheet:
    return playbook().sheets["day"]


def story(**changed: Any) -> Story:
    return story_of(case(**changed))


def plan(chosen: Chosen = AS_IT_IS, about: Story | None = None) -> Plan:
    book = playbook()
    return build_plan(book, EDITION, book.sheets["day"], about or story(), chosen)


def planned(key: str, chosen: Chosen = AS_IT_IS) -> Planned:
    """The round with this key."""
    return next(one for one in plan(chosen).rounds if one.key == key)


def place(key: str) -> int:
    """Where a round stands among those that are played."""
    return [one.key for one in plan().played].index(key)
