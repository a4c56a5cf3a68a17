"""From a run sheet and a story to the rounds of a day."""

from __future__ import annotations

import pytest

from assistant.workshop.plan import Chosen, Plan, dilemmas_of

from ..trees.samples import both
from . import samples


def keys(plan: Plan) -> list[str]:
    return [one.key for one in plan.played]


def test_a_day_plays_its_rounds_in_order_those_of_dilemmas_one_dilemma_after_the_other() -> None:
    assert keys(samples.plan()) == [
        "part_0", "rules", "case", "wall", "silent", "together",
        "stance:ring", "reasons:ring", "stance_again:ring", "stance:tell", "reasons:tell", "stance_again:tell",
        "stairs", "turn:ring", "questions", "harvest", "wall_after",
    ]  # fmt: skip


def test_two_dilemmas_are_played_unless_others_are_chosen() -> None:
    assert [one.id for one in dilemmas_of(samples.story(), Chosen())] == ["ring", "tell"]
    assert [one.id for one in dilemmas_of(samples.story(), Chosen(dilemmas=("more", "ring")))] == ["ring", "more"]
    assert "stance:more" in keys(samples.plan(Chosen(dilemmas=("more",))))


def test_minutes_of_a_part_are_divided_by_weight_and_add_up() -> None:
    plan = samples.plan()
    for number, part in enumerate(plan.parts):
        assert sum(one.minutes for one in plan.rounds if one.part == number) == part.minutes
    assert plan.minutes == 150


def test_a_facilitator_changes_minutes_and_leaves_rounds_out() -> None:
    plan = samples.plan(Chosen(minutes={"wall": 25}, without={"stairs", "part_0"}))
    assert [one.minutes for one in plan.rounds if one.key == "wall"] == [25]
    assert not {"stairs", "part_0"} & set(keys(plan))
    assert {"stairs", "part_0"} <= {one.key for one in plan.rounds}
    assert plan.minutes == 150 + 25 - samples.planned("wall").minutes - 10 - 10


def test_a_second_round_is_laid_beside_the_first_of_the_same_dilemma() -> None:
    again = {one.key: one.again for one in samples.plan().rounds if one.again}
    assert again == {
        "stance_again:ring": "stance:ring",
        "stance_again:tell": "stance:tell",
        "turn:ring": "stance_again:ring",
        "wall_after": "wall",
    }


def test_what_a_round_asks_and_offers_comes_from_the_story_the_values_and_the_trees() -> None:
    stance, silent, stairs = (samples.planned(key) for key in ("stance:ring", "silent", "stairs"))
    assert (stance.asks["en"], [item.id for item in stance.items]) == ("asks ring", ["ring"])
    assert [value["en"] for value in stance.between] == ["care", "privacy"]
    assert [option.id for option in silent.options] == [*samples.VALUES]
    assert [option.id for option in stairs.options] == ["a", "b", "c"]
    assert [item.id for item in samples.planned("reasons:ring").items] == ["for", "against"]


def test_the_room_reads_the_house_rules_and_the_facts_of_the_story() -> None:
    read = {one.key: (one.tells, [line["en"] for line in one.lines]) for one in samples.plan().rounds if one.lines}
    assert read == {"rules": ("rules", ["text"]), "case": ("story", ["one", "two"])}


def test_news_is_told_in_the_round_of_the_turn_alone() -> None:
    told = {one.key: one.news["en"] for one in samples.plan().rounds if one.news}
    assert told == {"turn:ring": "News"}


@pytest.mark.parametrize(("left_out", "gone"), [
    ({"twist": None}, {"turn:ring"}),
    ({"dilemmas": ()}, {"turn:ring", "stance:ring", "reasons:tell"}),
])  # fmt: skip
def test_a_story_without_news_or_dilemmas_has_no_round_on_them(left_out: dict[str, object], gone: set[str]) -> None:
    story = samples.story().model_copy(update=left_out)
    assert not gone & set(keys(samples.plan(about=story)))


def test_a_part_without_a_round_that_can_be_played_is_a_talk() -> None:
    story = samples.story().model_copy(update={"dilemmas": ()})
    assert [one.kind for one in samples.plan(about=story).rounds if one.key == "part_3"] == ["talk"]


def test_a_plan_written_and_read_again_is_the_same() -> None:
    plan = samples.plan(Chosen(without={"stairs"}))
    assert Plan.model_validate_json(plan.model_dump_json(exclude_defaults=True)) == plan
    assert plan.rounds[0].asks == samples.sheet().steps[0].does == type(plan.rounds[0].asks)(**both())
