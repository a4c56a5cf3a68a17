"""What someone answers in a round, how answers are counted, and what of it may be shown. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from assistant.answers import check_text, clean_text
from assistant.trees.model import Part
from assistant.workshop.plan import Planned

SMALLEST: Final = range(3, 11)  # how few people may be shown together, as a facilitator may set it
USUAL: Final = 5
LONGEST_NOTE: Final = 240  # characters
MOST_ON_PAPER: Final = 500  # forms of one round

Ballot: TypeAlias = dict[str, list[str]]  # item -> the options chosen, or one text; an item left out is an abstention


class Tally(Part):
    """A round counted: `people` who answered anything; item -> people who answered it; item -> option -> people."""

    people: int
    answered: dict[str, int]
    counts: dict[str, dict[str, int]]


def read_ballot(planned: Planned, get: Callable[[str], Sequence[str]]) -> tuple[Ballot, dict[str, str]]:
    """What a form says, by item, and what is wrong with it: item -> `too_many`, `too_long` or `unreadable`.

    What is no option of the round is as nothing chosen.
    """
    ballot: Ballot = {}
    wrong: dict[str, str] = {}
    known = {option.id for option in planned.options}
    for item in planned.items:
        given = list(get(item.id))
        if planned.typed:
            typed = given[0] if given else ""
            text, problem = clean_text(typed), _text_problem(typed)
            if problem:
                wrong[item.id] = problem
            if text:
                ballot[item.id] = [text]
            continue
        chosen = [option for option in dict.fromkeys(given) if option in known]
        if len(chosen) > planned.most:
            wrong[item.id] = "too_many"
        if chosen:
            ballot[item.id] = chosen
    return ballot, wrong


def _text_problem(typed: str) -> str:
    if check_text(typed):
        return "unreadable"
    return "too_long" if len(clean_text(typed)) > LONGEST_NOTE else ""


def count(planned: Planned, ballots: Iterable[Ballot], paper: Mapping[str, Sequence[int]], forms: int = 0) -> Tally:
    """Ballots and forms counted together. `paper`: item -> people per option, in the order of the options."""
    given = [ballot for ballot in ballots if ballot]
    counts: dict[str, Counter[str]] = {item.id: Counter() for item in planned.items}
    answered = Counter(item for ballot in given for item in ballot if item in counts)
    for ballot in given:
        for item, chosen in ballot.items():
            if item in counts and not planned.typed:
                counts[item].update(chosen)
    for item, numbers in paper.items():
        if item in counts:
            counts[item].update(dict(zip((option.id for option in planned.options), numbers, strict=True)))
            answered[item] += forms if planned.most > 1 else sum(numbers)
    on_paper = max([forms, *(sum(numbers) for numbers in paper.values() if planned.most == 1)], default=forms)
    return Tally(
        people=len(given) + on_paper,
        answered={item.id: answered[item.id] for item in planned.items},
        counts={item: {id: n for id, n in counted.items() if n} for item, counted in counts.items()},
    )


def to_keep(tally: Tally, smallest: int) -> Tally | None:
    """What may be kept and shown: nothing of fewer than `smallest` people, and no item that fewer answered.

    How many took part in a round that is not shown is not kept either.
    """
    shown = [item for item, people in tally.answered.items() if people >= smallest]
    if not shown:
        return None
    return Tally(
        people=tally.people,
        answered={item: tally.answered[item] for item in shown},
        counts={item: tally.counts[item] for item in shown},
    )


def lonely_items(planned: Planned, tally: Tally) -> list[str]:
    """Items on which all but one agree: showing them points at somebody."""
    if planned.most > 1 or planned.typed:
        return []
    return [
        item
        for item, people in tally.answered.items()
        if people > 1 and max(tally.counts[item].values(), default=0) == people - 1
    ]


def read_paper(line: str, planned: Planned) -> tuple[list[int], str]:
    """A line such as "0 2 5 1 3": people per option. What is wrong: `numbers`, `how_many`, `too_many` or ""."""
    parts = line.replace(",", " ").replace(";", " ").split()
    if not parts:
        return [], ""
    if not all(part.isascii() and part.isdigit() and len(part) < 6 for part in parts):
        return [], "numbers"
    numbers = [int(part) for part in parts]
    if len(numbers) != len(planned.options):
        return [], "how_many"
    return (numbers, "") if sum(numbers) <= MOST_ON_PAPER * planned.most else ([], "too_many")
