"""Passphrases: long, not guessable, and kept as an argon2id hash only.

A hasher holds the costs; the default is RFC 9106's second choice: 64 MiB, three passes, four lanes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Final, Literal, TypeAlias

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from argon2.profiles import RFC_9106_LOW_MEMORY

Problem: TypeAlias = Literal["short", "long", "common", "guessable"]

STRONG: Final = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
FEWEST, MOST = 15, 200  # characters
_LEAST_GUESSES: Final = 10**8  # score 3 of zxcvbn
_JUDGED: Final = 40  # characters zxcvbn looks at: its time on signs grows with the square, to seconds at 72
_FEW: Final = 8  # digits and signs around a common word that do not make it less common


def hash_passphrase(text: str, hasher: PasswordHasher = STRONG) -> str:
    """What is kept of a passphrase; costs and salt stand in it."""
    return hasher.hash(_normal(text))


def check_passphrase(hash: str | None, text: str, hasher: PasswordHasher = STRONG) -> bool:
    """Whether they belong together. Without a hash, for a name nobody has, it takes as long and is never true."""
    try:
        return hasher.verify(hash or _hash_of_nobody(hasher), _normal(text)) and bool(hash)
    except VerifyMismatchError:
        return False


def needs_rehash(hash: str, hasher: PasswordHasher = STRONG) -> bool:
    """Whether it was made at other costs: then hash again, now that the passphrase is at hand."""
    return hasher.check_needs_rehash(hash)


def problems_with(text: str, words: Iterable[str] = ()) -> tuple[Problem, ...]:
    """Why this is no good passphrase for somebody with these words: their name, e-mail address, organisation."""
    normal = _normal(text).decode(errors="surrogatepass")
    own = _own_words(words)
    if len(normal) < FEWEST:
        return ("short",)
    if len(normal) > MOST:
        return ("long",)
    if _is_common(normal.casefold(), own):
        return ("common",)
    return ("guessable",) if _guesses(normal[:_JUDGED], own) < _LEAST_GUESSES else ()


def _normal(text: str) -> bytes:
    """The same bytes on every keyboard. Cut off first: this takes long on long text, and MOST is passed anyhow."""
    return unicodedata.normalize("NFC", text[: 5 * MOST]).encode(errors="surrogatepass")


def _hash_of_nobody(hasher: PasswordHasher) -> str:
    """A hash of all zeros, at the same costs: it fits no passphrase anybody can find."""
    costs = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    salt, digest = "A" * -(-hasher.salt_len * 4 // 3), "A" * -(-hasher.hash_len * 4 // 3)
    return f"$argon2id$v=19${costs}${salt}${digest}"


def _own_words(words: Iterable[str]) -> tuple[str, ...]:
    """Each part of three letters or more and all parts in a row, the longest first."""
    found = set()
    for word in words:
        parts = re.findall(r"[^\W\d_]+", word.casefold())
        found.update([*parts, "".join(parts), "".join(re.findall(r"[^\W\d_]+", word.casefold().split("@")[0]))])
    return tuple(sorted((part for part in found if len(part) >= 3), key=lambda part: (-len(part), part)))


def _is_common(folded: str, own: Iterable[str]) -> bool:
    """A common password, also when repeated, next to one's own name, or with a year and signs around it."""
    unit = _unit(folded)
    letters = "".join(filter(str.isalpha, unit))
    if folded in _common() or unit in _common():
        return True
    if not letters or len(unit) - len(letters) > _FEW:
        return False
    for word in own:
        letters = letters.replace(word, "")
    return not letters or _unit(letters) in _common()


def _unit(text: str) -> str:
    """What a text repeats, or the whole of it."""
    return text[: (text + text).find(text, 1)]


def _guesses(text: str, own: tuple[str, ...]) -> float:
    # Not by way of zxcvbn(): that keeps the words of the last person in a dictionary all threads share.
    from zxcvbn.matching import build_ranked_dict, omnimatch
    from zxcvbn.scoring import most_guessable_match_sequence

    known = {**_lists(), "own": build_ranked_dict(own)}
    return float(most_guessable_match_sequence(text, omnimatch(text, known))["guesses"])


@cache
def _lists() -> Mapping[str, dict[str, int]]:
    """Lists of zxcvbn by how often a word is used, and our Dutch one."""
    from zxcvbn.matching import RANKED_DICTIONARIES, build_ranked_dict  # here: they take 20 ms to load

    dutch = files("assistant.accounts").joinpath("common_passwords.txt").read_text("utf-8").split()
    return {**RANKED_DICTIONARIES, "dutch": build_ranked_dict(dutch)}


@cache
def _common() -> frozenset[str]:
    return frozenset([*_lists()["passwords"], *_lists()["dutch"]])
