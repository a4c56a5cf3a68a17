"""Conditions in words: each kind of comparison, in both languages, and every condition that is shipped."""

from __future__ import annotations

import re
from datetime import date

import pytest

from assistant.trees.edition import Edition
from assistant.trees.in_words import Words, condition_in_words
from assistant.trees.load import shipped_edition
from assistant.trees.model import LANGUAGES, Language
from assistant.trees.program import conditions_of

from .trees.samples import both, choices, edition, fact, question, signal, tree

DAY = date(2026, 1, 1)


def made() -> Edition:
    columns = [
        {"id": "kind", "label": both("Kind"), "kind": "choice", "choices": choices("a", "b")},
        {"id": "weight", "label": both("Weight"), "kind": "scale"},
        {"id": "marks", "label": both("Marks"), "kind": "choices", "choices": choices("x", "y")},
    ]
    return edition(
        tree(
            question("one", ask=both("One?")),
            question("many", "choices", ask=both("Many?")),
            question("size", "number", ask=both("Size?")),
            question("day", "date", ask=both("Day?")),
            question("yes", "yes_no", ask=both("Sure?")),
            question("rows", "table", ask=both("Rows?"), columns=columns),
            facts={"held": fact("one == 'a'") | {"says": both("Something holds")}},
            signals=[signal("bad", "one", "one == 'b'") | {"says": both("It is bad.")}],
        ),
        limit=10,
    )


@pytest.mark.parametrize(
    ("condition", "nl", "en"),
    [
        ("one == 'a'", "het antwoord op “One?” is “a”", "the answer to “One?” is “a”"),
        ("one != 'a'", "het antwoord op “One?” is niet “a”", "the answer to “One?” is not “a”"),
        ("one in ['a', 'b']", "het antwoord op “One?” is “a” of “b”", "the answer to “One?” is “a” or “b”"),
        (
            "one not in ['a', 'b']",
            "het antwoord op “One?” is niet “a” of “b”",
            "the answer to “One?” is not “a” or “b”",
        ),
        ("'a' in many", "bij “Many?” is “a” gekozen", "“a” is chosen at “Many?”"),
        ("'a' not in many", "bij “Many?” is “a” niet gekozen", "“a” is not chosen at “Many?”"),
        ("yes == 'no'", "het antwoord op “Sure?” is “Nee”", "the answer to “Sure?” is “No”"),
        ("size < 5", "het antwoord op “Size?” is minder dan 5", "the answer to “Size?” is less than 5"),
        ("size >= setting('limit')", "het antwoord op “Size?” is minstens 10", "the answer to “Size?” is at least 10"),
        (
            "count(many) >= 2",
            "bij “Many?” zijn minstens 2 antwoorden gekozen",
            "at least 2 answers are chosen at “Many?”",
        ),
        ("count(rows) == 1", "bij “Rows?” zijn precies 1 rijen ingevuld", "exactly 1 rows are filled in at “Rows?”"),
        (
            "count_yes(yes) > 0",
            "het antwoord is meer dan 0 keer ja op: “Sure?”",
            "the answer is yes more than 0 times to: “Sure?”",
        ),
        (
            "days_until(day) <= 56",
            "de datum bij “Day?” is hoogstens 56 dagen ver",
            "the date at “Day?” is at most 56 days away",
        ),
        ("answered(one)", "er is een antwoord op “One?”", "there is an answer to “One?”"),
        ("unsure(one)", "jullie weten nog geen antwoord op “One?”", "you do not know the answer to “One?” yet"),
        ("answered(rows.kind)", "bij “Rows?” is “Kind” ingevuld", "“Kind” is filled in at “Rows?”"),
        ("unsure(rows.kind)", "bij “Rows?” is “Kind” nog niet bekend", "“Kind” is not known yet at “Rows?”"),
        ("'a' in rows.kind", "een rij bij “Rows?” heeft “Kind”: “a”", "a row at “Rows?” has “Kind”: “a”"),
        ("'a' not in rows.kind", "geen rij bij “Rows?” heeft “Kind”: “a”", "no row at “Rows?” has “Kind”: “a”"),
        ("held", "“Something holds” geldt", "“Something holds” holds"),
        ("not held", "“Something holds” geldt niet", "“Something holds” does not hold"),
        ("raised('bad')", "dit signaal is er: “It is bad”", "this signal is raised: “It is bad”"),
        (
            "any_row(rows, kind == 'a' and weight >= 4)",
            "in één rij bij “Rows?” geldt: “Kind” is “a”, en “Weight” is minstens 4",
            "in one row at “Rows?”: “Kind” is “a”, and “Weight” is at least 4",
        ),
        (
            "any_row(rows, 'x' in marks or unsure(weight) or not answered(kind))",
            "in één rij bij “Rows?” geldt: “Marks” is “x”, of “Weight” weten jullie nog niet, "
            "of niet het geval is: “Kind” is ingevuld",
            "in one row at “Rows?”: “Marks” is “x”, or “Weight” is not known yet, "
            "or this is not the case: “Kind” is filled in",
        ),
        (
            "held and (one == 'a' or yes == 'yes')",
            "“Something holds” geldt, en (het antwoord op “One?” is “a”, of het antwoord op “Sure?” is “Ja”)",
            "“Something holds” holds, and (the answer to “One?” is “a”, or the answer to “Sure?” is “Yes”)",
        ),
        ("'a' in many or 'b' in many", "bij “Many?” is “a” of “b” gekozen", "“a” or “b” is chosen at “Many?”"),
        ("'a' in many and 'b' in many", "bij “Many?” is “a” gekozen, en bij “Many?” is “b” gekozen", None),
    ],
)
def test_a_condition_reads_like_this(condition: str, nl: str, en: str | None) -> None:
    assert str(condition_in_words(made(), condition, "nl")) == nl
    if en:
        assert str(condition_in_words(made(), condition, "en")) == en


def test_parts_say_whether_all_of_them_must_hold() -> None:
    both_of = condition_in_words(made(), "held and one == 'a'", "en")
    one_of = condition_in_words(made(), "held or one == 'a'", "en")
    assert [part.text for part in both_of.parts] == ["“Something holds” holds", "the answer to “One?” is “a”"]
    assert (both_of.is_all, one_of.is_all) == (True, False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shipped_condition_can_be_read_without_knowing_an_id(language: Language) -> None:
    edition = shipped_edition()
    ids = {id for id in (*edition.questions, *edition.facts, *edition.signals) if "_" in id}
    for one in edition.trees:
        for condition in conditions_of(one):
            said = str(condition_in_words(edition, condition, language))
            assert said
            assert not ids & set(re.findall(r"\w+", said)), condition
            assert "{" not in said, condition


def test_a_statement_has_no_parts_and_parts_have_no_statement() -> None:
    edition = shipped_edition()

    def look(words: Words) -> None:
        assert bool(words.text) is not bool(words.parts)
        assert len(words.parts) != 1
        for part in words.parts:
            look(part)

    for one in edition.trees:
        for condition in conditions_of(one):
            look(condition_in_words(edition, condition, "en"))
