"""What lies or stands on a table: cards of roles, dilemmas, values and a ladder, and the tent with how to join."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.workshop.plan import Planned
from exports.prints.day import Data, Day, named, pair_of
from exports.prints.words import Words


def build_cards(day: Day, words: Words) -> Data:
    """One list, a card a page, in the order in which a day needs them."""
    return {"title": day.story.title[day.language], "cards": [*_cards(day, words)]}


def build_tent(day: Day) -> Data:
    """How to join is the same for everyone; a day without phones has the house rules there."""
    rules = [rule[day.language] for rule in day.playbook.workshop.house_rules]
    return {"title": day.story.title[day.language], "rules": rules}


def _cards(day: Day, words: Words) -> Iterator[Data]:
    language = day.language
    for planned in day.plan.played:
        if is_laid_out(planned):
            yield from _ladder(planned, day, words)
    known = day.playbook.workshop.cards
    for role in [known[id] for id in day.story.roles if id in known]:
        yield _card(words["role"], role.title[language], role.says[language], words["role_ask"])
    if day.plays("values", "values_together"):
        for value in day.playbook.values:
            yield _card(words["value"], **_titled(named(value.label, language)))
    for number, planned in enumerate(day.dilemmas.values(), 1):
        kind = words["dilemma"].format(n=number)
        yield {**_card(kind, planned.asks[language], foot=words["dilemma_ask"]), "between": pair_of(planned, language)}


def is_laid_out(planned: Planned) -> bool:
    """Whether every item has its place among the options and nothing has to be read beside it."""
    return planned.kind == "vote" and not planned.exhibit and all(item.right for item in planned.items)


def _ladder(planned: Planned, day: Day, words: Words) -> Iterator[Data]:
    title, language = planned.title[day.language], day.language
    for number, option in enumerate(planned.options, 1):
        yield _card(title, option.label[language], words["rung"].format(n=number))
    for item in planned.items:
        yield _card(title, item.says[language], foot=planned.asks[language])


def _titled(value: Data) -> Data:
    return {"title": value["name"], "says": value["says"]}


def _card(kind: str, title: str, says: str = "", foot: str = "") -> Data:
    return {"kind": kind, "title": title, "says": says, "foot": foot, "between": []}
