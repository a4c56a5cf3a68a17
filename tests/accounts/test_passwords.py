from __future__ import annotations

import random
import threading
import time
import unicodedata
from statistics import median

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import InvalidHashError
from argon2.profiles import CHEAPEST, RFC_9106_LOW_MEMORY
from hypothesis import given
from hypothesis import strategies as st

from assistant.accounts.passwords import (
    FEWEST,
    MOST,
    STRONG,
    check_passphrase,
    hash_passphrase,
    needs_rehash,
    problems_with,
)

CHEAP = PasswordHasher.from_parameters(CHEAPEST)
GOOD = "de fiets staat achter de schuur"
WORDS = ("Sanne de Vries", "sanne.devries@oeverland.nl", "Gemeente Oeverland")


def test_the_costs_are_those_of_rfc_9106() -> None:
    kept = hash_passphrase(GOOD)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert extract_parameters(kept) == RFC_9106_LOW_MEMORY
    assert check_passphrase(kept, GOOD)
    assert not check_passphrase(kept, GOOD + " ")
    assert not check_passphrase(None, GOOD)


def test_a_hash_fits_its_passphrase_alone_and_is_salted() -> None:
    kept = hash_passphrase(GOOD, CHEAP)
    assert check_passphrase(kept, GOOD, CHEAP)
    assert not check_passphrase(kept, GOOD.upper(), CHEAP)
    assert not check_passphrase(kept, "", CHEAP)
    assert kept != hash_passphrase(GOOD, CHEAP)
    assert GOOD not in kept


@given(st.text(max_size=MOST))
def test_every_text_can_be_a_passphrase(text: str) -> None:
    kept = hash_passphrase(text, CHEAP)
    assert check_passphrase(kept, text, CHEAP)
    assert check_passphrase(kept, unicodedata.normalize("NFD", text), CHEAP)
    assert not check_passphrase(kept, text + "x", CHEAP)


def test_it_is_the_same_on_every_keyboard() -> None:
    composed, apart = "één überlange zin", unicodedata.normalize("NFD", "één überlange zin")
    assert composed != apart
    assert check_passphrase(hash_passphrase(composed, CHEAP), apart, CHEAP)
    assert check_passphrase(hash_passphrase("\ud800" * 20, CHEAP), "\ud800" * 20, CHEAP)


@pytest.mark.parametrize("nobody", [None, ""])
def test_nobody_has_no_passphrase(nobody: str | None) -> None:
    assert not check_passphrase(nobody, GOOD, CHEAP)
    assert not check_passphrase(nobody, "", CHEAP)


def test_nobody_gets_in_with_a_passphrase_that_fits_nobodys_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = hash_passphrase(GOOD, CHEAP)
    monkeypatch.setattr("assistant.accounts.passwords._hash_of_nobody", lambda hasher: kept)
    assert not check_passphrase(None, GOOD, CHEAP)


def test_a_damaged_hash_is_an_error_and_not_a_wrong_try() -> None:
    with pytest.raises(InvalidHashError):
        check_passphrase("plain", GOOD, CHEAP)


def test_a_name_nobody_has_takes_as_long() -> None:
    """Medians of 40 interleaved pairs at a cost of some milliseconds differ by less than a tenth of it."""
    hasher = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1)
    kept = hash_passphrase(GOOD, hasher)
    known, unknown = [], []
    for _ in range(40):
        known.append(seconds(kept, hasher))
        unknown.append(seconds(None, hasher))
    assert abs(median(known) - median(unknown)) < max(0.1 * median(known), 0.001)


def seconds(kept: str | None, hasher: PasswordHasher) -> float:
    began = time.perf_counter()
    check_passphrase(kept, "a wrong passphrase", hasher)
    return time.perf_counter() - began


def test_other_costs_ask_for_a_new_hash() -> None:
    kept = hash_passphrase(GOOD, CHEAP)
    assert not needs_rehash(kept, CHEAP)
    assert needs_rehash(kept)
    assert needs_rehash(kept, PasswordHasher(time_cost=2, memory_cost=8, parallelism=1))
    assert check_passphrase(kept, GOOD, STRONG)


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        "correct horse battery staple",
        "mijn wachtwoord is geheim",
        "het is vandaag mooi weer",
        "monkeypurplehouse",
        "48151 62342 7790 3316",
        "ЯблокоГрушаСливаВишня",
        "猫が窓辺で静かに眠っている午後の庭",
        "x7Kq9vTr2mWp4zLb",
        "é" + GOOD,
        (GOOD + " ") * 6,
    ],
)
def test_good_passphrases(text: str) -> None:
    assert problems_with(text, WORDS) == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "short"),
        ("x7Kq9vTr2mWp4z", "short"),
        (unicodedata.normalize("NFD", "éüöèàéüöèàéüöè"), "short"),
        ("boom roos vis " * 15, "long"),
        ("é" * 201, "long"),
        ("x" * 5_000_000, "long"),
        ("123456789987654321", "common"),
        ("123456123456123456", "common"),
        ("passwordpassword", "common"),
        ("PasswordPassword", "common"),
        ("Wachtwoord2026!!", "common"),
        ("welkom01welkom01", "common"),
        ("Zomer2026Zomer2026", "common"),
        ("Gemeente 2026!!", "common"),
        ("September-2026-09", "common"),
        ("hallo hallo hallo ", "common"),
        ("Sanne de Vries 1985", "common"),
        ("sannedevries2026", "common"),
        ("sanne.devries@oeverland.nl", "common"),
        ("gemeenteoeverland1", "common"),
        ("ditismijnwachtwoord", "guessable"),
        ("p@ssw0rdp@ssw0rd1", "common"),
        ("ikbensannedevries", "guessable"),
        ("aaaaaaaaaaaaaaaaaaaa", "guessable"),
        ("abcdefghijklmnopqrst", "guessable"),
        ("qwertyuiopasdfghjkl", "guessable"),
        ("20202020202020202020", "guessable"),
        ("Sanne Sanne Oeverland 12", "common"),
    ],
)
def test_poor_passphrases(text: str, problem: str) -> None:
    assert problems_with(text, WORDS) == (problem,)


def test_length_is_counted_as_people_count() -> None:
    letters = "x7Kq9vTr2mWp4zLbG5dY"
    assert problems_with(letters[: FEWEST - 1]) == ("short",)
    assert problems_with(letters[:FEWEST]) == ()
    assert problems_with((letters * 10)[:MOST]) != ("long",)
    assert problems_with((letters * 11)[: MOST + 1]) == ("long",)
    assert problems_with(unicodedata.normalize("NFD", "é" * MOST)) != ("long",)


def test_no_rules_on_kinds_of_characters() -> None:
    generator = random.Random(1)
    for alphabet in ("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHJK", "0123456789", " .,;:!?-_+=#@", "éèçñøß"):
        assert problems_with("".join(generator.choice(alphabet) for _ in range(24))) == (), alphabet


def test_hostile_texts_are_judged_in_a_second() -> None:
    """Signs that may stand for letters take zxcvbn seconds at 72 characters."""
    generator = random.Random(2)
    for text in ["".join(generator.choice("4@8({[<369!1|70$5+%2") for _ in range(MOST)) for _ in range(5)]:
        began = time.process_time()
        problems_with(text, WORDS)
        assert time.process_time() - began < 2


def test_a_heap_of_accents_is_dealt_with_at_once() -> None:
    """Composing characters takes time that grows with the square: seconds at 40,000, hours at a million."""
    text = "a" + "\u0300\u0323" * 50_000
    began = time.process_time()
    assert problems_with(text) == ("long",)
    assert not check_passphrase(None, text, CHEAP)
    assert time.process_time() - began < 1


def test_the_words_of_one_person_say_nothing_of_anothers() -> None:
    """zxcvbn itself keeps the last person's words in a dictionary that all threads share."""
    text = "quagmirezephyr17"
    assert problems_with(text) == ()
    wrong = []

    def judge(words: tuple[str, ...], wanted: tuple[str, ...]) -> None:
        wrong.extend(found for _ in range(20) if (found := problems_with(text, words)) != wanted)

    threads = [threading.Thread(target=judge, args=(("Quagmire Zephyr",), ("common",))) for _ in range(4)]
    threads += [threading.Thread(target=judge, args=(("Jan Jansen",), ())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
