"""What looks like a text: what shares its words, those that few others share counting most. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Final, TypeVar

from assistant.search_terms import words_in

SHORTEST: Final = 4  # letters of a word that says something
BEGIN: Final = 6  # letters that two words have to share: jeugdhulp and jeugdhulpverlening
MOST_WORDS: Final = 24  # of a text, the longest
LEAST_SHARED: Final = 2
_COMMON: Final = frozenset(
    # Dutch, then English: words of any project, which say nothing of this one
    "aantal alle alleen ander andere anders beter daar daarna deze doen door eerder eerst eigen elke geen gemeente "
    "gegevens hebben hier hoeveel iemand inwoners jaar juist kijken komen komt kunnen "
    "maar maken meer mensen meten minder moet moeten "
    "naar niet omdat onder onze over project samen staat straks tegen toch tussen vaak vanaf veel vooral voor waar "
    "waarom wanneer want welke weten willen wordt worden zelf zien zijn zodat zoeken zonder zullen "
    "about also been being data does each every find from have help into know less look make many more most much only "
    "other people project residents same show some such than that their them then there these they this those want "
    "what when where which will with without would year your".split()
)
Key = TypeVar("Key", bound=Hashable)


def telling_begins(text: str) -> tuple[str, ...]:
    """How the words begin that say what a text is about, the longest first."""
    words = {word for word in words_in(text) if len(word) >= SHORTEST and word not in _COMMON and not word.isdigit()}
    longest = sorted(words, key=lambda word: (-len(word), word))[:MOST_WORDS]
    return tuple(dict.fromkeys(word[:BEGIN] for word in longest))


def find_shared(begins: Iterable[str], text: str) -> frozenset[str]:
    """Which of these begin a word of a text."""
    words = words_in(text)
    return frozenset(begin for begin in begins if any(word.startswith(begin) for word in words))


def rank(shared: Mapping[Key, AbstractSet[str]]) -> list[Key]:
    """Those that share enough, the best first: a word counts for less, the more of them have it."""
    having = Counter(begin for begins in shared.values() for begin in begins)
    scores = {
        key: sum(1 / having[begin] for begin in begins) for key, begins in shared.items() if len(begins) >= LEAST_SHARED
    }
    return sorted(scores, key=lambda key: (-scores[key], -len(shared[key]), str(key)))


def words_of(begins: AbstractSet[str], text: str) -> tuple[str, ...]:
    """The words of a text that begin so, once each, as they are searched."""
    return tuple(dict.fromkeys(word for word in words_in(text) if word[:BEGIN] in begins and word not in _COMMON))
